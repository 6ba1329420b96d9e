"""Where the conditions of rules strike in one paragraph, whatever mail it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from feedback_lint.clause import Clause
from feedback_lint.language import Paragraph
from feedback_lint.pattern import possible
from feedback_lint.ruleset import Condition, Ruleset
from feedback_lint.text import Span


@dataclass(frozen=True, slots=True)
class Strike:
    """A range of a paragraph's text where a condition holds, its sentence, and the clause that it is, if it is one."""

    sentence: int
    span: Span
    clause: Clause | None = None


class Strikes:
    """Finds where conditions on phrases and clauses strike in a paragraph, and remembers it."""

    def __init__(self, rules: Ruleset, paragraph: Paragraph) -> None:
        self._rules = rules
        self._paragraph = paragraph
        # By identity: conditions live as long as the rules, and hashing them by value would take longer than asking.
        self._of: dict[int, list[Strike]] = {}
        self._in_sentences: dict[tuple[int, int], list[Strike]] = {}

    @classmethod
    def within(cls, paragraph: Paragraph, rules: Ruleset) -> Strikes:
        """The strikes in a paragraph, which are kept with it."""
        kept: Strikes | None = paragraph.kept.get(id(rules))
        if kept is None:
            kept = paragraph.kept[id(rules)] = cls(rules, paragraph)
        return kept

    @cached_property
    def conditions(self) -> frozenset[int]:
        """The conditions that somebody looks for and that strike, by identity."""
        return frozenset((*self._held, *self._met))

    def of(self, condition: Condition) -> list[Strike]:
        """Where a condition strikes that somebody looks for, in reading order."""
        found = self._of.get(id(condition))
        if found is None:
            found = list(self._met.get(id(condition), ()))
            for n, phrases in self._held.get(id(condition), {}).items():
                found += self._of_phrases(phrases, n)
            self._of[id(condition)] = found
        return found

    def in_sentence(self, condition: Condition, n: int) -> list[Strike]:
        """Where any condition strikes in a sentence."""
        key = id(condition), n
        found = self._in_sentences.get(key)
        if found is None:
            if condition.clause:
                test = self._rules.compiled(condition.clause)
                found = [Strike(n, c.span, c) for c in self._paragraph.sentences[n].clauses if test.holds(c)]
            else:
                found = list(self._of_phrases(condition.phrase or (), n))
            self._in_sentences[key] = found
        return found

    @cached_property
    def _met(self) -> Mapping[int, list[Strike]]:
        """The clauses that meet the conditions that are looked for, by identity of these."""
        found: dict[int, list[Strike]] = {}
        for clause in self._paragraph.clauses:
            strike = Strike(clause.sentence, clause.span, clause)
            for condition in self._rules.met_by(clause):
                found.setdefault(id(condition), []).append(strike)
        return found

    @cached_property
    def _held(self) -> Mapping[int, Mapping[int, list[str]]]:
        """The phrases of the conditions that are looked for, by identity of these and the sentences that hold them."""
        found: dict[int, dict[int, list[str]]] = {}
        for n, sentence in enumerate(self._paragraph.sentences):
            held: set[str] = set()
            for phrase, which in possible(self._rules.index, sentence.tokens):
                if phrase not in held and sentence.tokens.hold(self._rules.phrases[phrase][which]):
                    held.add(phrase)
                    for condition in self._rules.of_phrase[phrase]:
                        found.setdefault(id(condition), {}).setdefault(n, []).append(phrase)
        return found

    def _of_phrases(self, phrases: Iterable[str], n: int) -> Iterator[Strike]:
        """Where one of the phrases stands in a sentence: leftmost, then longest, without overlaps."""
        tokens, places = self._paragraph.sentences[n].tokens, self._paragraph.sentences[n].token_spans
        parts = map(self._rules.phrases.__getitem__, phrases)
        found = [Span(places[a].start, places[b - 1].end) for phrase in parts for a, b in tokens.find(phrase)]
        last: Span | None = None
        for span in sorted(found, key=lambda s: (s.start, -s.end)):
            if last is None or not last.overlaps(span):
                last = span
                yield Strike(n, span)
