from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.own_rule import OWN_RULE

import feedback_lint
from feedback_lint import linter
from feedback_lint.classifier import Classifier, ClassifierError
from feedback_lint.cli import cli
from feedback_lint.result_cache import ResultCache

BAD = "Dear Ms. Osei,\n\nWhy was I turned down for the role?\n\nKind regards,\nSam Porter\n"
CLEAN = "Dear Ms. Osei,\n\nThank you for your time.\n\nKind regards,\nSam Porter\n"
SCHEMA = json.loads(Path(__file__).parents[1].joinpath("docs/report.schema.json").read_text(encoding="utf-8"))
FINDING = "bad.txt:3:1: error [why-not-hired]"

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a draft that asks why and one that does not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FEEDBACK_LINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    Path("bad.txt").write_text(BAD, encoding="utf-8")
    Path("clean.txt").write_text(CLEAN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process; reports are kept for one test."""
    monkeypatch.setattr("feedback_lint.run.ResultCache", lambda _: ResultCache(tmp_path / "cache"))

    def invoke(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, args, input=stdin)

    return invoke


@pytest.fixture
def check(run: Run) -> Run:
    """Runs `check` with one rule in one line a finding."""

    def invoke(*args: str, stdin: str | bytes | None = None) -> Result:
        return run("check", "--format", "concise", "--select", "why-not-hired", *args, stdin=stdin)

    return invoke


def own_rules() -> None:
    Path("own/style").mkdir(parents=True)
    Path("own/style/no-synergy.yaml").write_text(OWN_RULE, encoding="utf-8")


def config(text: str, folder: str = ".") -> None:
    Path(folder).mkdir(exist_ok=True)
    Path(folder, "feedback-lint.toml").write_text(text, encoding="utf-8")


# --- check: what is found, and the exit status


def test_findings_and_status(check: Run) -> None:
    bad = check("bad.txt")
    assert (bad.exit_code, bad.stdout.startswith(FINDING), bad.stderr) == (1, True, "")
    clean = check("clean.txt")
    assert (clean.exit_code, clean.output) == (0, "")


@pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("warning", 1), ("suggestion", 1), ("never", 0)])
def test_fail_on(check: Run, fail_on: str, status: int) -> None:
    assert check("--fail-on", fail_on, "bad.txt").exit_code == status


def test_fail_on_looks_at_the_severity_that_the_configuration_gives(check: Run) -> None:
    config('[severity]\nwhy-not-hired = "warning"\n')
    assert check("bad.txt").exit_code == 1
    assert "warning [why-not-hired]" in check("bad.txt").stdout
    assert check("--fail-on", "error", "bad.txt").exit_code == 0


def test_a_folder_and_no_path(check: Run) -> None:
    assert check(".").stdout == check().stdout == check("clean.txt", "bad.txt", "./bad.txt").stdout
    assert check().stdout.count(FINDING) == 1


def test_standard_input(check: Run) -> None:
    assert check("-", stdin=BAD).stdout.startswith("<stdin>:3:1: error")
    named = check("-", "--stdin-filename", "mail/x.txt", stdin=BAD.replace("\n", "\r\n").encode("utf-16"))
    assert named.stdout.startswith("mail/x.txt:3:1: error")
    assert check("-", "bad.txt", "-", stdin=BAD).stdout.count("error") == 2


def test_a_name_without_standard_input_is_wrong(check: Run) -> None:
    result = check("--stdin-filename", "x.txt", "bad.txt")
    assert (result.exit_code, "--stdin-filename goes with “-”" in result.stderr) == (2, True)


def test_select_and_ignore(run: Run) -> None:
    concise = ("check", "bad.txt", "--format", "concise")
    assert "why-not-hired" in run(*concise).stdout
    assert "why-not-hired" not in run(*concise, "--ignore", "why-not-hired").stdout
    assert run(*concise, "--select", "why-not-hired", "--ignore", "why-not-hired").stdout == ""


def test_rules_can_be_named_in_one_option_or_in_many(run: Run) -> None:
    own_rules()
    config('extend-rules = ["own"]\n')
    Path("bad.txt").write_text("Why was I turned down? Synergy!", encoding="utf-8")
    for given in (["--select", " why-not-hired ,no-synergy"],
                  ["--select", "why-not-hired", "--select", "no-synergy"]):  # fmt: skip
        out = run("check", "bad.txt", "--format", "concise", *given).stdout
        assert [line.split("[")[1].split("]")[0] for line in out.splitlines()] == [
            "why-not-hired",
            "no-synergy",
        ]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_wrong_usage(run: Run, option: str) -> None:
    result = run("check", option, "why-hired", "bad.txt")
    assert result.exit_code == 2
    assert f"{option}: there is no rule called “why-hired”; did you mean “why-not-hired”?" in result.stderr
    assert run("check", option, " , ", "bad.txt").exit_code == 2


@pytest.mark.parametrize(
    "args",
    [
        ["--format", "xml"],
        ["--stage", "reply"],
        ["--fail-on", "info"],
        ["--config", "nope.toml"],
        ["--jobs", "0"],
        ["--format", "sarif="],
        ["--format", "text", "--format", "json"],
    ],
)
def test_wrong_options(run: Run, args: list[str]) -> None:
    assert run("check", *args, "bad.txt").exit_code == 2


def test_an_empty_path_is_not_the_current_folder(check: Run) -> None:
    result = check("")
    assert (result.exit_code, "a path is empty" in result.stderr) == (2, True)


def test_stage_and_mode_are_passed_on(run: Run) -> None:
    data = json.loads(run("check", "--format", "json", "--stage", "follow-up", "--mode", "template", "bad.txt").stdout)
    assert (data["files"][0]["stage"], data["files"][0]["mode"]) == ("follow-up", "template")


def test_model(check: Run) -> None:
    result = check("--model", "en_no_such", "bad.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "en_no_such" in result.stderr


# --- check: what goes wrong


def test_one_bad_file_does_not_stop_the_others(run: Run) -> None:
    Path("binary.txt").write_bytes(b"PK\x03\x04\x00\x00")
    Path("folder").mkdir()
    result = run("check", "--format", "json", "--select", "why-not-hired",
                 "bad.txt", "binary.txt", "nope.txt", "folder")  # fmt: skip
    assert result.exit_code == 2
    data = json.loads(result.stdout)
    jsonschema.validate(data, SCHEMA)
    assert [d["path"] for d in data["diagnostics"]] == ["bad.txt"]
    assert [e["path"] for e in data["errors"]] == ["nope.txt", "folder", "binary.txt"]
    for error in data["errors"]:
        assert f"Error: {error['path']}: {error['message']}" in result.stderr


def test_an_unreadable_file(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "clean.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = check("clean.txt")
    assert result.exit_code == 2
    assert "clean.txt: " in result.stderr
    assert "Permission denied" in result.stderr


def test_a_broken_configuration_breaks_its_folder_only(run: Run) -> None:
    config("selct = []\nignore = ['why-hired']\n", "sub")
    for name in ("1.txt", "2.txt"):
        Path("sub", name).write_text(BAD, encoding="utf-8")
    result = run("check", "--format", "json", "--select", "why-not-hired", ".")
    data = json.loads(result.stdout)
    assert result.exit_code == 2
    assert [f["path"] for f in data["files"]] == ["bad.txt", "clean.txt"]
    path = str(Path("sub/feedback-lint.toml").absolute())
    assert data["errors"] == [{"path": path, "message": "Line 1: unknown key “selct”; did you mean “select”?"}]
    assert f"Error: {path}:1:1: unknown key “selct”" in result.stderr


def test_an_unknown_rule_in_the_configuration(check: Run) -> None:
    config('ignore = [\n  "why-hired",\n]\n')
    result = check("bad.txt")
    assert result.exit_code == 2
    assert "feedback-lint.toml:2:3: there is no rule called “why-hired”; did you mean “why-not-hired”?" in result.stderr


def test_a_broken_rule_file(check: Run) -> None:
    own_rules()
    rule = Path("own/style/no-synergy.yaml")
    rule.write_text(OWN_RULE.replace("severity: suggestion", "severity: grave"), encoding="utf-8")
    config('extend-rules = ["own"]\n')
    result = check("bad.txt", "clean.txt")
    assert result.exit_code == 2
    assert result.stderr.count("no-synergy.yaml:2:") == 1
    assert "severity: grave" in result.stderr
    assert "^" in result.stderr


def test_a_missing_folder_of_rules(check: Run) -> None:
    config('extend-rules = ["nope"]\n')
    result = check("bad.txt")
    assert (result.exit_code, "nope" in result.stderr) == (2, True)


def test_an_internal_error_is_one_sentence(check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lint_bytes = linter.Linter.lint_bytes

    def stumble(self: linter.Linter, data: bytes, path: str, settings: Any) -> Any:
        if path == "bad.txt":
            raise ZeroDivisionError("secret words of the mail")
        return lint_bytes(self, data, path, settings)

    monkeypatch.setattr(linter.Linter, "lint_bytes", stumble)
    result = check("bad.txt", "clean.txt")
    assert result.exit_code == 2
    assert "bad.txt: This is a mistake in feedback-lint" in result.stderr
    assert "Traceback" not in result.stderr
    assert "secret" not in result.stderr
    monkeypatch.setenv("FEEDBACK_LINT_DEBUG", "1")
    assert "Traceback" in check("bad.txt").stderr


# --- check: fixing

ORDER = "Dear Ana,\n\nThank you for the baker trial. I respect your choice. {}\n\nKind regards,\nSam Lee\n"
BEFORE = ORDER.format("Send me your notes on my bread today, since I want to get better.")
AFTER = ORDER.format("Would you be willing to send me your notes on my bread?")


@pytest.fixture
def order(folder: Path) -> Path:
    path = folder / "order.txt"
    path.write_text(BEFORE, encoding="utf-8")
    return path


def test_fix_writes_the_draft_and_reports_what_is_left(run: Run, order: Path) -> None:
    result = run("check", "--select", "demanding", "--fix", "order.txt")
    assert (result.exit_code, order.read_text(encoding="utf-8")) == (0, AFTER)
    assert "reads well" in result.stdout
    assert result.stderr == "order.txt: mended demanding (3:55)\n"
    assert run("check", "--select", "demanding", "--fix", "order.txt").stderr == ""
    assert run("check", "-q", "--select", "demanding", "--fix", "order.txt").output == ""


def test_fix_leaves_what_it_cannot_mend(run: Run, order: Path) -> None:
    order.write_text(ORDER.format("You made a mistake."), encoding="utf-8")
    result = run("check", "--select", "challenges-decision", "--fix", "order.txt")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "challenges-decision" in result.stdout


def test_a_dry_run_changes_nothing(run: Run, order: Path) -> None:
    for args in (["--dry-run"], ["--fix", "--dry-run"]):
        result = run("check", "--select", "demanding", *args, "order.txt")
        assert (result.exit_code, order.read_text(encoding="utf-8")) == (1, BEFORE)
        lines = result.stdout.splitlines()
        assert lines[:2] == ["--- order.txt", "+++ order.txt (mended)"]
        assert [line for line in lines[2:] if line[0] in "+-"] == [
            "-" + BEFORE.splitlines()[2],
            "+" + AFTER.splitlines()[2],
        ]
    assert run("check", "--select", "missing-ask", "--dry-run", "order.txt").output == ""


def test_a_mended_draft_from_standard_input_goes_to_standard_output(run: Run) -> None:
    result = run("check", "--select", "demanding", "--fix", "-", stdin=BEFORE)
    assert (result.exit_code, result.stdout) == (0, AFTER)
    assert "reads well" in result.stderr


def test_a_draft_that_cannot_be_written(run: Run, order: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, old: bytes, new: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("feedback_lint.job.rewrite", refuse)
    result = run("check", "--select", "demanding", "--fix", "order.txt")
    assert (result.exit_code, order.read_text(encoding="utf-8")) == (2, BEFORE)
    assert "order.txt: This file cannot be written: Permission denied." in result.stderr


# --- check: the configuration


def test_the_command_line_comes_before_the_configuration(run: Run) -> None:
    config('ignore = ["why-not-hired"]\nfail-on = "never"\nformat = "concise"\n')
    assert run("check", "bad.txt").exit_code == 0
    assert "why-not-hired" not in run("check", "bad.txt").stdout
    selected = run("check", "--select", "why-not-hired", "--fail-on", "error", "bad.txt")
    assert (selected.exit_code, selected.stdout.startswith(FINDING)) == (1, True)


def test_each_file_has_its_own_configuration(check: Run, run: Run) -> None:
    config('fail-on = "never"\n', "sub")
    Path("sub/bad.txt").write_text(BAD, encoding="utf-8")
    assert check("sub").exit_code == 0
    assert check("sub", "bad.txt").exit_code == 1
    config('format = "json"\n', "sub")
    assert run("check", "sub", "bad.txt").stdout.startswith("{")
    assert not run("check", "bad.txt", "sub").stdout.startswith("{")


def test_overrides(run: Run) -> None:
    config('[[overrides]]\npaths = ["bad.*"]\nignore = ["why-not-hired"]\nstage = "thanks"\n')
    Path("other.txt").write_text(BAD, encoding="utf-8")
    data = json.loads(run("check", "--format", "json", "bad.txt", "other.txt").stdout)
    assert [f["stage"] for f in data["files"]] == ["thanks", "request"]
    assert {d["path"] for d in data["diagnostics"] if d["rule"] == "why-not-hired"} == {"other.txt"}


def test_a_named_configuration(check: Run) -> None:
    config('fail-on = "error"\n')
    Path("lax.toml").write_text('fail-on = "never"\n', encoding="utf-8")
    assert check("--config", "lax.toml", "bad.txt").exit_code == 0


# --- check: how it is shown


def test_text_is_the_default(run: Run) -> None:
    out = run("check", "--select", "why-not-hired", "bad.txt").stdout
    assert out.startswith("bad.txt:3:1 error [why-not-hired]\n")
    assert out.endswith("\n1 error in bad.txt\n")
    assert "\x1b" not in out


def test_color(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    args = ("check", "--select", "why-not-hired", "bad.txt")
    assert "\x1b[31m" in CliRunner().invoke(cli, [*args, "--color", "always"], color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" in CliRunner().invoke(cli, [*args, "--color", "always"], color=True).stdout


def test_output_goes_to_a_file_and_the_terminal_still_tells(check: Run) -> None:
    result = check("--output", "out.txt", "bad.txt")
    assert result.exit_code == 1
    assert result.stdout.startswith("bad.txt:3:1 error [why-not-hired]\n")
    assert Path("out.txt").read_text(encoding="utf-8").startswith(FINDING)
    failed = check("--output", "no/such/folder.txt", "bad.txt")
    assert failed.exit_code == 2
    assert "no/such/folder.txt: the report cannot be written" in failed.stderr


def test_quiet_and_verbose(run: Run) -> None:
    assert run("check", "-q", "--select", "why-not-hired", "clean.txt").output == ""
    assert "what a good request has" in run("check", "-v", "bad.txt").stdout


# --- explain, rules, config, test


def test_explain(run: Run) -> None:
    result = run("explain", "why-not-hired")
    assert result.exit_code == 0
    for part in (
        "why-not-hired (error, tone)",
        "Why\n",
        "Instead\n",
        "It reports\n",
        "It accepts\n",
        "Sources: ",
    ):
        assert part in result.stdout
    assert "[|" not in result.stdout


def test_explain_an_unknown_rule(run: Run) -> None:
    result = run("explain", "why-hired")
    assert (result.exit_code, "did you mean “why-not-hired”?" in result.stderr) == (2, True)


def test_rules(run: Run) -> None:
    lines = run("rules").stdout.splitlines()
    assert lines[0].split() == ["rule", "severity", "category", "what", "it", "finds"]
    assert any(line.startswith("why-not-hired ") for line in lines)
    data = json.loads(run("rules", "--format", "json").stdout)
    assert len(data["rules"]) == len(lines) - 1
    rule = next(r for r in data["rules"] if r["id"] == "why-not-hired")
    assert (rule["severity"], rule["category"]) == ("error", "tone")
    table = run("rules", "--format", "markdown").stdout.splitlines()
    assert len(table) == len(lines) + 1
    assert {row.replace("\\|", "").count("|") for row in table} == {5}


def test_rules_of_your_own(run: Run) -> None:
    own_rules()
    config('extend-rules = ["own"]\n')
    assert "no-synergy" in run("rules").stdout
    assert "no-synergy (suggestion, style)" in run("explain", "no-synergy").stdout


def test_config(run: Run) -> None:
    config('# ours\nfail-on = "error"\n[severity]\nwhy-not-hired = "warning"\n')
    rows = {line.split()[0]: line for line in run("config", "bad.txt").stdout.splitlines()}
    assert rows["fail-on"].split() == ["fail-on", "error", f"{Path('feedback-lint.toml').absolute()}:2"]
    assert "why-not-hired: warning" in rows["severity"]
    assert rows["format"].split() == ["format", "text", "default"]


def test_config_that_is_broken(run: Run) -> None:
    config("fail-on = 1\n")
    for command in (["config"], ["rules"], ["explain", "why-not-hired"]):
        result = run(*command)
        assert (result.exit_code, "feedback-lint.toml:1:1: “fail-on” must be" in result.stderr) == (2, True)


def test_examples_of_your_own_rules(run: Run) -> None:
    own_rules()
    passed = run("test", "own")
    assert (passed.exit_code, passed.stdout) == (0, "2 passed, 0 failed, 0 known misses\n")
    rule = Path("own/style/no-synergy.yaml")
    extra = "  - bad: We have [|chemistry|].\n  - bad: We have [|vim|].\n    todo: not yet\n"
    rule.write_text(OWN_RULE + extra, encoding="utf-8")
    failed = run("test", "own")
    assert failed.exit_code == 1
    assert "no-synergy.yaml:14: [no-synergy] " in failed.stdout
    assert failed.stdout.endswith("2 passed, 1 failed, 1 known misses\n")


def test_a_known_miss_that_passes_is_a_failure(run: Run) -> None:
    own_rules()
    extra = "  - bad: Pure [|synergy|].\n    todo: not yet\n"
    Path("own/style/no-synergy.yaml").write_text(OWN_RULE + extra, encoding="utf-8")
    assert run("test", "own").exit_code == 1


def test_test_says_what_is_wrong(run: Run) -> None:
    own_rules()
    Path("own/style/no-synergy.yaml").write_text(OWN_RULE.replace("phrase:", "phrse:"), encoding="utf-8")
    broken = run("test", "own")
    assert (broken.exit_code, "no-synergy.yaml:10:" in broken.stderr) == (2, True)
    Path("empty").mkdir()
    assert run("test", "empty").exit_code == 2


# --- as a program of its own


def program(*args: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "feedback_lint", *args]
    return subprocess.run(command, capture_output=True, check=False, **options)


def test_end_to_end(folder: Path) -> None:
    result = program("check", "--format", "json", "--no-cache", "bad.txt")
    assert (result.returncode, result.stderr) == (1, b"")
    data = json.loads(result.stdout)
    jsonschema.validate(data, SCHEMA)
    finding = next(d for d in data["diagnostics"] if d["rule"] == "why-not-hired")
    assert (finding["line"], finding["column"], finding["end_line"]) == (3, 1, 3)
    line = BAD.split("\n")[finding["line"] - 1]
    assert line[finding["column"] - 1 : finding["end_column"] - 1] == finding["quote"]


def test_a_name_that_is_no_utf8(folder: Path) -> None:
    Path("bad.txt").rename(os.fsdecode(b"caf\xe9.txt"))
    for style in ("text", "concise", "json"):
        result = program("check", ".", "--format", style, "--select", "why-not-hired")
        assert (result.returncode, result.stderr) == (1, b"")
        assert b"caf\\udce9.txt" in result.stdout.replace(b"\\\\", b"\\")
    assert b"\\udcff" in program("check", os.fsdecode(b"\xff")).stderr


def test_a_terminal_that_knows_only_ascii(folder: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = program("check", "bad.txt", "--select", "why-not-hired", env=env)
    assert (result.returncode, result.stderr) == (1, b"")


def test_a_reader_that_goes_away(folder: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "feedback_lint", "check", "bad.txt", "--select", "why-not-hired"]
    result = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (result.returncode, result.stderr) == (1, b"")


@pytest.mark.parametrize(("closing", "status"), [("<&-", 2), (">&-", 1)])
def test_closed_streams(folder: Path, closing: str, status: int) -> None:
    paths = "-" if closing == "<&-" else "bad.txt"
    command = f"{sys.executable} -m feedback_lint check {paths} --select why-not-hired {closing}"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert result.returncode == status
    assert b"mistake in feedback-lint" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "feedback_lint", "rules"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert b"standard output cannot be written" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environment", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_color_on_a_terminal(folder: Path, environment: dict[str, str], colored: bool) -> None:
    main, terminal = pty.openpty()
    env = {**os.environ, "TERM": "xterm", **environment}
    command = [sys.executable, "-m", "feedback_lint", "check", "bad.txt", "--select", "why-not-hired"]
    subprocess.run(command, stdout=terminal, check=False, env=env)
    os.close(terminal)
    shown = os.read(main, 100_000)
    os.close(main)
    assert b"why-not-hired" in shown
    assert (b"\x1b[31m" in shown) == colored


@pytest.mark.parametrize(
    "code",
    [
        "import feedback_lint; feedback_lint.Diagnostic",
        *(
            f"from feedback_lint.cli import cli; cli({args!r}, standalone_mode=False)"
            for args in (["--help"], ["check", "--help"], ["rules"], ["explain", "why-not-hired"], ["config"])
        ),
    ],
)
def test_spacy_is_not_imported_without_a_draft(folder: Path, code: str) -> None:
    heavy = {"spacy", "thinc", "numpy", "textstat", "onnxruntime", "tokenizers"}
    code += f"\nimport sys\nassert not {heavy} & set(sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")


IRONY = BAD.replace("Why was I turned down for the role?", "How fine to be summed up in a line.")


@pytest.fixture
def ironic(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A draft of which the learned reader thinks that it is bitter."""
    monkeypatch.setattr(Classifier, "scores", lambda *_: {"bitter": 0.99})
    Path("letters").mkdir()
    Path("letters/irony.txt").write_text(IRONY, encoding="utf-8")
    return Path("letters/irony.txt")


def test_what_is_implied_is_told_as_an_impression(run: Run, ironic: Path) -> None:
    assert "reads as bitter (an impression, 99% sure)" in " ".join(run("check", str(ironic)).stdout.split())
    found = json.loads(run("check", "--format", "json", str(ironic)).stdout)["diagnostics"]
    assert [d["confidence"] for d in found if d["rule"] == "bitter"] == [0.99]


def test_the_reader_can_be_switched_off(run: Run, ironic: Path) -> None:
    def finds(*args: str) -> bool:
        return "bitter" in run("check", "--format", "concise", *args, str(ironic)).stdout

    assert finds()
    assert not finds("--no-reader")
    config('[[overrides]]\npaths = ["letters/**"]\nreader = false\n')
    assert not finds()
    assert finds("--reader")


def test_a_model_that_is_not_whole_is_told(run: Run, ironic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> dict[str, float]:
        raise ClassifierError("The reader's model has been changed.")

    monkeypatch.setattr(Classifier, "scores", refuse)
    result = run("check", str(ironic))
    assert (result.exit_code, result.stderr) == (2, "Error: The reader's model has been changed.\n")
    assert run("check", "--no-reader", str(ironic)).exit_code == 1


def test_version(run: Run) -> None:
    assert run("--version").output.endswith(f" {feedback_lint.__version__}\n")


LETTERS = """\
decline:
  subject: Feedback on the Tailor interview
  body: |
    Dear {{ first_name }},

    Why was I turned down for the role?
"""


@pytest.fixture
def letters(folder: Path) -> Path:
    """A folder with a library of emails beside the drafts."""
    path = folder / "letters"
    path.mkdir()
    path.joinpath("all.yaml").write_text(LETTERS, encoding="utf-8")
    return path


def test_a_library_is_checked_by_its_keys(check: Run, letters: Path) -> None:
    for path in ("letters/all.yaml", "letters"):
        result = check("--text-key", "body", "--subject-key", "subject", path)
        assert result.output.startswith("letters/all.yaml:6:5: error [why-not-hired]")
        assert result.exit_code == 1


def test_the_keys_of_a_library_may_be_configured(check: Run, letters: Path) -> None:
    assert "all.yaml" not in check(".").stdout
    Path("feedback-lint.toml").write_text(
        '[[overrides]]\npaths = ["letters/"]\ntext-key = "body"\nsubject-key = "subject"\n', encoding="utf-8"
    )
    assert "letters/all.yaml:6:5: error" in check(".").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((), "letters/all.yaml: Name the key of the texts in this file with --text-key."),
        (("--text-key", "text"), "letters/all.yaml: There is no “text” in this file."),
    ],
)
def test_a_library_without_its_key(check: Run, letters: Path, args: tuple[str, ...], message: str) -> None:
    result = check(*args, "letters/all.yaml")
    assert (result.exit_code, result.stderr) == (2, f"Error: {message}\n")


def test_a_broken_library(check: Run, letters: Path) -> None:
    letters.joinpath("all.yaml").write_text("a: 1\nbody: }\n", encoding="utf-8")
    result = check("--text-key", "body", "letters/all.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: letters/all.yaml: Line 2: it is not valid YAML: ")
