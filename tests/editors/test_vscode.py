"""VS Code's real workbench: code-server in Chromium, with the extension as it is packaged."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors" / "vscode"
TOOLS = Path(os.environ.get("FEEDBACK_LINT_TOOLS", ROOT / "build" / "editors"))
NODE = TOOLS / "node" / "bin"
CODE_SERVER = TOOLS / "vscode" / "node_modules" / "code-server"
PLAYWRIGHT = TOOLS / "vscode" / "node_modules" / "playwright-core"
DRIVER = Path(__file__).with_name("vscode_driver.mjs")
CHROMIUM = shutil.which("chromium")
# Seconds for the workbench to come up, and for one run of the driver, an installation of the server included.
STARTING, DRIVING = 60, 600

pytestmark = [
    pytest.mark.skipif(not os.environ.get("FEEDBACK_LINT_EDITORS"), reason="`make editors` runs this"),
    pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium"),
    pytest.mark.skipif(not CODE_SERVER.is_dir(), reason=f"there is no code-server in {TOOLS}"),
]

BLUNT = """\
Subject: Data Analyst interview
X-Feedback-Lint: ignore=missing-growth-framing

Dear Ms. Osei,

Thank you for the interview for the Data Analyst position, and for letting me know. I understand your decision.
Send me your feedback by Friday.

Kind regards,
Sam Porter
"""
KIND = """\
Subject: Data Analyst interview on 4 March: a request for feedback

Dear Ms. Osei,

Thank you for the interview for the Data Analyst position, and for letting me know. I understand and respect your
decision. If you have a moment, would you be willing to share one or two things that I could do better in future
interviews? It would help me to grow.

Thank you again, and kind regards,
Sam Porter
"""
# A workbench that shows the mail and little else.
QUIET = {
    "chat.disableAIFeatures": True,
    "editor.minimap.enabled": False,
    "editor.wordWrap": "on",
    "telemetry.telemetryLevel": "off",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}


@dataclass(frozen=True)
class Workbench:
    """A workbench that runs, with one folder open."""

    url: str
    folder: Path
    images: Path

    def drive(self, *steps: Sequence[Any]) -> list[Any]:
        """What each step saw. A step is a name and its arguments."""
        given = {
            "playwright": str(PLAYWRIGHT),
            "chromium": CHROMIUM,
            "url": f"{self.url}/?folder={self.folder}",
            "steps": steps,
            "images": str(self.images),
        }
        done = subprocess.run(
            [NODE / "node", DRIVER, json.dumps(given)], capture_output=True, text=True, timeout=DRIVING, env=_env()
        )
        seen = [json.loads(line) for line in done.stdout.splitlines()]
        failed = [entry for entry in seen if "error" in entry]
        assert not failed, f"{failed}\nafter {seen}"
        assert len(seen) == len(steps), done.stderr
        return [entry["saw"] for entry in seen]


def _env() -> dict[str, str]:
    """The environment of programs: none of them finds a server by itself, and nothing of a checkout."""
    path = os.pathsep.join([str(NODE), "/usr/bin", "/bin"])
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PATH": path}


@pytest.fixture(scope="module")
def package() -> Path:
    """The extension as it is given away, made from the lock file."""
    for command in (["npm", "ci"], ["npm", "test"], ["npm", "run", "package"]):
        done = subprocess.run(command, cwd=EXTENSION, env=_env(), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    return EXTENSION / "dist" / "feedback-lint.vsix"


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Where pictures go: `FEEDBACK_LINT_IMAGES`, or nowhere that lasts."""
    folder = Path(os.environ.get("FEEDBACK_LINT_IMAGES", tmp_path / "images"))
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def _workbench(
    package: Path, tmp_path: Path, images: Path, settings: dict[str, Any], *others: Path
) -> Iterator[Workbench]:
    data, extensions, folder = tmp_path / "data", tmp_path / "extensions", tmp_path / "mails"
    for made in (data / "User", folder):
        made.mkdir(parents=True, exist_ok=True)
    (data / "User" / "settings.json").write_text(json.dumps({**QUIET, **settings}))
    program: list[str | Path] = [NODE / "node", CODE_SERVER, "--config", tmp_path / "config.yaml"]
    program += ["--user-data-dir", data, "--extensions-dir", extensions]
    for extension in (*others, package):
        subprocess.run([*program, "--install-extension", extension], env=_env(), check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    options = ["--auth", "none", "--bind-addr", address, "--disable-telemetry", "--disable-update-check"]
    log = (tmp_path / "code-server.log").open("wb")
    server = subprocess.Popen([*program, *options], env=_env(), stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_for(f"http://{address}/healthz", server)
        yield Workbench(f"http://{address}", folder, images)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
        log.close()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()  # noqa: S310 -- our own server
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("code-server did not start")


@pytest.fixture
def server() -> str:
    """The program, as it is installed beside this Python."""
    return os.environ.get("FEEDBACK_LINT_PROGRAM", str(Path(sys.executable).with_name("feedback-lint")))


def test_findings_are_underlined_and_mended(package: Path, tmp_path: Path, images: Path, server: str) -> None:
    settings = {"feedbackLint.path": server, "security.workspace.trust.enabled": False}
    with _workbench(package, tmp_path, images, settings) as bench:
        draft = bench.folder / "draft.txt"
        blunt = BLUNT.replace("Send me", "That was kind 🙂 👍🏽. Send me")
        draft.write_text(blunt, encoding="utf-8")
        (bench.folder / "README.txt").write_text(blunt, encoding="utf-8")
        *_, squiggles, _, problem, offers, _, _, _, in_pages = bench.drive(
            ["open", "README.txt"],
            ["open", "draft.txt"],
            ["squiggle", "error"],
            ["focus"],
            ["problem"],
            ["fix", "Write"],
            ["save"],
            ["status", "Check this mail"],
            ["open", "README.txt"],
            ["underlined"],
        )
        assert in_pages == 0
        assert squiggles
        assert "Send me your feedback" in problem
        assert any(offer.startswith("Write") for offer in offers)
        assert any("Ignore" in offer for offer in offers)
        text = draft.read_text(encoding="utf-8")
        assert "Send me your feedback" not in text
        assert text.startswith(blunt[: blunt.index("Send me")])
        assert text.endswith("\n\nKind regards,\nSam Porter\n")


def test_a_mail_is_copied_when_it_is_clean_or_the_writer_insists(
    package: Path, tmp_path: Path, images: Path, server: str
) -> None:
    settings = {"feedbackLint.path": server, "security.workspace.trust.enabled": False}
    with _workbench(package, tmp_path, images, settings) as bench:
        (bench.folder / "blunt.txt").write_text(BLUNT, encoding="utf-8")
        (bench.folder / "kind.txt").write_text(KIND, encoding="utf-8")
        check = ["command", "feedback-lint: Check Before Sending"]
        before = bench.drive(
            ["open", "blunt.txt"],
            ["squiggle", "error"],
            ["setClipboard", "what was there"],
            ["focus"],
            ["problem"],
            ["picture", "vscode-finding.png"],
            ["escape"],
            check,
            ["shown", "in the way"],
            ["clipboard"],
            ["picture", "vscode-stopped.png"],
            ["press", "Copy anyway"],
            ["shown", "As you wished"],
            ["clipboard"],
            ["focus"],
            ["type", "PS"],
            ["shown", "The text has changed"],
        )
        assert "“Send me your feedback" in before[8]
        assert before[9] == "what was there"
        assert before[13] == BLUNT.replace("X-Feedback-Lint: ignore=missing-growth-framing\n", "")
        after = bench.drive(
            ["open", "kind.txt"],
            ["status", "Check this mail"],
            ["focus"],
            check,
            ["shown", "Ready to send"],
            ["clipboard"],
            ["picture", "vscode-ready.png"],
        )
        assert "✓" in after[4] or "(there)" in after[4]
        assert after[5] == KIND


def test_the_lens_above_a_mail_leads_to_what_is_wrong_and_copies_nothing(
    package: Path, tmp_path: Path, images: Path, server: str
) -> None:
    settings = {"feedbackLint.path": server, "security.workspace.trust.enabled": False}
    with _workbench(package, tmp_path, images, settings) as bench:
        (bench.folder / "draft.txt").write_text(BLUNT, encoding="utf-8")
        *_, kept, _, _, _, _, _, _, copied = bench.drive(
            ["open", "draft.txt"],
            ["squiggle", "error"],
            ["command", "feedback-lint: Restart the Server"],
            ["status", "starting"],
            ["squiggle", "error"],
            ["setClipboard", "what was there"],
            ["lens"],
            ["shown", "One thing stands in the way"],
            ["clipboard"],
            ["press", "line 7"],
            ["at", "Ln 7, Col 1"],
            ["fix", "Write"],
            ["shown", "The text has changed"],
            ["press", "Check again"],
            ["shown", "Ready to send"],
            ["clipboard"],
        )
        assert kept == "what was there"
        assert "decision.\nWould you be willing" in copied
        assert "Send me" not in copied


def test_a_folder_that_is_not_trusted_names_no_program(package: Path, tmp_path: Path, images: Path) -> None:
    folder, ran = tmp_path / "mails", tmp_path / "ran"
    (folder / ".vscode").mkdir(parents=True)
    evil = folder / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {ran}\n")
    evil.chmod(0o755)
    (folder / ".vscode" / "settings.json").write_text(json.dumps({"feedbackLint.path": str(evil)}))
    (folder / "draft.txt").write_text(BLUNT, encoding="utf-8")
    settings = {"security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never"}
    with _workbench(package, tmp_path, images, settings) as bench:
        _, notice, *_ = bench.drive(
            ["open", "draft.txt"],
            ["notified", "feedback-lint is not installed"],
            ["answer", "I Have It"],
            ["setting", "Feedback Lint: Path"],
        )
        assert "Install" in notice
        assert not ran.exists()


def test_a_folder_that_is_not_trusted_configures_nothing(
    package: Path, tmp_path: Path, images: Path, server: str
) -> None:
    folder = tmp_path / "mails"
    (folder / ".vscode").mkdir(parents=True)
    (folder / ".vscode" / "settings.json").write_text(json.dumps({"feedbackLint.configFile": "feedback-lint.toml"}))
    theirs = 'model = "their-model"\n'
    (folder / "feedback-lint.toml").write_text(theirs, encoding="utf-8")
    (folder / "draft.txt").write_text(BLUNT.partition("\n\n")[2], encoding="utf-8")  # no place to ignore a rule in
    quiet = {"security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never"}
    with _workbench(package, tmp_path, images, {"feedbackLint.path": server, **quiet}) as bench:
        *_, offers = bench.drive(["open", "draft.txt"], ["squiggle", "error"], ["focus"], ["problem"], ["fix", "Write"])
        assert not any("feedback-lint.toml" in offer or "untrusted" in offer for offer in offers)
    assert (folder / "feedback-lint.toml").read_text(encoding="utf-8") == theirs
    trusted = {"feedbackLint.path": server, "security.workspace.trust.enabled": False}
    with _workbench(package, tmp_path, images, trusted) as bench:
        bench.drive(["open", "draft.txt"], ["notified", "their-model"])


def test_a_server_that_does_not_start_says_why(package: Path, tmp_path: Path, images: Path) -> None:
    broken = tmp_path / "feedback-lint"
    broken.write_text("#!/bin/sh\necho 'Error: it needs pygls' >&2\nexit 2\n")
    broken.chmod(0o755)
    settings = {"feedbackLint.path": str(broken), "security.workspace.trust.enabled": False}
    with _workbench(package, tmp_path, images, settings) as bench:
        (bench.folder / "draft.txt").write_text(BLUNT, encoding="utf-8")
        _, notice, _ = bench.drive(
            ["open", "draft.txt"],
            ["notified", "feedback-lint did not start: Error: it needs pygls"],
            ["status", "could not be started"],
        )
        assert "Show Output" in notice


def test_the_python_extension_knows_where_the_server_is(
    package: Path, tmp_path: Path, images: Path, server: str
) -> None:
    stand_in = _python_extension(tmp_path / "python", Path(server).with_name("python"))
    settings = {"security.workspace.trust.enabled": False}
    with _workbench(package, tmp_path, images, settings, stand_in) as bench:
        (bench.folder / "draft.txt").write_text(BLUNT, encoding="utf-8")
        _, squiggles = bench.drive(["open", "draft.txt"], ["squiggle", "error"])
        assert squiggles


def _python_extension(folder: Path, python: Path) -> Path:
    """An extension with the name and the part of the interface of the Python extension that are used."""
    folder.mkdir()
    about = {
        "name": "python",
        "publisher": "ms-python",
        "version": "2026.1.0",
        "engines": {"vscode": "^1.91.0"},
        "main": "main.js",
        "activationEvents": ["onCommand:nothing"],
    }
    (folder / "package.json").write_text(json.dumps(about))
    path = json.dumps(str(python))
    code = f"environments: {{ getActiveEnvironmentPath: () => ({{ path: {path} }}) }}"
    (folder / "main.js").write_text(f"exports.activate = () => ({{ {code} }});\n")
    vsce = EXTENSION / "node_modules" / ".bin" / "vsce"
    options = ["--allow-missing-repository", "--skip-license", "--out", "python.vsix"]
    subprocess.run([vsce, "package", *options], cwd=folder, env=_env(), check=True, capture_output=True)
    return folder / "python.vsix"


def test_the_server_is_installed_where_the_writer_agrees(package: Path, tmp_path: Path, images: Path) -> None:
    settings = {
        "feedbackLint.requirement": f"feedback-lint[lsp] @ {ROOT.as_uri()}",
        "security.workspace.trust.enabled": False,
    }
    with _workbench(package, tmp_path, images, settings) as bench:
        (bench.folder / "draft.txt").write_text(BLUNT, encoding="utf-8")
        *_, squiggles = bench.drive(
            ["open", "draft.txt"],
            ["notified", "feedback-lint is not installed"],
            ["picture", "vscode-install.png"],
            ["answer", "Install"],
            ["status", "Check this mail"],
            ["squiggle", "error"],
        )
        assert squiggles
        storage = tmp_path / "data" / "User" / "globalStorage" / "feedback-lint.feedback-lint"
        assert (storage / "server.json").is_file()
