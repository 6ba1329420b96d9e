"""For GitHub Actions: a workflow command a finding, which GitHub shows beside the line of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback_lint.diagnostic import Severity
from feedback_lint.reporters import Ending, Style, escaped, printable
from feedback_lint.reporters.paths import in_repository
from feedback_lint.reporters.wording import lines

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic
    from feedback_lint.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}
# As actions/toolkit escapes them: the runner undoes just these.
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


class Reporter:
    """`::error file=…,line=…::message` for each finding, and for each file that could not be checked."""

    def __init__(self, style: Style) -> None: ...

    def report(self, report: Report) -> str:
        return "".join(map(_finding, report.diagnostics))

    def end(self, ending: Ending) -> str:
        return "".join(_command("error", {"file": _file(e.path)}, printable(str(e))) for e in ending.errors)


def data(text: str) -> str:
    """A text as the message of a command."""
    return text.translate(_IN_DATA)


def property_value(text: str) -> str:
    """A text as the value of one of its properties."""
    return text.translate(_IN_PROPERTIES)


def _finding(diagnostic: Diagnostic) -> str:
    start, end = diagnostic.start, diagnostic.end
    place = {"file": _file(diagnostic.path), "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # GitHub takes columns within one line only
        place |= {"col": str(start.column), "endColumn": str(end.column)}
    title = {"title": f"feedback-lint ({diagnostic.rule})"}
    return _command(_COMMANDS[diagnostic.severity], place | title, "\n".join(lines(diagnostic)))


def _command(name: str, properties: dict[str, str], message: str) -> str:
    values = ",".join(f"{key}={property_value(value)}" for key, value in properties.items())
    return f"::{name} {values}::{data(message)}\n"


def _file(path: str) -> str:
    """The path, its control characters escaped but for those that a command has a way to write."""
    return "".join(c if c in "\r\n" else escaped(c) for c in in_repository(path))
