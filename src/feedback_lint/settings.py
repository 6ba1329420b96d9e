"""What a draft is judged by, beside the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, Stage
from feedback_lint.readers import Keys


@dataclass(frozen=True)
class Settings:
    """What to judge a draft by. `None` for stage and mode means: tell them from the draft.

    `keys` are those of the mails in libraries. `rejected_on`, a day or a moment, is told by the quoted mail if it is
    `None`. A draft without a Date is sent `now`: by the clock, unless given. `placeholders` are the names that those of
    a template may have; `None` stands for any. Without `reader`, only what is said is found, not what is implied.
    `thresholds` replace those of rules that have one, by id.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    stage: Stage | None = None
    mode: Mode | None = None
    rejected_on: date | None = None
    now: datetime | None = None
    severity: Mapping[str, Severity] = field(default_factory=dict)
    keys: Keys = field(default_factory=Keys)
    placeholders: frozenset[str] | None = None
    reader: bool = True
    thresholds: Mapping[str, float] = field(default_factory=dict)
