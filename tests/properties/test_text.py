from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.spelling import respell
from feedback_lint.text import LineIndex, OffsetMap, ProjectionBuilder, Span, decode

Edit = tuple[int, str | None]
edits = st.lists(st.tuples(st.integers(0, 6), st.one_of(st.none(), st.text(max_size=5))), max_size=12)


def project(text: str, changes: list[Edit]) -> tuple[str, OffsetMap]:
    """Walk over `text`: copy so many code points, or replace them."""
    builder, at = ProjectionBuilder(text), 0
    for length, replacement in changes:
        end = min(at + length, len(text))
        if replacement is None:
            builder.copy(at, end)
        elif at < end or not replacement:
            builder.replace(at, end, replacement)
        at = end
    builder.copy(at, len(text))
    return builder.build()


@given(st.text(), edits)
def test_segments_tile_the_projection_and_map_in_order(text: str, changes: list[Edit]) -> None:
    projected, offsets = project(text, changes)
    assert offsets.length == len(projected)
    at = source_at = 0
    for segment in offsets.segments:
        assert segment.projected.start == at
        assert segment.source.start >= source_at
        at, source_at = segment.projected.end, segment.source.end
    assert at == len(projected)


@given(st.text(), edits, st.data())
def test_spans_map_into_the_source_and_keep_their_order(text: str, changes: list[Edit], data: st.DataObject) -> None:
    projected, offsets = project(text, changes)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(projected)), min_size=4, max_size=4)))
    inner, outer = Span(cuts[1], cuts[2]), Span(cuts[0], cuts[3])
    a, b = offsets.to_source(inner), offsets.to_source(outer)
    assert 0 <= a.start <= a.end <= len(text)
    if len(inner):
        assert b.contains(a)


@given(st.text(min_size=1), edits)
def test_a_copied_character_equals_its_source_character(text: str, changes: list[Edit]) -> None:
    copied_only = [(length, None if replacement is None else "") for length, replacement in changes]
    projected, offsets = project(text, copied_only)
    for n, char in enumerate(projected):
        span = offsets.to_source(Span(n, n + 1))
        assert text[span.start : span.end] == char


@given(st.text(), edits, edits, st.data())
def test_composed_maps_lead_where_both_lead_in_turn(
    text: str, first: list[Edit], second: list[Edit], data: st.DataObject
) -> None:
    middle, to_text = project(text, first)
    projected, to_middle = project(middle, second)
    composed = to_middle.compose(to_text)
    assert composed.length == len(projected)
    start = data.draw(st.integers(0, len(projected)))
    end = data.draw(st.integers(start, len(projected)))
    if start < end:
        assert composed.to_source(Span(start, end)) == to_text.to_source(to_middle.to_source(Span(start, end)))


@given(st.text())
def test_every_offset_has_a_line_and_lines_cover_the_text(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        position = index.position(offset)
        assert index.starts[position.line - 1] + position.column - 1 == offset
    normalised = text.replace("\r\n", "\n").replace("\r", "\n")
    assert [text[s.start : s.end] for s in index.lines()] == normalised.split("\n")


@given(st.binary())
def test_bytes_without_nul_always_decode(data: bytes) -> None:
    plain = data.replace(b"\0", b"") if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) else b""
    text, encoding = decode(plain)
    if encoding == "utf-8":
        assert text.encode() == plain


@given(st.text())
def test_respelling_keeps_places(text: str) -> None:
    plain, offsets = respell(text)
    assert respell(text) == (plain, offsets)
    assert offsets.length == len(plain)
    for segment in offsets.segments:
        if not segment.aligned:
            word = text[segment.source.start : segment.source.end]
            assert word.strip(), "only words and marks are replaced"


@given(st.text(), edits, st.data())
def test_a_place_in_the_source_leads_to_what_stands_for_it(text: str, changes: list[Edit], data: st.DataObject) -> None:
    projected, offsets = project(text, changes)
    start = data.draw(st.integers(0, len(projected)))
    span = Span(start, data.draw(st.integers(start, len(projected))))
    place = offsets.to_source(span)
    back = offsets.to_projected(place)
    if len(span):
        assert back.contains(span)
        assert offsets.to_source(back) == place
