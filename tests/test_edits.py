from __future__ import annotations

import pytest

from feedback_lint.diagnostic import Suggestion
from feedback_lint.document import Source
from feedback_lint.edits import Edit, edits_for
from feedback_lint.text import Span

WRAPPED = "Thank you for the time that you took for me last week,\nI enjoyed it.\n"


def texts(text: str, place: Span, new: str, gap: str = " ") -> list[str]:
    edits = list(edits_for(Source("draft.txt", text), Suggestion(new, place, gap=gap)))
    assert {edit.place for edit in edits} == {place}
    return [edit.text for edit in edits]


def test_a_suggestion_without_a_place_makes_none() -> None:
    assert list(edits_for(Source("draft.txt", "Hello"), Suggestion("Thanks."))) == []


def test_words_are_replaced_as_they_stand() -> None:
    (edit,) = edits_for(Source("draft.txt", "Send me news."), Suggestion("Tell me", Span(0, 7)))
    assert edit == Edit(Span(0, 7), "Tell me")


@pytest.mark.parametrize(
    ("text", "at", "gap", "new"),
    [
        ("Hello.", 6, " ", " Thanks."),
        ("Hello.", 0, " ", "Thanks. "),
        ("Hello. Bye.", 6, " ", " Thanks. "),
        ("Hello.", 6, "\n\n", "\n\nThanks."),
        ("Hello.\r\n", 6, "\n\n", "\r\n\r\nThanks."),
        ("", 0, " ", "Thanks."),
    ],
)
def test_an_insertion_is_set_off(text: str, at: int, gap: str, new: str) -> None:
    assert texts(text, Span(at, at), "Thanks.", gap) == [new]


def test_in_a_wrapped_paragraph_it_is_wrapped_at_best() -> None:
    end = WRAPPED.index(" enjoyed") + len(" enjoyed it.")
    new = "Please tell me what I could do better another time."
    wrapped, plain = texts(WRAPPED, Span(end, end), new)
    assert plain == f" {new}"
    assert wrapped == " Please tell me what I could do better\nanother time."
