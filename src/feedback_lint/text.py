"""Positions in text: spans, lines and columns, offset maps, and decoding.

Every other module speaks of `Span`: a half-open range of code points in one text. Lines and columns are made from
spans at the edge, by `LineIndex`, and nowhere else.
"""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

# Lines end at LF, CRLF and CR only. `str.splitlines` also splits at VT, FF, NEL, U+2028 … and must not be used.
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies within this span (an empty span may lie at either edge)."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same range, `by` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Position:
    """A place as people count it: line and column are 1-based, columns count code points."""

    line: int
    column: int


@dataclass(frozen=True)
class LineIndex:
    """Where the lines of a text begin."""

    text: str

    @cached_property
    def starts(self) -> Sequence[int]:
        """Offset of the first code point of each line."""
        found = array("q", (0,))
        found.extend(m.end() for m in _LINE_END.finditer(self.text))
        return found

    def position(self, offset: int) -> Position:
        """Line and column of a code point offset in `[0, len(text)]`."""
        row = bisect_right(self.starts, offset) - 1
        return Position(row + 1, offset - self.starts[row] + 1)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, without its line end."""
        start = self.starts[line - 1]
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))

    def lines(self) -> Iterator[Span]:
        """The span of each line in order, without line ends."""
        return (self.line_span(n) for n in range(1, len(self.starts) + 1))


@dataclass(frozen=True, slots=True)
class Segment:
    """One run of projected text and the run of source text it stands for.

    Aligned runs are of equal length and correspond code point by code point; the others only as wholes.
    """

    projected: Span
    source: Span
    aligned: bool


@dataclass(frozen=True)
class OffsetMap:
    """The way from a projected text back to the text it was made from.

    Segments tile the projected text from 0 to `length`. Their sources are in order: each begins and ends after the one
    before. They overlap only where an encoding shares a source character between two, as base64 does.
    """

    segments: tuple[Segment, ...]
    length: int

    @cached_property
    def _starts(self) -> list[int]:
        return [s.projected.start for s in self.segments]

    def to_source(self, span: Span) -> Span:
        """The source range that the projected `span` was made from.

        An empty span maps to an empty span. Raises ValueError for a span outside the projected text.
        """
        if span.end > self.length:
            raise ValueError(f"{span} lies outside the projected text of {self.length}")
        if not self.segments:
            return Span(0, 0)
        start = self._start(span.start)
        return Span(start, max(start, self._end(span.end))) if len(span) else Span(start, start)

    def _start(self, offset: int) -> int:
        if offset == self.length:
            return self.segments[-1].source.end
        seg = self.segments[bisect_right(self._starts, offset) - 1]
        return seg.source.start + (offset - seg.projected.start if seg.aligned else 0)

    def _end(self, offset: int) -> int:
        seg = self.segments[bisect_right(self._starts, offset - 1) - 1]
        return seg.source.end - (seg.projected.end - offset if seg.aligned else 0)

    def to_projected(self, span: Span) -> Span:
        """The projected range that a source range stands for: the least one that `to_source` leads back over it.

        Source text that was left out maps to an empty span where it stood.
        """
        first = max(bisect_right(self._source_starts, span.start) - 1, 0)
        last = bisect_left(self._source_ends, span.end)
        start = self._projected(first, span.start)
        end = self._projected(min(last, len(self.segments) - 1), span.end, ends=True)
        return Span(start, max(start, end))

    @cached_property
    def _source_starts(self) -> list[int]:
        return [s.source.start for s in self.segments]

    @cached_property
    def _source_ends(self) -> list[int]:
        return [s.source.end for s in self.segments]

    def _projected(self, number: int, offset: int, *, ends: bool = False) -> int:
        """Where a source offset stands in the projection, as the start or the end of a range in that segment."""
        if not self.segments:
            return 0
        seg = self.segments[number]
        if offset >= seg.source.end:
            return seg.projected.end
        if offset <= seg.source.start:
            return seg.projected.start
        if seg.aligned:
            return seg.projected.start + offset - seg.source.start
        return seg.projected.end if ends else seg.projected.start

    @cached_property
    def _shift(self) -> int | None:
        """Where the text stands in its source, if it is a copy of one range of it."""
        if len(self.segments) != 1 or not self.segments[0].aligned:
            return None
        return self.segments[0].source.start

    def compose(self, inner: OffsetMap) -> OffsetMap:
        """The map of a text projected twice: `self` leads to the middle text, `inner` from there to the source."""
        if self._shift == 0 and self.length == inner.length:
            return inner
        if inner._shift is not None:
            moved = (Segment(s.projected, s.source.shifted(inner._shift), s.aligned) for s in self.segments)
            return OffsetMap(tuple(moved), self.length) if inner._shift else self
        out: list[Segment] = []
        for seg in self.segments:
            pieces = list(inner._pieces(seg.source)) if seg.aligned else []
            if pieces:
                at = seg.projected.start - seg.source.start
                out += [
                    Segment(middle.shifted(at) if at else middle, source, aligned) for middle, source, aligned in pieces
                ]
            else:
                out.append(Segment(seg.projected, inner.to_source(seg.source), aligned=False))
        return OffsetMap(tuple(out), self.length)

    def _pieces(self, span: Span) -> Iterator[tuple[Span, Span, bool]]:
        """Cut `span` at the edges of the segments: each part, its source, and whether the two are aligned."""
        for number in range(max(bisect_right(self._starts, span.start) - 1, 0), len(self.segments)):
            seg = self.segments[number]
            if seg.projected.start >= span.end:
                return
            if span.contains(seg.projected):
                if len(seg.projected):
                    yield seg.projected, seg.source, seg.aligned
            elif seg.projected.overlaps(span):
                part = Span(max(span.start, seg.projected.start), min(span.end, seg.projected.end))
                yield part, self.to_source(part), seg.aligned


class ProjectionBuilder:
    """Builds a projected text together with its `OffsetMap`, from the start of a source text to its end."""

    def __init__(self, source: str, base: int = 0) -> None:
        """`source` is the text that `copy` reads; `base` is its offset in the text that the map leads to."""
        self._source = source
        self._base = base
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._length = 0

    def copy(self, start: int, end: int) -> None:
        """Append the source range unchanged."""
        self.replace(start, end, self._source[start:end])

    def replace(self, start: int, end: int, text: str) -> None:
        """Append `text`, standing for the source range: code point by code point where both are as long.

        Raises ValueError for text that stands for nothing: it would have no place to lead back to.
        """
        if not text:
            return
        if start == end:
            raise ValueError(f"“{text}” stands for no source text")
        source = Span(start + self._base, end + self._base)
        projected = Span(self._length, self._length + len(text))
        last = self._segments[-1] if self._segments else None
        aligned = len(projected) == len(source)
        if last and aligned and last.aligned and last.source.end == source.start:
            self._segments[-1] = Segment(
                Span(last.projected.start, projected.end), Span(last.source.start, source.end), aligned=True
            )
        else:
            self._segments.append(Segment(projected, source, aligned))
        self._parts.append(text)
        self._length = projected.end

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def build(self) -> tuple[str, OffsetMap]:
        """The projected text and its map."""
        return self.text, OffsetMap(tuple(self._segments), self._length)


def encode(text: str, encoding: str) -> bytes:
    """The bytes that `decode`, or the decoding of mails, made the text from. Raises UnicodeEncodeError."""
    if encoding != "cp1252":
        return text.encode(encoding, "surrogateescape" if encoding.startswith("utf-8") else "strict")
    return b"".join(bytes([ord(c)]) if ord(c) in _UNDEFINED_IN_CP1252 else c.encode(encoding) for c in text)


class BinaryFileError(ValueError):
    """The bytes are not text (they hold NUL bytes that no BOM explains)."""


_UNDEFINED_IN_CP1252 = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Decode a draft: its text and the name of the encoding used.

    A byte order mark decides; else strict UTF-8; else Windows-1252, with bytes it does not define kept as
    C1 controls. A BOM is not part of the text. Raises BinaryFileError when the bytes are no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    if b"\0" in data:
        raise BinaryFileError("it holds NUL bytes, so it is not a text file")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return "".join(_cp1252_character(b) for b in data), "cp1252"


def _cp1252_character(byte: int) -> str:
    return chr(byte) if byte in _UNDEFINED_IN_CP1252 else bytes([byte]).decode("cp1252")
