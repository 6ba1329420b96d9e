"""The stand-in for sendmail in real mail programs in a terminal: neomutt, mutt and aerc, driven through tmux."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

BAD = """\
Dear Mr Brandt,

Thanks for the interview for the warehouse supervisor job on Monday. I accept that you have picked someone else.

Send me your full interview notes by Friday at noon. I want to improve before my next interview.

Thank you and all the best,

Gary Pugh
"""
GOOD = """\
Dear Mr Brandt,

Thank you for the interview for the warehouse supervisor job on Monday. I respect your decision to go with someone else.

Would you be willing to share one or two things that I could improve before my next interview?

Thank you again, and all the best to the team,

Gary Pugh
"""
SUBJECT = "Warehouse Supervisor interview"
ANYWAY = (
    'macro compose Y "<enter-command>setenv FEEDBACK_LINT_FORCE 1<enter><send-message>'
    '<enter-command>unsetenv FEEDBACK_LINT_FORCE<enter>"'
)
ROOT = Path(__file__).parents[2]
MUTTS = ("neomutt", "mutt")

needs_tmux = pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(program), reason=f"{program} is not installed")


each_mutt = pytest.mark.parametrize("program", [pytest.param(name, marks=needs(name)) for name in MUTTS])


@dataclass
class Desk:
    """A home with a sendmail that keeps what it gets, and a terminal to drive a mail program in."""

    home: Path
    socket: str

    @property
    def sent(self) -> Path:
        return self.home / "sent.eml"

    @property
    def recipients(self) -> str:
        return (self.home / "sent.args").read_text()

    @property
    def unsent(self) -> list[Path]:
        return sorted((self.home / ".local/state/feedback-lint/unsent").glob("*"))

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "XDG_CACHE_HOME") if name in os.environ}
        paths = {"HOME": str(self.home), "PYTHONPATH": str(ROOT / "src"), "EDITOR": str(self.home / "editor")}
        return {**kept, **paths, "LANG": "C.UTF-8", "TERM": "xterm"}

    def write(self, body: str) -> None:
        """What the user types in the editor."""
        (self.home / "body.txt").write_text(body)

    def tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self.socket, *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout

    def open(self, *command: str) -> None:
        self.tmux("new-session", "-d", "-x", "90", "-y", "40", "-s", "mail", shlex.join(command))

    def type(self, *keys: str) -> None:
        self.tmux("send-keys", "-t", "mail", *keys)

    @property
    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "mail")

    def see(self, text: str, *, nudge: bool = False) -> str:
        """Wait until a text is on the screen; `nudge` resizes the window, since aerc paints nothing by itself."""
        end = time.monotonic() + 30
        while text not in (shown := self.screen):
            assert time.monotonic() < end, f"no “{text}” on the screen:\n{shown}"
            if nudge:
                self.tmux("resize-window", "-t", "mail", "-x", str(90 + int(time.monotonic() * 5) % 2))
            time.sleep(0.2)
        return shown

    def wait_for_sent(self) -> bytes:
        end = time.monotonic() + 30
        while not (self.home / "done").exists():
            assert time.monotonic() < end, f"nothing was sent:\n{self.screen}"
            time.sleep(0.2)
        return self.sent.read_bytes()

    def wait_until_closed(self) -> None:
        """Wait until the mail program has ended, and the terminal with it."""
        end = time.monotonic() + 30
        command = ["tmux", "-L", self.socket, "has-session", "-t", "mail"]
        while not subprocess.run(command, env=self.environment, capture_output=True, check=False).returncode:
            assert time.monotonic() < end, f"it is still there:\n{self.screen}"
            time.sleep(0.2)

    def stand_in(self, *options: str) -> str:
        """The command that is set as sendmail."""
        # Not “python -m”: mutt calls a program by its bare name, by which Python does not find its own environment.
        program = Path(sys.executable).with_name("feedback-lint")
        return shlex.join([str(program), "sendmail", *options, str(self.home / "real"), "-oi"])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path, f"feedback-lint-{os.getpid()}-{tmp_path.name}")
    script(
        desk.home / "real", f'printf "%s|" "$@" > {tmp_path}/sent.args; cat > {tmp_path}/sent.eml; : > {tmp_path}/done'
    )
    script(desk.home / "plain", f"cat > {tmp_path}/plain.eml")
    # A file system's clock may be ahead of the one that mutt reads; it would ask whether the draft was “modified”.
    script(desk.home / "editor", f'cat {tmp_path}/body.txt > "$1"; touch -d "1 minute ago" "$1"')
    (desk.home / "Mail").mkdir()
    (desk.home / "Mail/inbox").touch()
    (desk.home / "muttrc").write_text(
        f"""\
set realname="Gary Pugh" from="gary@example.org" folder={tmp_path}/Mail spoolfile={tmp_path}/Mail/inbox
set record={tmp_path}/Mail/sent editor={tmp_path}/editor autoedit=no
set sendmail="{desk.stand_in()}"
{ANYWAY}
"""
    )
    yield desk
    subprocess.run(["tmux", "-L", desk.socket, "kill-server"], capture_output=True, check=False)


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def compose(desk: Desk, program: str, body: str) -> None:
    desk.write(body)
    desk.open(program, "-F", str(desk.home / "muttrc"), "-s", SUBJECT, "brandt@example.org")
    for prompt in ("To: brandt", f"Subject: {SUBJECT}"):
        desk.see(prompt)
        desk.type("Enter")
    desk.see("y:Send")


@needs_tmux
@each_mutt
def test_a_bad_draft_is_stopped_and_still_there(desk: Desk, program: str) -> None:
    compose(desk, program, BAD)
    desk.type("y")
    shown = desk.see("Output of the delivery process")
    assert "“Send me your full interview notes" in shown, shown
    assert "child exited 65" in shown
    desk.type("q")
    desk.see("y:Send")
    assert not desk.sent.exists()
    assert desk.unsent == []  # the draft is in the mail program: no copies of mails on the disk
    desk.write(GOOD)
    desk.type("e")
    time.sleep(1)
    desk.type("y")
    assert b"Would you be willing" in desk.wait_for_sent()


@needs_tmux
@each_mutt
def test_a_draft_is_sent_anyway_by_a_macro(desk: Desk, program: str) -> None:
    compose(desk, program, BAD)
    desk.type("Y")
    assert b"Send me your full interview notes" in desk.wait_for_sent()
    assert desk.recipients == "-oi|--|brandt@example.org|"


@each_mutt
def test_a_good_draft_in_batch_goes_through_byte_for_byte(desk: Desk, program: str) -> None:
    sent = batch(desk, program, GOOD)
    assert sent.returncode == 0, sent.stderr
    received = desk.sent.read_bytes()
    assert GOOD.rstrip().encode() in received
    assert desk.recipients == "-oi|--|brandt@example.org|"
    plainly = batch(desk, program, GOOD, "-e", f'set sendmail="{desk.home}/plain"')
    assert plainly.returncode == 0
    assert lasting(received) == lasting((desk.home / "plain.eml").read_bytes())


@each_mutt
def test_a_bad_draft_in_batch_is_saved(desk: Desk, program: str) -> None:
    stopped = batch(desk, program, BAD)
    assert stopped.returncode != 0
    (kept,) = desk.unsent
    assert str(kept) in stopped.stdout + stopped.stderr
    assert BAD.rstrip().encode() in kept.read_bytes()
    assert not desk.sent.exists()


@each_mutt
def test_the_senders_address_may_be_an_option(desk: Desk, program: str) -> None:
    sent = batch(desk, program, GOOD, "-e", "set use_envelope_from=yes")
    assert sent.returncode == 0, sent.stderr
    assert desk.recipients == "-oi|-f|gary@example.org|--|brandt@example.org|"


def batch(desk: Desk, program: str, body: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [program, "-F", str(desk.home / "muttrc"), *options, "-s", SUBJECT, "brandt@example.org"]
    return subprocess.run(command, input=body, env=desk.environment, capture_output=True, text=True, check=False)


def lasting(message: bytes) -> list[bytes]:
    """The lines of a message but for those that are made anew each time."""
    return [line for line in message.split(b"\n") if not line.startswith((b"Date:", b"Message-ID:"))]


def send_in_vain(desk: Desk) -> None:
    """Have aerc send a draft, and see that it is stopped."""
    desk.type("y")
    desk.see("exit status 65", nudge=True)
    desk.see("Send this email?", nudge=True)


@needs_tmux
@needs("aerc")
def test_aerc_keeps_a_bad_draft_and_shows_what_was_found(desk: Desk) -> None:
    open_aerc(desk, BAD)
    send_in_vain(desk)
    assert not desk.sent.exists()
    assert desk.unsent == []
    desk.type("f")
    desk.see("“Send me your full interview notes", nudge=True)
    desk.type("q")
    desk.see("Send this email?", nudge=True)


@needs_tmux
@needs("aerc")
def test_aerc_sends_a_good_draft(desk: Desk) -> None:
    open_aerc(desk, GOOD)
    desk.type("y")
    assert b"Would you be willing" in desk.wait_for_sent()
    assert desk.recipients == "-oi|brandt@example.org|"


@needs_tmux
@needs("aerc")
def test_aerc_leaves_a_rule_out_by_a_header_that_is_not_sent(desk: Desk) -> None:
    open_aerc(desk, BAD)
    desk.type(":header X-Feedback-Lint ignore=demanding", "Enter")
    desk.see("X-Feedback-Lint", nudge=True)
    desk.type("y")
    sent = desk.wait_for_sent()
    assert b"Send me your full interview notes" in sent
    assert b"x-feedback-lint" not in sent.lower()


@needs_tmux
@needs("aerc")
def test_aerc_sends_a_postponed_draft_anyway_when_it_is_started_so(desk: Desk) -> None:
    open_aerc(desk, BAD)
    send_in_vain(desk)
    desk.type(":postpone", "Enter")
    desk.see("Message postponed", nudge=True)
    desk.type(":quit -f", "Enter")
    desk.wait_until_closed()
    desk.open("env", "FEEDBACK_LINT_FORCE=1", "aerc")
    desk.see("Connected", nudge=True)
    desk.type(":cf Drafts", "Enter")
    desk.see("Warehouse Supervisor", nudge=True)
    desk.type(":recall", "Enter")
    desk.see("Send this email?", nudge=True)
    desk.type("y")
    assert b"Send me your full interview notes" in desk.wait_for_sent()


def open_aerc(desk: Desk, body: str) -> None:
    desk.write(body)
    for folder in ("INBOX", "Sent", "Drafts"):
        for part in ("cur", "new", "tmp"):
            (desk.home / "Maildir" / folder / part).mkdir(parents=True)
    settings = desk.home / ".config/aerc"
    settings.mkdir(parents=True)
    account = f"source = maildir://{desk.home}/Maildir\nfrom = Gary Pugh <gary@example.org>\ncopy-to = Sent\n"
    findings = desk.home / "findings.txt"
    (settings / "accounts.conf").write_text(
        f"[work]\n{account}outgoing = {desk.stand_in('--findings', f'~/{findings.name}')}\n"
    )
    (settings / "accounts.conf").chmod(0o600)
    defaults = Path("/usr/share/aerc/binds.conf").read_text()
    keys = f"f = :term sh -c 'less ~/{findings.name}'<Enter>\n"
    (settings / "binds.conf").write_text(defaults.replace("[compose::review]\n", f"[compose::review]\n{keys}"))
    desk.open("aerc")
    desk.see("Connected", nudge=True)
    desk.type(f":compose -H 'Subject: {SUBJECT}' -H 'To: brandt@example.org'", "Enter")
    desk.see("Send this email?", nudge=True)
