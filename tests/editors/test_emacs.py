"""The configuration in `editors/emacs`, in Emacs itself, without a screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CONFIGURATION = HERE.parents[1] / "editors" / "emacs"
PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))


@pytest.fixture
def emacs() -> str:
    """Emacs with eglot."""
    found = shutil.which("emacs")
    if found is None:
        pytest.skip("Emacs is not installed: apt-get install emacs-nox elpa-eglot")
    if subprocess.run([found, "--batch", "--eval", "(require 'eglot)"], capture_output=True, check=False).returncode:
        pytest.skip("Emacs has no eglot: apt-get install elpa-eglot")
    return found


def test_findings_are_shown_explained_and_mended(emacs: str, tmp_path: Path) -> None:
    draft, seen = tmp_path / "draft.txt", tmp_path / "seen.json"
    shutil.copy(HERE / "draft.txt", draft)
    done = subprocess.run(
        [emacs, "--batch", "-L", CONFIGURATION, "-l", HERE / "emacs.el"],
        env={**os.environ, "HOME": str(tmp_path), "PATH": PATH, "DRAFT": str(draft), "SEEN": str(seen)},
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(seen.read_text(encoding="utf-8"))
    assert (told["count"], told["words"]) == (1, "😀 Why was I turned down for the role")
    assert "Sources: seed" in told["hover"]
    assert "time. What could I do to be a stronger candidate for another gardener role?\n" in told["text"]
    assert told["second"].startswith("Send me your feedback")
