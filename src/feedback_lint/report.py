"""What the linter has to say of a mail as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.document import Mode, Source, Stage


@dataclass(frozen=True)
class ChecklistItem:
    """One thing a good mail of this stage has; `label` is a short noun phrase such as "the reader's name"."""

    label: str
    done: bool


@dataclass(frozen=True)
class Report:
    """All that was found in one mail.

    `diagnostics` are in reading order; `notes` are remarks on the input; `name` tells the mail from others in its file.
    `timeless`: the report would be the same at any time, since nothing tells when a rejection came.
    """

    source: Source
    stage: Stage
    mode: Mode
    words: int
    diagnostics: tuple[Diagnostic, ...]
    checklist: tuple[ChecklistItem, ...] = ()
    notes: tuple[str, ...] = ()
    name: str = ""
    timeless: bool = True

    def fails(self, fail_on: str) -> bool:
        """Whether something was found at or above a severity; `never` is above all."""
        return fail_on != "never" and any(d.severity.at_least(Severity(fail_on)) for d in self.diagnostics)
