"""The command line. Nothing here imports spaCy; the linter does, at the first draft."""

from __future__ import annotations

import difflib
import gc
import json
import os
import re
import shutil
import sys
import textwrap
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from feedback_lint import __version__
from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, Stage
from feedback_lint.reporters import FORMATS, Ending, Style, reporter, shown

if TYPE_CHECKING:
    from feedback_lint.config import Config, Options
    from feedback_lint.input import InputError
    from feedback_lint.linter import Linter
    from feedback_lint.mistake import RuleFileError
    from feedback_lint.report import Report
    from feedback_lint.ruleset import Example, Rule, Ruleset
    from feedback_lint.settings import Settings

_DASH = Path("-")
_ISO_DAY = len("2025-03-31")
_STDIN = Path("<stdin>")
_CATEGORIES = ("tone", "completeness", "length", "timing")
_READER_HELP = "Judge also what is only implied, with the learned reader.  (--reader)"
_INTERNAL_ERROR = (
    "This is a mistake in feedback-lint, not in your draft: {error}. "
    "Please report it, with what FEEDBACK_LINT_DEBUG=1 prints."
)


# A draft makes many small objects and hardly a cycle: the garbage collector need not look so often.
GC_THRESHOLD = 100_000


class Failure(click.ClickException):
    """The command cannot be carried out."""

    exit_code = 2


def main() -> None:
    """Entry point: every failure is a message and status 2, an interrupt 130."""
    gc.set_threshold(GC_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        sys.exit(cli.main(prog_name="feedback-lint", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except Exception as error:
        click.echo(f"Error: {_internal(error)}", err=True)
        sys.exit(2)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Check the email with which you ask for feedback after a rejection, before you send it."""


def _rule_ids(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...] | None:
    """Comma-separated ids of an option that can be repeated; `None` where it was not given."""
    ids = tuple(name for part in given for name in (n.strip() for n in part.split(",")) if name)
    if given and not ids:
        raise click.BadParameter("name at least one rule")
    return ids if given else None


def _as_paths(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[Path, ...]:
    """An empty name, which a shell makes of an unset variable, must not stand for the current folder."""
    if "" in given:
        raise click.BadParameter("a path is empty")
    return tuple(Path(path) for path in given)


def _as_moment(_: click.Context, __: click.Parameter, given: str | None) -> date | None:
    """A day, or a moment, in ISO 8601."""
    if given is None:
        return None
    try:
        return date.fromisoformat(given) if len(given) <= _ISO_DAY else datetime.fromisoformat(given)
    except ValueError as error:
        raise click.BadParameter(f"“{given}” is no date such as 2025-03-31 or 2025-03-31T16:00") from error


_existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_config_option = click.option("--config", "config_file", type=_existing_file, help="Use this configuration file only.")


@dataclass(frozen=True)
class Chosen:
    """What the command line sets, over any configuration; `None` where it does not."""

    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    stage: str | None
    mode: str | None
    model: str | None
    fail_on: str | None
    rejected_on: date | None
    text_key: str | None
    subject_key: str | None
    reader: bool | None


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(), callback=_as_paths)
@click.option("--format", "output_format", type=click.Choice(FORMATS), help="How to show it.  (text)")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to this file.")
@click.option("--select", multiple=True, callback=_rule_ids, metavar="RULES",
              help="Check only these rules (comma-separated), whatever the configuration says.")  # fmt: skip
@click.option("--ignore", multiple=True, callback=_rule_ids, metavar="RULES",
              help="Leave out these rules too (comma-separated).")  # fmt: skip
@click.option(
    "--stage",
    type=click.Choice(["auto", *(s.value for s in Stage)]),
    help="What kind of email it is.  (auto)",
)
@click.option("--mode", type=click.Choice(["auto", *(m.value for m in Mode)]),
              help="Whether [Job Title] and the like may stay.  (auto)")  # fmt: skip
@click.option("--rejected-on", callback=_as_moment, metavar="DATE",
              help="When the rejection came: 2025-03-31, or 2025-03-31T16:00.  (from the quoted mail)")  # fmt: skip
@click.option("--fix", is_flag=True, help="Write the safe suggestions into the drafts, then check what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--fail-on", type=click.Choice([*(s.value for s in Severity), "never"]),
              help="Exit with status 1 from this severity on.  (warning)")  # fmt: skip
@click.option("--text-key", metavar="KEY",
              help="Where YAML, JSON and CSV files keep the texts of emails: a key, or a column.")  # fmt: skip
@click.option("--subject-key", metavar="KEY", help="Where they keep the subjects.")
@click.option("--reader/--no-reader", default=None, help=_READER_HELP)
@click.option("--stdin-filename", type=click.Path(path_type=Path), help="The name of the draft on standard input.")
@_config_option
@click.option("--model", metavar="NAME", help="The spaCy pipeline to parse with.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="(auto)")
@click.option("-q", "--quiet", is_flag=True, help="Print findings, and nothing else.")
@click.option("-v", "--verbose", is_flag=True, help="Print also the checklist of what a good email has.")
# There is no cache yet. Scripts that pass the option go on working when there is one.
@click.option("--no-cache", is_flag=True, hidden=True, expose_value=False)
@click.pass_context
def check(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    output_format: str | None,
    output: Path | None,
    stdin_filename: Path | None,
    config_file: Path | None,
    color: str,
    quiet: bool,
    verbose: bool,
    fix: bool,
    diff: bool,
    **chosen: Any,
) -> None:
    """Check drafts: files, folders with all the drafts in them, or - for standard input.

    Without PATHS, the current folder. Status 0: nothing to mend; 1: something; 2: something went wrong.
    """
    if stdin_filename and _DASH not in paths:
        raise click.UsageError("--stdin-filename goes with “-”, which stands for standard input.")
    paths = paths or (Path(),)
    run = Run(Chosen(**chosen), config_file, "show" if diff else "write" if fix else "leave")
    run.check(paths, stdin_filename or _STDIN)
    if run.mended and not quiet:
        click.echo("".join(f"{line}\n" for line in run.mended), err=True, nl=False)
    if run.fixed:
        _emit(b"".join(run.fixed))
    if diff:
        ctx.exit(2 if run.errors else run.status)
    first = (stdin_filename or _STDIN) if paths[0] == _DASH else paths[0]
    name = output_format or run.configured_format(first)
    colored = _is_colored(color, to_file=output is not None)
    style = Style(colored, shutil.get_terminal_size((80, 24)).columns, verbose, quiet)
    reporting = reporter(name)(style)
    text = "".join([*map(reporting.report, run.reports), reporting.end(Ending(tuple(run.errors)))])
    if output is None and fix and _DASH in paths:
        click.echo(text, err=True, nl=False)  # standard output holds the mended draft
    elif output is None:
        _emit(text, color=colored)
    else:
        from feedback_lint.files import write_file

        try:
            write_file(output, text.encode())
        except OSError as error:
            raise Failure(f"{output}: the report cannot be written: {error.strerror}") from error
    ctx.exit(2 if run.errors else run.status)


class Run:
    """One run of `check`: what was found so far, and what went wrong."""

    def __init__(self, chosen: Chosen, config_file: Path | None, mending: Literal["leave", "show", "write"]) -> None:
        """`mending` says what becomes of safe suggestions; `show` keeps the changes as a diff in `fixed`."""
        from feedback_lint.config import ConfigFinder

        self.mended: list[str] = []
        self.fixed: list[bytes] = []
        self._mending = mending
        self.reports: list[Report] = []
        self.errors: list[InputError] = []
        self.status = 0
        self._chosen = chosen
        self._configs = ConfigFinder(config_file)
        self._linters: dict[tuple[tuple[Path, ...], str | None], Linter | RuleFileError] = {}

    def check(self, paths: Sequence[Path], stdin_name: Path) -> None:
        """Lint each draft, and keep its report or its error."""
        from feedback_lint.files import find_drafts

        found = find_drafts((p for p in paths if p != _DASH), self._is_library)
        for error in found.errors:
            self._fail(error, f"{error.path}: {error}")
        drafts = [(stdin_name, True)] * (_DASH in paths) + [(path, False) for path in found.files]
        prepared = [(path, is_stdin, self._prepare(path)) for path, is_stdin in drafts]
        self._check_names(job[1].rules for _, _, job in prepared if job)
        for path, is_stdin, job in prepared:
            if job:
                self._lint(path, is_stdin, *job)

    def configured_format(self, path: Path) -> str:
        """The format that the configuration of a path asks for."""
        from feedback_lint.config import ConfigError

        try:
            return self._configs.of(path).keys.format
        except ConfigError:  # _prepare has reported it
            return "text"

    def _is_library(self, path: Path) -> bool:
        """Whether a file in a folder keeps emails under a key that was named."""
        from feedback_lint.config import ConfigError
        from feedback_lint.readers import is_library

        if not is_library(str(path)):
            return False
        try:
            return bool(self._chosen.text_key or self._configs.of(path).options(path).text_key)
        except ConfigError:  # the drafts beside it report it
            return False

    def _prepare(self, path: Path) -> tuple[Config, Linter] | None:
        """The configuration and the linter for a file; where they are broken, an error."""
        from feedback_lint.config import ConfigError
        from feedback_lint.input import InputError
        from feedback_lint.mistake import RuleFileError

        try:
            config = self._configs.of(path)
            linter = self._linter(config)
            config.check_names(linter.rules.ids, FORMATS)
        except (ConfigError, RuleFileError) as error:
            for mistake in error.mistakes:
                message = f"Line {mistake.line}: {mistake.message}" if mistake.line else mistake.message
                self._fail(InputError(str(mistake.path), message), str(mistake))
            return None
        return config, linter

    def _linter(self, config: Config) -> Linter:
        """The linter for a configuration's rules and model, made once."""
        from feedback_lint.linter import Linter
        from feedback_lint.mistake import RuleFileError
        from feedback_lint.rule_files import load_ruleset

        key = (config.rule_folders, self._chosen.model or config.keys.model)
        if key not in self._linters:
            try:
                self._linters[key] = Linter(load_ruleset(*key[0]), model=key[1])
            except RuleFileError as error:
                self._linters[key] = error
        found = self._linters[key]
        if isinstance(found, RuleFileError):
            raise found
        return found

    def _check_names(self, rulesets: Iterable[Ruleset]) -> None:
        """Raise UsageError for a rule on the command line that no draft's rules have."""
        named = [("--select", r) for r in self._chosen.select or ()]
        named += [("--ignore", r) for r in self._chosen.ignore or ()]
        known = {rule for ruleset in rulesets for rule in ruleset.ids} if named else set()
        for option, rule in named:
            if known and rule not in known:
                raise click.UsageError(f"{option}: {_no_such_rule(rule, known)}")

    def _lint(self, path: Path, is_stdin: bool, config: Config, linter: Linter) -> None:
        from feedback_lint.classifier import ClassifierError
        from feedback_lint.input import InputError, content
        from feedback_lint.language import ModelError

        settings = self._settings(config.options(path))
        try:
            data = _standard_input(path) if is_stdin else content(path)
            if self._mending == "leave":
                reports = linter.lint_bytes(data, str(path), settings)
            else:
                reports = self._mend(path, is_stdin, data, linter, settings)
        except (ClassifierError, ModelError) as error:
            raise Failure(str(error)) from error
        except InputError as error:
            self._fail(error, f"{path}: {error}")
        except Exception as error:
            self._fail(InputError(str(path), _internal(error)), f"{path}: {_internal(error)}")
        else:
            self.reports += reports
            worst = self._chosen.fail_on or config.keys.fail_on
            found = [d for report in reports for d in report.diagnostics]
            if worst != "never" and any(d.severity.at_least(Severity(worst)) for d in found):
                self.status = 1

    def _mend(self, path: Path, is_stdin: bool, data: bytes, linter: Linter, settings: Settings) -> tuple[Report, ...]:
        """Apply the safe suggestions to a draft, or show how; what is left to report. Raises InputError."""
        from feedback_lint.files import rewrite
        from feedback_lint.fixing import fix
        from feedback_lint.input import InputError, decoded

        fixed = fix(linter, data, str(path), settings)
        if self._mending == "show":
            self.fixed.append(_diff(path, decoded(data, str(path)).text, fixed.source.text))
            return linter.lint_bytes(data, str(path), settings)
        if is_stdin:
            self.fixed.append(fixed.data)
        elif fixed.mended:
            try:
                rewrite(path, data, fixed.data)
            except OSError as error:
                raise InputError(str(path), f"This file cannot be written: {error.strerror}.") from error
        if fixed.mended:
            places = ", ".join(f"{d.rule} ({d.start.line}:{d.start.column})" for d in fixed.mended)
            self.mended.append(f"{shown(str(path))}: mended {places}")
        return fixed.reports

    def _settings(self, options: Options) -> Settings:
        """What to judge a draft by: the command line over the configuration."""
        from feedback_lint.readers import Keys
        from feedback_lint.settings import Settings

        chosen = self._chosen
        select = options.select if chosen.select is None else chosen.select
        ignore = options.ignore if chosen.select is None else ()
        stage, mode = chosen.stage or options.stage, chosen.mode or options.mode
        return Settings(
            select=None if select is None else frozenset(select),
            ignore=frozenset((*ignore, *(chosen.ignore or ()))),
            stage=None if stage == "auto" else Stage(stage),
            mode=None if mode == "auto" else Mode(mode),
            rejected_on=chosen.rejected_on,
            severity=options.severity,
            placeholders=None if options.placeholders is None else frozenset(options.placeholders),
            reader=options.reader if chosen.reader is None else chosen.reader,
            keys=Keys(chosen.text_key or options.text_key, chosen.subject_key or options.subject_key),
        )

    def _fail(self, error: InputError, line: str) -> None:
        """Note an error, once, and tell it on standard error."""
        if not any((e.path, str(e)) == (error.path, str(error)) for e in self.errors):
            self.errors.append(error)
            click.echo(f"Error: {shown(line)}", err=True)


def _standard_input(name: Path) -> bytes:
    from feedback_lint.input import InputError

    if sys.stdin is None:
        raise InputError(str(name), "Standard input is closed.")
    return sys.stdin.buffer.read()


def _diff(path: Path, old: str, new: str) -> bytes:
    """A unified diff of a draft."""
    name = shown(str(path))
    lines = difflib.unified_diff(_lines(old), _lines(new), f"{name}", f"{name} (mended)")
    whole = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(whole).encode("utf-8", "surrogateescape")


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends, which are LF for a diff."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


@cli.command()
@click.argument("rule")
@_config_option
def explain(rule: str, config_file: Path | None) -> None:
    """Explain a rule: what it finds, why, and what to write instead."""
    from feedback_lint.rule_files import load_examples

    ruleset = _ruleset_here(config_file)
    if rule not in ruleset.ids:
        raise click.UsageError(_no_such_rule(rule, ruleset.ids))
    found = ruleset.get(rule)
    with _rule_files_may_be_broken():
        examples = [example for _, example in load_examples(found)]
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    _emit("\n".join(_explanation(found, examples, width)) + "\n")


def _explanation(rule: Rule, examples: list[Example], width: int) -> Iterator[str]:
    from feedback_lint.examples import unmark
    from feedback_lint.slots import plain

    def paragraph(text: str) -> str:
        lines = textwrap.wrap(text, width - 4, break_on_hyphens=False, break_long_words=False)
        return textwrap.indent("\n".join(lines), "  ")

    yield f"{rule.id} ({rule.severity}, {rule.category})"
    yield paragraph(rule.summary)
    yield f"  Applies to: {', '.join(rule.stages)}"
    yield "\nWhy"
    for part in rule.why.strip().split("\n\n"):
        yield paragraph(part)
    yield f"  Sources: {', '.join(rule.sources)}"
    yield "\nInstead"
    yield paragraph(plain(rule.help))
    for suggestion in filter(None, map(plain, rule.suggest)):
        yield paragraph(f"“{suggestion}”")
    for label, kind in (("It reports", "bad"), ("It accepts", "good")):
        fitting = [e for e in examples if e.kind == kind and e.todo is None]
        fitting.sort(key=lambda e: e.near is not None)  # a near miss explains less
        if fitting:
            yield f"\n{label}"
            yield textwrap.indent(unmark(fitting[0].text)[0].strip(), "  ")


@cli.command()
@click.option("--format", "output_format", type=click.Choice(["text", "json", "markdown"]), default="text",
              help="(text)")  # fmt: skip
@_config_option
def rules(output_format: str, config_file: Path | None) -> None:
    """List the rules."""
    ranked = sorted(_ruleset_here(config_file).rules, key=lambda r: (_place_of(r.category), r.severity.rank, r.id))
    if output_format == "json":
        keys = {"id", "severity", "category", "summary", "help", "why", "sources", "stages"}
        data = [{**r.model_dump(mode="json", include=keys), "category": r.category} for r in ranked]
        _emit(json.dumps({"version": 1, "rules": data}, indent=2) + "\n")
        return
    heads = ("rule", "severity", "category", "what it finds")
    rows = [heads, *((r.id, str(r.severity), r.category, r.summary) for r in ranked)]
    if output_format == "markdown":
        cells = [(f"`{i}`", s, c, summary.replace("|", r"\|")) for i, s, c, summary in rows[1:]]
        _emit("".join(f"| {' | '.join(row)} |\n" for row in (heads, ("---",) * 4, *cells)))
    else:
        _emit(_table(rows))


def _place_of(category: str) -> tuple[int, str]:
    return (_CATEGORIES.index(category) if category in _CATEGORIES else len(_CATEGORIES), category)


@cli.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", metavar="NAME", help="The spaCy pipeline to parse with.")
@click.pass_context
def test(ctx: click.Context, folder: Path | None, model: str | None) -> None:
    """Run the examples of the built-in rules, or of the rule files in FOLDER.

    Status 0: all as expected; 1: a rule does not do what an example says; 2: a rule file is broken.
    """
    from feedback_lint.classifier import ClassifierError
    from feedback_lint.examples import run_examples
    from feedback_lint.language import ModelError
    from feedback_lint.linter import Linter

    passed = failed = missed = 0
    with _rule_files_may_be_broken():
        ruleset = _ruleset_to_test(folder)
        try:
            for result in run_examples(Linter(ruleset[0], model=model), ruleset[1]):
                if result.passed and result.todo:
                    failed += 1
                    _emit(f"{result.path}:{result.line}: [{result.rule}] passes: take its “todo” away\n")
                elif result.passed:
                    passed += 1
                elif result.todo:
                    missed += 1
                else:
                    failed += 1
                    _emit(f"{result.path}:{result.line}: [{result.rule}] {result.message}\n")
        except (ClassifierError, ModelError) as error:
            raise Failure(str(error)) from error
    _emit(f"{passed} passed, {failed} failed, {missed} known misses\n")
    ctx.exit(1 if failed else 0)


def _ruleset_to_test(folder: Path | None) -> tuple[Ruleset, Ruleset]:
    """The rules to lint with, and those among them whose examples are to be run."""
    from feedback_lint.rule_files import load_ruleset, rules_folder

    if folder is None:
        ruleset = load_ruleset()
        return ruleset, ruleset
    built_in = folder.resolve().is_relative_to(rules_folder().resolve())
    ruleset = load_ruleset() if built_in else load_ruleset(folder)
    chosen = tuple(r for r in ruleset.rules if r.path.resolve().is_relative_to(folder.resolve()))
    if not chosen:
        raise Failure(f"{folder}: There is no rule (.yaml, .yml) in this folder.")
    return ruleset, replace(ruleset, rules=chosen)


def _as_part(_: click.Context, __: click.Parameter, given: str) -> slice:
    """`N/M`: each M-th, from number N on."""
    try:
        first, divisor = (int(number) for number in given.split("/"))
    except ValueError as error:
        raise click.BadParameter(f"“{given}” is not of the form 0/2") from error
    if not 0 <= first < divisor:
        raise click.BadParameter(f"“{given}”: the first number must be smaller than the second")
    return slice(first, None, divisor)


@cli.command("eval")
@click.argument("files", nargs=-1, required=True, type=_existing_file)
@click.option("--rule", "chosen", multiple=True, callback=_rule_ids, metavar="RULES",
              help="Count only these tone rules (comma-separated).")  # fmt: skip
@click.option("--modulo", "part", default="0/1", callback=_as_part, metavar="N/M",
              help="Take each M-th sentence of a file, from number N (0, 1 …) on; leave the rest unseen.")  # fmt: skip
@click.option("--show", is_flag=True, help="List each miss and each false alarm.")
@click.option("--format", "output_format", type=click.Choice(["text", "json", "markdown"]), default="text",
              help="(text)")  # fmt: skip
@click.option("--model", metavar="NAME", help="The spaCy pipeline to parse with.")
@click.option("--reader/--no-reader", default=True, help=_READER_HELP)
@_config_option
def evaluate(
    files: tuple[Path, ...],
    chosen: tuple[str, ...] | None,
    part: slice,
    show: bool,
    output_format: str,
    model: str | None,
    reader: bool,
    config_file: Path | None,
) -> None:
    """Measure how often the tone rules are right, on labelled sentences.

    Each line of FILES is a JSON object: "id", "text", "labels" (the tone rules that ought to report it) and, where they
    help, "before" (the sentence before it) and "implied": true (for a mistake that is not said in so many words).
    """
    from feedback_lint.classifier import ClassifierError
    from feedback_lint.config import did_you_mean
    from feedback_lint.evaluation import Evaluation, LabelError, judge, read_labelled, tone_rules
    from feedback_lint.language import ModelError
    from feedback_lint.linter import Linter
    from feedback_lint.scorecard import SHOWN_AS

    linter = Linter(_ruleset_here(config_file), model=model)
    known = tone_rules(linter.rules)
    for rule in chosen or ():
        if rule not in known:
            raise click.UsageError(f"--rule: there is no tone rule called “{rule}”{did_you_mean(rule, known)}")
    try:
        sentences = [sentence for file in files for sentence in read_labelled(file, linter.rules)[part]]
        judged = tuple(judge(linter, sentences, reader=reader))
    except (ClassifierError, LabelError, ModelError) as error:
        raise Failure(str(error)) from error
    counted = tuple(rule for rule in known if not chosen or rule in chosen)
    _emit(SHOWN_AS[output_format](Evaluation(counted, judged), show=show))


@cli.command()
@click.argument("path", default=".", type=click.Path(exists=True, path_type=Path))
@_config_option
def config(path: Path, config_file: Path | None) -> None:
    """Show the configuration of a file or folder, and where each value comes from."""
    found = _config_of(path, config_file)
    _ruleset(found)
    rows = [(key, _value(value), shown(origin)) for key, value, origin in found.origins(path)]
    _emit(_table([("key", "value", "from"), *rows]))


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {inner}" for name, inner in value.items()) or "none"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return "not set" if value is None else str(value)


def _config_of(path: Path, config_file: Path | None) -> Config:
    from feedback_lint.config import ConfigError, ConfigFinder

    try:
        return ConfigFinder(config_file).of(path)
    except ConfigError as error:
        raise Failure(str(error)) from error


def _ruleset_here(config_file: Path | None) -> Ruleset:
    """The rules that the configuration of the current folder makes up."""
    return _ruleset(_config_of(Path(), config_file))


def _ruleset(config: Config) -> Ruleset:
    from feedback_lint.config import ConfigError
    from feedback_lint.rule_files import load_ruleset

    with _rule_files_may_be_broken():
        ruleset = load_ruleset(*config.rule_folders)
    try:
        config.check_names(ruleset.ids, FORMATS)
    except ConfigError as error:
        raise Failure(str(error)) from error
    return ruleset


@contextmanager
def _rule_files_may_be_broken() -> Iterator[None]:
    from feedback_lint.mistake import RuleFileError

    try:
        yield
    except RuleFileError as error:
        raise Failure(str(error)) from error


def _no_such_rule(rule: str, known: Iterable[str]) -> str:
    from feedback_lint.config import did_you_mean

    return f"there is no rule called “{rule}”{did_you_mean(rule, known) or '; see “feedback-lint rules”'}"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows with their columns aligned, but for the last one."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _is_colored(choice: str, *, to_file: bool) -> bool:
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or to_file
    return not plain and sys.stdout is not None and sys.stdout.isatty()


def _emit(text: str | bytes, *, color: bool = False) -> None:
    """Write to standard output. A reader that has gone away, such as `head`, is no error."""
    try:
        click.echo(text, nl=False, color=color)
    except OSError as error:
        # The interpreter flushes standard output once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise Failure(f"standard output cannot be written: {error.strerror}") from error


def _internal(error: Exception) -> str:
    """What to say of an exception that nobody foresaw; the traceback only for those who ask."""
    if os.environ.get("FEEDBACK_LINT_DEBUG"):
        traceback.print_exception(error)
    return _INTERNAL_ERROR.format(error=type(error).__name__)
