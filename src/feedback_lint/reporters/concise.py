"""One line a finding, which editors and `grep` know how to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback_lint.reporters import Ending, Style, location, printable

if TYPE_CHECKING:
    from feedback_lint.report import Report


class Reporter:
    """`path:line:column: severity [rule] message` for each finding."""

    def __init__(self, style: Style) -> None: ...

    def report(self, report: Report) -> str:
        return "".join(f"{location(d)}: {d.severity} [{d.rule}] {printable(d.message)}\n" for d in report.diagnostics)

    def end(self, ending: Ending) -> str:
        return ""
