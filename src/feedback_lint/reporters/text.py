"""For the writer of the mail: each finding with its line, what to do about it, and what to write instead."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from click import style as paint
from rich.cells import cell_len

from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.document import Source, Stage
from feedback_lint.reporters import Ending, Style, escaped, location, printable
from feedback_lint.text import Span

if TYPE_CHECKING:
    from feedback_lint.report import Report

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.SUGGESTION: "cyan"}
_MAILS = {Stage.REQUEST: "request", Stage.THANKS: "thank-you", Stage.FOLLOW_UP: "follow-up"}
_TAB = 4
_MOST_LINES = 3
_MOST_CELLS = 2_000
_PROSE_WIDTH = 100


class Reporter:
    """The findings, and unless quiet, a summary."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._first = ""
        self._drafts = self._with_findings = 0
        self._counts: Counter[Severity] = Counter()

    def report(self, report: Report) -> str:
        style = self._style
        self._first = self._first or printable(report.source.path)
        self._drafts += 1
        self._with_findings += bool(report.diagnostics)
        self._counts.update(d.severity for d in report.diagnostics)
        # What stands there first, line by line; then what does not.
        ordered = sorted(report.diagnostics, key=lambda d: not d.quote)
        parts = ["\n".join(_finding(report, d, style)) + "\n\n" for d in ordered]
        if not style.quiet:
            parts += [f"{printable(report.source.path)}: note: {printable(n)}\n" for n in report.notes]
            parts += [_checklist(report, style)] * (style.verbose and bool(report.checklist))
        return "".join(parts)

    def end(self, ending: Ending) -> str:
        if self._style.quiet:
            return ""
        mended = f"{_count(ending.mended, 'finding')} of the baseline mended: write it anew to forget them.\n"
        return mended * bool(ending.mended) + self._summary(ending)

    def _summary(self, ending: Ending) -> str:
        style, drafts = self._style, self._drafts
        if not drafts:
            return ""
        if not self._with_findings:
            many = f"{'' if ending.errors else 'All '}{drafts} drafts read well."
            clean = f"{self._first} reads well." if drafts == 1 else many
            return _paint(clean if ending.errors else f"{clean} Good luck!", style, fg="green") + "\n"
        totals = ", ".join(
            _paint(_count(number, s.value), style, fg=_COLORS[s], bold=True)
            for s in Severity
            if (number := self._counts[s])
        )
        where = self._first if drafts == 1 else f"{self._with_findings} of {drafts} drafts"
        return f"{totals} in {where}\n"


def _finding(report: Report, diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    place = _paint(location(diagnostic), style, bold=True)
    kind = f"{diagnostic.severity} [{diagnostic.rule}]"
    yield f"{place} {_paint(kind, style, fg=_COLORS[diagnostic.severity], bold=True)}"
    sure = diagnostic.confidence
    impression = "" if sure is None else f" (an impression, {sure:.0%} sure)"
    yield from _wrapped(printable(diagnostic.message) + impression, "  ", "  ", style.width)
    if diagnostic.quote:
        yield from _excerpt(report, diagnostic, style)
    if diagnostic.help:
        yield from _labelled("help", printable(diagnostic.help), style)
    for suggestion in diagnostic.suggestions[:1]:
        label = "add" if diagnostic.missing and not diagnostic.quote else "try"
        yield from _labelled(label, f"“{printable(suggestion.text)}”", style)


def _labelled(label: str, text: str, style: Style) -> Iterator[str]:
    first, *more = _wrapped(f"{label}: {text}", "  ", " " * (len(label) + 4), style.width)
    yield first.replace(label, _paint(label, style, fg="green", bold=True), 1)
    yield from more


def _wrapped(text: str, indent: str, further: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        min(width, _PROSE_WIDTH),
        initial_indent=indent,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _excerpt(report: Report, diagnostic: Diagnostic, style: Style) -> Iterator[str]:
    """The lines of the finding, each with carets under the words; the words alone where an encoding hides them."""
    source, span = report.source, diagnostic.span
    legible = " ".join(source.text[span.start : span.end].split()) == diagnostic.quote
    last = source.lines.position(max(span.start, span.end - 1)).line if legible else diagnostic.start.line
    shown = range(diagnostic.start.line, min(last, diagnostic.start.line + _MOST_LINES - 1) + 1)
    gutter = len(str(shown[-1]))
    for number in shown:
        line = _source_line(source, span, number) if legible else (diagnostic.quote, 0, len(diagnostic.quote))
        before, words, after = _cells(*line)
        row, at, width = _cropped(before + words + after, len(before), len(before + words), style.width - gutter - 3)
        yield _gutter(f"{number:{gutter}} |", row, style)
        if width:
            carets = _paint("^" * width, style, fg=_COLORS[diagnostic.severity], bold=True)
            yield _gutter(f"{'':{gutter}} |", f"{' ' * at}{carets}", style)
    if last > shown[-1]:
        yield _gutter(f"{'':{gutter}} |", f"… and {_count(last - shown[-1], 'more line')}", style)


def _source_line(source: Source, span: Span, number: int) -> tuple[str, int, int]:
    """A line of the source, and the columns of the span on it."""
    line = source.lines.line_span(number)
    begin = max(span.start, line.start)
    # No terminal shows more of an endless line than this.
    low, high = max(line.start, begin - _MOST_CELLS), min(line.end, begin + _MOST_CELLS)
    content = source.text[low:high]
    indent = len(content) - len(content.lstrip()) if span.start < line.start else begin - low
    return content, indent, min(span.end, high) - low


def _gutter(margin: str, content: str, style: Style) -> str:
    return f"{_paint(margin, style, dim=True)} {content}".rstrip()


def _cells(content: str, begin: int, end: int) -> tuple[str, str, str]:
    """What stands before, in and after a span of a line, as a terminal can show it."""
    if content.isascii() and content.isprintable():
        return content[:begin], content[begin:end], content[end:]
    parts: list[list[str]] = [[], [], []]
    column = 0
    for n, character in enumerate(content):
        shown = " " * (_TAB - column % _TAB) if character == "\t" else escaped(character)
        column += _cell_len(shown)
        parts[0 if n < begin else 1 if n < end else 2].append(shown)
    before, words, after = ("".join(part) for part in parts)
    return before, words, after


def _cropped(text: str, begin: int, end: int, room: int) -> tuple[str, int, int]:
    """As much of a line around a span as `room` cells hold, and the cell and the width of the span in it."""
    low, high = 0, len(text)
    if _cell_len(text) > room:
        low, high = _window(text, begin, end, room - 2)
    head, tail = "…" if low else "", "…" if high < len(text) else ""
    at = _cell_len(head + text[low:begin])
    return head + text[low:high] + tail, at, _cell_len(text[begin : min(end, high)])


def _window(text: str, begin: int, end: int, room: int) -> tuple[int, int]:
    """The part of a text to show: the span from its start, then what fits on both sides, cut at spaces."""
    low = high = begin
    while high < end and _cell_len(text[low : high + 1]) <= room:
        high += 1
    left, right = low > 0, high < len(text)
    while left or right:
        if left:
            left = _cell_len(text[low - 1 : high]) <= room
            low -= left
            left = left and low > 0
        if right:
            right = _cell_len(text[low : high + 1]) <= room
            high += right
            right = right and high < len(text)
    if low and (space := text.find(" ", low, begin)) >= 0:
        low = space + 1
    if high < len(text) and (space := text.rfind(" ", end, high)) > end:
        high = space
    return low, high


def _checklist(report: Report, style: Style) -> str:
    items = [
        f"  {_paint('[x]', style, fg='green') if item.done else '[ ]'} {printable(item.label)}\n"
        for item in report.checklist
    ]
    title = f"{printable(report.source.path)}: what a good {_MAILS[report.stage]} has"
    return f"{_paint(title, style, bold=True)}\n{''.join(items)}\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _cell_len(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def _paint(text: str, style: Style, *, fg: str | None = None, bold: bool | None = None, dim: bool | None = None) -> str:
    return paint(text, fg=fg, bold=bold, dim=dim) if style.color else text
