"""Where rule files lie, and what stands for all that is in them. Reading them is for `rule_files`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from feedback_lint import cache
from feedback_lint.classifier import CARD_FILE
from feedback_lint.version import __version__

# What compiles rules belongs to their name: in a checkout it changes while the version stays.
_COMPILERS = ("pattern.py", "ruleset.py", "rule_files.py")


def built_in() -> Path:
    """The folder of the built-in rules: in the package, or in a checkout or editable install at the top."""
    packaged = Path(__file__).parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def files_in(folder: Path) -> list[Path]:
    """The rule files of a folder, and those of `_vocabulary/` and `_signals/`."""
    return sorted((*folder.glob("**/*.yaml"), *folder.glob("**/*.yml")))


def name_of(folders: tuple[Path, ...]) -> str:
    """A name for the rules of these folders; it is another one as soon as anything in them is."""
    files = [path for folder in folders for path in files_in(folder)]
    files += [Path(__file__).with_name(name) for name in _COMPILERS]
    parts = (part for path in (*files, CARD_FILE) for part in _content(path))
    return cache.key([__version__.encode(), *map(os.fsencode, folders), *parts])


def _content(path: Path) -> Iterator[bytes]:
    """A file's name and bytes; one that cannot be read is reported when rules are compiled."""
    yield os.fsencode(path)
    try:
        yield path.read_bytes()
    except OSError:
        yield b""
