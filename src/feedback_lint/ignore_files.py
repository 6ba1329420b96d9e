"""What `.gitignore` and `.feedbacklintignore` leave out of a search."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feedback_lint.input import InputError, content

_GIT = ".git"
_GITIGNORE = ".gitignore"
_NAMES = (".feedbacklintignore", _GITIGNORE)  # where both lie in a folder, the first has the last word
_SPACE_AT_END = re.compile(r"(?<!\\) +$")
_BLANK_AT_END = re.compile(r"[^\S ]$")
_MANY_STARS = re.compile(r"(?<![^/!])\*{3,}(?![^/])")
_ALL_AT_END = re.compile(r"(^!?|/)(\*\*?)(/?)$")


@dataclass(frozen=True, slots=True)
class IgnoreFile:
    """A file of patterns, compiled, for what lies in its folder and below."""

    path: str
    folder: str
    of_git: bool
    patterns: tuple[tuple[bool, re.Pattern[str]], ...]
    """Whether a pattern ignores or takes back, and what it stands for; the last of the file comes first."""

    def verdict(self, place: str, *, is_folder: bool) -> bool | None:
        """Whether it ignores what lies at an absolute place, or takes it back; None where no pattern speaks of it."""
        name = place[len(self.folder) :].replace(os.sep, "/") + "/" * is_folder
        return next((ignores for ignores, pattern in self.patterns if pattern.fullmatch(name)), None)


Ignores = tuple[IgnoreFile, ...]
"""Those that hold in a folder, the nearest first."""


def ignored_by(ignores: Ignores, place: str, *, is_folder: bool) -> IgnoreFile | None:
    """The file that ignores what lies at an absolute place. Folders above it are not asked: nobody searches those."""
    for file in ignores:
        verdict = file.verdict(place, is_folder=is_folder)
        if verdict is not None:
            return file if verdict else None
    return None


def above(folder: str, errors: list[InputError]) -> Ignores:
    """What holds in an absolute folder by the folders above it.

    `.gitignore` counts up to the top of the git repository, and nowhere above the folder if there is none;
    `.feedbacklintignore` counts up to the root of the file system.
    """
    ignores: Ignores = ()
    in_repository = False
    for parent in reversed(Path(folder).parents):
        names = {name for name in (_GIT, *_NAMES) if os.path.lexists(parent / name)}
        in_repository |= _GIT in names
        ignores = within(ignores, str(parent), str(parent), names if in_repository else names - {_GITIGNORE}, errors)
    return ignores


def within(inherited: Ignores, folder: str, shown: str, names: set[str], errors: list[InputError]) -> Ignores:
    """What holds in an absolute folder with these names in it. At the top of a repository git forgets what is above."""
    candidates = [(os.path.join(shown, name), name == _GITIGNORE) for name in _NAMES if name in names]
    if _GIT in names:
        inherited = tuple(file for file in inherited if not file.of_git)
        candidates.append((os.path.join(shown, _GIT, "info", "exclude"), True))
    own = []
    for path, of_git in candidates:
        try:
            patterns = tuple(_patterns(Path(path))) if os.path.isfile(path) else ()
        except InputError as error:
            errors.append(error)
        else:
            if patterns:
                own.append(IgnoreFile(path, os.path.join(folder, ""), of_git, patterns[::-1]))
    return (*own, *inherited) if own else inherited


def _patterns(path: Path) -> Iterator[tuple[bool, re.Pattern[str]]]:
    """The patterns of a file in order; bytes that are not UTF-8 match the same bytes in names, as in git."""
    for line in content(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        text = os.fsdecode(line.removesuffix(b"\r"))
        if text and not text.isspace() and not text.startswith("#"):
            yield from compiled(text)


def compiled(line: str) -> Iterator[tuple[bool, re.Pattern[str]]]:
    """Whether a line of an ignore file ignores or takes back, and the pattern that the whole of a path must match.

    The path of a folder ends in "/". Nothing comes of a comment, nor of a pattern that git takes for broken. Within
    brackets, `[:alpha:]` and the backslash do not have the meaning that they have in git.
    """
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern  # slow to import, and seldom needed

    try:
        with warnings.catch_warnings(action="ignore"):
            pattern = GitIgnoreSpecPattern(_respelt(line))
    except (ValueError, re.error):
        return
    if pattern.include is not None and pattern.regex is not None:
        yield pattern.include, pattern.regex


def _respelt(line: str) -> str:
    """A pattern that means to pathspec what the line means to git.

    In pathspec "*" at the end also stands for all that lies below. A path that is matched as a whole shall be its own
    reason, since what lies in an ignored folder is not asked, and what lies in one that was taken back is asked anew.
    """
    line = _SPACE_AT_END.sub("", line)
    line = _BLANK_AT_END.sub(lambda m: f"[{m[0]}]", line)
    line = _MANY_STARS.sub("**", line)
    return _ALL_AT_END.sub(lambda m: ("/**/?*" if m[1] + m[2] == "/**" else f"{m[1]}?*") + m[3], line)
