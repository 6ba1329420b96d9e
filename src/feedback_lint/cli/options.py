"""Options that several commands have, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from feedback_lint.document import Mode, Stage
from feedback_lint.reporters import FORMATS

Command = TypeVar("Command", bound=Callable[..., Any])
_ISO_DAY = len("2025-03-31")


def rule_ids(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...] | None:
    """Comma-separated ids of an option that can be repeated; `None` where it was not given."""
    ids = tuple(name for part in given for name in (n.strip() for n in part.split(",")) if name)
    if given and not ids:
        raise click.BadParameter("name at least one rule")
    return ids if given else None


def as_paths(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[Path, ...]:
    """An empty name, which a shell makes of an unset variable, must not stand for the current folder."""
    if "" in given:
        raise click.BadParameter("a path is empty")
    return tuple(Path(path) for path in given)


def as_moment(_: click.Context, __: click.Parameter, given: str | None) -> date | None:
    """A day, or a moment, in ISO 8601."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given) if len(given) <= _ISO_DAY else datetime.fromisoformat(given)
    except ValueError as error:
        raise click.BadParameter(f"“{given}” is no date such as 2025-03-31 or 2025-03-31T16:00") from error


def as_formats(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, Path | None], ...]:
    """`FORMAT` or `FORMAT=FILE`; at most one goes to the terminal."""
    wanted: list[tuple[str, Path | None]] = []
    for text in given:
        name, equals, file = text.partition("=")
        if name not in FORMATS:
            raise click.BadParameter(f"“{name}” is not one of {', '.join(FORMATS)}")
        if equals and not file:
            raise click.BadParameter(f"“{text}” names no file")
        wanted.append((name, Path(file) if file else None))
    if sum(file is None for _, file in wanted) > 1:
        raise click.BadParameter("only one format can go to the terminal; write --format FORMAT=FILE for the others")
    files = [file for _, file in wanted if file is not None]
    if len(set(files)) < len(files):
        raise click.BadParameter("a file is named for two formats")
    return tuple(wanted)


existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)
paths_argument = click.argument("paths", nargs=-1, type=click.Path(), callback=as_paths)
config_option = click.option("--config", "config_file", type=existing_file, help="Use this configuration file only.")
model_option = click.option("--model", metavar="NAME", help="The spaCy pipeline to parse with.")
READER_HELP = "Judge also what is only implied, with the learned reader.  (--reader)"
# What a draft is judged by: the fields of `run.Chosen`, but for `fail_on`.
_JUDGING = (
    click.option("--select", multiple=True, callback=rule_ids, metavar="RULES",
                 help="Check only these rules (comma-separated), whatever the configuration says."),
    click.option("--ignore", multiple=True, callback=rule_ids, metavar="RULES",
                 help="Leave out these rules too (comma-separated)."),
    click.option("--stage", type=click.Choice(["auto", *(s.value for s in Stage)]),
                 help="What kind of email it is.  (auto)"),
    click.option("--mode", type=click.Choice(["auto", *(m.value for m in Mode)]),
                 help="Whether [Job Title] and the like may stay.  (auto)"),
    click.option("--rejected-on", callback=as_moment, metavar="DATE",
                 help="When the rejection came: 2025-03-31, or 2025-03-31T16:00.  (from the quoted mail)"),
    click.option("--text-key", metavar="KEY",
                 help="Where YAML, JSON and CSV files keep the texts of emails: a key, or a column."),
    click.option("--subject-key", metavar="KEY", help="Where they keep the subjects."),
    click.option("--reader/--no-reader", default=None, help=READER_HELP),
    model_option,
    config_option,
)  # fmt: skip
# How a run goes about it.
_RUNNING = (
    click.option("--jobs", type=click.IntRange(min=1), metavar="N",
                 help="Check with so many processes.  (as many as save time)"),
    click.option("--no-cache", is_flag=True, help="Take nothing from earlier runs, and keep nothing for later ones."),
)  # fmt: skip


def judging_options(command: Command) -> Command:
    """Options for what drafts are judged by, and how a run goes about it."""
    for option in reversed((*_JUDGING, *_RUNNING)):
        command = option(command)
    return command
