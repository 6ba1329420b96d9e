"""A subject line with something in it, where the draft has header lines at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedback_lint.document import RegionKind
from feedback_lint.matching import Manuscript
from feedback_lint.text import Span

_EMPTY = re.compile(r"\W*(?:(?:re|fwd?|aw)\s*:\W*)*(?:\(?(?:no|without|empty) subject\)?|none|n/?a)?\W*", re.IGNORECASE)


def find(draft: Manuscript) -> Iterable[Span]:
    """The subject; or an empty span at the top of a draft without a place for one."""
    if not draft.document.has_subject:
        yield Span(draft.document.start, draft.document.start)
    for region in draft.document.of((RegionKind.SUBJECT,)):
        if region.projection and not is_empty(region.projection.text):
            yield region.span


def is_empty(subject: str) -> bool:
    """Whether a subject line says nothing: "", "Re:", "(no subject)"."""
    return bool(_EMPTY.fullmatch(subject))
