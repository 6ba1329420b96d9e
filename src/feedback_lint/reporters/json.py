"""For programs: the JSON of `docs/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feedback_lint.reporters import Results, Style, shown

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic, Suggestion
    from feedback_lint.text import LineIndex, Position

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
        "diagnostics": [_diagnostic(d, r.source.lines) for r in results.reports for d in r.diagnostics],
        "errors": [{"path": shown(e.path), "message": str(e)} for e in results.errors],
    }
    return json.dumps(data, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic, lines: LineIndex) -> dict[str, object]:
    return {
        "path": shown(diagnostic.path),
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        **_range(diagnostic.start, diagnostic.end),
        "quote": diagnostic.quote,
        "suggestions": [_suggestion(s, lines) for s in diagnostic.suggestions],
        "missing": diagnostic.missing,
        "confidence": None if diagnostic.confidence is None else round(diagnostic.confidence, 2),
        "fingerprint": diagnostic.fingerprint,
    }


def _suggestion(suggestion: Suggestion, lines: LineIndex) -> dict[str, object]:
    place = suggestion.place
    at = _range(lines.position(place.start), lines.position(place.end)) if place else None
    return {"text": suggestion.text, "replaces": at, "safe": suggestion.safe}


def _range(start: Position, end: Position) -> dict[str, int]:
    return {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
