"""The stand-in for sendmail: what it passes on, what it keeps, and what it does with what goes wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.test_presend import BAD, ORDINARY

from feedback_lint.sendmail import without_our_header

GOOD = BAD.replace(b"Send me your full interview notes by Friday at noon.", b"Would you share one thing to work on?")
COMMAND = [sys.executable, "-m", "feedback_lint", "sendmail"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    script(tmp_path / "real", f'printf "%s|" "$@" > "{tmp_path}/args"; cat > "{tmp_path}/sent"; echo out; echo err >&2')
    return tmp_path


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def run(home: Path, message: bytes, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FEEDBACK_LINT", "XDG_STATE"))}
    return subprocess.run(
        [*COMMAND, *arguments],
        input=message,
        cwd=home,
        env={**kept, "HOME": str(home), **environment},
        capture_output=True,
        check=False,
    )


def unsent(home: Path) -> list[Path]:
    return sorted((home / ".local/state/feedback-lint/unsent").glob("*.eml"))


@pytest.mark.parametrize(
    "message",
    [
        GOOD,
        ORDINARY,
        ORDINARY.replace(b"\n", b"\r\n"),
        b"",
        b"\n",
        b"Subject: x\n\n\xff\xfe\x80 bytes\r\r\n.\n..\nFrom here\n",
        b"Subject: no body and no end",
    ],
)
def test_a_message_is_passed_on_byte_for_byte(home: Path, message: bytes) -> None:
    done = run(home, message, str(home / "real"), "-oi", "-f", "me@example.org", "--", "you@example.org")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"out\n", b"err\n")
    assert (home / "sent").read_bytes() == message
    assert (home / "args").read_text() == "-oi|-f|me@example.org|--|you@example.org|"
    assert unsent(home) == []


def test_two_dashes_may_stand_before_the_command(home: Path) -> None:
    assert run(home, ORDINARY, "--", str(home / "real"), "--", "you@example.org").returncode == 0
    assert (home / "args").read_text() == "--|you@example.org|"


@pytest.mark.parametrize(
    ("message", "left"),
    [
        (b"A: b\nX-Feedback-Lint: ignore=x\nC: d\n\nbody\n", b"A: b\nC: d\n\nbody\n"),
        (b"x-FEEDBACK-lint : ignore=x\r\nC: d\r\n\r\nbody\r\n", b"C: d\r\n\r\nbody\r\n"),
        (b"A: b\nX-Feedback-Lint: ignore=x,\n y,\n\tz\nC: d\n\nbody\n", b"A: b\nC: d\n\nbody\n"),
        (b"A: b\r\nX-Feedback-Lint:\r\n ignore=x\r\n\r\nbody\r\n", b"A: b\r\n\r\nbody\r\n"),
        (b"X-Feedback-Lint: a\nX-Feedback-Lint: b\n\n", b"\n"),
        (b"A: b\nX-Feedback-Lint: ignore=x", b"A: b\n"),
        (b"A: b\n\nX-Feedback-Lint: ignore=x\n", b"A: b\n\nX-Feedback-Lint: ignore=x\n"),
        (b"\nX-Feedback-Lint: ignore=x\n", b"\nX-Feedback-Lint: ignore=x\n"),
        (b"A: b\n X-Feedback-Lint: ignore=x\n\n", b"A: b\n X-Feedback-Lint: ignore=x\n\n"),
        (b"X-Feedback-Linter: x\n\n", b"X-Feedback-Linter: x\n\n"),
    ],
)
def test_our_header_is_taken_out_and_nothing_else(message: bytes, left: bytes) -> None:
    assert without_our_header(message) == left


def test_our_header_is_heeded_and_not_sent(home: Path) -> None:
    assert run(home, b"X-Feedback-Lint: ignore=demanding\n" + BAD, str(home / "real")).returncode == 0
    assert (home / "sent").read_bytes() == BAD


def test_the_status_is_that_of_the_command(home: Path) -> None:
    script(home / "real", "exit 75")
    assert run(home, ORDINARY, str(home / "real")).returncode == 75


def test_the_command_dies_by_its_own_signal(home: Path) -> None:
    script(home / "real", "kill -TERM $$")
    assert run(home, ORDINARY, str(home / "real")).returncode == -signal.SIGTERM


def test_the_command_gets_the_environment_and_the_signals_of_the_caller(home: Path) -> None:
    script(home / "real", f'env > "{home}/env"; grep SigIgn /proc/self/status > "{home}/ignored" || :')
    assert run(home, GOOD, str(home / "real"), MARK="1").returncode == 0
    names = {line.partition("=")[0] for line in (home / "env").read_text().splitlines()}
    assert names <= {*os.environ, "HOME", "MARK", "PWD", "OLDPWD", "SHLVL", "_"}
    if sys.platform == "linux":
        ignored = int((home / "ignored").read_text().split()[1], 16)
        assert not ignored >> (signal.SIGPIPE - 1) & 1


def test_a_bad_message_is_stopped_told_and_saved(home: Path) -> None:
    done = run(home, BAD, str(home / "real"))
    told = done.stderr.decode()
    assert done.returncode == 65
    assert not (home / "sent").exists()
    assert "1. “Send me your full interview notes by Friday at noon” reads as a demand" in " ".join(told.split())
    assert "[demanding]" in told
    assert "FEEDBACK_LINT_FORCE=1" in told
    (kept,) = unsent(home)
    assert f"saved as {kept}" in told
    assert kept.read_bytes() == BAD
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert max(map(len, told.partition("The message was")[0].splitlines())) < 80


def test_force_sends_it_without_our_header(home: Path) -> None:
    done = run(home, b"X-Feedback-Lint: x\n" + BAD, str(home / "real"), FEEDBACK_LINT_FORCE="1")
    assert done.returncode == 0
    assert (home / "sent").read_bytes() == BAD


@pytest.mark.parametrize("value", ["", "0"])
def test_no_force_is_none(home: Path, value: str) -> None:
    assert run(home, BAD, str(home / "real"), FEEDBACK_LINT_FORCE=value).returncode == 65


def test_everything_and_level(home: Path) -> None:
    assert run(home, ORDINARY, "--everything", str(home / "real")).returncode == 65
    assert run(home, BAD, "--level", "error", str(home / "real")).returncode == 65
    assert len(unsent(home)) == 2


def test_findings_are_written_to_a_file_until_a_mail_goes(home: Path) -> None:
    done = run(home, BAD, "--findings", "~/found", str(home / "real"))
    assert (home / "found").read_bytes() == done.stderr
    assert (home / "found").stat().st_mode & 0o777 == 0o600
    assert run(home, GOOD, "--findings", "~/found", str(home / "real")).returncode == 0
    assert not (home / "found").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["./no-such-command"], 127, "cannot be run: No such file"),
        (["./plain-file"], 127, "cannot be run: Permission denied"),
        (["--nonsense", "./real"], 64, "No such option"),
        ([], 64, "Missing argument"),
        (["-f", "me@example.org", "--", "./real"], 64, "leave it out of $sendmail"),
        (["--config", "broken.toml", "./real"], 78, "broken.toml:1"),
        (["--model", "no_such_model", "./real"], 78, "no_such_model"),
    ],
)
def test_what_goes_wrong_loses_no_message(home: Path, arguments: list[str], status: int, words: str) -> None:
    (home / "plain-file").touch()
    (home / "broken.toml").write_text("nonsense = 1\n")
    done = run(home, GOOD, *arguments)
    assert done.returncode == status
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert not (home / "sent").exists()
    assert [path.read_bytes() for path in unsent(home)] == [GOOD]


def test_a_broken_configuration_does_not_hold_up_other_mails_or_force(home: Path) -> None:
    (home / "feedback-lint.toml").write_text("nonsense = 1\n")
    assert run(home, GOOD, str(home / "real")).returncode == 78
    assert run(home, ORDINARY, str(home / "real")).returncode == 0
    assert run(home, GOOD, str(home / "real"), FEEDBACK_LINT_FORCE="1").returncode == 0


def test_what_cannot_be_read_is_kept(home: Path) -> None:
    binary = b"\0\1\2\3" * 300
    done = run(home, binary, str(home / "real"))
    assert done.returncode == 65
    assert "cannot be read" in done.stderr.decode()
    assert unsent(home)[0].read_bytes() == binary


def run_with(home: Path, judgement: str) -> subprocess.CompletedProcess[bytes]:
    """Send a good mail where this statement is what happens at the first look at it."""
    (home / "sitecustomize.py").write_text(
        f"import os, signal\nimport feedback_lint.presend\ndef judge(*_):\n    {judgement}\n"
        "feedback_lint.presend.may_be_ours = judge\n"
    )
    path = os.pathsep.join([str(home), os.environ.get("PYTHONPATH", "")])
    return run(home, GOOD, str(home / "real"), PYTHONPATH=path)


def test_a_mistake_of_ours_is_told_and_keeps_the_message(home: Path) -> None:
    done = run_with(home, "raise ZeroDivisionError")
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert [p.read_bytes() for p in unsent(home)] == [GOOD]


def test_a_message_is_saved_elsewhere_where_its_folder_is_not_to_be_had(home: Path) -> None:
    (home / ".local").write_text("in the way")
    done = run(home, BAD, str(home / "real"))
    (kept,) = home.glob("unsent-*.eml")
    assert kept.read_bytes() == BAD
    assert str(kept) in done.stderr.decode()


def test_an_interrupted_judgement_keeps_the_message(home: Path) -> None:
    done = run_with(home, "os.kill(os.getpid(), signal.SIGTERM)")
    assert done.returncode == 130
    assert [p.read_bytes() for p in unsent(home)] == [GOOD]
