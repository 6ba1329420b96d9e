"""The commands about configuration files: show what holds, and write a first one."""

from __future__ import annotations

from pathlib import Path

import click

from feedback_lint.cli.options import config_option
from feedback_lint.cli.rulesets import config_of, ruleset_of
from feedback_lint.cli.terminal import emit, table
from feedback_lint.reporters import shown


@click.command()
@click.argument("path", default=".", type=click.Path(exists=True, path_type=Path))
@config_option
def config(path: Path, config_file: Path | None) -> None:
    """Show the configuration of a file or folder, and where each value comes from."""
    found = config_of(path, config_file)
    ruleset_of(found)
    rows = [(key, _value(value), shown(origin)) for key, value, origin in found.origins(path)]
    emit(table([("key", "value", "from"), *rows]))


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {inner}" for name, inner in value.items()) or "none"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return "not set" if value is None else str(value)
