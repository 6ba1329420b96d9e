from __future__ import annotations

from tests.reporters.builders import diagnostic, rendered, report

from feedback_lint.diagnostic import Severity
from feedback_lint.reporters import Style


def test_one_line_a_finding() -> None:
    text = "Hi,\n\n  Send me news."
    first = diagnostic(text, "Send me", message="two\nlines \x1b[0m")
    second = diagnostic(text, "", at=2, severity=Severity.WARNING, rule="missing-name", path="a\nb.txt")
    assert rendered("concise", (report(text, first), report(text, second)), style=Style(color=True)) == (
        "draft.txt:3:3: error [demanding] two lines \\x1b[0m\na b.txt:1:3: warning [missing-name] that is an order\n"
    )


def test_nothing_found_is_nothing_said() -> None:
    assert rendered("concise", (report("x"),)) == ""
