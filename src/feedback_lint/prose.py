"""Prose as the reader sees it: one line, blanks filled in, plain spelling, whole sentences; every place kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback_lint.document import Placeholder, PlaceholderKind, Projection
from feedback_lint.spelling import respell
from feedback_lint.text import OffsetMap, ProjectionBuilder, Span

_STAND_INS = {
    PlaceholderKind.PERSON: ("Robin", "Casey"),
    PlaceholderKind.JOB_TITLE: ("Manager",),
    PlaceholderKind.COMPANY: ("Acme",),
    PlaceholderKind.DATE: ("Monday",),
    PlaceholderKind.TEXT: ("something",),
}
# White space that is not one plain space, and signs that no reader sees.
_UNSEEN = re.compile(r"(?P<space>[^\S ]\s*| \s+)|[\u00ad\u200b\ufeff\u2060]+")


def project(
    shown: Projection, span: Span, placeholders: Sequence[Placeholder], *, sentences: bool = False
) -> Projection:
    """The prose of a range of the shown text, with the way back to the source.

    `placeholders` are those of the shown text. Where `sentences` are expected, the last one gets its full stop.
    """
    builder = ProjectionBuilder(shown.text)
    people = 0
    at = span.start
    for placeholder in placeholders:
        if not span.contains(placeholder.span) or not len(placeholder.span):
            continue
        _unwrap(builder, shown.text, at, placeholder.span.start)
        words = _STAND_INS[placeholder.kind]
        builder.replace(placeholder.span.start, placeholder.span.end, words[people % len(words)])
        people += placeholder.kind is PlaceholderKind.PERSON
        at = placeholder.span.end
    _unwrap(builder, shown.text, at, span.end)
    unwrapped, to_shown = builder.build()
    plain, to_unwrapped = respell(unwrapped)
    if sentences and plain[-1:].isalnum():
        plain, to_plain = _stopped(plain)
        to_unwrapped = to_plain.compose(to_unwrapped)
    return Projection(plain, to_unwrapped.compose(to_shown).compose(shown.map))


def _stopped(text: str) -> tuple[str, OffsetMap]:
    """The text with a full stop, which stands for the last letter together with it."""
    builder = ProjectionBuilder(text)
    builder.copy(0, len(text) - 1)
    builder.replace(len(text) - 1, len(text), text[-1] + ".")
    return builder.build()


def _unwrap(builder: ProjectionBuilder, text: str, start: int, end: int) -> None:
    """Append a range with each run of white space as one space, and without invisible signs."""
    at = start
    for match in _UNSEEN.finditer(text, start, end):
        builder.copy(at, match.start())
        builder.replace(match.start(), match.end(), " " if match["space"] else "")
        at = match.end()
    builder.copy(at, end)
