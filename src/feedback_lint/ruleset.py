"""Rules as data: what a rule file says, and all rules together. `rule_files` reads them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from feedback_lint.clause import Embedding, Mood
from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, RegionKind, Stage
from feedback_lint.pattern import Phrase


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


class Condition(_Model):
    """One detector, and what must or must not stand around its match."""

    clause: ClauseTest | None = None
    phrase: Words | None = None
    measure: Measure | None = None
    signal: str | None = None
    check: str | None = None
    scope: Scope | None = None
    position: Literal["end"] | None = None
    also: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _one_detector(self) -> Condition:
        given = [k for k in ("clause", "phrase", "measure", "signal", "check") if getattr(self, k) is not None]
        if len(given) != 1:
            raise ValueError("needs exactly one of clause, phrase, measure, signal and check")
        return self


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


class Rule(_Model):
    """One rule, without its examples. `category` is the folder it lies in."""

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    severity: Severity
    summary: str
    message: str
    help: str
    suggest: Words = ()
    why: str
    sources: Words
    stages: Annotated[tuple[Stage, ...], BeforeValidator(_as_tuple)] = tuple(Stage)
    modes: Annotated[tuple[Mode, ...], BeforeValidator(_as_tuple)] = tuple(Mode)
    where: Annotated[tuple[RegionKind, ...], BeforeValidator(_as_tuple)] = (
        RegionKind.SUBJECT,
        RegionKind.BODY,
        RegionKind.CLOSING,
    )
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


@dataclass(frozen=True)
class Ruleset:
    """All rules and signals, with their words looked up and their phrases compiled."""

    rules: tuple[Rule, ...]
    signals: Mapping[str, Signal]
    vocabulary: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrase]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all rules."""
        return frozenset(r.id for r in self.rules)

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {r.id: r for r in self.rules}

    def get(self, rule: str) -> Rule:
        """The rule of that id. Raises KeyError."""
        return self._by_id[rule]

    def nearest(self, rule: str) -> str | None:
        """The id most like an unknown one."""
        return next(iter(difflib.get_close_matches(rule, sorted(self.ids), n=1, cutoff=0.5)), None)

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
