"""Rules as data: loading and validating the files in `rules/`.

A folder of rules holds one YAML file a rule in a folder a category, shared word sets in `_vocabulary/` and shared
detectors in `_signals/`. `docs/rules.md` describes the format.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, RegionKind, Stage
from feedback_lint.language import Embedding, Mood
from feedback_lint.mistake import Mistake
from feedback_lint.pattern import PatternError, Phrase, compile_phrase
from feedback_lint.yaml_source import Location, RuleFileError, YamlSource, read_yaml

__all__ = ["Bound", "ClauseTest", "Condition", "Example", "Measure", "Rule", "RuleFileError", "Ruleset", "Signal",
           "load_ruleset"]  # fmt: skip


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Scope = Literal["match", "sentence", "nearby", "paragraph", "mail"]
Anchor = Literal["greeting", "subject", "body-start", "body-end", "closing", "signature"]


def _hyphenated(name: str) -> str:
    return name.replace("_", "-")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=_hyphenated, populate_by_name=True)


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
        out: set[str] = set()
        for word in given:
            out |= self.vocabulary[word[1:]] if word.startswith("@") else {word.lower()}
        return frozenset(out)

    def phrase(self, text: str) -> Phrase:
        """A phrase of a rule file, compiled. Raises PatternError."""
        found = self._compiled.get(text)
        if found is None:
            found = self._compiled[text] = compile_phrase(text, self.vocabulary)
        return found

    @cached_property
    def _compiled(self) -> dict[str, Phrase]:
        return {}


def rules_folder() -> Path:
    """Where the built-in rules are: in the package, or in a checkout or editable install at the top."""
    packaged = Path(__file__).parent / "rules"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def load_ruleset(*extra: Path) -> Ruleset:
    """The built-in rules, and those of `extra` folders, which may use the built-in words and signals.

    Raises RuleFileError, with every mistake found, for files that are no valid rules.
    """
    mistakes: list[Mistake] = []
    words: dict[str, YamlSource] = {}
    signals: dict[str, Signal] = {}
    rules: dict[str, Rule] = {}
    loaded: list[tuple[YamlSource, Rule | Signal]] = []
    for folder in (rules_folder(), *extra):
        if not folder.is_dir():
            mistakes.append(Mistake(folder, 1, 1, "no such folder of rules"))
            continue
        for path in sorted((*folder.glob("**/*.yaml"), *folder.glob("**/*.yml"))):
            kind = path.parent.name
            try:
                source = read_yaml(path, until="examples")
                if kind == "_vocabulary":
                    _add_words(source, words, mistakes)
                    continue
                model = _validated(source, Signal if kind == "_signals" else Rule)
            except RuleFileError as error:
                mistakes += error.mistakes
                continue
            if isinstance(model, Signal):
                signals[model.id] = model
            else:
                if model.id in rules:
                    mistakes.append(source.mistake(("id",), f"the rule “{model.id}” exists already"))
                model = rules[model.id] = model.model_copy(update={"category": kind, "path": path})
            if model.id != path.stem:
                mistakes.append(source.mistake(("id",), f"the file of “{model.id}” must be named {model.id}.yaml"))
            loaded.append((source, model))
    vocabulary = _open_vocabulary(words, mistakes)
    ruleset = Ruleset(tuple(rules[k] for k in sorted(rules)), signals, vocabulary)
    for source, owner in loaded:
        for key in ("match", "unless"):
            for n, condition in enumerate(getattr(owner, key)):
                mistakes += _unresolved(source, (key, n), condition, ruleset)
        if isinstance(owner, Rule):
            for other in owner.supersedes:
                if other not in ruleset.ids:
                    mistakes.append(source.mistake(("supersedes",), _unknown("rule", other, ruleset.ids)))
    if mistakes:
        raise RuleFileError(tuple(mistakes))
    return ruleset


def load_examples(rule: Rule) -> tuple[tuple[int, Example], ...]:
    """The examples in a rule's file, each with its line. Raises RuleFileError."""
    source = read_yaml(rule.path)
    examples = source.data.get("examples") or []
    if not isinstance(examples, list):
        raise RuleFileError((source.mistake(("examples",), "must be a list"),))
    out: list[tuple[int, Example]] = []
    for n, data in enumerate(examples):
        try:
            out.append((source.places["examples", n][0], Example.model_validate(data)))
        except ValidationError as error:
            raise RuleFileError(_explained(source, error, ("examples", n))) from error
    return tuple(out)


def _add_words(source: YamlSource, words: dict[str, YamlSource], mistakes: list[Mistake]) -> None:
    if not isinstance(source.data, dict):
        mistakes.append(source.mistake((), "must map set names to lists of words"))
        return
    for name, members in source.data.items():
        if not isinstance(members, list) or not all(isinstance(m, str) for m in members):
            mistakes.append(source.mistake((name,), "must be a list of words"))
        elif name in words:
            mistakes.append(source.mistake((name,), f"@{name} is defined already in {words[name].path}"))
        else:
            words[name] = source


def _open_vocabulary(words: Mapping[str, YamlSource], mistakes: list[Mistake]) -> dict[str, frozenset[str]]:
    """Each set with the sets it names opened."""
    opened: dict[str, frozenset[str]] = {}

    def members(name: str, within: tuple[str, ...]) -> frozenset[str]:
        if name not in opened:
            out: set[str] = set()
            for n, word in enumerate(words[name].data[name]):
                if not word.startswith("@"):
                    out.add(word.lower())
                elif word[1:] not in words:
                    mistakes.append(words[name].mistake((name, n), _unknown("vocabulary set", word[1:], words)))
                elif word[1:] in (*within, name):
                    mistakes.append(words[name].mistake((name, n), f"{word} contains itself"))
                else:
                    out |= members(word[1:], (*within, name))
            opened[name] = frozenset(out)
        return opened[name]

    for name in words:
        members(name, ())
    return opened


def _validated(source: YamlSource, model: type[Rule] | type[Signal]) -> Rule | Signal:
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        raise RuleFileError(_explained(source, error, ())) from error


def _explained(source: YamlSource, error: ValidationError, at: Location) -> tuple[Mistake, ...]:
    """pydantic's errors as mistakes with a place in the file."""
    out: list[Mistake] = []
    for item in error.errors(include_url=False):
        location = (*at, *item["loc"])
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = f"unknown key “{item['loc'][-1]}”"
        elif item["type"] == "missing":
            message = f"the key “{item['loc'][-1]}” is missing"
        out.append(source.mistake(location, message))
    return tuple(dict.fromkeys(out))


def _unresolved(source: YamlSource, at: Location, condition: Condition, ruleset: Ruleset) -> Iterator[Mistake]:
    """Names in a condition that nothing answers to, and phrases that do not parse."""
    for n, phrase in enumerate(condition.phrase or ()):
        try:
            ruleset.phrase(phrase)
        except PatternError as error:
            yield source.mistake((*at, "phrase", n), f"{error} (at character {error.at + 1} of “{phrase}”)")
    if condition.signal is not None and condition.signal not in ruleset.signals:
        yield source.mistake((*at, "signal"), _unknown("signal", condition.signal, ruleset.signals))
    if condition.check is not None and not find_spec(f"feedback_lint.checks.{condition.check.replace('-', '_')}"):
        yield source.mistake((*at, "check"), f"there is no check called “{condition.check}”")
    yield from _unknown_sets(source, (*at, "clause"), condition.clause, ruleset)
    for key in ("also", "unless"):
        for n, inner in enumerate(getattr(condition, key)):
            yield from _unresolved(source, (*at, key, n), inner, ruleset)


def _unknown_sets(source: YamlSource, at: Location, test: ClauseTest | None, ruleset: Ruleset) -> Iterator[Mistake]:
    if test is None:
        return
    for name, words in test:
        if isinstance(words, ClauseTest):
            yield from _unknown_sets(source, (*at, _hyphenated(name)), words, ruleset)
        elif isinstance(words, tuple):
            for word in words:
                if word.startswith("@") and word[1:] not in ruleset.vocabulary:
                    place = (*at, _hyphenated(name))
                    yield source.mistake(place, _unknown("vocabulary set", word[1:], ruleset.vocabulary))


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"there is no {what} called “{name}”" + (f"; did you mean “{near[0]}”?" if near else "")
