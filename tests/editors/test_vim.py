"""The configuration in `editors/vim`, in Vim itself with ALE. Part of `make editors`, since it wants a terminal."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CONFIGURATION = HERE.parents[1] / "editors" / "vim" / "feedback-lint.vim"
PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
ALE = Path("/usr/share/vim-ale")

pytestmark = pytest.mark.skipif("FEEDBACK_LINT_EDITORS" not in os.environ, reason="run by “make editors”")


def test_findings_are_shown_and_mended_while_a_draft_is_edited(tmp_path: Path) -> None:
    found = play("Mend", tmp_path)
    # Vim counts columns in bytes: what stands before is ASCII, so that this is the emoji.
    assert (found["count"], found["place"]) == (1, [5, 26])
    assert (found["second"], found["left"]) == (7, 0)
    assert found["mended"] == "Would you be willing to send me your feedback?"


def test_what_stands_beside_an_emoji_is_mended(tmp_path: Path) -> None:
    wanted = "Thank you for your time. What could I do to be a stronger candidate for another gardener role?"
    assert play("MendBesideEmoji", tmp_path)["mended"] == wanted


def test_hover_tells_why(tmp_path: Path) -> None:
    found = play("Hover", tmp_path)
    assert "asks for the reason" in found["hover"]
    assert "Sources: seed" in found["hover"]


def play(does: str, tmp_path: Path) -> dict[str, Any]:
    """What was seen in Vim by a function of vim.vim."""
    vim = shutil.which("vim")
    if vim is None or not ALE.exists() or shutil.which("script") is None:
        pytest.skip("Vim, ALE or script is not installed: apt-get install vim vim-ale bsdutils")
    draft, seen = tmp_path / "draft.txt", tmp_path / "seen.json"
    shutil.copy(HERE / "draft.txt", draft)
    command = shlex.join([vim, "-u", str(HERE / "vim.vim"), "-i", "NONE", "-n", str(draft)])
    environment = {
        "PATH": PATH,
        "PLUGIN": str(CONFIGURATION),
        "DOES": does,
        "SEEN": str(seen),
        "TERM": "xterm",
        "HOME": str(tmp_path),
    }
    subprocess.run(
        ["script", "--quiet", "--return", "--command", command, "/dev/null"],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=45,
        check=False,
    )
    told = seen.read_text(encoding="utf-8")
    assert told.startswith("{"), told
    return dict(json.loads(told))
