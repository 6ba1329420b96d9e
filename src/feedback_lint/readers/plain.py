"""Plain text, with or without header lines ("Subject: …") at its top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feedback_lint.document import Projection, Reading, Source
from feedback_lint.text import ProjectionBuilder, Span

_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]*)[ \t\u00a0]?:(?:-?[\s\u00a0]+|-?$)(?P<value>.*)", re.DOTALL)
# A block of headers begins with one of these; "Sub:" is usual in India.
_FIRST = frozenset("subject subj sub from to cc bcc date sent reply-to x-feedback-lint".split())
_LATER = _FIRST | frozenset(
    "message-id in-reply-to references importance priority attachments attachment re mime-version".split()
)
_SUBJECT = frozenset({"subject", "subj", "sub"})
_IGNORE = re.compile(r"ignore\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_FOLD = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*")
_INVISIBLE = "\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class _Header:
    """One header line with the lines folded below it; `span` is that of its value."""

    name: str
    span: Span


def read(source: Source) -> Reading:
    """Take the header lines off, if the text begins with any; the rest is the body."""
    text = source.text
    headers = list(_headers(source))
    end = headers[-1].span.end if headers else 0
    subject = next((_unfolded(text, h.span) for h in headers if h.name in _SUBJECT), None)
    body = ProjectionBuilder(text)
    body.copy(end, len(text))
    return Reading(source, Projection(*body.build()), subject, end, frozenset(_ignored(text, headers)))


def _headers(source: Source) -> Iterator[_Header]:
    """The header lines at the top; blank lines may stand above them."""
    current: _Header | None = None
    for line in source.lines.lines():
        text = source.text[line.start : line.end]
        if current is None and not text.strip(_INVISIBLE).strip():
            continue
        if current is not None and text[:1] in (" ", "\t") and text.strip():
            current = _Header(current.name, Span(current.span.start, line.end))
            continue
        skipped = len(text) - len(text.lstrip(_INVISIBLE))
        match = _HEADER.match(text, skipped)
        name = match["name"].lower() if match else ""
        if not match or name not in (_LATER if current else _FIRST) and not (current and name.startswith("x-")):
            break
        if current is not None:
            yield current
        current = _Header(name, Span(line.start + match.start("value"), line.end))
    if current is not None:
        yield current


def _ignored(text: str, headers: Iterable[_Header]) -> Iterator[str]:
    """The rules named in X-Feedback-Lint headers."""
    for header in headers:
        match = _IGNORE.search(text[header.span.start : header.span.end])
        if header.name == "x-feedback-lint" and match:
            yield from (rule.strip() for rule in match[1].split(",") if rule.strip())


def _unfolded(text: str, span: Span) -> Projection:
    """A header value on one line."""
    builder = ProjectionBuilder(text)
    at = span.start
    for match in _FOLD.finditer(text, span.start, span.end):
        builder.copy(at, match.start())
        builder.replace(match.start(), match.end(), " ")
        at = match.end()
    builder.copy(at, span.end)
    return Projection(*builder.build())
