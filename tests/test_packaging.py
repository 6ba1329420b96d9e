"""The rules are found in a checkout, in an editable install, and in the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]
WHERE = """
from feedback_lint.rule_files import load_ruleset
from feedback_lint.rule_folders import built_in
print(built_in(), len(load_ruleset().rules))
"""


def ask(python_path: Path, cwd: Path) -> list[str]:
    """The folder of rules and their number, as told by a program that finds the package in `python_path`."""
    command = [
        sys.executable,
        "-S",
        "-c",
        f"import sys, site; sys.path.insert(0, {str(python_path)!r}); site.main(); {WHERE}",
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=cwd).stdout.split()


def build(version: str, folder: Path) -> Path:
    """The wheel of that hatchling version ("standard" or "editable"), unpacked."""
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=[version]))
    unpacked = folder / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)
    return unpacked


def test_a_checkout_finds_the_folder_at_its_top(tmp_path: Path) -> None:
    assert ask(ROOT / "src", tmp_path)[0] == str(ROOT / "rules")


def test_an_editable_install_leads_to_the_checkout(tmp_path: Path) -> None:
    (link,) = build("editable", tmp_path).glob("*.pth")
    assert ask(Path(link.read_text().strip()), tmp_path)[0] == str(ROOT / "rules")


def test_the_wheel_carries_its_rules(tmp_path: Path) -> None:
    unpacked = build("standard", tmp_path)
    folder, number = ask(unpacked, tmp_path)
    assert folder == str(unpacked / "feedback_lint" / "rules")
    assert int(number) == len(list((ROOT / "rules").glob("[a-z]*/*.yaml")))


@pytest.mark.parametrize("name", ["py.typed", "rules/_vocabulary/people.yaml", "rules/_signals/thanks.yaml"])
def test_the_wheel_carries_what_the_package_needs(tmp_path: Path, name: str) -> None:
    assert (build("standard", tmp_path) / "feedback_lint" / name).is_file()
