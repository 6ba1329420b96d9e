"""Apply the safe suggestions to a file, and nothing else.

A suggestion is applied only if the file, read anew, then shows just what was meant, and the linter finds there less
than before and nothing new. So no encoding, markup or template needs a rule of its own: where the plain text cannot be
put in, the file stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from feedback_lint.diagnostic import Diagnostic, Severity, Suggestion
from feedback_lint.document import Mode, Projection, Source
from feedback_lint.edits import Edit, edits_for
from feedback_lint.input import InputError, decoded
from feedback_lint.linter import Linter
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers import mode_of, read
from feedback_lint.report import Report
from feedback_lint.settings import Settings
from feedback_lint.text import Span, encode


@dataclass(frozen=True)
class Fixed:
    """A file with the safe suggestions applied: its text, what is still found there, and what was mended."""

    source: Source
    reports: tuple[Report, ...]
    mended: tuple[Diagnostic, ...] = ()

    @property
    def data(self) -> bytes:
        """The bytes of the file. Raises UnicodeEncodeError."""
        return encode(self.source.text, self.source.encoding)


@dataclass(frozen=True, slots=True)
class _Mending:
    """An edit, and the findings that it is for."""

    edit: Edit
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A finding, and what may be written unasked to mend it, the best first."""

    finding: Diagnostic
    suggestions: tuple[Suggestion, ...]

    @property
    def place(self) -> Span:
        """Where the best one belongs."""
        place = self.suggestions[0].place
        return self.finding.span if place is None else place


def fix(linter: Linter, data: bytes, path: str, settings: Settings | None = None) -> Fixed:
    """Apply every safe suggestion that helps, until none is left. Raises what `Linter.lint_bytes` raises."""
    source = decoded(data, path)
    chosen = settings or linter.settings
    chosen = replace(chosen, mode=chosen.mode or mode_of(source))
    fixed = Fixed(source, linter.lint(source, chosen))
    if fixed.data != data:
        raise InputError(path, "This file could not be written back byte for byte, so nothing was mended.")
    while True:
        further = _further(linter, fixed, chosen)
        if further is None:
            return fixed
        fixed = further


def edit_for(source: Source, suggestion: Suggestion, settings: Settings) -> Edit | None:
    """The edit after which the file shows a suggestion where it is meant to stand, and all else as before.

    `None` where the suggestion has no place, or its encoding or template does not take the words as they are.
    """
    mode = settings.mode or mode_of(source)
    return next((e for e in edits_for(source, suggestion) if _edited(source, [e], mode, settings)), None)


def _further(linter: Linter, fixed: Fixed, settings: Settings) -> Fixed | None:
    """As many edits as go together applied; `None` where none helps."""
    choices = list(_choices(fixed))
    together = _together(fixed.source, choices)
    while len(together) > 1:
        found = _tried(linter, fixed, together, settings)
        if found:
            return found
        together = together[: len(together) // 2]
    single = (_Mending(e, (c.finding,)) for c in choices for s in c.suggestions for e in edits_for(fixed.source, s))
    return next((found for mending in single if (found := _tried(linter, fixed, [mending], settings))), None)


def _choices(fixed: Fixed) -> Iterator[_Choice]:
    """The findings with safe suggestions."""
    for report in fixed.reports:
        stands = [d for d in report.diagnostics if not d.missing and not any(s.safe for s in d.suggestions)]
        angry = any(d.severity is Severity.ERROR for d in stands)
        for diagnostic in report.diagnostics:
            if diagnostic.missing and angry:
                continue  # no thanks are put beside a threat that only the writer can take back
            safe = tuple(s for s in diagnostic.suggestions if s.safe and not _touches(s, stands))
            if safe:
                yield _Choice(diagnostic, safe)


def _touches(suggestion: Suggestion, findings: Sequence[Diagnostic]) -> bool:
    """Whether a suggestion would take away what only the writer can decide on."""
    place = suggestion.place
    return place is None or any(d.suggestions and place.overlaps(d.span) for d in findings)


def _together(source: Source, choices: Sequence[_Choice]) -> list[_Mending]:
    """The first suggestions that do not overlap, in order; those for one place are put there one after the other."""
    out: list[_Mending] = []
    for place, group in groupby(sorted(choices, key=lambda c: c.place), key=lambda c: c.place):
        found = list(group)
        if len(place):
            found = found[:1]
        if out and out[-1].edit.place.end >= place.start:
            continue
        text = " ".join(c.suggestions[0].text for c in found)
        suggestion = replace(found[0].suggestions[0], text=text)
        out.append(_Mending(next(edits_for(source, suggestion)), tuple(c.finding for c in found)))
    return out


def _tried(linter: Linter, fixed: Fixed, mendings: Sequence[_Mending], settings: Settings) -> Fixed | None:
    """The file with the edits, if it shows what was meant and reads better."""
    edits = [mending.edit for mending in mendings]
    source = _edited(fixed.source, edits, settings.mode or Mode.DRAFT, settings)
    if source is None:
        return None
    reports = linter.lint(source, settings)
    before, after = _counts(fixed.reports), _counts(reports)
    findings = [finding for mending in mendings for finding in mending.findings]
    mended = Counter(finding.rule for finding in findings)
    if after - before or any(after[rule] > before[rule] - count for rule, count in mended.items()):
        return None
    return Fixed(source, reports, (*fixed.mended, *findings))


def _edited(source: Source, edits: Sequence[Edit], mode: Mode, settings: Settings) -> Source | None:
    """The file with the edits, if it then shows just what was meant."""
    text = source.text
    for edit in reversed(edits):
        text = text[: edit.place.start] + edit.text + text[edit.place.end :]
    edited = replace(source, text=text)
    try:
        encode(text, source.encoding)
        if _shown(edited, mode, settings) != _expected(source, edits, mode, settings):
            return None
    except (BrokenFileError, UnicodeEncodeError):
        return None
    return edited


def _counts(reports: Sequence[Report]) -> Counter[str]:
    return Counter(d.rule for report in reports for d in report.diagnostics)


def _texts(source: Source, mode: Mode, settings: Settings) -> Iterator[Projection]:
    """What a mail program shows of the file: each way through each mail, and its subject."""
    for letter in read(source, mode, settings.keys):
        for way in letter.ways:
            yield way.body
            if way.subject:
                yield way.subject


def _shown(source: Source, mode: Mode, settings: Settings) -> list[list[str]]:
    return [text.text.split() for text in _texts(source, mode, settings)]


def _expected(source: Source, edits: Sequence[Edit], mode: Mode, settings: Settings) -> list[list[str]]:
    """What the file would show if the edits changed just the words that they are for."""
    return [_with(text, edits).split() for text in _texts(source, mode, settings)]


def _with(shown: Projection, edits: Sequence[Edit]) -> str:
    text = shown.text
    for edit in reversed(edits):
        if shown.place.contains(edit.place):
            at = shown.map.to_projected(edit.place)
            if len(edit.place) and not text[at.start : at.end].strip():
                continue  # it stands in another branch of the template
            text = text[: at.start] + edit.text + text[at.end :]
    return text
