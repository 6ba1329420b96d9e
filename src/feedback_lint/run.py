"""One run of `check`: from paths, configuration and command line to jobs, and what comes of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feedback_lint import cache
from feedback_lint.config import Config, ConfigError, ConfigFinder, Options, did_you_mean
from feedback_lint.document import Mode, Stage
from feedback_lint.files import find_drafts
from feedback_lint.input import InputError
from feedback_lint.job import Bench, Job, Mending, Outcome
from feedback_lint.mistake import Mistake, MistakesError
from feedback_lint.pool import Runner
from feedback_lint.readers import Keys, is_library
from feedback_lint.reporters import FORMATS
from feedback_lint.result_cache import ResultCache
from feedback_lint.settings import Settings

if TYPE_CHECKING:
    from feedback_lint.ruleset import Rule

STDIN = Path("-")


class UnknownRuleError(Exception):
    """A rule on the command line that no draft's rules have; the message is one clause."""


@dataclass(frozen=True)
class Chosen:
    """What the command line sets, over any configuration; `None` where it does not."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    stage: str | None = None
    mode: str | None = None
    model: str | None = None
    fail_on: str | None = None
    rejected_on: date | None = None
    text_key: str | None = None
    subject_key: str | None = None
    reader: bool | None = None

    @property
    def finds_all(self) -> bool:
        """Whether nothing on the command line keeps rules from finding what the configuration lets them find."""
        kept_from = (self.select, self.ignore, self.stage, self.mode, self.rejected_on, self.model, self.reader)
        return all(value is None for value in kept_from)

    def settings(self, options: Options) -> Settings:
        """What to judge a draft by: the command line over the configuration."""
        select = options.select if self.select is None else self.select
        ignore = options.ignore if self.select is None else ()
        stage, mode = self.stage or options.stage, self.mode or options.mode
        return Settings(
            select=None if select is None else frozenset(select),
            ignore=frozenset((*ignore, *(self.ignore or ()))),
            stage=None if stage == "auto" else Stage(stage),
            mode=None if mode == "auto" else Mode(mode),
            rejected_on=self.rejected_on,
            severity=options.severity,
            placeholders=None if options.placeholders is None else frozenset(options.placeholders),
            reader=options.reader if self.reader is None else self.reader,
            thresholds=options.thresholds,
            keys=Keys(self.text_key or options.text_key, self.subject_key or options.subject_key),
        )


@dataclass(frozen=True)
class Problem:
    """What went wrong with a file: the error that is reported, and what is shown of it at once."""

    error: InputError
    line: str

    @classmethod
    def of(cls, error: InputError) -> Problem:
        """A file that cannot be checked."""
        return cls(error, f"{error.path}: {error}")

    @classmethod
    def of_mistake(cls, mistake: Mistake) -> Problem:
        """A mistake in a configuration or in rules."""
        message = f"Line {mistake.line}: {mistake.message}" if mistake.line else mistake.message
        return cls(InputError(str(mistake.path), message), str(mistake))


class Names(NamedTuple):
    """The rules that there are, and those of them that have a threshold."""

    rules: frozenset[str]
    measuring: frozenset[str]


class Run:
    """Knows the drafts of a run, their configuration and their rules."""

    def __init__(
        self, chosen: Chosen, config_file: Path | None, mending: Mending = Mending.LEAVE, *, is_cached: bool = True
    ) -> None:
        """`config_file` is the one to use for all; without `is_cached`, nothing is taken from other runs or kept."""
        self._chosen = chosen
        self._configs = ConfigFinder(config_file)
        self._mending = mending
        self._kept = ResultCache(cache.folder()) if is_cached else None
        self._names: dict[Bench, Names | MistakesError] = {}
        self._sound: dict[Path | None, Bench] = {}
        self._settings: dict[int, Settings] = {}
        self._benches: list[Bench] = []

    def prepared(self, paths: Sequence[Path], stdin_name: Path) -> tuple[list[Job], list[Problem]]:
        """The jobs for the drafts among the paths, and what is wrong with the paths and their configuration.

        Raises UnknownRuleError.
        """
        found = find_drafts((p for p in paths if p != STDIN), self._is_library)
        problems = [Problem.of(error) for error in found.errors]
        jobs: list[Job] = []
        for path, is_stdin in [*[(stdin_name, True)] * (STDIN in paths), *((path, False) for path in found.files)]:
            try:
                jobs.append(self._job(path, is_stdin))
            except MistakesError as error:
                problems += map(Problem.of_mistake, error.mistakes)
        self._benches = list(dict.fromkeys(job.bench for job in jobs))
        self._check_names()
        return jobs, list({(p.error.path, str(p.error)): p for p in problems}.values())

    def outcomes(
        self, jobs: Iterable[Job], processes: int | None, stdin: Callable[[], bytes]
    ) -> Generator[Outcome, None, None]:
        """What comes of each job, in order. Raises FatalError."""
        return Runner(processes, self._kept, stdin).outcomes(jobs)

    def config(self, path: Path) -> Config:
        """The configuration of a path; the defaults where it is broken."""
        try:
            return self._configs.of(path)
        except ConfigError:
            return Config()

    def fail_on(self, path: Path) -> str:
        """From which severity on a finding in this file is a failure."""
        return self._chosen.fail_on or self._configs.of_file(path).keys.fail_on

    def rules(self) -> tuple[Rule, ...]:
        """The rules of all drafts."""
        benches = self._benches or [Bench()]
        return tuple({rule.id: rule for bench in benches for rule in bench.linter().rules.rules}.values())

    def _is_library(self, path: Path) -> bool:
        """Whether a file in a folder keeps emails under a key that was named."""
        if not is_library(str(path)):
            return False
        return bool(self._chosen.text_key or self.config(path).options(path).text_key)

    def _job(self, path: Path, is_stdin: bool) -> Job:
        """The job for a file. Raises MistakesError where its configuration or its rules are broken."""
        config = self._configs.of_file(path)
        if config.path not in self._sound:
            bench = Bench(config.rule_folders, self._chosen.model or config.keys.model)
            if config.path:
                names = self._names_of(bench)
                config.check_names(names.rules, FORMATS, names.measuring)
            self._sound[config.path] = bench
        options = config.options(path)
        settings = self._settings.setdefault(id(options), self._chosen.settings(options))
        return Job(path, self._sound[config.path], settings, self._mending, is_stdin)

    def _names_of(self, bench: Bench) -> Names:
        """The rules that there are, without reading them where an earlier run did. Raises RuleFileError."""
        if bench not in self._names:
            try:
                self._names[bench] = self._kept_names(bench)
            except MistakesError as error:
                self._names[bench] = error
        found = self._names[bench]
        if isinstance(found, MistakesError):
            raise found
        return found

    def _kept_names(self, bench: Bench) -> Names:
        key = b"names " + bench.rules.encode()
        kept = self._kept and self._kept.get(key)
        if kept:
            return Names(*map(frozenset, json.loads(kept)))
        rules = bench.linter().rules
        names = Names(rules.ids, rules.measuring)
        if self._kept:
            self._kept.put(key, json.dumps([sorted(some) for some in names]))
        return names

    def _check_names(self) -> None:
        named = [("--select", r) for r in self._chosen.select or ()]
        named += [("--ignore", r) for r in self._chosen.ignore or ()]
        known = frozenset().union(*(self._names_of(bench).rules for bench in self._benches)) if named else frozenset()
        for option, rule in named:
            if known and rule not in known:
                near = did_you_mean(rule, known) or "; see “feedback-lint rules”"
                raise UnknownRuleError(f"{option}: there is no rule called “{rule}”{near}")
