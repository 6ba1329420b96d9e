from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedback_lint.globs import as_glob


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern leads through the parts of a path to its end."""
    glob = as_glob(Path(pattern))
    assert glob is not None
    reached = glob.start
    for name in Path(path).relative_to(glob.base).parts:
        reached = glob.after(reached, name)
    return glob.matches(reached)


@pytest.mark.parametrize(
    ("pattern", "path", "is_matched"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "b/a.txt", False),
        ("*.txt", ".a.txt", False),
        (".*.txt", ".a.txt", True),
        ("?.txt", "a.txt", True),
        ("?.txt", "ab.txt", False),
        ("[ab].txt", "b.txt", True),
        ("[!ab].txt", "b.txt", False),
        ("**/*.txt", "a.txt", True),
        ("**/*.txt", "b/c/a.txt", True),
        ("**/*.txt", "b/.c/a.txt", False),
        ("**/.c/*.txt", "b/.c/a.txt", True),
        ("drafts/**/old/*.txt", "drafts/old/a.txt", True),
        ("drafts/**/old/*.txt", "drafts/x/old/y/old/a.txt", True),
        ("drafts/**/old/*.txt", "drafts/x/a.txt", False),
        ("drafts/**", "drafts/x/a.txt", True),
        ("*/a.txt", "x/a.txt", True),
        ("*/a.txt", "a.txt", False),
        ("../*/a.txt", "../x/a.txt", True),
    ],
)
def test_a_pattern_matches(pattern: str, path: str, is_matched: bool) -> None:
    assert matches(pattern, path) == is_matched


def test_a_search_begins_at_the_last_folder_that_is_spelt() -> None:
    glob = as_glob(Path("drafts/old/*/x.txt"))
    assert glob is not None
    assert (glob.base, glob.parts) == (os.path.join("drafts", "old"), ("*", "x.txt"))
    top = as_glob(Path("/*.txt"))
    assert top is not None
    assert top.base == "/"


def test_a_path_without_signs_is_no_pattern() -> None:
    assert as_glob(Path("drafts/a{b,c}.txt")) is None


@pytest.mark.parametrize(
    ("pattern", "names_files", "is_spelt"),
    [
        ("drafts/*", False, False),
        ("drafts/**", False, False),
        ("drafts/*.draft", True, False),
        ("**/README.md", True, True),
    ],
)
def test_what_a_pattern_says_of_files(pattern: str, names_files: bool, is_spelt: bool) -> None:
    glob = as_glob(Path(pattern))
    assert glob is not None
    assert (glob.names_files, glob.is_spelt) == (names_files, is_spelt)
