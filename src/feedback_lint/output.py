"""Where reports go: to the terminal, and into files, in one format or several."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback_lint.reporters import Ending, Reporter, Style, reporter

if TYPE_CHECKING:
    from feedback_lint.report import Report

# A bar is shown for so many drafts or more.
_MANY = 25


class OutputError(Exception):
    """A report cannot be written; the message names the file."""


@dataclass
class Sink:
    """A format, and where it goes: to the terminal, or into the file `path` when all is done."""

    format: str
    path: Path | None
    style: Style
    write: Callable[[str], None]
    _parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reporter: Reporter = reporter(self.format)(self.style)

    def report(self, report: Report) -> None:
        """Show a mail's report."""
        self._put(self._reporter.report(report))

    def end(self, ending: Ending) -> None:
        """Show the end of a run. Raises OutputError."""
        self._put(self._reporter.end(ending))
        if self.path is not None:
            from feedback_lint.files import write_file

            try:
                write_file(self.path, "".join(self._parts).encode())
            except OSError as error:
                raise OutputError(f"{self.path}: the report cannot be written: {error.strerror}") from error

    def _put(self, text: str) -> None:
        if text and self.path is None:
            self.write(text)
        elif text:
            self._parts.append(text)


def destinations(
    formats: Sequence[tuple[str, Path | None]], output: Path | None, configured: str
) -> list[tuple[str, Path | None]]:
    """Each format with the file that it goes into. The terminal, which is `None`, always has one.

    `formats` are those of the command line, `output` the file for the first of them that names none.
    """
    wanted = list(formats) or [(configured, None)]
    if output is not None:
        free = next((n for n, (_, path) in enumerate(wanted) if path is None), None)
        if free is None:
            wanted.append((configured, output))
        else:
            wanted[free] = (wanted[free][0], output)
    return wanted if any(path is None for _, path in wanted) else [("text", None), *wanted]


class Progress:
    """A bar on a terminal while many drafts are checked, out of the way of all else that is written."""

    def __init__(self, drafts: int, *, is_shown: bool) -> None:
        self._bar = click.progressbar(length=drafts, label="Checking", file=sys.stderr) if is_shown else None
        self._is_drawn = False

    def step(self) -> None:
        """A draft was checked."""
        if self._bar:
            self._bar.update(1)
            self._is_drawn = True

    def clear(self) -> None:
        """Take the bar away before something is written; the next step brings it back."""
        if self._is_drawn:
            sys.stderr.write("\r\x1b[K\x1b[?25h")
            sys.stderr.flush()
            self._is_drawn = False


@contextmanager
def progress(drafts: int, *, quiet: bool) -> Iterator[Progress]:
    """A bar if there are many drafts and standard error is a terminal."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    bar = Progress(drafts, is_shown=drafts >= _MANY and is_terminal and not quiet)
    try:
        yield bar
    finally:
        bar.clear()
