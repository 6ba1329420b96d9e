from __future__ import annotations

import pytest
from click.testing import CliRunner

from feedback_lint.cli import cli, serving


def test_without_pygls_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda _: None)
    result = CliRunner().invoke(cli, ["lsp"])
    assert result.exit_code == 2
    assert result.output == 'Error: the language server needs pygls: pip install "feedback-lint[lsp]"\n'
