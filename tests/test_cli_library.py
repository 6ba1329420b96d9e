"""The command line over libraries of drafts: formats, baselines, changed lines, processes, the cache, configuration."""

from __future__ import annotations

import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.own_rule import OWN_RULE
from tests.test_changes import GIT_ENVIRONMENT, Repository, needs_git

from feedback_lint import cache as kept
from feedback_lint import job, pool, result_cache
from feedback_lint.cli import cli
from feedback_lint.input import content
from feedback_lint.job import Job, Outcome
from feedback_lint.reporters import FORMATS

DEAR, KIND = "Dear Ms. Osei,\n\n", "\n\nKind regards,\nSam Porter\n"
WHY = "Why was I turned down for the role?"
ORDER = "Send me your notes on my talk."
BAD = f"{DEAR}{WHY}{KIND}"
CLEAN = f"{DEAR}Thank you for your time.{KIND}"
RULES = ("--no-reader", "--select", "why-not-hired,demanding")
KNOWN = "known.json"
NO_UTF8 = os.fsdecode(b"caf\xe9.txt")
SCHEMA = json.loads(Path(__file__).parents[1].joinpath("docs/report.schema.json").read_text(encoding="utf-8"))

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a draft that asks why and one that does not."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("COLUMNS", "80")
    for name, value in GIT_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name in ("NO_COLOR", "FEEDBACK_LINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    write("bad.txt", BAD)
    write("clean.txt", CLEAN)
    return place


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for a test, in this process and in those that it starts."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return kept.folder()


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command in this process."""

    def invoke(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, args, input=stdin)

    return invoke


@pytest.fixture
def check(run: Run) -> Run:
    """Runs `check` with two rules in one line a finding."""

    def invoke(*args: str, stdin: str | bytes | None = None) -> Result:
        return run("check", *RULES, "--format", "concise", *args, stdin=stdin)

    return invoke


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The drafts that are truly checked in this process, and not taken from the cache."""
    names: list[str] = []
    done = job.done

    def noted(job: Job, data: bytes) -> Outcome:
        names.append(str(job.path))
        return done(job, data)

    monkeypatch.setattr("feedback_lint.workers.done", noted)
    return names


def write(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def read(name: str) -> str:
    return Path(name).read_text(encoding="utf-8")


def places(concise: str) -> list[str]:
    """File and line of each finding."""
    return [":".join(line.split(":")[:2]) for line in concise.splitlines()]


def program(*args: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "feedback_lint", *args]
    return subprocess.run(command, check=False, **{"capture_output": True, **options})


# --- formats, and where they go


def test_every_format_can_go_into_a_file_of_its_own(run: Run) -> None:
    alone = {name: run("check", *RULES, "--format", name, ".").stdout for name in FORMATS}
    together = run("check", *RULES, *(f"--format={name}=out/{name}" for name in FORMATS), ".")
    assert "out/text: the report cannot be written" in together.stderr
    Path("out").mkdir()
    together = run("check", *RULES, *(f"--format={name}=out/{name}" for name in FORMATS), ".")
    assert (together.exit_code, together.stderr) == (1, "")
    assert {name: read(f"out/{name}") for name in FORMATS} == alone
    assert together.stdout == alone["text"]


def test_one_format_goes_to_the_terminal_and_the_others_into_files(run: Run) -> None:
    result = run("check", *RULES, "--format", "json=a.json", "--format", "github", "--format", "sarif=b.sarif", ".")
    assert result.stdout.startswith("::error file=bad.txt,line=3,")
    assert len(result.stdout.splitlines()) == 1
    assert json.loads(read("a.json"))["diagnostics"][0]["path"] == "bad.txt"
    assert json.loads(read("b.sarif"))["runs"][0]["results"][0]["ruleId"] == "why-not-hired"


def test_output_takes_the_format_that_names_no_file(run: Run) -> None:
    result = run("check", *RULES, "--format", "json=a.json", "--format", "concise", "--output", "b.out", ".")
    assert places(read("b.out")) == ["bad.txt:3"]
    assert result.stdout.startswith("bad.txt:3:1 error [why-not-hired]\n")
    write("feedback-lint.toml", 'format = "junit"\n')
    result = run("check", *RULES, "--output", "c.xml", ".")
    assert ElementTree.fromstring(read("c.xml")).get("failures") == "1"  # noqa: S314 - our own
    assert result.stdout.endswith("1 error in 1 of 2 drafts\n")


def test_files_have_no_colour(run: Run) -> None:
    args = ["check", *RULES, "--color", "always", "--output", "out.txt", "bad.txt"]
    assert "\x1b[" in CliRunner().invoke(cli, args, color=True).stdout
    assert "\x1b" not in read("out.txt")


@pytest.mark.parametrize(
    ("formats", "message"),
    [
        (["xml"], "“xml” is not one of text, concise, json"),
        (["xml=out"], "“xml” is not one of"),
        (["json="], "“json=” names no file"),
        (["json=out", "text", "github"], "only one format can go to the terminal"),
    ],
)
def test_wrong_formats(run: Run, checked: list[str], formats: list[str], message: str) -> None:
    result = run("check", *(f"--format={name}" for name in formats), "bad.txt")
    assert (result.exit_code, result.stdout, checked, Path("out").exists()) == (2, "", [], False)
    assert message in " ".join(result.stderr.split())


# --- baselines


@pytest.fixture
def known(run: Run) -> Run:
    """Runs `check` against a baseline that was just written, without a rule left out on the command line."""
    write("feedback-lint.toml", 'select = ["why-not-hired", "demanding"]\nreader = false\n')
    result = run("baseline", "--output", KNOWN)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "known.json: 1 known findings. Use it with: feedback-lint check --baseline known.json\n"

    def invoke(*args: str) -> Result:
        return run("check", "--baseline", KNOWN, *args)

    return invoke


def test_a_baseline_holds_the_findings_and_no_words(known: Run) -> None:
    (finding,) = json.loads(read(KNOWN))["findings"]
    assert (finding["path"], finding["rule"]) == ("bad.txt", "why-not-hired")
    assert "turned" not in read(KNOWN)


def test_known_findings_are_left_out(known: Run) -> None:
    assert (known().exit_code, known().stdout) == (0, "All 2 drafts read well. Good luck!\n")
    write("bad.txt", BAD.replace(WHY, f"{WHY}\n\n{ORDER}"))
    result = known("--format", "concise")
    assert (result.exit_code, places(result.stdout)) == (1, ["bad.txt:5"])
    assert "demanding" in result.stdout


def test_a_known_finding_is_known_in_every_format(known: Run) -> None:
    for name in FORMATS:
        assert WHY[:-1] not in known("--format", name, "--no-cache").stdout


def test_mended_findings_are_counted(known: Run) -> None:
    write("bad.txt", CLEAN)
    assert known().stdout.startswith("1 finding of the baseline mended: write it anew to forget them.\n")
    assert "mended" not in known("--select", "demanding").stdout
    assert "mended" not in known("clean.txt").stdout


def test_a_baseline_in_another_folder(run: Run) -> None:
    Path("ci").mkdir()
    run("baseline", *RULES, "--output", "ci/known.json")
    assert json.loads(read("ci/known.json"))["findings"][0]["path"] == "../bad.txt"
    assert run("check", *RULES, "--baseline", "ci/known.json").exit_code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"version": 1,\n"findings": [}\n', "known.json:2"),
        ('{"version": 9, "findings": []}', "not of version 1"),
        ("", "known.json:1"),
    ],
)
def test_a_broken_baseline(check: Run, checked: list[str], text: str, message: str) -> None:
    write(KNOWN, text)
    result = check("--baseline", KNOWN, "--format", "json=out.json", ".")
    assert (result.exit_code, result.stdout, checked, Path("out.json").exists()) == (2, "", [], False)
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_baseline_that_is_not_there(check: Run, checked: list[str]) -> None:
    assert (check("--baseline", "nope.json", ".").exit_code, checked) == (2, [])


def test_a_baseline_is_not_written_when_a_draft_cannot_be_read(run: Run) -> None:
    write(KNOWN, "old")
    write("binary.txt", "PK\3\4\0\0")
    result = run("baseline", *RULES, "--output", KNOWN, ".")
    assert (result.exit_code, result.stdout, read(KNOWN)) == (2, "", "old")
    assert "binary.txt: " in result.stderr
    assert result.stderr.endswith("known.json was not written, since not all drafts could be checked.\n")


# --- changed lines


@pytest.fixture
def repository(folder: Path) -> Repository:
    made = Repository(folder)
    made.commit()
    return made


@needs_git
def test_only_what_is_on_changed_lines_is_reported(repository: Repository, check: Run) -> None:
    write("bad.txt", f"{DEAR}{WHY}\n\n{ORDER}{KIND}")
    result = check("--diff", "HEAD", ".")
    assert (result.exit_code, places(result.stdout)) == (1, ["bad.txt:5"])
    repository.commit()
    assert places(check("--diff", "HEAD~1", ".").stdout) == ["bad.txt:5"]
    assert places(check(".").stdout) == ["bad.txt:3", "bad.txt:5"]


@needs_git
def test_a_new_file_is_changed_all_over(repository: Repository, check: Run, checked: list[str]) -> None:
    write("sub/new.txt", BAD)
    assert places(check("--no-cache", "--diff", "HEAD", ".").stdout) == ["sub/new.txt:3"]
    assert checked == ["sub/new.txt"]


@needs_git
def test_nothing_changed(repository: Repository, check: Run, checked: list[str]) -> None:
    result = check("--diff", "HEAD", ".")
    assert (result.exit_code, result.output, checked) == (0, "", [])


@needs_git
def test_a_revision_that_is_not_there(repository: Repository, check: Run, checked: list[str]) -> None:
    result = check("--diff", "no-such-branch", ".")
    assert (result.exit_code, result.stdout, checked) == (2, "", [])
    assert "no-such-branch" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@needs_git
def test_changed_lines_outside_a_repository(check: Run, checked: list[str]) -> None:
    result = check("--diff", "HEAD", "bad.txt")
    assert (result.exit_code, result.stdout, checked) == (2, "", [])
    assert "bad.txt: this lies in no git repository" in result.stderr


@needs_git
def test_what_was_mended_is_not_told_of_changed_lines_only(repository: Repository, known: Run) -> None:
    write("bad.txt", CLEAN)
    assert "mended" in known().stdout
    assert "mended" not in known("--diff", "HEAD").stdout


@pytest.mark.parametrize(("listed", "found"), [("bad.txt:3\n", ["bad.txt:3"]), ("bad.txt:4-9\nclean.txt\n", [])])
def test_a_list_of_lines(check: Run, listed: str, found: list[str]) -> None:
    result = check("--diff", "-", ".", stdin=listed)
    assert (result.exit_code, places(result.stdout)) == (bool(found), found)


def test_a_diff_on_standard_input(check: Run) -> None:
    diff = "--- a/bad.txt\n+++ b/bad.txt\n@@ -3 +3 @@\n-Why?\n+{}\n"
    assert places(check("--diff", "-", ".", stdin=diff.format(WHY)).stdout) == ["bad.txt:3"]
    assert check("--diff", "-", ".", stdin=diff.replace("3", "1").format(DEAR.strip())).stdout == ""


def test_standard_input_cannot_be_both(check: Run, checked: list[str]) -> None:
    result = check("--diff", "-", "-", stdin=BAD)
    assert (result.exit_code, checked) == (2, [])
    assert "“-” can stand for the draft or for --diff" in " ".join(result.stderr.split())


def test_changes_that_cannot_be_read(check: Run, checked: list[str]) -> None:
    result = check("--diff", "-", ".", stdin="--- a/bad.txt\n+++ b/bad.txt\n@@ -3 +3 @@\n")
    assert (result.exit_code, result.stdout, checked) == (2, "", [])
    assert "Line 3 of what tells the changes cannot be read" in result.stderr


# --- processes


def test_several_processes_report_what_one_does(run: Run) -> None:
    for n in range(6):
        write(f"more/{n}.txt", BAD.replace("role", f"role {n}"))
    write("more/binary.txt", "PK\3\4\0\0")
    args = ("check", *RULES, "--no-cache", "--format", "json", ".")
    one, two = (run(*args, "--jobs", number) for number in ("1", "2"))
    assert json.loads(one.stdout)["diagnostics"][6]["path"] == "more/5.txt"
    assert (one.exit_code, one.stdout, one.stderr) == (two.exit_code, two.stdout, two.stderr)


# --- the cache


def test_what_is_kept_gives_the_same_report_in_every_format_and_without_spacy(run: Run) -> None:
    write("more/letter.md", f"{DEAR}{ORDER} Thank you for the talk.{KIND}")
    write("more/binary.txt", "PK\3\4\0\0")
    args = [["check", "--no-reader", "--format", name, "."] for name in FORMATS]
    first = [run(*arguments) for arguments in args]
    again = f"""
import json, sys
from click.testing import CliRunner
from feedback_lint.cli import cli
results = [CliRunner().invoke(cli, args) for args in {args!r}]
print(json.dumps([[r.exit_code, r.stdout, r.stderr] for r in results]))
assert not {{"spacy", "thinc", "onnxruntime"}} & set(sys.modules), "models were loaded"
"""
    done = subprocess.run([sys.executable, "-c", again], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert json.loads(done.stdout) == [[result.exit_code, result.stdout, result.stderr] for result in first]


def test_without_cache_nothing_is_taken_or_kept(check: Run, checked: list[str], cache_folder: Path) -> None:
    check("--no-cache", ".")
    assert not list(cache_folder.glob("*.sqlite3"))
    check(".")
    assert list(cache_folder.glob("*.sqlite3"))
    check(".")
    check("--no-cache", "clean.txt")
    assert checked == ["bad.txt", "clean.txt", "bad.txt", "clean.txt", "clean.txt"]


def test_no_word_of_a_mail_is_kept(run: Run, cache_folder: Path) -> None:
    write(
        "secret.txt",
        "Subject: Zorblax interview\n\nDear Zephyrine Quillfeather,\n\nThank you for the Flumewright interview at "
        "Brindlecorp. Send me your notes on my wobbegong pitch, since I want to get better. Why was I turned down "
        "for the Flumewright role?\n\nKind regards,\nThaddeus Oxenfrith\n",
    )
    arguments = ("check", "--format", "json", "secret.txt")
    found = run(*arguments)
    words = set(
        re.findall(r"zorblax|zephyrine|quill\w+|flume\w+|brindle\w+|wobbegong|thaddeus|oxen\w+", found.stdout.lower())
    )
    assert {"wobbegong", "flumewright"} <= words
    assert run(*arguments).stdout == found.stdout
    with closing(sqlite3.connect(cache_folder / result_cache._FILE)) as file:
        (content,) = file.execute("SELECT content FROM reports WHERE content LIKE '%why-not-hired%why%'").fetchone()
    assert "demanding" in content
    assert run("baseline", "--output", str(cache_folder / "known.json"), "secret.txt").exit_code == 0
    for path in (path for path in cache_folder.rglob("*") if path.is_file()):
        data = path.read_bytes().lower()
        assert [word for word in words if word.encode() in data] == [], path.name


def test_a_cache_that_is_broken_costs_time_only(check: Run, checked: list[str], cache_folder: Path) -> None:
    first = check(".")
    (cache_folder / result_cache._FILE).write_bytes(b"no database " * 1000)
    assert check(".").stdout == first.stdout
    assert check(".").stdout == first.stdout
    assert len(checked) == 4


def test_a_rule_that_changed_is_asked_again(run: Run, checked: list[str]) -> None:
    rule = OWN_RULE.replace("severity: suggestion", "severity: warning")
    write("own/style/no-synergy.yaml", rule)
    write("feedback-lint.toml", 'extend-rules = ["own"]\nselect = ["no-synergy"]\nreader = false\nformat = "concise"\n')
    write("bad.txt", BAD.replace(WHY, "I bring harmony."))
    arguments = ("check", "bad.txt")
    assert [run(*arguments).exit_code, run(*arguments).exit_code, checked] == [0, 0, ["bad.txt"]]
    write("own/style/no-synergy.yaml", rule.replace("phrase: [synergy]", "phrase: [synergy, harmony]"))
    for memory in (job._rules, job._identity, job._linter, job._known_words):
        memory.cache_clear()  # as in a new process
    result = run(*arguments)
    assert (result.exit_code, places(result.stdout)) == (1, ["bad.txt:3"])
    assert checked == ["bad.txt", "bad.txt"]


# --- the progress bar


@pytest.mark.parametrize(
    ("options", "environment", "is_shown"),
    [((), {"TERM": "xterm"}, True), (("-q",), {"TERM": "xterm"}, False), ((), {"TERM": "dumb"}, False)],
)
def test_the_bar_is_for_a_terminal(
    run: Run, options: tuple[str, ...], environment: dict[str, str], is_shown: bool
) -> None:
    for n in range(30):
        write(f"{n:02}.txt", CLEAN)
    arguments = ("check", *RULES, *options, ".")
    piped = run(*arguments)  # what is found is kept for the program
    assert "Checking" not in piped.output
    main, terminal = pty.openpty()
    done = program(
        *arguments, capture_output=False, stdout=subprocess.PIPE, stderr=terminal, env={**os.environ, **environment}
    )
    os.close(terminal)
    try:
        shown = os.read(main, 100_000)
    except OSError:  # nothing was written
        shown = b""
    os.close(main)
    assert (b"Checking" in shown) == is_shown
    assert done.stdout.decode() == piped.stdout
    if is_shown:
        assert shown.endswith(b"\r\x1b[K\x1b[?25h")


# --- init, and configuration


def test_init_writes_a_configuration_that_holds(run: Run) -> None:
    write("letters/a.txt", BAD.replace("Ms. Osei", "{{ first_name }}"))
    result = run("init", "--no-reader", "letters")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "letters/feedback-lint.toml was written" in " ".join(result.stdout.split())
    made = read("letters/feedback-lint.toml")
    assert str(Path("letters/feedback-lint.toml").absolute()) in run("config", "letters/a.txt").stdout
    assert run("check", *RULES, "letters").exit_code == 1
    again = run("init", "--no-reader", "letters")
    assert (again.exit_code, again.stdout, read("letters/feedback-lint.toml")) == (2, "", made)
    assert "nothing was written" in again.stderr


def test_thresholds(run: Run) -> None:
    arguments = ("check", "--no-reader", "--format", "concise", "--select", "rambling", "clean.txt")
    assert run(*arguments).output == ""
    write("feedback-lint.toml", "[thresholds]\nrambling = 3\n")
    result = run(*arguments)
    assert (places(result.stdout), "over 3 words" in result.stdout) == (["clean.txt:3"], True)


@pytest.mark.parametrize("rule", ["ramblng", "demanding"])
def test_a_threshold_of_a_rule_that_has_none(run: Run, checked: list[str], rule: str) -> None:
    write("feedback-lint.toml", f"[thresholds]\n{rule} = 3\n")
    result = run("check", "clean.txt")
    assert (result.exit_code, checked) == (2, [])
    assert "feedback-lint.toml:2:1: " in result.stderr
    assert rule in result.stderr


def test_what_a_configuration_extends(run: Run) -> None:
    write("team.toml", 'fail-on = "never"\n[severity]\nwhy-not-hired = "suggestion"\n')
    write("sub/feedback-lint.toml", 'extends = "../team.toml"\nselect = ["why-not-hired"]\nreader = false\n')
    write("sub/bad.txt", BAD)
    result = run("check", "--format", "concise", "sub")
    assert (result.exit_code, "suggestion [why-not-hired]" in result.stdout) == (0, True)
    write("team.toml", 'fail-on = "sometimes"\n')
    broken = run("check", "sub")
    assert (broken.exit_code, "team.toml:1:" in broken.stderr) == (2, True)


# --- files that are gone, and names that are no UTF-8


def test_a_file_that_is_gone_when_it_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanishing(path: Path) -> bytes:
        if path.name == "clean.txt":
            path.unlink(missing_ok=True)
        return content(path)

    monkeypatch.setattr(pool, "content", vanishing)
    result = run("check", *RULES, "--format", "concise", "--format", "json=out.json", ".")
    assert (result.exit_code, places(result.stdout)) == (2, ["bad.txt:3"])
    assert result.stderr == "Error: clean.txt: This file cannot be read: No such file or directory.\n"
    told = json.loads(read("out.json"))
    jsonschema.validate(told, SCHEMA)
    assert [error["path"] for error in told["errors"]] == ["clean.txt"]
    assert [diagnostic["path"] for diagnostic in told["diagnostics"]] == ["bad.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_utf8_in_every_format(run: Run) -> None:
    Path("bad.txt").rename(NO_UTF8)
    Path("binary\udcff.txt").write_bytes(b"PK\3\4\0\0")
    result = run("check", *RULES, *(f"--format={name}={name}.out" for name in FORMATS), ".")
    assert result.exit_code == 2
    for name in FORMATS:
        data = Path(f"{name}.out").read_bytes()
        assert "turned down" in data.decode()  # strictly
        assert b"caf%E9.txt" in data if name == "sarif" else b"caf\\udce9.txt" in data.replace(b"\\\\", b"\\")
    for name in ("json", "sarif", "gitlab"):
        assert json.loads(read(f"{name}.out"))
    assert ElementTree.fromstring(read("junit.out")).get("errors") == "1"  # noqa: S314 - our own


@needs_git
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_utf8_in_baselines_and_changes(repository: Repository, check: Run, run: Run) -> None:
    Path("bad.txt").rename(NO_UTF8)
    assert places(check("--diff", "HEAD", ".").stdout) == ["caf\\udce9.txt:3"]
    run("baseline", *RULES, "--output", KNOWN)
    assert check("--baseline", KNOWN, ".").output == ""


def test_a_report_is_never_written_over_what_is_checked(run: Run) -> None:
    before = Path("bad.txt").read_bytes()
    for args in (["--output", "bad.txt"], ["--format", "json=./bad.txt"]):
        result = run("check", *args, ".")
        assert result.exit_code == 2
        assert "would be written over bad.txt" in result.stderr
    assert Path("bad.txt").read_bytes() == before


def test_two_formats_do_not_share_a_file(run: Run) -> None:
    result = run("check", "--format", "json=x", "--format", "sarif=x", "bad.txt")
    assert (result.exit_code, Path("x").exists()) == (2, False)
    assert "a file is named for two formats" in result.stderr
