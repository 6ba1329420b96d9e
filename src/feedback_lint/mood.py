"""What a clause does: asks, orders or states, and how gently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback_lint.arguments import SUBJECTS, has_subject
from feedback_lint.clause import Clause, Forms, Mood
from feedback_lint.embedding import WANT, is_bare_order, is_conditional
from feedback_lint.predicate import AUXILIARIES

if TYPE_CHECKING:
    from spacy.tokens import Token

_SOFT_WORDS = frozenset("please kindly perhaps possibly maybe grateful appreciate thankful welcome".split())
_SOFT_MODALS = frozenset({"would", "could", "might", "may"})
_WH = frozenset("why how what which who whom whose when where".split())
_WH_TAGS = frozenset({"WRB", "WP", "WDT", "WP$"})


def wh_of(head: Token, children: list[Token]) -> str:
    """The question word of this very clause: "why", "how", "what" …; "how come" is why."""
    for child in children:
        if child.dep_ in ("ccomp", "advcl", "relcl", "conj", "parataxis"):
            continue
        if child.i > head.i and child.dep_ not in ("attr", "dobj", "nsubj", "nsubjpass"):
            continue
        words = [child, *(g for g in child.children if g.i < head.i)] if child.i < head.i else [child]
        for word in words:
            if word.lower_ not in _WH or word.tag_ not in _WH_TAGS:
                continue
            if head.dep_ == "relcl" and word.lower_ != "why":
                continue
            following = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
            return "why" if (word.lower_, following) == ("how", "come") else word.lower_
    return ""


def mood_of(head: Token, children: list[Token], wh: str, beside: Clause | None) -> Mood:
    """The mood; a clause without a subject shares that of the one it is coordinated with."""
    if beside and beside.mood is not Mood.STATEMENT and not has_subject(head):
        return beside.mood
    main = _is_main(head, beside)
    subject = next((c for c in children if c.dep_ in SUBJECTS), None)
    auxiliaries = [c for c in children if c.dep_ in AUXILIARIES]
    polite = any(c.lower_ in ("please", "kindly") and c.i < head.i for c in children)
    bare = not subject and not wh and head.tag_ in ("VB", "VBP") and head.pos_ in ("VERB", "AUX")
    infinitives = head.dep_ == "conj" and head.head.tag_ == "VB"  # "I should write and ask"
    if bare and (main or polite) and not infinitives and all(a.lower_ in ("do", "don't") for a in auxiliaries):
        return Mood.IMPERATIVE
    if not main:
        return Mood.INDIRECT_QUESTION if wh and head.dep_ != "relcl" else Mood.STATEMENT
    asks = head.sent[-1].text.startswith("?") or any(t.text.startswith("?") for t in head.subtree)
    first = auxiliaries[0] if auxiliaries else head if head.lemma_ in ("be", "have") else None
    inverted = bool(subject and first and first.i < subject.i and not is_conditional(head))
    if wh:
        wh_subject = head.lower_ in _WH or (subject is not None and subject.lower_ in _WH)
        return Mood.WH_QUESTION if asks or inverted or wh_subject else Mood.INDIRECT_QUESTION
    there = subject is not None and subject.lower_ == "there"
    return Mood.QUESTION if asks or (inverted and not there) else Mood.STATEMENT


def _is_main(head: Token, beside: Clause | None) -> bool:
    if head.dep_ == "conj":
        return beside is not None and beside.mood is not Mood.INDIRECT_QUESTION
    if head.dep_ in ("ROOT", "parataxis"):
        return True
    fronted = head.head.dep_ == "ROOT" and head.i < head.head.i
    return fronted and (head.dep_ == "ccomp" or is_bare_order(head))


def is_soft(head: Token, children: list[Token], verb: Forms, modal: Forms, mood: Mood) -> bool:
    """Whether a clause asks gently: "could you", "please", "I would be grateful"."""
    gentle_question = mood in (Mood.QUESTION, Mood.WH_QUESTION) and bool(modal & _SOFT_MODALS)
    soft_word = any(t.lower_ in _SOFT_WORDS or t.lemma_ in _SOFT_WORDS for t in (head, *children))
    return gentle_question or soft_word or ("would" in modal and bool(verb & WANT))
