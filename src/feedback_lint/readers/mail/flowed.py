"""Text that is format=flowed (RFC 3676): lines that a mail program broke are whole again."""

from __future__ import annotations

import re

from feedback_lint.document import Projection
from feedback_lint.text import ProjectionBuilder

_LINE = re.compile(r"(?P<quotes>>*)(?P<stuffing> ?)(?P<words>[^\r\n]*)(?P<end>\r\n|\n|\r|\Z)")

_SIGNATURE = "-- "


def render(text: str, *, delete_space: bool = False) -> Projection:
    """Undo soft line breaks and space-stuffing; quotes keep their marks, one mark at the start of a paragraph.

    `delete_space` is the parameter DelSp=yes: the space before a soft break is not part of the text.
    """
    builder = ProjectionBuilder(text)
    flowing: str | None = None  # the quote marks of the paragraph that goes on
    held = 0  # where the last line of that paragraph ends
    for line in _LINE.finditer(text):
        words, end = line.span("words")
        fixed = not line["words"].strip() or line["words"] == _SIGNATURE
        if fixed or line["quotes"] != flowing:
            if flowing is not None:
                builder.copy(held, line.start())
            builder.copy(line.start(), line.end("stuffing" if line["quotes"] else "quotes"))
        soft = not fixed and line["words"].endswith(" ")
        builder.copy(words, end - (soft and delete_space))
        flowing, held = (line["quotes"], end) if soft else (None, line.end())
        if not soft:
            builder.copy(end, line.end())
    if flowing is not None:
        builder.copy(held, len(text))
    return Projection(*builder.build())
