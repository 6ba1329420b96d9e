"""The reader's own name, or a blank for it, in the greeting or in the thanks with which the mail begins."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedback_lint.document import PlaceholderKind, RegionKind
from feedback_lint.greeting import names_reader
from feedback_lint.matching import Manuscript
from feedback_lint.names import names_somebody
from feedback_lint.text import Span

_NAMES = frozenset({PlaceholderKind.PERSON, PlaceholderKind.TEXT})
# "Thanks Col, good of you to …", "Many thanks again, Dr. Osei!"
_THANKED = re.compile(
    r"(?:(?:so |very )?many |big |huge )?(?:thanks|thank you|cheers|ta)(?: (?:so|very) much| a lot| again)?,? "
    r"(?P<name>(?:[^\W\d_]+\.? )?[^\W\d_][\w'’-]*)(?=\s*[,.!–—]|\s+-)",
    re.IGNORECASE,
)


def find(draft: Manuscript) -> Iterable[Span]:
    """The greeting, where it names somebody; the name of somebody thanked in the first words where none is greeted."""
    for region in draft.document.of((RegionKind.GREETING,)):
        blank = any(p.kind in _NAMES for p in draft.document.blanks(region))
        if blank or region.projection and names_reader(region.projection.text):
            yield region.span
    first = next((projection for _, projection in draft.prose((RegionKind.BODY,))), None)
    thanked = _THANKED.match(first.text) if first else None
    if first and thanked and thanked["name"][0].isupper() and names_somebody(thanked["name"]):
        yield first.to_source(Span(*thanked.span("name")))
