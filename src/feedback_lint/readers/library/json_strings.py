"""The strings of JSON files (RFC 8259), with the place of each character."""

from __future__ import annotations

import json
import re

from feedback_lint.document import Projection
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers.library.tree import Tree
from feedback_lint.text import ProjectionBuilder

_TOKEN = re.compile(r'"(?P<string>(?:[^"\\]|\\.)*)"|(?P<sign>[{}\[\]:,])|[^\s"{}\[\]:,]+')
_ESCAPE = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\(?:u\w{4}|.)")


def read_json(text: str) -> Tree:
    """The data of a JSON file. Raises BrokenFileError."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise BrokenFileError(f"it is not valid JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise BrokenFileError("it is nested too deeply") from error
    root: list[Tree] = []
    within: list[dict[str, Tree] | list[Tree]] = [root]
    keys: list[str | None] = [None]  # of each mapping or list that is open, the key whose value comes next
    for token in _TOKEN.finditer(text):
        here, key, sign = within[-1], keys[-1], token["sign"]
        if sign in (":", ","):
            continue
        if sign in ("}", "]"):
            within.pop()
            keys.pop()
            continue
        value: Tree = {} if sign == "{" else [] if sign == "[" else None
        if token["string"] is not None:
            value = _string(text, *token.span("string"))
            if isinstance(here, dict) and key is None:
                keys[-1] = value.text
                continue
        if isinstance(here, dict):
            here[key or ""] = value
            keys[-1] = None
        else:
            here.append(value)
        if isinstance(value, (dict, list)):
            within.append(value)
            keys.append(None)
    return root[0]


def _string(text: str, start: int, end: int) -> Projection:
    """A string as a projection of the file; half of a surrogate pair is U+FFFD."""
    builder = ProjectionBuilder(text)
    at = start
    for escape in _ESCAPE.finditer(text, start, end):
        builder.copy(at, escape.start())
        meant = json.loads(f'"{escape[0]}"').encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        builder.replace(*escape.span(), meant)
        at = escape.end()
    builder.copy(at, end)
    return Projection(*builder.build())
