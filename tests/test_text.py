from __future__ import annotations

import codecs

import pytest

from feedback_lint.text import (
    BinaryFileError,
    LineIndex,
    OffsetMap,
    Position,
    ProjectionBuilder,
    Segment,
    Span,
    decode,
)


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)


@pytest.mark.parametrize(
    ("a", "b", "overlap"),
    [(Span(0, 3), Span(2, 5), True), (Span(0, 3), Span(3, 5), False), (Span(2, 2), Span(2, 2), False)],
)
def test_overlaps(a: Span, b: Span, overlap: bool) -> None:
    assert a.overlaps(b) is overlap


def test_an_empty_span_at_the_edge_is_contained() -> None:
    assert Span(2, 5).contains(Span(5, 5))
    assert not Span(2, 5).contains(Span(4, 6))


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("ab\ncd", 3, Position(2, 1)),
        ("ab\r\ncd", 4, Position(2, 1)),
        ("ab\rcd", 3, Position(2, 1)),
        ("ab\r\ncd", 3, Position(1, 4)),
        ("a\u2028b\x0bc\x0cd\x85e", 8, Position(1, 9)),
        ("\U0001f642x", 1, Position(1, 2)),
        ("", 0, Position(1, 1)),
        ("a\n", 2, Position(2, 1)),
    ],
)
def test_lines_end_at_lf_crlf_and_cr_only(text: str, offset: int, position: Position) -> None:
    assert LineIndex(text).position(offset) == position


def test_line_spans_leave_out_the_line_end() -> None:
    text = "one\r\ntwo\rthree\n\nfive"
    assert [text[s.start : s.end] for s in LineIndex(text).lines()] == ["one", "two", "three", "", "five"]


def test_projection_maps_copied_and_replaced_text_back() -> None:
    text = "I didnt  know"
    builder = ProjectionBuilder(text)
    builder.copy(0, 2)
    builder.replace(2, 7, "didn't")
    builder.replace(7, 9, " ")
    builder.copy(9, 13)
    projected, offsets = builder.build()
    assert projected == "I didn't know"
    assert offsets.to_source(Span(0, 1)) == Span(0, 1)
    assert offsets.to_source(Span(2, 5)) == Span(2, 7), "part of a respelled word is the whole word"
    assert offsets.to_source(Span(9, 13)) == Span(9, 13)
    assert offsets.to_source(Span(0, 13)) == Span(0, 13)


def test_dropped_text_belongs_to_no_span_beside_it() -> None:
    builder = ProjectionBuilder("ab--cd")
    builder.copy(0, 2)
    builder.replace(2, 4, "")
    builder.copy(4, 6)
    projected, offsets = builder.build()
    assert projected == "abcd"
    assert offsets.to_source(Span(0, 2)) == Span(0, 2)
    assert offsets.to_source(Span(2, 4)) == Span(4, 6)
    assert offsets.to_source(Span(1, 3)) == Span(1, 5)


def test_text_must_stand_for_something() -> None:
    with pytest.raises(ValueError, match="stands for no source text"):
        ProjectionBuilder("ab").replace(1, 1, "x")


def test_to_source_rejects_what_lies_outside() -> None:
    with pytest.raises(ValueError, match="outside"):
        OffsetMap((Segment(Span(0, 2), Span(0, 2), aligned=True),), 2).to_source(Span(1, 3))


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"caf\xc3\xa9", "café", "utf-8"),
        (codecs.BOM_UTF8 + b"hi", "hi", "utf-8-sig"),
        (codecs.BOM_UTF16_LE + "hé".encode("utf-16-le"), "hé", "utf-16"),
        (codecs.BOM_UTF16_BE + "hé".encode("utf-16-be"), "hé", "utf-16"),
        (b"it\x92s \x85 caf\xe9", "it’s … café", "cp1252"),
        (b"a\x81b\xe9", "a\x81bé", "cp1252"),
        (b"", "", "utf-8"),
    ],
)
def test_decode(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


def test_nul_bytes_are_no_text() -> None:
    with pytest.raises(BinaryFileError):
        decode(b"PK\x03\x04\0\0")
