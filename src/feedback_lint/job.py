"""One file to check, or to mend, and what comes of it: what a worker gets, and what it gives back."""

from __future__ import annotations

import difflib
import os
import re
import traceback
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_lint.document import Source
from feedback_lint.files import rewrite
from feedback_lint.input import InputError, decoded
from feedback_lint.models import identity
from feedback_lint.report import Report
from feedback_lint.reporters import shown
from feedback_lint.result_cache import content_of, program
from feedback_lint.rule_folders import built_in, name_of
from feedback_lint.settings import Settings
from feedback_lint.wordless import words_of

if TYPE_CHECKING:
    from feedback_lint.linter import Linter

_INTERNAL_ERROR = (
    "This is a mistake in feedback-lint, not in your draft: {error}. "
    "Please report it, with what FEEDBACK_LINT_DEBUG=1 prints."
)


class Mending(Enum):
    """What becomes of safe suggestions."""

    LEAVE = "leave"
    SHOW = "show"
    WRITE = "write"


@dataclass(frozen=True)
class Bench:
    """What a linter is made of: the folders of people's own rules, and the name of a spaCy pipeline."""

    rule_folders: tuple[Path, ...] = ()
    model: str | None = None

    @property
    def rules(self) -> str:
        """What stands for the rules."""
        return _rules(self)

    @property
    def identity(self) -> bytes:
        """What stands for all that judges: program, rules and models."""
        return _identity(self)

    def linter(self) -> Linter:
        """The linter, made once in a process. Raises RuleFileError."""
        return _linter(self)

    def known_words(self) -> frozenset[str]:
        """The words of the rules, which may be kept between runs."""
        return _known_words(self)


@cache
def _rules(bench: Bench) -> str:
    return name_of((built_in(), *bench.rule_folders))


@cache
def _identity(bench: Bench) -> bytes:
    return b"\0".join((program(), bench.rules.encode(), identity(bench.model)))


@cache
def _linter(bench: Bench) -> Linter:
    from feedback_lint.linter import Linter
    from feedback_lint.rule_files import load_ruleset

    return Linter(load_ruleset(*bench.rule_folders), model=bench.model)


@cache
def _known_words(bench: Bench) -> frozenset[str]:
    return words_of(bench.linter().rules.texts())


@dataclass(frozen=True, slots=True)
class Job:
    """A file, and how to check it."""

    path: Path
    bench: Bench
    settings: Settings
    mending: Mending = Mending.LEAVE
    is_stdin: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: `reports`, or an `error`.

    `fixed` is the mended text of standard input, or a diff; `mended` tells in a line what was mended in a file. `kept`
    is what may be kept of the reports for other runs.
    """

    path: Path
    reports: tuple[Report, ...] = ()
    error: InputError | None = None
    fixed: bytes = b""
    mended: str = ""
    kept: str | None = None


class FatalError(Exception):
    """No draft at all can be checked; the message is one plain sentence."""


def done(job: Job, data: bytes) -> Outcome:
    """Carry out a job on what the file holds. Raises FatalError where a model is missing."""
    from feedback_lint.classifier import ClassifierError
    from feedback_lint.language import ModelError

    try:
        if job.mending is not Mending.LEAVE:
            return _mended(job, data)
        reports = job.bench.linter().lint_bytes(data, str(job.path), job.settings)
        return Outcome(job.path, reports, kept=content_of(reports, job.bench.known_words()))
    except (ClassifierError, ModelError) as error:
        raise FatalError(str(error)) from error
    except InputError as error:
        return Outcome(job.path, error=error)
    except Exception as error:
        return Outcome(job.path, error=InputError(str(job.path), internal(error)))


def read_ahead(given: Iterable[tuple[Job, bytes]]) -> None:
    """Parse together what several jobs will need, which takes less time than one by one. Never fails: they tell."""
    sources: dict[Bench, list[tuple[Source, Settings]]] = {}
    for job, data in given:
        with suppress(InputError):
            sources.setdefault(job.bench, []).append((decoded(data, str(job.path)), job.settings))
    for bench, some in sources.items():
        with suppress(Exception):
            bench.linter().read_ahead(some)


def _mended(job: Job, data: bytes) -> Outcome:
    """Apply the safe suggestions to a draft, or show how; what is left to report. Raises InputError."""
    from feedback_lint.fixing import fix

    linter, path = job.bench.linter(), str(job.path)
    fixed = fix(linter, data, path, job.settings)
    if job.mending is Mending.SHOW:
        diff = _diff(job.path, decoded(data, path).text, fixed.source.text)
        return Outcome(job.path, linter.lint_bytes(data, path, job.settings), fixed=diff)
    if not job.is_stdin and fixed.mended:
        try:
            rewrite(job.path, data, fixed.data)
        except OSError as error:
            raise InputError(path, f"This file cannot be written: {error.strerror}.") from error
    places = ", ".join(f"{d.rule} ({d.start.line}:{d.start.column})" for d in fixed.mended)
    return Outcome(
        job.path,
        fixed.reports,
        fixed=fixed.data if job.is_stdin else b"",
        mended=places and f"{shown(path)}: mended {places}",
    )


def _diff(path: Path, old: str, new: str) -> bytes:
    """A unified diff of a draft."""
    name = shown(str(path))
    lines = difflib.unified_diff(_lines(old), _lines(new), f"{name}", f"{name} (mended)")
    whole = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(whole).encode("utf-8", "surrogateescape")


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends, which are LF for a diff."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def internal(error: Exception) -> str:
    """What to say of an exception that nobody foresaw; the traceback only for those who ask."""
    if os.environ.get("FEEDBACK_LINT_DEBUG"):
        traceback.print_exception(error)
    return _INTERNAL_ERROR.format(error=type(error).__name__)
