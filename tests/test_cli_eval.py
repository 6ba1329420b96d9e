"""The command `eval`: what it counts, and what it says of input that it cannot use."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feedback_lint.classifier import Classifier
from feedback_lint.cli import cli

ROWS = (
    {"id": "a", "text": "I demand detailed feedback by Friday.", "labels": ["demanding"]},
    {"id": "b", "text": "Why was I turned down?", "labels": ["why-not-hired"]},
    {"id": "c", "text": "Thank you for your time.", "labels": []},
    {"id": "d", "text": "I demand detailed feedback by Monday.", "labels": []},
)

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with two files of sentences."""
    monkeypatch.chdir(tmp_path)
    Path("rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")
    Path("broken.jsonl").write_text(f"{json.dumps(ROWS[0])}\nno\n", encoding="utf-8")
    return lambda *args: CliRunner().invoke(cli, ["eval", *args])


def counts(result: Result) -> dict[str, tuple[int, int, int]]:
    """Expected, missed and alarms of each rule that has any."""
    assert result.exit_code == 0, result.output
    rows = {row["rule"]: (row["expected"], row["missed"], row["alarms"]) for row in json.loads(result.output)["rules"]}
    return {rule: row for rule, row in rows.items() if any(row)}


def test_figures(run: Run) -> None:
    result = run("rows.jsonl")
    assert result.exit_code == 0, result.output
    assert "clean sentences with an alarm: 1 of 2 (50.0%)" in result.output
    assert "Friday" not in result.output


def test_several_files_are_counted_together(run: Run) -> None:
    found = counts(run("--format", "json", "rows.jsonl", "rows.jsonl"))
    assert found == {"demanding": (2, 0, 2), "why-not-hired": (2, 0, 0)}


def test_some_rules(run: Run) -> None:
    result = run("--format", "json", "--rule", "demanding,demanding", "rows.jsonl")
    assert counts(result) == {"demanding": (1, 0, 1)}
    assert json.loads(result.output)["all"]["expected"] == 1


def test_with_and_without_the_learned_reader(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Classifier, "is_worth_reading", lambda *_: True)
    monkeypatch.setattr(Classifier, "scores", lambda *_: {"bitter": 0.99, "demanding": 0.5, "why-not-hired": 0.5})
    assert counts(run("--format", "json", "rows.jsonl"))["bitter"] == (0, 0, 4)
    assert "bitter" not in counts(run("--format", "json", "--no-reader", "rows.jsonl"))


@pytest.mark.parametrize(("part", "sentences"), [("0/1", 4), ("0/3", 2), ("2/3", 1), ("4/9", 0)])
def test_a_part_of_the_sentences(run: Run, part: str, sentences: int) -> None:
    assert json.loads(run("--format", "json", "--modulo", part, "rows.jsonl").output)["sentences"] == sentences


def test_alarms_are_shown(run: Run) -> None:
    assert (
        "alarm of demanding in d (clean): I demand detailed feedback by Monday." in run("--show", "rows.jsonl").output
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("none.jsonl",), "File 'none.jsonl' does not exist"),
        ((), "Missing argument 'FILES...'"),
        (("broken.jsonl",), "broken.jsonl:2:"),
        (
            ("rows.jsonl", "--rule", "demandin"),
            "--rule: there is no tone rule called “demandin”; did you mean “demanding”?",
        ),
        (("rows.jsonl", "--rule", "missing-ask"), "--rule: there is no tone rule called “missing-ask”"),
        (("rows.jsonl", "--modulo", "half"), "“half” is not of the form 0/2"),
        (("rows.jsonl", "--modulo", "1/0"), "“1/0”: the first number must be smaller than the second"),
        (("rows.jsonl", "--modulo", "-1/2"), "“-1/2”: the first number must be"),
        (("rows.jsonl", "--model", "no_such_model"), "no_such_model"),
    ],
)
def test_what_cannot_be_used_is_said(run: Run, args: tuple[str, ...], message: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert message in result.output
