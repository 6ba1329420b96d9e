"""What the linter has to say: frozen, ordered, and independent of how it is shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from feedback_lint.text import Position, Span


class Severity(StrEnum):
    """How much a finding is likely to cost the writer, worst first."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)

    def at_least(self, other: Severity) -> bool:
        """Whether this is as bad as `other` or worse."""
        return self.rank <= other.rank


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that the writer can use: instead of what stands at `place`, or put there where that is empty.

    `place` is in code points of the source text; `None` means that it is for the writer to find one. A `safe` one says
    no more than the writer meant to say, so it may be applied unasked. `gap` goes between an inserted text and others.
    """

    text: str
    place: Span | None = None
    safe: bool = False
    gap: str = " "


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding in one file.

    `span` is in code points of the source text; `start` and `end` are the same place as line and column. A missing
    element (`missing`) points at where it belongs, often with an empty span and an empty `quote`. `confidence` is from
    0 to 1 for what is an impression of the learned reader, and `None` for what a rule sees in the words themselves.
    """

    path: str
    rule: str
    severity: Severity
    message: str
    help: str
    span: Span
    start: Position
    end: Position
    quote: str
    suggestions: tuple[Suggestion, ...] = ()
    missing: bool = False
    confidence: float | None = None
    fingerprint: str = ""


def same_words(quote: str) -> str:
    """Quoted words without case and line ends, so that those which are alike are the same."""
    return " ".join(quote.casefold().split())


def fingerprint(rule: str, words: str, occurrence: int) -> str:
    """A stable name for a finding that survives edits elsewhere in the file and tells no words of the mail.

    `words` are those quoted, as `same_words` has them; `occurrence` counts earlier findings of the same rule and words
    in the file, from 0.
    """
    return hashlib.sha256(f"{rule}\0{words}\0{occurrence}".encode()).hexdigest()[:16]
