"""Places as editors count them, and the way from and to offsets.

Lines are 0-based and end at LF, CRLF and CR only, as the protocol has it. Characters are units of the encoding that the
editor and the server have agreed on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedback_lint.text import LineIndex


class Encoding(StrEnum):
    """What the characters of a line are counted in."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_32 = "utf-32"

    def units(self, text: str) -> int:
        """How long a text is. A surrogate that stands alone, which JSON can carry, counts as one character."""
        if self is Encoding.UTF_32 or text.isascii():
            return len(text)
        if self is Encoding.UTF_16:
            return len(text) + sum(char > "\uffff" for char in text)
        return len(text.encode("utf-8", "surrogatepass"))

    def before(self, line: str, units: int) -> int:
        """How many code points of a line stand before a place; within a code point, those before it.

        Behind the end of the line, its length.
        """
        if self is Encoding.UTF_32 or line.isascii():
            return min(units, len(line))
        for index, char in enumerate(line):
            units -= self.units(char)
            if units < 0:
                return index
        return len(line)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in a text: a 0-based line, and units before it on that line."""

    line: int
    character: int


def point_at(lines: LineIndex, offset: int, encoding: Encoding) -> Point:
    """Where an offset in code points stands; between CR and LF, before both."""
    line = lines.position(offset).line
    span = lines.line_span(line)
    return Point(line - 1, encoding.units(lines.text[span.start : min(offset, span.end)]))


def offset_at(lines: LineIndex, point: Point, encoding: Encoding) -> int:
    """The offset of a place in code points; behind the end of a line its end, behind the last line the end."""
    if point.line >= len(lines.starts):
        return len(lines.text)
    span = lines.line_span(point.line + 1)
    return span.start + encoding.before(lines.text[span.start : span.end], point.character)
