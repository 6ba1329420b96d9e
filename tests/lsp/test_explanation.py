from __future__ import annotations

from dataclasses import replace

from feedback_lint.document import Source
from feedback_lint.linter import Linter
from feedback_lint.lsp.explanation import explanation

BAD = "Dear Ms. Osei,\n\nWhy was I turned down for the *best* role?\n\nKind regards,\nSam Porter\n"


def test_it_tells_why_by_whom_and_gives_examples(linter: Linter) -> None:
    (report,) = linter.lint(Source("draft.txt", BAD))
    finding = next(d for d in report.diagnostics if d.rule == "why-not-hired")
    rule = linter.rules.get("why-not-hired")
    told = explanation(finding, rule)
    head, remedy, suggestion, *_ = told.split("\n\n")
    assert head.startswith("**“Why was I turned down for the \\*best\\* role” asks")
    assert head.endswith("** (why-not-hired, error)")
    assert remedy.startswith("Leave the decision alone")
    assert suggestion.startswith("> What could I do")
    assert " ".join(rule.why.split()) in told
    assert "It reports:\n\n```\n" in told
    assert "It accepts:\n\n```\n" in told
    assert "[|" not in told
    assert told.splitlines()[-1].startswith("Sources: seed 000")


def test_an_impression_is_called_one(linter: Linter) -> None:
    (report,) = linter.lint(Source("draft.txt", BAD))
    finding = replace(next(d for d in report.diagnostics if d.rule == "why-not-hired"), confidence=0.96)
    assert "(an impression, 96% sure)" in explanation(finding, linter.rules.get("why-not-hired"))
