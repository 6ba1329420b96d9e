from __future__ import annotations

import io
import json
import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterable
from typing import Any, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lint.linter import Linter
from feedback_lint.native_host import MOST, PROTOCOL, Check, CutError, Host, TooLongError, read_message, serve
from feedback_lint.native_host import write_message as write
from feedback_lint.version import __version__

SUBJECT = "Your decision about the Data Analyst position"
BAD = "Dear Ms. Osei,\n\nThank you.\nWhy was I turned down for the role? Send me your feedback.\n\nBest,\nSam Porter\n"
CHECK: dict[str, Any] = {
    "id": 7,
    "protocol": PROTOCOL,
    "type": "check",
    "subject": SUBJECT,
    "sender": "Sam Porter <sam@example.com>",
    "recipient": "ann.osei@example.com",
    "body": BAD,
    "isPlainText": True,
    "ignored": "",
    "level": "error",
    "everything": False,
}
HELLO = {"id": 1, "protocol": PROTOCOL, "type": "hello"}
READY = {"id": 1, "protocol": PROTOCOL, "type": "ready", "version": __version__}
RUN = [sys.executable, "-m", "feedback_lint", "native-host"]


class Pieces(io.RawIOBase):
    """A pipe that gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)
        self._random = random.Random(len(data))  # noqa: S311

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(size, self._random.randint(1, 3)))


class Closed(io.BytesIO):
    """A pipe that nobody reads any more."""

    def write(self, _: Any) -> int:
        raise BrokenPipeError


def framed(*messages: object) -> bytes:
    stream = io.BytesIO()
    for message in messages:
        write(stream, message)
    return stream.getvalue()


def answers(data: bytes, host: Host) -> list[Any]:
    """What is answered to what the add-on sends."""
    out = io.BytesIO()
    serve(io.BytesIO(data), out, host)
    return list(messages(out.getvalue()))


def messages(data: bytes) -> Iterable[Any]:
    stream = io.BytesIO(data)
    while (message := read_message(stream)) is not None:
        yield json.loads(message)


def unused() -> Linter:
    raise AssertionError("no linter is needed")


@pytest.fixture(scope="module")
def host(linter: Linter) -> Host:
    return Host(lambda: linter)


@given(st.lists(st.binary(max_size=40)))
def test_messages_come_out_as_they_went_in(bodies: list[bytes]) -> None:
    stream: BinaryIO = Pieces(b"".join(struct.pack("=I", len(body)) + body for body in bodies))  # type: ignore[assignment]
    assert [read_message(stream) for _ in bodies] == bodies
    assert read_message(stream) is None


@given(st.binary(max_size=40), st.data())
def test_message_that_is_cut_is_none(body: bytes, data: st.DataObject) -> None:
    whole = struct.pack("=I", len(body)) + body
    length = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(CutError):
        read_message(io.BytesIO(whole[:length]))


def test_message_that_is_too_long_is_passed_over() -> None:
    stream = io.BytesIO(struct.pack("=I", MOST + 1) + b"x" * (MOST + 1) + framed(HELLO))
    with pytest.raises(TooLongError):
        read_message(stream)
    assert read_message(stream) == json.dumps(HELLO).encode()
    with pytest.raises(TooLongError):
        write(io.BytesIO(), "x" * MOST)


@given(st.binary())
def test_garbage_ends_the_conversation_or_is_refused(data: bytes) -> None:
    assert all(answer["type"] == "error" for answer in answers(data, Host(unused)))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*CHECK, "x"]), inner),
    )
)
def test_other_messages_are_refused_and_the_next_is_answered(message: object) -> None:
    refused, answered = answers(framed(message, HELLO), Host(unused))
    assert refused["type"] == "error"
    assert refused["message"]
    assert answered == READY


@given(st.sampled_from(sorted(CHECK)), st.none() | st.integers(2) | st.text("xyz") | st.lists(st.none()))
def test_question_with_a_wrong_value_is_refused(key: str, value: object) -> None:
    if isinstance(value, type(CHECK[key])) and key not in ("protocol", "type", "level"):
        return
    (answer,) = answers(framed({**CHECK, key: value}), Host(unused))
    assert answer["type"] == "error"
    assert answer["id"] == (7 if key != "id" else None)


def test_deep_nesting_is_refused(host: Host) -> None:
    assert host.answer(b"[" * 100_000)["type"] == "error"


def test_add_on_of_another_version_is_told(host: Host) -> None:
    answer = host.answer(json.dumps({**CHECK, "protocol": PROTOCOL + 1}).encode())
    assert (answer["type"], answer["id"]) == ("error", 7)
    assert "update both" in answer["message"]


def test_answer_quotes_the_words_where_they_stand(host: Host) -> None:
    (answer,) = answers(framed(CHECK), host)
    assert (answer["id"], answer["type"], answer["isOurs"]) == (7, "checked", True)
    why, demand = answer["findings"]
    assert (why["rule"], why["severity"]) == ("why-not-hired", "error")
    assert (why["where"], why["before"], why["quote"]) == (
        "Paragraph 2",
        "Thank you. ",
        "Why was I turned down for the role",
    )
    assert why["after"] == "? Send me your feedback."
    assert "Is there one thing you would suggest I work on before my next interview?" in why["suggestions"]
    assert demand["quote"] == "Send me your feedback"


def test_html_is_quoted_as_it_is_shown(host: Host) -> None:
    body = "<p>Dear Ms. Osei,</p><p>Thank&nbsp;you.<br>Why was I <b>turned</b> down for the r&#111;le?</p><p>Sam Porter"
    (answer,) = answers(framed({**CHECK, "body": body, "isPlainText": False, "everything": True}), host)
    (finding,) = answer["findings"]
    assert (finding["where"], finding["quote"]) == ("Paragraph 2", "Why was I turned down for the role")


def test_subject_and_what_is_missing(host: Host) -> None:
    (answer,) = answers(framed({**CHECK, "subject": "Feedback  ✉️", "level": "warning"}), host)
    found = {finding["rule"]: finding for finding in answer["findings"]}
    assert (found["vague-subject"]["where"], found["vague-subject"]["quote"]) == ("Subject", "Feedback ✉️")
    assert (found["missing-acknowledgement"]["where"], found["missing-acknowledgement"]["quote"]) == ("", "")


def test_long_texts_are_cut_between_words(host: Host) -> None:
    body = BAD.replace("Thank you.", "Thank you for all. " * 20).replace("feedback.", "feedback. " + "I hope so. " * 20)
    (answer,) = answers(framed({**CHECK, "body": body}), host)
    demand = answer["findings"][-1]
    assert demand["before"].startswith("… ")
    assert demand["before"].endswith(" Why was I turned down for the role? ")
    assert demand["after"].endswith(" …")


def test_level_decides_what_stops(host: Host) -> None:
    body = BAD.replace("Why was I turned down for the role? Send me your feedback", "I want feedback on my interview")
    (strict, lax) = answers(
        framed({**CHECK, "body": body, "level": "warning"}, {**CHECK, "body": body, "level": "error"}), host
    )
    assert strict["findings"]
    assert not lax["findings"]


def test_writer_can_have_a_rule_ignored(host: Host) -> None:
    (answer,) = answers(framed({**CHECK, "ignored": "ignore=demanding"}), host)
    assert [finding["rule"] for finding in answer["findings"]] == ["why-not-hired"]


def test_other_mails_pass_unless_all_are_checked(host: Host) -> None:
    mail = {
        **CHECK,
        "subject": "Lunch",
        "body": "Hi Ann,\n\nSend me a yes or no by Friday.\n\nSam\n",
        "level": "warning",
    }
    one, all_ = answers(framed(mail, {**mail, "everything": True}), host)
    assert (one["isOurs"], one["findings"]) == (False, [])
    assert all_["findings"]


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n", "\u2028", "\x0b"])
def test_values_cannot_begin_another_field(line_end: str) -> None:
    value = f"Hello{line_end}X-Feedback-Lint: ignore=demanding"
    mail = Check.model_validate({**CHECK, "subject": value, "sender": value, "recipient": value}).mail()
    assert [line for line in mail.splitlines() if line.startswith(b"X-")] == [b"X-Feedback-Lint: "]


@settings(max_examples=50)
@given(st.text(), st.text(), st.text(), st.booleans())
def test_any_text_is_judged(host: Host, subject: str, body: str, sender: str, is_plain: bool) -> None:
    message = {**CHECK, "subject": subject, "body": body, "sender": sender, "isPlainText": is_plain, "everything": True}
    assert host.answer(json.dumps(message).encode())["type"] == "checked"


class Wordy(Host):
    """Finds very much."""

    def answer(self, message: bytes) -> dict[str, Any]:
        return {"id": json.loads(message)["id"], "type": "checked", "findings": [{"message": "x" * 1000}] * 5000}


def test_long_answers_are_cut_to_what_thunderbird_takes() -> None:
    out = io.BytesIO()
    serve(io.BytesIO(framed(CHECK)), out, Wordy(unused))
    assert MOST / 3 < len(out.getvalue()) <= MOST + 4
    (answer,) = messages(out.getvalue())
    assert len(answer["findings"]) == 625


def test_errors_are_told_without_a_word_of_the_mail(capfd: pytest.CaptureFixture[str]) -> None:
    def broken() -> Linter:
        raise RuntimeError(BAD)

    (answer,) = answers(framed(CHECK), Host(broken))
    assert answer["type"] == "error"
    assert "RuntimeError" in answer["message"]
    assert "Osei" not in answer["message"] + "".join(capfd.readouterr())


def test_pipe_that_nobody_reads_ends_it(host: Host) -> None:
    serve(io.BytesIO(framed(HELLO, HELLO)), Closed(), host)


def test_process_writes_nothing_but_answers() -> None:
    """Also where something prints to standard output; and it ends with its input."""
    code = (
        "import atexit, sys; atexit.register(print, 'bye'); sys.argv = ['x', 'native-host']\n"
        "from feedback_lint.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], input=framed(HELLO, HELLO), capture_output=True, timeout=60)
    assert list(messages(done.stdout)) == [READY, READY]
    assert done.returncode == 0


def test_process_ends_when_thunderbird_is_gone() -> None:
    process = subprocess.Popen([*RUN, "run"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    process.stdout.close()
    process.stdin.write(framed(HELLO))
    process.stdin.flush()
    assert process.wait(timeout=60) == 0
    process.stdin.close()


def test_hello_loads_no_model() -> None:
    command = [sys.executable, "-X", "importtime", *RUN[1:], "run"]
    done = subprocess.run(command, input=framed(HELLO), capture_output=True, timeout=60)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "feedback_lint.native_host" in imported
    assert imported.isdisjoint({"spacy", "onnxruntime"})


def test_terminal_is_told_what_this_is() -> None:
    leader, follower = os.openpty()
    done = subprocess.run(RUN, stdin=follower, capture_output=True, timeout=60)
    os.close(leader)
    os.close(follower)
    assert done.returncode == 2
    assert "native-host install" in done.stderr.decode()
