"""What is told of a draft as a whole: the checklist, and whether it may be sent."""

from __future__ import annotations

from collections import Counter
from typing import Any

from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.lsp.checking import Checked
from feedback_lint.report import Report


def headline(report: Report) -> str:
    """The checklist and the findings of a mail on one line."""
    missing = [item.label for item in report.checklist if not item.done]
    done = f"{len(report.checklist) - len(missing)} of {len(report.checklist)} on the checklist"
    parts = [f"{report.name}: {done}" if report.name else done]
    if missing:
        parts.append(f"missing: {', '.join(missing)}")
    counts = Counter(d.severity for d in report.diagnostics if not d.missing)
    parts += (f"{counts[s]} {s}{'s' if counts[s] > 1 else ''}" for s in Severity if counts[s])
    return " · ".join(parts)


def checklist(report: Report) -> str:
    """The checklist of a mail, an item a line."""
    head = [report.name] if report.name else []
    return "\n".join((*head, *(f"{'✓' if item.done else '✗'} {item.label}" for item in report.checklist)))


def overview(checked: Checked) -> dict[str, Any]:
    """What a plugin needs to show before sending; lines are 1-based, and `failOn` is what the configuration says."""
    return {
        "version": checked.draft.version,
        "failOn": checked.config.keys.fail_on,
        "mails": [
            {
                "name": report.name,
                "stage": report.stage.value,
                "words": report.words,
                "checklist": [{"label": item.label, "done": item.done} for item in report.checklist],
                "findings": [_finding(d) for d in report.diagnostics],
                "notes": list(report.notes),
            }
            for report in checked.reports
        ],
    }


def _finding(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "line": diagnostic.start.line,
        "column": diagnostic.start.column,
        "missing": diagnostic.missing,
        "suggestions": [suggestion.text for suggestion in diagnostic.suggestions],
    }
