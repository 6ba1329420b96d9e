"""The add-on in a real Thunderbird: `make editors`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.editors.thunderbird import Thunderbird, missing, thunderbird, until

from feedback_lint.host_manifest import ADD_ON, NAME

pytest.importorskip("aiosmtpd", reason="aiosmtpd is not installed: the extra “editors”")
pytest.importorskip("marionette_driver", reason="marionette_driver is not installed: the extra “editors”")
pytestmark = pytest.mark.skipif(bool(missing()), reason=f"not installed: {missing()}")

SUBJECT = "Your decision about the Data Analyst position"
BAD = """\
Dear Ms. Osei,

Thank you for your time. Why was I turned down for the role? Send me your feedback by Friday.

Kind regards,
Sam Porter
"""
GOOD = """\
Dear Ms. Osei,

Thank you for letting me know about your decision, and for the time you took to interview me for the position of Data
Analyst. I respect your decision.

If you have a few minutes, I would be grateful for one or two things I could improve before my next interview. I would
like to grow in this field. I know that you are busy, so please do not feel obliged to answer.

Kind regards,
Sam Porter
"""
CURT = """\
Dear Ms. Osei,

Thank you for seeing me for the Data Analyst position. I would be grateful for feedback on my interview.

Kind regards,
Sam Porter
"""
OTHER = "Hi Ann,\n\nLunch on Friday? You never answer me, so send me a yes or no today.\n\nSam\n"
MANIFEST = f".mozilla/native-messaging-hosts/{NAME}.json"
_IDLE_SECONDS = 12
# Stand-ins for feedback-lint; each reads what Thunderbird sends and does what a broken program could.
_STAND_IN = """\
#!{python}
import json, struct, sys, time
def read():
    head = sys.stdin.buffer.read(4)
    if len(head) < 4:
        sys.exit()
    return json.loads(sys.stdin.buffer.read(struct.unpack("=I", head)[0]))
def answer(message):
    body = json.dumps(message).encode()
    sys.stdout.buffer.write(struct.pack("=I", len(body)) + body)
    sys.stdout.buffer.flush()
while True:
    question = read()
    if question["type"] != "check":
        continue
    {does}
"""

Host = Callable[[str], None]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def program(home: Path) -> Iterator[Thunderbird]:
    with thunderbird(home, **{"extensions.background.idle.timeout": _IDLE_SECONDS * 1000}) as running:
        yield running


@pytest.fixture
def mail(program: Thunderbird, home: Path) -> Iterator[Thunderbird]:
    """Thunderbird with feedback-lint installed, and nothing sent yet."""
    (home / MANIFEST).unlink(missing_ok=True)
    command = [sys.executable, "-m", "feedback_lint", "native-host", "install"]
    environment = {name: value for name, value in os.environ.items() if name != "XDG_DATA_HOME"}
    subprocess.run(command, env={**environment, "HOME": str(home)}, check=True, capture_output=True)
    program.sink.mails.clear()
    yield program
    program.close_messages()


@pytest.fixture
def stand_in(mail: Thunderbird, home: Path) -> Host:
    """Puts a program that does this where feedback-lint is installed."""

    def put(does: str) -> None:
        script = home / "stand-in"
        script.write_text(_STAND_IN.format(python=sys.executable, does=does), encoding="utf-8")
        script.chmod(0o755)
        content = {
            "name": NAME,
            "description": "",
            "path": str(script),
            "type": "stdio",
            "allowed_extensions": [ADD_ON],
        }
        (home / MANIFEST).write_text(json.dumps(content), encoding="utf-8")

    return put


def sent(program: Thunderbird) -> str:
    """The text of the one mail that was sent."""
    until(lambda: program.sink.mails, "a mail that was sent")
    (found,) = program.sink.mails
    text = found.get_body(("plain", "html"))
    assert text is not None
    return str(text.get_content())


def test_bad_request_is_stopped_and_stays(mail: Thunderbird) -> None:
    mail.write(SUBJECT, BAD)
    time.sleep(4)  # it takes a while to write a mail; the models are loaded meanwhile
    mail.send()
    said = mail.question()
    assert "asks for the reason" in said
    assert "Paragraph 2: Thank you for your time. Why was I turned down for the role?" in said
    assert "stronger candidate" in said
    assert not mail.is_writing()
    mail.press("go-back")
    until(mail.is_writing, "the message")
    assert not mail.sink.mails


def test_send_anyway_sends_it_unchanged(mail: Thunderbird) -> None:
    mail.write(SUBJECT, BAD)
    time.sleep(4)
    mail.send()
    mail.question()
    mail.press("send")
    assert sent(mail).split() == BAD.split()
    assert mail.sink.mails[0]["Subject"] == SUBJECT


def test_html_is_read_as_it_is_shown(mail: Thunderbird) -> None:
    mail.write(
        SUBJECT,
        "<p>Dear Ms. Osei,</p><p>Why was I <b>turned</b> down&nbsp;for<br>the role? I want feedback.</p><p>Sam</p>",
        is_plain_text=False,
    )
    time.sleep(4)
    mail.send()
    assert "Why was I turned down for the role" in mail.question()


@pytest.mark.parametrize(("subject", "body"), [(SUBJECT, GOOD), ("Lunch", OTHER)])
def test_good_requests_and_other_mails_are_sent_at_once(mail: Thunderbird, subject: str, body: str) -> None:
    mail.write(subject, body)
    time.sleep(4)
    mail.send()
    assert sent(mail).split() == body.split()


def test_window_that_is_closed_sends_nothing(mail: Thunderbird) -> None:
    mail.write(SUBJECT, BAD)
    time.sleep(4)
    mail.send()
    mail.question()
    mail.run("Services.wm.getMostRecentWindow('mail:extensionPopup').close()")
    until(mail.is_writing, "the message")
    assert not mail.sink.mails


def test_waits_as_long_as_the_user_reads(mail: Thunderbird) -> None:
    mail.write(SUBJECT, BAD)
    time.sleep(4)
    mail.send()
    mail.question()
    time.sleep(3 * _IDLE_SECONDS)
    mail.press("send")
    assert sent(mail).split() == BAD.split()


def test_header_for_us_is_heeded_and_not_sent(mail: Thunderbird) -> None:
    mail.write(SUBJECT, GOOD.replace("If you have", "Send me your feedback. If you have"), header="ignore=demanding")
    time.sleep(4)
    mail.send()
    sent(mail)
    assert mail.sink.mails[0]["X-Feedback-Lint"] is None


def test_copies_a_suggestion(mail: Thunderbird) -> None:
    mail.write(SUBJECT, BAD)
    time.sleep(4)
    mail.send()
    suggestion = "Is there one thing you would suggest I work on before my next interview?"
    assert suggestion in mail.question()
    buttons = "[...document.querySelectorAll('.suggestions button')]"
    mail.in_question(f"{buttons}.find((b) => b.title.includes('one thing you would suggest')).click()")
    assert until(mail.clipboard, "a text on the clipboard") == suggestion
    assert "Copied" in mail.question()
    mail.press("go-back")


def test_choices_are_kept_and_heeded(mail: Thunderbird) -> None:
    mail.choose("error")
    mail.write(SUBJECT, CURT)
    time.sleep(4)
    mail.send()
    assert sent(mail).split() == CURT.split()
    mail.close_messages()
    mail.sink.mails.clear()
    mail.choose("warning")
    mail.write(SUBJECT, CURT)
    time.sleep(4)
    mail.send()
    assert "Nothing says that you accept the decision" in mail.question()


def test_every_message_is_checked_where_that_is_wished(mail: Thunderbird) -> None:
    mail.check_everything(True)
    mail.write("Lunch", OTHER)
    time.sleep(4)
    mail.send()
    assert "reads as pressure to answer" in mail.question()
    assert not mail.sink.mails
    mail.press("go-back")
    until(mail.is_writing, "the message")
    mail.close_messages()
    mail.check_everything(False)
    mail.write("Lunch", OTHER)
    time.sleep(4)
    mail.send()
    assert sent(mail).split() == OTHER.split()


def test_missing_program_asks(mail: Thunderbird, home: Path) -> None:
    (home / MANIFEST).unlink()
    mail.write("Lunch", OTHER)
    mail.send()
    said = mail.question()
    assert "This message was not checked" in said
    assert "native-host install" in said
    time.sleep(3 * _IDLE_SECONDS)
    assert not mail.sink.mails
    mail.press("send")
    assert sent(mail).split() == OTHER.split()


@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("time.sleep(60)", "has not answered for 2 seconds"),
        ("sys.exit(3)", "has stopped without an answer"),
        ("sys.stdout.write('Traceback'); sys.stdout.flush()", "has stopped without an answer"),
        ("answer({'hello': 'there'})", "does not understand"),
        ("answer({'id': question['id'], 'protocol': 99, 'type': 'checked', 'findings': []})", "update both"),
        ("answer({'id': question['id'], 'protocol': 1, 'type': 'checked', 'findings': [1]})", "does not understand"),
        (
            "answer({'id': None, 'protocol': 1, 'type': 'error', 'message': 'A model is missing.'})",
            "A model is missing.",
        ),
    ],
    ids=["slow", "crashed", "garbage", "other", "version", "finding", "error"],
)
def test_broken_program_asks(mail: Thunderbird, stand_in: Host, does: str, says: str) -> None:
    stand_in(does)
    mail.write(SUBJECT, GOOD)
    mail.send()
    assert says in mail.question()
    assert not mail.sink.mails
    mail.press("go-back")
    until(mail.is_writing, "the message")
    mail.send()
    mail.question()
    mail.press("send")
    assert sent(mail).split() == GOOD.split()


def test_tries_again(mail: Thunderbird, stand_in: Host) -> None:
    answer = "answer({'id': question['id'], 'protocol': 1, 'type': 'checked', 'findings': []})"
    stand_in(f"time.sleep(3); {answer}")
    mail.write(SUBJECT, GOOD)
    mail.send()
    mail.question()
    mail.press("try-again")
    assert sent(mail).split() == GOOD.split()
