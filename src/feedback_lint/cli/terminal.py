"""What commands write to the terminal, and read from standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback_lint.reporters import shown

if TYPE_CHECKING:
    from feedback_lint.input import InputError
    from feedback_lint.run import Problem


class Failure(click.ClickException):
    """The command cannot be carried out."""

    exit_code = 2


def complain(problem: Problem) -> InputError:
    """Tell on standard error what went wrong with a file."""
    click.echo(f"Error: {shown(problem.line)}", err=True)
    return problem.error


def standard_input(name: Path) -> bytes:
    """All of standard input; `name` is what it is called. Raises InputError."""
    from feedback_lint.input import InputError

    if sys.stdin is None:
        raise InputError(str(name), "Standard input is closed.")
    return sys.stdin.buffer.read()


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows with their columns aligned, but for the last one."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def is_colored(choice: str) -> bool:
    """Whether standard output is to be coloured: as was chosen, or where it is a terminal that can."""
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout is not None and sys.stdout.isatty()


def emit(text: str | bytes, *, color: bool = False, err: bool = False) -> None:
    """Write to standard output, or standard error. A reader that has gone away, such as `head`, is no error."""
    try:
        click.echo(text, nl=False, color=color, err=err)
    except OSError as error:
        # The interpreter flushes standard output once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise Failure(f"standard output cannot be written: {error.strerror}") from error
