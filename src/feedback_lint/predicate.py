"""The predicate of a clause: its verb, modals, negation and tense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback_lint.clause import Forms

if TYPE_CHECKING:
    from spacy.tokens import Token

AUXILIARIES = frozenset({"aux", "auxpass"})
_NEGATIVE_WORDS = frozenset("no nobody none nothing never neither nor hardly barely scarcely rarely nowhere".split())
_MODALS = frozenset("must should shall can could may might will would ought".split())
_LONG_MODALS = {"ca": "can", "wo": "will", "'ll": "will", "'d": "would", "sha": "shall"}
_TO_MODALS = frozenset({"have", "need", "ought", "got"})
# "I want it looked at", "get rejected": what follows is done to somebody.
_HAVE_DONE = frozenset("get be see have want need like prefer wish".split())
_PARTICLES = frozenset("down over forward back together well aside".split())


def verb_forms(head: Token, children: list[Token]) -> Forms:
    """The predicate: "go", "go with", "turn down", "be unfair", "get job", "would help"."""
    lemma = "be" if head.lemma_ in ("'s", "'m", "'re") else head.lemma_
    with_particles = [lemma, *(f"{lemma} {c.lower_}" for c in children if c.dep_ == "prt")]
    forms = set(with_particles)
    for child in children:
        if child.dep_ in ("prep", "agent") or (child.dep_ == "advmod" and child.lower_ in _PARTICLES):
            forms |= {f"{form} {child.lower_}" for form in with_particles}
        elif child.dep_ in ("acomp", "attr", "dobj", "oprd"):
            forms |= {f"{lemma} {c.lemma_}" for c in (child, *child.conjuncts)}
        elif child.dep_ == "aux" and child.lower_ in ("would", "'d", "might", "could"):
            forms.add(f"would {lemma}")
    return frozenset(forms)


def modals(head: Token, children: list[Token]) -> Forms:
    """Modal verbs; for what "have to" and the like govern, "have to"."""
    words = (_LONG_MODALS.get(c.lower_, c.lower_) for c in children if c.dep_ == "aux")
    found = {w for w in words if w in _MODALS}
    above = head.head
    if head.dep_ == "xcomp" and above.lemma_ in _TO_MODALS and _follows_to(head):
        owned = above.lemma_ == "have" and any(c.dep_ == "dobj" for c in above.children)  # "has the time to"
        if not owned:
            found.add(f"{above.lemma_} to")
    return frozenset(found)


def _follows_to(head: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children)


def is_negated(head: Token, children: list[Token]) -> bool:
    """Whether the clause of `head` is negative in itself."""
    if head.lemma_ == "help" and any(c.tag_ == "VBG" and c.dep_ in ("xcomp", "ccomp", "advcl") for c in children):
        return False  # "I can't help feeling …" denies nothing
    if head.lower_ in _NEGATIVE_WORDS or _has_no(head):
        return True
    return any(_negates(child) for child in children)


def _negates(child: Token) -> bool:
    """Whether a word makes the predicate that it belongs to negative."""
    if child.dep_ == "neg":
        return not _is_only(child)
    negative = child.lower_ in _NEGATIVE_WORDS
    if child.dep_ in ("aux", "advmod"):
        return negative or any(g.dep_ == "neg" for g in child.children)
    return child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and (negative or _has_no(child))


def _has_no(noun: Token) -> bool:
    return any(c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg") for c in noun.children)


def _is_only(negation: Token) -> bool:
    """ "not only …" denies nothing."""
    following = negation.i + 1
    return following < len(negation.doc) and negation.doc[following].lower_ in ("only", "just", "least")


def tense_of(head: Token, children: list[Token]) -> str:
    """Past, present or future."""
    auxiliaries = [c for c in children if c.dep_ in AUXILIARIES]
    if any(a.lower_ in ("will", "'ll", "wo", "shall") for a in auxiliaries):
        return "future"
    first = auxiliaries[0] if auxiliaries else head
    perfect = any(a.lower_ in ("have", "has", "'ve") for a in auxiliaries)
    return (
        "past"
        if perfect or first.tag_ in ("VBD", "VBN") or first.lower_ in ("did", "was", "were", "had")
        else "present"
    )


def is_bare_passive(head: Token) -> bool:
    """ "get rejected", "I want it looked at", "candidates rejected by you"."""
    if any(c.dep_ in AUXILIARIES for c in head.children):
        return False
    if head.dep_ in ("xcomp", "ccomp") and head.head.lemma_ in _HAVE_DONE:
        mistagged = head.tag_ == "VBD" and head.head.lemma_ in ("want", "need", "like", "prefer")
        return head.tag_ == "VBN" or (mistagged and not any(c.dep_ in ("mark", "dobj") for c in head.children))
    return head.dep_ == "acl" and head.tag_ == "VBN"
