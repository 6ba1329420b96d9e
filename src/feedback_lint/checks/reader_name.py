"""The reader's own name, or a blank for it, in the greeting."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_lint.document import PlaceholderKind, RegionKind
from feedback_lint.greeting import names_reader
from feedback_lint.matching import Draft
from feedback_lint.text import Span

_NAMES = frozenset({PlaceholderKind.PERSON, PlaceholderKind.TEXT})


def find(draft: Draft) -> Iterable[Span]:
    """The greeting, where it names somebody."""
    for region in draft.document.of((RegionKind.GREETING,)):
        blank = any(p.kind in _NAMES for p in draft.document.blanks(region))
        if blank or region.projection and names_reader(region.projection.text):
            yield region.span
