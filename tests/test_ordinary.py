"""Ordinary mails in ten trades, which are no feedback requests: the tone rules have nothing to say there."""

from __future__ import annotations

from pathlib import Path

from feedback_lint.linter import Linter
from feedback_lint.settings import Settings

FOLDER = Path(__file__).parent / "ordinary"
MAILS = sorted(FOLDER.glob("*.txt"))


def test_tone_rules_fire_in_at_most_two_paragraphs_of_a_hundred(linter: Linter) -> None:
    tone = frozenset(r.id for r in linter.rules.rules if r.category == "tone")
    assert len(MAILS) >= 200
    paragraphs = sum(path.read_text(encoding="utf-8").count("\n\n") for path in MAILS)
    found = [
        (path.name, d.rule, d.quote) for path in MAILS for d in linter.lint_file(path, Settings(tone))[0].diagnostics
    ]
    assert len(found) <= 0.02 * paragraphs, found


def test_the_learned_reader_is_silent(linter: Linter) -> None:
    impressions = [
        (path.name, d.rule, d.quote)
        for path in MAILS
        for report in linter.lint_file(path)
        for d in report.diagnostics
        if d.confidence is not None
    ]
    assert impressions == []
