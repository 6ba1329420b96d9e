"""The command line: one module a group of commands. Nothing here imports spaCy; the linter does, at the first draft."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from feedback_lint import __version__
from feedback_lint.cli import checking, configuration, evaluating, hosting, rules, sending, serving
from feedback_lint.process import begin, leave


def main() -> None:
    """Entry point: every failure is a message and status 2, an interrupt 130."""
    begin()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        leave(cli.main(prog_name="feedback-lint", standalone_mode=False) or 0)
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


for _command in (
    checking.check,
    checking.baseline,
    rules.explain,
    rules.rules,
    rules.test,
    evaluating.evaluate,
    configuration.config,
    checking.init,
    serving.lsp,
    hosting.native_host,
    sending.sendmail,
):
    cli.add_command(_command)
