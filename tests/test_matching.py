"""How conditions combine, tried with small rules of the tests' own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from feedback_lint.document import Source
from feedback_lint.linter import Linter, Settings
from feedback_lint.mistake import RuleFileError
from feedback_lint.rule_files import load_ruleset

Lint = Callable[..., list[str]]


@pytest.fixture
def lint(tmp_path: Path, linter: Linter) -> Lint:
    """Lint a text with one rule made of the keys given; the quotes of what it reports."""

    def run(text: str, **keys: object) -> list[str]:
        rule = {
            "id": "own-rule", "severity": "warning", "summary": "s", "message": "“{match}”", "help": "h", "why": "w",
            "sources": ["me"], "expect": {"max": 0}, **{k.replace("_", "-"): v for k, v in keys.items()},
        }  # fmt: skip
        (tmp_path / "own").mkdir(exist_ok=True)
        (tmp_path / "own" / "own-rule.yaml").write_text(yaml.safe_dump(rule), encoding="utf-8")
        own = Linter(load_ruleset(tmp_path), Settings(select=frozenset({"own-rule"})))
        return [d.quote for d in own.lint(Source("draft.txt", text))[0].diagnostics]

    return run


MAIL = "Dear Ana,\n\nYou rejected me. I am sad.\n\nYou were kind. You rejected my plan too.\n\nBest wishes,\nSam Lee\n"


@pytest.mark.parametrize(
    ("match", "quotes"),
    [
        ([{"clause": {"verb": "reject"}}], ["You rejected me", "You rejected my plan too"]),
        ([{"clause": {"verb": "reject", "object": "i"}}], ["You rejected me"]),
        ([{"clause": {"verb": "reject", "but-not": {"object": "i"}}}], ["You rejected my plan too"]),
        ([{"clause": {"subject": "@me"}}], ["I am sad"]),
        ([{"clause": {"verb": "be", "object": "none", "subject": "you"}}], ["You were kind"]),
        ([{"phrase": ["I am", "you were"]}], ["I am", "You were"]),
        ([{"phrase": "you ~reject"}, {"clause": {"verb": "reject"}}], ["You rejected", "You rejected"]),
        ([{"clause": {"verb": "reject"}, "also": [{"phrase": "plan"}]}], ["You rejected my plan too"]),
        ([{"clause": {"verb": "reject"}, "unless": [{"phrase": "plan"}]}], ["You rejected me"]),
        ([{"clause": {"verb": "reject"}, "also": [{"phrase": "sad", "scope": "nearby"}]}], ["You rejected me"]),
        (
            [{"clause": {"verb": "reject"}, "also": [{"phrase": "kind", "scope": "paragraph"}]}],
            ["You rejected my plan too"],
        ),
        ([{"phrase": "plan", "also": [{"phrase": "sad", "scope": "mail"}]}], ["plan"]),
        ([{"phrase": "plan", "also": [{"phrase": "glad", "scope": "mail"}]}], []),
        ([{"phrase": "plan", "unless": [{"clause": {"verb": "reject"}}]}], []),
        ([{"phrase": "plan", "unless": [{"clause": {"verb": "be"}}]}], ["plan"]),
        ([{"phrase": "plan", "unless": [{"clause": {"verb": "be"}, "scope": "paragraph"}]}], []),
        ([{"measure": {"of": "sentence", "count": "words", "over": 4}}], ["You rejected my plan too."]),
    ],
)
def test_conditions(lint: Lint, match: list[dict[str, object]], quotes: list[str]) -> None:
    assert lint(MAIL, match=match) == quotes


def test_a_rule_reports_a_sentence_once_by_its_first_condition(lint: Lint) -> None:
    match = [{"phrase": "plan"}, {"phrase": "you"}]
    assert lint(MAIL, match=match) == ["You", "You", "plan"]


def test_where_limits_a_rule_to_regions(lint: Lint) -> None:
    text = "Subject: My plan\n\nDear Ana,\n\nMy plan is here. It is short.\n\nBest wishes for your plan,\nSam Lee\n"
    assert lint(text, match=[{"phrase": "plan"}], where=["subject"]) == ["plan"]
    assert len(lint(text, match=[{"phrase": "plan"}])) == 3


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (2, 0)])
def test_a_bound_above_zero_reports_the_first_that_is_too_many(lint: Lint, limit: int, count: int) -> None:
    found = lint(MAIL, match=[{"phrase": "~reject"}], expect={"max": limit})
    assert len(found) == count


@pytest.mark.parametrize(("phrase", "missing"), [("kind", False), ("grateful", True)])
def test_a_lower_bound_reports_what_is_missing(lint: Lint, phrase: str, missing: bool) -> None:
    found = lint(MAIL, match=[{"phrase": phrase}], expect={"min": 1}, anchor="body-end")
    assert (found == [""]) is missing


def test_rules_speak_only_in_their_stages(lint: Lint) -> None:
    assert lint(MAIL, match=[{"phrase": "plan"}], stages=["thanks"]) == []


def test_settings_of_one_call_do_not_stick(linter: Linter) -> None:
    source = Source("draft.txt", "Dear Ana,\n\nWhy did you reject me?\n\nSam Lee\n")
    chosen = replace(linter.settings, select=frozenset({"why-not-hired"}))
    assert {d.rule for d in linter.lint(source, chosen)[0].diagnostics} == {"why-not-hired"}
    assert {d.rule for d in linter.lint(source)[0].diagnostics} > {"why-not-hired"}


LONG = "The olives were late. " * 12 + "Send them by Friday."


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        (LONG, []),
        ("Send them by Friday.", ["Send them"]),
        (f"{LONG} I enjoyed the interview.", ["Send them"]),
        (
            f"{LONG}\n\nOn Mon, 3 Mar 2025, Ana wrote:\n> Unfortunately we have decided to hire someone else.",
            ["Send them"],
        ),
    ],
)
def test_a_rule_with_a_topic_is_silent_in_longer_mails_on_others(lint: Lint, text: str, reported: list[str]) -> None:
    assert lint(f"Dear Ana,\n\n{text}\n", match=[{"phrase": "send them"}], topic="application") == reported


def test_an_unknown_topic(lint: Lint) -> None:
    with pytest.raises(RuleFileError, match="no signal called “aplication”; did you mean “application”"):
        lint(MAIL, match=[{"phrase": "sad"}], topic="aplication")


@pytest.mark.parametrize(("key", "text"), [("suggest", "At {compny}."), ("help", "As {kept}.")])
def test_an_unknown_slot(lint: Lint, key: str, text: str) -> None:
    with pytest.raises(RuleFileError, match="there is no slot"):
        lint(MAIL, match=[{"phrase": "sad"}], **{key: text})
