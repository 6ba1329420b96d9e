"""Whole emails: what a careful editor labelled, and golden reports of all rules.

`labels.yaml` holds the editor's labels. `golden/NAME.json` holds what the linter reports, word for word; after a
change that is meant, look at the difference and write them anew with UPDATE_GOLDEN=1.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from feedback_lint.document import Mode, Stage
from feedback_lint.input import decoded
from feedback_lint.linter import Linter
from feedback_lint.report import Report
from feedback_lint.settings import Settings

FOLDER = Path(__file__).parent
LABELS: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "labels.yaml").read_text(encoding="utf-8"))
GOOD = sorted(name for name, row in LABELS.items() if not row["expect"])
NAMES = sorted(LABELS)


def lint(linter: Linter, name: str) -> Report:
    (report,) = linter.lint_bytes(
        (FOLDER / name).read_bytes(), name, Settings(mode=Mode(LABELS[name].get("mode", "draft")))
    )
    return report


@pytest.mark.parametrize("name", NAMES)
def test_what_needs_no_parse_is_found_at_once(linter: Linter, name: str) -> None:
    every = frozenset(Stage)
    cheap = {r.id for r in linter.rules.rules if not r.needs_parse and every.issubset(r.stages)}
    source = decoded((FOLDER / name).read_bytes(), name)
    early = linter.lint_at_once(source, Settings(mode=Mode(LABELS[name].get("mode", "draft"))))
    whole = [replace(d, suggestions=()) for d in lint(linter, name).diagnostics]
    assert list(early) == [d for d in whole if d.rule in cheap]


def golden(report: Report) -> dict[str, Any]:
    findings = [
        {
            "rule": d.rule,
            "severity": d.severity,
            "place": f"{d.start.line}:{d.start.column}-{d.end.line}:{d.end.column}",
            "quote": d.quote,
        }
        for d in report.diagnostics
    ]
    return {"stage": report.stage, "words": report.words, "findings": findings}


def test_every_mail_is_labelled() -> None:
    others = {"labels.yaml", "test_emails.py"}
    assert {p.name for p in FOLDER.iterdir() if p.is_file()} - others == set(LABELS)
    assert len(NAMES) >= 100
    assert len(GOOD) >= 50


@pytest.mark.parametrize("name", GOOD)
def test_a_good_mail_is_silent(linter: Linter, name: str) -> None:
    allowed = set(LABELS[name].get("allow", []))
    assert [(d.rule, d.quote) for d in lint(linter, name).diagnostics if d.rule not in allowed] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_stage_is_told(linter: Linter, name: str) -> None:
    assert lint(linter, name).stage == LABELS[name]["stage"]


def differences(report: Report, row: dict[str, Any], spared: set[str]) -> list[str]:
    """What the linter and the editor do not agree on, but for some rules."""
    found = {(d.rule, d.start.line, d.end.line) for d in report.diagnostics if d.rule not in spared}
    wanted = [e for e in row["expect"] if e["rule"] not in spared]
    out = [f"false alarm: {rule}" for rule in {r for r, _, _ in found} - {e["rule"] for e in wanted}]
    for label in wanted:
        places = [(a, b) for rule, a, b in found if rule == label["rule"]]
        if not any("line" not in label or a <= label["line"] <= b for a, b in places):
            out.append(f"miss: {label}")
    return out


@pytest.mark.parametrize("name", NAMES)
def test_the_findings_are_those_of_the_editor(linter: Linter, name: str) -> None:
    row = LABELS[name]
    assert differences(lint(linter, name), row, {*row.get("allow", []), *row.get("todo", [])}) == []


@pytest.mark.parametrize(("name", "rule"), [(n, r) for n in NAMES for r in LABELS[n].get("todo", [])])
def test_a_known_miss_is_still_one(linter: Linter, name: str, rule: str) -> None:
    others = {d.rule for d in lint(linter, name).diagnostics} | {e["rule"] for e in LABELS[name]["expect"]}
    assert differences(lint(linter, name), LABELS[name], others - {rule}) != []


@pytest.mark.parametrize("name", NAMES)
def test_golden_report(linter: Linter, name: str) -> None:
    path = FOLDER / "golden" / f"{Path(name).stem}.json"
    text = json.dumps(golden(lint(linter, name)), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
