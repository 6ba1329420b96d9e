"""Projections made of pieces: several one after the other, and a text with parts of it rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from feedback_lint.document import Projection
from feedback_lint.text import OffsetMap, ProjectionBuilder, Segment, Span


def joined(pieces: Iterable[Projection]) -> Projection:
    """One projection of all pieces, which lead to the same text and stand in the order of that text."""
    texts: list[str] = []
    segments: list[Segment] = []
    length = 0
    for piece in pieces:
        segments += [Segment(s.projected.shifted(length), s.source, s.aligned) for s in piece.map.segments]
        texts.append(piece.text)
        length += len(piece.text)
    return Projection("".join(texts), OffsetMap(tuple(segments), length))


def standing_for(source: Span, text: str) -> Projection:
    """A text that stands for a source range as a whole; an empty text may stand for an empty range."""
    return Projection(text, OffsetMap((Segment(Span(0, len(text)), source, aligned=False),), len(text)))


def rewritten(
    text: str, pattern: re.Pattern[str], shown: Callable[[re.Match[str]], str], span: Span | None = None
) -> Projection:
    """A range of a text, or all of it, in which `shown` tells what stands for each match; nothing leaves it out."""
    at, end = (0, len(text)) if span is None else (span.start, span.end)
    builder = ProjectionBuilder(text)
    for match in pattern.finditer(text, at, end):
        builder.copy(at, match.start())
        builder.replace(match.start(), match.end(), shown(match))
        at = match.end()
    builder.copy(at, end)
    return Projection(*builder.build())
