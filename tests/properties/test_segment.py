from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lint.document import Document, Projection, Source
from feedback_lint.input import InputError
from feedback_lint.linter import Linter
from feedback_lint.placeholders import find_placeholders
from feedback_lint.readers import plain
from feedback_lint.segment import segment
from feedback_lint.text import Span

# Pieces of mails, so that the interesting paths are taken, mixed with any text at all.
PIECES = [
    "Dear Ms. Osei,",
    "hi dave",
    "Hello,",
    "Dear [Name],",
    "Dear ,",
    "To whom it may concern",
    "Subject: Tailor",
    "Subject:",
    "X-Feedback-Lint: ignore=demanding",
    " folded",
    "Thank you for the interview.",
    "why wasnt i picked??",
    "Thanks, Sam",
    "Kind regards,",
    "Sam Porter",
    "-- ",
    "Sent from my iPhone",
    "P.S. one more thing",
    "> quoted",
    "On Tue, 4 Mar 2025 at 09:12, A wrote:",
    "-----Original Message-----",
    "From: a@b.example",
    "To: c@d.example",
    "Sent: today",
    "____",
    "{{ job_title }}",
    "XXX",
    "......",
    "- a point",
    "I AM SHOUTING AT YOU",
    "\u00a0",
    "\u00ad",
    "\ufeff",
    "…",
    "“it’s”",
    "12 March 2025",
    "This e-mail is confidential",
]
breaks = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\r\n\r\n", " ", ""])
pieces = st.one_of(st.sampled_from(PIECES), st.text(max_size=12))
mails = st.lists(st.tuples(pieces, breaks), max_size=14).map(lambda parts: "".join(a + b for a, b in parts))
texts = st.one_of(mails, st.text())


def cut(text: str) -> Document:
    return segment(plain.read(Source("draft.txt", text), Projection.whole(text)))


@settings(max_examples=300)
@given(texts)
def test_regions_tile_the_source(text: str) -> None:
    at = 0
    for region in cut(text).regions:
        assert region.span.start == at
        at = region.span.end
    assert at == len(text)


@settings(max_examples=300)
@given(texts)
def test_every_projected_place_maps_into_its_region(text: str) -> None:
    for region in cut(text).regions:
        if region.projection is None:
            continue
        length = len(region.projection.text)
        assert length, "a region with nothing to read has no projection"
        assert region.span.contains(region.projection.to_source(Span(0, length)))
        places = [region.projection.to_source(Span(n, n + 1)) for n in range(length)]
        assert all(region.span.contains(place) for place in places)
        assert [p.start for p in places] == sorted(p.start for p in places)


@settings(max_examples=300)
@given(texts)
def test_equal_texts_are_cut_alike(text: str) -> None:
    assert cut(text) == cut(text)


@settings(max_examples=300)
@given(texts)
def test_placeholders_are_in_order_and_apart(text: str) -> None:
    at = 0
    for placeholder in find_placeholders(text):
        assert at <= placeholder.span.start < placeholder.span.end <= len(text)
        at = placeholder.span.end


@cache
def linter() -> Linter:
    return Linter()


@settings(max_examples=60, deadline=None)
@given(st.one_of(mails.map(str.encode), mails.map(lambda t: t.encode("cp1252", "replace")), st.binary()))
def test_the_linter_never_raises_but_for_binary_files(data: bytes) -> None:
    try:
        (report,) = linter().lint_bytes(data, "draft.txt")
    except InputError as error:
        assert b"\0" in data, str(error)  # noqa: PT017
        return
    assert (report,) == linter().lint_bytes(data, "draft.txt")
    for diagnostic in report.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(report.source.text)
        assert diagnostic.missing or diagnostic.quote
