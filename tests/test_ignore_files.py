from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback_lint.files import find_drafts
from feedback_lint.ignore_files import Ignores, above, compiled, ignored_by, within
from feedback_lint.input import InputError

NAMES = ("a.txt", "b.txt", "ab.txt", "c d.txt", "[a].txt", "é.txt", "#a.txt", "!b.txt", "x .txt")
FOLDERS = ("", "a", "b", "ab", "a/a", "a/b", "b/a", "a/b/a")
NO_SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "XDG_CONFIG_HOME": os.devnull}

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is the oracle")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    for folder in FOLDERS:
        for name in NAMES:
            make(f"{folder}/{name}" if folder else name)
    return tmp_path


def git(*words: str) -> bytes:
    return subprocess.run(["git", *words], check=True, capture_output=True, env={**os.environ, **NO_SETTINGS}).stdout


def make(name: str, text: str = "x") -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def drafts(path: str = ".") -> set[str]:
    return {file.as_posix() for file in find_drafts([Path(path)]).files}


def drafts_by_git() -> set[str]:
    others = git("ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
    return {os.fsdecode(name) for name in others if name.endswith(b".txt")}


@needs_git
@pytest.mark.parametrize(
    "ignoring",
    [
        {".gitignore": "a.txt"},
        {".gitignore": "/a.txt\n# b.txt\n\\#a.txt\n\\!b.txt"},
        {".gitignore": "a/\n"},
        {".gitignore": "a.txt/\nb"},
        {".gitignore": "a/b"},
        {".gitignore": "a/**\n"},
        {".gitignore": "**/b/a.txt\na/**/a.txt"},
        {".gitignore": "*\n!*/\n!a.txt"},
        {".gitignore": "*\n!a.txt"},
        {".gitignore": "/*\n!/a\n/a/*\n!/a/b"},
        {".gitignore": "/**\n!/**/a*\n"},
        {".gitignore": "a\n!a/a.txt"},
        {".gitignore": "b.txt\na\n!a/\n"},
        {".gitignore": "*.txt\n!a/\n"},
        {".gitignore": "***/a.txt"},
        {".gitignore": "[ab].txt\n[[]a].txt\n[!a]b.txt\n[^a-z#] *"},
        {".gitignore": "?.txt\n??.txt"},
        {".gitignore": "a.txt   \nb.txt\t\nx\\ .txt\\ \n"},
        {".gitignore": "x .txt\r\nc d.txt\r\n"},
        {".gitignore": "\ufeffa.txt"},
        {".gitignore": "[ab\na\\\n!\n//\n/\n[b-a]x\n\n   \nb.txt"},
        {".gitignore": "*.txt", "a/.gitignore": "!a.txt"},
        {".gitignore": "a.txt", "a/.gitignore": "!a.txt", "a/b/.gitignore": "/a.txt"},
        {".gitignore": "a", "a/.gitignore": "!*"},
        {".gitignore": "!a.txt", ".git/info/exclude": "*.txt"},
        {"a/.gitignore": "/a\nb/a.txt\n", "b/.gitignore": "*"},
    ],
)
def test_what_git_ignores_is_ignored(repository: Path, ignoring: dict[str, str]) -> None:
    everything = drafts()
    for name, text in ignoring.items():
        (repository / name).write_bytes(text.encode())
    assert drafts() == drafts_by_git() != everything


_PARTS = ["a", "b", "ab", "*", "**", "***", "?", "a*", "*b", "*.txt", "a.txt", "[ab]", "[]a]", "[[]a].txt"]
_PARTS += ["\\a", "\\*", "é*", "é.txt", "c d.txt", "\\!b.txt", "#a.txt", "x\\ .txt", "x .txt", "!"]
_lines = st.builds(
    lambda sign, parts, between, end: sign + between.join(parts) + end,
    st.sampled_from(["", "", "!", "/", "!/"]),
    st.lists(st.sampled_from(_PARTS), min_size=1, max_size=3),
    st.sampled_from(["/", "/**/"]),
    st.sampled_from(["", "", "/", "/*", "/**", " ", "\t", "\r"]),
)
_files = st.dictionaries(
    st.sampled_from([".gitignore", "a/.gitignore", "a/b/.gitignore", ".git/info/exclude"]),
    st.lists(_lines, min_size=1, max_size=4).map("\n".join),
    min_size=1,
)


@needs_git
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ignoring=_files)
def test_git_agrees(repository: Path, ignoring: dict[str, str]) -> None:
    for name, text in ignoring.items():
        (repository / name).write_bytes(text.encode())
    try:
        assert drafts() == drafts_by_git()
    finally:
        for name in ignoring:
            (repository / name).unlink()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_our_own_file_has_the_last_word_in_its_folder_and_needs_no_git(folder: Path) -> None:
    for name in ("a.txt", "b.txt", "sub/a.txt", "sub/b.txt"):
        make(name)
    make(".gitignore", "a.txt\n")
    make(".feedbacklintignore", "!a.txt\nb.txt\n")
    assert drafts() == {"a.txt", "sub/a.txt"}
    make("sub/.gitignore", "a.txt\n!b.txt")
    assert drafts() == {"a.txt", "sub/b.txt"}


def test_above_the_searched_folder_gitignore_counts_within_a_repository_only(folder: Path) -> None:
    for name in ("repo/drafts/a.txt", "repo/drafts/b.txt", "repo/drafts/c.txt"):
        make(name)
    make(".gitignore", "c.txt")
    make("repo/.gitignore", "a.txt")
    assert drafts("repo/drafts") == {"repo/drafts/a.txt", "repo/drafts/b.txt", "repo/drafts/c.txt"}
    make("repo/.git", "gitdir: elsewhere")
    assert drafts("repo/drafts") == {"repo/drafts/b.txt", "repo/drafts/c.txt"}
    make(".feedbacklintignore", "c.txt")
    assert drafts("repo/drafts") == {"repo/drafts/b.txt"}


def test_a_repository_within_another_has_its_own_rules(folder: Path) -> None:
    make("inner/a.txt")
    make("inner/b.txt")
    make("a.txt")
    Path(".git").mkdir()
    make(".gitignore", "a.txt")
    make(".feedbacklintignore", "b.txt")
    Path("inner/.git").mkdir()
    assert drafts() == drafts("inner") == {"inner/a.txt"}


def test_a_folder_that_is_named_is_searched_though_it_is_ignored(folder: Path) -> None:
    make("private/a.txt")
    make("public.txt")
    Path(".git").mkdir()
    make(".gitignore", "private/\n")
    assert drafts() == {"public.txt"}
    assert drafts("private") == {"private/a.txt"}


def test_a_file_that_is_named_is_taken_though_it_is_ignored(folder: Path) -> None:
    make("a.txt")
    make(".gitignore", "*")
    assert drafts("a.txt") == {"a.txt"}


def test_patterns_hold_where_a_link_leads_to_the_folder(folder: Path) -> None:
    make("repo/drafts/a.txt")
    make("repo/drafts/b.txt")
    Path("repo/.git").mkdir()
    make("repo/.gitignore", "/drafts/a.txt")
    Path("link").symlink_to("repo/drafts")
    assert drafts("link") == {"link/b.txt"}


def test_bytes_that_are_not_utf_8_match_the_same_bytes(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        make(name)
    except OSError:
        pytest.skip("this file system has only names in UTF-8")
    make("b.txt")
    assert drafts() == {name, "b.txt"}
    Path(".gitignore").write_bytes(b"caf\xe9.txt\n")
    assert drafts() == {"b.txt"}


def test_an_ignore_file_that_cannot_be_read_is_an_error_and_the_search_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("a.txt")
    make(".gitignore", "a.txt")
    read_bytes = Path.read_bytes

    def closed(path: Path) -> bytes:
        if path.name == ".gitignore":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", closed)
    found = find_drafts([Path()])
    assert found.files == (Path("a.txt"),)
    assert [(e.path, str(e)) for e in found.errors] == [(".gitignore", "This file cannot be read: Permission denied.")]


def test_what_is_no_file_holds_no_patterns(folder: Path) -> None:
    make("a.txt")
    Path(".gitignore").mkdir()
    os.mkfifo(".feedbacklintignore")
    assert drafts() == {"a.txt"}


def test_the_file_that_ignores_is_told(folder: Path) -> None:
    errors: list[InputError] = []
    make(".feedbacklintignore", "*.txt")
    make(".gitignore", "!a.txt\nb")
    ignores = within((), str(folder), "", {".gitignore", ".feedbacklintignore"}, errors)

    def by(name: str, ignores: Ignores = ignores, *, is_folder: bool = False) -> str | None:
        file = ignored_by(ignores, str(folder / name), is_folder=is_folder)
        return file.path if file else None

    assert by("a.txt") == ".feedbacklintignore"
    assert by("b", is_folder=True) == ".gitignore"
    assert by("c", is_folder=True) is None
    assert by("sub/a.txt", above(str(folder / "sub"), errors)) == str(folder / ".feedbacklintignore")
    assert not errors


def test_no_pattern_warns(folder: Path) -> None:
    with warnings.catch_warnings(action="error"):
        assert len(list(compiled("[[:alpha:]]*[a&&b]"))) == 1


@pytest.mark.parametrize("text", ["", "# Only a remark\n\n  \n"])
def test_pathspec_is_imported_for_patterns_only(folder: Path, text: str) -> None:
    make("a.txt")
    make(".gitignore", text)
    code = "import sys; from pathlib import Path; from feedback_lint.files import find_drafts; find_drafts([Path()])"
    show = "print('pathspec' in sys.modules)"

    def shown() -> str:
        return subprocess.run([sys.executable, "-c", f"{code}; {show}"], capture_output=True, text=True).stdout.strip()

    assert shown() == "False"
    make(".gitignore", f"{text}b.txt\n")
    assert shown() == "True"
