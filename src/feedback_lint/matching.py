"""Detectors: where in a draft the conditions of a rule hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from itertools import islice

from feedback_lint.classifier import Classifier
from feedback_lint.clause import Clause
from feedback_lint.document import Document, Projection, Region, RegionKind
from feedback_lint.language import Paragraph, Parser, Sentence
from feedback_lint.rejection import is_rejection
from feedback_lint.ruleset import Condition, Measure, Reading, Rule, Ruleset, Scope, Signal
from feedback_lint.strikes import Strike, Strikes
from feedback_lint.text import Span
from feedback_lint.timing import Occasion, Wait, wait

PROSE = (RegionKind.SUBJECT, RegionKind.BODY, RegionKind.CLOSING)
Kinds = tuple[RegionKind, ...]
# Matches in one sentence are of two mistakes if they are so many characters apart.
_APART = 40
# A mail of so many words says what it is about.
_TELLING_WORDS = 45
# A quotation mark and three words; fewer are set off rather than quoted.
_QUOTATION = re.compile(r"[\"“”„«»]\s*(?:[\w'’-]+[^\w\"“”„«»]+){2}\w")
# A grade of fewer words says little.
_GRADED_WORDS = 40
# A mail of short words and sentences does not reach this one.
_HIGH_GRADE = 16


@dataclass(frozen=True)
class Passage:
    """A region of prose, parsed."""

    region: Region
    paragraph: Paragraph

    @property
    def projection(self) -> Projection:
        """The text that is parsed. Raises ValueError for a region without prose."""
        if self.region.projection is None:
            raise ValueError(f"a {self.region.kind} region has no prose")
        return self.region.projection

    def to_source(self, span: Span) -> Span:
        """The source range of a range of the paragraph's text. Raises ValueError for a region without prose."""
        return self.projection.to_source(span)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a detector struck: a range of a passage's text, its sentence, and the clause that it is, if it is one.

    `confidence` tells how sure the learned reader is where it is what struck.
    """

    passage: int
    sentence: int
    span: Span
    clause: Clause | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule holds, in the source text, and what should stand there instead if the detector knows.

    `confidence` tells how sure the learned reader is where it is what struck.
    """

    span: Span
    instead: str = ""
    confidence: float | None = None


@dataclass(frozen=True)
class Manuscript:
    """A document before its prose is parsed, as detectors in Python see it.

    `vocabulary` holds the word sets of the rules, and `occasion` what cannot be seen in the document. `names` are
    those that placeholders may have; `None` stands for any.
    """

    document: Document
    vocabulary: Mapping[str, frozenset[str]] = field(default_factory=dict)
    occasion: Occasion | None = None
    names: frozenset[str] | None = None

    def prose(self, kinds: Kinds) -> Iterator[tuple[RegionKind, Projection]]:
        """What is read in the regions of these kinds that hold words, in order."""
        return ((region.kind, projection) for region, projection in _prose(self.document, kinds))

    @cached_property
    def wait(self) -> Wait | None:
        """How long after the rejection the mail is sent, if anything tells."""
        return wait(self.document, self.occasion) if self.occasion else None

    @cached_property
    def checked(self) -> dict[str, list[Match]]:
        """What detectors in Python have found so far, by name."""
        return {}


@dataclass(frozen=True)
class Draft(Manuscript):
    """A document with its prose parsed, as all other detectors see it."""

    passages: tuple[Passage, ...] = field(kw_only=True)

    @classmethod
    def parse(
        cls,
        document: Document,
        parser: Parser,
        vocabulary: Mapping[str, frozenset[str]] | None = None,
        occasion: Occasion | None = None,
        names: frozenset[str] | None = None,
    ) -> Draft:
        """Parse the prose regions of a document. Raises language.ModelError."""
        regions = [region for region, _ in _prose(document)]
        paragraphs = parser.parse_all(texts_to_parse(document))
        passages = tuple(map(Passage, regions, paragraphs))
        return cls(document, vocabulary or {}, occasion, names, passages=passages)

    def within(self, kinds: Kinds) -> Iterator[tuple[int, Passage]]:
        """The passages of these kinds, numbered."""
        return ((n, p) for n, p in enumerate(self.passages) if p.region.kind in kinds)

    @cached_property
    def words(self) -> int:
        """The number of words in the body."""
        return sum(s.words for _, p in self.within((RegionKind.BODY,)) for s in p.paragraph.sentences)

    @cached_property
    def end(self) -> frozenset[tuple[int, int]]:
        """The sentences with which the mail ends, as (passage, sentence).

        They are the closing, the last paragraph unless it is the only one, and the last two sentences of the body
        unless one is the first of all.
        """
        body = [(n, m) for n, p in self.within((RegionKind.BODY,)) for m in range(len(p.paragraph.sentences))]
        last = body[-1:] + body[1:][-2:]
        last += [place for place in body if place[0] == body[-1][0] != body[0][0]]
        closing = self.within((RegionKind.CLOSING,))
        return frozenset(last) | {(n, m) for n, p in closing for m in range(len(p.paragraph.sentences))}


def texts_to_parse(document: Document) -> list[str]:
    """The paragraphs of a document that are parsed."""
    return [projection.text for _, projection in _prose(document)]


def _prose(document: Document, kinds: Kinds = PROSE) -> Iterator[tuple[Region, Projection]]:
    """The regions of these kinds that hold words, each with what is read there."""
    return ((r, r.projection) for r in document.of(kinds) if r.projection and r.projection.text.strip())


class Matcher:
    """Finds the matches of rules and signals in one draft."""

    def __init__(self, ruleset: Ruleset, draft: Draft, classifier: Classifier | None = None) -> None:
        """Without a `classifier`, only what is said is found."""
        self._rules = ruleset
        self._draft = draft
        self._classifier = classifier
        self._readings: dict[tuple[int, int], Mapping[str, float] | None] = {}
        self._worth_reading: dict[tuple[int, int], bool] = {}
        self._topics: dict[str, bool] = {}
        self._signals: dict[tuple[str, Kinds], list[Place]] = {}

    def rule(self, rule: Rule) -> list[Match]:
        """All matches of a rule, in reading order; where several say the same, that of the first condition.

        Raises ClassifierError.
        """
        asks = self._classifier is not None and rule.id in self._rules.asking
        places = self._said_by(rule)
        matches = run_checks(rule, self._draft)
        for condition in rule.match:
            if condition.measure:
                matches += measure(condition.measure, self._draft, rule.where)
        if not (matches or places or asks) or not self._is_about(rule.topic):
            return []
        if asks:
            said = {(place.passage, place.sentence) for place in places}
            places += (p for p in self._impressions(rule) if (p.passage, p.sentence) not in said)
        for place in places:
            span = self._draft.passages[place.passage].to_source(place.span)
            matches.append(Match(span, confidence=place.confidence))
        return sorted(matches, key=lambda m: m.span)

    def _said_by(self, rule: Rule) -> list[Place]:
        """Where the words themselves meet a condition of a rule."""
        said: list[Place] = []
        taken: dict[tuple[int, int], list[Span]] = {}
        for condition in self._striking(rule.match):
            for place in self._places(condition, rule.where, rule.unless):
                near = taken.setdefault((place.passage, place.sentence), [])
                found = self._whole_sentence(place) if condition.report == "sentence" else place
                if not any(_says_the_same(span, found.span) for span in near):
                    near.append(found.span)
                    said.append(found)
        return said

    def _impressions(self, rule: Rule) -> Iterator[Place]:
        """The sentences that meet what a rule asks of the learned reader.

        What a rule says `unless` of is about words, so it does not hold here; a condition may say it of impressions.
        """
        asked = [condition for condition in rule.match if condition.reader]
        for number, _ in self._draft.within(rule.where):
            for n in self._sentences(number):
                found = ((c, place) for c in asked for place in self._in_sentence(c, number, n))
                yield from islice((place for c, place in found if self._stands(c, place)), 1)

    def _read(self, wanted: Reading, number: int, n: int) -> Iterator[Place]:
        """A sentence of the body of which the learned reader is as sure as is wanted."""
        if wanted.at is not None and not self._is_worth_reading(number, n):
            return
        scores = self._scores(number, n)
        if scores is not None and wanted.is_met(scores.get(wanted.label, 0.0)):
            span = self._draft.passages[number].paragraph.sentences[n].span
            yield Place(number, n, span, confidence=scores.get(wanted.label, 0.0))

    def _is_worth_reading(self, number: int, n: int) -> bool:
        """Whether the learned reader may find a mistake in a sentence, at a first look."""
        if (number, n) not in self._worth_reading:
            text = _text(self._draft.passages[number], n)
            self._worth_reading[number, n] = self._classifier is not None and self._classifier.is_worth_reading(text)
        return self._worth_reading[number, n]

    def _scores(self, number: int, n: int) -> Mapping[str, float] | None:
        """What the learned reader makes of a sentence; `None` if it is not of the body, or not the writer's own."""
        if (number, n) not in self._readings:
            self._readings[number, n] = self._judged(number, n)
        return self._readings[number, n]

    def _judged(self, number: int, n: int) -> Mapping[str, float] | None:
        passage = self._draft.passages[number]
        if self._classifier is None or passage.region.kind is not RegionKind.BODY or not self._is_own(passage, n):
            return None
        return self._classifier.scores(_text(passage, n), self._before(number, n))

    def _is_own(self, passage: Passage, n: int) -> bool:
        """Whether a sentence is what the writer says: it quotes nobody, and is more than blanks to fill in."""
        sentence = passage.paragraph.sentences[n]
        place = passage.to_source(sentence.span)
        blanks = sum(place.contains(blank.span) for blank in self._draft.document.placeholders)
        return sentence.words > blanks and not _QUOTATION.search(_text(passage, n))

    def _before(self, number: int, n: int) -> str:
        """The sentence of the body before another; an empty string before the first."""
        if n:
            return _text(self._draft.passages[number], n - 1)
        earlier = [passage for m, passage in self._draft.within((RegionKind.BODY,)) if m < number]
        return _text(earlier[-1], -1) if earlier else ""

    def _is_about(self, topic: str | None) -> bool:
        """Whether the mail may be about a topic: a signal holds in it, it is short, or it answers a rejection."""
        if topic is None:
            return True
        if topic not in self._topics:
            self._topics[topic] = (
                self._draft.words < _TELLING_WORDS
                or bool(self.signal(topic))
                or any(is_rejection(q.words) for q in self._draft.document.quotations)
            )
        return self._topics[topic]

    def _whole_sentence(self, place: Place) -> Place:
        return replace(place, span=self._draft.passages[place.passage].paragraph.sentences[place.sentence].span)

    def signal(self, name: str, kinds: Kinds = PROSE) -> list[Place]:
        """All places where a signal holds."""
        found = self._signals.get((name, kinds))
        if found is None:
            signal: Signal = self._rules.signals[name]
            found = [p for c in self._striking(signal.match) for p in self._places(c, kinds, signal.unless)]
            self._signals[name, kinds] = found
        return found

    def _striking(self, conditions: Iterable[Condition]) -> Iterator[Condition]:
        """Those conditions that are looked for and strike, or that ask a signal."""
        return (c for c in conditions if id(c) in self._struck or c.signal is not None)

    def _places(self, condition: Condition, kinds: Kinds, unless: tuple[Condition, ...]) -> list[Place]:
        """Where a condition that is looked for holds, unless one of others does."""
        if condition.signal is not None:
            found = self.signal(condition.signal, kinds)
        else:
            passages = [n for n in self._struck[id(condition)] if self._kind(n) in kinds]
            found = [_place(n, strike) for n in passages for strike in self._strikes[n].of(condition)]
        return [p for p in found if self._stands(condition, p, unless)]

    def _kind(self, passage: int) -> RegionKind:
        return self._draft.passages[passage].region.kind

    @cached_property
    def _strikes(self) -> tuple[Strikes, ...]:
        """Where conditions strike in each passage."""
        return tuple(Strikes.within(passage.paragraph, self._rules) for passage in self._draft.passages)

    @cached_property
    def _struck(self) -> Mapping[int, list[int]]:
        """The passages in which the conditions that are looked for strike, by identity of these."""
        found: dict[int, list[int]] = {}
        for number, strikes in enumerate(self._strikes):
            for condition in strikes.conditions:
                found.setdefault(condition, []).append(number)
        return found

    def _in_sentence(self, condition: Condition, number: int, n: int) -> list[Place]:
        """Where a condition holds in a sentence: its phrases, its clause, or the whole for the learned reader."""
        if condition.reader:
            return list(self._read(condition.reader, number, n))
        return [_place(number, strike) for strike in self._strikes[number].in_sentence(condition, n)]

    def _stands(self, condition: Condition, place: Place, unless: tuple[Condition, ...] = ()) -> bool:
        """Whether all around a place is as the condition asks, and none of `unless` holds there."""
        return self._begins(condition, place) and not any(
            self._holds(c, place, "match" if c.clause else "sentence") for c in (*condition.unless, *unless)
        )

    def _begins(self, condition: Condition, place: Place) -> bool:
        """Whether a place is where the condition asks it to be, beside what it must stand beside."""
        if condition.position is not None and (place.passage, place.sentence) not in self._draft.end:
            return False
        return all(self._holds(c, place, "sentence") for c in condition.also)

    def _holds(self, condition: Condition, place: Place, scope: Scope) -> bool:
        """Whether a condition holds around a place: of its clause, or anywhere in the scope."""
        scope = condition.scope or scope
        if scope == "match" and condition.clause:
            clause = place.clause or self._draft.passages[place.passage].paragraph.clause_at(place.span)
            return (
                clause is not None
                and self._rules.compiled(condition.clause).holds(clause)
                and self._begins(condition, place)
                and not any(self._holds(c, place, "match") for c in condition.unless)
            )
        around = self._around(condition, place, scope)
        if scope == "match":
            around = [p for p in around if p.span.overlaps(place.span)]
        return any(self._stands(condition, p) for p in around)

    def _around(self, condition: Condition, place: Place, scope: Scope) -> list[Place]:
        """Where the detector of a condition strikes in the sentences of a scope around a place."""
        reach = self._reach(place, scope)
        if condition.signal is not None:
            kinds = PROSE if scope == "mail" else (self._kind(place.passage),)
            return [p for p in self.signal(condition.signal, kinds) if (p.passage, p.sentence) in reach]
        return [p for number, n in reach for p in self._in_sentence(condition, number, n)]

    def _reach(self, place: Place, scope: Scope) -> list[tuple[int, int]]:
        """The sentences of a scope around a place, as (passage, sentence)."""
        if scope == "mail":
            return [(number, n) for number in range(len(self._draft.passages)) for n in self._sentences(number)]
        if scope == "paragraph":
            return [(place.passage, n) for n in self._sentences(place.passage)]
        most = 1 if scope == "nearby" else 0
        near = range(place.sentence - most, place.sentence + most + 1)
        return [(place.passage, n) for n in near if n in self._sentences(place.passage)]

    def _sentences(self, passage: int) -> range:
        return range(len(self._draft.passages[passage].paragraph.sentences))


def _text(passage: Passage, n: int) -> str:
    """The words of a sentence."""
    span = passage.paragraph.sentences[n].span
    return passage.paragraph.text[span.start : span.end]


def _place(passage: int, strike: Strike) -> Place:
    return Place(passage, strike.sentence, strike.span, strike.clause)


def _says_the_same(span: Span, other: Span) -> bool:
    """Whether two matches in a sentence are likely to be of one mistake: they overlap, or stand close together."""
    return max(span.start, other.start) - min(span.end, other.end) < _APART


def run_checks(rule: Rule, draft: Manuscript) -> list[Match]:
    """What the detectors in Python find that a rule names, in reading order."""
    found = (match for condition in rule.match if condition.check for match in run_check(condition.check, draft))
    return sorted(found, key=lambda match: match.span)


def run_check(name: str, draft: Manuscript) -> list[Match]:
    """What the Python detector `checks/<name>.py` finds, source spans or matches that say more; once for a draft."""
    found = draft.checked.get(name)
    if found is None:
        module = import_module(f"feedback_lint.checks.{name.replace('-', '_')}")
        find: Callable[[Manuscript], Iterable[Span | Match]] = module.find
        found = [place if isinstance(place, Match) else Match(place) for place in find(draft)]
        draft.checked[name] = found
    return found


def measure(wanted: Measure, draft: Draft, kinds: Kinds) -> Iterator[Match]:
    """Where a count is over its bound: in single sentences, or in the body as a whole."""
    if wanted.of == "sentence":
        for _, passage in draft.within(kinds):
            for sentence in passage.paragraph.sentences:
                if _count(sentence, wanted) > wanted.over:
                    yield Match(passage.to_source(sentence.span))
        return
    body = [p for _, p in draft.within((RegionKind.BODY,))]
    if wanted.count == "words":
        total = 0
        for passage in body:
            for sentence in passage.paragraph.sentences:
                total += sentence.words
                if total > wanted.over:
                    yield Match(passage.to_source(sentence.span))
                    return
    elif wanted.count == "grade" and body and _grade(draft, body, wanted.over) > wanted.over:
        yield Match(body[0].to_source(body[0].paragraph.sentences[0].span))


def _grade(draft: Draft, body: list[Passage], over: float) -> float:
    """The Automated Readability Index (Smith and Senter, 1967) of the body, in US school grades; 0 for few words.

    textstat is slow to import, so for high grades it is asked only where long words and sentences make them possible.
    """
    text = "\n".join(p.paragraph.text for p in body)
    sentences = sum(len(p.paragraph.sentences) for p in body)
    if draft.words < _GRADED_WORDS:
        return 0.0
    if over >= _HIGH_GRADE and len(text) / draft.words < 6.2 and draft.words / sentences < 25:
        return 0.0
    import textstat

    return float(textstat.automated_readability_index(text))


def _count(sentence: Sentence, wanted: Measure) -> int:
    return sentence.words if wanted.count == "words" else int(sentence.is_question)
