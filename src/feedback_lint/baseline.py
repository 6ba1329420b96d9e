"""Known findings: a team adopts the linter without mending everything on the first day.

A baseline file holds paths, rule ids and fingerprints, and no words of any mail.
"""

from __future__ import annotations

import json
import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_lint.mistake import Mistake, MistakesError

if TYPE_CHECKING:
    from feedback_lint.diagnostic import Diagnostic
    from feedback_lint.report import Report

VERSION = 1
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_KEYS = ("path", "rule", "fingerprint")


class BaselineError(MistakesError):
    """A baseline file that cannot be used. `str()` tells file and, where known, line."""


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One known finding; `path` is relative to the folder of the baseline file, with `/` between its parts."""

    path: str
    rule: str
    fingerprint: str


@dataclass(frozen=True)
class Baseline:
    """Known findings, sorted; one that is there twice stands for two. `folder` is where their paths begin."""

    folder: Path
    known: tuple[Known, ...] = ()

    @classmethod
    def of(cls, reports: Iterable[Report], folder: Path) -> Baseline:
        """All findings of these reports, for a baseline file in that folder."""
        known = (Known(_place(d.path, folder), d.rule, d.fingerprint) for r in reports for d in r.diagnostics)
        return cls(folder, tuple(sorted(known)))

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """What `text` wrote to a file. Raises BaselineError."""
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise _broken(path, 0, f"this baseline cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise _broken(path, line, "this is not UTF-8, so it is no baseline") from error
        return cls(path.parent, tuple(sorted(_findings(path, text))))

    def text(self) -> str:
        r"""JSON with a line for each finding; bytes of a name that are no UTF-8 are written as `\udcXX`."""
        lines = ",".join(f"\n  {_line(known)}" for known in self.known)
        return f'{{\n "version": {VERSION},\n "findings": [{lines}\n ]\n}}\n'

    @cached_property
    def by_path(self) -> Mapping[str, Counter[Known]]:
        """The known findings of each file."""
        found: dict[str, Counter[Known]] = {}
        for known in self.known:
            found.setdefault(known.path, Counter())[known] += 1
        return found

    @cached_property
    def gone(self) -> frozenset[str]:
        """The files with known findings that are not there any more."""
        return frozenset(path for path in self.by_path if not os.path.lexists(self.folder / path))


class Comparison:
    """One run held against a baseline: what is new, and what of the baseline has been mended."""

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._checked: set[str] = set()
        self._moved: set[str] = set()
        self._met: Counter[Known] = Counter()

    def judge(self, reports: Sequence[Report]) -> tuple[Report, ...]:
        """All reports of one file, without the known findings. Ask once for each file.

        The letters of a file share its known findings, so that they may change places. A file without any may be a
        known one under a new name: one that is gone, of whose findings it has half, and one by its words.
        """
        if not reports:
            return ()
        here = _place(reports[0].source.path, self._baseline.folder)
        name = here if here in self._baseline.by_path else self._old_name(reports) or here
        known = self._baseline.by_path.get(name, Counter())
        left = known.copy()
        new = tuple(
            replace(report, diagnostics=tuple(d for d in report.diagnostics if not _take(left, name, d)))
            for report in reports
        )
        self._checked.add(here)
        self._met += known - left
        return new

    def mended(self) -> tuple[Known, ...]:
        """What can be taken out of the baseline: what was not met in files that were judged, or lay in files now gone.

        Only a run that looked for all rules can tell.
        """
        ours = self._checked | self._baseline.gone
        left = Counter(known for known in self._baseline.known if known.path in ours) - self._met
        return tuple(sorted(left.elements()))

    def _old_name(self, reports: Sequence[Report]) -> str | None:
        """The file with known findings that this one most likely was, if any."""
        found = [d for report in reports for d in report.diagnostics]
        words = Counter(d.fingerprint for d in found if not d.missing)
        everything = Counter(d.fingerprint for d in found)
        best: tuple[str | None, int] = None, 0
        for path in sorted(self._baseline.gone - self._moved):
            known = Counter(k.fingerprint for k in self._baseline.by_path[path].elements())
            shared = (known & everything).total()
            if known & words and 2 * shared >= known.total() and shared > best[1]:
                best = path, shared
        name = best[0]
        if name is not None:
            self._moved.add(name)
        return name


def _take(left: Counter[Known], path: str, diagnostic: Diagnostic) -> bool:
    """Whether a finding is among those that are left; if so, it is taken out of them."""
    known = Known(path, diagnostic.rule, diagnostic.fingerprint)
    if not left[known]:
        return False
    left[known] -= 1
    return True


def _place(path: str, folder: Path) -> str:
    """Where a file lies, seen from a folder; another drive has no such place, so there the whole path."""
    real = os.path.realpath(path)
    try:
        return os.path.relpath(real, os.path.realpath(folder)).replace(os.sep, "/")
    except ValueError:
        return real.replace(os.sep, "/")


def _line(known: Known) -> str:
    fields = {key: getattr(known, key) for key in _KEYS}
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def _broken(path: Path, line: int, message: str) -> BaselineError:
    return BaselineError([Mistake(path, line, 1 if line else 0, message)])


def _findings(path: Path, text: str) -> Iterator[Known]:
    """The findings in a baseline file. Raises BaselineError."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        conflict = text.split("\n")[error.lineno - 1].startswith(("<<<<<<<", "=======", ">>>>>>>"))
        reason = "a conflict of a merge is left here" if conflict else f"this is not valid JSON: {error.msg}"
        raise _broken(path, error.lineno, reason) from error
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number without end
        raise _broken(path, 0, "this is no baseline") from error
    if not isinstance(data, dict) or "version" not in data or not isinstance(data.get("findings"), list):
        raise _broken(path, 1, "this is no baseline: it is not an object with “version” and a list of “findings”")
    if data["version"] is True or data["version"] != VERSION:
        raise _broken(
            path, 1, f"this baseline is not of version {VERSION}, the only one that this release reads; write it anew"
        )
    for key in data.keys() - {"version", "findings"}:
        raise _broken(path, 1, f"there is no key called “{key}” in a baseline")
    for number, entry in enumerate(data["findings"]):
        if mistake := _mistake(entry):
            raise _broken(path, _line_of_finding(text, number), mistake)
        yield Known(posixpath.normpath(entry["path"]), entry["rule"], entry["fingerprint"])


def _mistake(entry: object) -> str:
    """What is wrong with a finding in the file, if anything."""
    if not isinstance(entry, dict) or set(entry) != set(_KEYS):
        return "a finding is an object with “path”, “rule” and “fingerprint”, and nothing else"
    for key in _KEYS:
        if not isinstance(entry[key], str) or not entry[key]:
            return f"“{key}” must be a string that is not empty"
    if not _FINGERPRINT.fullmatch(entry["fingerprint"]):
        return "“fingerprint” must be 16 hexadecimal digits in lower case"
    return ""


def _line_of_finding(text: str, number: int) -> int:
    """The 1-based line on which a finding of a valid JSON file begins; `number` counts from 0."""
    decoder = json.JSONDecoder()
    between = re.compile(r"[\s,]*")
    at = text.index("[", text.index('"findings"')) + 1
    for skipped in range(number + 1):
        found = between.match(text, at)
        at = found.end() if found else at
        if skipped < number:
            _, at = decoder.raw_decode(text, at)
    return text.count("\n", 0, at) + 1
