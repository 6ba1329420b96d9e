"""Libraries: files that keep mails as strings, under a key (YAML, JSON) or in a column (CSV)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from feedback_lint.document import Projection
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers.library.csv_strings import read_csv
from feedback_lint.readers.library.json_strings import read_json
from feedback_lint.readers.library.tree import Tree
from feedback_lint.readers.library.yaml_strings import read_yaml

_NAMES = ("id", "name")


@dataclass(frozen=True, slots=True)
class Entry:
    """One mail of a library: its text, and its subject if it has one."""

    name: str
    text: Projection
    subject: Projection | None


def entries(path: str, text: Projection, text_key: str, subject_key: str | None) -> tuple[Entry, ...]:
    """The mails of a library, in order: each string under `text_key`, with the one under `subject_key` beside it.

    They are named by the keys that lead to them, or by an `id` or `name` beside them. Raises BrokenFileError for a
    file that is not what its name says or has no such key.
    """
    extension = PurePath(path).suffix.lower()
    if extension == ".json":
        tree = read_json(text.text)
    elif extension in (".csv", ".tsv"):
        tree = read_csv(text.text, text_key)
    else:
        tree = read_yaml(text.text)
    mappings = [(keys, mapping) for keys, mapping in _mappings(tree) if text_key in mapping]
    if not mappings:
        raise BrokenFileError(f"there is no “{text_key}” in this file")
    return tuple(
        Entry(_name(keys, mapping), value.within(text), subject.within(text) if subject else None)
        for keys, mapping in mappings
        if (value := _string(mapping, text_key)) and value.text.strip()
        for subject in [_string(mapping, subject_key)]
    )


def _mappings(tree: Tree) -> Iterator[tuple[tuple[str, ...], dict[str, Tree]]]:
    """Each mapping in order, with the keys that lead to it; items of lists are counted from 1."""
    waiting: list[tuple[tuple[str, ...], Tree]] = [((), tree)]
    while waiting:
        keys, value = waiting.pop()
        if isinstance(value, dict):
            yield keys, value
        inner = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
        waiting += reversed([((*keys, str(key)), child) for key, child in inner if isinstance(child, (dict, list))])


def _name(keys: tuple[str, ...], mapping: dict[str, Tree]) -> str:
    given = next((name.text for key in _NAMES if (name := _string(mapping, key)) and name.text), None)
    return ".".join((*keys[:-1], given) if given else keys)


def _string(mapping: dict[str, Tree], key: str | None) -> Projection | None:
    value = mapping.get(key) if key is not None else None
    return value if isinstance(value, Projection) else None
