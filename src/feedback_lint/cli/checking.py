"""The commands that check drafts, or keep what was found in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feedback_lint.cli.options import as_formats, existing_file, judging_options, paths_argument
from feedback_lint.cli.terminal import Failure, complain, emit, is_colored, standard_input
from feedback_lint.diagnostic import Severity
from feedback_lint.output import OutputError, Progress, Sink, destinations, progress
from feedback_lint.reporters import FORMATS, Ending, Style

if TYPE_CHECKING:
    from feedback_lint.baseline import Comparison
    from feedback_lint.changes import Changes
    from feedback_lint.input import InputError
    from feedback_lint.job import Job, Outcome
    from feedback_lint.report import Report
    from feedback_lint.run import Run

_DASH = Path("-")
_STDIN = Path("<stdin>")
BASELINE_FILE = Path("feedback-lint-baseline.json")


@dataclass
class _Checked:
    """A run under way: the drafts that are left to check, and what went wrong."""

    run: Run
    drafts: list[Job]
    processes: int | None
    stdin_name: Path = _STDIN
    errors: list[InputError] = field(default_factory=list)

    def outcomes(self, bar: Progress) -> Iterator[Outcome]:
        """What comes of each draft; what goes wrong is told at once. Raises click.ClickException."""
        from feedback_lint.job import FatalError
        from feedback_lint.run import Problem

        try:
            with closing(
                self.run.outcomes(self.drafts, self.processes, lambda: standard_input(self.stdin_name))
            ) as found:
                for outcome in found:
                    bar.step()
                    if outcome.error:
                        bar.clear()
                        self.errors.append(complain(Problem.of(outcome.error)))
                    yield outcome
        except FatalError as error:
            raise Failure(str(error)) from error


def _begun(run: Run, paths: tuple[Path, ...], processes: int | None, stdin_name: Path = _STDIN) -> _Checked:
    """Find the drafts, and tell what is wrong with paths and configuration. Raises click.UsageError."""
    from feedback_lint.run import UnknownRuleError

    try:
        drafts, problems = run.prepared(paths or (Path(),), stdin_name)
    except UnknownRuleError as error:
        raise click.UsageError(str(error)) from error
    return _Checked(run, drafts, processes, stdin_name, [complain(problem) for problem in problems])


@dataclass
class _Sieve:
    """What of a file's reports is new: neither known to a baseline nor on lines that did not change."""

    baseline: Comparison | None
    changes: Changes | None

    def left(self, reports: tuple[Report, ...]) -> tuple[Report, ...]:
        """The reports without the findings that do not count. Ask once for each file."""
        if self.baseline:
            reports = self.baseline.judge(reports)
        return tuple(map(self.changes.judge, reports)) if self.changes else reports


@click.command()
@paths_argument
@click.option("--format", "formats", multiple=True, callback=as_formats, metavar="FORMAT[=FILE]",
              help=f"How to show it: {', '.join(FORMATS)}; can be repeated, each into a file.  (text)")  # fmt: skip
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the report to this file, beside what is shown.")  # fmt: skip
@click.option("--fail-on", type=click.Choice([*(s.value for s in Severity), "never"]),
              help="Exit with status 1 from this severity on.  (warning)")  # fmt: skip
@click.option("--fix", is_flag=True, help="Write the safe suggestions into the drafts, then check what is left.")
@click.option("--dry-run", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", "baseline_file", type=existing_file, metavar="FILE",
              help="Leave out the findings in this file, which “feedback-lint baseline” writes.")  # fmt: skip
@click.option("--diff", "since", metavar="REV",
              help="Report only what is on lines changed since this revision of git, or with “-”, on those that a "
              "diff, or a list such as a.txt:3-5, on standard input names.")  # fmt: skip
@judging_options
@click.option("--stdin-filename", type=click.Path(path_type=Path), help="The name of the draft on standard input.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="(auto)")
@click.option("-q", "--quiet", is_flag=True, help="Print findings, and nothing else.")
@click.option("-v", "--verbose", is_flag=True, help="Print also the checklist of what a good email has.")
@click.pass_context
def check(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    formats: tuple[tuple[str, Path | None], ...],
    output: Path | None,
    fix: bool,
    dry_run: bool,
    baseline_file: Path | None,
    since: str | None,
    config_file: Path | None,
    jobs: int | None,
    no_cache: bool,
    stdin_filename: Path | None,
    color: str,
    quiet: bool,
    verbose: bool,
    **judging: Any,
) -> None:
    """Check drafts: files, folders with all the drafts in them, or - for standard input.

    Without PATHS, the current folder. Status 0: nothing to mend; 1: something; 2: something went wrong.
    """
    from feedback_lint.job import Mending
    from feedback_lint.run import Chosen, Run

    if stdin_filename and _DASH not in paths:
        raise click.UsageError("--stdin-filename goes with “-”, which stands for standard input.")
    if since == "-" and _DASH in paths:
        raise click.UsageError("“-” can stand for the draft or for --diff, not for both.")
    mending = Mending.SHOW if dry_run else Mending.WRITE if fix else Mending.LEAVE
    chosen = Chosen(**judging)
    run = Run(chosen, config_file, mending, is_cached=not no_cache)
    checked = _begun(run, paths, jobs, stdin_filename or _STDIN)
    sieve = _Sieve(_comparison(baseline_file), _changes(since, checked))
    style = Style(is_colored(color), shutil.get_terminal_size((80, 24)).columns, verbose, quiet)
    status = 0
    with progress(len(checked.drafts), quiet=quiet) as bar:

        def write(text: str | bytes, *, err: bool = False) -> None:
            bar.clear()
            emit(text, color=style.color, err=err)

        # Standard output holds the mended draft where it came from standard input.
        report_to = partial(write, err=mending is Mending.WRITE and _DASH in paths)
        first = checked.stdin_name if _DASH in paths[:1] else (*paths, Path())[0]
        wanted = destinations(formats, output, run.config(first).keys.format)
        _keep_apart(checked.drafts, baseline_file, [path for _, path in wanted])
        sinks = [
            Sink(name, path, replace(style, color=style.color and path is None), report_to)
            for name, path in (() if dry_run else wanted)
        ]
        for outcome in checked.outcomes(bar):
            if outcome.mended and not quiet:
                write(f"{outcome.mended}\n", err=True)
            if outcome.fixed:
                write(outcome.fixed)
            for report in sieve.left(outcome.reports):
                status |= report.fails(run.fail_on(outcome.path))
                for sink in sinks:
                    sink.report(report)
        gone = sieve.baseline.mended() if sieve.baseline and not sieve.changes and chosen.finds_all else ()
        _end(sinks, Ending(tuple(checked.errors), run.rules, len(gone)))
    ctx.exit(2 if checked.errors else status)


def _keep_apart(drafts: Iterable[Job], baseline_file: Path | None, targets: Iterable[Path | None]) -> None:
    """Raise click.UsageError for a report that would be written over what is checked."""
    written = {target.resolve(): target for target in targets if target is not None}
    read = [*(draft.path for draft in drafts if not draft.is_stdin), *((baseline_file,) if baseline_file else ())]
    for path in read if written else ():
        if path.resolve() in written:
            raise click.UsageError(f"The report would be written over {path}, which is checked: name another file.")


def _end(sinks: Iterable[Sink], ending: Ending) -> None:
    try:
        for sink in sinks:
            sink.end(ending)
    except OutputError as error:
        raise Failure(str(error)) from error


def _comparison(baseline_file: Path | None) -> Comparison | None:
    """What is known already. Raises Failure."""
    from feedback_lint.baseline import Baseline, BaselineError, Comparison

    try:
        return Comparison(Baseline.read(baseline_file)) if baseline_file else None
    except BaselineError as error:
        raise Failure(str(error)) from error


def _changes(since: str | None, checked: _Checked) -> Changes | None:
    """Which lines changed; drafts without any are left out. Raises Failure."""
    if since is None:
        return None
    from feedback_lint import changes

    try:
        if since == "-":
            found = changes.parse(standard_input(Path("-")), Path())
        else:
            found = changes.since(since, [draft.path for draft in checked.drafts])
    except changes.ChangesError as error:
        raise Failure(str(error)) from error
    checked.drafts = [draft for draft in checked.drafts if draft.is_stdin or found.has(draft.path)]
    return found


@click.command()
@paths_argument
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=BASELINE_FILE, metavar="FILE",
              help=f"Where to write it.  ({BASELINE_FILE})")  # fmt: skip
@judging_options
@click.pass_context
def baseline(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    output: Path,
    config_file: Path | None,
    jobs: int | None,
    no_cache: bool,
    **judging: Any,
) -> None:
    """Write all findings in drafts to a file, so that “check --baseline FILE” reports only new ones.

    It holds paths, rules and fingerprints, and no words of the drafts. Status 0: written; 2: something went wrong.
    """
    from feedback_lint.baseline import Baseline
    from feedback_lint.files import write_file
    from feedback_lint.run import Chosen, Run

    checked = _begun(Run(Chosen(**judging), config_file, is_cached=not no_cache), paths, jobs)
    with progress(len(checked.drafts), quiet=False) as bar:
        found = Baseline.of((r for outcome in checked.outcomes(bar) for r in outcome.reports), output.absolute().parent)
    if checked.errors:
        raise Failure(f"{output} was not written, since not all drafts could be checked.")
    try:
        write_file(output, found.text().encode())
    except OSError as error:
        raise Failure(f"{output}: the baseline cannot be written: {error.strerror}") from error
    click.echo(f"{output}: {len(found.known)} known findings. Use it with: feedback-lint check --baseline {output}")


@click.command()
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@judging_options
@click.pass_context
def init(
    ctx: click.Context,
    /,
    folder: Path,
    config_file: Path | None,
    jobs: int | None,
    no_cache: bool,
    **judging: Any,
) -> None:
    """Write a first feedback-lint.toml for a folder of drafts or templates, and tell what was found there."""
    from feedback_lint.readers import Keys
    from feedback_lint.run import Chosen, Run
    from feedback_lint.starter import StarterError, starter, write

    chosen = Chosen(**judging)
    run = Run(chosen, config_file, is_cached=not no_cache)
    above = run.config(folder).path
    if above and above.parent == folder.absolute():
        raise Failure(f"{above}: This folder has a configuration already; nothing was written.")
    checked = _begun(run, (folder,), jobs)
    with progress(len(checked.drafts), quiet=False) as bar:
        reports = [report for outcome in checked.outcomes(bar) for report in outcome.reports]
    try:
        made = starter(folder, reports, Keys(chosen.text_key, chosen.subject_key), above)
        path = write(folder, made.text)
    except StarterError as error:
        raise Failure(str(error)) from error
    click.echo(made.summary, nl=False)
    click.echo(f"{path} was written. Read it, then run: feedback-lint check {folder}")
    ctx.exit(2 if checked.errors else 0)
