"""Plain text, with or without header lines ("Subject: …") at its top."""

from __future__ import annotations

import re

from feedback_lint.document import Projection, Reading, Source
from feedback_lint.text import ProjectionBuilder, Span

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*:(?:[ \t]|$)")
_KNOWN = frozenset("subject from to cc bcc date reply-to sent x-feedback-lint message-id in-reply-to".split())
_IGNORE = re.compile(r"ignore\s*=\s*(.*)", re.IGNORECASE)


def read(source: Source) -> Reading:
    """Take the header lines off, if the text begins with any; the rest is the body."""
    text = source.text
    headers = _header_lines(source)
    end = headers[-1][1].end if headers else 0
    subject: Projection | None = None
    ignored: set[str] = set()
    for name, span in headers:
        value = text[span.start : span.end]
        if name == "subject" and subject is None:
            subject = _unfolded(text, span)
        elif name == "x-feedback-lint" and (match := _IGNORE.search(value)):
            ignored |= {rule.strip() for rule in match[1].split(",") if rule.strip()}
    builder = ProjectionBuilder(text)
    builder.copy(end, len(text))
    return Reading(source, Projection(*builder.build()), subject, end, frozenset(ignored))


def _header_lines(source: Source) -> list[tuple[str, Span]]:
    """Names and value spans of the header lines. A block must begin with a header that mails have."""
    out: list[tuple[str, Span]] = []
    for line in source.lines.lines():
        text = source.text[line.start : line.end]
        if not out and not text.strip():
            continue
        if out and text[:1] in (" ", "\t") and text.strip():  # a folded header goes on
            name, span = out[-1]
            out[-1] = (name, Span(span.start, line.end))
            continue
        match = _HEADER.match(text)
        name = text.split(":", 1)[0].lower()
        if not match or (not out and name not in _KNOWN) or (name not in _KNOWN and not name.startswith("x-") and "-" not in name):
            break
        start = line.start + len(name) + 1
        start += len(source.text[start : line.end]) - len(source.text[start : line.end].lstrip())
        out.append((name, Span(min(start, line.end), line.end)))
    return out


def _unfolded(text: str, span: Span) -> Projection:
    """A header value on one line."""
    builder = ProjectionBuilder(text)
    at = span.start
    for match in re.finditer(r"[ \t]*(?:\r\n|\n|\r)[ \t]*", text[span.start : span.end]):
        builder.copy(at, span.start + match.start())
        builder.replace(span.start + match.start(), span.start + match.end(), " ")
        at = span.start + match.end()
    builder.copy(at, span.end)
    return Projection(*builder.build())
