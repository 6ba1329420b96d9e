"""A subject line that does not say which position the mail is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedback_lint.checks.subject_line import is_empty
from feedback_lint.document import RegionKind
from feedback_lint.matching import Manuscript, run_check
from feedback_lint.text import Span

# A reference number tells the position as well: "vacancy HR-2231", "Job ID 4471".
_REFERENCE = re.compile(
    r"\b(?:ref|reference|job|req|requisition|vacancy|post|position|role|id|"
    r"no)\b[\s.:#(-]*[A-Z/_-]{0,8}\d{2,}",
    re.IGNORECASE,
)


def find(draft: Manuscript) -> Iterable[Span]:
    """The words of the subject, where they name no job."""
    named = [match.span for match in run_check("job-title", draft)]
    for region in draft.document.of((RegionKind.SUBJECT,)):
        if region.projection is None or is_empty(region.projection.text) or _REFERENCE.search(region.projection.text):
            continue
        if not any(region.span.contains(span) for span in named):
            yield region.projection.place
