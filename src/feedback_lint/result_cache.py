"""Reports kept between runs, by the content of what was checked and of all that checked it.

They hold rule ids, places, and the rules' own texts; no words of a mail (`wordless`). One SQLite file holds them, which
makes writing safe: for several processes at once, and for one that is killed.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import fields
from functools import cache as remembered
from pathlib import Path
from typing import Any

from feedback_lint import cache
from feedback_lint.diagnostic import Diagnostic, Severity, Suggestion
from feedback_lint.document import Mode, Source, Stage
from feedback_lint.input import decoded
from feedback_lint.report import ChecklistItem, Report
from feedback_lint.settings import Settings
from feedback_lint.text import Span
from feedback_lint.wordless import WordsError, packed, unpacked

_FILE = "reports.sqlite3"
# So many reports are kept; when there are more, the oldest are dropped.
_KEPT = 500_000
# So many are written together.
_TOGETHER = 100
# So long another process may be writing, in seconds.
_PATIENCE = 5.0
_TABLE = "CREATE TABLE IF NOT EXISTS reports (name BLOB PRIMARY KEY, content TEXT)"
# The name of a setting that stands for the time of the check, of which reports that are kept do not depend.
_NOW = "now"


def judged_by(settings: Settings, identity: bytes) -> bytes:
    """What stands for all that decides what is found in a file, but for the file.

    `identity` is that of the program, its rules and its models.
    """
    chosen = [repr(_ordered(getattr(settings, f.name))) for f in fields(settings) if f.name != _NOW]
    return _digest(identity, *(part.encode("utf-8", "surrogateescape") for part in chosen))


def name_of(data: bytes, path: str, by: bytes) -> bytes:
    """The name of what is found in a file, by `judged_by`."""
    ending = os.path.basename(path).partition(".")[2].lower()
    return _digest(by, ending.encode("utf-8", "surrogateescape"), data)


def _digest(*parts: bytes) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.digest()


def _ordered(value: Any) -> Any:
    """A value of which `repr` is the same in every process."""
    if isinstance(value, frozenset):
        return sorted(value)
    return sorted(value.items()) if isinstance(value, dict) else value


def content_of(reports: Sequence[Report], known: Collection[str]) -> str | None:
    """Reports of one file as they are kept; `None` where they must not be: they hold words that only decoding shows,
    or would be others at another time. `known` are the words of the rules.
    """
    if not all(report.timeless for report in reports):
        return None
    try:
        kept = [_kept(report, known) for report in reports]
    except WordsError:
        return None
    return json.dumps(kept, separators=(",", ":"))


def _kept(report: Report, known: Collection[str]) -> list[Any]:
    mail = report.source.text

    def bare(text: str) -> list[Any]:
        return list(packed(text, mail, known))

    return [
        bare(report.name),
        report.stage,
        report.mode,
        report.words,
        [[item.label, item.done] for item in report.checklist],
        report.notes,
        [
            [
                d.rule,
                d.severity,
                bare(d.message),
                bare(d.help),
                _ends(d.span),
                bare(d.quote),
                [[bare(s.text), None if s.place is None else _ends(s.place), s.safe, s.gap] for s in d.suggestions],
                d.missing,
                d.confidence,
                d.fingerprint,
            ]
            for d in report.diagnostics
        ],
    ]


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]


def reports_of(content: str, data: bytes, path: str) -> tuple[Report, ...]:
    """The reports of a file that were kept. Raises InputError for a file that is not the one they are about."""
    source = decoded(data, path)
    return tuple(_report(kept, source) for kept in json.loads(content))


def _report(kept: list[Any], source: Source) -> Report:
    name, stage, mode, words, checklist, notes, diagnostics = kept
    return Report(
        source,
        Stage(stage),
        Mode(mode),
        words,
        tuple(_diagnostic(source, *d) for d in diagnostics),
        tuple(ChecklistItem(label, done) for label, done in checklist),
        tuple(notes),
        unpacked(name, source.text),
    )


def _diagnostic(
    source: Source,
    rule: str,
    severity: str,
    message: list[Any],
    help_: list[Any],
    span: list[int],
    quote: list[Any],
    suggestions: list[Any],
    missing: bool,
    confidence: float | None,
    fingerprint: str,
) -> Diagnostic:
    place = Span(*span)
    return Diagnostic(
        source.path,
        rule,
        Severity(severity),
        unpacked(message, source.text),
        unpacked(help_, source.text),
        place,
        source.lines.position(place.start),
        source.lines.position(place.end),
        unpacked(quote, source.text),
        tuple(
            Suggestion(unpacked(t, source.text), None if at is None else Span(*at), safe, gap)
            for t, at, safe, gap in suggestions
        ),
        missing,
        confidence,
        fingerprint,
    )


class ResultCache:
    """The reports of earlier runs. What goes wrong with the file that holds them costs time, and nothing else."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where the file lies; it is made when there is something to keep."""
        self._path = folder / _FILE
        self._new: list[tuple[bytes, str]] = []
        self._file = self._opened() if self._path.exists() else None

    def get(self, name: bytes) -> str | None:
        """What is kept under a name."""
        if self._file is None:
            return None
        try:
            row = self._file.execute("SELECT content FROM reports WHERE name = ?", (name,)).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None

    def put(self, name: bytes, content: str) -> None:
        """Keep something; it is written now or by `close`."""
        self._new.append((name, content))
        if len(self._new) >= _TOGETHER:
            self._write()

    def close(self) -> None:
        """Write what is not written yet."""
        if self._new:
            self._write()
        if self._file is not None:
            self._file.close()

    def _write(self) -> None:
        new, self._new = self._new, []
        with contextlib.suppress(OSError, sqlite3.Error):
            self._file = self._file or self._opened()
            if self._file is not None:
                with self._file:
                    self._file.executemany("INSERT OR REPLACE INTO reports VALUES (?, ?)", new)
                    self._file.execute(
                        "DELETE FROM reports WHERE rowid <= (SELECT max(rowid) FROM reports) - ?", (_KEPT,)
                    )

    def _opened(self) -> sqlite3.Connection | None:
        """The file, made anew where it is none of ours."""
        for _ in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                file = sqlite3.connect(self._path, timeout=_PATIENCE)
                file.execute(_TABLE)
            except sqlite3.OperationalError:  # another process writes for long, or the disk is full
                return None
            except sqlite3.DatabaseError:
                self._path.unlink(missing_ok=True)
            except OSError:
                return None
            else:
                return file
        return None


@remembered
def program() -> bytes:
    """What stands for the program itself: its version is not enough in a checkout, where it changes at each edit."""
    folder = Path(__file__).parent
    return cache.key(path.read_bytes() for path in sorted(folder.glob("**/*.py"))).encode()
