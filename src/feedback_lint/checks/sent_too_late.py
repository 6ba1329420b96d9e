"""A request that is sent more than a week after the rejection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from feedback_lint.matching import Manuscript
from feedback_lint.text import Span

_MOST = timedelta(days=7)


def find(draft: Manuscript) -> Iterable[Span]:
    """Where the date of the rejection stands, if more than a week has passed for sure."""
    if draft.wait and draft.wait.least > _MOST:
        yield draft.wait.span
