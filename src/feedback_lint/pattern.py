"""The phrase notation of rule files: what it means, and where it stands in a text.

    I expect (an answer|a reply)     words and alternatives, matched without regard to case
    why (on earth)? did you          `?` makes a word or a group optional
    ~send your notes                 `~send`: any form of the word (send, sent, sending)
    the @reason                      `@reason`: any word of that vocabulary set, in any form
    you !(may|might) have            `!word`, `!(a|b)`: one word that is none of these
    give * feedback                  `*` up to three words, `**` up to eight, punctuation included

A contraction is written as people write it ("don't"); it matches the long form and the short one.

spaCy's `Matcher` is not used for this: a phrase with a few alternatives becomes hundreds of its patterns, and each is
tried at each token, which took ten times as long as the parse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar, cast

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a sentence as phrases see them: spelling with contractions undone, and dictionary form."""

    norms: tuple[str, ...]
    lemmas: tuple[str, ...]
    is_punctuation: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.norms)

    def beginning(self, starts: Words | None) -> list[int]:
        """Which tokens are, in either form, among the words; `None` stands for any word."""
        if starts is None:
            return list(range(len(self.norms)))
        return [
            at
            for at, (norm, lemma) in enumerate(zip(self.norms, self.lemmas, strict=True))
            if norm in starts or lemma in starts
        ]


class Word(NamedTuple):
    """One token: `words` are what it may be (or, when `excluded`, may not be), in lower case.

    `lemma` compares the dictionary form, otherwise the spelling.
    """

    words: Words
    lemma: bool = False
    excluded: bool = False


class Gap(NamedTuple):
    """Up to `most` tokens of any kind; `punctuation` says whether commas and the like may be among them."""

    most: int
    punctuation: bool


class Choice(NamedTuple):
    """One of several sequences; an optional group has the empty sequence among them."""

    sequences: tuple[Sequence, ...]


Item = Word | Gap | Choice
Sequence = tuple[Item, ...]


class Phrase(NamedTuple):
    """A compiled phrase.

    A text must hold a word of each set of `needs` for the phrase to stand in it. Every match begins with one of
    `starts`; None where it cannot be said.
    """

    items: Sequence
    needs: tuple[Words, ...]
    starts: Words | None

    def may_stand_in(self, words: Words) -> bool:
        """Whether a text of these words can hold the phrase at all."""
        return not any(needed.isdisjoint(words) for needed in self.needs)

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Ranges of tokens where the phrase stands: leftmost, then longest, without overlaps."""
        free = 0
        for at in tokens.beginning(self.starts):
            if at < free:
                continue
            end = max(_ends(self.items, 0, tokens, at), default=at)
            if end > at:
                yield at, end
                free = end


def _ends(items: Sequence, index: int, tokens: Tokens, at: int) -> Iterator[int]:
    """Where a match of the items from `index` on may end that begins at the token `at`."""
    if index == len(items):
        yield at
        return
    item = items[index]
    if isinstance(item, Word):
        if at < len(tokens):
            form = tokens.lemmas[at] if item.lemma else tokens.norms[at]
            if (form in item.words) is not item.excluded:
                yield from _ends(items, index + 1, tokens, at + 1)
    elif isinstance(item, Gap):
        yield from _ends(items, index + 1, tokens, at)
        for end in range(at + 1, min(at + item.most, len(tokens)) + 1):
            if tokens.is_punctuation[end - 1] and not item.punctuation:
                return
            yield from _ends(items, index + 1, tokens, end)
    else:
        for end in {e for sequence in item.sequences for e in _ends(sequence, 0, tokens, at)}:
            yield from _ends(items, index + 1, tokens, end)


def _needs(items: Sequence) -> tuple[Words, ...]:
    """Sets of words of which every match holds one each, the smallest first."""
    found: set[Words] = set()
    for item in items:
        if isinstance(item, Word) and not item.excluded:
            found.add(item.words)
        elif isinstance(item, Choice):
            parts = [_needs(s) for s in item.sequences]
            if all(parts):
                found.add(frozenset[str]().union(*(p[0] for p in parts)))
    return tuple(sorted(found, key=lambda words: (len(words), sorted(words))))


def _starts(items: Sequence) -> Words | None:
    """The words with which a match may begin, as far as it begins with a word that the items name."""
    found: set[str] = set()
    for item in items:
        if isinstance(item, Word) and not item.excluded:
            return frozenset(found | item.words)
        if not isinstance(item, Choice):
            return None
        for sequence in item.sequences:
            starts = _starts(sequence)
            if sequence and starts is None:
                return None
            found |= starts or frozenset()
        if () not in item.sequences:
            return frozenset(found)
    return None


def index_of(phrases: Mapping[str, Phrase]) -> dict[str, tuple[str, ...]]:
    """The names of phrases under the words of one set that each needs, the least usual among them all.

    Phrases that need no word stand under "".
    """
    usual = Counter(word for phrase in phrases.values() for needed in phrase.needs for word in needed)
    index: dict[str, list[str]] = {}
    for name, phrase in phrases.items():
        needed = min(phrase.needs, key=lambda words: sum(usual[w] for w in words), default=("",))
        for word in needed:
            index.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in index.items()}


_T = TypeVar("_T", bound=Hashable)


@cache
def _shared(value: Hashable) -> Hashable:
    return value


def _one(value: _T) -> _T:
    """The first value that was equal: phrases share their parts, which keeps the compiled rules small."""
    return cast("_T", _shared(value))


class PatternError(ValueError):
    """A phrase that does not follow the notation; `at` is the offset of the mistake in it."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


# So many sets of needed words tell nearly all texts in which a phrase cannot stand.
_MOST_NEEDS = 3
_PIECE = re.compile(r"\s*(?:(?P<gap>\*\*?)|(?P<mark>[()|?!])|(?P<sigil>[~@]?)(?P<word>[^\s()|?*~@!]+)|(?P<other>\S))")
_CONTRACTION = re.compile(r"(?i)^(.+?)(n't|'(?:m|re|ve|ll|d|s))$")
_LONG = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "'d", "'s": "'s"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
# Short forms that stand for more than one word, so that the spelling does not tell which.
_SHORT = {"would": "'d", "had": "'d", "is": "'s", "has": "'s"}


def compile_phrase(text: str, vocabulary: Mapping[str, Words]) -> Phrase:
    """The phrase that `text` stands for. Raises PatternError."""
    parser = _Parser(text, vocabulary)
    sequences = parser.alternatives(closing=False)
    items = sequences[0] if len(sequences) == 1 else (Choice(tuple(sequences)),)
    if _can_be_empty(items):
        raise PatternError("the phrase could match no word at all", 0)
    return Phrase(_one(items), tuple(map(_one, _needs(items)[:_MOST_NEEDS])), _one(_starts(items)))


def _can_be_empty(items: Sequence) -> bool:
    """Whether the items may match without a single word that they name."""
    for item in items:
        if isinstance(item, Word) or (isinstance(item, Choice) and not any(map(_can_be_empty, item.sequences))):
            return False
    return True


class _Parser:
    """Recursive descent over the pieces of a phrase."""

    def __init__(self, text: str, vocabulary: Mapping[str, Words]) -> None:
        self._vocabulary = vocabulary
        self._end = len(text.rstrip())
        self._pieces = list(_PIECE.finditer(text[: self._end]))
        self._at = 0

    def _mark(self) -> str:
        """The mark that comes next, an empty string before anything else, and "end" at the end."""
        return (self._pieces[self._at]["mark"] or "") if self._at < len(self._pieces) else "end"

    def _error(self, message: str) -> PatternError:
        offset = self._pieces[self._at].end() - 1 if self._at < len(self._pieces) else self._end
        return PatternError(message, offset)

    def alternatives(self, *, closing: bool) -> list[Sequence]:
        out = [self._sequence()]
        while self._mark() == "|":
            self._at += 1
            out.append(self._sequence())
        if self._mark() == ")" and closing:
            self._at += 1
        elif self._mark() != "end" or closing:
            raise self._error(
                "a parenthesis is not closed" if self._mark() == "end" else f"unexpected “{self._mark()}”"
            )
        return _merged(out)

    def _sequence(self) -> Sequence:
        items: list[Item] = []
        while self._mark() not in ("|", ")", "end"):
            items += self._item()
        return tuple(items)

    def _item(self) -> Sequence:
        piece = self._pieces[self._at]
        if piece["gap"]:
            self._at += 1
            return (Gap(8, punctuation=True) if piece["gap"] == "**" else Gap(3, punctuation=False),)
        if piece["mark"] == "!":
            return (self._excluded(),)
        choice = self._group_or_word()
        if self._mark() == "?":
            self._at += 1
            return (Choice((*choice, ())),)
        return choice[0] if len(choice) == 1 else (Choice(tuple(choice)),)

    def _excluded(self) -> Word:
        start = self._pieces[self._at].start("mark")
        self._at += 1
        choice = self._group_or_word() if self._mark() != "end" else []
        words = [s[0] for s in choice if len(s) == 1 and isinstance(s[0], Word)]
        if not words or len(words) < len(choice):
            raise PatternError("`!` takes single words", start)
        return Word(words[0].words, words[0].lemma, excluded=True)

    def _group_or_word(self) -> list[Sequence]:
        piece = self._pieces[self._at]
        if piece["mark"] == "(":
            self._at += 1
            return self.alternatives(closing=True)
        if piece["word"] is None:
            raise self._error(f"unexpected “{piece[0].strip()}”")
        self._at += 1
        name = piece["word"].lower()
        if piece["sigil"] != "@":
            return [_literal(name, lemma=piece["sigil"] == "~")]
        members = self._vocabulary.get(name)
        if members is None:
            raise PatternError(f"no vocabulary set is called @{name}", piece.start("sigil"))
        return list(_members(members))


def _literal(text: str, *, lemma: bool) -> Sequence:
    """The tokens of literal text, contractions taken apart as spaCy does."""
    out: list[Item] = []
    for raw in text.replace("’", "'").split():
        match = _CONTRACTION.match(raw)
        parts = [_STEMS.get(match[1], match[1]), _LONG[match[2].lower()]] if match else [raw]
        for part in parts:
            both = {part, _SHORT[part]} if part in _SHORT and not lemma else {part}
            out.append(_one(Word(_one(frozenset(both)), lemma=lemma)))
    return tuple(out)


@cache
def _members(words: Words) -> tuple[Sequence, ...]:
    """The sequences that a vocabulary set stands for."""
    single = _one(frozenset(w for w in words if " " not in w and "'" not in w))
    longer = [_literal(w, lemma=True) for w in sorted(words - single)]
    return ((Word(single, lemma=True),), *longer) if single else tuple(longer)


def _merged(sequences: list[Sequence]) -> list[Sequence]:
    """One-word alternatives of a kind become one word that may be any of them."""
    merged: dict[bool, set[str]] = {}
    rest: list[Sequence] = []
    for sequence in sequences:
        first = sequence[0] if len(sequence) == 1 else None
        if isinstance(first, Word) and not first.excluded:
            merged.setdefault(first.lemma, set()).update(first.words)
        else:
            rest.append(sequence)
    return [*((_one(Word(_one(frozenset(words)), lemma=lemma)),) for lemma, words in merged.items()), *rest]
