from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from feedback_lint import cache
from feedback_lint.rule_files import load_ruleset


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_what_was_stored_is_loaded() -> None:
    cache.store("rules", "abc", {"a": 1})
    assert cache.load("rules", "abc") == {"a": 1}
    assert cache.load("rules", "other") is None


@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x05cno_such_module\nname\n."])
def test_a_broken_entry_is_no_entry(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "rules-abc.pickle").write_bytes(content)
    assert cache.load("rules", "abc") is None


def test_the_key_depends_on_each_part_and_its_place() -> None:
    keys = {cache.key(parts) for parts in ([b"a", b"b"], [b"b", b"a"], [b"ab"], [b"a"], [b"a", b"b", b""])}
    assert len(keys) == 5
    assert cache.key([b"a", b"b"]) in keys


def test_only_the_newest_entries_are_kept(folder: Path) -> None:
    for n in range(12):
        cache.store("rules", str(n), n)
    assert len(list(folder.iterdir())) == 8
    assert cache.load("rules", "11") == 11


def test_a_folder_that_cannot_be_made_is_no_error(folder: Path) -> None:
    folder.write_text("a file stands in its place")
    cache.store("rules", "abc", 1)
    assert cache.load("rules", "abc") is None


def test_compiled_rules_come_out_of_the_cache_as_they_went_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = load_ruleset()
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr("feedback_lint.rule_files._compile", lambda _: pytest.fail("compiled again"))
    again = load_ruleset()
    assert again == fresh
    assert again.get("bitter") == fresh.get("bitter")


def test_cached_rules_need_no_yaml(tmp_path: Path) -> None:
    code = "import sys; from feedback_lint.rule_files import load_ruleset; load_ruleset(); print('yaml' in sys.modules)"
    environment = {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    runs = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment).stdout
        for _ in range(2)
    ]
    assert [r.strip() for r in runs] == ["True", "False"]


def test_a_changed_rule_file_is_compiled_anew(tmp_path: Path) -> None:
    words = tmp_path / "own" / "_vocabulary" / "words.yaml"
    words.parent.mkdir(parents=True)
    words.write_text("mine: [one]")
    assert load_ruleset(tmp_path / "own").words(("@mine",)) == {"one"}
    words.write_text("mine: [two]")
    assert load_ruleset(tmp_path / "own").words(("@mine",)) == {"two"}
