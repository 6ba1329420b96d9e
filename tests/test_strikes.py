from __future__ import annotations

import pytest

from feedback_lint.language import Paragraph, Parser
from feedback_lint.rule_files import load_ruleset
from feedback_lint.ruleset import Condition, Ruleset
from feedback_lint.strikes import Strikes

TEXT = "Thank you for your time. Why did you reject me?"


@pytest.fixture(scope="module")
def rules() -> Ruleset:
    return load_ruleset()


@pytest.fixture
def paragraph() -> Paragraph:
    return Parser().parse(TEXT)


def striking(rules: Ruleset, signal: str, strikes: Strikes) -> list[Condition]:
    return [c for c in rules.signals[signal].match if id(c) in strikes.conditions]


def test_strikes_tell_their_sentence_and_their_words(rules: Ruleset, paragraph: Paragraph) -> None:
    strikes = Strikes(rules, paragraph)
    found = [strike for c in striking(rules, "thanks", strikes) for strike in strikes.of(c)]
    assert found
    assert {strike.sentence for strike in found} == {0}
    assert all(TEXT[s.span.start : s.span.end].lower().startswith("thank") for s in found)


def test_a_clause_that_strikes_is_told(rules: Ruleset, paragraph: Paragraph) -> None:
    strikes = Strikes(rules, paragraph)
    matches = [*(rule.match for rule in rules.rules), *(signal.match for signal in rules.signals.values())]
    looked_for = [c for match in matches for c in match if c.clause and id(c) in strikes.conditions]
    found = [strike for c in looked_for for strike in strikes.of(c)]
    assert found
    assert all(strike.clause in paragraph.clauses and strike.clause.span == strike.span for strike in found)


def test_in_a_sentence_is_what_strikes_there(rules: Ruleset, paragraph: Paragraph) -> None:
    strikes = Strikes(rules, paragraph)
    for condition in striking(rules, "thanks", strikes):
        assert strikes.in_sentence(condition, 0) == strikes.of(condition)
        assert strikes.in_sentence(condition, 1) == []


def test_they_are_kept_with_the_paragraph_for_each_ruleset(rules: Ruleset, paragraph: Paragraph) -> None:
    kept = Strikes.within(paragraph, rules)
    assert Strikes.within(paragraph, rules) is kept
    assert Strikes.within(paragraph, load_ruleset()) is not kept
    assert Strikes.within(Parser().parse(TEXT), rules) is not kept
