"""What the README shows of the examples is what comes out. UPDATE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedback_lint.cli import cli

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SHOWN = re.compile(r"^    \$ feedback-lint (?P<arguments>.*examples/.*)\n(?P<output>(?:    .*\n)*)", re.MULTILINE)


def output(arguments: str) -> str:
    result = CliRunner().invoke(cli, shlex.split(arguments))
    assert result.exit_code < 2, result.output
    return "".join(f"    {line}\n" for line in result.output.splitlines())


def test_the_examples_in_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = README.read_text(encoding="utf-8")
    assert len(SHOWN.findall(text)) >= 5
    fresh = SHOWN.sub(lambda m: f"    $ feedback-lint {m['arguments']}\n{output(m['arguments'])}", text)
    if os.environ.get("UPDATE_GOLDEN"):
        README.write_text(fresh, encoding="utf-8")
        text = fresh
    assert fresh == text
