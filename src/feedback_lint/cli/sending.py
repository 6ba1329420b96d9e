"""The command that stands in for sendmail."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from feedback_lint.cli.options import config_option, model_option
from feedback_lint.cli.rulesets import config_of, ruleset_of
from feedback_lint.diagnostic import Severity

if TYPE_CHECKING:
    from feedback_lint.linter import Linter

FORCE = "FEEDBACK_LINT_FORCE"
# Statuses as sysexits.h has them. (126 would tell mutt and neomutt that the mail is on its way.)
STOPPED, USAGE, INTERNAL, CONFIGURATION, NOT_RUN, INTERRUPTED = 65, 64, 70, 78, 127, 130
_ANYWAY = f"To send it as it is, set {FORCE}=1 in the environment."


class _NotSentError(Exception):
    """The message may not go, or cannot; `str()` is what to tell, and `status` how to end."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


class _Sendmail(click.Command):
    """A command that keeps the message even where its own command line is wrong."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line. A mistake in it loses no message."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            if sys.stdin is None or sys.stdin.isatty():
                raise
            text = f"Error: {error.format_message()}"
            if isinstance(error, click.NoSuchOption) and "--" in given:
                text += " mutt and neomutt put options of their own before “--”: leave it out of $sendmail."
            _end(ctx, _read(), _NotSentError(text, USAGE), None)


@click.command(cls=_Sendmail, context_settings={"allow_interspersed_args": False})
@click.option("--level", type=click.Choice([s.value for s in Severity]), default=Severity.WARNING.value,
              help="Stop a mail from this severity on.  (warning)")  # fmt: skip
@click.option("--everything", is_flag=True, help="Check all mails, not only those that ask for feedback.")
@click.option("--findings", "findings_file", metavar="FILE",
              help="Write what stopped a mail to this file too, for a mail program that does not show it.")  # fmt: skip
@model_option
@config_option
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED, metavar="COMMAND [ARGS]...")
@click.pass_context
def sendmail(
    ctx: click.Context,
    /,
    level: str,
    everything: bool,
    findings_file: str | None,
    model: str | None,
    config_file: Path | None,
    command: tuple[str, ...],
) -> None:
    """Check the message on standard input, and pass it on to COMMAND if there is nothing to mend.

    Stands in for sendmail in mutt, neomutt and aerc. The message goes on as it came, but without its X-Feedback-Lint
    header; the status is that of COMMAND. Status 65: stopped; nothing was sent.
    """
    from feedback_lint.sendmail import pass_on, without_our_header

    environment = dict(os.environ)
    findings = Path(findings_file).expanduser() if findings_file else None
    message = _read()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    try:
        if environment.get(FORCE, "0") in ("", "0"):
            _judge(message, Severity(level), everything, model, config_file)
        if findings:
            findings.unlink(missing_ok=True)
        try:
            pass_on(without_our_header(message), command, environment)
        except OSError as error:
            raise _NotSentError(f"Error: {command[0]} cannot be run: {error.strerror}.", NOT_RUN) from error
    except _NotSentError as error:
        _end(ctx, message, error, findings)
    except KeyboardInterrupt:
        _end(ctx, message, _NotSentError("This mail was not sent: feedback-lint was interrupted.", INTERRUPTED), None)
    except Exception as error:
        from feedback_lint.job import internal

        _end(ctx, message, _NotSentError(f"Error: {internal(error)}\n{_ANYWAY}", INTERNAL), None)


def _judge(message: bytes, level: Severity, everything: bool, model: str | None, config_file: Path | None) -> None:
    """Raise _NotSentError for a message that may not go, or cannot be judged."""
    from feedback_lint.input import InputError
    from feedback_lint.presend import judge, may_be_ours
    from feedback_lint.sendmail import told, wrapped

    try:
        if not everything and not may_be_ours(message):
            return
        linter = _linter(model, config_file)
        from feedback_lint.classifier import ClassifierError
        from feedback_lint.language import ModelError

        try:
            found = judge(linter, message, level=level, everything=everything).stopping
        except (ClassifierError, ModelError) as error:
            raise _NotSentError(f"Error: {error}\n{_ANYWAY}", CONFIGURATION) from error
    except click.ClickException as error:
        raise _NotSentError(f"Error: {error.format_message()}\n{_ANYWAY}", CONFIGURATION) from error
    except InputError as error:
        raise _NotSentError(f"This mail was not sent, since it cannot be read: {error}\n{_ANYWAY}", STOPPED) from error
    if found:
        raise _NotSentError(f"{told(found)}\n{wrapped(f'Mend it and send it again. {_ANYWAY}').rstrip()}", STOPPED)


def _linter(model: str | None, config_file: Path | None) -> Linter:
    """What the configuration makes of the rules. Raises click.ClickException."""
    from feedback_lint.linter import Linter
    from feedback_lint.presend import NAME
    from feedback_lint.run import Chosen

    config = config_of(Path(), config_file)
    settings = Chosen().settings(config.options(Path(NAME)))
    return Linter(ruleset_of(config), settings, model=model or config.keys.model)


def _read() -> bytes:
    """The message. Raises click.ClickException."""
    from feedback_lint.cli.terminal import standard_input
    from feedback_lint.input import InputError

    try:
        return standard_input(Path("-"))
    except InputError as error:
        raise click.ClickException(str(error)) from error


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _end(ctx: click.Context, message: bytes, error: _NotSentError, findings: Path | None) -> NoReturn:
    """Tell what is the matter, keep the message if nobody else does, and end."""
    from feedback_lint.sendmail import draft_is_kept, saved, write_privately

    text = str(error)
    if not draft_is_kept():
        try:
            text += f"\nThe message was saved as {saved(message)}"
        except OSError as problem:
            text += f"\nThe message could not be saved: {problem.strerror}."
    if findings:
        try:
            write_privately(findings, f"{text}\n")
        except OSError as problem:
            text += f"\n{findings} cannot be written: {problem.strerror}."
    with suppress(OSError):
        click.echo(text, err=True)
    ctx.exit(error.status)
