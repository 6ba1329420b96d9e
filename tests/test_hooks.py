"""The hook of pre-commit and prek, the GitHub action, the GitLab job, and the example library that they check.

FEEDBACK_LINT_HOOKS=1 also installs the package as these programs do: a minute or two, and a package index is needed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from feedback_lint.cli import cli
from feedback_lint.files import find_drafts
from feedback_lint.readers import FORMATS
from feedback_lint.templates import EXTENSIONS

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
LIBRARY = EXAMPLES / "templates"
WORKFLOWS = (EXAMPLES / "ci" / "github.yml", LIBRARY / ".github" / "workflows" / "letters.yml")
GITLAB = EXAMPLES / "ci" / "gitlab-ci.yml"
PRE_COMMIT = EXAMPLES / "ci" / "pre-commit-config.yaml"
ADDRESS = "OWNER/feedback-lint"
PROGRAMS = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))

GOOD = (EXAMPLES / "kind.txt").read_bytes()
BAD = b"Dear Ms Osei,\n\nYou must tell me why I was rejected for the Welder job.\n\nLee Park\n"
FINDING = "[why-not-hired]"

installs = pytest.mark.skipif(
    not os.environ.get("FEEDBACK_LINT_HOOKS"),
    reason="installs the package, which takes a minute: FEEDBACK_LINT_HOOKS=1",
)
bash = pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")


def program(name: str) -> str:
    """The path of a program of the dev extra; without it, the test is skipped."""
    return shutil.which(name, path=PROGRAMS) or pytest.skip(f"{name} is not installed")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def ran(command: list[str], cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """What a program printed, which must succeed."""
    result = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty home, where git asks nobody who commits."""
    folder = tmp_path / "home"
    folder.mkdir()
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_", "LANG"))}
    people = {
        f"GIT_{who}_{what}": "letters@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {
        **kept,
        **people,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(folder),
        "PATH": PROGRAMS,
        "TERM": "dumb",
    }


@pytest.fixture
def commit(home: dict[str, str]) -> Callable[[Path], str]:
    """Makes a git repository of all that is in a folder, and tells the commit."""
    git = program("git")

    def committed(folder: Path) -> str:
        ran([git, "init", "--quiet"], folder, home)
        ran([git, "add", "--all", "--force"], folder, home)
        ran([git, "commit", "--quiet", "--message", "Letters"], folder, home)
        return ran([git, "rev-parse", "HEAD"], folder, home).strip()

    return committed


# --- pre-commit and prek --------------------------------------------------------------------------------------------


def taken(name: str, keys: tuple[str, ...] = ("files", "exclude")) -> bool:
    """Whether the hook checks a file of that name, by both of its filters or by one alone."""
    (hook,) = load(ROOT / ".pre-commit-hooks.yaml")
    said = {"files": bool(re.search(hook["files"], name)), "exclude": not re.search(hook["exclude"], name)}
    return all(said[key] for key in keys)


NAMES = [
    *(f"letters/kind{extension}" for extension in (*FORMATS, *sorted(EXTENSIONS))),
    *(f"LETTER{extension.upper()}" for extension in (*FORMATS, *sorted(EXTENSIONS))),
    "a b/two\nlines.txt",
    "a.b/letter.html.j2",
    "a/.b/c/letter.txt",
    "a/b.txt.d/picture.png",
    "a/hidden/.letter.txt",
    ".github/letter.md",
    "a/ReadMe.txt",
    "a/my-readme.txt",
    "a/readme.html.j2",
    "CHANGELOG.md",
    "letter",
    "letter.txt.bak",
    "letters.yaml",
    "requirements.txt",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("keys", [("files", "exclude"), ("files",), ("exclude",)])
def test_the_hook_takes_what_a_folder_search_takes(name: str, keys: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(GOOD)
    assert taken(name, keys) == (find_drafts([tmp_path]).files == (file,))


@pytest.mark.parametrize("tool", ["pre-commit", "prek"])
def test_the_hook_and_the_example_of_its_use_are_valid(tool: str) -> None:
    ran([program(tool), "validate-manifest", ".pre-commit-hooks.yaml"])
    ran([program(tool), "validate-config", str(PRE_COMMIT)])
    ((hook,),) = (repo["hooks"] for repo in load(PRE_COMMIT)["repos"])
    assert hook["id"] in {known["id"] for known in load(ROOT / ".pre-commit-hooks.yaml")}


@installs
@pytest.mark.parametrize("tool", ["pre-commit", "prek"])
def test_the_hook_stops_a_commit(
    tool: str, tmp_path: Path, home: dict[str, str], commit: Callable[[Path], str]
) -> None:
    if tool == "prek":
        program("uv")  # which it would download
    package = tmp_path / "package"
    for name in ("src", "rules"):
        shutil.copytree(ROOT / name, package / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, package)
    letters = tmp_path / "project" / "letters"
    letters.mkdir(parents=True)
    (letters / "kind.txt").write_bytes(GOOD)
    (letters / "README.md").write_bytes(BAD)
    (letters / "feedback-lint.toml").write_text('fail-on = "error"\n')
    config = load(PRE_COMMIT)
    config["repos"][0] |= {"repo": str(package), "rev": commit(package)}
    project = letters.parent
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    commit(project)

    assert "Passed" in ran([program(tool), "run", "--all-files"], project, home)

    ran([program(tool), "install"], project, home)
    (letters / "blunt.txt").write_bytes(BAD)
    (letters / "wide.txt").write_text(BAD.decode(), encoding="utf-16")
    ran([program("git"), "add", "--all"], project, home)
    refused = subprocess.run(
        [program("git"), "commit", "--message", "Blunt"], cwd=project, env=home, capture_output=True, text=True
    )
    told = refused.stdout + refused.stderr
    assert refused.returncode == 1, told
    assert re.search(rf"letters/blunt\.txt:3:\d+ error {re.escape(FINDING)}", told), told
    assert "letters/wide.txt:3:" in told
    assert "README.md" not in told

    (letters / "wide.txt").unlink()
    (letters / "blunt.txt").write_bytes(GOOD)
    ran([program("git"), "add", "--all"], project, home)
    ran([program("git"), "commit", "--message", "Kind"], project, home)


# --- the GitHub action ----------------------------------------------------------------------------------------------

ACTION = load(ROOT / "action.yml")
SCRIPTS: dict[str, str] = {
    step["id"]: step["run"] for step in ACTION["runs"]["steps"] if "id" in step and "run" in step
}
RUNS: list[str] = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]


def validate(schema: str, *paths: Path) -> None:
    ran([program("check-jsonschema"), "--builtin-schema", schema, *map(str, paths)])


def test_the_action_is_valid() -> None:
    validate("vendor.github-actions", ROOT / "action.yml")


def test_the_workflows_are_valid() -> None:
    validate("vendor.github-workflows", *WORKFLOWS)


def actionlint(folder: Path, workflow: str) -> None:
    where = folder / ".github" / "workflows"
    where.mkdir(parents=True)
    (where / "letters.yml").write_text(workflow, encoding="utf-8")
    ran([program("git"), "init", "--quiet"], folder)
    ran([program("actionlint"), "-shellcheck="], folder)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_the_workflows_give_the_action_what_it_takes(workflow: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "action.yml", tmp_path)
    text, number = re.subn(rf"uses: {ADDRESS}@\S+", "uses: ./", workflow.read_text(encoding="utf-8"))
    assert number == 1
    actionlint(tmp_path, text)


def test_the_steps_of_the_action_are_valid(tmp_path: Path) -> None:
    """actionlint reads workflows only, so the steps become one."""
    inputs = {name: {"type": "string", "default": said["default"]} for name, said in ACTION["inputs"].items()}
    outputs = {name: said["value"] for name, said in ACTION["outputs"].items()}
    job = {"runs-on": "ubuntu-latest", "outputs": outputs, "steps": ACTION["runs"]["steps"]}
    actionlint(
        tmp_path, yaml.safe_dump({"name": "steps", "on": {"workflow_call": {"inputs": inputs}}, "jobs": {"steps": job}})
    )


def test_each_input_is_used() -> None:
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])


@bash
@pytest.mark.parametrize("script", RUNS)
def test_scripts_are_bash_and_nothing_is_put_into_their_text(script: str) -> None:
    assert "${{" not in script
    ran(["bash", "-n", "-c", script])


def bash_step(
    name: str, cwd: Path, env: Mapping[str, str], status: int = 0
) -> tuple[dict[str, str], subprocess.CompletedProcess[str]]:
    """Runs a step as GitHub does; the outputs that it sets, and what it printed."""
    outputs = cwd.parent / f"{name}.outputs"
    outputs.write_text("")
    temporary = cwd.parent / "temporary"
    (temporary / "feedback-lint").mkdir(parents=True, exist_ok=True)
    result = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", SCRIPTS[name]],
        cwd=cwd,
        env={**env, "GITHUB_OUTPUT": str(outputs), "RUNNER_TEMP": str(temporary), "GITHUB_ACTION_PATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert result.returncode == status, result.stdout + result.stderr
    return dict(line.split("=", 1) for line in outputs.read_text().splitlines()), result


def given(**inputs: str) -> dict[str, str]:
    """The inputs of the action, as its step gets them."""
    defaults = {name: said["default"] for name, said in ACTION["inputs"].items()}
    return {
        f"INPUT_{name.replace('-', '_').upper()}": inputs.get(name.replace("-", "_"), defaults[name])
        for name in defaults
    }


@pytest.fixture
def recorder(tmp_path: Path) -> Path:
    """A program that only notes its arguments, one a line, in a file beside it, and exits with status 1."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "feedback-lint").write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.arguments"\nexit 1\n')
    (folder / "feedback-lint").chmod(0o755)
    return folder / "feedback-lint"


def arguments(recorder: Path) -> list[str]:
    return recorder.with_suffix(".arguments").read_text().splitlines()


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "kind.txt").write_bytes(GOOD)
    return folder


@bash
def test_inputs_become_options_word_for_word(recorder: Path, letters: Path, home: dict[str, str]) -> None:
    inputs = given(
        paths="a b\n--no-such\r\n\n$(touch made)`touch made`;touch made",
        args="--no-reader  --ignore=rambling\n--select=* $(touch made)",
        fail_on="error; touch made",
        baseline="known ones.json",
        diff="--output=made",
    )
    outputs, _ = bash_step("check", letters, {**home, **inputs, "PROGRAM": str(recorder)})
    sarif = f"sarif={letters.parent}/temporary/feedback-lint/feedback-lint.sarif"
    assert arguments(recorder) == [
        *("check", "--format", "github", "--format", sarif),
        *("--fail-on=error; touch made", "--baseline=known ones.json", "--diff=--output=made"),
        *("--no-reader", "--ignore=rambling", "--select=*", "$(touch", "made)"),
        *("--", "a b", "--no-such", "$(touch made)`touch made`;touch made"),
    ]
    assert outputs == {"status": "1"}
    assert [file.name for file in letters.iterdir()] == ["kind.txt"]


@bash
def test_without_inputs_the_whole_checkout_is_checked(recorder: Path, letters: Path, home: dict[str, str]) -> None:
    bash_step("check", letters, {**home, **given(), "PROGRAM": str(recorder)})
    assert arguments(recorder)[5:] == ["--", "."]


@bash
@pytest.mark.parametrize(("letter", "status"), [(GOOD, "0"), (BAD, "1"), (None, "2")])
def test_the_action_checks_letters(letter: bytes | None, status: str, letters: Path, home: dict[str, str]) -> None:
    if letter:
        (letters / "other.txt").write_bytes(letter)
    env = {
        **home,
        **given(paths="kind.txt\nother.txt"),
        "PROGRAM": program("feedback-lint"),
        "PYTHONPATH": str(ROOT / "src"),
    }
    outputs, result = bash_step("check", letters, env)
    assert outputs["status"] == status, result.stderr
    assert ("::error file=other.txt,line=3" in result.stdout) == (status == "1")
    if status != "2":
        assert '"why-not-hired"' in Path(outputs["sarif"]).read_text(encoding="utf-8")


@bash
@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_action_ends_with_the_status_of_the_check(status: int) -> None:
    last = ACTION["runs"]["steps"][-1]
    assert last["env"] == {"STATUS": "${{ steps.check.outputs.status }}"}
    assert "always()" in last["if"]
    assert subprocess.run(["bash", "-e", "-c", last["run"]], env={"STATUS": str(status)}).returncode == status


@bash
@installs
def test_the_action_installs_the_checkout_that_it_is_in(letters: Path, home: dict[str, str]) -> None:
    for module in ("click", "pip", "venv"):
        (letters / f"{module}.py").write_text("raise SystemExit('a module of the letters was imported')\n")
    outputs, _ = bash_step("install", letters, {**home, "PYTHON": sys.executable})
    assert ran([outputs["program"], "check", "kind.txt"], letters, home)
    assert ran([outputs["program"], "--version"], letters, home).split()[-1] == outputs["version"]


@bash
def test_the_cache_is_named_by_the_letters_that_are_checked(
    letters: Path, home: dict[str, str], commit: Callable[[Path], str]
) -> None:
    def named(paths: str) -> str:
        outputs, _ = bash_step("letters", letters, {**home, **given(paths=paths)})
        return outputs["content"]

    none = named(".")
    commit(letters)
    before = named("."), named("kind.txt")
    (letters / "other.txt").write_bytes(BAD)
    commit(letters)
    assert named(".") not in (none, before[0])
    assert named("kind.txt\n") == before[1]
    assert named("kind.txt\nother.txt") == named(".")


# --- the GitLab job -------------------------------------------------------------------------------------------------


def test_the_gitlab_job_is_valid() -> None:
    ran(
        [
            *(program("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
            str(GITLAB),
        ]
    )


@pytest.mark.parametrize("base", ["", "0123abc"])
def test_the_gitlab_job_checks_what_a_merge_request_changed(
    base: str, recorder: Path, letters: Path, home: dict[str, str]
) -> None:
    job = load(GITLAB)["feedback-lint"]
    env = {**home, "PATH": f"{recorder.parent}{os.pathsep}{PROGRAMS}", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    result = subprocess.run(["sh", "-e", "-c", "\n".join(job["script"])], cwd=letters, env=env)
    assert result.returncode == 1
    reports = job["artifacts"]["reports"]
    assert arguments(recorder) == [
        *("check", "--format", "text", "--format", f"gitlab={reports['codequality']}"),
        *("--format", f"junit={reports['junit']}"),
        *([f"--diff={base}"] if base else []),
        "letters",
    ]


# --- docs/ci.md -----------------------------------------------------------------------------------------------------


def block(beginning: str) -> str:
    """The indented lines of docs/ci.md that begin so."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    (found,) = [m[0] for m in re.finditer(r"(?:^    .*\n|^\n(?=    ))+", page, re.MULTILINE) if beginning in m[0]]
    return textwrap.dedent(found).lstrip("\n")


def test_the_workflow_on_the_page_is_valid(tmp_path: Path) -> None:
    shutil.copy(ROOT / "action.yml", tmp_path)
    actionlint(tmp_path, re.sub(rf"uses: {ADDRESS}@\S+", "uses: ./", block("runs-on:")))


def test_the_hook_on_the_page_is_that_of_the_example() -> None:
    assert yaml.safe_load(block("repos:")) == load(PRE_COMMIT)


def test_the_inputs_on_the_page_are_those_of_the_action() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    table = page.partition("| input |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE) == list(ACTION["inputs"])


# --- the example library --------------------------------------------------------------------------------------------


def check(path: Path) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["check", "--format", "concise", str(path)])
    return result.exit_code, result.output


def test_the_example_library_reads_well() -> None:
    found = find_drafts([LIBRARY])
    assert len(found.files) >= 8
    assert {file.parent.name for file in found.files} == {"request", "thanks", "follow-up"}
    assert check(LIBRARY) == (0, "")


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("request/after-application.md", "[Company]", "[Compamy]", "malformed-placeholder"),
        ("request/after-interview.txt.j2", "{%- else -%}", "{%- else -%}\nYou must reply.", "demanding"),
        ("request/final-round.eml", "Thank you for the {{ job_title }} interviews", "Hello", "vague-subject"),
        ("thanks/for-feedback.html.j2", "{% else %}", "{% else %}<p>I disagree with your feedback.</p>", "defensive"),
        ("follow-up/similar-role.hbs", "{{/if}} If", " If", "malformed-placeholder"),
    ],
)
def test_its_checks_would_notice_a_mistake(file: str, old: str, new: str, rule: str, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(LIBRARY, tmp_path / "library")) / file
    text = copied.read_text(encoding="utf-8")
    assert old in text
    copied.write_text(text.replace(old, new, 1), encoding="utf-8")
    status, output = check(copied.parents[1])
    assert status == 1
    assert f"[{rule}]" in output


def test_each_blank_on_its_list_is_used() -> None:
    letters = " ".join(file.read_text(encoding="utf-8") for file in find_drafts([LIBRARY]).files)
    used = {name.lower().replace(" ", "_") for names in re.findall(r"\[([\w ]+)\]|(\w+)", letters) for name in names}
    listed = tomllib.loads((LIBRARY / "feedback-lint.toml").read_text(encoding="utf-8"))["placeholders"]
    assert [name for name in listed if name not in used] == []
