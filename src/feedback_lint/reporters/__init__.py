"""How findings are shown: one module a format, each with a class `Reporter` that is shown report after report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast
from unicodedata import category

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic
    from feedback_lint.input import InputError
    from feedback_lint.report import Report
    from feedback_lint.ruleset import Rule

# The formats, in the order in which --help lists them.
FORMATS: Final = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")


@dataclass(frozen=True, slots=True)
class Style:
    """How to show it to people. Formats for programs take no notice of it."""

    color: bool = False
    width: int = 80
    verbose: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known of a run at its end.

    `errors` tell of files that could not be checked; `rules` gives those that were held against the drafts; `mended` is
    the number of findings in the baseline that are there no more.
    """

    errors: tuple[InputError, ...] = ()
    rules: Callable[[], tuple[Rule, ...]] = tuple
    mended: int = 0


class Reporter(Protocol):
    """Shows one run. What it is given it need not keep, so that a run over many drafts needs little memory."""

    def __init__(self, style: Style) -> None: ...

    def report(self, report: Report) -> str:
        """What can be shown as soon as a mail was checked."""

    def end(self, ending: Ending) -> str:
        """What is shown at the end."""


def reporter(name: str) -> type[Reporter]:
    """The reporter of that name, one of `FORMATS`."""
    return cast("type[Reporter]", import_module(f"{__name__}.{name}").Reporter)


def shown(path: str) -> str:
    r"""A path as valid Unicode: its bytes that are no UTF-8 are written as `\udcXX`."""
    return path.encode("utf-8", "backslashreplace").decode()


def printable(text: str) -> str:
    r"""`text` on one line, control characters written as `\x1b`, so that a mail cannot steer the terminal."""
    one_line = " ".join(text.split())
    return one_line if one_line.isprintable() else "".join(escaped(c) for c in one_line)


def location(diagnostic: Diagnostic) -> str:
    """`path:line:column` of where a finding begins."""
    return f"{printable(diagnostic.path)}:{diagnostic.start.line}:{diagnostic.start.column}"


def escaped(character: str) -> str:
    """The character, or an escape if it would move the cursor, reorder the line or be invisible."""
    # Joiners make up emoji; no-break and other wide spaces (Zs) are as harmless as a space.
    if character.isprintable() or character in "\u200c\u200d" or category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode()
