"""The sentences that the learned reader was made from, and that the shipped model is made from them."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from tests.likeness import alike
from tests.test_corpus import CHECK as HELD_BACK
from training.sentences import digest, to_check, to_train

from feedback_lint.classifier import CARD_FILE
from feedback_lint.evaluation import Labelled, tone_rules
from feedback_lint.rule_files import load_ruleset

TRAIN, CHECK = to_train(), to_check()
ALL = (*TRAIN, *CHECK)


def test_there_are_enough() -> None:
    assert len(TRAIN) >= 9_000
    assert len(CHECK) >= 1_500


def test_ids_are_unique() -> None:
    assert [id_ for id_, n in Counter(s.id for s in ALL).items() if n > 1] == []


@pytest.mark.parametrize("sentences", [TRAIN, CHECK], ids=["train", "check"])
def test_a_third_is_clean_and_each_label_is_there(sentences: tuple[Labelled, ...]) -> None:
    assert 3 * sum(not s.labels for s in sentences) >= len(sentences)
    counted = Counter(label for s in sentences for label in s.labels)
    assert [rule for rule in tone_rules(load_ruleset()) if counted[rule] < 80] == []


def test_only_mistakes_are_implied() -> None:
    assert [s.id for s in ALL if s.implied and not s.labels] == []


@pytest.mark.parametrize("others", [CHECK, HELD_BACK], ids=["check", "held-back"])
def test_nothing_to_check_with_was_learned_from(others: tuple[Labelled, ...]) -> None:
    assert list(alike(others, TRAIN)) == []


def test_the_shipped_model_was_made_from_these_sentences() -> None:
    assert json.loads(CARD_FILE.read_bytes())["learned_from"] == digest(TRAIN)
