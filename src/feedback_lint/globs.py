"""Patterns with `*`, `?`, `[…]` and `**` in the place of a path, for shells that do not expand them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

Reached = frozenset[int]
"""How much of a pattern led to a place: the parts of it that may be next."""

_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern, cut into the folder where a search begins and a part for each name below it.

    Names that begin with a dot are matched only by parts that do, as in a shell.
    """

    base: str
    parts: tuple[str, ...]

    @property
    def start(self) -> Reached:
        """How much of the pattern leads to its base."""
        return self._with_folders_between({0})

    @property
    def names_files(self) -> bool:
        """Whether it says of a file what it is called, and not only that it is there, as a last `*` or `**` does."""
        return bool(self.parts[-1].strip("*"))

    @property
    def is_spelt(self) -> bool:
        """Whether it spells the name of a file in full."""
        return not _MAGIC.search(self.parts[-1])

    def after(self, reached: Reached, name: str) -> Reached:
        """How much of the pattern leads to a name in a place that was reached; nothing where it leads nowhere."""
        further = set()
        for at in reached:
            if at == len(self.parts):
                continue
            part = self.parts[at]
            if name.startswith(".") and not part.startswith("."):
                continue
            if part == "**":
                further.add(at)
            elif fnmatch(name, part):
                further.add(at + 1)
        return self._with_folders_between(further)

    def matches(self, reached: Reached) -> bool:
        """Whether a place that was reached is one that the pattern stands for."""
        return len(self.parts) in reached

    def _with_folders_between(self, reached: Iterable[int]) -> Reached:
        """`**` stands for no folder, too."""
        found = set()
        for at in reached:
            found.add(at)
            while at < len(self.parts) and self.parts[at] == "**":
                at += 1
                found.add(at)
        return frozenset(found)


ALL_BELOW = Glob("", ("**",))


def as_glob(path: Path) -> Glob | None:
    """A path that holds a pattern, or None."""
    parts = path.parts
    first = next((number for number, part in enumerate(parts) if _MAGIC.search(part)), None)
    return None if first is None else Glob(os.path.join("", *parts[:first]), parts[first:])
