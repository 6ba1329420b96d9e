"""The parts of a mail (RFC 5322, RFC 2046) with their places: header fields, bodies, nested multiparts.

What the fields mean (type, parameters, file name) is told by `email.message.Message` of the standard library, which
knows no places.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from feedback_lint.text import Span

# A field with the lines folded below it. The name is any of the ASCII signs but a colon.
_FIELD = re.compile(
    r"(?P<name>[!-9;-~]+)[ \t]*:(?P<value>[^\r\n]*(?:(?:\r\n|\n|\r)[ \t][^\r\n]*){0,10000})(?:\r\n|\n|\r|\Z)",
)
_END_OF_LINE = re.compile(r"\r\n|\n|\r")
_MIME_FIELDS = frozenset({"content-type", "content-disposition", "content-transfer-encoding", "content-id"})
_LONGEST_VALUE = 2_000
# Far more than any mail program writes. What is nested deeper, or comes later, is left out.
_DEEPEST = 20
_MOST_PARTS = 1_000
_MOST_FIELDS = 5_000


@dataclass(frozen=True)
class Field:
    """One header field; `name` is in lower case, `span` is that of its value."""

    name: str
    span: Span


@dataclass(frozen=True)
class Part:
    """A mail or a part of one: its fields, the span of its content, and the parts that the content consists of.

    `message` holds the fields that tell what the content is.
    """

    fields: tuple[Field, ...]
    span: Span
    message: Message
    depth: int = 0
    parts: list[Part] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The media type, in lower case: `text/plain` where none is given."""
        return self.message.get_content_type()

    @property
    def is_attached(self) -> bool:
        """Whether it is a file beside the text, rather than text to be shown."""
        return self.message.get_content_disposition() == "attachment" or self.message.get_filename() is not None


def split(text: str, span: Span) -> tuple[Part, bool]:
    """The mail in a range of a text, and whether all of its parts are there: far too many are left out."""
    root = _part(text, span, 0)
    waiting = deque([root])
    number = 1
    while waiting:
        parent = waiting.popleft()
        for content in _contents(text, parent):
            if parent.depth == _DEEPEST or number == _MOST_PARTS:
                return root, False
            number += 1
            part = _part(text, content, parent.depth + 1)
            if parent.type == "multipart/digest":
                part.message.set_default_type("message/rfc822")
            parent.parts.append(part)
        waiting.extend(parent.parts)
    return root, True


def _part(text: str, span: Span, depth: int) -> Part:
    """A part without the parts in it. Its fields end at a blank line, or at a line that is none."""
    fields: list[Field] = []
    message = Message()
    at = span.start
    while len(fields) < _MOST_FIELDS and (match := _FIELD.match(text, at, span.end)):
        name = match["name"].lower()
        fields.append(Field(name, Span(*match.span("value"))))
        if name in _MIME_FIELDS and name not in message:
            # The standard library is not at ease with anything but printable ASCII, nor with endless values.
            value = _END_OF_LINE.sub("", match["value"][:_LONGEST_VALUE]).strip()
            message[name] = value.encode("ascii", "replace").decode().replace("\0", "?")
        at = match.end()
    blank = _END_OF_LINE.match(text, at, span.end)
    return Part(tuple(fields), Span(blank.end() if blank else at, span.end), message, depth)


def _contents(text: str, part: Part) -> Iterator[Span]:
    """The parts of a multipart: what stands between its delimiter lines; the line end before one belongs to it."""
    boundary = part.message.get_boundary() if part.message.get_content_maintype() == "multipart" else None
    if not boundary:
        return
    delimiter = re.compile(rf"--{re.escape(boundary)}(?P<end>--)?[ \t]*(?:\r\n|\n|\r|\Z)")
    start: int | None = None
    for line in delimiter.finditer(text, part.span.start, part.span.end):
        if line.start() > part.span.start and text[line.start() - 1] not in "\r\n":
            continue
        if start is not None and start < line.start():  # delimiters directly below each other hold no part
            yield Span(start, _line_end_before(text, line.start()))
        start = line.end()
        if line["end"]:
            return
    if start is not None:
        yield Span(start, part.span.end)


def _line_end_before(text: str, at: int) -> int:
    """Where the line end that stands before `at` begins."""
    return at - (2 if text[at - 2 : at] == "\r\n" else 1)
