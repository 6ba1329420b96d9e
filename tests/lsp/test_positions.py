from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.lsp.positions import Encoding, Point, offset_at, point_at
from feedback_lint.text import LineIndex

TEXTS = st.text(st.sampled_from("aé€😀\r\n\u2028\x0b\x85"), max_size=30)


@pytest.mark.parametrize(
    ("encoding", "character"),
    [(Encoding.UTF_8, 8), (Encoding.UTF_16, 4), (Encoding.UTF_32, 3)],
)
def test_characters_are_units_of_the_encoding(encoding: Encoding, character: int) -> None:
    lines = LineIndex("Dear\ns€😀!")
    assert point_at(lines, 8, encoding) == Point(1, character)
    assert offset_at(lines, Point(1, character), encoding) == 8


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_the_protocol_has_it(end: str) -> None:
    lines = LineIndex(f"a\u2028b\x0bc\x85d{end}e")
    assert point_at(lines, len(lines.text), Encoding.UTF_16) == Point(1, 1)
    assert offset_at(lines, Point(1, 0), Encoding.UTF_16) == len(lines.text) - 1


def test_behind_a_line_is_its_end_and_behind_all_lines_the_end() -> None:
    lines = LineIndex("ab\r\nc")
    assert offset_at(lines, Point(0, 99), Encoding.UTF_16) == 2
    assert offset_at(lines, Point(9, 0), Encoding.UTF_16) == 5


def test_within_a_character_is_before_it() -> None:
    lines = LineIndex("😀b")
    assert offset_at(lines, Point(0, 1), Encoding.UTF_16) == 0
    assert [offset_at(lines, Point(0, n), Encoding.UTF_8) for n in range(6)] == [0, 0, 0, 0, 1, 2]


def test_a_lone_surrogate_is_a_character() -> None:
    lines = LineIndex("\ud83db")
    assert [point_at(lines, 1, encoding).character for encoding in Encoding] == [3, 1, 1]


def test_between_cr_and_lf_is_before_both() -> None:
    assert point_at(LineIndex("a\r\nb"), 2, Encoding.UTF_32) == Point(0, 1)


@given(TEXTS, st.sampled_from(Encoding))
def test_offsets_and_points_lead_back_to_each_other(text: str, encoding: Encoding) -> None:
    lines = LineIndex(text)
    offsets = [n for n in range(len(text) + 1) if text[max(n - 1, 0) : n + 1] != "\r\n"]
    points = [point_at(lines, offset, encoding) for offset in offsets]
    assert all(first < second for first, second in pairwise(points))
    assert [offset_at(lines, point, encoding) for point in points] == offsets


@given(TEXTS)
def test_lines_are_as_long_as_encoded(text: str) -> None:
    lines = LineIndex(text)
    for number, span in enumerate(lines.lines()):
        line = text[span.start : span.end]
        assert point_at(lines, span.end, Encoding.UTF_8) == Point(number, len(line.encode()))
        assert point_at(lines, span.end, Encoding.UTF_16) == Point(number, len(line.encode("utf-16-le")) // 2)
