"""How the figures come into docs/accuracy.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import accuracy_page
from benchmarks.accuracy_page import PAGE, SECTIONS, ordinary, rewritten, sentences

from feedback_lint.linter import Linter

EMPTY = "Words.\n\n<!-- figures: some -->\n<!-- end of figures -->\n\nMore.\n"
FULL = "Words.\n\n<!-- figures: some -->\n1 of 2\n<!-- end of figures -->\n\nMore.\n"
ROWS = """\
{"id": "a", "text": "I demand detailed feedback by Friday.", "labels": ["demanding"]}
{"id": "b", "text": "Thank you for your time.", "labels": []}
"""
ORDINARY = """\
Subject: The boiler

Dear Ana,

The boiler is fixed. Thank you for letting us in.

You owe us feedback.
You must send it by Friday.

Regards,
Tom Reed
"""


@pytest.mark.parametrize("page", [EMPTY, FULL, FULL.replace("1 of 2", "3\n4")])
def test_figures_are_written_between_their_markers(page: str) -> None:
    assert rewritten(page, {"some": "1 of 2\n"}) == FULL


@pytest.mark.parametrize("figures", [{}, {"other": ""}, {"some": "", "other": ""}])
def test_each_figure_has_a_place(figures: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="the page has places for"):
        rewritten(FULL, figures)


def test_the_page_has_a_place_for_each() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert rewritten(page, dict.fromkeys(SECTIONS, "so\n")).count("-->\nso\n<!--") == len(SECTIONS)


def test_a_line_a_file(linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy_page, "CORPUS", tmp_path)
    for name in ("check.jsonl", "check-2.jsonl", "develop.jsonl"):
        tmp_path.joinpath(name).write_text(ROWS, encoding="utf-8")
    shown = sentences(linter, "check*.jsonl")
    assert "| all | 1.000 | 1.000 | 1.000 | 2 | 0 | 0 |\n" in shown
    assert shown.splitlines()[-2:] == [
        f"| `{name}` | 2 | 1.000 | 1.000 | 1.000 | 1 of 1 (100.0%) | 0 of 1 (0.0%) |"
        for name in ("check.jsonl", "check-2.jsonl")
    ]


def test_firings_on_ordinary_mail(linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy_page, "ORDINARY", tmp_path)
    tmp_path.joinpath("b.txt").write_text(ORDINARY, encoding="utf-8")
    tmp_path.joinpath("a.txt").write_text(ORDINARY.replace("You owe us feedback.\nYou must send it by Friday.", "Bye."))
    assert ordinary(linter).splitlines() == [
        "- mails: 2",
        "- mails with a finding of a tone rule: 1 of 2 (50.0%)",
        "- body paragraphs with a finding of a tone rule: 1 of 4 (25.0%)",
        "",
        "    b.txt:7 demanding: You owe us feedback",
        "    b.txt:8 demanding: You must send it by Friday",
    ]
