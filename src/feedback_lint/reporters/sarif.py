"""For code scanning and for editors: SARIF 2.1.0."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

from feedback_lint.diagnostic import Severity
from feedback_lint.edits import edits_for
from feedback_lint.reporters import Ending, Style, printable
from feedback_lint.reporters.paths import below_here
from feedback_lint.reporters.wording import sentences
from feedback_lint.slots import plain
from feedback_lint.version import __version__

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic, Suggestion
    from feedback_lint.document import Source
    from feedback_lint.input import InputError
    from feedback_lint.report import Report
    from feedback_lint.ruleset import Rule
    from feedback_lint.text import Position

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}
# What GitHub calls the severity of a rule that is not about security.
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "recommendation"}


class Reporter:
    """One run, in ASCII so that any encoding of standard output can carry it."""

    def __init__(self, style: Style) -> None:
        self._results: list[str] = []
        # The rules in the order in which they are broken first, then the others: so an index is known at once.
        self._index: dict[str, int] = {}

    def report(self, report: Report) -> str:
        for diagnostic in report.diagnostics:
            index = self._index.setdefault(diagnostic.rule, len(self._index))
            self._results.append(_item(_result(report, diagnostic, index), 8))
        return ""

    def end(self, ending: Ending) -> str:
        known = {rule.id: rule for rule in ending.rules()}
        ids = dict.fromkeys((*self._index, *known))
        driver = {
            "name": "feedback-lint",
            "semanticVersion": __version__,
            "rules": [_descriptor(known[rule]) if rule in known else {"id": rule} for rule in ids],
        }
        notifications = [_notification(error) for error in ending.errors]
        invocation = {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}
        base = {_ROOT: {"description": {"text": "The folder in which feedback-lint was run."}}}
        parts = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "originalUriBaseIds": base,
            "columnKind": "unicodeCodePoints",
        }
        members = [f'      "{key}": {_item(value, 6).lstrip()}' for key, value in parts.items()]
        run = ",\n".join((*members, f'      "results": {_list(self._results)}'))
        head = f'  "$schema": "{_SCHEMA}",\n  "version": "2.1.0",\n'
        return f'{{\n{head}  "runs": [\n    {{\n{run}\n    }}\n  ]\n}}\n'


def _item(value: object, indent: int) -> str:
    return textwrap.indent(json.dumps(value, indent=2), " " * indent)


def _list(items: Sequence[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n      ]" if items else "[]"


def _descriptor(rule: Rule) -> dict[str, object]:
    why = rule.why.strip()
    instead = [plain(rule.help), *(f"“{text}”" for text in filter(None, map(plain, rule.suggest)))]
    paragraphs = (*(" ".join(part.split()) for part in why.split("\n\n")), *instead)
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": " ".join(why.split())},
        "help": {"text": "\n\n".join(paragraphs), "markdown": "\n\n".join(paragraphs)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.category],
            "precision": "medium" if rule.impression else "high",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _result(report: Report, diagnostic: Diagnostic, index: int) -> dict[str, object]:
    artifact = artifact_location(diagnostic.path)
    physical = {"artifactLocation": artifact, "region": _region(diagnostic.start, diagnostic.end)}
    place: dict[str, object] = {"physicalLocation": physical}
    if report.name:
        place["logicalLocations"] = [{"name": printable(report.name)}]
    result: dict[str, object] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.severity],
        "message": _message(sentences(diagnostic)),
        "locations": [place],
        "partialFingerprints": {"feedbackLint/v1": diagnostic.fingerprint},
    }
    if diagnostic.confidence is not None:
        result["rank"] = round(100 * diagnostic.confidence, 1)
    if fixes := _fixes(report.source, diagnostic, artifact):
        result["fixes"] = fixes
    return result


def _message(text: str) -> dict[str, str]:
    """A message in which the words of a mail make no link: SARIF reads `[…](…)` as one."""
    return {"text": text.replace("](", "] (")}


def _fixes(source: Source, diagnostic: Diagnostic, artifact: Mapping[str, str]) -> list[dict[str, object]]:
    """The suggestions that have a place; none where an encoding or markup hides the words, as it would the new ones."""
    span = diagnostic.span
    if " ".join(source.text[span.start : span.end].split()) != diagnostic.quote:
        return []
    return [fix for suggestion in diagnostic.suggestions if (fix := _fix(source, suggestion, artifact))]


def _fix(source: Source, suggestion: Suggestion, artifact: Mapping[str, str]) -> dict[str, object] | None:
    edit = next(edits_for(source, suggestion), None)
    if edit is None or not _is_unicode(edit.text):
        return None
    place = source.lines.position(edit.place.start), source.lines.position(edit.place.end)
    replacement = {"deletedRegion": _region(*place), "insertedContent": {"text": edit.text}}
    label = "Write instead" if len(edit.place) else "Add"
    return {
        "description": _message(f"{label}: “{printable(suggestion.text)}”."),
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
    }


def _is_unicode(text: str) -> bool:
    """Whether it holds none of the bytes that a mail had and no text can have."""
    return not any("\ud800" <= c <= "\udfff" for c in text)


def _notification(error: InputError) -> dict[str, object]:
    return {
        "level": "error",
        "message": _message(printable(str(error))),
        "locations": [{"physicalLocation": {"artifactLocation": artifact_location(error.path)}}],
    }


def artifact_location(path: str) -> dict[str, str]:
    """A file as a URI: relative to the working directory where it lies below, with all its bytes."""
    below = below_here(path)
    if below is None:
        return {"uri": Path(os.path.abspath(path)).as_uri()}
    return {"uri": quote_from_bytes(os.fsencode(below)), "uriBaseId": _ROOT}


def _region(start: Position, end: Position) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
