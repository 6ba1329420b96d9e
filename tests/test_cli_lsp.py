from __future__ import annotations

import sys

import pytest
from click.testing import CliRunner

from feedback_lint.cli import cli


@pytest.mark.parametrize("missing", ["pygls", "pygls.lsp.server"])
def test_without_pygls_2_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.delitem(sys.modules, "feedback_lint.lsp.server", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    result = CliRunner().invoke(cli, ["lsp"])
    assert result.exit_code != 0
    assert 'the language server needs pygls 2: pip install "feedback-lint[lsp]"' in result.output
