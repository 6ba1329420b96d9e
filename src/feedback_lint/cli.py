"""The command line. Nothing here imports spaCy; the linter does, at the first draft."""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feedback_lint import __version__
from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, Stage
from feedback_lint.output import OutputError, Sink, destinations, progress
from feedback_lint.reporters import FORMATS, Ending, Style, shown

if TYPE_CHECKING:
    from feedback_lint.config import Config
    from feedback_lint.input import InputError
    from feedback_lint.ruleset import Example, Rule, Ruleset
    from feedback_lint.run import Problem

_ISO_DAY = len("2025-03-31")
_STDIN = Path("<stdin>")
_CATEGORIES = ("tone", "completeness", "length", "timing")
_READER_HELP = "Judge also what is only implied, with the learned reader.  (--reader)"
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
        from feedback_lint.job import internal

        click.echo(f"Error: {internal(error)}", err=True)
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


def _as_formats(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, Path | None], ...]:
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
    return tuple(wanted)


_existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_config_option = click.option("--config", "config_file", type=_existing_file, help="Use this configuration file only.")


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(), callback=_as_paths)
@click.option("--format", "formats", multiple=True, callback=_as_formats, metavar="FORMAT[=FILE]",
              help=f"How to show it: {', '.join(FORMATS)}; can be repeated, each into a file.  (text)")  # fmt: skip
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the report to this file, beside what is shown.")  # fmt: skip
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
@click.option("--dry-run", is_flag=True, help="Show what --fix would change, and change nothing.")
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
@click.option("--jobs", type=click.IntRange(min=1), metavar="N",
              help="Check with so many processes.  (as many as save time)")  # fmt: skip
@click.option("--no-cache", is_flag=True, help="Take nothing from earlier runs, and keep nothing for later ones.")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    formats: tuple[tuple[str, Path | None], ...],
    output: Path | None,
    stdin_filename: Path | None,
    config_file: Path | None,
    color: str,
    quiet: bool,
    verbose: bool,
    fix: bool,
    dry_run: bool,
    jobs: int | None,
    no_cache: bool,
    **chosen: Any,
) -> None:
    """Check drafts: files, folders with all the drafts in them, or - for standard input.

    Without PATHS, the current folder. Status 0: nothing to mend; 1: something; 2: something went wrong.
    """
    from feedback_lint.job import FatalError, Mending
    from feedback_lint.run import STDIN, Chosen, Problem, Run, UnknownRuleError

    if stdin_filename and STDIN not in paths:
        raise click.UsageError("--stdin-filename goes with “-”, which stands for standard input.")
    paths, stdin_name = paths or (Path(),), stdin_filename or _STDIN
    mending = Mending.SHOW if dry_run else Mending.WRITE if fix else Mending.LEAVE
    run = Run(Chosen(**chosen), config_file, mending, is_cached=not no_cache)
    try:
        drafts, problems = run.prepared(paths, stdin_name)
    except UnknownRuleError as error:
        raise click.UsageError(str(error)) from error
    errors = [_complain(problem) for problem in problems]
    first = stdin_name if paths[0] == STDIN else paths[0]
    style = Style(_is_colored(color), shutil.get_terminal_size((80, 24)).columns, verbose, quiet)
    # Standard output holds what was mended.
    is_taken = mending is Mending.WRITE and STDIN in paths
    with progress(len(drafts), quiet=quiet) as bar:

        def write(text: str | bytes, *, err: bool = False) -> None:
            bar.clear()
            _emit(text, color=style.color, err=err)

        sinks = [
            Sink(name, path, replace(style, color=style.color and path is None), partial(write, err=is_taken))
            for name, path in destinations(formats, output, run.config(first).keys.format)
        ]
        if mending is Mending.SHOW:
            sinks = []
        status = 0
        try:
            with closing(run.outcomes(drafts, jobs, lambda: _standard_input(stdin_name))) as outcomes:
                for outcome in outcomes:
                    bar.step()
                    if outcome.error:
                        bar.clear()
                        errors.append(_complain(Problem.of(outcome.error)))
                    if outcome.mended and not quiet:
                        write(f"{outcome.mended}\n", err=True)
                    if outcome.fixed:
                        write(outcome.fixed)
                    for report in outcome.reports:
                        if report.fails(run.fail_on(outcome.path)):
                            status = 1
                        for sink in sinks:
                            sink.report(report)
            for sink in sinks:
                sink.end(Ending(tuple(errors), run.rules))
        except (FatalError, OutputError) as error:
            raise Failure(str(error)) from error
    ctx.exit(2 if errors else status)


def _complain(problem: Problem) -> InputError:
    """Tell on standard error what went wrong with a file."""
    click.echo(f"Error: {shown(problem.line)}", err=True)
    return problem.error


def _standard_input(name: Path) -> bytes:
    from feedback_lint.input import InputError

    if sys.stdin is None:
        raise InputError(str(name), "Standard input is closed.")
    return sys.stdin.buffer.read()


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
    from feedback_lint.rule_files import load_ruleset
    from feedback_lint.rule_folders import built_in

    if folder is None:
        ruleset = load_ruleset()
        return ruleset, ruleset
    is_ours = folder.resolve().is_relative_to(built_in().resolve())
    ruleset = load_ruleset() if is_ours else load_ruleset(folder)
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
        config.check_names(ruleset.ids, FORMATS, ruleset.measuring)
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


def _is_colored(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout is not None and sys.stdout.isatty()


def _emit(text: str | bytes, *, color: bool = False, err: bool = False) -> None:
    """Write to standard output, or standard error. A reader that has gone away, such as `head`, is no error."""
    try:
        click.echo(text, nl=False, color=color, err=err)
    except OSError as error:
        # The interpreter flushes standard output once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise Failure(f"standard output cannot be written: {error.strerror}") from error
