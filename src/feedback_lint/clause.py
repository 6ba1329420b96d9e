"""What a clause says: who does what to whom, in what mood, and under what it is embedded.

Rules compare *forms*, sets of normal forms in lower case: the verb of "went with her" has the forms {"go", "go with"},
the noun phrase "my application" {"application", "my application"}.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedback_lint.text import Span

Forms = frozenset[str]
NO_FORMS: Forms = frozenset()


class Mood(StrEnum):
    """What a clause does."""

    STATEMENT = "statement"
    QUESTION = "question"
    WH_QUESTION = "wh-question"
    INDIRECT_QUESTION = "indirect-question"
    IMPERATIVE = "imperative"
    FRAGMENT = "fragment"  # no verb: "Feedback. In writing.", "Pathetic."


class Embedding(StrEnum):
    """What a clause stands under."""

    ASKED = "asked"  # it, or what it belongs to, is asked for: "could you say …", "I'd like to know …"
    DENIED = "denied"  # "I'm not asking …", "no need to …", "without …ing"
    REPORTED = "reported"  # "you said …", "a friend told me …", and what stands between quotation marks
    SUPPOSED = "supposed"  # "if …", "had I …", "I wish …"
    THOUGHT = "thought"  # "I think …", "it seems …"
    KNOWN = "known"  # "I understand why …", "I know that …"
    WANTED = "wanted"  # "I'd like to …", "I hope …"


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate and what belongs to it. Spans are in the paragraph's text.

    Roles are logical: in "I was turned down" the object is I. `governor` holds the nouns by which the clause hangs on
    the one above it, `governed_by` that one's verb and `governing_subject` who acts
    in it.
    """

    span: Span
    sentence: int
    verb: Forms = NO_FORMS
    subject: Forms = NO_FORMS
    object: Forms = NO_FORMS
    recipient: Forms = NO_FORMS
    adjunct: Forms = NO_FORMS
    modal: Forms = NO_FORMS
    governor: Forms = NO_FORMS
    governed_by: Forms = NO_FORMS
    governing_subject: Forms = NO_FORMS
    embedded: frozenset[Embedding] = frozenset()
    mood: Mood = Mood.STATEMENT
    wh: str = ""
    tense: str = "present"
    negated: bool = False
    softened: bool = False
    passive: bool = False
