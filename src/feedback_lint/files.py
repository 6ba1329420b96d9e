"""Which files to check, and how files are read and written."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from feedback_lint.input import InputError
from feedback_lint.readers import FORMATS
from feedback_lint.templates import EXTENSIONS

_PROJECT_PAGES = frozenset("readme changelog contributing code_of_conduct license security requirements".split())


@dataclass(frozen=True, slots=True)
class Found:
    """The drafts among the given paths, sorted, and what went wrong."""

    files: tuple[Path, ...]
    errors: tuple[InputError, ...]


def find_drafts(paths: Iterable[Path], is_library: Callable[[Path], bool] = lambda _: False) -> Found:
    """The named files, and the drafts in the named folders and below, each once.

    A folder is searched for the extensions that a reader is registered for, and for the libraries that `is_library`
    takes; a file that is named is always taken. Hidden files and folders are skipped unless they are named, and so are
    the pages that every project has about itself (README.md …). Links are followed; where a file is reached on several
    ways, the one without links is kept.
    """
    files: dict[str, Path] = {}
    errors: list[InputError] = []
    for path in paths:
        if not os.path.isdir(path):
            if os.path.lexists(path):
                _keep(files, path)
            else:
                errors.append(InputError(os.fspath(path), "There is no such file or folder."))
            continue
        before = len(errors)
        drafts = list(_walk(path, errors, is_library))
        for draft in drafts:
            _keep(files, draft)
        if not drafts and len(errors) == before:
            known = ", ".join((*FORMATS, *sorted(EXTENSIONS)))
            errors.append(InputError(os.fspath(path), f"There is no draft ({known}) in this folder."))
    return Found(tuple(sorted(files.values(), key=os.fspath)), tuple(errors))


def _keep(files: dict[str, Path], path: Path) -> None:
    real = os.path.realpath(path)
    known = files.setdefault(real, path)
    files[real] = min(known, path, key=lambda p: (os.path.abspath(p) != real, os.fspath(p)))


def _walk(top: Path, errors: list[InputError], is_library: Callable[[Path], bool]) -> Iterator[Path]:
    """The drafts below a folder. Linked folders come last, and no folder is entered twice."""
    entered: set[str] = set()
    plain, linked = [top], list[Path]()
    while plain or linked:
        folder = plain.pop() if plain else linked.pop()
        real = os.path.realpath(folder)
        if real in entered:
            continue
        entered.add(real)
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name, reverse=True)
        except OSError as error:
            errors.append(InputError(os.fspath(folder), f"This folder cannot be read: {error.strerror}."))
            continue
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith("."):
                continue
            if os.path.isdir(path):
                (linked if entry.is_symlink() else plain).append(path)
            elif os.path.isfile(path) and (_is_draft(path) or is_library(path)):
                yield path


def _is_draft(path: Path) -> bool:
    if path.stem.lower() in _PROJECT_PAGES:
        return False
    extension = path.suffix.lower()
    return extension in FORMATS or extension in EXTENSIONS


def write_file(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all; its permissions stay, and a link still leads to it. Raises OSError."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        target.write_bytes(data)
        return
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Put new content in place of what was read. Raises OSError, also where the file is not the same any more."""
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if path.read_bytes() != old:
        raise OSError(errno.ESTALE, "it was changed meanwhile")
    write_file(path, new)
