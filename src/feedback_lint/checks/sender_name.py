"""The sender's name, or a blank for it, below the mail."""

from __future__ import annotations

from collections.abc import Iterable

from feedback_lint.document import PlaceholderKind, RegionKind
from feedback_lint.matching import Manuscript
from feedback_lint.names import looks_like_signature_name
from feedback_lint.text import Span

_NAMES = frozenset({PlaceholderKind.PERSON, PlaceholderKind.TEXT})


def find(draft: Manuscript) -> Iterable[Span]:
    """The lines of the signature that hold a name."""
    for region in draft.document.of((RegionKind.SIGNATURE,)):
        blank = any(p.kind in _NAMES for p in draft.document.blanks(region))
        if blank or region.projection and looks_like_signature_name(region.projection.text):
            yield region.span
