from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.glance import Glance, features

SIZE = 2**17


def test_features_are_words_and_what_stands_near_them() -> None:
    alone, pairs, triples = {"thank", "you"}, {"^ thank", "thank you", "you $"}, {"^ thank you", "thank you $"}
    apart = {"^ _ you", "thank _ $", "^ _ _ $"}
    assert len(features("Thank you", SIZE)) == len(alone | pairs | triples | apart)
    common = {"thank", "^ thank", "thank _ $", "^ _ _ $"}
    assert len(features("Thank you", SIZE) & features("Thank me", SIZE)) == len(common)


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
    found = features("why", SIZE)
    for n in found:
        weights[n] = 3
    whole = 3 * len(found) ** 0.5
    assert Glance(weights, 0.0).weight("why") == pytest.approx(whole)
    assert Glance(weights, whole - 0.1).is_worth_reading("why")
    assert not Glance(weights, whole + 0.1).is_worth_reading("why")


@given(st.text())
def test_any_text_has_a_weight(text: str) -> None:
    assert all(0 <= n < SIZE for n in features(text, SIZE))
    assert Glance([1] * SIZE, 0.0).weight(text) >= 0
