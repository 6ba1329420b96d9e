from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.glance import Glance, features

SIZE = 2**17


def test_features_are_words_and_neighbours() -> None:
    assert len(features("Thank you", SIZE)) == len({"thank", "you", "^ thank", "thank you", "you $"})
    assert len(features("Thank you", SIZE) & features("Thank me", SIZE)) == len({"thank", "^ thank"})


@pytest.mark.parametrize(
    ("one", "other"),
    [("Why NOT me?", "why not me?"), ("I didn’t ask", "I didn't ask"), ("Well, thanks.", "well thanks")],
)
def test_spellings_that_are_alike(one: str, other: str) -> None:
    assert features(one, SIZE) == features(other, SIZE)


@pytest.mark.parametrize(("one", "other"), [("Why me?", "Why me"), ("You told me", "Me told you")])
def test_marks_and_order_count(one: str, other: str) -> None:
    assert features(one, SIZE) != features(other, SIZE)


def test_a_sentence_weighs_what_its_features_weigh_together() -> None:
    weights = [0] * SIZE
    for n in features("why", SIZE):
        weights[n] = 3
    assert Glance(weights, 0.0).weight("why") == pytest.approx(9 / 3**0.5)
    assert Glance(weights, 9 / 3**0.5).is_worth_reading("why")
    assert not Glance(weights, 5.3).is_worth_reading("why")


@given(st.text())
def test_any_text_has_a_weight(text: str) -> None:
    assert all(0 <= n < SIZE for n in features(text, SIZE))
    assert Glance([1] * SIZE, 0.0).weight(text) >= 0
