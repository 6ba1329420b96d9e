"""A request that is sent before a day has passed since the rejection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from feedback_lint.matching import Manuscript
from feedback_lint.text import Span

_LEAST = timedelta(hours=24)


def find(draft: Manuscript) -> Iterable[Span]:
    """Where the date of the rejection stands, if less than a day has passed for sure."""
    if draft.wait and draft.wait.most < _LEAST:
        yield draft.wait.span
