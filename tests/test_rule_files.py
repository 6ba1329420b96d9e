from __future__ import annotations

from pathlib import Path

import pytest

from feedback_lint.mistake import RuleFileError
from feedback_lint.rule_files import load_examples, load_ruleset
from feedback_lint.ruleset import Ruleset

RULE = """\
id: no-shouting
severity: warning
summary: Shouts.
message: "“{match}” shouts"
help: Say it quietly.
why: Nobody likes to be shouted at.
sources: [me]
expect: {max: 0}
match:
  - phrase: [hear me]
examples:
  - bad: "[|Hear me|] now."
"""


def write(folder: Path, text: str, name: str = "style/no-shouting.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path) -> list[tuple[int, int, str]]:
    with pytest.raises(RuleFileError) as error:
        load_ruleset(folder)
    return [(m.line, m.column, m.message) for m in error.value.mistakes]


def test_own_rules_join_the_built_in_ones(tmp_path: Path) -> None:
    path = write(tmp_path, RULE)
    rules = load_ruleset(tmp_path)
    assert {"no-shouting", "why-not-hired"} <= rules.ids
    rule = rules.get("no-shouting")
    assert (rule.category, rule.path, rule.where) == ("style", path, ("subject", "body", "closing"))
    assert [(line, e.kind, e.text) for line, e in load_examples(rule)] == [(12, "bad", "[|Hear me|] now.")]


def test_no_two_built_in_rules_share_an_id_and_each_has_a_message_that_quotes() -> None:
    rules = load_ruleset().rules
    assert len({r.id for r in rules}) == len(rules)
    assert all(r.message and r.help and r.why.strip() and r.sources for r in rules)


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "message"),
    [
        ("severity: warning", "severity: loud", 2, 1, "Input should be 'error', 'warning' or 'suggestion'"),
        ("summary: Shouts.", "sumary: Shouts.", 3, 1, "unknown key “sumary”"),
        ("  - phrase: [hear me]", "  - phrase: [hear (me]", 10, 14, "a parenthesis is not closed"),
        ("  - phrase: [hear me]", "  - signal: thank", 10, 5, "there is no signal called “thank”"),
        (
            "  - phrase: [hear me]",
            '  - clause: {verb: "@rejct"}',
            10,
            14,
            "no vocabulary set called “rejct”; did you mean “reject”",
        ),
        ("  - phrase: [hear me]", "  - check: no-such", 10, 5, "there is no check called “no-such”"),
        ("  - phrase: [hear me]", "  - clause: {verb: a}\n    phrase: b", 10, 5, "exactly one of"),
        ("  - phrase: [hear me]", "  - clause: {mood: angry}", 10, 14, "Input should be"),
        (
            "  - phrase: [hear me]",
            "  - reader: {label: loud, at: 0.9}\nimpression: i",
            10,
            14,
            "there is no label called “loud”",
        ),
        ("  - phrase: [hear me]", "  - reader: {label: bitter, at: 0.9}", 1, 1, "`impression` goes with"),
        ("  - phrase: [hear me]", "  - reader: {label: bitter}", 10, 5, "needs either at or below"),
        ("  - phrase: [hear me]", "  - reader: {label: bitter, at: 2}", 10, 29, "less than or equal to 1"),
        ("expect: {max: 0}", "expect: {}", 8, 1, "needs either min or max"),
        ("expect: {max: 0}", "expect: {min: 1}", 1, 1, "`anchor` goes with"),
        ('message: "“{match}” shouts"', "message: Over {threshold}", 1, 1, "needs one `measure` in `match`"),
        ("id: no-shouting", "id: noisy", 1, 1, "must be named noisy.yaml"),
        ("id: no-shouting", "id: no-shouting\nid: other", 2, 1, "the key “id” is given twice"),
        ("help: Say it quietly.", "help: [Say", 6, 4, "did not find expected"),
    ],
)
def test_each_mistake_has_its_place(tmp_path: Path, old: str, new: str, line: int, column: int, message: str) -> None:
    write(tmp_path, RULE.replace(old, new))
    found = mistakes(tmp_path)
    assert any(m[:2] == (line, column) and message in m[2] for m in found), found


def test_the_message_shows_the_line_and_a_caret(tmp_path: Path) -> None:
    path = write(tmp_path, RULE.replace("hear me", "hear (me"))
    with pytest.raises(RuleFileError) as error:
        load_ruleset(tmp_path)
    assert str(error.value).splitlines()[0].startswith(f"{path}:10:14: a parenthesis is not closed")
    assert str(error.value).splitlines()[1:] == ["      - phrase: [hear (me]", "                 ^"]


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, RULE.replace("severity: warning", "severity: loud").replace("help:", "hlep:"))
    write(tmp_path, "words: three", "_vocabulary/mine.yaml")
    assert len(mistakes(tmp_path)) == 4


@pytest.mark.parametrize(
    ("vocabulary", "message"),
    [
        ("shout: ['@yel']\nyell: [bawl]", "there is no vocabulary set called “yel”; did you mean “yell”?"),
        ("shout: ['@yell']\nyell: ['@shout']", "contains itself"),
        ("reject: [throw out]", "@reject is defined already"),
    ],
)
def test_vocabulary_mistakes(tmp_path: Path, vocabulary: str, message: str) -> None:
    write(tmp_path, vocabulary, "_vocabulary/mine.yaml")
    assert any(message in m[2] for m in mistakes(tmp_path))


def test_a_set_may_hold_sets(tmp_path: Path) -> None:
    write(tmp_path, "shout: ['@yell', Roar]\nyell: [bawl]", "_vocabulary/mine.yaml")
    rules = load_ruleset(tmp_path)
    assert rules.words(("@shout", "Cry")) == {"bawl", "roar", "cry"}


def test_a_rule_that_exists_already_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, RULE.replace("no-shouting", "why-not-hired"), "style/why-not-hired.yaml")
    assert any("exists already" in m[2] for m in mistakes(tmp_path))


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "none")[0][2] == "no such folder of rules"


def test_examples_are_validated_when_they_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, RULE + "  - bad: one\n    near: two\n")
    rules = load_ruleset(tmp_path)
    with pytest.raises(RuleFileError, match=r"no-shouting.yaml:13:5: `near` goes with good"):
        load_examples(rules.get("no-shouting"))


def test_nearest(tmp_path: Path) -> None:
    rules: Ruleset = load_ruleset()
    assert rules.nearest("why-not-hird") == "why-not-hired"
    assert rules.nearest("zzzz") is None
