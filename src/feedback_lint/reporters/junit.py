"""For servers that show test reports: JUnit's XML, a failed test a finding and a passed one a mail without any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from feedback_lint.reporters import Ending, Style, location, printable
from feedback_lint.reporters.paths import in_repository
from feedback_lint.reporters.wording import lines, message

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic
    from feedback_lint.input import InputError
    from feedback_lint.report import Report

_SUITE = "feedback-lint"


class Reporter:
    """One suite. Servers show one failure a test, and tell tests by `classname` and `name`: so no two share both."""

    def __init__(self, style: Style) -> None:
        self._cases: list[str] = []
        self._names: Counter[tuple[str, str]] = Counter()
        self._failures = 0

    def report(self, report: Report) -> str:
        self._failures += len(report.diagnostics)
        if report.diagnostics:
            self._cases += (self._finding(d, report.name) for d in report.diagnostics)
        else:
            path = _path(report.source.path)
            self._cases.append(self._case(path, printable(report.name) or path))
        return ""

    def end(self, ending: Ending) -> str:
        self._cases += map(self._error, ending.errors)
        counts = {"tests": len(self._cases), "failures": self._failures, "errors": len(ending.errors)}
        head = " ".join(f'{name}="{count}"' for name, count in counts.items())
        rows = (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="{_SUITE}" {head}>',
            f'  <testsuite name="{_SUITE}" {head} skipped="0">',
            *self._cases,
            "  </testsuite>",
            "</testsuites>",
        )
        return "".join(f"{row}\n" for row in rows)

    def _finding(self, diagnostic: Diagnostic, name: str) -> str:
        title = f"{printable(name)}: {diagnostic.rule}" if name else diagnostic.rule
        told = [location(diagnostic), *lines(diagnostic)]
        failure = _outcome("failure", diagnostic.severity, message(diagnostic), told)
        return self._case(_path(diagnostic.path), title, failure)

    def _error(self, error: InputError) -> str:
        path, told = _path(error.path), printable(str(error))
        return self._case(path, path, _outcome("error", "not-checked", told, [told]))

    def _case(self, classname: str, name: str, outcome: str = "") -> str:
        self._names[classname, name] += 1
        number = self._names[classname, name]
        unique = name if number == 1 else f"{name} ({number})"
        start = f"    <testcase classname={attribute(classname)} name={attribute(unique)}"
        return f"{start}>\n{outcome}    </testcase>" if outcome else f"{start}/>"


def text(value: str) -> str:
    """A printable text as the content of an element, in ASCII."""
    return _ascii(escape(value))


def attribute(value: str) -> str:
    """The same as the value of an attribute, in quotation marks."""
    return _ascii(quoteattr(value))


def _outcome(kind: str, category: str, summary: str, told: Iterable[str]) -> str:
    content = text("\n".join(told))
    return f"      <{kind} type={attribute(category)} message={attribute(summary)}>{content}</{kind}>\n"


def _path(path: str) -> str:
    return printable(in_repository(path))


def _ascii(xml: str) -> str:
    return xml.encode("ascii", "xmlcharrefreplace").decode()
