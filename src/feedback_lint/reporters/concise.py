"""One line a finding, which editors and `grep` know how to read."""

from __future__ import annotations

from feedback_lint.reporters import Results, Style, location, printable


def render(results: Results, style: Style) -> str:
    """`path:line:column: severity [rule] message` for each finding."""
    return "".join(
        f"{location(d)}: {d.severity} [{d.rule}] {printable(d.message)}\n"
        for report in results.reports
        for d in report.diagnostics
    )
