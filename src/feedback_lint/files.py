"""Which files to check, and how files are read and written."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from feedback_lint.globs import ALL_BELOW, Glob, Reached, as_glob
from feedback_lint.ignore_files import Ignores, above, ignored_by, within
from feedback_lint.input import InputError
from feedback_lint.readers import FORMATS, LIBRARIES
from feedback_lint.templates import EXTENSIONS

_PROJECT_PAGES = frozenset("readme changelog contributing code_of_conduct license security requirements".split())
# Who may read and write a new file: all whom the umask lets, or its owner.
_ALL_MAY, _OWNER_MAY = 0o666, 0o600
_HAS_JUNCTIONS = os.name == "nt"  # folders that lead elsewhere and are no symbolic links


@dataclass(frozen=True, slots=True)
class Found:
    """The drafts among the given paths, sorted, and what went wrong."""

    files: tuple[Path, ...]
    errors: tuple[InputError, ...]


def find_drafts(paths: Iterable[Path], is_library: Callable[[Path], bool] = lambda _: False) -> Found:
    """The named files, and the drafts in the named folders and below, each once.

    A folder is searched for the extensions that a reader is registered for, and for the libraries (YAML, JSON, CSV)
    that `is_library` takes; a file that is named is always taken. Hidden files and folders are skipped unless they are
    named, and so are the pages that every project has about itself (README.md …), and what `.gitignore` and
    `.feedbacklintignore` files in the folder, below and above it ignore; the folder itself they cannot. Links are
    followed; where a file is reached on several ways, the one without links is kept.

    A path that does not exist is taken as a pattern (`drafts/**/*.txt`) where it may be one. Folders that it matches
    are searched; files that it matches may have any extension, unless it ends in a mere `*`, and are skipped for the
    same reasons as in a folder.
    """
    search = _Search(is_library)
    for path in paths:
        name = os.fspath(path)
        if os.path.isdir(name):
            search.folder(name)
        elif os.path.lexists(name):
            search.file(name)
        elif glob := as_glob(path):
            search.glob(name, glob)
        else:
            search.errors.append(InputError(name, "There is no such file or folder."))
    return Found(search.drafts(), tuple(search.errors))


def is_project_page(name: str) -> bool:
    """Whether a file is called like a page that every project has about itself."""
    return os.path.splitext(name.lower())[0] in _PROJECT_PAGES


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to search."""

    path: str
    """As it is shown; "" is the current folder."""
    place: str
    """Absolute, by the way on which it was reached."""
    real: str
    """Absolute, without links."""
    is_direct: bool
    """Whether it is shown by the way without links."""
    ignores: Ignores
    glob: Glob
    """What is searched for."""
    reached: Reached
    """How much of the pattern led here."""


@dataclass(slots=True)
class _Walk:
    """A search under way: what is still to be entered, how many drafts there were, and what left out others."""

    plain: list[_Folder]
    linked: list[_Folder] = field(default_factory=list)
    found: int = 0
    hid_drafts: set[str] = field(default_factory=set)
    """The ignore files that left out drafts."""
    hid_folders: set[str] = field(default_factory=set)
    """Those that left out folders."""


class _Search:
    """What was found so far, and what went wrong."""

    def __init__(self, is_library: Callable[[Path], bool]) -> None:
        self.errors: list[InputError] = []
        self._is_library = is_library
        self._files: dict[str, tuple[bool, str]] = {}

    def drafts(self) -> tuple[Path, ...]:
        """The files, sorted."""
        return tuple(map(Path, sorted(path for _, path in self._files.values())))

    def file(self, path: str) -> None:
        """Take a file that is named."""
        real = os.path.realpath(path)
        self._keep(path, real, is_direct=os.path.abspath(path) == real)

    def folder(self, path: str) -> None:
        """Take the drafts in a folder and below; where there are none, note why."""
        before = len(self.errors)
        walk = self._walk("" if path == os.curdir else path, ALL_BELOW)
        if not walk.found and len(self.errors) == before:
            known = ", ".join((*FORMATS, *sorted(EXTENSIONS)))
            message = _why_nothing(walk, "drafts in this folder", f"There is no draft ({known}) in this folder")
            self.errors.append(InputError(path, message))

    def glob(self, path: str, glob: Glob) -> None:
        """Take what a pattern matches; where that is nothing, note why."""
        before = len(self.errors)
        walk = self._walk(glob.base, glob) if os.path.isdir(glob.base or os.curdir) else _Walk([])
        if not walk.found and len(self.errors) == before:
            message = _why_nothing(walk, "files that match this pattern", "No draft matches this pattern")
            self.errors.append(InputError(path, message))

    def _walk(self, top: str, glob: Glob) -> _Walk:
        """Search a folder and those below. Linked ones come last, and none is entered twice."""
        real = os.path.realpath(top)
        is_direct = os.path.abspath(top) == real
        walk = _Walk([_Folder(top, real, real, is_direct, above(real, self.errors), glob, glob.start)])
        entered: set[str] = set()
        while walk.plain or walk.linked:
            folder = walk.plain.pop() if walk.plain else walk.linked.pop()
            if folder.real not in entered:
                entered.add(folder.real)
                self._enter(folder, walk)
        return walk

    def _enter(self, folder: _Folder, walk: _Walk) -> None:
        """Take the drafts in a folder, and see which folders in it to search."""
        try:
            with os.scandir(folder.path or os.curdir) as listing:
                entries = sorted(listing, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            message = f"This folder cannot be read: {error.strerror}."
            self.errors.append(InputError(folder.path or os.curdir, message))
            return
        hidden = {entry.name for entry in entries if entry.name.startswith(".")}
        ignores = within(folder.ignores, folder.place, folder.path, hidden, self.errors) if hidden else folder.ignores
        for entry in entries:
            reached = folder.glob.after(folder.reached, entry.name)
            if not reached:
                continue
            is_folder = _is_folder(entry)
            if not is_folder and not (folder.glob.matches(reached) and self._is_wanted(folder, entry)):
                continue
            if ignores and (by := ignored_by(ignores, os.path.join(folder.place, entry.name), is_folder=is_folder)):
                (walk.hid_folders if is_folder else walk.hid_drafts).add(by.path)
            elif is_folder:
                below = _below(folder, entry, ignores, reached)
                (walk.plain if below.real == os.path.join(folder.real, entry.name) else walk.linked).append(below)
            else:
                walk.found += 1
                self._take(folder, entry)

    def _is_wanted(self, folder: _Folder, entry: os.DirEntry[str]) -> bool:
        """Whether what is no folder is a file that a search takes."""
        if not folder.glob.is_spelt:
            extension = os.path.splitext(entry.name.lower())[1]
            if extension in LIBRARIES and not folder.glob.names_files:
                return _is_file(entry) and self._is_library(Path(folder.path, entry.name))
            if is_project_page(entry.name) and extension not in LIBRARIES:
                return False
            if not folder.glob.names_files and extension not in FORMATS and extension not in EXTENSIONS:
                return False
        return _is_file(entry)

    def _take(self, folder: _Folder, entry: os.DirEntry[str]) -> None:
        path = os.path.join(folder.path, entry.name)
        if entry.is_symlink():
            self._keep(path, os.path.realpath(path), is_direct=False)
        else:
            self._keep(path, os.path.join(folder.real, entry.name), is_direct=folder.is_direct)

    def _keep(self, path: str, real: str, *, is_direct: bool) -> None:
        """Of the ways to a file, keep one without links, or else the first in the alphabet."""
        way = (not is_direct, path)
        self._files[real] = min(self._files.get(real, way), way)


def _below(folder: _Folder, entry: os.DirEntry[str], ignores: Ignores, reached: Reached) -> _Folder:
    """A folder in a folder. If it is matched, all that is below is searched."""
    path = os.path.join(folder.path, entry.name)
    place = os.path.join(folder.place, entry.name)
    direct = os.path.join(folder.real, entry.name)
    real = os.path.realpath(path) if entry.is_symlink() or _HAS_JUNCTIONS else direct
    glob, reached = (ALL_BELOW, ALL_BELOW.start) if folder.glob.matches(reached) else (folder.glob, reached)
    return _Folder(path, place, real, folder.is_direct and real == direct, ignores, glob, reached)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False


def _why_nothing(walk: _Walk, which: str, nothing: str) -> str:
    """One sentence: drafts are ignored, or folders were, or there is nothing."""
    if walk.hid_drafts:
        return f"All {which} are ignored by {_listed(walk.hid_drafts)}; name a file to check it."
    if walk.hid_folders:
        return f"{nothing}; folders that are ignored by {_listed(walk.hid_folders)} were not searched."
    return f"{nothing}."


def _listed(names: Iterable[str]) -> str:
    *most, last = sorted(names)
    return f"{', '.join(most)} and {last}" if most else last


def write_file(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all; its permissions stay, and a link still leads to it. Raises OSError."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
        target.write_bytes(data)
        return
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    # Meanwhile, and when this process is killed, nobody may read it who may not read the file itself.
    opener = partial(os.open, mode=_ALL_MAY if mode is None else _OWNER_MAY)
    try:
        with open(temporary, "wb", opener=opener) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
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
