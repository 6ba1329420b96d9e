"""For programs: the JSON of `docs/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feedback_lint.reporters import Results, Style, shown

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic

VERSION = 1


def render(results: Results, style: Style) -> str:
    """One object, in ASCII so that any encoding of standard output can carry it."""
    data = {
        "version": VERSION,
        "files": [
            {
                "path": shown(r.source.path),
                "name": r.name,
                "stage": r.stage.value,
                "mode": r.mode.value,
                "words": r.words,
            }
            for r in results.reports
        ],
        "diagnostics": [_diagnostic(d) for r in results.reports for d in r.diagnostics],
        "errors": [{"path": shown(e.path), "message": str(e)} for e in results.errors],
    }
    return json.dumps(data, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "path": shown(diagnostic.path),
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "line": diagnostic.start.line,
        "column": diagnostic.start.column,
        "end_line": diagnostic.end.line,
        "end_column": diagnostic.end.column,
        "quote": diagnostic.quote,
        "suggestions": [{"text": s.text} for s in diagnostic.suggestions],
        "missing": diagnostic.missing,
        "fingerprint": diagnostic.fingerprint,
    }
