"""The program behind the Thunderbird add-on: answers its questions about the message that is about to be sent.

Each message is JSON after its length in four bytes (native messaging, as browsers do it). Nothing that is read is
logged or kept.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.document import Projection, Reading
from feedback_lint.input import InputError
from feedback_lint.job import internal
from feedback_lint.mistake import MistakesError
from feedback_lint.presend import judge
from feedback_lint.readers import read
from feedback_lint.text import Span
from feedback_lint.version import __version__

if TYPE_CHECKING:
    from feedback_lint.linter import Linter

# Raised when a message changes its meaning; the add-on has the same number.
PROTOCOL = 1
# Thunderbird takes no longer message from a program, and ours takes none from Thunderbird, in bytes.
MOST = 1024 * 1024
_LENGTH = struct.Struct("=I")
_CHUNK = 64 * 1024
# So many characters of a mail are shown of a finding: beside its words, and of those themselves.
_CONTEXT = 60
_QUOTED = 160
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_FILE_NAME = "message.eml"


class TooLongError(Exception):
    """A message was longer than `MOST`; it was passed over."""


class CutError(Exception):
    """The stream ended in the middle of a message."""


def read_message(stream: BinaryIO) -> bytes | None:
    """The next message, or `None` where the stream ends before one. Raises TooLongError and CutError."""
    head = _up_to(stream, _LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise CutError
    (length,) = _LENGTH.unpack(head)
    if length > MOST:
        left = length
        while left and (passed := len(stream.read(min(left, _CHUNK)))):
            left -= passed
        raise TooLongError
    body = _up_to(stream, length)
    if len(body) < length:
        raise CutError
    return body


def write_message(stream: BinaryIO, message: object) -> None:
    """Write one message. Raises TooLongError for one that Thunderbird would not take, and OSError."""
    body = json.dumps(message).encode()
    if len(body) > MOST:
        raise TooLongError
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def _up_to(stream: BinaryIO, length: int) -> bytes:
    """So many bytes, or those before the end of the stream: a pipe may give them in pieces."""
    parts: list[bytes] = []
    while length and (part := stream.read(length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


Answer = dict[str, Any]


class _Question(BaseModel):
    """What all messages of the add-on have; `id` comes back with the answer."""

    model_config = ConfigDict(strict=True, extra="ignore")
    id: int
    protocol: int


class Hello(_Question):
    """Asks whether anybody is there."""

    type: Literal["hello"]


class WarmUp(_Question):
    """Asks to load the models, since a message is being written."""

    type: Literal["warm-up"]


class Check(_Question):
    """Asks about a message. `level` is the least severity that stops it; `everything`: even if it is no request.

    `ignored` is the value of its `X-Feedback-Lint` header, or nothing.
    """

    type: Literal["check"]
    subject: str
    sender: str
    recipient: str
    body: str
    is_plain_text: bool = Field(alias="isPlainText")
    ignored: str
    level: Literal["error", "warning", "suggestion"]
    everything: bool

    def mail(self) -> bytes:
        """The message as a mail program would send it, without attachments."""
        fields = {
            "From": self.sender,
            "To": self.recipient,
            "Subject": self.subject,
            "X-Feedback-Lint": self.ignored,
            "Content-Type": f"text/{'plain' if self.is_plain_text else 'html'}; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
        }
        # A line end in a value would begin another field.
        lines = [f"{name}: {' '.join(value.split())}" for name, value in fields.items()]
        return "\n".join([*lines, "", self.body]).encode("utf-8", "replace")


_QUESTION: TypeAdapter[Hello | WarmUp | Check] = TypeAdapter(
    Annotated[Hello | WarmUp | Check, Field(discriminator="type")]
)


@dataclass(frozen=True)
class Finding:
    """A finding as the add-on shows it: `before` and `after` is what is read beside the words that are quoted."""

    rule: str
    severity: str
    message: str
    help: str
    where: str
    before: str
    quote: str
    after: str
    suggestions: tuple[str, ...]

    @classmethod
    def of(cls, diagnostic: Diagnostic, reading: Reading) -> Finding:
        """A finding in a message that is read so."""
        where, before, quote, after = _place(diagnostic, reading)
        texts = tuple(suggestion.text for suggestion in diagnostic.suggestions)
        told = diagnostic.severity.value, diagnostic.message, diagnostic.help
        return cls(diagnostic.rule, *told, where, before, quote, after, texts)


class Host:
    """Answers questions. The models are loaded at the first message that needs them, or when asked to warm up."""

    def __init__(self, linter: Callable[[], Linter]) -> None:
        """`linter` makes the linter; it is called once."""
        self._make = linter

    @cached_property
    def _linter(self) -> Linter:
        return self._make()

    def answer(self, message: bytes) -> Answer:
        """The answer to a message. Never fails: what goes wrong is told in it."""
        number = None
        try:
            asked = json.loads(message)
            number = asked["id"] if isinstance(asked["id"], int) else None
            if asked["protocol"] != PROTOCOL:
                return failure(number, "The add-on and feedback-lint are of different versions: update both.")
            question = _QUESTION.validate_python(asked)
        except (ValueError, LookupError, TypeError, RecursionError):
            return failure(number, "feedback-lint cannot read what the add-on asked.")
        try:
            return _stamped(number, self._answer(question))
        except Exception as error:
            return failure(number, _told(error))

    def _answer(self, question: Hello | WarmUp | Check) -> Answer:
        if isinstance(question, Check):
            return self._checked(question)
        if isinstance(question, WarmUp):
            self._linter.load()
        return {"type": "ready", "version": __version__}

    def _checked(self, check: Check) -> Answer:
        level, everything = Severity(check.level), check.everything
        found = judge(self._linter, check.mail(), level=level, everything=everything, name=_FILE_NAME)
        findings: list[Answer] = []
        for report in found.reports:
            reading = read(report.source, report.mode)[0].ways[0]
            findings += (asdict(Finding.of(d, reading)) for d in report.diagnostics if d in found.stopping)
        return {"type": "checked", "isOurs": found.is_ours, "findings": findings}


def serve(stdin: BinaryIO, stdout: BinaryIO, host: Host) -> None:
    """Answer each message, until the add-on closes a pipe or the messages cannot be told apart any more."""
    while True:
        try:
            message = read_message(stdin)
            if message is None:
                return
            answer = host.answer(message)
        except TooLongError:
            answer = failure(None, "This message is too long to be checked.")
        except (CutError, OSError):
            return
        try:
            _write(stdout, answer)
        except OSError:
            return


def failure(number: int | None, message: str) -> Answer:
    """The answer that a question could not be answered, and why, in a sentence."""
    return _stamped(number, {"type": "error", "message": message})


def _stamped(number: int | None, answer: Answer) -> Answer:
    return {"id": number, "protocol": PROTOCOL, **answer}


def _told(error: Exception) -> str:
    """What to say of an error, without a word of the mail."""
    from feedback_lint.classifier import ClassifierError
    from feedback_lint.language import ModelError

    known = (ClassifierError, ModelError, MistakesError, InputError)
    return str(error) if isinstance(error, known) else internal(error)


def _write(stdout: BinaryIO, answer: Answer) -> None:
    """Write an answer, with as many of its findings as fit. Raises OSError."""
    while True:
        try:
            write_message(stdout, answer)
            return
        except TooLongError:
            answer = {**answer, "findings": answer["findings"][: len(answer["findings"]) // 2]}


def _place(diagnostic: Diagnostic, reading: Reading) -> tuple[str, str, str, str]:
    """Where a finding stands, in words, and the words before it, its own, and those after it."""
    if diagnostic.missing:
        return "", "", "", ""
    if reading.subject and reading.subject.place.contains(diagnostic.span):
        return "Subject", *_in_context(reading.subject, reading.subject.map.to_projected(diagnostic.span))
    if not reading.body.place.contains(diagnostic.span):
        return "", "", diagnostic.quote, ""
    span = reading.body.map.to_projected(diagnostic.span)
    paragraphs = len(_BLANK_LINE.findall(reading.body.text[: span.start].lstrip())) + 1
    return f"Paragraph {paragraphs}", *_in_context(reading.body, span)


def _in_context(shown: Projection, span: Span) -> tuple[str, str, str]:
    """What is read before a range in its paragraph, in it, and after it; long texts are cut at a space."""
    before = _one_line(_BLANK_LINE.split(shown.text[: span.start])[-1].lstrip())
    after = _one_line(_BLANK_LINE.split(shown.text[span.end :])[0].rstrip())
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:].partition(" ")[2]
    return before, _beginning(_one_line(shown.text[span.start : span.end]), _QUOTED), _beginning(after, _CONTEXT)


def _beginning(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + " …"


def _one_line(text: str) -> str:
    """The text with single spaces; those at its ends stay."""
    return re.sub(r"\s+", " ", text)
