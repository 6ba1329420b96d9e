"""What a clause does: asks, orders or states, and how gently."""

from __future__ import annotations

from feedback_lint.arguments import SUBJECTS, has_subject
from feedback_lint.clause import Clause, Forms, Mood
from feedback_lint.embedding import WANT, is_bare_order, is_conditional
from feedback_lint.predicate import AUXILIARIES, negates
from feedback_lint.syntax import Token

_SOFT_WORDS = frozenset("please kindly perhaps possibly maybe grateful appreciate thankful welcome".split())
# What the sender says of themselves where no subject stands: "Hope you are well", "Want to know why".
_SELF_VERBS = frozenset("hope want wish wonder guess need appreciate await reckon doubt".split())
_SOFT_MODALS = frozenset({"would", "could", "might", "may"})
_WH = frozenset("why how what which who whom whose when where".split())
# "the reason I was …", "on what grounds": these ask why.
REASONS = frozenset("reason reasons ground grounds basis why".split())
_WH_TAGS = frozenset({"WRB", "WP", "WDT", "WP$"})


def wh_of(head: Token, children: list[Token]) -> str:
    """The question word of this very clause: "why", "how", "what" …; "how come" is why."""
    for child in children:
        if child.dep_ in ("ccomp", "advcl", "relcl", "conj", "parataxis", "csubj", "csubjpass"):
            continue
        if child.i > head.i and child.dep_ not in ("attr", "dobj", "nsubj", "nsubjpass"):
            continue
        if child.dep_ == "prep" and (asked := _asked_by_preposition(head, child)):
            return asked
        words = [child, *(g for g in child.children if g.i < head.i)] if child.i < head.i else [child]
        for word in words:
            if word.lower_ not in _WH or word.tag_ not in _WH_TAGS:
                continue
            if word.lower_ != "why" and (head.dep_ == "relcl" or _is_relative(word, head)):
                continue
            following = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
            if word.lower_ == "what" and following in ("a", "an"):
                continue  # "what a joke"
            return "why" if (word.lower_, following) == ("how", "come") else word.lower_
    return ""


def _is_relative(word: Token, head: Token) -> bool:
    """ "…, which is unfair": a clause hung on by a comma."""
    return head.dep_ == "advcl" and word.lower_ == "which" and word.i > 0 and word.nbor(-1).text == ","


def _asked_by_preposition(head: Token, preposition: Token) -> str:
    """ "to whom", "in what way"; "on what grounds" and "for what reason" are why."""
    if preposition.i > head.i:
        return ""
    for noun in preposition.children:
        for word in (noun, *noun.children):
            if word.lower_ in _WH and word.tag_ in _WH_TAGS:
                if noun.lemma_ in REASONS:
                    return "why"
                return "" if head.dep_ == "relcl" else word.lower_
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
        return Mood.STATEMENT if is_clipped(head) else Mood.IMPERATIVE
    if main and (_has_it_done(head, children) or _is_order_by_noun(head)):
        return Mood.IMPERATIVE
    if not main:
        return Mood.INDIRECT_QUESTION if wh and head.dep_ != "relcl" else Mood.STATEMENT
    asks = head.sentence_end.text.startswith("?") or any(t.text.startswith("?") for t in head.subtree)
    first = auxiliaries[0] if auxiliaries else head if head.lemma_ in ("be", "have") else None
    inverted = bool(subject and first and first.i < subject.i and not is_conditional(head)) and not _is_fronted(first)
    if wh:
        wh_subject = head.lower_ in _WH or (subject is not None and subject.lower_ in _WH)
        return Mood.WH_QUESTION if asks or inverted or wh_subject else Mood.INDIRECT_QUESTION
    there = subject is not None and subject.lower_ == "there"
    if asks or (inverted and not there):
        return Mood.QUESTION
    verbless = subject is None and head.pos_ not in ("VERB", "AUX") and not auxiliaries
    return Mood.FRAGMENT if verbless else Mood.STATEMENT


def is_clipped(head: Token) -> bool:
    """Whether "I" is left out: "Hope to hear from you", "Still waiting for an answer", "Sent you three mails"."""
    if head.dep_ != "ROOT" or has_subject(head) or any(c.dep_ in AUXILIARIES for c in head.children):
        return False
    if head.tag_ in ("VB", "VBP"):
        return head.lemma_ in _SELF_VERBS
    to_me = any(c.dep_ in ("dobj", "dative") and c.lower_ in ("me", "us") for c in head.children)
    return head.tag_ in ("VBG", "VBD") and head.pos_ == "VERB" and not to_me


def _has_it_done(head: Token, children: list[Token]) -> bool:
    """ "Have somebody call me": the parser takes "have" for an auxiliary."""
    return head.tag_ == "VB" and any(c.lower_ == "have" and c.dep_ == "aux" and c.is_sent_start for c in children)


def _is_order_by_noun(head: Token) -> bool:
    """ "Reply to me today": the parser takes a verb at the front for a noun."""
    if head.tag_ != "NN" or head.lower_ != head.lemma_ or head.n_lefts:
        return False
    following = head.doc[head.i + 1 : head.i + 3]
    return [t.lower_ for t in following] in (["to", "me"], ["to", "us"], ["to", "my"])


def _is_fronted(first: Token | None) -> bool:
    """Whether a negative at the front turns subject and verb: "by no means am I …", "never have I …"."""
    return first is not None and any(
        c.i < first.i and negates(c) and c.dep_ not in SUBJECTS for c in (*first.children, *first.head.children)
    )


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
