"""For programs: the JSON of `docs/report.schema.json`."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from feedback_lint.reporters import Ending, Style, shown

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic, Suggestion
    from feedback_lint.report import Report
    from feedback_lint.text import LineIndex, Position

VERSION = 1


class Reporter:
    """One object, in ASCII so that any encoding of standard output can carry it."""

    def __init__(self, style: Style) -> None:
        self._files: list[str] = []
        self._diagnostics: list[str] = []

    def report(self, report: Report) -> str:
        file = {
            "path": shown(report.source.path),
            "name": report.name,
            "stage": report.stage.value,
            "mode": report.mode.value,
            "words": report.words,
        }
        self._files.append(_item(file))
        self._diagnostics += (_item(_diagnostic(d, report.source.lines)) for d in report.diagnostics)
        return ""

    def end(self, ending: Ending) -> str:
        errors = [_item({"path": shown(e.path), "message": str(e)}) for e in ending.errors]
        lists = {"files": self._files, "diagnostics": self._diagnostics, "errors": errors}
        shown_lists = (f'  "{name}": {_list(items)}' for name, items in lists.items())
        return "{\n" + ",\n".join((f'  "version": {VERSION}', *shown_lists)) + "\n}\n"


def _item(value: Mapping[str, object]) -> str:
    return textwrap.indent(json.dumps(value, indent=2), " " * 4)


def _list(items: Sequence[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n  ]" if items else "[]"


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
