"""The commands around the Thunderbird add-on: the program that it starts, and the files that name that program."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from feedback_lint.cli.terminal import Failure

if TYPE_CHECKING:
    from feedback_lint.host_manifest import Places


@click.group("native-host", invoke_without_command=True)
@click.pass_context
def native_host(ctx: click.Context) -> None:
    """Serve the Thunderbird add-on, which checks messages before they are sent.

    Without a command, the same as “run”.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(run)


@native_host.command()
def run() -> None:
    """Answer the add-on; Thunderbird starts this, and nobody else needs to."""
    from feedback_lint.linter import Linter
    from feedback_lint.native_host import Host, serve

    if sys.stdin is None or sys.stdout is None:
        raise Failure("Thunderbird talks to this over standard input and output, and one of them is closed.")
    if sys.stdin.isatty():
        raise Failure("Thunderbird starts this; to have it do so, run “feedback-lint native-host install”.")
    # Whatever else writes to standard output would break the messages.
    stdout = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, stdout, Host(Linter))


@native_host.command()
def install() -> None:
    """Let Thunderbird find this program."""
    from feedback_lint.host_manifest import ManifestError
    from feedback_lint.host_manifest import install as write

    places = _places()
    try:
        write(places)
    except ManifestError as error:
        raise Failure(str(error)) from error
    click.echo(f"Written: {places.manifest}\nWritten: {places.launcher}\nNow install the add-on in Thunderbird.")


@native_host.command()
def uninstall() -> None:
    """Remove what “install” wrote, and nothing else."""
    from feedback_lint.host_manifest import ManifestError
    from feedback_lint.host_manifest import uninstall as remove

    try:
        removed = remove(_places())
    except ManifestError as error:
        raise Failure(str(error)) from error
    click.echo("\n".join(f"Removed: {path}" for path in removed) or "There was nothing to remove.")


@native_host.command()
@click.pass_context
def status(ctx: click.Context) -> None:
    """Tell whether Thunderbird can start this program. Status 0: it can; 1: it cannot."""
    from feedback_lint.host_manifest import problem

    places = _places()
    found = problem(places)
    click.echo(found or f"Thunderbird can start feedback-lint: {places.manifest}")
    ctx.exit(1 if found else 0)


def _places() -> Places:
    from feedback_lint.host_manifest import Places

    return Places.of_user()
