"""The text that a suggestion puts into a file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from feedback_lint.diagnostic import Suggestion
from feedback_lint.document import Source
from feedback_lint.text import Span

# Texts with a line break are wrapped at their longest line, within these bounds.
_NARROWEST, _WIDEST = 50, 100


@dataclass(frozen=True, slots=True)
class Edit:
    """A text to put in a place of the source."""

    place: Span
    text: str


def edits_for(source: Source, suggestion: Suggestion) -> Iterator[Edit]:
    """The text of a suggestion, with the white space that sets it off, wrapped as the lines around it and as it is.

    None for a suggestion that has no place. What an encoding or a template makes of the text is not looked at.
    """
    place = suggestion.place
    if place is None:
        return
    lines, newline = source.lines, "\r\n" if "\r\n" in source.text else "\n"
    first, last = lines.position(place.start).line, lines.position(place.end).line
    before = source.text[lines.line_span(first).start : place.start]
    after = source.text[place.end : lines.line_span(last).end]
    gap = suggestion.gap.replace("\n", newline)
    head = gap if len(place) == 0 and before.strip() else ""
    tail = gap if len(place) == 0 and after.strip() else ""
    width = _width(source, first, last)
    if width and gap == " ":
        wrapped = _wrapped(suggestion.text, len(before + head), width)
        end = newline if tail and len(wrapped[-1] + tail + after) > width else tail
        yield Edit(place, head + newline.join(wrapped) + end)
    yield Edit(place, head + suggestion.text + tail)


def _wrapped(text: str, column: int, width: int) -> list[str]:
    """A text from a column on as lines of a width."""
    margin = "x" * column
    first, *more = textwrap.wrap(margin + text, width, break_long_words=False, break_on_hyphens=False)
    return [first.removeprefix(margin), *more]


def _width(source: Source, first: int, last: int) -> int:
    """The width at which the paragraph of two lines is wrapped; 0 where it stands on one line."""

    def is_blank(line: int) -> bool:
        span = source.lines.line_span(line)
        return not source.text[span.start : span.end].strip()

    total = len(source.lines.starts)
    while first > 1 and not is_blank(first - 1):
        first -= 1
    while last < total and not is_blank(last + 1):
        last += 1
    longest = max(len(source.lines.line_span(line)) for line in range(first, last + 1))
    return min(max(_NARROWEST, longest), _WIDEST) if first < last else 0
