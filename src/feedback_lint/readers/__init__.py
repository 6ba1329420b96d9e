"""Readers: from a source to what a mail program would show of it. One module a format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from feedback_lint.document import Reading, Source
from feedback_lint.readers import plain

# File name extension → reader. Everything else is read as plain text.
READERS: dict[str, Callable[[Source], Reading]] = {
    ".txt": plain.read,
}


def read(source: Source) -> Reading:
    """Read a source with the reader that its file name asks for."""
    return READERS.get(PurePath(source.path).suffix.lower(), plain.read)(source)
