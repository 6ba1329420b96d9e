"""From a dependency parse to clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from feedback_lint.arguments import adjuncts, has_subject, is_vocative, noun_forms, nouns_between, recipient, roles
from feedback_lint.clause import NO_FORMS, Clause, Embedding, Mood
from feedback_lint.cleft import focus_verb, is_last, is_link, stressed
from feedback_lint.embedding import THINK, embedding
from feedback_lint.mood import REASONS, is_clipped, is_soft, mood_of, wh_of
from feedback_lint.predicate import (
    AUXILIARIES,
    is_bare_passive,
    is_negated,
    modals,
    shares_negation,
    tense_of,
    verb_forms,
)
from feedback_lint.syntax import Token
from feedback_lint.text import Span

_CLAUSAL = frozenset(
    "ROOT ccomp xcomp advcl relcl acl pcomp csubj csubjpass parataxis conj dep appos nsubj meta".split()
)


_I = frozenset({"i"})
_CALLING = frozenset("call consider find deem think label".split())
_DENIED = frozenset({Embedding.DENIED})


def clauses(tokens: Sequence[Token], text: str, sentence_of: Mapping[int, int]) -> list[Clause]:
    """All clauses of a paragraph in reading order. `sentence_of` numbers the sentence of each token."""
    quoted = _quotations(text)
    built: dict[int, Clause] = {}
    for head, parent in _heads(tokens):
        above = built[parent.i] if parent is not None else None
        focus = focus_verb(head)
        clause = _clause(head, parent, above, built.get(focus.i) if focus is not None else None, sentence_of[head.i])
        if any(q.contains(clause.span) for q in quoted):
            clause = replace(clause, embedded=clause.embedded | {Embedding.REPORTED})
        built[head.i] = clause
    return sorted(built.values(), key=lambda c: (c.span.start, -c.span.end))


def _heads(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token | None]]:
    """The heads of clauses, each with that of the clause above: those above come first, then from left to right."""
    heads = {t.i: t for t in tokens if _is_clause_head(t)}
    below: dict[int | None, list[Token]] = {}
    for head in heads.values():
        parent = next((a.i for a in head.ancestors if a.i in heads), None)
        below.setdefault(parent, []).append(head)
    waiting: list[tuple[Token, Token | None]] = [(head, None) for head in reversed(below.get(None, ()))]
    while waiting:
        head, above = waiting.pop()
        yield head, above
        waiting.extend((child, head) for child in reversed(below.get(head.i, ())))


def _quotations(text: str) -> list[Span]:
    """The ranges between pairs of double quotation marks: somebody's words, not the sender's."""
    marks = [m.start() for m in re.finditer('"', text)]
    return [Span(a + 1, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]


def _is_clause_head(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    if token.dep_ == "oprd":
        return _is_object_complement(token)
    if token.dep_ not in _CLAUSAL:
        return False
    if token.dep_ == "ccomp" and token.pos_ in ("ADJ", "NOUN") and has_subject(token):
        return True  # "I find it unfair"
    if token.pos_ in ("VERB", "AUX"):
        return token.dep_ not in ("nsubj", "dep", "appos") or has_subject(token)
    return has_subject(token) and any(c.dep_ in ("cop", "aux") for c in token.children)


def _is_object_complement(token: Token) -> bool:
    """ "I call it *a disgrace*"."""
    said = token.head.lemma_ in _CALLING and token.pos_ in ("ADJ", "NOUN")
    return said and any(c.dep_ == "dobj" and c.i < token.i for c in token.head.children)


def _clause(head: Token, parent: Token | None, above: Clause | None, focus: Clause | None, sentence: int) -> Clause:
    """The clause of `head`, below that of `parent`; `focus` is the one that a cleft equates it with."""
    children = [c for c in head.children if not is_vocative(c)]
    coordinated = head.dep_ == "conj" and head.head == parent and above is not None
    beside = above if coordinated else None
    passive = any(c.dep_ in ("auxpass", "nsubjpass", "csubjpass") for c in children) or is_bare_passive(head)
    if beside and head.tag_ == "VBN" and not has_subject(head) and not any(c.dep_ in AUXILIARIES for c in children):
        passive = beside.passive or "be" in beside.verb  # "I was called and then rejected"
    subject, obj = roles(head, children, passive=passive)
    modal, negated, wh = modals(head, children), is_negated(head, children), wh_of(head, children)
    if beside and not has_subject(head):
        negated = negated or (beside.negated and shares_negation(head))
        if passive and not obj:
            obj = beside.object or beside.subject
        subject, wh = subject or beside.subject, wh or beside.wh
        modal = modal or (beside.modal if not any(c.dep_ == "aux" for c in children) else modal)
    elif not subject and above and not passive and head.dep_ in ("xcomp", "advcl", "pcomp", "acl", "ccomp"):
        subject = above.object or above.recipient if above.object & {"you", "i"} else above.subject
    elif not obj and passive and above and head.dep_ in ("xcomp", "advcl", "pcomp"):
        obj = above.subject
    verb, mood = verb_forms(head, children, passive=passive), mood_of(head, children, wh, beside)
    if (noun := stressed(head)) is not None and above:
        wh, mood = above.wh, above.mood
        if any(c.dep_ == "nsubj" and is_link(c) for c in children):
            subject = noun_forms(noun)
        else:
            obj = noun_forms(noun)
    if mood is Mood.IMPERATIVE and not (coordinated and subject):
        subject = frozenset({"you"})
    elif not subject and not passive and is_clipped(head):
        subject = _I
    governor = nouns_between(head, parent)
    if not wh and governor & REASONS and head.dep_ in ("relcl", "acl"):
        wh = "why"
    denied = is_last(head) or (focus is not None and above is not None and above.negated)
    raised = above is not None and not coordinated and not wh and _raises_negation(above)
    return Clause(
        span=_clause_span(head),
        sentence=sentence,
        verb=verb,
        subject=subject,
        object=obj,
        recipient=recipient(children),
        adjunct=adjuncts(children),
        modal=modal,
        governor=governor,
        governed_by=above.verb if above else NO_FORMS,
        governing_subject=above.subject if above else NO_FORMS,
        embedded=embedding(head, focus or above, governor, mood, coordinated=coordinated, raised=raised)
        | (_DENIED if denied else frozenset()),
        mood=mood,
        wh=wh,
        tense=tense_of(head, children),
        negated=negated is not (raised and head.dep_ in ("ccomp", "xcomp")),
        softened=is_soft(head, children, verb, modal, mood) or (above is not None and above.softened),
        passive=passive,
    )


def _raises_negation(above: Clause) -> bool:
    """Whether a negation means what stands below: "I don't think it was fair", "I doubt it was", "I can't say it was".

    "I can't believe it was", "I didn't say it was" do not.
    """
    able = bool(above.modal & {"can", "could"})
    if "say" in above.verb:
        return above.negated and able
    disbelief = "believe" in above.verb and able
    return above.negated is not ("doubt" in above.verb) and bool(above.verb & THINK) and not disbelief


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
