"""A linter for the emails that a rejected candidate sends to ask for interview feedback."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic, Severity, Suggestion
    from feedback_lint.document import Mode, Stage
    from feedback_lint.input import InputError
    from feedback_lint.linter import Linter
    from feedback_lint.report import Report
    from feedback_lint.settings import Settings

from feedback_lint.version import __version__

__all__ = [
    "Diagnostic",
    "InputError",
    "Linter",
    "Mode",
    "Report",
    "Settings",
    "Severity",
    "Stage",
    "Suggestion",
    "__version__",
    "lint_file",
    "lint_text",
]

_HOMES = {
    "Diagnostic": "diagnostic",
    "Severity": "diagnostic",
    "Suggestion": "diagnostic",
    "Mode": "document",
    "Stage": "document",
    "InputError": "input",
    "Linter": "linter",
    "Report": "report",
    "Settings": "settings",
}


def lint_text(
    text: str,
    *,
    path: str = "<text>",
    stage: Stage | str | None = None,
    mode: Mode | str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    rejected_on: date | None = None,
    reader: bool = True,
    model: str | None = None,
) -> list[Diagnostic]:
    """The findings in a draft, in reading order.

    `stage` and `mode` are told from the draft unless given; `select` and `ignore` hold rule ids;
    `rejected_on` is the day (or, as a datetime, the moment) of the rejection, told from the quoted mail unless given;
    without `reader`, what is only implied is not judged; `model` names a spaCy pipeline. Raises ValueError for a stage,
    mode or rule that does not exist. No configuration file is read.
    """
    from feedback_lint.document import Source

    linter, settings = _prepared(stage, mode, select, ignore, rejected_on, reader, model)
    return [d for report in linter.lint(Source(path, text), settings) for d in report.diagnostics]


def lint_file(
    path: Path | str,
    *,
    stage: Stage | str | None = None,
    mode: Mode | str | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    rejected_on: date | None = None,
    reader: bool = True,
    model: str | None = None,
) -> list[Diagnostic]:
    """The findings in a file, as `lint_text`. Raises InputError for a file that cannot be read as text."""
    linter, settings = _prepared(stage, mode, select, ignore, rejected_on, reader, model)
    return [d for report in linter.lint_file(Path(path), settings) for d in report.diagnostics]


_linters: dict[str | None, Linter] = {}


def _prepared(
    stage: Stage | str | None,
    mode: Mode | str | None,
    select: Iterable[str] | None,
    ignore: Iterable[str],
    rejected_on: date | None,
    reader: bool,
    model: str | None,
) -> tuple[Linter, Settings]:
    """The linter for a model, made once, and the settings."""
    from feedback_lint.document import Mode, Stage
    from feedback_lint.linter import Linter
    from feedback_lint.settings import Settings

    linter = _linters[model] = _linters.get(model) or Linter(model=model)
    settings = Settings(
        select=None if select is None else _rule_ids(select),
        ignore=_rule_ids(ignore),
        stage=None if stage is None else Stage(stage),
        mode=None if mode is None else Mode(mode),
        rejected_on=rejected_on,
        reader=reader,
    )
    for rule in sorted((settings.select or frozenset()) | settings.ignore):
        if rule not in linter.rules.ids:
            near = linter.rules.nearest(rule)
            raise ValueError(f"there is no rule called “{rule}”" + (f"; did you mean “{near}”?" if near else ""))
    return linter, settings


def _rule_ids(given: Iterable[str]) -> frozenset[str]:
    """A lone string is one rule, not its letters."""
    return frozenset((given,) if isinstance(given, str) else given)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
