"""Mistakes in files that people write for us (rules, configuration), with their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a file; line and column are 1-based, 0 where there is no place. `excerpt` is that line."""

    path: Path
    line: int
    column: int
    message: str
    excerpt: str = ""

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        head = f"{self.path}{place}: {self.message}"
        if not self.excerpt.strip():
            return head
        return f"{head}\n    {self.excerpt}\n    {' ' * (self.column - 1)}^"


class MistakesError(Exception):
    """Files with mistakes. `str()` lists each with file and line."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(m) for m in self.mistakes))


class RuleFileError(MistakesError):
    """Rule files with mistakes. `str()` lists each with file, line, excerpt and caret."""


class BrokenFileError(Exception):
    """A file to lint that is not what its name says. `str()` is a plain sentence with the line, without the path."""

    def __init__(self, message: str, line: int = 0) -> None:
        """`message` goes on after "it cannot be read: "; `line` is 1-based, 0 where there is none."""
        super().__init__(f"Line {line}: {message}." if line else f"{message[0].upper()}{message[1:]}.")
