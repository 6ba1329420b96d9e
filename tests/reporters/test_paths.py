from __future__ import annotations

from pathlib import Path

import pytest

from feedback_lint.reporters.paths import below_here, in_repository


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("path", ["a/b.txt", "./a/b.txt", "a/../a//b.txt", "../here/a/b.txt"])
def test_a_file_below(path: str, here: Path) -> None:
    assert below_here(path) == below_here(str(here / path)) == in_repository(path) == "a/b.txt"


def test_a_file_elsewhere(here: Path) -> None:
    assert below_here("../here-too/b.txt") is None
    assert in_repository("../here-too/b.txt") == str(here.parent / "here-too" / "b.txt")


def test_the_folder_itself() -> None:
    assert below_here("") == below_here(".") == "."


def test_bytes_that_are_no_text() -> None:
    assert below_here("caf\udce9") == "caf\udce9"
    assert in_repository("caf\udce9") == "caf\\udce9"
