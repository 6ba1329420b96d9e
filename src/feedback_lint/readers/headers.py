"""What the values of header lines mean, whatever format they stand in."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from feedback_lint.document import Projection
from feedback_lint.text import ProjectionBuilder, Span

_IGNORE = re.compile(r"ignore\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_COMMENTED = re.compile(
    r"(?:<!--|\{\{!-{0,2}|\{#|<%#)-?\s*feedback-lint\s*:\s*ignore\s*=([\w\s,-]*?)(?:--!?>|-?#\}|(?:--)?\}\}|-?%>)",
    re.IGNORECASE,
)
_FOLD = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*")


def unfolded(text: Projection, span: Span) -> Projection:
    """A header value on one line."""
    builder = ProjectionBuilder(text.text)
    at = span.start
    for match in _FOLD.finditer(text.text, span.start, span.end):
        builder.copy(at, match.start())
        builder.replace(match.start(), match.end(), " ")
        at = match.end()
    builder.copy(at, span.end)
    return Projection(*builder.build()).within(text)


def ignored_rules(value: str) -> frozenset[str]:
    """The rules that an X-Feedback-Lint header names: `ignore=demanding, bitter`."""
    match = _IGNORE.search(value)
    return frozenset(rule.strip() for rule in match[1].split(",") if rule.strip()) if match else frozenset()


def commented_rules(text: str) -> frozenset[str]:
    """The rules that comments of HTML and of template languages name: `<!-- feedback-lint: ignore=demanding -->`."""
    named = (rule.strip() for match in _COMMENTED.finditer(text) for rule in match[1].split(","))
    return frozenset(rule for rule in named if rule)


def sent_at(value: str) -> datetime | None:
    """The time in a Date header (RFC 5322, section 3.3), with its zone if it names one; `None` for other text."""
    try:
        return parsedate_to_datetime(value)
    except ValueError:
        return None
