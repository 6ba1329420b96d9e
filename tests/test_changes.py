from __future__ import annotations

import difflib
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reporters.builders import diagnostic, report

from feedback_lint.changes import Changes, ChangesError, parse, since
from feedback_lint.report import Report

GIT_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_diff = pytest.mark.skipif(shutil.which("diff") is None, reason="diff is not installed")


def run(*command: str | Path | bytes, folder: Path, status: int = 0) -> bytes:
    environment = {**os.environ, **GIT_ENVIRONMENT}
    done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout


class Repository:
    """A git repository to be changed by tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str | Path) -> bytes:
        return run("git", *arguments, folder=self.folder)

    def write(self, name: str | bytes, *lines: str) -> Path:
        path = self.folder / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("".join(f"{line}\n" for line in lines).encode())
        return path

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "x")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIT_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path: Path, environment: None) -> Repository:
    return Repository(tmp_path / "repo")


def changed(changes: Changes, path: Path, last: int = 30) -> list[int]:
    """The lines of a file that changed, up to `last`."""
    return [line for line in range(1, last + 1) if changes.touches(path, line, line)]


LETTER = [f"line {n}" for n in range(1, 11)]


# ---- since


@needs_git
def test_what_is_committed_staged_and_not_yet_all_counts(repository: Repository) -> None:
    letters = [repository.write(name, *LETTER) for name in ("a.txt", "b.txt", "c.txt", "same.txt")]
    repository.commit()
    repository.git("switch", "--quiet", "--create", "mine")
    repository.write("a.txt", *LETTER[:2], "new", *LETTER[3:])
    repository.commit()
    repository.write("b.txt", *LETTER, "new")
    repository.git("add", "b.txt")
    repository.write("c.txt", "new", *LETTER)
    found = since("main", letters)
    assert [changed(found, path) for path in letters] == [[3], [11], [1], []]
    assert [found.has(path) for path in letters] == [True, True, True, False]


@needs_git
def test_what_the_others_did_meanwhile_does_not_count(repository: Repository) -> None:
    letter, other = repository.write("a.txt", *LETTER), repository.write("b.txt", *LETTER)
    repository.commit()
    repository.git("switch", "--quiet", "--create", "mine")
    repository.write("a.txt", "new", *LETTER[1:])
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.write("b.txt", "theirs", *LETTER[1:])
    repository.commit()
    repository.git("switch", "--quiet", "mine")
    found = since("main", [letter])
    assert (changed(found, letter), changed(found, other)) == ([1], [])


@needs_git
def test_an_untracked_file_is_new_unless_it_is_ignored(repository: Repository) -> None:
    repository.write(".gitignore", "out/")
    repository.commit()
    new, ignored = repository.write("letters/new.txt", *LETTER), repository.write("out/x.txt", *LETTER)
    found = since("HEAD", [new, ignored])
    assert found.touches(new, 500, 500)
    assert not found.has(ignored)


@needs_git
def test_a_renamed_file_has_changed_where_its_lines_did(repository: Repository) -> None:
    repository.write("old.txt", *LETTER)
    repository.commit()
    repository.git("mv", "old.txt", "new.txt")
    new = repository.write("new.txt", *LETTER[:4], "new", *LETTER[5:])
    repository.git("add", "new.txt")
    assert changed(since("HEAD", [new]), new) == [5]


@needs_git
@pytest.mark.parametrize(
    "name",
    ["a b.txt", "b/b.txt", 'quote"d.txt', "back\\slash.txt", "tab\there.txt", "café.txt", b"caf\xe9.txt",
     "new\nline.txt", "a and b.txt", "a/a b/a.txt", "ends \r"],
)  # fmt: skip
@pytest.mark.parametrize("quote_path", ["true", "false"])
def test_any_name_is_read(repository: Repository, name: str | bytes, quote_path: str) -> None:
    repository.git("config", "core.quotePath", quote_path)
    letter = repository.write(name, *LETTER)
    repository.commit()
    repository.write(name, *LETTER[:6], "new", *LETTER[7:])
    assert changed(since("HEAD", [letter]), letter) == [7]
    assert changed(parse(repository.git("diff"), repository.folder), letter) == [7]


@needs_git
@pytest.mark.parametrize(
    ("key", "value"),
    [("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("diff.context", "9"), ("color.ui", "always"),
     ("diff.interHunkContext", "9"), ("diff.relative", "true"), ("diff.external", "false"), ("diff.renames", "copies"),
     ("diff.suppressBlankEmpty", "true"), ("core.pager", "false"), ("diff.wsErrorHighlight", "all")],
)  # fmt: skip
def test_no_setting_of_git_gets_in_the_way(repository: Repository, key: str, value: str) -> None:
    letter = repository.write("b/x.txt", *LETTER)
    repository.write("x.txt", *LETTER)
    repository.commit()
    repository.git("config", key, value)
    repository.write("b/x.txt", *LETTER[:6], "", *LETTER[7:])
    assert changed(since("HEAD", [letter]), letter) == [7]
    assert not since("HEAD", [letter]).has(repository.folder / "x.txt")


@needs_git
def test_a_hook_for_another_repository_does_not_mislead(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit()
    letter = repository.write("x.txt", *LETTER)
    other = Repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.folder / ".git/index"))
    monkeypatch.setenv("GIT_DIFF_OPTS", "-u9")
    assert since("HEAD", [letter]).has(letter)


@needs_git
def test_several_repositories_and_links(repository: Repository, tmp_path: Path) -> None:
    inner = Repository(repository.folder / "letters/inner")
    outer_letter, inner_letter = repository.write("letters/x.txt", *LETTER), inner.write("y.txt", *LETTER)
    inner.commit()
    repository.write(".gitignore", "inner/")
    repository.commit()
    repository.write("letters/x.txt", "new", *LETTER[1:])
    inner.write("y.txt", *LETTER[:1], "new", *LETTER[2:])
    (tmp_path / "link").symlink_to(repository.folder / "letters")
    found = since("HEAD", [outer_letter, inner_letter])
    assert (changed(found, outer_letter), changed(found, inner_letter)) == ([1], [2])
    assert changed(since("HEAD", [tmp_path / "link/x.txt"]), tmp_path / "link/x.txt") == [1]


@needs_git
def test_a_link_that_leads_elsewhere_is_all_new(repository: Repository) -> None:
    repository.write("old.txt", *LETTER)
    repository.write("new.txt", *LETTER)
    link = repository.folder / "link.txt"
    link.symlink_to("old.txt")
    repository.commit()
    link.unlink()
    link.symlink_to("new.txt")
    found = since("HEAD", [link])
    assert changed(found, link, last=10) == list(range(1, 11))
    assert not found.has(repository.folder / "new.txt")


@needs_git
def test_a_file_that_git_takes_for_binary_is_all_new(repository: Repository) -> None:
    letter = repository.write("x.txt")
    letter.write_bytes("Dear Ana,\n".encode("utf-16"))
    repository.commit()
    letter.write_bytes("Dear Ana,\nHello\n".encode("utf-16"))
    assert since("HEAD", [letter]).touches(letter, 9, 9)


@needs_git
@pytest.mark.parametrize(
    "rev", ["--output=stolen", "-", "", "nosuch", "HEAD..HEAD", "HEAD:x.txt", "a b", "x\0y", "\udce9"]
)
def test_a_revision_that_is_none(repository: Repository, rev: str) -> None:
    letter = repository.write("x.txt", *LETTER)
    repository.commit()
    with pytest.raises(ChangesError, match=r"no revision.*: name a branch, a tag or a commit\."):
        since(rev, [letter])
    assert sorted(os.listdir(repository.folder)) == [".git", "x.txt"]


@needs_git
def test_no_repository(tmp_path: Path, environment: None) -> None:
    letter = tmp_path / "x.txt"
    letter.write_text("x")
    with pytest.raises(ChangesError, match=r"x\.txt: this lies in no git repository"):
        since("HEAD", [letter])


@needs_git
def test_a_repository_that_git_refuses(repository: Repository) -> None:
    letter = repository.write("x.txt", *LETTER)
    repository.commit()
    (repository.folder / ".git/config").write_text("[broken")
    with pytest.raises(ChangesError, match=r"^git cannot tell what changed in .*: bad config .*\.$"):
        since("HEAD", [letter])


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ChangesError, match="install it, or give a diff"):
        since("HEAD", [tmp_path / "x.txt"])


@needs_git
def test_a_shallow_clone_says_what_to_do(repository: Repository, tmp_path: Path) -> None:
    repository.write("x.txt", *LETTER)
    repository.commit()
    repository.git("branch", "mine")
    repository.write("x.txt", "theirs")
    repository.commit()
    repository.git("switch", "--quiet", "mine")
    repository.write("y.txt", "mine")
    repository.commit()
    run("git", "clone", "--quiet", "--depth=1", f"file://{repository.folder}", "clone", folder=tmp_path)
    clone = tmp_path / "clone"
    with pytest.raises(ChangesError, match=r"no revision “origin/main” .* shallow: fetch more"):
        since("origin/main", [clone / "y.txt"])
    run("git", "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main", folder=clone)
    with pytest.raises(ChangesError, match=r"no commit in common; .* shallow: fetch more"):
        since("origin/main", [clone / "y.txt"])
    run("git", "fetch", "--quiet", "--unshallow", "origin", folder=clone)
    assert since("origin/main", [clone / "y.txt"]).has(clone / "y.txt")


@needs_git
def test_branches_without_a_common_past(repository: Repository) -> None:
    letter = repository.write("x.txt", *LETTER)
    repository.commit()
    repository.git("switch", "--quiet", "--orphan", "other")
    repository.commit()
    repository.write("x.txt", *LETTER)
    with pytest.raises(ChangesError, match=r"have no commit in common\.$"):
        since("main", [letter])


# ---- parse: diffs

# Lines that a reader of diffs may take for its own.
TRICKY = [
    "",
    " ",
    "-",
    "+",
    "-- x",
    "++ y",
    "@@ -1 +1 @@",
    "\\ No",
    "\r",
    "a\rb",
    "\x0c",
    "diff --git a/x b/x",
    "é",
    "\u2028",
]
texts = st.lists(st.sampled_from([*TRICKY, *"abcde"]), max_size=12)


def gaps(changes: Changes, path: Path, last: int = 30) -> list[int]:
    """The lines after which something was deleted and nothing put in; none of the lines around it may have changed."""
    return [
        n
        for n in range(1, last)
        if changes.touches(path, n, n + 1)
        and not changes.touches(path, n, n)
        and not changes.touches(path, n + 1, n + 1)
    ]


@given(old=texts, new=texts, context=st.integers(0, 4), prefixes=st.sampled_from([("a/", "b/"), ("", "")]))
def test_a_diff_of_the_standard_library(
    old: list[str], new: list[str], context: int, prefixes: tuple[str, str]
) -> None:
    left, right = ([f"{line}\n" for line in lines] for lines in (old, new))
    before, after = (f"{prefix}x.txt" for prefix in prefixes)
    diff = "".join(difflib.unified_diff(left, right, before, after, n=context))
    found = parse(diff.encode(), Path("/nowhere"))
    codes = difflib.SequenceMatcher(None, left, right).get_opcodes()
    there = Path("/nowhere/x.txt")
    assert changed(found, there) == [n + 1 for code, _, _, a, b in codes if code != "equal" for n in range(a, b)]
    assert gaps(found, there) == [a for code, _, _, a, _ in codes if code == "delete" and a > 0]
    assert found.deleted_in(there) == any(i2 - i1 > j2 - j1 for _, i1, i2, j1, j2 in codes)
    assert found.has(there) == (left != right)


@needs_diff
@settings(max_examples=60)
@given(
    old=texts,
    new=texts,
    ends=st.tuples(st.booleans(), st.booleans()),
    option=st.sampled_from(["-U0", "-u", "-U9"]),
)
def test_a_diff_of_diff(
    tmp_path_factory: pytest.TempPathFactory, old: list[str], new: list[str], ends: tuple[bool, bool], option: str
) -> None:
    folder = tmp_path_factory.mktemp("diff")
    for name, lines, end in zip(("old.txt", "new.txt"), (old, new), ends, strict=True):
        (folder / name).write_bytes(("\n".join(lines) + "\n" * end).encode())
    different = (folder / "old.txt").read_bytes() != (folder / "new.txt").read_bytes()
    exactly = "-a", "--horizon-lines=99"  # otherwise the number of lines around changes sways which are taken
    diff = run("diff", *exactly, option, "old.txt", "new.txt", folder=folder, status=int(different))
    told = run(
        "diff", *exactly, "--old-line-format=", "--unchanged-line-format=", "--new-line-format=%dn\n",
        "old.txt", "new.txt", folder=folder, status=int(different),
    )  # fmt: skip
    found = parse(diff, folder)
    assert changed(found, folder / "new.txt") == [int(n) for n in told.split()]


@needs_git
@settings(max_examples=15)
@given(old=texts, new=texts)
def test_git_tells_the_same_however_it_is_asked(
    tmp_path_factory: pytest.TempPathFactory, old: list[str], new: list[str]
) -> None:
    repository = Repository(tmp_path_factory.mktemp("git"))
    letter = repository.write("b/x.txt", *old)
    repository.commit()
    repository.write("b/x.txt", *new)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in GIT_ENVIRONMENT.items():
            patch.setenv(name, value)
        expected = since("HEAD", [letter])
    for options in (
        ["-U0"],
        ["-U3"],
        ["-U99"],
        ["--no-prefix"],
        ["--src-prefix=i/", "--dst-prefix=w/"],
        ["--relative"],
    ):
        for folder in (repository.folder, letter.parent):
            diff = run("git", "diff", "--text", *options, folder=folder)
            assert parse(diff, folder) == expected, options


@needs_diff
def test_a_diff_of_two_folders(tmp_path: Path) -> None:
    for folder, line in (("old", "x"), ("new", "y")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a b.txt").write_text(f"1\n{line}\n3\n")
    (tmp_path / "new/added.txt").write_text("1\n")
    (tmp_path / "new/image.bin").write_bytes(b"\0")
    (tmp_path / "old/image.bin").write_bytes(b"\0\0")
    diff = run("diff", "-ruN", "old", "new", folder=tmp_path, status=1)
    for place in (tmp_path, tmp_path / "new"):
        found = parse(diff, place)
        assert changed(found, tmp_path / "new/a b.txt") == [2]
        assert changed(found, tmp_path / "new/added.txt") == [1]
        assert found.has(tmp_path / "new/image.bin")
    with pytest.raises(ChangesError, match=r"^Line 1 .*diff -N"):
        parse(b"Only in new: added.txt\n", tmp_path)


@needs_git
def test_new_deleted_copied_renamed_and_binary_files_of_a_git_diff(repository: Repository) -> None:
    for name in ("gone.txt", "renamed.txt", "mode.txt"):
        repository.write(name, name, *LETTER)
    repository.folder.joinpath("b.bin").write_bytes(b"\0")
    repository.commit()
    for name in ("empty.txt", "new file.txt"):
        repository.write(name, *LETTER[: len(name) - 9])
    repository.git("mv", "renamed.txt", "moved.txt")
    repository.git("rm", "--quiet", "gone.txt")
    repository.folder.joinpath("mode.txt").chmod(0o755)
    repository.folder.joinpath("b.bin").write_bytes(b"\0\0")
    repository.git("add", "--all")
    for options in ([], ["--binary"]):
        found = parse(repository.git("diff", "--cached", *options), repository.folder)
        there = [path.name for path in repository.folder.iterdir() if found.has(path)]
        assert sorted(there) == ["b.bin", "empty.txt", "new file.txt"]
        assert found.touches(repository.folder / "empty.txt", 1, 1)


@needs_git
def test_a_patch_with_a_letter_around_it(repository: Repository) -> None:
    letter = repository.write("x.txt", *LETTER)
    repository.commit()
    repository.write("x.txt", *LETTER[:2], "-- x", "new", *LETTER[3:])
    repository.commit()
    assert changed(parse(repository.git("format-patch", "--stdout", "-1"), repository.folder), letter) == [3, 4]
    assert changed(parse(repository.git("show"), repository.folder), letter) == [3, 4]


@needs_git
def test_folders_that_are_called_like_the_prefixes_of_git(repository: Repository) -> None:
    both = [repository.write(name, *LETTER) for name in ("x.txt", "b/x.txt")]
    repository.commit()
    for here, options in ((0, []), (1, []), (1, ["--no-prefix"])):
        repository.git("checkout", "--quiet", ".")
        both[here].write_text("new\n")
        found = parse(repository.git("diff", *options), repository.folder)
        assert [found.has(path) for path in both] == [here == 0, here == 1], options
    plain = parse(b"--- a/x.txt\n+++ b/x.txt\n@@ -1 +1 @@\n-a\n+b\n", repository.folder)
    assert [plain.has(path) for path in both] == [False, True]


@needs_git
def test_several_diffs_in_one(repository: Repository) -> None:
    first, second = (repository.write(name, *LETTER) for name in ("x.txt", "y.txt"))
    repository.commit()
    repository.write("x.txt", "new", *LETTER[1:])
    plain = b"--- y.txt\n+++ y.txt\n@@ -2 +2 @@\n-a\n+b\n"
    found = parse(repository.git("diff") + plain + plain.replace(b"2", b"9"), repository.folder)
    assert (changed(found, first), changed(found, second)) == ([1], [2, 9])


def test_a_byte_order_mark_and_line_ends_of_windows(tmp_path: Path) -> None:
    diff = b"\xef\xbb\xbf--- a/x.txt\n+++ b/x.txt\n@@ -1,2 +1,2 @@\n one\n\n-two\n+three\n".replace(b"\n\n", b"\n")
    assert changed(parse(diff.replace(b"\n", b"\r\n"), tmp_path), tmp_path / "x.txt") == [2]


HEAD = "--- x.txt\n+++ x.txt\n"


@pytest.mark.parametrize(
    ("diff", "line"),
    [
        (f"{HEAD}@@ oops @@\n", 3),
        (f"{HEAD}@@ -1 +1 @@\n-a\n", 3),
        (f"{HEAD}@@ -1 +1 @@\n-a\n-b\n+c\n", 5),
        (f"{HEAD}@@ -1,2 +1,2 @@\n-a\nhello\n+c\n", 5),
        ("@@ -1 +1 @@\n-a\n+b\n", 1),
        (f"{HEAD}@@ -{'9' * 5000} +1 @@\n", 3),
        ("diff --cc x.txt\n@@@ -1,1 -1,1 +1,1 @@@\n", 1),
        (f"{HEAD}@@ -1 +1 @@\n-a\n+b\n@@ -5 +5 @@\n", 6),
    ],
)
def test_a_broken_diff(diff: str, line: int) -> None:
    with pytest.raises(ChangesError, match=rf"^Line {line} of ") as told:
        parse(diff.encode(), Path())
    assert "hello" not in str(told.value)


diff_like = st.lists(st.sampled_from([*TRICKY, "--- a", "+++ b", "x.txt:3", "0", "@@ -1,2 +1 @@"])).map("\n".join)


@given(st.binary(max_size=80) | diff_like.map(str.encode))
def test_nothing_else_is_ever_raised(data: bytes) -> None:
    with suppress(ChangesError):
        parse(data, Path())


# ---- parse: lists


def test_a_list_of_places(tmp_path: Path) -> None:
    for name in ("a.txt", "b c", "d:e.txt"):
        (tmp_path / name).write_text("x")
    found = parse(b"a.txt:3\r\na.txt:7-9\n\nb c\nd:e.txt:2\ngone.txt\n", tmp_path)
    assert changed(found, tmp_path / "a.txt") == [3, 7, 8, 9]
    assert changed(found, tmp_path / "b c", 3) == [1, 2, 3]
    assert changed(found, tmp_path / "d:e.txt") == [2]


@needs_git
def test_names_that_git_lists_from_the_top(repository: Repository) -> None:
    letter = repository.write("letters/x.txt", *LETTER)
    repository.write("y.txt", *LETTER)
    assert parse(b"letters/x.txt\n", letter.parent).has(letter)
    assert parse(b"x.txt\n", letter.parent).has(letter)
    deeper = repository.write("letters/letters/x.txt", *LETTER)
    diff = (
        b"diff --git a/letters/x.txt b/letters/x.txt\n--- a/letters/x.txt\n+++ b/letters/x.txt\n@@ -1 +1 @@\n-a\n+b\n"
    )
    found = parse(diff, letter.parent)
    assert (found.has(letter), found.has(deeper)) == (True, False)


def test_nothing_changed(tmp_path: Path) -> None:
    for text in (b"", b"\n\n"):
        assert parse(text, tmp_path) == Changes()


@pytest.mark.parametrize(
    "line",
    ["x.txt:0", "x.txt:9-3", "x.txt:3-", "x.txt:-3", "x.txt:3:5", "x.txt:", "12c12", "< words of a mail.", "sub",
     "*** 1,5 ****", "x\0.txt", f"x.txt:{'9' * 5000}"],
)  # fmt: skip
def test_a_line_that_is_no_place(tmp_path: Path, line: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "x.txt").write_text("x")
    with pytest.raises(ChangesError, match=r"^Line 2 of ") as told:
        parse(f"x.txt\n{line}\n".encode(), tmp_path)
    assert "words" not in str(told.value)


# ---- judge

TEXT = "Dear Ana,\n\nWhy not me?\nTell me\nnow.\n\nBye\n"


@pytest.fixture
def letter(tmp_path: Path) -> Report:
    path = tmp_path / "x.txt"
    path.write_text(TEXT)
    found = [
        diagnostic(TEXT, quote, at=at, path=str(path), rule=rule)
        for rule, quote, at in (
            ("why", "Why not me?", None),
            ("order", "Tell me\nnow.", None),
            ("thanks", "", len(TEXT) - 1),
        )
    ]
    return report(TEXT, *found, path=str(path))


@pytest.mark.parametrize(
    ("listed", "rules"),
    [("1", ""), ("3", "why"), ("4", "order"), ("5", "order"), ("3-4", "why order"), ("7", "thanks"), ("8-9", "")],
)
def test_findings_on_changed_lines_are_kept(letter: Report, tmp_path: Path, listed: str, rules: str) -> None:
    found = parse(f"x.txt:{listed}".encode(), tmp_path).judge(letter)
    assert [d.rule for d in found.diagnostics] == rules.split()
    assert found.source is letter.source


def test_an_unchanged_file_has_no_findings_and_a_new_one_all(letter: Report, tmp_path: Path) -> None:
    assert parse(b"other.txt", tmp_path).judge(letter).diagnostics == ()
    assert parse(b"x.txt", tmp_path).judge(letter) == letter


@pytest.mark.parametrize(
    ("hunk", "rules"),
    [
        ("@@ -2,1 +1,0 @@\n-x\n", "thanks"),  # a line went, so thanks may have
        ("@@ -5,1 +4,0 @@\n-x\n", "order thanks"),  # and one went from the middle of a finding
        ("@@ -1,1 +1,1 @@\n-x\n+y\n", ""),
        ("@@ -1,3 +1,1 @@\n-x\n-x\n-x\n+y\n", "thanks"),
        ("@@ -1,0 +1,1 @@\n+y\n", ""),
    ],
)
def test_what_is_missing_counts_where_lines_were_deleted(letter: Report, tmp_path: Path, hunk: str, rules: str) -> None:
    found = parse(f"--- x.txt\n+++ x.txt\n{hunk}".encode(), tmp_path).judge(letter)
    assert [d.rule for d in found.diagnostics] == rules.split()


def test_lines_are_counted_as_git_counts_them(tmp_path: Path) -> None:
    text = "one\rstill one\r\ntwo: why?\n"
    found = report(text, diagnostic(text, "why?", path=str(tmp_path / "x.txt")), path=str(tmp_path / "x.txt"))
    assert found.diagnostics[0].start.line == 3
    assert parse(b"x.txt:2", tmp_path).judge(found) == found
    assert parse(b"x.txt:3", tmp_path).judge(found).diagnostics == ()


@pytest.mark.parametrize("text", ["one\n", "one"])
def test_the_end_of_a_file_belongs_to_its_last_line(tmp_path: Path, text: str) -> None:
    path = str(tmp_path / "x.txt")
    found = report(text, diagnostic(text, "", at=len(text), path=path), path=path)
    assert parse(b"--- x.txt\n+++ x.txt\n@@ -0,0 +1 @@\n+one\n", tmp_path).judge(found) == found
