"""The command that editors start: the language server."""

from __future__ import annotations

from importlib.util import find_spec

import click

from feedback_lint.cli.terminal import Failure


@click.command()
@click.option("--stdio", is_flag=True, help="Talk on standard input and output, as is always done; editors add it.")
@click.pass_context
def lsp(ctx: click.Context, stdio: bool) -> None:
    """Serve an editor: check drafts while they are written (Language Server Protocol).

    Editors start it by themselves: see docs/editors.md.
    """
    if find_spec("pygls") is None:
        raise Failure('the language server needs pygls: pip install "feedback-lint[lsp]"')
    from feedback_lint.lsp.server import serve

    ctx.exit(serve())
