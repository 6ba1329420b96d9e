"""The command that editors start: the language server."""

from __future__ import annotations

import click

from feedback_lint.cli.terminal import Failure
from feedback_lint.process import begin


@click.command()
@click.option("--stdio", is_flag=True, help="Talk on standard input and output, as is always done; editors add it.")
@click.pass_context
def lsp(ctx: click.Context, stdio: bool) -> None:
    """Serve an editor: check drafts while they are written (Language Server Protocol).

    Editors start it by themselves: see docs/editors.md.
    """
    try:
        from feedback_lint.lsp.server import serve
    except ImportError as error:
        raise Failure('the language server needs pygls 2: pip install "feedback-lint[lsp]"') from error
    begin(somebody_types=True)
    ctx.exit(serve())
