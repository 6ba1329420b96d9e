"""Rules as data: what a rule file says, and all rules together. `rule_files` reads them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from feedback_lint.clause import Clause, Embedding, Forms, Mood
from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, RegionKind, Stage
from feedback_lint.pattern import Index, Phrase
from feedback_lint.slots import FACTS, OF_SENTENCE, THRESHOLD, slots


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Scope = Literal["match", "sentence", "nearby", "paragraph", "mail"]
Anchor = Literal["greeting", "subject", "body-start", "body-end", "closing", "signature"]


def hyphenated(name: str) -> str:
    """A field name as rule files write it."""
    return name.replace("_", "-")


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=hyphenated,
        populate_by_name=True,
        defer_build=True,  # compiled rules come out of the cache without validation
    )


class ClauseTest(_Model):
    """What a clause must be. Each key given must hold; a list means any of these; `none` means none there."""

    verb: Words | None = None
    subject: Words | None = None
    object: Words | None = None
    recipient: Words | None = None
    adjunct: Words | None = None
    modal: Words | None = None
    governor: Words | None = None
    governed_by: Words | None = None
    governing_subject: Words | None = None
    wh: Words | None = None
    tense: Words | None = None
    mood: Annotated[tuple[Mood, ...], BeforeValidator(_as_tuple)] | None = None
    embedded: Annotated[tuple[Embedding, ...], BeforeValidator(_as_tuple)] | None = None
    negated: bool | None = None
    softened: bool | None = None
    passive: bool | None = None
    but_not: ClauseTest | None = None


class Measure(_Model):
    """A count that is too high: `count` of each `of`, over `over`."""

    of: Literal["sentence", "body"]
    count: Literal["words", "questions", "grade"]
    over: float


class Reading(_Model):
    """How sure the learned reader must be that a sentence of the body makes a mistake: `at` least, or `below`."""

    label: str
    at: float | None = Field(None, gt=0, le=1)
    below: float | None = Field(None, gt=0, le=1)

    @model_validator(mode="after")
    def _one_bound(self) -> Reading:
        if (self.at is None) == (self.below is None):
            raise ValueError("needs either at or below")
        return self

    def is_met(self, sure: float) -> bool:
        """Whether the reader is as sure as that, from 0 to 1."""
        return (self.at is None or sure >= self.at) and (self.below is None or sure < self.below)


class Condition(_Model):
    """One detector, and what must or must not stand around its match."""

    clause: ClauseTest | None = None
    phrase: Words | None = None
    measure: Measure | None = None
    signal: str | None = None
    check: str | None = None
    reader: Reading | None = None
    scope: Scope | None = None
    position: Literal["end"] | None = None
    report: Literal["match", "sentence"] = "match"
    also: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _one_detector(self) -> Condition:
        kinds = ("clause", "phrase", "measure", "signal", "check", "reader")
        if sum(getattr(self, kind) is not None for kind in kinds) != 1:
            raise ValueError("needs exactly one of clause, phrase, measure, signal, check and reader")
        return self

    @property
    def needs_parse(self) -> bool:
        """Whether sentences must be known to judge it: a detector in Python alone sees words and regions only."""
        return self.check is None or bool(self.position or self.also or self.unless)

    def over(self, bound: float) -> Condition:
        """The same with another bound of its measure. Raises ValueError where it measures nothing."""
        if self.measure is None:
            raise ValueError("this condition measures nothing")
        return self.model_copy(update={"measure": self.measure.model_copy(update={"over": bound})})


class Bound(_Model):
    """How often a thing may occur."""

    min: int | None = Field(None, ge=1)
    max: int | None = Field(None, ge=0)

    @model_validator(mode="after")
    def _one_bound(self) -> Bound:
        if (self.min is None) == (self.max is None):
            raise ValueError("needs either min or max")
        return self


class Checklist(_Model):
    """How the rule shows in the checklist of what a good mail has, and in which place."""

    item: str
    place: int


class Signal(_Model):
    """A detector with a name, shared by rules."""

    id: str
    summary: str
    match: tuple[Condition, ...]
    unless: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _asks_no_reader(self) -> Signal:
        if any(condition.reader for condition in self.match):
            raise ValueError("`reader` can only stand in a rule: signals tell what is said")
        return self


class Request(_Model):
    """What `{request}` in a suggestion takes from the sentence: what the reader is told to do.

    `verb` are the verbs that it may begin with, and `without` the signals whose words are left out.
    """

    verb: Words
    without: Words = ()


class Rule(_Model):
    """One rule, without its examples. `category` is the folder it lies in."""

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    severity: Severity
    summary: str
    message: str
    impression: str | None = None
    help: str
    suggest: Words = ()
    fix: bool = False
    request: Request | None = None
    why: str
    sources: Words
    stages: Annotated[tuple[Stage, ...], BeforeValidator(_as_tuple)] = tuple(Stage)
    modes: Annotated[tuple[Mode, ...], BeforeValidator(_as_tuple)] = tuple(Mode)
    where: Annotated[tuple[RegionKind, ...], BeforeValidator(_as_tuple)] = (
        RegionKind.SUBJECT,
        RegionKind.BODY,
        RegionKind.CLOSING,
    )
    topic: str | None = None
    expect: Bound
    anchor: Anchor | None = None
    checklist: Checklist | None = None
    supersedes: Words = ()
    match: tuple[Condition, ...]
    unless: tuple[Condition, ...] = ()
    category: str = Field("", exclude=True)
    path: Path = Field(Path(), exclude=True)

    @model_validator(mode="after")
    def _missing_has_anchor(self) -> Rule:
        if (self.expect.min is not None) != (self.anchor is not None):
            raise ValueError("`anchor` goes with `expect: {min: …}`, and only with it")
        return self

    @model_validator(mode="after")
    def _impression_has_words(self) -> Rule:
        if (self.impression is not None) != any(condition.reader for condition in self.match):
            raise ValueError("`impression` goes with a condition `reader` in `match`, and only with it")
        return self

    @model_validator(mode="after")
    def _slots_are_known(self) -> Rule:
        wanted = dict.fromkeys(slots(self.help), FACTS)
        wanted |= {slot: FACTS | OF_SENTENCE for text in self.suggest for slot in slots(text)}
        for slot, known in wanted.items():
            if slot not in known:
                raise ValueError(f"there is no slot {{{slot}}} to fill here; there are {', '.join(sorted(known))}")
        return self

    @model_validator(mode="after")
    def _message_has_its_threshold(self) -> Rule:
        if THRESHOLD in slots(self.message) and self.threshold is None:
            raise ValueError(f"{{{THRESHOLD}}} in `message` needs one `measure` in `match`, or a `max` above 0")
        return self

    @property
    def needs_parse(self) -> bool:
        """Whether sentences must be known to find its matches."""
        return bool(self.topic or self.unless) or any(condition.needs_parse for condition in self.match)

    @property
    def threshold(self) -> float | None:
        """The number that is reported when it is passed, which a configuration may replace; `None` without one.

        It is `max` of a rule that allows some, or what its one measure is compared with.
        """
        if self.expect.max:
            return self.expect.max
        measures = [condition.measure for condition in self.match if condition.measure]
        return measures[0].over if self.expect.max == 0 and len(measures) == 1 else None

    def with_threshold(self, threshold: float) -> Rule:
        """The same rule with this threshold, which its message names. Raises ValueError where it has none."""
        if self.threshold is None:
            raise ValueError(f"the rule “{self.id}” has no threshold")
        message = self.message.replace(f"{{{THRESHOLD}}}", f"{threshold:.10g}")
        if self.expect.max:
            expect = self.expect.model_copy(update={"max": int(threshold)})
            return self.model_copy(update={"message": message, "expect": expect})
        match = tuple(c.over(threshold) if c.measure else c for c in self.match)
        return self.model_copy(update={"message": message, "match": match})


class Example(_Model):
    """A test of a rule: `[|…|]` marks the span that a bad example reports."""

    bad: str | None = None
    good: str | None = None
    near: str | None = None
    todo: str | None = None
    stage: Stage | None = None
    mode: Mode | None = None

    @model_validator(mode="after")
    def _one_text(self) -> Example:
        if (self.bad is None) == (self.good is None):
            raise ValueError("needs either bad or good")
        if self.near is not None and self.good is None:
            raise ValueError("`near` goes with good")
        return self

    @property
    def kind(self) -> Literal["bad", "good"]:
        """Whether the rule must report it."""
        return "good" if self.bad is None else "bad"

    @property
    def text(self) -> str:
        """The text with its marks."""
        return self.bad if self.bad is not None else self.good or ""


# The parts of a clause that tests compare as forms, the most telling first; and those that are so or not.
_ROLES = ("verb", "subject", "object", "recipient", "adjunct", "modal", "governor", "governed_by", "governing_subject")
# The parts by which tests are looked up, first those whose forms are the least usual.
_KEYS = ("verb", "object", "recipient", "adjunct", "governor", "governed_by", "modal", "subject", "wh", "mood")
_FLAGS = ("negated", "softened", "passive")


class CompiledTest(NamedTuple):
    """A `ClauseTest` ready to be held against clauses. An empty set stands for no wish."""

    flags: tuple[tuple[str, bool], ...]
    mood: frozenset[Mood]
    embedded: frozenset[Embedding]
    tense: frozenset[str]
    wh: frozenset[str]
    forms: tuple[tuple[str, frozenset[str], bool], ...]
    but_not: CompiledTest | None

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        """What a clause must have one of, as part and form; two empty words where it can be any clause."""
        given = {name: words for name, words, or_none in self.forms if not or_none}
        given |= {"wh": self.wh, "mood": frozenset(self.mood)}
        part = next((part for part in _KEYS if given.get(part)), "")
        return ((part, form) for form in given.get(part, ("",)))

    def holds(self, clause: Clause) -> bool:
        """Whether a clause is what the test asks for."""
        for name, words, or_none in self.forms:
            forms: Forms = getattr(clause, name)
            if words.isdisjoint(forms) and (forms or not or_none):
                return False
        for name, wanted in self.flags:
            if getattr(clause, name) is not wanted:
                return False
        return not (
            (self.mood and clause.mood not in self.mood)
            or (self.embedded and self.embedded.isdisjoint(clause.embedded))
            or (self.wh and clause.wh not in self.wh)
            or (self.tense and clause.tense not in self.tense)
            or (self.but_not and self.but_not.holds(clause))
        )


@dataclass(frozen=True)
class Ruleset:
    """All rules and signals, with their words looked up and their phrases compiled; `index` is of those looked for."""

    rules: tuple[Rule, ...]
    signals: Mapping[str, Signal]
    vocabulary: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrase]
    index: Index

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all rules."""
        return frozenset(r.id for r in self.rules)

    def texts(self) -> Iterator[str]:
        """All that the rules themselves have to say, and their words."""
        for rule in self.rules:
            yield from (rule.summary, rule.message, rule.impression or "", rule.help, *rule.suggest)
            yield rule.checklist.item if rule.checklist else ""
        for words in self.vocabulary.values():
            yield from words

    @cached_property
    def measuring(self) -> frozenset[str]:
        """The ids of the rules that have a threshold."""
        return frozenset(r.id for r in self.rules if r.threshold is not None)

    @cached_property
    def asking(self) -> frozenset[str]:
        """The ids of the rules that ask the learned reader."""
        return frozenset(r.id for r in self.rules if any(condition.reader for condition in r.match))

    def bound(self, thresholds: Mapping[str, float]) -> Iterator[Rule]:
        """All rules as a draft is judged by them: their messages name their thresholds, which some get here, by id.

        Raises ValueError for a rule that has none.
        """
        for rule, usual in zip(self.rules, self._usually_bound, strict=True):
            yield rule.with_threshold(thresholds[rule.id]) if rule.id in thresholds else usual

    @cached_property
    def _usually_bound(self) -> tuple[Rule, ...]:
        return tuple(r if r.threshold is None else r.with_threshold(r.threshold) for r in self.rules)

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {r.id: r for r in self.rules}

    def get(self, rule: str) -> Rule:
        """The rule of that id. Raises KeyError."""
        return self._by_id[rule]

    def nearest(self, rule: str) -> str | None:
        """The id most like an unknown one."""
        return next(iter(difflib.get_close_matches(rule, sorted(self.ids), n=1, cutoff=0.5)), None)

    @cached_property
    def _detectors(self) -> tuple[Condition, ...]:
        """The conditions that rules and signals look for by themselves, not only beside others."""
        owners: tuple[Rule | Signal, ...] = (*self.rules, *self.signals.values())
        return tuple(condition for owner in owners for condition in owner.match)

    @cached_property
    def of_phrase(self) -> Mapping[str, tuple[Condition, ...]]:
        """The conditions that look for each phrase."""
        found: dict[str, list[Condition]] = {}
        for condition in self._detectors:
            for phrase in condition.phrase or ():
                found.setdefault(phrase, []).append(condition)
        return {phrase: tuple(conditions) for phrase, conditions in found.items()}

    def met_by(self, clause: Clause) -> Iterator[Condition]:
        """The conditions on clauses that are looked for and hold for this one."""
        asked = dict(self._of_key[""].get("", {}))
        for part in _KEYS:
            forms, of_form = getattr(clause, part), self._of_key[part]
            for form in (forms,) if isinstance(forms, str) else forms:
                if form in of_form:
                    asked |= of_form[form]
        return (condition for condition, test in asked.values() if test.holds(clause))

    @cached_property
    def _of_key(self) -> dict[str, dict[str, dict[int, tuple[Condition, CompiledTest]]]]:
        """The conditions on clauses that are looked for, with their tests, by what clauses must have to meet them.

        By part and form, and then by identity.
        """
        found: dict[str, dict[str, dict[int, tuple[Condition, CompiledTest]]]] = {part: {} for part in ("", *_KEYS)}
        for condition in self._detectors:
            if condition.clause:
                test = self.compiled(condition.clause)
                for part, form in test.keys:
                    found[part].setdefault(form, {})[id(condition)] = condition, test
        return found

    def compiled(self, test: ClauseTest) -> CompiledTest:
        """A clause test with its words looked up, made once."""
        found = self._tests.get(id(test))
        if found is None:
            found = self._tests[id(test)] = self._compile(test)
        return found

    def _compile(self, test: ClauseTest) -> CompiledTest:
        given = {name: getattr(test, name) for name in ClauseTest.model_fields}
        return CompiledTest(
            flags=tuple((n, given[n]) for n in _FLAGS if given[n] is not None),
            mood=frozenset(test.mood or ()),
            embedded=frozenset(test.embedded or ()),
            tense=frozenset(test.tense or ()),
            wh=frozenset("" if word == "none" else word for word in test.wh or ()),
            forms=tuple((n, self.words(given[n]), "none" in given[n]) for n in _ROLES if given[n] is not None),
            but_not=self._compile(test.but_not) if test.but_not else None,
        )

    @cached_property
    def _tests(self) -> dict[int, CompiledTest]:
        # By identity: tests live as long as the rules, and hashing them by value takes longer than asking.
        return {}

    def words(self, given: Words) -> frozenset[str]:
        """The words that a list in a rule file stands for, `@sets` opened."""
        found = self._opened.get(given)
        if found is None:
            sets = (self.vocabulary[w[1:]] if w.startswith("@") else {w.lower()} for w in given)
            found = self._opened[given] = frozenset().union(*sets)
        return found

    @cached_property
    def _opened(self) -> dict[Words, frozenset[str]]:
        return {}
