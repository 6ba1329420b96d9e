"""Readers: from a file to what a mail program would show of it. One module a format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from feedback_lint.document import Letter, Mode, Projection, Reading, Source
from feedback_lint.readers import plain
from feedback_lint.text import decode


@dataclass(frozen=True)
class Format:
    """How files of one kind are read: bytes to text and its encoding, and text to what is shown.

    `read` gets the text as a projection of the source, since a template may have been expanded on the way.
    """

    read: Callable[[Source, Projection], Reading]
    decode: Callable[[bytes], tuple[str, str]] = decode


_PLAIN = Format(plain.read)
# File name extension → format. Everything else is read as plain text.
FORMATS: dict[str, Format] = {
    ".txt": _PLAIN,
}


def source_of(path: str, data: bytes) -> Source:
    """A file as text. Raises text.BinaryFileError for bytes that are none."""
    return Source(path, *_format(path).decode(data))


def mode_of(source: Source) -> Mode:
    """Whether a file is a draft or a template, told from its name and its text."""
    return Mode.DRAFT


def read(source: Source, mode: Mode) -> tuple[Letter, ...]:
    """The mails in a file, in order, each as a mail program would show it."""
    text = Projection.whole(source.text)
    return (Letter((_format(source.path).read(source, text),)),)


def _format(path: str) -> Format:
    return FORMATS.get(PurePath(path).suffix.lower(), _PLAIN)
