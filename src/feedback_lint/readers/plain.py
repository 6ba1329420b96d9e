"""Plain text, with or without header lines ("Subject: …") at its top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback_lint.document import Envelope, Projection, Reading, Source
from feedback_lint.readers.headers import ignored_rules, sent_at, unfolded
from feedback_lint.text import LineIndex, Span

_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]*)[ \t\u00a0]?:(?:-?[\s\u00a0]+|-?$)(?P<value>.*)", re.DOTALL)
# A block of headers begins with one of these; "Sub:" is usual in India.
_FIRST = frozenset("subject subj sub from to cc bcc date sent reply-to x-feedback-lint".split())
_LATER = _FIRST | frozenset(
    "message-id in-reply-to references importance priority attachments attachment re mime-version".split()
)
_SUBJECT = frozenset({"subject", "subj", "sub"})
_INVISIBLE = "\ufeff\u200b"


@dataclass(frozen=True, slots=True)
class _Header:
    """One header line with the lines folded below it; `span` is that of its value."""

    name: str
    span: Span


def read(source: Source, text: Projection) -> Reading:
    """Take the header lines off, if the text begins with any; the rest is the body."""
    headers = list(_headers(text.text))
    end = headers[-1].span.end if headers else 0
    subject = next((unfolded(text, h.span) for h in headers if h.name in _SUBJECT), None)
    values = {h.name: text.text[h.span.start : h.span.end].strip() for h in headers}
    if headers and subject is None:
        subject = text.part(Span(end, end))
    return Reading(
        source,
        text.part(Span(end, len(text.text))),
        subject,
        headers=text.to_source(Span(0, end)).end if headers else 0,
        envelope=Envelope(values.get("from", ""), values.get("to", ""), sent_at(values.get("date", ""))),
        ignored=ignored_rules(values.get("x-feedback-lint", "")),
    )


def _headers(lines: str) -> Iterator[_Header]:
    """The header lines at the top; blank lines may stand above them, and above the subject."""
    current: _Header | None = None
    apart = False
    for line in LineIndex(lines).lines():
        text = lines[line.start : line.end]
        if not text.strip(_INVISIBLE).strip():
            apart = current is not None
            continue
        if current is not None and text[:1] in (" ", "\t") and not apart:
            current = _Header(current.name, Span(current.span.start, line.end))
            continue
        skipped = len(text) - len(text.lstrip(_INVISIBLE))
        match = _HEADER.match(text, skipped)
        name = match["name"].lower() if match else ""
        known = _SUBJECT if apart else _LATER if current else _FIRST
        if not match or name not in known and not (current and not apart and name.startswith("x-")):
            break
        apart = False
        if current is not None:
            yield current
        current = _Header(name, Span(line.start + match.start("value"), line.end))
    if current is not None:
        yield current
