"""How conditions combine, tried with small rules of the tests' own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import ModuleInfo, iter_modules
from typing import get_type_hints

import pytest
import yaml
from tests.own_rule import OWN_RULE

from feedback_lint import checks
from feedback_lint.classifier import Classifier
from feedback_lint.document import Source
from feedback_lint.linter import Linter
from feedback_lint.matching import Manuscript
from feedback_lint.mistake import RuleFileError
from feedback_lint.rule_files import load_ruleset
from feedback_lint.settings import Settings

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


@pytest.mark.parametrize("module", [*iter_modules(checks.__path__)], ids=lambda module: module.name)
def test_a_detector_in_python_sees_no_parse(module: ModuleInfo) -> None:
    find = import_module(f"{checks.__name__}.{module.name}").find
    assert get_type_hints(find)["draft"] is Manuscript


@pytest.mark.parametrize(
    ("keys", "needs_parse"),
    [
        ("match: [{check: placeholder}, {check: job-title}]", False),
        ("match: [{check: placeholder}, {phrase: [x]}]", True),
        ("match: [{check: placeholder, also: [{phrase: [x]}]}]", True),
        ("match: [{check: placeholder, unless: [{phrase: [x]}]}]", True),
        ("match: [{check: placeholder, position: end}]", True),
        ("match: [{measure: {of: body, count: words, over: 3}}]", True),
        ("match: [{signal: ask}]", True),
        ("match: [{check: placeholder}]\nunless: [{phrase: [x]}]", True),
        ("match: [{check: placeholder}]\ntopic: ask", True),
    ],
)
def test_only_rules_of_detectors_in_python_need_no_parse(tmp_path: Path, keys: str, *, needs_parse: bool) -> None:
    own = OWN_RULE.replace("match:\n  - phrase: [synergy]", keys)
    (tmp_path / "no-synergy.yaml").write_text(own, encoding="utf-8")
    assert load_ruleset(tmp_path).get("no-synergy").needs_parse is needs_parse


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


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, float]], list[tuple[str, str]]]:
    """Make the learned reader find `bitter` what holds a word, as surely as given; what it was asked, in order.

    At a first look, all is worth reading but what is kind.
    """

    def of(sure: dict[str, float]) -> list[tuple[str, str]]:
        asked: list[tuple[str, str]] = []

        def scores(self: Classifier, sentence: str, before: str = "") -> dict[str, float]:
            asked.append((sentence, before))
            return {"bitter": max((score for word, score in sure.items() if word in sentence), default=0.0)}

        monkeypatch.setattr(Classifier, "scores", scores)
        monkeypatch.setattr(Classifier, "is_worth_reading", lambda self, sentence: "kind" not in sentence)
        return asked

    return of


READER = {"reader": {"label": "bitter", "at": 0.9}}
Reads = Callable[[dict[str, float]], list[tuple[str, str]]]


def test_the_reader_marks_sentences_of_which_it_is_sure(lint: Lint, reads: Reads) -> None:
    reads({"sad": 0.95, "rejected": 0.89})
    assert lint(MAIL, match=[READER], impression="“{match}” reads so") == ["I am sad."]


def test_the_reader_is_told_the_sentence_before(lint: Lint, reads: Reads) -> None:
    asked = reads({})
    lint(MAIL, match=[READER], impression="“{match}” reads so")
    assert asked == [
        ("You rejected me.", ""),
        ("I am sad.", "You rejected me."),
        ("You rejected my plan too.", "You were kind."),
    ]


def test_what_is_harmless_at_a_first_look_is_not_read(lint: Lint, reads: Reads) -> None:
    reads({"kind": 0.99})
    assert lint(MAIL, match=[READER], impression="“{match}” reads so") == []


def test_the_reader_is_asked_of_all_that_rules_find(lint: Lint, reads: Reads) -> None:
    asked = reads({"kind": 0.01})
    harmless = {"reader": {"label": "bitter", "below": 0.1}}
    assert lint(MAIL, match=[{"phrase": "you ~be kind"}], unless=[harmless]) == []
    assert asked == [("You were kind.", "I am sad.")]


def test_what_is_said_is_not_told_again_as_an_impression(lint: Lint, reads: Reads) -> None:
    reads({"rejected": 0.99})
    match = [{"phrase": "you ~reject", "unless": [{"phrase": "plan"}]}, READER]
    assert lint(MAIL, match=match, impression="“{match}” reads so") == ["You rejected", "You rejected my plan too."]


def test_what_the_reader_finds_harmless_is_not_reported(lint: Lint, reads: Reads) -> None:
    reads({"rejected me": 0.2})
    harmless = {"reader": {"label": "bitter", "below": 0.1}}
    assert lint(MAIL, match=[{"phrase": "you ~reject"}], unless=[harmless]) == ["You rejected"]


def test_an_impression_may_have_exceptions(lint: Lint, reads: Reads) -> None:
    reads({"rejected": 0.99})
    match = [{**READER, "unless": [{"phrase": "plan"}]}]
    assert lint(MAIL, match=match, impression="“{match}” reads so") == ["You rejected me."]


def test_only_the_body_is_read(lint: Lint, reads: Reads) -> None:
    asked = reads({"sad": 0.99})
    text = "Subject: I am sad\n\nDear Ana,\n\nThank you.\n\nBest wishes,\nSam Lee\n"
    assert lint(text, match=[READER], impression="“{match}” reads so") == []
    assert [sentence for sentence, _ in asked] == ["Thank you."]


def test_a_finding_tells_whether_it_is_an_impression(reads: Reads, linter: Linter) -> None:
    reads({"summed up": 0.987, "wasting": 0.99})
    text = "Dear Ana,\n\nThank you for wasting my time. So I can be summed up in a line.\n\nBest wishes,\nSam Lee\n"
    (report,) = linter.lint(Source("draft.txt", text), Settings(select=frozenset({"bitter"})))
    assert [(d.message, d.confidence) for d in report.diagnostics] == [
        ("“wasting my time” sounds bitter", None),
        ("“So I can be summed up in a line.” reads as bitter", 0.987),
    ]


def test_an_impression_is_never_applied_unasked(reads: Reads, linter: Linter) -> None:
    reads({"useful": 0.99})
    text = "Dear Ana,\n\nSome feedback on my talk would be useful.\n\nBest wishes,\nSam Lee\n"
    (found,) = linter.lint(Source("draft.txt", text), Settings(select=frozenset({"bitter"})))[0].diagnostics
    assert found.suggestions
    assert not any(suggestion.safe for suggestion in found.suggestions)


def test_the_reader_can_be_switched_off(reads: Reads, linter: Linter) -> None:
    asked = reads({"sad": 0.99})
    assert linter.lint(Source("draft.txt", MAIL), Settings(reader=False))[0].diagnostics is not None
    assert asked == []


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("A friend wrote “I am so sad”.", False),
        ("I would call that a “sad” case.", True),
        ("- [[sad_name]]", False),
        ("I am sad, [name].", True),
    ],
)
def test_only_what_the_writer_says_is_read(lint: Lint, reads: Reads, sentence: str, read: bool) -> None:
    reads({"": 0.99})
    text = f"Dear Ana,\n\n{sentence}\n\nBest wishes,\nSam Lee\n"
    assert bool(lint(text, match=[READER], impression="“{match}” reads so")) is read
