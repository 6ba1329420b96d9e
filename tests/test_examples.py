from __future__ import annotations

import pytest

from feedback_lint.examples import MarkError, unmark
from feedback_lint.text import Span


@pytest.mark.parametrize(
    ("marked", "text", "spans"),
    [
        ("plain", "plain", ()),
        ("[|Send|] it", "Send it", (Span(0, 4),)),
        ("a [|b|] c [|d|]", "a b c d", (Span(2, 3), Span(6, 7))),
        ("here[||]", "here", (Span(4, 4),)),
        ("[Job Title] is no mark", "[Job Title] is no mark", ()),
    ],
)
def test_unmark(marked: str, text: str, spans: tuple[Span, ...]) -> None:
    assert unmark(marked) == (text, spans)


@pytest.mark.parametrize("marked", ["[|open", "close|]", "[|a|] b|]"])
def test_marks_must_pair(marked: str) -> None:
    with pytest.raises(MarkError):
        unmark(marked)
