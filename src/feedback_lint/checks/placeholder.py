"""Blanks that were left in the text."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_lint.matching import Manuscript
from feedback_lint.text import Span


def find(draft: Manuscript) -> Iterable[Span]:
    """Every placeholder outside quotes and markup, but for malformed ones."""
    return (p.span for p in draft.document.placeholders if not p.malformed)
