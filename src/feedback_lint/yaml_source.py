"""YAML with positions: plain data, and the place of every node."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from feedback_lint.mistake import Mistake, RuleFileError

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlSource:
    """A YAML file as data, with the line and column of each node by its location."""

    path: Path
    data: Any
    places: dict[Location, tuple[int, int]]
    lines: tuple[str, ...]

    def mistake(self, location: Location, message: str) -> Mistake:
        """A mistake at a location, or at the nearest place above it that the file has."""
        while location and location not in self.places:
            location = location[:-1]
        line, column = self.places.get(location, (1, 1))
        excerpt = self.lines[line - 1] if line <= len(self.lines) else ""
        return Mistake(self.path, line, column, message, excerpt)


def read_yaml(path: Path, *, until: str | None = None) -> YamlSource:
    """Read a file; with `until`, only what stands before the line that begins with that top-level key.

    Raises RuleFileError for a file that cannot be read or is no YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise RuleFileError((Mistake(path, 1, 1, f"cannot be read: {reason}"),)) from error
    lines = tuple(text.split("\n"))
    if until and (at := text.find(f"\n{until}:")) >= 0:
        text = text[: at + 1]
    places: dict[Location, tuple[int, int]] = {}
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = _plain(node, (), places) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        excerpt = lines[line - 1] if line <= len(lines) else ""
        raise RuleFileError((Mistake(path, line, column, str(error.problem), excerpt),)) from error
    except yaml.YAMLError as error:
        raise RuleFileError((Mistake(path, 1, 1, str(error).splitlines()[0]),)) from error
    return YamlSource(path, data, places, lines)


class _DuplicateKeyError(yaml.MarkedYAMLError):
    pass


def _plain(node: Any, location: Location, places: dict[Location, tuple[int, int]]) -> Any:
    places.setdefault(location, (node.start_mark.line + 1, node.start_mark.column + 1))
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in out:
                raise _DuplicateKeyError(problem=f"the key “{name}” is given twice", problem_mark=key.start_mark)
            here = (*location, name)
            places[here] = (key.start_mark.line + 1, key.start_mark.column + 1)
            out[name] = _plain(value, here, places)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*location, n), places) for n, child in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: Any) -> Any:
    if node.style is not None or not node.tag.endswith((":bool", ":int", ":float", ":null")):
        return node.value
    kind = node.tag.rsplit(":", 1)[1]
    if kind == "null":
        return None
    if kind == "bool":
        # YAML 1.1 reads yes, no, on and off as booleans; in rule files they are words.
        lowered = node.value.lower()
        return lowered == "true" if lowered in ("true", "false") else node.value
    try:
        return int(node.value) if kind == "int" else float(node.value)
    except ValueError:
        return node.value
