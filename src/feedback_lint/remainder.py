"""What of a sentence can stand without some of its words, and what it asks for, told from its parse."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from feedback_lint.arguments import SUBJECTS, has_subject
from feedback_lint.syntax import Token
from feedback_lint.text import Span

# A clause that these join to another can go, and the other stays as true as it was.
_LOOSE = frozenset("although though while whereas since as because even".split())
_LINKS = frozenset(
    "and but so or yet then plus though although while whereas also however still , ; : - – — ...".split()
)
_FEWEST_WORDS = 3
_NO_SPACE = re.compile(r" (?=[,.;:!?])|(?<=[(]) ")
_END = re.compile(r"[\s,;:.!?…–—-]+$")


@dataclass(frozen=True, slots=True)
class Remainder:
    """What can be kept of a sentence, as sentences of their own, before and after what goes."""

    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(filter(None, (self.before, self.after)))


def remainder(sentence: Sequence[Token], struck: Sequence[Span], worth: Sequence[Span]) -> Remainder:
    """What stands of a sentence without the main clauses that overlap a struck place: those worth keeping.

    Of a main clause that is struck only in a clause loosely joined to it ("…, although you wasted my time") the rest is
    kept. Places are in the text of the paragraph; what is worth keeping overlaps one of `worth`.
    """
    root = next(token for token in sentence if token.head is token)
    heads = sorted(_main_heads(root), key=lambda h: h.token.i)
    first = min(s.start for s in struck)
    sides: tuple[list[Token], list[Token]] = ([], [])
    openers: list[_Head | None] = [None, None]
    for head in heads:
        own = _own_tokens(head.token, heads)
        if any(_overlaps(t, struck) for t in own):
            own = _without_aside(own, struck)
        if head.token not in own or len(_joined(own).split()) < _FEWEST_WORDS:
            continue
        if not any(_overlaps(t, worth) for t in own):
            continue
        side = 0 if own[0].idx < first else 1
        sides[side].extend(own)
        openers[side] = openers[side] or head
    asks = "?" in "".join(token.text for token in sentence)[-4:]
    return Remainder(*(_as_sentence(own, head, asks=asks) for own, head in zip(sides, openers, strict=True)))


def request(sentence: Sequence[Token], span: Span, verbs: Collection[str], left_out: Sequence[Span]) -> str:
    """What the reader is told to do in a part of a sentence: "send me notes" of "You must send me notes today".

    `verbs` are the lemmas that it may begin with, `left_out` the places that are left out, such as a deadline. Empty
    where no such verb stands there in its base form, or what is left of it would be that alone.
    """
    for verb in sentence:
        inside = span.start <= verb.idx < span.end
        if not inside or verb.tag_ != "VB" or verb.lemma_ not in verbs or not _is_readers(verb):
            continue
        beside = {t.i for c in verb.children if c.dep_ in ("conj", "cc", "advcl", "parataxis") for t in c.subtree}
        own = [
            t
            for t in verb.subtree
            if t.i >= verb.i and t.i not in beside and t.dep_ != "intj" and not _overlaps(t, left_out)
        ]
        text = _joined(own)
        if len(text.split()) > 1:
            return text[0].lower() + text[1:]
    return ""


@dataclass(frozen=True, slots=True)
class _Head:
    """The predicate of a main clause, and the subject it shares with the one before if it has none of its own."""

    token: Token
    shared: str = ""


def _main_heads(head: Token, shared: str = "") -> Iterator[_Head]:
    """The predicates that are coordinated with one or set beside it, and can stand alone."""
    yield _Head(head, shared)
    subject = next((c.text for c in head.children if c.dep_ in SUBJECTS and c.pos_ == "PRON"), shared)
    for child in head.children:
        if child.pos_ not in ("VERB", "AUX"):
            continue
        own = child.lemma_ == "thank" or has_subject(child)
        if child.dep_ in ("conj", "parataxis") and (own or _is_order(child, head)):
            yield from _main_heads(child)
        elif child.dep_ == "conj" and subject and _is_finite(child):
            yield from _main_heads(child, subject)
        elif child.dep_ == "ccomp" and own and _is_spliced(child, head):
            yield from _main_heads(child)


def _is_order(verb: Token, beside: Token) -> bool:
    """Whether a verb without a subject is an imperative, coordinated with a clause that has one or with another."""
    bare = verb.tag_ == "VB" and not any(c.dep_ in ("aux", "mark") for c in verb.children)
    return bare and not any(c.dep_ == "aux" for c in beside.children)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBP", "VBZ") or any(c.tag_ in ("MD", "VBD", "VBP", "VBZ") for c in verb.children)


def _is_spliced(clause: Token, head: Token) -> bool:
    """Whether a complement before its verb is rather a main clause with a comma: "I liked it, it was fun"."""
    marked = any(c.dep_ == "mark" or c.tag_ in ("WRB", "WP", "WDT") for c in clause.children)
    after = clause.right_edge.i + 1
    paused = after < head.i and clause.doc[after].is_punct and clause.doc[after].text[0] in ",;:-–—."
    speech = head.lemma_ in ("say", "tell", "ask", "think", "know", "guess", "suppose", "believe")
    return clause.i < head.i and paused and not marked and not speech


def _own_tokens(head: Token, heads: Sequence[_Head]) -> list[Token]:
    """The tokens of a main clause without those of the main clauses that hang on it."""
    others = {t.i for h in heads if h.token.i != head.i and head in h.token.ancestors for t in h.token.subtree}
    return [t for t in head.subtree if t.i not in others]


def _without_aside(own: list[Token], struck: Sequence[Span]) -> list[Token]:
    """A main clause without the loosely joined clause that holds all its struck words; nothing where there is none."""
    bad = {t.i for t in own if _overlaps(t, struck)}
    for token in own:
        aside = {t.i for t in token.subtree}
        if bad <= aside and _is_loose(token):
            return [t for t in own if t.i not in aside]
    return []


def _is_loose(clause: Token) -> bool:
    """Whether a clause is joined by "although" and the like, or by "as" with a pause: not "so kind as to …"."""
    mark = next((c.lower_ for c in clause.children if c.dep_ == "mark"), "")
    first = clause.left_edge
    paused = first.is_sent_start or first.nbor(-1).is_punct
    return clause.dep_ == "advcl" and mark in _LOOSE and (mark != "as" or bool(paused))


def _as_sentence(own: Sequence[Token], first: _Head | None, *, asks: bool) -> str:
    """The tokens as a sentence: a capital, its subject, the sign at its end; empty where there are none.

    `asks`: they come from a sentence with a question mark.
    """
    if first is None:
        return ""
    text = _joined(own)
    if first.shared:
        text = f"{first.shared} {text}"
    return text[0].upper() + text[1:] + ("?" if asks and _is_question(first.token) else ".")


def _is_question(head: Token) -> bool:
    """Whether a main clause is a question: its subject follows its auxiliary."""
    subject = next((c for c in head.children if c.dep_ in SUBJECTS), None)
    auxiliary = next((c for c in head.children if c.dep_ == "aux"), head)
    return subject is not None and auxiliary.i < subject.i


def _joined(tokens: Sequence[Token]) -> str:
    """Tokens as text, without links and punctuation at the edges."""
    run = sorted(tokens, key=lambda t: t.i)
    while run and (run[0].lower_ in _LINKS or run[0].is_punct or run[0].is_space):
        run.pop(0)
    while run and (run[-1].lower_ in _LINKS or run[-1].is_punct or run[-1].is_space):
        run.pop()
    parts: list[str] = []
    for n, token in enumerate(run):
        beside = n > 0 and run[n - 1].i + 1 == token.i and run[n - 1].idx + len(run[n - 1]) == token.idx
        parts += ([] if beside else [" "]) + [token.text]
    text = _NO_SPACE.sub("", " ".join("".join(parts).split()))
    return _END.sub("", re.sub(r",(?=[,.;:!?])", "", text))


def _is_readers(verb: Token) -> bool:
    """Whether it is the reader who is to do it: an order, "you must …", "I expect you to …"."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is not None:
        return subject.lower_ in ("you", "u", "ya")
    if verb.dep_ in ("xcomp", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
        above = next((c for c in verb.head.children if c.dep_ in (*SUBJECTS, "dobj")), None)
        return above is not None and above.lower_ in ("you", "u", "ya")
    return not any(c.dep_ in ("aux", "mark") for c in verb.children)


def _overlaps(token: Token, spans: Sequence[Span]) -> bool:
    return any(s.start < token.idx + len(token) and token.idx < s.end for s in spans)
