"""Reports made by hand, for the tests of reporters."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_lint.diagnostic import Diagnostic, Severity, Suggestion
from feedback_lint.document import Mode, Source, Stage
from feedback_lint.input import InputError
from feedback_lint.report import ChecklistItem, Report
from feedback_lint.reporters import Ending, Style, reporter
from feedback_lint.text import Span

PLAIN = Style()


def rendered(name: str, reports: Sequence[Report], errors: Sequence[InputError] = (), style: Style = PLAIN) -> str:
    """All that a format shows of a run."""
    shown = reporter(name)(style)
    return "".join([*map(shown.report, reports), shown.end(Ending(tuple(errors)))])


def diagnostic(
    text: str,
    quote: str,
    *,
    path: str = "draft.txt",
    severity: Severity = Severity.ERROR,
    rule: str = "demanding",
    message: str = "that is an order",
    at: int | None = None,
) -> Diagnostic:
    """A finding at the first place of `quote`; with an empty quote, something missing at offset `at`."""
    start = text.index(quote) if at is None else at
    span = Span(start, start + len(quote))
    lines = Source(path, text).lines
    return Diagnostic(
        path=path,
        rule=rule,
        severity=severity,
        message=message,
        help="Ask instead.",
        span=span,
        start=lines.position(span.start),
        end=lines.position(span.end),
        quote=" ".join(quote.split()),
        suggestions=(Suggestion("Would you share any feedback?", span, safe=True), Suggestion("A second one.")),
        missing=not quote,
        fingerprint="0123456789abcdef",
    )


def report(
    text: str,
    *diagnostics: Diagnostic,
    path: str = "draft.txt",
    checklist: tuple[ChecklistItem, ...] = (),
    notes: tuple[str, ...] = (),
) -> Report:
    """A report of a draft with these findings."""
    source = Source(path, text)
    return Report(source, Stage.REQUEST, Mode.DRAFT, len(text.split()), diagnostics, checklist, notes)
