"""Files as they are read, and what can go wrong then."""

from __future__ import annotations

from pathlib import Path

from feedback_lint.document import Source
from feedback_lint.readers import source_of
from feedback_lint.text import BinaryFileError


class InputError(Exception):
    """A draft that cannot be read; `str()` is one plain sentence without the path."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)  # both, so that it can be sent from one process to another
        self.path = path
        self._message = message

    def __str__(self) -> str:
        return self._message


def content(path: Path) -> bytes:
    """The bytes of a file. Raises InputError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), f"This file cannot be read: {error.strerror}.") from error


def decoded(data: bytes, path: str) -> Source:
    """A file as text. Raises InputError for a binary file."""
    try:
        return source_of(path, data)
    except BinaryFileError as error:
        raise InputError(path, f"This is not a draft: {error}.") from error
