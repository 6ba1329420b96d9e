"""For GitLab: a Code Quality report, which it shows in merge requests."""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from feedback_lint.diagnostic import Severity
from feedback_lint.reporters import Ending, Style, printable
from feedback_lint.reporters.paths import in_repository
from feedback_lint.reporters.wording import sentences

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic
    from feedback_lint.input import InputError
    from feedback_lint.report import Report

# GitLab has info, minor, major, critical and blocker. No word in a mail is critical.
_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.SUGGESTION: "info"}
_UNCHECKED = "blocker"


class Reporter:
    """An array of issues, in ASCII so that any encoding of standard output can carry it."""

    def __init__(self, style: Style) -> None:
        self._seen: Counter[str] = Counter()
        self._opening = "["

    def report(self, report: Report) -> str:
        return "".join(self._item(self._finding(d, report.name)) for d in report.diagnostics)

    def end(self, ending: Ending) -> str:
        items = "".join(self._item(self._error(e)) for e in ending.errors)
        return f"{items}\n]\n" if self._seen else "[]\n"

    def _item(self, issue: dict[str, object]) -> str:
        opening, self._opening = self._opening, ","
        return f"{opening}\n{textwrap.indent(json.dumps(issue, indent=2), '  ')}"

    def _finding(self, diagnostic: Diagnostic, name: str) -> dict[str, object]:
        path = in_repository(diagnostic.path)
        lines = {"begin": diagnostic.start.line, "end": diagnostic.end.line}
        return {
            "description": sentences(diagnostic),
            "check_name": diagnostic.rule,
            "fingerprint": self._fingerprint(path, name, diagnostic.fingerprint),
            "severity": _SEVERITIES[diagnostic.severity],
            "location": {"path": path, "lines": lines},
        }

    def _error(self, error: InputError) -> dict[str, object]:
        path = in_repository(error.path)
        return {
            "description": printable(str(error)),
            "check_name": "not-checked",
            "fingerprint": self._fingerprint(path, "", str(error)),
            "severity": _UNCHECKED,
            "location": {"path": path, "lines": {"begin": 1}},
        }

    def _fingerprint(self, *parts: str) -> str:
        """A name for an issue that no other issue of the run has: GitLab keeps only one of each."""
        key = hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
        self._seen[key] += 1
        return key if self._seen[key] == 1 else f"{key}-{self._seen[key]}"
