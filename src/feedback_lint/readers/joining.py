"""Several projections of one text, one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_lint.document import Projection
from feedback_lint.text import OffsetMap, Segment, Span


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
