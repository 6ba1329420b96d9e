"""The predicate of a clause: its verb, modals, negation and tense."""

from __future__ import annotations

from feedback_lint.clause import Forms
from feedback_lint.syntax import Token

AUXILIARIES = frozenset({"aux", "auxpass"})
_NEGATIVE_WORDS = frozenset("no nobody none nothing never neither nor hardly barely scarcely rarely nowhere".split())
# "in no way", "by no means", "under no circumstances"; but "for no reason", "with no notice" say something else.
_NEGATIVE_MANNERS = frozenset("way means circumstance account time point stage sense event".split())
_LEAVE_UNDONE = frozenset("fail neglect omit refuse decline forget struggle".split())
_HARD = frozenset("unable hard difficult impossible unwilling".split())
_MODALS = frozenset("must should shall can could may might will would ought".split())
_LONG_MODALS = {"ca": "can", "wo": "will", "'ll": "will", "'d": "would", "sha": "shall"}
# What makes a modal of the infinitive that it governs: "have to", "gotta", "be supposed to".
_TO_MODALS = {
    "have": "have to",
    "has": "have to",
    "had": "have to",
    "'ve": "have to",
    "got": "have to",
    "need": "need to",
    "needs": "need to",
    "needed": "need to",
    "ought": "ought to",
    "supposed": "be supposed to",
}
_TO = frozenset({"to", "ta", "na"})  # "got-ta", "gon-na"
# "I want it looked at", "get rejected": what follows is done to somebody.
_HAVE_DONE = frozenset("get be see have want need like prefer wish".split())
_PARTICLES = frozenset("down over forward back together well aside".split())
# "It seems unfair" says "it is unfair", only more softly.
_LINKING_VERBS = frozenset("seem appear look sound feel".split())


def verb_forms(head: Token, children: list[Token], *, passive: bool) -> Forms:
    """The predicate: "go", "go with", "turn down", "be unfair", "get job", "would help"."""
    lemma = "be" if head.lemma_ in ("'s", "'m", "'re") else head.lemma_
    with_particles = [lemma, *(f"{lemma} {c.lower_}" for c in children if c.dep_ == "prt")]
    forms = set(with_particles)
    if passive:
        forms.add(f"be {head.lower_}")
    elif head.pos_ in ("ADJ", "NOUN", "PROPN"):  # "Pathetic.", "I find it unfair"
        forms.add(f"be {lemma}")
    for child in children:
        if child.dep_ in ("prep", "agent") or (child.dep_ == "advmod" and child.lower_ in _PARTICLES):
            forms |= {f"{form} {child.lower_}" for form in with_particles}
        elif child.dep_ in ("acomp", "attr", "dobj", "oprd"):
            complements = (child, *child.conjuncts)
            forms |= {f"{lemma} {c.lemma_}" for c in complements}
            if child.dep_ in ("acomp", "oprd"):
                forms |= {f"{lemma} {c.lower_}" for c in complements}
                if lemma in _LINKING_VERBS:
                    forms |= {f"be {c.lower_}" for c in complements}
        elif child.dep_ == "aux" and child.lower_ in ("would", "'d", "might", "could"):
            forms.add(f"would {lemma}")
    return frozenset(forms)


def modals(head: Token, children: list[Token]) -> Forms:
    """Modal verbs; for what "have to" and the like govern, "have to"."""
    words = (_LONG_MODALS.get(c.lower_, c.lower_) for c in children if c.dep_ == "aux")
    found = {w for w in words if w in _MODALS}
    if any(c.lower_ == "better" and c.i < head.i and c.nbor(-1).lower_ in ("'d", "had") for c in children if c.i):
        found = {"had better"}
    above = head.head
    if head.dep_ == "xcomp" and _follows_to(children):
        owned = above.lemma_ == "have" and any(c.dep_ == "dobj" for c in above.children)  # "has the time to"
        if above.lower_ in _TO_MODALS and not owned:
            found.add(_TO_MODALS[above.lower_])
        elif above.lemma_ == "be" and _is_destined(above):
            found.add("be to")
    return frozenset(found)


def _is_destined(be: Token) -> bool:
    """ "you are to report"; but "my aim is to report", "I am here to report"."""
    subjects = [c for c in be.children if c.dep_ == "nsubj"]
    others = {c.dep_ for c in be.children} - {"nsubj", "xcomp", "punct", "neg", "cc", "conj", "aux"}
    return not others and any(
        s.pos_ == "PRON" and s.lower_ in ("i", "you", "we", "they", "he", "she") for s in subjects
    )


def _follows_to(children: list[Token]) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in _TO for c in children)


def is_negated(head: Token, children: list[Token]) -> bool:
    """Whether the clause of `head` is negative, in itself or as what somebody fails to do."""
    return _is_not(head, children) is not _is_undone(head, children)


def _is_undone(head: Token, children: list[Token]) -> bool:
    """ "You failed to answer", "I am unable to see why", "I find it hard to see why": says that it is not so."""
    above = head.head
    if head.dep_ == "ROOT" or not _follows_to(children):
        return False
    hard = above.lower_ in _HARD or any(_is_hard(c) for c in above.children)
    return (hard or above.lemma_ in _LEAVE_UNDONE) and not any(c.dep_ == "neg" for c in above.children)


def _is_hard(child: Token) -> bool:
    """ "It is *hard* to see why", "I am *at a loss* to see why"."""
    if child.dep_ == "prep":
        return child.lower_ == "at" and any(c.lower_ == "loss" for c in child.children)
    return child.dep_ == "acomp" and child.lower_ in _HARD


def _is_not(head: Token, children: list[Token]) -> bool:
    if head.lemma_ == "help" and any(c.tag_ == "VBG" and c.dep_ in ("xcomp", "ccomp", "advcl") for c in children):
        return False  # "I can't help feeling …" denies nothing
    if head.lower_ in _NEGATIVE_WORDS or _has_no(head):
        return True
    return any(negates(child) for child in children)


def shares_negation(head: Token) -> bool:
    """Whether a coordinated verb stands under the negation of the one before: "not called or written to"."""
    between = (c for c in head.head.children if c.dep_ == "cc" and c.i < head.i)
    return any(c.lower_ in ("or", "nor") for c in between)


def _is_far(word: Token) -> bool:
    """ "far be it from me to …", "I am far from …"."""
    from_me = word.i < word.head.i or any(c.lower_ == "from" for c in word.children)
    return word.lower_ == "far" and word.head.lemma_ == "be" and from_me


def negates(child: Token) -> bool:
    """Whether a word makes the predicate that it belongs to negative."""
    if child.dep_ == "neg":
        return not _is_only(child) and not _is_number_sign(child)
    negative = child.lower_ in _NEGATIVE_WORDS
    if child.dep_ in ("aux", "advmod"):
        return negative or _is_far(child) or any(g.dep_ == "neg" for g in child.children)
    if child.dep_ in ("cc", "preconj"):
        return child.lower_ in ("neither", "nor") and child.i < child.head.i
    if child.dep_ == "prep":
        return any(g.lemma_ in _NEGATIVE_MANNERS and _has_no(g) for g in child.children)
    return child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and (negative or _has_no(child))


def _has_no(noun: Token) -> bool:
    return bool(noun.n_lefts) and any(
        c.lower_ in ("no", "neither") and c.dep_ in ("det", "neg") and not _is_number_sign(c) for c in noun.children
    )


def _is_number_sign(word: Token) -> bool:
    """ "reference no 12"."""
    following = word.i + 1
    return word.lower_ == "no" and following < len(word.doc) and word.doc[following].like_num and word.i > 0


def _is_only(negation: Token) -> bool:
    """ "not only …" denies nothing."""
    following = negation.i + 1
    return following < len(negation.doc) and negation.doc[following].lower_ in ("only", "just", "least")


def tense_of(head: Token, children: list[Token]) -> str:
    """Past, present or future. An infinitive has that of "used to", "going to", "had to"."""
    above = head.head
    if head.dep_ == "xcomp" and _follows_to(children):
        if above.lower_ in ("used", "had") or (above.lower_ == "supposed" and _is_past(above)):
            return "past"
        if above.lower_ in ("going", "gon") and any(c.dep_ == "aux" for c in above.children):
            return "future"
    auxiliaries = [c for c in children if c.dep_ in AUXILIARIES]
    if any(a.lower_ in ("will", "'ll", "wo", "shall") for a in auxiliaries):
        return "future"
    return "past" if _is_past(head) else "present"


def _is_past(head: Token) -> bool:
    auxiliaries = [c for c in head.children if c.dep_ in AUXILIARIES]
    first = auxiliaries[0] if auxiliaries else head
    perfect = any(a.lower_ in ("have", "has", "'ve") for a in auxiliaries)
    return perfect or first.tag_ in ("VBD", "VBN") or first.lower_ in ("did", "was", "were", "had")


def is_bare_passive(head: Token) -> bool:
    """ "get rejected", "I want it looked at", "candidates rejected by you", "rejected after a week, I …"."""
    if any(c.dep_ in AUXILIARIES for c in head.children):
        return False
    if head.dep_ in ("xcomp", "ccomp") and head.head.lemma_ in _HAVE_DONE:
        mistagged = head.tag_ == "VBD" and head.head.lemma_ in ("want", "need", "like", "prefer")
        return head.tag_ == "VBN" or (mistagged and not any(c.dep_ in ("mark", "dobj") for c in head.children))
    if head.tag_ != "VBN":
        return False
    return head.dep_ == "acl" or (head.dep_ == "advcl" and not any(c.dep_ == "dobj" for c in head.children))
