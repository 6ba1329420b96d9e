"""The configuration and the rules that a command works with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_lint.cli.terminal import Failure
from feedback_lint.reporters import FORMATS

if TYPE_CHECKING:
    from feedback_lint.config import Config
    from feedback_lint.ruleset import Ruleset


def config_of(path: Path, config_file: Path | None) -> Config:
    """The configuration of a path, or the one that was named. Raises Failure."""
    from feedback_lint.config import ConfigError, ConfigFinder

    try:
        return ConfigFinder(config_file).of(path)
    except ConfigError as error:
        raise Failure(str(error)) from error


def ruleset_here(config_file: Path | None) -> Ruleset:
    """The rules that the configuration of the current folder makes up."""
    return ruleset_of(config_of(Path(), config_file))


def ruleset_of(config: Config) -> Ruleset:
    """The rules that a configuration makes up. Raises Failure."""
    from feedback_lint.config import ConfigError
    from feedback_lint.rule_files import load_ruleset

    with rule_files_may_be_broken():
        ruleset = load_ruleset(*config.rule_folders)
    try:
        config.check_names(ruleset.ids, FORMATS, ruleset.measuring)
    except ConfigError as error:
        raise Failure(str(error)) from error
    return ruleset


@contextmanager
def rule_files_may_be_broken() -> Iterator[None]:
    """Make mistakes in rule files a failure of the command."""
    from feedback_lint.mistake import RuleFileError

    try:
        yield
    except RuleFileError as error:
        raise Failure(str(error)) from error


def no_such_rule(rule: str, known: Iterable[str]) -> str:
    """What to say of a rule that does not exist."""
    from feedback_lint.config import did_you_mean

    return f"there is no rule called “{rule}”{did_you_mean(rule, known) or '; see “feedback-lint rules”'}"
