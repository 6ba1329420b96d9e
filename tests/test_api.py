from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import feedback_lint
from feedback_lint.classifier import Classifier

BAD = "Why was I turned down for the role?\n"


def test_all_names_are_there() -> None:
    assert feedback_lint.__all__ == [
        "Diagnostic",
        "InputError",
        "Linter",
        "Mode",
        "Report",
        "Settings",
        "Severity",
        "Stage",
        "Suggestion",
        "__version__",
        "lint_file",
        "lint_text",
    ]
    assert dir(feedback_lint) == feedback_lint.__all__
    assert all(getattr(feedback_lint, name) for name in feedback_lint.__all__)
    assert feedback_lint.Severity.ERROR.value == "error"


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lint_url'"):
        feedback_lint.lint_url  # noqa: B018


def test_it_is_typed() -> None:
    assert files("feedback_lint").joinpath("py.typed").is_file()


def test_importing_is_light() -> None:
    code = "import feedback_lint, sys; assert not {'spacy', 'pydantic', 'yaml', 'click'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_lint_text() -> None:
    found = feedback_lint.lint_text(BAD, path="x.txt", select="why-not-hired")
    assert [(d.path, d.rule, d.start.line, d.start.column) for d in found] == [("x.txt", "why-not-hired", 1, 1)]
    assert feedback_lint.lint_text(BAD, select=["why-not-hired"], ignore=["why-not-hired"]) == []


def test_the_reader_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Classifier, "scores", lambda *_: {"bitter": 0.99})
    text = "Dear Ana,\n\nHow fine to be summed up in a line.\n\nSam Lee\n"
    assert [d.confidence for d in feedback_lint.lint_text(text, select="bitter")] == [0.99]
    assert feedback_lint.lint_text(text, select="bitter", reader=False) == []


def test_lint_file(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(BAD, encoding="utf-8")
    assert [d.rule for d in feedback_lint.lint_file(str(path), select=("why-not-hired",))] == ["why-not-hired"]
    with pytest.raises(feedback_lint.InputError) as caught:
        feedback_lint.lint_file(tmp_path / "nope.txt")
    assert caught.value.path == str(tmp_path / "nope.txt")


def test_wrong_names_are_told() -> None:
    with pytest.raises(ValueError, match="did you mean “why-not-hired”"):
        feedback_lint.lint_text(BAD, select=["why-hired"])
    with pytest.raises(ValueError, match="reply"):
        feedback_lint.lint_text(BAD, stage="reply")
