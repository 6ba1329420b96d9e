"""The cells of CSV files (RFC 4180; with commas, semicolons or tabs), with the place of each character."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lint.document import Projection
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers.library.tree import Tree
from feedback_lint.text import LineIndex, ProjectionBuilder

_DELIMITERS = (",", ";", "\t")


def read_csv(text: str, column: str) -> Tree:
    """The rows below the head, as mappings, of a CSV file that has such a column; “row 2” is the first of them.

    The head tells which sign parts the cells. Raises BrokenFileError.
    """
    for delimiter in _DELIMITERS:
        rows = _rows(text, delimiter)
        head = [cell.text.strip() for cell in next(rows, [])]
        if column in head:
            return {f"row {n}": dict(zip(head, row, strict=False)) for n, row in enumerate(rows, 2)}
    return None


def _rows(text: str, delimiter: str) -> Iterator[list[Projection]]:
    """The cells of each row; a blank line is none."""
    pattern = re.compile(
        rf"""(?:"(?P<quoted>[^"]*(?:""[^"]*)*)(?P<closing>"?))?(?P<rest>[^{delimiter}\r\n]*)"""
        rf"""(?P<end>\r\n|[{delimiter}\r\n]|\Z)"""
    )
    row: list[Projection] = []
    at = 0
    while (at < len(text) or row) and (cell := pattern.match(text, at)):
        if cell["quoted"] is not None and not cell["closing"]:
            raise BrokenFileError("a quoted cell is not closed", LineIndex(text).position(at).line)
        if row or cell.end("rest") > at or cell["end"] == delimiter:
            row.append(_cell(text, cell))
        if row and cell["end"] != delimiter:
            yield row
            row = []
        at = cell.end()


def _cell(text: str, cell: re.Match[str]) -> Projection:
    """A cell, with `""` in quotes as one sign."""
    builder = ProjectionBuilder(text)
    if cell["quoted"] is not None:
        at, end = cell.span("quoted")
        for doubled in re.compile('""').finditer(text, at, end):
            builder.copy(at, doubled.start())
            builder.replace(*doubled.span(), '"')
            at = doubled.end()
        builder.copy(at, end)
    builder.copy(*cell.span("rest"))
    return Projection(*builder.build())
