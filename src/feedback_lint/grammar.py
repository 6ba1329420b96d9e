"""From spaCy's dependency parse to clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from feedback_lint.clause import NO_FORMS, Clause, Embedding, Forms, Mood
from feedback_lint.embedding import THINK, WANT, embedding, is_bare_order, is_conditional
from feedback_lint.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SOFT_WORDS = frozenset("please kindly perhaps possibly maybe grateful appreciate thankful welcome".split())
_SOFT_MODALS = frozenset({"would", "could", "might", "may"})
_NEGATIVE_WORDS = frozenset("no nobody none nothing never neither nor hardly barely scarcely rarely nowhere".split())
_MODALS = frozenset("must should shall can could may might will would ought".split())
_LONG_MODALS = {"ca": "can", "wo": "will", "'ll": "will", "'d": "would", "sha": "shall"}
_TO_MODALS = frozenset({"have", "need", "ought", "got"})
_WH = frozenset("why how what which who whom whose when where".split())
_WH_TAGS = frozenset({"WRB", "WP", "WDT", "WP$"})
# "I want it looked at", "get rejected": what follows is done to somebody.
_HAVE_DONE = frozenset("get be see have want need like prefer wish".split())
_PARTICLES = frozenset("down over forward back together well aside".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_CLAUSAL = frozenset(
    "ROOT ccomp xcomp advcl relcl acl pcomp csubj csubjpass parataxis conj dep appos nsubj meta".split()
)
_NOUN_MODIFIERS = frozenset("poss amod compound det nummod neg".split())
_PRONOUNS = {"me": "i", "my": "i", "mine": "i", "myself": "i", "us": "we", "our": "we", "your": "you",
             "yours": "you", "yourself": "you", "yourselves": "you", "him": "he", "his": "he", "her": "she",
             "them": "they", "their": "they", "theirs": "they"}  # fmt: skip


def clauses(doc: Doc, sentence_of: Mapping[int, int]) -> list[Clause]:
    """All clauses of a paragraph in reading order. `sentence_of` numbers the sentence of each token."""
    heads = [t for t in doc if _is_clause_head(t)]
    quoted = _quotations(doc.text)
    built: dict[int, Clause] = {}
    for head in sorted(heads, key=lambda t: (sum(1 for _ in t.ancestors), t.i)):
        parent = next((a for a in head.ancestors if a.i in built), None)
        clause = _clause(head, parent, built[parent.i] if parent else None, sentence_of[head.i])
        if any(q.contains(clause.span) for q in quoted):
            clause = replace(clause, embedded=clause.embedded | {Embedding.REPORTED})
        built[head.i] = clause
    return sorted(built.values(), key=lambda c: (c.span.start, -c.span.end))


def _quotations(text: str) -> list[Span]:
    """The ranges between pairs of double quotation marks: somebody's words, not the sender's."""
    marks = [n for n, c in enumerate(text) if c == '"']
    return [Span(a + 1, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]


def _is_clause_head(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.dep_ not in _CLAUSAL:
        return False
    if token.pos_ in ("VERB", "AUX"):
        return token.dep_ not in ("nsubj", "dep", "appos") or _has_subject(token)
    return _has_subject(token) and any(c.dep_ in ("cop", "aux") for c in token.children)


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in token.children)


def _clause(head: Token, parent: Token | None, above: Clause | None, sentence: int) -> Clause:
    children = list(head.children)
    coordinated = head.dep_ == "conj" and head.head == parent and above is not None
    beside = above if coordinated else None
    passive = any(c.dep_ in ("auxpass", "nsubjpass", "csubjpass") for c in children) or _is_bare_passive(head)
    subject, obj = _roles(head, children, passive=passive)
    modal, negated, wh = _modals(head, children), _is_negated(head, children), _wh(head, children)
    if beside and not _has_subject(head):
        if passive and not obj:
            obj = beside.object or beside.subject
        subject, wh = subject or beside.subject, wh or beside.wh
        modal = modal or (beside.modal if not any(c.dep_ == "aux" for c in children) else modal)
    elif not subject and above and not passive and head.dep_ in ("xcomp", "advcl", "pcomp", "acl", "ccomp"):
        subject = above.object or above.recipient if above.object & {"you", "i"} else above.subject
    elif not obj and passive and above and head.dep_ in ("xcomp", "advcl", "pcomp"):
        obj = above.subject
    verb, mood = _verb_forms(head, children), _mood(head, children, wh, beside)
    if mood is Mood.IMPERATIVE and not (coordinated and subject):
        subject = frozenset({"you"})
    governor = _nouns_between(head, parent)
    if not wh and governor & {"reason", "reasons", "why"} and head.dep_ in ("relcl", "acl"):
        wh = "why"
    raised = above is not None and not coordinated and _raises_negation(above)
    return Clause(
        span=_clause_span(head),
        sentence=sentence,
        verb=verb,
        subject=subject,
        object=obj,
        recipient=_recipient(children),
        adjunct=_adjuncts(children),
        modal=modal,
        governor=governor,
        governed_by=above.verb if above else NO_FORMS,
        embedded=embedding(head, above, governor, mood, coordinated=coordinated, raised=raised),
        mood=mood,
        wh=wh,
        tense=_tense(head, children),
        negated=negated is not (raised and head.dep_ in ("ccomp", "xcomp")),
        softened=_is_soft(head, children, verb, modal, mood) or (above is not None and above.softened),
        passive=passive,
    )


def _raises_negation(above: Clause) -> bool:
    """Whether a negation means what stands below: "I don't think it was fair". "I can't believe …" does not."""
    disbelief = "believe" in above.verb and bool(above.modal & {"can", "could"})
    return above.negated and bool(above.verb & THINK) and not disbelief


def _is_bare_passive(head: Token) -> bool:
    """ "get rejected", "I want it looked at", "candidates rejected by you"."""
    if any(c.dep_ in _AUXILIARIES for c in head.children):
        return False
    if head.dep_ in ("xcomp", "ccomp") and head.head.lemma_ in _HAVE_DONE:
        mistagged = head.tag_ == "VBD" and head.head.lemma_ in ("want", "need", "like", "prefer")
        return head.tag_ == "VBN" or (mistagged and not any(c.dep_ in ("mark", "dobj") for c in head.children))
    return head.dep_ == "acl" and head.tag_ == "VBN"


def _is_soft(head: Token, children: list[Token], verb: Forms, modal: Forms, mood: Mood) -> bool:
    """Whether a clause asks gently: "could you", "please", "I would be grateful"."""
    gentle_question = mood in (Mood.QUESTION, Mood.WH_QUESTION) and bool(modal & _SOFT_MODALS)
    soft_word = any(t.lower_ in _SOFT_WORDS or t.lemma_ in _SOFT_WORDS for t in (head, *children))
    return gentle_question or soft_word or ("would" in modal and bool(verb & WANT))


# --- who and what --------------------------------------------------------------------------------------------------


def _roles(head: Token, children: list[Token], *, passive: bool) -> tuple[Forms, Forms]:
    """The logical subject and object."""
    surface, obj = NO_FORMS, NO_FORMS
    for child in children:
        if child.dep_ in _SUBJECTS and (child.dep_ != "expl" or not surface):
            surface = _noun_forms(child)
        elif child.dep_ in ("dobj", "attr", "oprd"):
            obj |= _noun_forms(child)
    if head.dep_ == "relcl" and head.head.pos_ in ("NOUN", "PROPN", "PRON"):  # "the person you chose"
        antecedent = _noun_forms(head.head)
        if surface & {"who", "that", "which", "whom"}:
            surface = antecedent
        elif not obj and surface:
            obj = antecedent
    if not passive:
        return surface, obj
    if head.dep_ == "acl":
        surface = surface or _noun_forms(head.head)
    return _union(g for c in children if c.dep_ == "agent" for g in c.children), surface or obj


def _union(nouns: Iterator[Token]) -> Forms:
    return NO_FORMS.union(*(_noun_forms(n) for n in nouns))


def _noun_forms(token: Token) -> Forms:
    """Normal forms of a noun phrase: head, each modifier with the head, and the same of coordinated nouns."""
    noun = _noun(token)
    forms = {noun}
    for child in token.children:
        if child.dep_ in _NOUN_MODIFIERS:
            forms.add(f"{child.lower_} {noun}")
            if child.dep_ == "poss" and child.pos_ != "PRON":
                forms.add(f"{child.lemma_}'s {noun}")
        elif child.dep_ == "conj":
            forms |= _noun_forms(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            forms |= {f"{noun} of {_noun(g)}" for g in child.children}
    return frozenset(forms)


def _noun(token: Token) -> str:
    return _PRONOUNS.get(token.lower_, token.lower_ if token.pos_ == "PRON" else token.lemma_)


def _recipient(children: list[Token]) -> Forms:
    datives = [c for c in children if c.dep_ == "dative"]
    return _union(n for d in datives for n in ([g for g in d.children if g.dep_ == "pobj"] or [d]))


def _adjuncts(children: list[Token]) -> Forms:
    """Adverbs, and prepositions with their nouns ("by friday", "on linkedin")."""
    forms: set[str] = set()
    for child in children:
        if child.dep_ in ("advmod", "npadvmod", "prt", "intj"):
            forms.add(child.lower_)
        elif child.dep_ in ("prep", "agent", "dative"):
            forms.add(child.lower_)
            forms |= {f"{child.lower_} {form}" for noun in child.children for form in _noun_forms(noun)}
    return frozenset(forms)


def _nouns_between(head: Token, parent: Token | None) -> Forms:
    """Forms of the nouns by which the clause hangs on the one above: "feedback" in "feedback on why …"."""
    out = NO_FORMS
    for ancestor in head.ancestors:
        if parent is not None and ancestor.i == parent.i:
            break
        if ancestor.pos_ in ("NOUN", "PROPN", "PRON", "ADJ"):
            out |= _noun_forms(ancestor)
    if parent is not None and head.dep_ == "pcomp" and head.head.head == parent:
        # "share your feedback on why …": the parser may hang "on" on the verb
        out |= _union(c for c in parent.children if c.dep_ == "dobj")
    return out


# --- the predicate -------------------------------------------------------------------------------------------------


def _verb_forms(head: Token, children: list[Token]) -> Forms:
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


def _modals(head: Token, children: list[Token]) -> Forms:
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


def _is_negated(head: Token, children: list[Token]) -> bool:
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


def _tense(head: Token, children: list[Token]) -> str:
    auxiliaries = [c for c in children if c.dep_ in _AUXILIARIES]
    if any(a.lower_ in ("will", "'ll", "wo", "shall") for a in auxiliaries):
        return "future"
    first = auxiliaries[0] if auxiliaries else head
    perfect = any(a.lower_ in ("have", "has", "'ve") for a in auxiliaries)
    return (
        "past"
        if perfect or first.tag_ in ("VBD", "VBN") or first.lower_ in ("did", "was", "were", "had")
        else "present"
    )


# --- mood ----------------------------------------------------------------------------------------------------------


def _wh(head: Token, children: list[Token]) -> str:
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


def _mood(head: Token, children: list[Token], wh: str, beside: Clause | None) -> Mood:
    """The mood; a clause without a subject shares that of the one it is coordinated with."""
    if beside and beside.mood is not Mood.STATEMENT and not _has_subject(head):
        return beside.mood
    main = _is_main(head, beside)
    subject = next((c for c in children if c.dep_ in _SUBJECTS), None)
    auxiliaries = [c for c in children if c.dep_ in _AUXILIARIES]
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


def _clause_span(head: Token) -> Span:
    """From the clause's first word to its last, without the punctuation and conjunctions at its edges.

    Clauses coordinated with this one and set beside it are left to themselves.
    """
    beside = {t.i for c in head.children if c.dep_ in ("conj", "parataxis") and _is_clause_head(c) for t in c.subtree}
    tokens = [t for t in head.subtree if t.i not in beside]
    while len(tokens) > 1 and _is_edge(tokens[-1]):
        tokens.pop()
    while len(tokens) > 1 and _is_edge(tokens[0]):
        tokens.pop(0)
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))


def _is_edge(token: Token) -> bool:
    return bool(token.is_punct or token.is_space or token.dep_ == "cc")
