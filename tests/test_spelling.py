from __future__ import annotations

import pytest

from feedback_lint.spelling import respell
from feedback_lint.text import Span


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("y wasnt i picked??", "why wasn't I picked?"),
        ("can u b honest", "can you be honest"),
        ("id like that, ill send it", "I'd like that, I'll send it"),
        ("thats it, hes nice", "that's it, he's nice"),
        ("WHY WASNT I PICKED", "why wasn't I picked"),
        ("I am SO sorry", "I am so sorry"),
        ("sooo good", "so good"),
        ("ok..... wait.. what", "ok... wait... what"),
        ("“quoted” – it’s", '"quoted" – it\'s'),
        ("fish n chips", "fish and chips"),
    ],
)
def test_chat_and_shouting_become_plain(typed: str, plain: str) -> None:
    assert respell(typed)[0] == plain


@pytest.mark.parametrize(
    "text",
    [
        "plan b is fine",
        "hepatitis b",
        "O(n) and x and y",
        "b) second",
        "C and R code",
        "my ID card",
        "I was ill last week",
        "Vancouver, BC",
        "post it on FB",
        "NHS Trust HR IT",
        "e.g. this",
        "see a.b/c or r@b.example",
        "n = 3",
    ],
)
def test_words_with_another_reading_stay(text: str) -> None:
    assert respell(text)[0] == text


def test_places_are_kept() -> None:
    text = "tell me y u didnt pick me"
    plain, offsets = respell(text)
    start = plain.index("didn't")
    place = offsets.to_source(Span(start, start + 6))
    assert text[place.start : place.end] == "didnt"
