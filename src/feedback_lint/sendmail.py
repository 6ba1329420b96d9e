"""A message on its way to sendmail: what is taken out of it, how it is passed on, and where it is kept if it may not go."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from platformdirs import user_state_path

from feedback_lint.diagnostic import Diagnostic
from feedback_lint.reporters.wording import lines

_END_OF_HEADER = re.compile(rb"\A\r?\n|\n(?=\r?\n)")
_OUR_HEADER = re.compile(rb"^x-feedback-lint[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*(?:\n|\Z)", re.IGNORECASE | re.MULTILINE)
# Mail programs that keep the draft where sendmail fails, if somebody sits in front of them.
_KEEPERS = frozenset({"mutt", "neomutt", "aerc"})
_TERMINALS = ("/dev/pts/", "/dev/tty", "/dev/console")
_WIDTH = 76


def without_our_header(message: bytes) -> bytes:
    """A message byte for byte, but for the header lines `X-Feedback-Lint`."""
    end = _END_OF_HEADER.search(message)
    header = message[: end.end()] if end else message
    return _OUR_HEADER.sub(b"", header) + message[len(header) :]


def pass_on(message: bytes, command: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Become the command, with the message on its standard input: status, signals and output are its own.

    Raises OSError where it cannot be run, or where there is no room for the message.
    """
    with tempfile.TemporaryFile() as file:
        file.write(message)
        file.seek(0)
        os.dup2(file.fileno(), 0)
    # Python ignores these, which a command would inherit.
    for name in ("SIGPIPE", "SIGXFSZ"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    os.execvpe(command[0], list(command), dict(environment))  # noqa: S606 (the command that the user named)


def draft_is_kept() -> bool:
    """Whether a mail program that keeps the draft waits for us: the nearest process above us that has a terminal.

    False where that cannot be told, as on systems without /proc.
    """
    pid = os.getppid()
    with suppress(OSError, ValueError):
        while pid > 1:
            if _standard_input(pid).startswith(_TERMINALS):
                return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8", errors="replace").strip() in _KEEPERS
            # The name of a program, in brackets, may hold anything.
            pid = int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[1])
    return False


def _standard_input(pid: int) -> str:
    """Where the standard input of a process comes from; empty if it is closed. Raises OSError where it is not told."""
    try:
        return os.readlink(f"/proc/{pid}/fd/0")
    except FileNotFoundError:
        return ""


def saved(message: bytes) -> Path:
    """Keep a message that was not sent in a file that only its owner can read, and say where. Raises OSError."""
    problem = OSError()
    for folder in (
        user_state_path("feedback-lint", appauthor=False) / "unsent",
        Path.home(),
        Path(tempfile.gettempdir()),
    ):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            stamp = f"unsent-{datetime.now():%Y%m%d-%H%M%S}-"
            handle, name = tempfile.mkstemp(suffix=".eml", prefix=stamp, dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(message)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            problem = error
        else:
            return Path(name)
    raise problem


def write_privately(path: Path, text: str) -> None:
    """Write a text to a file that only its owner can read. Raises OSError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def told(findings: Sequence[Diagnostic]) -> str:
    """Findings in plain text for the small window of a mail program."""
    number = f"{len(findings)} thing{'s' * (len(findings) != 1)} to mend"
    items = (_item(n, finding) for n, finding in enumerate(findings, 1))
    return "\n".join((wrapped(f"This mail was not sent. feedback-lint found {number}:"), *items))


def _item(number: int, finding: Diagnostic) -> str:
    first, *others = lines(finding)
    label = f"{number}. "
    indent = " " * len(label)
    return wrapped(first, label, indent) + "".join(wrapped(line, indent, f"{indent}  ") for line in others)


def wrapped(text: str, first: str = "", indent: str = "") -> str:
    """A text on lines that fit a window of 80 columns."""
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False,
                         break_on_hyphens=False) + "\n"  # fmt: skip
