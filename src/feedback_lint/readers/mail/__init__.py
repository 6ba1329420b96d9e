"""Mails as programs keep and send them (RFC 5322, MIME), and mailboxes of them (RFC 4155)."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback_lint import text as text_files
from feedback_lint.document import Envelope, Projection, Reading, Source
from feedback_lint.readers.headers import ignored_rules, sent_at
from feedback_lint.readers.joining import joined, standing_for
from feedback_lint.readers.mail import encoded_words, mime
from feedback_lint.readers.mail.content import Content, content
from feedback_lint.readers.mail.mime import Part
from feedback_lint.text import Span

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What may stand above the first header field: blank lines, and the line with which a mailbox begins a mail.
_ABOVE = re.compile(r"\s*(?P<mailbox>>?From [^\r\n]*(?:\r\n|\n|\r))?(?=[!-9;-~]+[ \t]*:)")
# Such a line is empty but for "From ", or has a time and a year; a field follows.
_BEGINS_MAIL = re.compile(
    r"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From (?:[^\r\n]*\d:\d\d[^\r\n]*\d{4}[^\r\n]*|-?[ \t]*)(?:\r\n|\n)"
    r"(?=[!-9;-~]+[ \t]*:)"
)
_READABLE = frozenset({"text/plain", "text/html", "text/enriched"})
_WORD = re.compile(r"[^\W\d_]+")
# The HTML of a mail says something else than its plain text if more words than these are in the HTML alone.
_WORDS_ASTRAY = 4
_SHARE_ASTRAY = 0.02
_LONGEST_VALUE = 20_000
_FIELDS = frozenset({"subject", "from", "to", "date", "x-feedback-lint"})
_NO_TEXT = "There is no text in this mail that can be read."
_ENCRYPTED = "This mail is encrypted; it was not read."
_HTML_DIFFERS = "The HTML of this mail says more than its plain text; it was read, as most mail programs show it."
_TOO_MANY = "This mail has very many parts, or parts in parts; not all of them were looked at."


def decode(data: bytes) -> tuple[str, str]:
    """A mail as text and the encoding of the file, which is UTF-8 unless a byte order mark says otherwise.

    Each valid UTF-8 character is one code point, and so is each other byte: `surrogateescape` leads back to it. Raises
    BinaryFileError for NUL bytes in what does not begin like a mail.
    """
    if data.startswith(_UTF_16):
        try:
            return text_files.decode(data)
        except text_files.BinaryFileError:
            pass
    marked = data.startswith(codecs.BOM_UTF8)
    plain = data.removeprefix(codecs.BOM_UTF8)
    text = plain.decode("utf-8", "surrogateescape")
    if "\0" in text and not _ABOVE.match(text):
        return text_files.decode(data)
    return text, "utf-8-sig" if marked else "utf-8"


def mails(text: Projection) -> tuple[tuple[str, Projection], ...]:
    """The mails of a mailbox, each with a name if there are several."""
    starts = [match.start() for match in _BEGINS_MAIL.finditer(text.text)] or [0]
    ends = [*starts[1:], len(text.text)]
    parts = [text.part(Span(start, end)) for start, end in zip(starts, ends, strict=True)]
    if len(parts) == 1:
        return (("", parts[0]),)
    return tuple((f"mail {number}", part) for number, part in enumerate(parts, 1))


@dataclass(frozen=True)
class _Mail:
    """A mail while it is read: its text, the encoding of the file, and whether it comes out of a mailbox."""

    text: Projection
    encoding: str
    from_mailbox: bool

    def content(self, part: Part) -> Content:
        """What is shown of a part that has no parts in it."""
        return content(self.text, part, encoding=self.encoding, from_mailbox=self.from_mailbox)


def read(source: Source, text: Projection) -> Reading:
    """The subject and the text that a mail program shows; attachments and forwarded mails are left alone."""
    above = _ABOVE.match(text.text)
    start = above.end() if above else 0
    mail = _Mail(text, source.encoding, from_mailbox=bool(above and above["mailbox"]))
    root, complete = mime.split(text.text, Span(start, len(text.text)))
    contents = _contents(mail, root)
    body = _one([c.shown for c in contents if c.shown.text]) or _nothing(text, root.span.start)
    values, notes = _values(text, root)
    plain = {name: value.text for name, value in values.items()}
    return Reading(
        source,
        body,
        values.get("subject", _nothing(text, start) if root.fields else None),
        start=text.to_source(Span(start, start)).start,
        headers=body.place.start,
        envelope=Envelope(plain.get("from", ""), plain.get("to", ""), sent_at(plain.get("date", ""))),
        ignored=ignored_rules(plain.get("x-feedback-lint", "")),
        notes=tuple(
            dict.fromkeys([*([] if complete else [_TOO_MANY]), *notes, *(n for c in contents for n in c.notes)])
        ),
    )


# --- header fields -------------------------------------------------------------------------------------------------


def _values(text: Projection, root: Part) -> tuple[dict[str, Projection], list[str]]:
    """The decoded values of the fields that matter, the first of each name, and notes on them."""
    values: dict[str, Projection] = {}
    notes: list[str] = []
    for field in root.fields:
        if field.name in _FIELDS and field.name not in values:
            raw = text.text[field.span.start : field.span.end][:_LONGEST_VALUE]
            start = field.span.start + len(raw) - len(raw.lstrip())
            end = max(start, field.span.start + len(raw.rstrip()))
            value, more = encoded_words.decoded(text, Span(start, end))
            values[field.name] = value if value.text else _nothing(text, start)
            notes += more
    return values, notes


def _nothing(text: Projection, at: int) -> Projection:
    """No text, in place of something that could stand at an offset in `text`."""
    return standing_for(text.to_source(Span(at, at)), "")


# --- the parts that are shown --------------------------------------------------------------------------------------


def _contents(mail: _Mail, root: Part) -> list[Content]:
    """What is shown of a mail. A mail that is a single text is shown, whatever kind of text it is."""
    if not root.parts and root.message.get_content_maintype() in ("text", "multipart"):
        return [mail.content(root)]
    found = list(_shown(mail, root))
    return found or [Content(Projection.whole(""), (_NO_TEXT,))]


def _shown(mail: _Mail, part: Part) -> Iterator[Content]:
    """What is shown of a part and the parts in it, in order (RFC 2046, section 5.1; RFC 1847; RFC 2387)."""
    kind = part.message.get_content_subtype()
    if not part.parts:
        if part.type in _READABLE:
            yield mail.content(part)
    elif kind == "alternative":
        yield from _chosen(mail, part.parts)
    elif kind == "related":
        yield from _shown(mail, _main(part))
    elif kind in ("signed", "report"):
        yield from _shown(mail, part.parts[0])
    elif kind == "encrypted":
        yield Content(Projection.whole(""), (_ENCRYPTED,))
    elif kind != "digest":
        for inner in part.parts:
            if not inner.is_attached:
                yield from _shown(mail, inner)


def _main(part: Part) -> Part:
    """The part of a multipart/related that the others belong to: the one that `start` names, else the first."""
    start = part.message.get_param("start")
    return next((p for p in part.parts if start and p.message.get("content-id") == start), part.parts[0])


def _chosen(mail: _Mail, parts: Sequence[Part]) -> list[Content]:
    """The alternative to lint: the plain text if it holds all that the other says.

    Most programs show the HTML. Where that says more or something else, it is what the reader gets to see.
    """
    options = [(p.type, list(_shown(mail, p))) for p in parts if not p.is_attached]
    filled = [(kind, contents) for kind, contents in options if any(c.shown.text.strip() for c in contents)]
    plain = next((contents for kind, contents in filled if kind == "text/plain"), [])
    rich = next((contents for kind, contents in reversed(filled) if kind != "text/plain"), [])
    if not (plain and rich and _says_else(rich, plain)):
        return plain or rich or next((contents for _, contents in options), [])
    is_stub = "html" in _words(plain)
    return [*rich, *([] if is_stub else [Content(Projection.whole(""), (_HTML_DIFFERS,))])]


def _says_else(rich: Sequence[Content], plain: Sequence[Content]) -> bool:
    """Whether there are words in `rich` that are not in `plain`; a few may be."""
    words = _words(rich)
    return (words - _words(plain)).total() > max(_WORDS_ASTRAY, _SHARE_ASTRAY * words.total())


def _words(contents: Sequence[Content]) -> Counter[str]:
    return Counter(word.lower() for c in contents for word in _WORD.findall(c.shown.text))


def _one(pieces: Sequence[Projection]) -> Projection | None:
    """All shown text as one, with a blank line between parts for what stands between them."""
    out: list[Projection] = []
    for piece in pieces:
        if out:
            out.append(standing_for(Span(out[-1].place.end, piece.place.start), "\n\n"))
        out.append(piece)
    return joined(out) if out else None
