"""Encoded words in header lines (RFC 2047): `=?utf-8?Q?Caf=C3=A9?=`."""

from __future__ import annotations

import re

from feedback_lint.document import Projection
from feedback_lint.readers.headers import unfolded
from feedback_lint.readers.joining import joined, rewritten
from feedback_lint.readers.mail import charsets, transfer
from feedback_lint.text import Span

# RFC 2231, section 5, adds a language after the character set. Some programs leave spaces in the words.
_WORD = re.compile(
    r"=\?(?P<charset>[!->@-~]{1,60}?)(?:\*[!->@-~]{0,60})?\?(?P<way>[BbQq])\?(?P<code>[ ->@-~]*)\?=",
)
_Q = re.compile(r"=(?P<byte>[0-9A-Fa-f]{2})|_")


def decoded(text: Projection, span: Span) -> tuple[Projection, tuple[str, ...]]:
    """A header value on one line, its encoded words decoded, and notes on what could not be read as it should be.

    White space between encoded words is no part of the value, and a character may begin in one and end in the next.
    """
    pieces: list[Projection] = []
    notes: list[str] = []
    at = span.start
    for run in _runs(text.text, span):
        if at == span.start or text.text[at : run[0].start()].strip():
            pieces.append(_plain(text, Span(at, run[0].start())))
        octets = joined(_octets(word["way"], text.part(Span(*word.span("code")))) for word in run)
        words, note = charsets.decoded(octets.text, run[0]["charset"])
        pieces.append(words.within(octets))
        notes += [note] if note else []
        at = run[-1].end()
    pieces.append(_plain(text, Span(at, span.end)))
    return joined(pieces), tuple(dict.fromkeys(notes))


def _runs(text: str, span: Span) -> list[list[re.Match[str]]]:
    """Encoded words in one character set, each directly after the other."""
    runs: list[list[re.Match[str]]] = []
    for word in _WORD.finditer(text, span.start, span.end):
        last = runs[-1][-1] if runs else None
        if last and not text[last.end() : word.start()].strip() and last["charset"].lower() == word["charset"].lower():
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _plain(text: Projection, span: Span) -> Projection:
    """What is not encoded, on one line."""
    shown = unfolded(text, span)
    return Projection(charsets.mended(shown.text), shown.map)


def _octets(way: str, code: Projection) -> Projection:
    """The octets of one encoded word."""
    if way in "Bb":
        return transfer.base64(code.text)[0].within(code)
    octets = rewritten(code.text, _Q, lambda match: chr(int(match["byte"], 16)) if match["byte"] else " ")
    return octets.within(code)
