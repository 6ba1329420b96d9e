"""Sentences taken apart for emphasis: "it was you who …", "what I want is …", "the only thing I ask is …".

What they stress stands beside a form of "be"; what is said of it, in a clause of its own.
"""

from __future__ import annotations

from feedback_lint.arguments import SUBJECTS
from feedback_lint.syntax import Token

_LINKS = frozenset({"that", "who", "which", "whom"})
# "All I want is …", "the one thing I ask is …".
_EMPTY_NOUNS = frozenset("all thing one something everything point".split())
_REMAINS = frozenset({"be", "remain"})


def stressed(head: Token) -> Token | None:
    """The noun that a cleft stresses: "you" for the clause "who told me" in "it was *you* who told me"."""
    if head.dep_ not in ("ccomp", "advcl", "relcl") or not any(is_link(c) for c in head.children):
        return None
    be = head.head.head if head.dep_ == "relcl" and head.head.lower_ == "it" else head.head
    if be.lemma_ != "be":
        return None
    sides = [c for c in be.children if c.dep_ in ("nsubj", "attr")]
    others = [c for c in sides if c.lower_ != "it"]
    return others[0] if len(others) == 1 and len(sides) == 2 else None


def is_link(word: Token) -> bool:
    """Whether a word takes the place of what is stressed: "it was you *who* …"."""
    if word.dep_ == "dobj":
        return word.lower_ in _LINKS
    return word.lower_ in _LINKS and word.tag_ in ("WDT", "WP") and word.dep_ in SUBJECTS


def focus_verb(head: Token) -> Token | None:
    """The verb that "be" equates with a clause: "want" for "to know …" in "what I want is to know …"."""
    if head.dep_ not in ("ccomp", "xcomp", "advcl") or head.head.lemma_ not in _REMAINS:
        return None
    return equated(head.head)


def equated(be: Token) -> Token | None:
    """The verb that stands for the subject of "be": "want" in "what I want is …", "all I want is …"."""
    for child in be.children:
        if child.dep_ == "csubj" and any(_is_what(t) for t in child.subtree):
            return _innermost(child)
        if child.dep_ in ("nsubj", "attr") and child.lemma_ in _EMPTY_NOUNS:
            relative = next((c for c in child.children if c.dep_ == "relcl"), None)
            return _innermost(relative) if relative is not None else None
    return None


def _is_what(word: Token) -> bool:
    return word.lower_ in ("what", "all") and word.dep_ in ("dobj", "pobj", "nsubj", "attr")


def _innermost(verb: Token) -> Token:
    """ "know" in "all I want to know is …"."""
    below = next((c for c in verb.children if c.dep_ == "xcomp"), None)
    return _innermost(below) if below is not None else verb


def is_last(head: Token) -> bool:
    """Whether a clause is what the sender would do last of all: "the last thing I want is to …"."""
    if head.dep_ not in ("ccomp", "xcomp") or head.head.lemma_ != "be":
        return False
    subjects = [c for c in head.head.children if c.dep_ == "nsubj" and c.lemma_ == "thing"]
    return any(m.lower_ == "last" and m.dep_ == "amod" for s in subjects for m in s.children)
