"""Looking clauses up, for the tests of grammar and embedding."""

from __future__ import annotations

from feedback_lint.clause import Clause
from feedback_lint.language import Paragraph


def clause(paragraph: Paragraph, verb: str) -> Clause:
    """The one clause with that verb form."""
    (found,) = [c for c in paragraph.clauses if verb in c.verb]
    return found
