"""The content of one part of a mail, as a mail program shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from feedback_lint.document import Projection
from feedback_lint.readers.joining import rewritten
from feedback_lint.readers.mail import armour, charsets, flowed, transfer
from feedback_lint.readers.mail.mime import Part
from feedback_lint.text import Span

# So much of a part is read, in code points of the file: more than is ever shown (`readers.read` cuts that).
_MOST = {("base64", "text/plain"): 60_000, ("base64", "text/html"): 150_000}
_MOST_OTHERS = 400_000
_UUENCODE = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})
_ESCAPED_FROM = re.compile(r"^>(?=>*From )", re.MULTILINE)


@dataclass(frozen=True)
class Content:
    """What is shown of a part, with its map to the source, and remarks on what could not be read as it should be."""

    shown: Projection
    notes: tuple[str, ...] = ()


def content(text: Projection, part: Part, *, encoding: str, from_mailbox: bool) -> Content:
    """Read a part without parts in it.

    `encoding` is that of the file; `from_mailbox` tells that lines which begin with "From " are escaped by ">".
    """
    way = part.message.get("content-transfer-encoding", "").split(";")[0].strip().lower()
    most = _MOST.get((way, part.type), _MOST_OTHERS)
    raw = text.part(_first(text.text, part.span, most))
    notes = ["A part of this mail is very long; the end of it was not read."] if len(part.span) > most else []
    if from_mailbox:
        raw = rewritten(raw.text, _ESCAPED_FROM, lambda _: "").within(raw)
    if way in _UUENCODE:
        return Content(text.part(Span(0, 0)), ("A part of this mail is encoded as uuencode; it was not read.",))
    words, more = _characters(raw, way, part, encoding)
    return Content(_shown(words, part), (*notes, *more))


def _first(text: str, span: Span, most: int) -> Span:
    """The beginning of a range, up to a line end."""
    if len(span) <= most:
        return span
    end = span.start + most
    return Span(span.start, text.rfind("\n", span.start, end) + 1 or end)


def _characters(raw: Projection, way: str, part: Part, encoding: str) -> tuple[Projection, list[str]]:
    """Undo the transfer encoding and the character set."""
    charset = str(part.message.get_content_charset("")).strip()
    encoded = way in ("base64", "quoted-printable")
    if not encoded and _is_read(raw.text, charset, encoding):
        return raw, []
    octets = raw if raw.text.isascii() else transfer.octets(raw.text).within(raw)
    notes: list[str] = []
    if way == "quoted-printable":
        octets = transfer.quoted_printable(octets.text).within(octets)
    elif way == "base64":
        plain, sound = transfer.base64(octets.text)
        octets = plain.within(octets)
        notes += [] if sound else ["The base64 of this mail is damaged; what could be decoded was read."]
    words, note = charsets.decoded(octets.text, charset)
    return words.within(octets), [*notes, note] if note else notes


def _is_read(raw: str, charset: str, encoding: str) -> bool:
    """Whether a text that is not encoded for transfer has been read already when the file was decoded."""
    if not encoding.startswith("utf-8"):
        return True
    return charset in ("", "us-ascii", "utf-8", "utf8") and charsets.mended(raw) == raw


def _shown(words: Projection, part: Part) -> Projection:
    if part.type == "text/html":
        from feedback_lint.readers import html

        return html.render(words.text).within(words)
    signed = armour.render(words.text).within(words)
    if str(part.message.get_param("format", "")).lower() != "flowed":
        return signed
    delete_space = str(part.message.get_param("delsp", "")).lower() == "yes"
    return flowed.render(signed.text, delete_space=delete_space).within(signed)
