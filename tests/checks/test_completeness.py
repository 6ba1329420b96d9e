"""The checks of names, signature, subject and blanks on whole mails."""

from __future__ import annotations

import pytest

from feedback_lint.document import Mode, Source
from feedback_lint.linter import Linter
from feedback_lint.settings import Settings

RULES = frozenset(
    {
        "missing-name",
        "missing-job-title",
        "missing-signature",
        "missing-subject",
        "vague-subject",
        "unfilled-placeholder",
    }
)
GOOD = "Subject: Tailor position\n\nDear Ms Osei,\n\nThank you for the interview.\n\nBest,\nSam Porter\n"


def rules(linter: Linter, text: str, mode: Mode = Mode.DRAFT) -> list[str]:
    (report,) = linter.lint(Source("draft.txt", text), Settings(select=RULES, mode=mode))
    return [d.rule for d in report.diagnostics]


def test_a_whole_mail(linter: Linter) -> None:
    assert rules(linter, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Ms Osei", "Hiring Manager", ["missing-name"]),
        ("Dear Ms Osei,\n\n", "", ["missing-name"]),
        ("Sam Porter\n", "", ["missing-signature"]),
        ("Sam Porter\n", "\nSent from my Galaxy\n", ["missing-signature"]),
        ("Best,\nSam Porter", "-- \nSam Porter", []),
        ("Tailor position", "Quick question", ["vague-subject", "missing-job-title"]),
        ("Tailor position", "", ["missing-subject", "missing-job-title"]),
        ("Subject: Tailor position", "", ["missing-job-title"]),
        ("Tailor position", "Quick question, ref. 4471", ["missing-job-title"]),
        ("Dear Ms Osei,", "Dear ,", ["unfilled-placeholder"]),
        ("Tailor", "[Job Title]", ["unfilled-placeholder"]),
        ("Sam Porter", "[Your Name]", ["unfilled-placeholder"]),
        ("Ms Osei", "{{ name }}", ["unfilled-placeholder"]),
        ("Ms Osei", "[Company] Team", ["missing-name", "unfilled-placeholder"]),
    ],
)
def test_one_thing_is_changed(linter: Linter, old: str, new: str, found: list[str]) -> None:
    assert rules(linter, GOOD.replace(old, new)) == found


def test_a_template_may_have_blanks(linter: Linter) -> None:
    text = "Subject: [Job Title]\n\nDear {{ name }},\n\nThank you.\n\nBest,\n[Your Name]\n"
    assert rules(linter, text, Mode.TEMPLATE) == []


def test_the_checklist_has_the_names_and_the_title(linter: Linter) -> None:
    (report,) = linter.lint(Source("draft.txt", GOOD.replace("Sam Porter\n", "")))
    done = {item.label: item.done for item in report.checklist}
    assert {label: done[label] for label in ("the reader's name", "the job title", "your name")} == {
        "the reader's name": True,
        "the job title": True,
        "your name": False,
    }
