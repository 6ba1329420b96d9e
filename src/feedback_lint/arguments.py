"""Who does what to whom: the nouns of a clause as forms."""

from __future__ import annotations

from collections.abc import Iterator

from feedback_lint.clause import NO_FORMS, Forms
from feedback_lint.syntax import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_NOUN_MODIFIERS = frozenset("poss amod compound det nummod neg".split())
# "one of your managers" is a manager too.
_PART_NOUNS = frozenset("one some any most each none both member part lot couple rest two three half".split())
_PRONOUNS = {"me": "i", "my": "i", "mine": "i", "myself": "i", "us": "we", "our": "we", "your": "you",
             "yours": "you", "yourself": "you", "yourselves": "you", "him": "he", "his": "he", "her": "she",
             "them": "they", "their": "they", "theirs": "they"}  # fmt: skip


def has_subject(token: Token) -> bool:
    """Whether a clause says who acts."""
    return any(c.dep_ in SUBJECTS for c in token.children)


def is_vocative(token: Token) -> bool:
    """Whether what the parser takes for a subject is the person addressed: "Madam, kindly tell me …"."""
    if token.dep_ != "nsubj" or token.tag_ not in ("NN", "NNP") or token.head.tag_ not in ("VB", "VBP"):
        return False
    end = token.right_edge
    if end.text != "," and end.i + 1 < len(token.doc):
        end = end.nbor()
    between = token.doc[end.i + 1 : token.head.i]
    return end.text == "," and all(t.head == token.head and t.pos_ in ("ADV", "INTJ") for t in between)


def roles(head: Token, children: list[Token], *, passive: bool) -> tuple[Forms, Forms]:
    """The logical subject and object."""
    surface, obj = NO_FORMS, NO_FORMS
    for child in children:
        if child.dep_ in SUBJECTS and (child.dep_ != "expl" or not surface):
            surface = noun_forms(child)
            if child.dep_ == "csubj" and any(c.lower_ == "what" for c in child.children):
                surface |= {"what"}  # "what you did was …"
        elif child.dep_ in ("dobj", "attr", "oprd"):
            obj |= noun_forms(child)
    if head.dep_ == "relcl" and head.head.pos_ in ("NOUN", "PROPN", "PRON"):  # "the person you chose"
        antecedent = noun_forms(head.head)
        if surface & {"who", "that", "which", "whom"}:
            surface = antecedent
        elif surface and (not obj or obj & {"that", "which", "whom", "who"}):
            obj = antecedent
    if head.dep_ == "oprd":  # "I call *it* a disgrace"
        surface = surface or _union(c for c in head.head.children if c.dep_ == "dobj" and c.i < head.i)
    if not passive:
        return surface, obj
    if head.dep_ == "acl":
        surface = surface or noun_forms(head.head)
    return _union(g for c in children if c.dep_ == "agent" for g in c.children), surface or obj


def _union(nouns: Iterator[Token]) -> Forms:
    return NO_FORMS.union(*(noun_forms(n) for n in nouns))


def noun_forms(token: Token) -> Forms:
    """Normal forms of a noun phrase: head, each modifier with the head, and the same of coordinated nouns."""
    noun = _noun(token)
    forms = {noun}
    for child in token.children:
        if child.dep_ in _NOUN_MODIFIERS:
            forms.add(f"{child.lower_} {noun}")
            if child.dep_ == "poss" and child.pos_ != "PRON":
                forms.add(f"{child.lemma_}'s {noun}")
        elif child.dep_ == "conj":
            forms |= noun_forms(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            forms |= {f"{noun} of {_noun(g)}" for g in child.children}
            if noun in _PART_NOUNS:
                forms |= _union(g for g in child.children)
    return frozenset(forms)


def _noun(token: Token) -> str:
    return _PRONOUNS.get(token.lower_, token.lower_ if token.pos_ == "PRON" else token.lemma_)


def recipient(children: list[Token]) -> Forms:
    """To whom: "tell *me*"."""
    datives = [c for c in children if c.dep_ == "dative"]
    return _union(n for d in datives for n in ([g for g in d.children if g.dep_ == "pobj"] or [d]))


def adjuncts(children: list[Token]) -> Forms:
    """Adverbs, and prepositions with their nouns ("by friday", "on linkedin")."""
    forms: set[str] = set()
    for child in children:
        if child.dep_ in ("advmod", "npadvmod", "prt", "intj"):
            forms.add(child.lower_)
        elif child.dep_ in ("prep", "agent", "dative"):
            forms.add(child.lower_)
            forms |= {f"{child.lower_} {form}" for noun in child.children for form in noun_forms(noun)}
    return frozenset(forms)


def nouns_between(head: Token, parent: Token | None) -> Forms:
    """Forms of the nouns by which the clause hangs on the one above: "feedback" in "feedback on why …"."""
    out = NO_FORMS
    for ancestor in head.ancestors:
        if parent is not None and ancestor.i == parent.i:
            break
        if ancestor.pos_ in ("NOUN", "PROPN", "PRON", "ADJ"):
            out |= noun_forms(ancestor)
    if parent is not None and head.dep_ == "pcomp" and head.head.head == parent:
        # "share your feedback on why …": the parser may hang "on" on the verb
        out |= _union(c for c in parent.children if c.dep_ == "dobj")
    return out
