from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reporters.builders import diagnostic, report

from feedback_lint.diagnostic import Severity, Suggestion
from feedback_lint.document import Mode, Source, Stage
from feedback_lint.linter import Linter
from feedback_lint.report import ChecklistItem
from feedback_lint.result_cache import ResultCache, content_of, judged_by, name_of, reports_of
from feedback_lint.settings import Settings
from feedback_lint.text import Span
from feedback_lint.wordless import words_of

TEXT = "Dear Zephyrine,\n\nsend me your feedback at once.\n"
DATA = TEXT.encode()
EMAILS = Path(__file__).parent / "emails"


def name(data: bytes = DATA, path: str = "a.txt", by: bytes = b"1", **settings: object) -> bytes:
    return name_of(data, path, judged_by(replace(Settings(), **settings), by))  # type: ignore[arg-type]


def test_the_name_depends_on_all_that_decides_the_report() -> None:
    names = [
        name(),
        name(DATA + b" "),
        name(path="a.html"),
        name(path="a.txt.j2"),
        name(by=b"2"),
        name(reader=False),
        name(select=frozenset({"demanding"})),
        name(ignore=frozenset({"demanding"})),
        name(stage=Stage.THANKS),
        name(mode=Mode.TEMPLATE),
        name(severity={"demanding": Severity.WARNING}),
        name(placeholders=frozenset({"name"})),
    ]
    assert len(set(names)) == len(names)


def test_the_name_depends_on_nothing_else() -> None:
    some = [f"rule-{n}" for n in range(20)]
    assert name(ignore=frozenset(some)) == name(ignore=frozenset(reversed(some)))
    assert name(severity={"a": Severity.ERROR, "b": Severity.ERROR}) == name(
        severity={"b": Severity.ERROR, "a": Severity.ERROR}
    )
    assert name(path="letters/a.txt") == name(path="b.TXT")


def test_reports_come_back_as_they_were_under_the_new_path() -> None:
    found = replace(
        diagnostic(TEXT, "send me your feedback", message="“send me your feedback” reads as an order"),
        help="Zephyrine is asked kindly.",
        suggestions=(
            Suggestion("Send me", Span(17, 24), safe=True, gap="\n"),
            Suggestion("Zephyrine, your feedback"),
            Suggestion("is kindly", Span(3, 3)),
        ),
        confidence=0.9871,
    )
    given = report(TEXT, found, checklist=(ChecklistItem("thanks", done=False),), notes=("A note.",))
    content = content_of([given], words_of(["reads as an order is asked kindly"]))
    assert content is not None
    assert "Zephyrine" not in content
    assert "feedback" not in content
    (back,) = reports_of(content, DATA, "new.txt")
    assert back == replace(given, source=Source("new.txt", TEXT), diagnostics=(replace(found, path="new.txt"),))


@pytest.mark.parametrize("path", sorted(EMAILS.glob("bad-*.txt"))[::6], ids=lambda p: p.stem)
def test_whole_mails_come_back_as_they_were(path: Path, linter: Linter) -> None:
    reports = linter.lint_file(path)
    content = content_of(reports, words_of(linter.rules.texts()))
    if all(r.timeless for r in reports):
        assert content is not None
        assert reports_of(content, path.read_bytes(), str(path)) == reports


def test_words_that_only_decoding_shows_are_not_kept() -> None:
    found = replace(diagnostic(TEXT, "send"), quote="entschlüsselt")
    assert content_of([report(TEXT, found)], frozenset()) is None


def test_what_depends_on_the_time_is_not_kept() -> None:
    assert content_of([report(TEXT)], frozenset()) is not None
    assert content_of([replace(report(TEXT), timeless=False)], frozenset()) is None


def test_a_reply_to_a_rejection_depends_on_the_time(linter: Linter) -> None:
    text = "Dear Ms Osei,\n\nThank you.\n\nOn Mon, 3 Mar 2025 at 10:00, Ana wrote:\n> We went with somebody else.\n"
    (answer,) = linter.lint(Source("a.txt", text))
    assert not answer.timeless
    (letter,) = linter.lint(Source("a.txt", text.partition("On Mon")[0]))
    assert letter.timeless


def test_what_was_kept_is_there_for_the_next_run(tmp_path: Path) -> None:
    first = ResultCache(tmp_path / "new")
    first.put(b"a", "1")
    first.put(b"b", "2")
    first.put(b"a", "3")
    first.close()
    second = ResultCache(tmp_path / "new")
    assert [second.get(n) for n in (b"a", b"b", b"c")] == ["3", "2", None]


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(100)])
def test_a_broken_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "reports.sqlite3").write_bytes(content)
    broken = ResultCache(tmp_path)
    assert broken.get(b"a") is None
    broken.put(b"a", "1")
    broken.close()
    assert ResultCache(tmp_path).get(b"a") == "1"


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = ResultCache(tmp_path / "file" / "folder")
    cache.put(b"a", "1")
    cache.close()
    assert cache.get(b"a") is None


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback_lint.result_cache._KEPT", 3)
    cache = ResultCache(tmp_path)
    for n in range(5):
        cache.put(bytes([n]), str(n))
    cache.close()
    assert [ResultCache(tmp_path).get(bytes([n])) for n in range(5)] == [None, None, "2", "3", "4"]


WRITER = """
import sys
from pathlib import Path
from feedback_lint.result_cache import ResultCache
cache = ResultCache(Path(sys.argv[1]))
for n in range(int(sys.argv[2]), int(sys.argv[2]) + 300):
    cache.put(n.to_bytes(2, "big"), str(n))
cache.close()
"""


def test_several_processes_may_write_at_once(tmp_path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, tmp_path, str(first)]) for first in (0, 200, 400)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    kept = sqlite3.connect(tmp_path / "reports.sqlite3").execute("SELECT name, content FROM reports").fetchall()
    assert sorted((int.from_bytes(name, "big"), content) for name, content in kept) == [(n, str(n)) for n in range(700)]
