"""The phrase notation of rule files.

    I expect (an answer|a reply)     words and alternatives, matched without regard to case
    why (on earth)? did you          `?` makes a word or a group optional
    ~send your notes                 `~send`: any form of the word (send, sent, sending)
    the @reason                      `@reason`: any word of that vocabulary set, in any form
    you !(may|might) have            `!word`, `!(a|b)`: one word that is none of these
    give * feedback                  `*` up to three words, `**` up to eight, punctuation included

A contraction is written as people write it ("don't"); it matches the long form and the short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

MAX_ALTERNATIVES = 2000


@dataclass(frozen=True, slots=True)
class Word:
    """One token: `words` are what it may be (or, when `excluded`, may not be), in lower case.

    `lemma` compares the dictionary form, otherwise the spelling with contractions undone. An optional word may be
    left out.
    """

    words: frozenset[str]
    lemma: bool = False
    excluded: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` tokens of any kind; `punctuation` says whether commas and the like may be among them."""

    most: int
    punctuation: bool


Item = Word | Gap
Sequence = tuple[Item, ...]


class PatternError(ValueError):
    """A phrase that does not follow the notation; `at` is the offset of the mistake in it."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


_CONTRACTION = re.compile(r"(?i)^(.+?)(n't|'(?:m|re|ve|ll|d|s))$")
_LONG = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "'d", "'s": "'s"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
# Short forms that spaCy's NORM leaves as they are, because they stand for more than one word.
_SHORT = {"would": "'d", "had": "'d", "is": "'s", "has": "'s"}


def compile_phrase(text: str, vocabulary: Mapping[str, frozenset[str]]) -> tuple[Sequence, ...]:
    """All token sequences that the phrase stands for. Raises PatternError."""
    parser = _Parser(text, vocabulary)
    sequences = tuple(dict.fromkeys(parser.alternatives(closing=False)))
    if not sequences or any(not any(isinstance(i, Word) and not i.optional for i in s) for s in sequences):
        raise PatternError("the phrase could match no word at all", 0)
    return sequences


class _Parser:
    def __init__(self, text: str, vocabulary: Mapping[str, frozenset[str]]) -> None:
        self.text = text.rstrip()
        self.vocabulary = vocabulary
        self.at = 0

    def peek(self) -> str:
        rest = self.text[self.at :].lstrip()
        self.at = len(self.text) - len(rest)
        return rest[:1]

    def alternatives(self, *, closing: bool) -> list[Sequence]:
        out: list[Sequence] = []
        while True:
            out += self.sequence()
            char = self.peek()
            if char == "|":
                self.at += 1
                continue
            if char == ")" and closing:
                self.at += 1
                return out
            if char == "" and not closing:
                return out
            raise PatternError("a parenthesis is not closed" if char == "" else f"unexpected “{char}”", self.at)

    def sequence(self) -> list[Sequence]:
        choices: list[list[Sequence]] = []
        while self.peek() not in ("", "|", ")"):
            choices.append(self.item())
        total = 1
        for choice in choices:
            total *= len(choice)
        if total > MAX_ALTERNATIVES:
            raise PatternError(f"the phrase stands for {total} sequences; {MAX_ALTERNATIVES} are allowed", 0)
        return [tuple(i for part in parts for i in part) for parts in product(*choices)]

    def item(self) -> list[Sequence]:
        start = self.at
        char = self.text[start]
        if char == "*":
            long = self.text.startswith("**", start)
            self.at += 2 if long else 1
            return [(Gap(8, True) if long else Gap(3, False),)]
        if char == "!":
            self.at += 1
            inner = self.group() if self.peek() == "(" else self.word()
            merged = frozenset(w for s in inner for i in s if isinstance(i, Word) for w in i.words)
            if any(len(s) != 1 for s in inner):
                raise PatternError("`!` takes single words", start)
            choice: list[Sequence] = [(Word(merged, excluded=True),)]
        else:
            choice = self.group() if char == "(" else self.word()
        if self.text.startswith("?", self.at):
            self.at += 1
            return _optional(choice)
        return choice

    def group(self) -> list[Sequence]:
        self.at += 1
        return list(_merge_single_words(self.alternatives(closing=True)))

    def word(self) -> list[Sequence]:
        match = re.compile(r"([~@]?)([^\s()|?*~@!]+)").match(self.text, self.at)
        if not match:
            raise PatternError(f"unexpected “{self.text[self.at]}”", self.at)
        start, self.at = self.at, match.end()
        sigil, name = match[1], match[2].lower()
        if sigil == "@":
            members = self.vocabulary.get(name)
            if members is None:
                raise PatternError(f"no vocabulary set is called @{name}", start)
            return list(_merge_single_words([_words(m, lemma=True) for m in sorted(members)]))
        return [_words(name, lemma=sigil == "~")]


def _optional(choice: list[Sequence]) -> list[Sequence]:
    """The choice or nothing; where it is one word, as an optional word rather than as two sequences."""
    single = [s[0] for s in choice if len(s) == 1 and isinstance(s[0], Word)]
    if len(choice) == len(single) == 1:
        return [(replace(single[0], optional=True),)]
    return [*choice, ()]


def _words(text: str, *, lemma: bool) -> Sequence:
    """The tokens of literal text, contractions taken apart as spaCy does."""
    out: list[Item] = []
    for raw in text.replace("’", "'").split():
        match = _CONTRACTION.match(raw)
        parts = [_STEMS.get(match[1], match[1]), _LONG[match[2].lower()]] if match else [raw]
        for part in parts:
            both = {part, _SHORT[part]} if part in _SHORT and not lemma else {part}
            out.append(Word(frozenset(both), lemma=lemma))
    return tuple(out)


def _merge_single_words(sequences: list[Sequence]) -> Iterator[Sequence]:
    """One-word alternatives of a kind become one token that may be any of them: fewer patterns to match."""
    merged: dict[bool, set[str]] = {}
    for s in sequences:
        if len(s) == 1 and isinstance(s[0], Word) and not s[0].excluded:
            merged.setdefault(s[0].lemma, set()).update(s[0].words)
        else:
            yield s
    for lemma, words in merged.items():
        yield (Word(frozenset(words), lemma=lemma),)
