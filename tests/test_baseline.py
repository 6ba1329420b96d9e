from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reporters.builders import diagnostic, report

from feedback_lint.baseline import Baseline, BaselineError, Comparison, Known
from feedback_lint.diagnostic import Diagnostic, fingerprint
from feedback_lint.document import Source
from feedback_lint.linter import Linter
from feedback_lint.report import Report


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def letter(path: str, *quotes: str, there: bool = True) -> Report:
    """A report of a mail in a file with a finding for each quote, and something missing for an empty one."""
    if there:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch()
    found: list[Diagnostic] = []
    for quote in quotes:
        made = diagnostic(f"{quote} ", quote, at=0, path=path, rule="demanding" if quote else "missing-thanks")
        print_ = fingerprint(made.rule, quote, sum(d.quote == quote for d in found))
        found.append(replace(made, fingerprint=print_))
    return report("", *found, path=path)


def quotes(reports: Sequence[Report]) -> list[list[str]]:
    return [[d.quote for d in r.diagnostics] for r in reports]


# ---- the file


def test_a_finding_a_line_sorted_and_no_words(folder: Path) -> None:
    reports = [letter("b/y.txt", "Send it now"), letter("a.txt", "Why?", "Send it now", "")]
    text = Baseline.of(reports, Path("b")).text()
    lines = text.split("\n")
    assert lines[:3] == ["{", ' "version": 1,', ' "findings": [']
    entries = [json.loads(line.rstrip(",")) for line in lines[3:7]]
    assert [(e["path"], e["rule"]) for e in entries] == [
        ("../a.txt", "demanding"), ("../a.txt", "demanding"), ("../a.txt", "missing-thanks"), ("y.txt", "demanding"),
    ]  # fmt: skip
    assert "Send" not in text
    assert text == Baseline.of(reports[::-1], folder / "b").text()


names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1).map(str.encode)
raw_names = (names | st.binary(min_size=1).filter(lambda name: not {0, 47} & set(name))).filter(
    lambda name: name not in (b".", b"..")
)


@given(st.lists(st.tuples(raw_names, st.sampled_from(["a", "b", ""])), max_size=6))
def test_what_is_written_is_read_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[bytes, str]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    reports = [letter(os.path.join(folder, os.fsdecode(name)), quote, there=False) for name, quote in found]
    written = Baseline.of(reports, folder)
    assert len(written.known) == len(found)
    path = folder / "baseline.json"
    path.write_bytes(written.text().encode())
    assert Baseline.read(path) == written
    assert Comparison(Baseline.read(path)).mended() == written.known


def test_an_empty_baseline(folder: Path) -> None:
    Path("known.json").write_text(Baseline.of([], folder).text())
    assert Baseline.read(Path("known.json")).known == ()


def test_a_baseline_that_other_programs_wrote(folder: Path) -> None:
    found = [letter("a.txt", "Why?")]
    data = json.loads(Baseline.of(found, folder).text())
    data["findings"][0]["path"] = "./a.txt"
    Path("known.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(data, indent=4).replace("\n", "\r\n").encode())
    assert quotes(Comparison(Baseline.read(Path("known.json"))).judge(found)) == [[]]


ENTRY = '{"path": "a.txt", "rule": "demanding", "fingerprint": "0123456789abcdef"}'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "not valid JSON"),
        (f'{{"version": 1,\n"findings": [\n{ENTRY}\n{ENTRY}]}}', 4, "not valid JSON"),
        (f'{{"version": 1,\n"findings": [\n<<<<<<< HEAD\n{ENTRY}]}}', 3, "a conflict of a merge"),
        ("[]", 1, "no baseline"),
        ('{"findings": []}', 1, "no baseline"),
        ('{"version": 1, "findings": {}}', 1, "no baseline"),
        ('{"version": 2, "findings": []}', 1, "not of version 1"),
        ('{"version": true, "findings": []}', 1, "not of version 1"),
        ('{"version": 1, "findings": [], "rules": []}', 1, "no key called “rules”"),
        (f'{{"version": 1, "findings": [\n{ENTRY},\n\n"a.txt"]}}', 4, "a finding is an object"),
        (f'{{"version": 1, "findings": [{ENTRY},\n{ENTRY[:-1]}, "line": 3}}]}}', 2, "and nothing else"),
        ('{"version": 1, "findings": [\n' + ENTRY.replace('"a.txt"', "3") + "]}", 2, "“path” must be a string"),
        ('{"version": 1, "findings": [\n' + ENTRY.replace("demanding", "") + "]}", 2, "“rule” must be a string"),
        ('{"version": 1, "findings": [\n' + ENTRY.replace("0123", "XYZ ") + "]}", 2, "16 hexadecimal digits"),
    ],
)
def test_a_broken_baseline(folder: Path, text: str, line: int, message: str) -> None:
    Path("known.json").write_text(text)
    with pytest.raises(BaselineError) as told:
        Baseline.read(Path("known.json"))
    (mistake,) = told.value.mistakes
    assert (mistake.path, mistake.line) == (Path("known.json"), line)
    assert message in mistake.message


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"version": ' + b"9" * 5000 + b', "findings": []}', b"\xff\xfe"])
def test_a_file_that_is_no_text_of_ours(folder: Path, data: bytes) -> None:
    Path("known.json").write_bytes(data)
    with pytest.raises(BaselineError, match=r"^known\.json"):
        Baseline.read(Path("known.json"))


def test_no_baseline(folder: Path) -> None:
    with pytest.raises(BaselineError, match=r"^known\.json: this baseline cannot be read: No such file or directory$"):
        Baseline.read(Path("known.json"))


# ---- what is new, what is mended


def test_known_findings_are_left_out_as_often_as_they_are_known(folder: Path) -> None:
    known = Comparison(Baseline.of([letter("a.txt", "Why?", "Now!", "Now!")], folder))
    assert quotes(known.judge([letter("a.txt", "Now!", "So?", "Now!", "Now!", "Why?")])) == [["So?", "Now!"]]
    assert known.mended() == ()


def test_findings_of_another_file_are_new(folder: Path) -> None:
    known = Comparison(Baseline.of([letter("a.txt", "Why?")], folder))
    assert quotes(known.judge([letter("b.txt", "Why?")])) == [["Why?"]]


def test_a_report_without_known_findings_stays_as_it_was(folder: Path) -> None:
    found = letter("a.txt", "Why?", "")
    assert Comparison(Baseline(folder)).judge([found]) == (found,)
    assert Comparison(Baseline(folder)).judge([]) == ()


def test_what_was_mended_can_be_taken_out(folder: Path) -> None:
    reports = [letter("a.txt", "Why?", "Now!"), letter("unchecked.txt", "Why?"), letter("gone.txt", "Why?")]
    known = Comparison(Baseline.of(reports, folder))
    Path("gone.txt").unlink()
    known.judge([letter("a.txt", "Now!")])
    assert known.mended() == (
        Known("a.txt", "demanding", fingerprint("demanding", "Why?", 0)),
        Known("gone.txt", "demanding", fingerprint("demanding", "Why?", 0)),
    )


def test_a_file_without_findings_was_checked_too(folder: Path) -> None:
    known = Comparison(Baseline.of([letter("a.txt", "Why?")], folder))
    known.judge([letter("a.txt")])
    assert len(known.mended()) == 1


def test_the_letters_of_a_file_share_its_known_findings(folder: Path) -> None:
    letters = [letter("box.mbox", "Now!", "Now!"), letter("box.mbox", "Now!"), letter("box.mbox", "Why?")]
    known = Comparison(Baseline.of(letters, folder))
    again = [letter("box.mbox", "Now!", "Why?"), letter("box.mbox"), letter("box.mbox", "Now!", "Now!", "So?")]
    assert quotes(known.judge(again)) == [[], [], ["So?"]]
    assert known.mended() == ()
    fewer = Comparison(Baseline.of(letters, folder))
    fewer.judge(letters[1:])
    assert len(fewer.mended()) == 2


def test_paths_mean_the_same_file_from_everywhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("known.json").write_text(Baseline.of([letter("letters/a.txt", "Why?")], folder).text())
    Path("link").symlink_to("letters")
    for there, path in (
        (".", "./letters/a.txt"),
        (".", str(folder / "letters/a.txt")),
        ("letters", "a.txt"),
        (".", "link/a.txt"),
    ):
        monkeypatch.chdir(folder / there)
        baseline = Baseline.read(Path(os.path.relpath(folder / "known.json")))
        assert quotes(Comparison(baseline).judge([letter(path, "Why?")])) == [[]], path


# ---- renamed files


def test_a_renamed_file_keeps_its_known_findings(folder: Path) -> None:
    known = Comparison(Baseline.of([letter("a.txt", "Why?", "Now!", "")], folder))
    Path("a.txt").rename("b.txt")
    assert quotes(known.judge([letter("b.txt", "Why?", "So?", "")])) == [["So?"]]
    assert known.mended() == (Known("a.txt", "demanding", fingerprint("demanding", "Now!", 0)),)
    assert quotes(known.judge([letter("c.txt", "Why?", "Now!", "")])) == [["Why?", "Now!", ""]]


def test_of_files_that_are_gone_the_likeliest_was_renamed(folder: Path) -> None:
    known = Comparison(Baseline.of([letter("a.txt", "Why?"), letter("b.txt", "Why?", "Now!", "")], folder))
    Path("a.txt").unlink()
    Path("b.txt").rename("c.txt")
    assert quotes(known.judge([letter("c.txt", "Why?", "Now!", "")])) == [[]]
    assert {k.path for k in known.mended()} == {"a.txt"}


@pytest.mark.parametrize("found", [[""], ["Why?", "So?"], ["So?", ""]])
def test_a_new_file_is_not_taken_for_one_that_is_gone(folder: Path, found: list[str]) -> None:
    known = Comparison(Baseline.of([letter("a.txt", "Why?", "Now!", "Send it!", "")], folder))
    Path("a.txt").unlink()
    assert quotes(known.judge([letter("b.txt", *found)])) == [found]


def test_what_is_missing_tells_no_file_from_another(folder: Path) -> None:
    known = Comparison(Baseline.of([letter("a.txt", "")], folder))
    Path("a.txt").unlink()
    assert quotes(known.judge([letter("b.txt", "")])) == [[""]]


def test_a_copy_is_new(folder: Path) -> None:
    known = Comparison(Baseline.of([letter("a.txt", "Why?")], folder))
    assert quotes(known.judge([letter("b.txt", "Why?")])) == [["Why?"]]


# ---- fingerprints

HEAD, END = "Dear Ms. Osei,", "I wish you all the best.\n\nKind regards,\nSam Porter\n"
BAD = [
    "Why didn't you pick me?",
    "Send me your notes by Friday.",
    "Your process was a joke.\nYour process was a joke.",
    "YOUR PROCESS WAS A JOKE.",
]
GOOD = [
    "Thank you for seeing me about the baker job.",
    "I respect your choice.",
    "The trial shift was a pleasure.",
    "I learned much about bread that day.",
]


def findings(linter: Linter, paragraphs: Sequence[str]) -> list[Report]:
    text = "\n\n".join((HEAD, *paragraphs, END))
    return list(linter.lint(Source("letter.txt", text)))


@settings(max_examples=25)
@given(st.permutations(BAD), st.permutations(GOOD), st.lists(st.integers(0, 4), max_size=4), st.permutations(BAD))
def test_fingerprints_survive_edits_elsewhere(
    linter: Linter, before: list[str], good: list[str], places: list[int], after: list[str]
) -> None:
    """Paragraphs are moved, and good ones put in between; what then is reported was known."""
    edited = list(after)
    for place, paragraph in zip(places, good, strict=False):
        edited.insert(place, paragraph)
    bare, full = findings(linter, before), findings(linter, edited)
    assert {d.quote for r in bare for d in r.diagnostics if not d.missing} >= {"YOUR PROCESS WAS A JOKE"}
    known = Comparison(Baseline.of(bare, Path()))
    assert quotes(known.judge(full)) == [[]]
    assert all(k.rule.startswith(("missing-", "no-")) for k in known.mended())
    back = Comparison(Baseline.of(full, Path()))
    assert all(d.missing for r in back.judge(bare) for d in r.diagnostics)
    assert back.mended() == ()


def test_letters_of_a_mailbox_with_the_same_words(linter: Linter, folder: Path) -> None:
    head = "From sam@x.example Mon Mar  3 10:00:00 2025\nSubject: Baker job\n\n"
    mails = [f"{head}{HEAD}\n\n{bad}\n\n{END}\n" for bad in (BAD[0], BAD[1], BAD[0])]
    Path("box.mbox").touch()
    reports = linter.lint_bytes("".join(mails).encode(), "box.mbox")
    assert len(reports) == 3
    baseline = Baseline.of(reports, folder)
    assert len(baseline.known) > len(set(baseline.known))
    turned = linter.lint_bytes("".join(mails[::-1]).encode(), "box.mbox")
    assert not any(quotes(Comparison(baseline).judge(turned)))
    fewer = Baseline.of(reports[:2], folder)
    assert [bool(q) for q in quotes(Comparison(fewer).judge(reports))] == [False, False, True]
