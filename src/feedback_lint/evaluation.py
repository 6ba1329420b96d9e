"""How often the tone rules are right: labelled sentences against what is reported of them."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from feedback_lint.document import Source, Stage
from feedback_lint.linter import Linter
from feedback_lint.mistake import Mistake, MistakesError
from feedback_lint.ruleset import Ruleset
from feedback_lint.settings import Settings
from feedback_lint.text import Span

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

# A sentence is judged as the body of a short mail that is otherwise in order.
_MAIL = "Dear Ms. Osei,\n\n{text}\n\nKind regards,\nSam Porter\n"


class LabelError(MistakesError):
    """A file of labelled sentences with a mistake. `str()` tells file and line."""


class Labelled(BaseModel):
    """A sentence, and the rules that ought to report it; `implied`: its mistake is not said in so many words.

    `before` is the sentence before it in the mail, where that is known; what is reported of it does not count.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    labels: frozenset[str]
    before: str = ""
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled sentence, and the rules that do report it."""

    sentence: Labelled
    reported: frozenset[str]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """From 0 to 1; `None` where there is nothing to have a share of."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Score:
    """How often a rule reported what it should (hits), did not (misses), and reported what it should not (alarms)."""

    hits: int
    misses: int
    alarms: int

    @property
    def precision(self) -> Share:
        """Of what was reported, what is right."""
        return Share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> Share:
        """Of what should be reported, what was."""
        return Share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> Share:
        """The harmonic mean of the two."""
        return Share(2 * self.hits, 2 * self.hits + self.alarms + self.misses)


@dataclass(frozen=True, slots=True)
class Slip:
    """A sentence that a rule missed, or alarmed at."""

    kind: Literal["miss", "alarm"]
    rule: str
    sentence: Labelled


@dataclass(frozen=True, slots=True)
class Confusion:
    """In so many sentences, one rule was expected and another, not expected, reported in its place."""

    expected: str
    reported: str
    sentences: int


@dataclass(frozen=True)
class Evaluation:
    """Judged sentences, counted for some of the rules."""

    rules: tuple[str, ...]
    judged: tuple[Judged, ...]

    @cached_property
    def scores(self) -> Mapping[str, Score]:
        """The score of each rule."""
        return {rule: self._score(rule) for rule in self.rules}

    def _score(self, rule: str) -> Score:
        seen = Counter((rule in j.sentence.labels, rule in j.reported) for j in self.judged)
        return Score(hits=seen[True, True], misses=seen[True, False], alarms=seen[False, True])

    @property
    def total(self) -> Score:
        """The score of all of them together."""
        scores = self.scores.values()
        return Score(sum(s.hits for s in scores), sum(s.misses for s in scores), sum(s.alarms for s in scores))

    @property
    def said(self) -> Share:
        """Of the sentences with a mistake that is said, those with any finding."""
        return self._noticed(j for j in self._wrong() if not j.sentence.implied)

    @property
    def implied(self) -> Share:
        """Of the sentences with a mistake that is only implied, those with any finding."""
        return self._noticed(j for j in self._wrong() if j.sentence.implied)

    @property
    def clean(self) -> Share:
        """Of the sentences without a mistake, those with any finding."""
        return self._noticed(j for j in self.judged if not j.sentence.labels)

    def _wrong(self) -> Iterator[Judged]:
        return (j for j in self.judged if not j.sentence.labels.isdisjoint(self.rules))

    def _noticed(self, judged: Iterable[Judged]) -> Share:
        findings = [not j.reported.isdisjoint(self.rules) for j in judged]
        return Share(sum(findings), len(findings))

    @cached_property
    def confusions(self) -> tuple[Confusion, ...]:
        """What was reported in place of what, most frequent first."""
        pairs = Counter(
            (expected, reported)
            for j in self.judged
            for expected in j.sentence.labels - j.reported
            for reported in j.reported - j.sentence.labels
            if expected in self.rules or reported in self.rules
        )
        ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Confusion(*pair, count) for pair, count in ranked)

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        """Each miss and each alarm, in the order of the sentences."""
        return tuple(
            Slip("miss" if rule in j.sentence.labels else "alarm", rule, j.sentence)
            for j in self.judged
            for rule in self.rules
            if rule in j.sentence.labels ^ j.reported
        )


def tone_rules(ruleset: Ruleset) -> tuple[str, ...]:
    """The rules that sentences can be labelled with."""
    return tuple(sorted(r.id for r in ruleset.rules if r.category == "tone"))


def read_labelled(path: Path, ruleset: Ruleset) -> tuple[Labelled, ...]:
    """The sentences of a file: a JSON object a line, empty lines passed over. Raises LabelError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LabelError([Mistake(path, 0, 0, f"this file cannot be read: {error.strerror}")]) from error
    known = frozenset(tone_rules(ruleset))
    sentences = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            sentence = _labelled(path, number, line)
            for label in sorted(sentence.labels - known):
                near = ruleset.nearest(label)
                hint = f"; did you mean “{near}”?" if near in known else ""
                raise LabelError([Mistake(path, number, 1, f"there is no tone rule called “{label}”{hint}")])
            sentences.append(sentence)
    if not sentences:
        raise LabelError([Mistake(path, 0, 0, "there is no sentence in this file")])
    return tuple(sentences)


def _labelled(path: Path, number: int, line: bytes) -> Labelled:
    """The sentence in a line of a file. Raises LabelError."""
    try:
        return Labelled.model_validate_json(line.removeprefix(BOM_UTF8))
    except ValidationError as error:
        raise LabelError([_mistake(path, number, error.errors()[0])]) from error


def _mistake(path: Path, number: int, error: ErrorDetails) -> Mistake:
    """One of pydantic's errors in plain words."""
    key, kind = "".join(f"“{part}”" for part in error["loc"][:1]), error["type"]
    if kind == "json_invalid":
        reason, _, column = error["ctx"]["error"].rpartition(" at line 1 column ")
        return Mistake(path, number, int(column), f"this is not valid JSON: {reason}")
    if not key:
        return Mistake(path, number, 1, "this is not an object with “id”, “text” and “labels”")
    if kind == "missing":
        return Mistake(path, number, 1, f"{key} is missing")
    wanted = {"frozen_set_type": "a list of strings", "bool_type": "true or false", "bool_parsing": "true or false"}
    return Mistake(path, number, 1, f"{key} must be {wanted.get(kind, 'a string')}")


def judge(linter: Linter, sentences: Iterable[Labelled], *, reader: bool = True) -> Iterator[Judged]:
    """Lint each sentence with all tone rules, with the learned reader or without."""
    return (Judged(sentence, reported(linter, sentence, reader=reader)) for sentence in sentences)


def reported(linter: Linter, sentence: Labelled, *, reader: bool = True) -> frozenset[str]:
    """The tone rules that report a sentence, each asked in the first of the stages in which it applies."""
    text = " ".join(filter(None, (sentence.before, sentence.text)))
    source = Source("sentence.txt", _MAIL.format(text=text))
    end = _MAIL.index("{text}") + len(text)
    place = Span(end - len(sentence.text), end)
    found: set[str] = set()
    left = frozenset(tone_rules(linter.rules))
    for stage in Stage:
        wanted = frozenset(rule for rule in left if stage in linter.rules.get(rule).stages)
        if wanted:
            (report,) = linter.lint(source, Settings(select=wanted, stage=stage, reader=reader))
            found.update(d.rule for d in report.diagnostics if d.span.overlaps(place))
        left -= wanted
    return frozenset(found)
