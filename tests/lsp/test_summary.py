from __future__ import annotations

import json
from pathlib import Path

from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.document import Mode, Source, Stage
from feedback_lint.lsp.checking import Checked
from feedback_lint.lsp.drafts import OpenDraft
from feedback_lint.lsp.summary import checklist, headline, overview
from feedback_lint.report import ChecklistItem, Report
from feedback_lint.text import Position, Span

SOURCE = Source("draft.txt", "Why?")


def finding(severity: Severity, *, missing: bool = False) -> Diagnostic:
    places = Span(0, 3), Position(1, 1), Position(1, 4)
    return Diagnostic("draft.txt", "why-not-hired", severity, "asks", "Do not.", *places, "Why", missing=missing)


def report(*findings: Diagnostic, name: str = "") -> Report:
    items = ChecklistItem("thanks", done=False), ChecklistItem("your name", done=True)
    return Report(SOURCE, Stage.REQUEST, Mode.DRAFT, 1, findings, items, ("A note.",), name)


def test_the_headline_counts_and_names_what_is_missing() -> None:
    error, warning = finding(Severity.ERROR), finding(Severity.WARNING)
    lacking = finding(Severity.WARNING, missing=True)
    assert headline(report(error, warning, warning, lacking)) == (
        "1 of 2 on the checklist · missing: thanks · 1 error · 2 warnings"
    )
    assert headline(report(name="second")) == "second: 1 of 2 on the checklist · missing: thanks"


def test_the_checklist_has_a_line_for_each_item() -> None:
    assert checklist(report(name="second")) == "second\n✗ thanks\n✓ your name"


def test_the_overview_is_data_for_plugins() -> None:
    draft = OpenDraft("file:///draft.txt", Path("draft.txt"), "Why?", version=7)
    told = overview(Checked(draft, (report(finding(Severity.ERROR)),)))
    assert json.loads(json.dumps(told)) == {
        "version": 7,
        "failOn": "warning",
        "mails": [
            {
                "name": "",
                "stage": "request",
                "words": 1,
                "checklist": [{"label": "thanks", "done": False}, {"label": "your name", "done": True}],
                "findings": [
                    {
                        "rule": "why-not-hired",
                        "severity": "error",
                        "message": "asks",
                        "help": "Do not.",
                        "line": 1,
                        "column": 1,
                        "missing": False,
                        "suggestions": [],
                    }
                ],
                "notes": ["A note."],
            }
        ],
    }
