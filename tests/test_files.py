from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedback_lint.files import find_drafts, rewrite, write_file
from feedback_lint.input import InputError, content


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("x", encoding="utf-8")


def found(*paths: str) -> list[str]:
    result = find_drafts(Path(p) for p in paths)
    assert result.errors == ()
    return [p.as_posix() for p in result.files]


def failed(*paths: str) -> list[tuple[str, str]]:
    return [(e.path, str(e)) for e in find_drafts(Path(p) for p in paths).errors]


def test_a_folder_is_searched_to_the_bottom_and_sorted(folder: Path) -> None:
    make("b.txt", "a/z/deep.TXT", "a/c.txt", "a/notes.pdf", "README")
    assert found(".") == ["a/c.txt", "a/z/deep.TXT", "b.txt"]


def test_hidden_names_are_taken_only_when_named(folder: Path) -> None:
    make("a.txt", ".git/x.txt", "._a.txt", ".drafts/sub/y.txt")
    assert found(".") == ["a.txt"]
    assert found(".drafts", "._a.txt") == ["._a.txt", ".drafts/sub/y.txt"]


def test_pages_about_the_project_are_taken_only_when_named(folder: Path) -> None:
    (folder / "README.md").write_text("# Ours")
    assert folder / "README.md" not in find_drafts([folder]).files
    assert find_drafts([folder / "README.md"]).files == (folder / "README.md",)


def test_a_named_file_may_have_any_extension(folder: Path) -> None:
    make("mail.draft")
    assert found("mail.draft") == ["mail.draft"]


def test_a_file_named_twice_is_taken_once(folder: Path) -> None:
    make("a/x.txt")
    assert found("a/x.txt", "a", "./a/../a/x.txt", str(folder / "a")) != []
    assert len(found("a/x.txt", "a", "a/../a/x.txt", str(folder / "a"))) == 1


def test_links_are_followed_and_loops_survived(folder: Path) -> None:
    make("a/x.txt", "elsewhere/y.txt")
    Path("a/loop").symlink_to(folder / "a")
    Path("a/up").symlink_to(folder)
    Path("a/link.txt").symlink_to("x.txt")
    assert found("a") == ["a/up/elsewhere/y.txt", "a/x.txt"]


def test_a_broken_link_is_skipped_in_a_folder_and_kept_when_named(folder: Path) -> None:
    make("x.txt")
    Path("gone.txt").symlink_to("nowhere")
    assert found(".") == ["x.txt"]
    assert found("gone.txt") == ["gone.txt"]


def test_a_pipe_in_a_folder_is_skipped(folder: Path) -> None:
    make("x.txt")
    os.mkfifo("pipe.txt")
    assert found(".") == ["x.txt"]


def test_what_is_not_there_is_an_error_and_the_rest_is_found(folder: Path) -> None:
    make("x.txt", "empty/notes.pdf")
    result = find_drafts([Path("nope"), Path("x.txt"), Path("empty")])
    assert [p.name for p in result.files] == ["x.txt"]
    assert [(e.path, str(e)[:17]) for e in result.errors] == [
        ("nope", "There is no such "),
        ("empty", "There is no draft"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every folder")
def test_a_closed_folder_is_an_error(folder: Path) -> None:
    make("x.txt", "closed/y.txt")
    Path("closed").chmod(0)
    assert failed(".") == [("closed", "This folder cannot be read: Permission denied.")]
    Path("closed").chmod(0o755)


def test_a_folder_that_cannot_be_read_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make("x.txt", "closed/y.txt")
    scandir = os.scandir

    def closed(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert failed(".", "x.txt") == [("closed", "This folder cannot be read: Permission denied.")]


def test_a_pattern_is_expanded(folder: Path) -> None:
    make("a.txt", "b.draft", "sub/c.draft", "sub/deep/d.draft", ".hidden/e.draft", "sub/.f.draft", "README.draft")
    assert found("*.draft") == ["b.draft"]
    assert found("**/*.draft") == ["b.draft", "sub/c.draft", "sub/deep/d.draft"]
    assert found("s?b/*.draft", "./[b-c].draft") == ["b.draft", "sub/c.draft"]
    assert found(".hidden/*.draft") == [".hidden/e.draft"]
    assert found(f"{folder}/*/c.*") == [f"{folder.as_posix()}/sub/c.draft"]


def test_a_pattern_of_stars_takes_what_a_folder_does(folder: Path) -> None:
    make("a.txt", "b.pdf", "sub/c.txt", "sub/d.pdf", "README.md")
    assert found("**") == found("**/*") == found("*") == ["a.txt", "sub/c.txt"]
    assert found("sub/*") == ["sub/c.txt"]


def test_a_folder_that_a_pattern_matches_is_searched(folder: Path) -> None:
    make("team-a/x/a.txt", "team-a/b.pdf", "team-b/c.txt", "other/d.txt")
    assert found("team-*") == ["team-a/x/a.txt", "team-b/c.txt"]


def test_pages_about_the_project_are_taken_by_a_pattern_only_when_spelt(folder: Path) -> None:
    make("a/README.md", "a/draft.md")
    assert found("**/*.md") == ["a/draft.md"]
    assert found("*/README.md") == ["a/README.md"]


def test_a_name_with_the_signs_of_a_pattern_is_a_name_first(folder: Path) -> None:
    make("[a].txt", "a.txt")
    assert found("[a].txt") == ["[a].txt"]


def test_a_pattern_skips_what_is_ignored(folder: Path) -> None:
    make("a.draft", "b.draft", "old/c.draft")
    Path(".gitignore").write_text("b.*\nold/\n", encoding="utf-8")
    assert found("**/*.draft") == ["a.draft"]
    assert failed("b*") == [
        ("b*", "All files that match this pattern are ignored by .gitignore; name a file to check it.")
    ]
    assert failed("*/c.*") == [
        ("*/c.*", "No draft matches this pattern; folders that are ignored by .gitignore were not searched.")
    ]


def test_a_pattern_without_a_match_is_an_error(folder: Path) -> None:
    make("a.txt")
    nothing = "No draft matches this pattern."
    assert failed("*.eml", "nowhere/*.txt", "a.txt/*") == [
        ("*.eml", nothing),
        ("nowhere/*.txt", nothing),
        ("a.txt/*", nothing),
    ]


def test_a_pattern_survives_loops(folder: Path) -> None:
    make("a/x.txt")
    for name in ("a/up", "a/again"):
        Path(name).symlink_to(folder)
    assert found("**/*.txt") == ["a/x.txt"]


def test_drafts_that_are_all_ignored_are_told(folder: Path) -> None:
    make("drafts/a.txt", "drafts/sub/b.txt")
    Path("drafts/.gitignore").write_text("/a.txt\n", encoding="utf-8")
    Path("drafts/sub/.feedbacklintignore").write_text("*\n", encoding="utf-8")
    by = " and ".join(str(Path("drafts", name)) for name in (".gitignore", "sub/.feedbacklintignore"))
    assert failed("drafts") == [
        ("drafts", f"All drafts in this folder are ignored by {by}; name a file to check it."),
    ]


def test_folders_that_are_ignored_are_told_where_there_is_no_draft(folder: Path) -> None:
    make("drafts/a.txt", "notes.pdf")
    Path(".gitignore").write_text("drafts\n", encoding="utf-8")
    [(path, message)] = failed(".")
    assert path == "."
    assert message.startswith("There is no draft (.txt, ")
    assert message.endswith("in this folder; folders that are ignored by .gitignore were not searched.")


def test_ignored_files_that_are_no_drafts_are_no_reason(folder: Path) -> None:
    make("notes.pdf")
    Path(".gitignore").write_text("*.pdf\n", encoding="utf-8")
    assert failed(".")[0][1].endswith("in this folder.")


def test_a_name_that_is_not_utf_8_is_found_and_read(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        make(name)
    except OSError:
        pytest.skip("this file system has only names in UTF-8")
    (file,) = find_drafts([Path()]).files
    assert os.fsencode(file) == b"caf\xe9.txt"
    assert content(file) == b"x"


def test_a_file_that_is_gone_when_it_is_read_is_an_error(folder: Path) -> None:
    make("x.txt")
    (file,) = find_drafts([folder]).files
    file.unlink()
    with pytest.raises(InputError, match=r"^This file cannot be read: No such file or directory\.$"):
        content(file)


def test_a_file_that_was_closed_meanwhile_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make("x.txt")
    (file,) = find_drafts([folder]).files

    def closed(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(InputError, match=r"^This file cannot be read: Permission denied\.$"):
        content(file)


def test_a_link_to_itself_is_skipped(folder: Path) -> None:
    make("x.txt")
    Path("self.txt").symlink_to("self.txt")
    assert found(".") == ["x.txt"]


def test_a_linked_folder_is_left_to_the_way_without_links(folder: Path) -> None:
    make("z/sub/x.txt")
    Path("a").symlink_to("z")
    assert found(".") == found("a", "z") == ["z/sub/x.txt"]
    assert found("a") == ["a/sub/x.txt"]


def test_a_link_is_resolved_only_where_there_is_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(*(f"{number % 10}/{number}.txt" for number in range(100)))
    Path("link.txt").symlink_to("0/0.txt")
    resolved: list[str] = []
    realpath = os.path.realpath

    def counted(path: str) -> str:
        resolved.append(path)
        return realpath(path)

    monkeypatch.setattr(os.path, "realpath", counted)
    assert len(found(".")) == 100
    assert len(resolved) == 2


def test_a_report_replaces_the_file_and_keeps_its_mode(folder: Path) -> None:
    target = Path("out.txt")
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    write_file(target, "“new”\n".encode())
    assert target.read_bytes() == "“new”\n".encode()
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir() == ["out.txt"]


def test_a_half_written_file_is_as_private_as_the_old_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make("draft.txt")
    Path("draft.txt").chmod(0o600)
    modes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: modes.append(os.fstat(descriptor).st_mode & 0o777))
    write_file(Path("draft.txt"), b"new")
    assert modes == [0o600]
    write_file(Path("report.txt"), b"new")
    make("other.txt")
    assert Path("report.txt").stat().st_mode == Path("other.txt").stat().st_mode


def test_a_report_goes_where_a_link_leads(folder: Path) -> None:
    make("real.txt")
    Path("link.txt").symlink_to("real.txt")
    write_file(Path("link.txt"), b"new")
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_text(encoding="utf-8") == "new"


def test_a_report_can_go_to_a_device(folder: Path) -> None:
    write_file(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()


def test_a_failed_report_leaves_the_old_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make("out.txt")

    def refuse(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_file(Path("out.txt"), b"new")
    assert Path("out.txt").read_text(encoding="utf-8") == "x"
    assert os.listdir() == ["out.txt"]


def test_a_file_is_rewritten_only_if_it_is_still_what_was_read(folder: Path) -> None:
    make("draft.txt")
    with pytest.raises(OSError, match="changed meanwhile"):
        rewrite(Path("draft.txt"), b"other", b"new")
    assert Path("draft.txt").read_bytes() == b"x"
    rewrite(Path("draft.txt"), b"x", b"new")
    assert Path("draft.txt").read_bytes() == b"new"
    assert os.listdir() == ["draft.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_is_read_only_stays(folder: Path) -> None:
    make("draft.txt")
    Path("draft.txt").chmod(0o444)
    with pytest.raises(PermissionError):
        rewrite(Path("draft.txt"), b"x", b"new")
