"""Which lines changed: told by git, by a diff, or by a list of places.

Lines are counted as git and diff count them: they end at LF only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from array import array
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic
    from feedback_lint.report import Report
    from feedback_lint.text import Span

_HUNK = re.compile(rb"@@ -(\d{1,12})(?:,(\d{1,12}))? \+(\d{1,12})(?:,(\d{1,12}))? @@")
_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<first>[0-9]{1,12})(?:-(?P<last>[0-9]{1,12}))?)?")
# What a file that is not there any more may be called: something with an extension, and not what is no place.
_DELETED_FILE = re.compile(r"[^:]+\.\w{1,10}")
_ONLY_IN = re.compile(rb"Only in .+: .")
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(rb'\\([0-7]{1,3}|[abfnrtv"\\])')
_SIGNS = dict(zip(b'abfnrtv"\\', b'\a\b\f\n\r\t\v"\\', strict=True))
# What git puts before names: old and new file, index, work tree, commit, object.
_PREFIXES = tuple(b"abciow12")
_NOWHERE = b"/dev/null"
# A hook runs with these set for its own repository, and the drafts may lie in another.
_OF_ANOTHER_REPOSITORY = frozenset(
    "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_COMMON_DIR GIT_DIFF_OPTS".split()
)
_NO_PLACE = "it is neither of a diff nor of the form “path”, “path:12” or “path:12-20”"
_FETCH = "this clone is shallow: fetch more of its history (“git fetch --unshallow”, or “fetch-depth: 0” in CI)"


class ChangesError(Exception):
    """What changed cannot be told. `str()` is one plain sentence, with the line of the input where there is one."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The changed lines of one file, 1-based, as first and last of each run.

    After each line of `gaps` (0: before the first) more lines were taken away than put in. `whole`: all lines are new.
    """

    runs: tuple[tuple[int, int], ...] = ()
    gaps: tuple[int, ...] = ()
    whole: bool = False

    def __or__(self, other: Lines) -> Lines:
        return Lines(self.runs + other.runs, self.gaps + other.gaps, self.whole or other.whole)

    def touch(self, first: int, last: int) -> bool:
        """Whether one of these lines changed, or something between them was taken away."""
        if self.whole or any(start <= last and first <= end for start, end in self.runs):
            return True
        return any(first <= gap < last for gap in self.gaps)


@dataclass(frozen=True)
class Changes:
    """The changed lines of files, by absolute path. Links are followed, but a link may itself be what changed."""

    files: Mapping[str, Lines] = field(default_factory=dict)

    def has(self, path: str | Path) -> bool:
        """Whether any line of a file changed, or was deleted."""
        return self._lines(path) is not None

    def touches(self, path: str | Path, first_line: int, last_line: int) -> bool:
        """Whether any of these lines (1-based, inclusive) changed, or lines between them were deleted."""
        lines = self._lines(path)
        return lines is not None and lines.touch(first_line, last_line)

    def deleted_in(self, path: str | Path) -> bool:
        """Whether somewhere in a file more lines were deleted than put in their place."""
        lines = self._lines(path)
        return lines is not None and bool(lines.gaps)

    def judge(self, report: Report) -> Report:
        """The report with the findings on changed lines only.

        What is missing counts also where something was deleted in the file.
        """
        lines = self._lines(report.source.path)
        if lines is None:
            return replace(report, diagnostics=())
        text = report.source.text
        return replace(report, diagnostics=tuple(d for d in report.diagnostics if _concerns(lines, d, text)))

    def _lines(self, path: str | Path) -> Lines | None:
        here = self.files.get(os.path.realpath(path))
        return here if here is not None else self.files.get(_key(os.fspath(path)))


def _concerns(lines: Lines, diagnostic: Diagnostic, text: str) -> bool:
    if diagnostic.missing and lines.gaps:
        return True
    return lines.touch(*_rows(diagnostic.span, text))


def _rows(span: Span, text: str) -> tuple[int, int]:
    """First and last line of a span, 1-based. Below the last line end is no line: that place belongs to the last."""
    feeds = _line_feeds(text)
    count = len(feeds) + (not text.endswith("\n"))
    first, last = (bisect_left(feeds, offset) + 1 for offset in (span.start, max(span.start, span.end - 1)))
    return min(first, count), min(last, count)


@lru_cache(maxsize=1)
def _line_feeds(text: str) -> array[int]:
    """Where the lines of a text end; kept, since the letters of a mailbox share its text."""
    return array("q", (m.start() for m in re.finditer("\n", text)))


def _key(path: str) -> str:
    """A path without links, but for its last part."""
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)


def _collected(found: Iterable[tuple[str, Lines]]) -> Changes:
    files: dict[str, Lines] = {}
    for path, lines in found:
        key = _key(path)
        files[key] = files.get(key, Lines()) | lines
    return Changes(files)


# ---- git


def since(rev: str, paths: Iterable[Path]) -> Changes:
    """What changed since this branch left `rev`, in the repositories of these files, committed or not.

    Files that git does not know yet, and does not ignore, are wholly new. Raises ChangesError.
    """
    if not rev or rev.startswith("-") or "\0" in rev:
        raise ChangesError(f"“{rev}” is no revision: name a branch, a tag or a commit.")
    git = shutil.which("git")
    if git is None:
        raise ChangesError("git is not there to tell what changed: install it, or give a diff on standard input.")
    known: dict[str, str | None] = {}
    homes: set[str] = set()
    for path in paths:
        home = _home(os.path.realpath(path), known)
        if home is None:
            raise ChangesError(f"{_shown(path)}: this lies in no git repository, so what changed cannot be told.")
        homes.add(home)
    tops = {_Repository.at(git, home).folder for home in homes}
    return _collected(change for top in sorted(tops) for change in _Repository(git, top).changes(rev))


def _home(path: str, known: dict[str, str | None]) -> str | None:
    """The nearest folder upwards with a repository in it; `known` keeps what was found."""
    if path not in known:
        parent = os.path.dirname(path)
        if os.path.lexists(os.path.join(path, ".git")):
            known[path] = path
        else:
            known[path] = None if parent == path else _home(parent, known)
    return known[path]


@dataclass(frozen=True, slots=True)
class _Repository:
    git: str
    folder: str

    @classmethod
    def at(cls, git: str, folder: str) -> _Repository:
        """The repository whose work tree a folder belongs to."""
        top = cls(git, folder)._ask("rev-parse", "--show-toplevel").removesuffix(b"\n")
        return cls(git, os.path.realpath(os.fsdecode(top)))

    def changes(self, rev: str) -> Iterator[tuple[str, Lines]]:
        """The changed lines of its files."""
        diff = self._ask(
            "diff", "--unified=0", "--inter-hunk-context=0", "--diff-filter=d", "--find-renames",
            "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
            "--src-prefix=a/", "--dst-prefix=b/", self._base(rev), "--",
        )  # fmt: skip
        yield from _read_diff(diff.split(b"\n"), lambda s: self._path(s.new[2:] if s.has_prefixes else s.new))
        new = self._ask("ls-files", "--others", "--exclude-standard", "-z", "--full-name")
        yield from ((self._path(name), Lines(whole=True)) for name in new.split(b"\0") if name)

    def _path(self, name: bytes) -> str:
        return os.path.join(self.folder, os.fsdecode(name))

    def _base(self, rev: str) -> str:
        """The commit at which the current branch left a revision."""
        found = self._run("rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}")
        if found.returncode:
            hint = f"; {_FETCH}" if self._is_shallow() else ": name a branch, a tag or a commit"
            raise ChangesError(f"There is no revision “{_shown(rev)}” in {_shown(self.folder)}{hint}.")
        base = self._run("merge-base", os.fsdecode(found.stdout).strip(), "HEAD")
        if base.returncode == 1:
            hint = f"; {_FETCH}" if self._is_shallow() else ""
            raise ChangesError(f"“{_shown(rev)}” and the current branch have no commit in common{hint}.")
        return os.fsdecode(self._checked(base)).strip()

    def _is_shallow(self) -> bool:
        return self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _ask(self, *arguments: str) -> bytes:
        return self._checked(self._run(*arguments))

    def _checked(self, answer: subprocess.CompletedProcess[bytes]) -> bytes:
        if answer.returncode:
            lines = answer.stderr.decode("utf-8", "replace").strip().split("\n")
            reason = lines[0].removeprefix("fatal: ").removeprefix("error: ").rstrip(".") or "it does not say why"
            raise ChangesError(f"git cannot tell what changed in {_shown(self.folder)}: {reason}.")
        return answer.stdout

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY}
        try:
            return subprocess.run(  # noqa: S603
                [self.git, "--no-pager", "-c", "core.fsmonitor=false", "-C", self.folder, *arguments],
                env={**kept, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise ChangesError(f"git cannot be run: {error.strerror}.") from error


def _shown(path: str | Path) -> str:
    return os.fspath(path).encode("utf-8", "backslashreplace").decode()


# ---- diffs and lists


def parse(text: bytes, folder: Path) -> Changes:
    """What a unified diff says, or a list with `path`, `path:12` or `path:12-20` on each line.

    Names are looked for in `folder`, and in the git repository that it lies in. Raises ChangesError.
    """
    here = os.path.realpath(folder)
    home = _home(here, {}) or here
    lines = text.removeprefix(BOM_UTF8).split(b"\n")
    if not _is_diff(lines):
        return _collected(_read_list(lines, (here, home)))

    def place(section: _Section) -> str:
        whole, cut = os.fsdecode(section.new), os.fsdecode(section.new.partition(b"/")[2])
        names = [whole, cut] if cut else [whole]
        if not section.of_git:
            return _first_there(names, (here, home), otherwise=cut if section.has_prefixes else whole)
        if section.has_prefixes:
            names.reverse()
        return _first_there(names, (home, here), otherwise=names[0])

    return _collected(_read_diff(lines, place))


def _first_there(names: Iterable[str], folders: tuple[str, str], otherwise: str) -> str:
    """The first of these paths that exists."""
    paths = (os.path.join(folder, name) for name in names for folder in folders)
    return next(filter(os.path.lexists, paths), os.path.join(folders[0], otherwise))


def _is_diff(lines: list[bytes]) -> bool:
    starts = (b"diff ", b"@@", b"Binary files ", b"Only in ", b"Index: ")
    return any(
        line.startswith(starts) or (line.startswith(b"--- ") and following.startswith(b"+++ "))
        for line, following in zip(lines, [*lines[1:], b""], strict=True)
    )


def _read_list(lines: list[bytes], folders: tuple[str, str]) -> Iterator[tuple[str, Lines]]:
    """The places in a list. Its lines may be words of a mail by mistake, so errors do not quote them."""
    for number, line in enumerate(lines, start=1):
        whole = os.fsdecode(line.removesuffix(b"\r"))
        if not whole.strip():
            continue
        found = _PLACE.fullmatch(whole)
        if found is None or "\0" in whole:
            raise _broken(number, _NO_PLACE)
        path = _first_there([found["path"]], folders, otherwise=found["path"])
        if os.path.isdir(path):
            raise _broken(number, "it names a folder; name the files in it")
        if not os.path.lexists(path) and not _DELETED_FILE.fullmatch(os.path.basename(path)):
            raise _broken(number, _NO_PLACE)
        if found["first"] is None:
            yield path, Lines(whole=True)
            continue
        first, last = int(found["first"]), int(found["last"] or found["first"])
        if not 0 < first <= last:
            raise _broken(number, "lines count from 1, and the first comes before the last")
        yield path, Lines(runs=((first, last),))


def _broken(number: int, message: str) -> ChangesError:
    return ChangesError(f"Line {number} of what tells the changes cannot be read: {message}.")


@dataclass(slots=True)
class _Section:
    """The part of a diff about one file, while it is read. Names are as they stand there."""

    of_git: bool
    has_prefixes: bool = False
    is_named: bool = False
    new: bytes = b""
    runs: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    whole: bool = False

    @property
    def lines(self) -> Lines:
        return Lines(tuple(self.runs), tuple(self.gaps), self.whole)


def _read_diff(lines: list[bytes], place: Callable[[_Section], str]) -> Iterator[tuple[str, Lines]]:
    """The changed lines of each file in a unified diff; `place` tells where a file lies. Raises ChangesError."""
    for section in _Diff(lines).sections():
        if section.new not in (b"", _NOWHERE) and section.lines != Lines():
            yield place(section), section.lines


class _Diff:
    """Reads a unified diff, as git or diff write it, with any number of lines around the changes."""

    def __init__(self, lines: list[bytes]) -> None:
        self._lines = lines if lines[-1] else lines[:-1]
        self._at = 0
        self._sections: list[_Section] = []

    def sections(self) -> list[_Section]:
        """All sections, in their order."""
        while self._at < len(self._lines):
            line = self._lines[self._at].removesuffix(b"\r")
            number = self._at + 1
            self._at += 1
            if line.startswith((b"diff --cc ", b"diff --combined ", b"@@@ ")):
                raise _broken(number, "it is of the diff of a merge; use “git diff” between two commits")
            if line.startswith(b"diff --git "):
                self._sections.append(_of_git(line.removeprefix(b"diff --git ")))
            elif line.startswith(b"--- ") and self._next().startswith(b"+++ "):
                self._name(_name(line[4:]), _name(self._next()[4:]))
                self._at += 1
            elif line.startswith(b"@@"):
                self._hunk(line, number)
            elif _ONLY_IN.match(line) and not self._within_git:
                raise _broken(number, "it does not show the file; use “diff -N”")
            else:
                self._header(line)
        return self._sections

    def _next(self) -> bytes:
        return self._lines[self._at].removesuffix(b"\r") if self._at < len(self._lines) else b""

    def _name(self, old: bytes, new: bytes) -> None:
        """The names above the hunks of a file; in a diff of git they stand below its own header."""
        if not self._within_git or self._sections[-1].is_named:
            self._sections.append(_Section(of_git=False))
        section = self._sections[-1]
        if _NOWHERE not in (old, new):
            section.has_prefixes = _are_prefixed(old, new)
        section.new = new
        section.is_named = True

    @property
    def _within_git(self) -> bool:
        return bool(self._sections) and self._sections[-1].of_git

    def _header(self, line: bytes) -> None:
        """A line outside hunks; most say nothing to us."""
        if self._within_git:
            section = self._sections[-1]
            new_content = (b"new file mode ", b"copy to ", b"Binary files ", b"GIT binary patch")
            is_link = line.startswith(b"index ") and line.endswith(b" 120000")
            section.whole |= line.startswith(new_content) or is_link
            if line.startswith((b"rename to ", b"copy to ")):
                section.new, section.has_prefixes = _name(line.partition(b" to ")[2]), False
            elif line.startswith(b"deleted file mode "):
                section.new = _NOWHERE
        elif line.startswith(b"Binary files ") and line.endswith(b" differ"):
            new = _name(line.removesuffix(b" differ").rpartition(b" and ")[2])
            self._sections.append(_Section(of_git=False, new=new, whole=True))

    def _hunk(self, line: bytes, number: int) -> None:
        """Read one hunk, from its header to its last line."""
        found = _HUNK.match(line)
        if found is None:
            raise _broken(number, "a hunk begins with “@@ -1,2 +1,2 @@”")
        if not self._sections or not self._sections[-1].new:
            raise _broken(number, "above this hunk no file is named (“--- old”, “+++ new”)")
        section = self._sections[-1]
        old, new = (int(count) if count is not None else 1 for count in found.group(2, 4))
        row = int(found.group(3)) + (new == 0)
        taken = put = 0
        while old or new or self._next().startswith(b"\\"):
            if self._at == len(self._lines):
                raise _broken(number, "the diff ends within this hunk")
            sign = self._next()[:1] or b" "
            self._at += 1
            if sign == b"\\":
                continue
            if sign == b" " and (taken or put):
                _close(section, row, taken, put)
                taken = put = 0
            old -= sign in b" -"
            new -= sign in b" +"
            taken += sign == b"-"
            put += sign == b"+"
            row += sign in b" +"
            if sign not in b" -+" or old < 0 or new < 0:
                raise _broken(self._at, "the hunk does not have the lines that its header says")
        _close(section, row, taken, put)


def _close(section: _Section, row: int, taken: int, put: int) -> None:
    """Note a run of changed lines that ends before a line of the new file."""
    if put:
        section.runs.append((row - put, row - 1))
    if taken > put:
        section.gaps.append(row - 1)


def _of_git(names: bytes) -> _Section:
    """The section below a header of git, which names a file twice; one that was renamed is named again below it."""
    quoted = [m[0] for m in _QUOTED.finditer(names)]
    middle = len(names) // 2
    old, new = map(_name, quoted if len(quoted) == 2 else (names[:middle], names[middle + 1 :]))
    if old == new:
        return _Section(of_git=True, new=new)
    if _are_prefixed(old, new) and old[2:] == new[2:]:
        return _Section(of_git=True, has_prefixes=True, new=new)
    return _Section(of_git=True)


def _are_prefixed(old: bytes, new: bytes) -> bool:
    """Whether names begin as git makes them begin: `a/` and `b/`, or another two letters."""
    return old[:1] != new[:1] and all(name[1:2] == b"/" and name[0] in _PREFIXES for name in (old, new))


def _name(raw: bytes) -> bytes:
    """A name without what may stand after it, such as a time, and without quotes."""
    quoted = _QUOTED.match(raw)
    if quoted is None:
        return raw.partition(b"\t")[0].removesuffix(b"\r")
    return _ESCAPE.sub(_character, quoted[1])


def _character(escape: re.Match[bytes]) -> bytes:
    sign = escape[1]
    return bytes((int(sign, 8) & 0xFF,)) if sign[:1].isdigit() else bytes((_SIGNS[sign[0]],))
