"""The phrase notation of rule files: what it means, and where it stands in a text.

    I expect (an answer|a reply)     words and alternatives, matched without regard to case
    why (on earth)? did you          `?` makes a word or a group optional
    ~send your notes                 `~send`: any form of the word (send, sent, sending)
    the @reason                      `@reason`: any word of that vocabulary set, in any form
    you !(may|might) have            `!word`, `!(a|b)`: one word that is none of these
    give * feedback                  `*` up to three words, `**` up to eight, punctuation included

A contraction is written as people write it ("don't"); it matches the long form and the short one. In a sentence
without any article, as many write to whom English came second, those before words of a phrase need not be there.

A phrase is matched at all places of a sentence at once: a set of tokens is a whole number with a bit for each, so that
"the next token" is a shift, and "one of these words" an intersection. spaCy's `Matcher` is not used: a phrase with a
few alternatives becomes hundreds of its patterns, and each is tried at each token, which took ten times as long as the
parse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise, product
from typing import NamedTuple, TypeVar, cast

Words = frozenset[str]


class Word(NamedTuple):
    """One token: `words` are what it may be (or, when `excluded`, may not be), in lower case.

    `lemma` compares the dictionary form, otherwise the spelling. An `article` may lack where all do.
    """

    words: Words
    lemma: bool = False
    excluded: bool = False
    article: bool = False


class Gap(NamedTuple):
    """Up to `most` tokens of any kind; `punctuation` says whether commas and the like may be among them."""

    most: int
    punctuation: bool


class Choice(NamedTuple):
    """One of several sequences; an optional group has the empty sequence as the last.

    Whatever is not empty begins with one of `starts`, in either form; where that is empty, with any word.
    """

    sequences: tuple[Sequence, ...]
    starts: Words = frozenset()


Item = Word | Gap | Choice
Sequence = tuple[Item, ...]


class Part(NamedTuple):
    """One alternative of a phrase. A text in which it stands has a word of each set of `needs`."""

    items: Sequence
    needs: tuple[Words, ...]


# What any of the parts matches.
Phrase = tuple[Part, ...]
# So many sets of needed words tell of nearly all texts that a part cannot stand in them.
_MOST_NEEDS = 3
# So many words are looked up one by one, more are intersected with those of the sentence.
_FEW = 4
# Tokens of a sentence: bit n stands for the token n.
Places = int


@dataclass(frozen=True)
class Tokens:
    """The tokens of a sentence as phrases see them: spelling with contractions undone, and dictionary form."""

    norms: tuple[str, ...]
    lemmas: tuple[str, ...]
    is_punctuation: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.norms)

    def hold(self, part: Part) -> bool:
        """Whether a part of a phrase stands among them."""
        for needed in part.needs:
            if needed.isdisjoint(self._words):
                return False
        return self._after(part.items, self._all) != 0

    def find(self, phrase: Phrase) -> Iterator[tuple[int, int]]:
        """Ranges of tokens where a phrase stands: leftmost, then longest, without overlaps."""
        parts = [(self._beginnings(part.items), part.items) for part in phrase if self.hold(part)]
        starts = 0
        for begins, _ in parts:
            starts |= begins
        while starts:
            at = (starts & -starts).bit_length() - 1
            ends = [self._after(items, 1 << at).bit_length() - 1 for begins, items in parts if begins >> at & 1]
            end = max(at, *ends)
            if end > at:
                yield at, end
            starts &= -1 << max(end, at + 1)

    def _after(self, items: Sequence, places: Places) -> Places:
        """The tokens next to a match of the items that begins at one of the places."""
        for item in items:
            if not places:
                return 0
            if isinstance(item, Word):
                lacking = places if item.article and self._lack_articles else 0
                places = (places & self._where(item)) << 1 | lacking
            elif isinstance(item, Gap):
                passable = self._all if item.punctuation else self._no_punctuation
                step = places
                for _ in range(item.most):
                    step = (step & passable) << 1
                    places |= step
            else:
                begins = places & self._either(item.starts) if item.starts else places
                ends = 0 if item.sequences[-1] else places
                for sequence in item.sequences if begins else ():
                    ends |= self._after(sequence, begins)
                places = ends
        return places

    def _beginnings(self, items: Sequence) -> Places:
        """The tokens with which a match may begin."""
        if not items or isinstance(items[0], Gap):
            return self._all
        if isinstance(items[0], Word):
            lacking = items[0].article and self._lack_articles
            return self._where(items[0]) | (self._beginnings(items[1:]) if lacking else 0)
        found = 0
        for sequence in items[0].sequences:
            found |= self._beginnings(sequence + items[1:])
        return found

    def _where(self, word: Word) -> Places:
        """The tokens that a word stands for."""
        known = self._known.get(id(word))
        if known is not None:
            return known[1]
        stand = self._of_lemma if word.lemma else self._of_norm
        found = 0
        for form in word.words.intersection(stand) if len(word.words) > _FEW else word.words:
            found |= stand.get(form, 0)
        if word.excluded:
            found ^= self._all
        self._known[id(word)] = word, found
        return found

    def _either(self, words: Words) -> Places:
        """The tokens that are one of some words in either form."""
        known = self._known.get(id(words))
        if known is not None:
            return known[1]
        found = 0
        for stand in (self._of_norm, self._of_lemma):
            for form in words.intersection(stand):
                found |= stand[form]
        self._known[id(words)] = words, found
        return found

    @cached_property
    def _known(self) -> dict[int, tuple[Word | Words, Places]]:
        """Where words stand, by identity, which is quicker than by value; they are kept so that they stay the same."""
        return {}

    @cached_property
    def _words(self) -> Words:
        return frozenset((*self.norms, *self.lemmas))

    @cached_property
    def _lack_articles(self) -> bool:
        return _ARTICLES.isdisjoint(self.norms)

    @cached_property
    def _all(self) -> Places:
        return (1 << len(self.norms)) - 1

    @cached_property
    def _no_punctuation(self) -> Places:
        return sum(1 << at for at, is_mark in enumerate(self.is_punctuation) if not is_mark)

    @cached_property
    def _of_norm(self) -> dict[str, Places]:
        return _places(self.norms)

    @cached_property
    def _of_lemma(self) -> dict[str, Places]:
        return _places(self.lemmas)


def _places(forms: tuple[str, ...]) -> dict[str, Places]:
    """Where each form stands."""
    found: dict[str, Places] = {}
    for at, form in enumerate(forms):
        found[form] = found.get(form, 0) | 1 << at
    return found


# A word, and the one next to it; "" stands for any.
Key = tuple[str, str]
# A part of a phrase: the name of the phrase, and which of its parts.
Name = tuple[str, int]
# Parts under keys: word → next word → parts.
Index = Mapping[str, Mapping[str, tuple[Name, ...]]]
# Words at two neighbouring places make so many keys at most.
_MOST_PAIRS = 64


def index_of(phrases: Mapping[str, Phrase]) -> Index:
    """The parts of phrases under keys of which every match holds one, as unusual among them all as can be."""
    usual = Counter(word for phrase in phrases.values() for part in phrase for word in _words(part.items))
    index: dict[str, dict[str, list[Name]]] = {}
    for name, phrase in phrases.items():
        for n, part in enumerate(phrase):
            for word, following in sorted(_keys(part.items, usual) or {("", "")}):
                index.setdefault(word, {}).setdefault(following, []).append((name, n))
    return {word: {key: tuple(found) for key, found in inner.items()} for word, inner in index.items()}


def possible(index: Index, tokens: Tokens) -> set[Name]:
    """The parts of an index that can stand among tokens."""
    found = {name for names in index.get("", {}).values() for name in names}
    forms = [*zip(tokens.norms, tokens.lemmas, strict=True), ("", "")]
    for token, following in pairwise(forms):
        for word in set(token):
            after = index.get(word)
            if after is not None:
                for form in ("", *following):
                    found.update(after.get(form, ()))
    return found


def _words(items: Sequence) -> Iterator[str]:
    for item in items:
        if isinstance(item, Word):
            yield from item.words
        elif isinstance(item, Choice):
            for sequence in item.sequences:
                yield from _words(sequence)


def _keys(items: Sequence, usual: Counter[str]) -> frozenset[Key]:
    """Keys of which every match holds one, the least usual; none where any words can match."""
    total = usual.total()

    def weight(keys: frozenset[Key]) -> float:
        return sum(usual[word] * (usual[following] / total if following else 1) for word, following in keys)

    keys = [_keys_of_item(item, usual) for item in items]
    for n in range(1, len(items)):
        before, after = _words_at_edge(items[n - 1 :: -1], backwards=True), _words_at_edge(items[n:])
        if len(before) * len(after) <= _MOST_PAIRS:
            keys.append(frozenset(product(before, after)))
    return min(filter(None, keys), key=weight, default=frozenset())


def _keys_of_item(item: Item, usual: Counter[str]) -> frozenset[Key]:
    if isinstance(item, Choice):
        keys = [_keys(sequence, usual) for sequence in item.sequences]
        return frozenset[Key]().union(*keys) if all(keys) else frozenset()
    if not isinstance(item, Word) or item.excluded or item.article:
        return frozenset()
    return frozenset((word, "") for word in item.words)


def _words_at_edge(items: Sequence, *, backwards: bool = False) -> Words:
    """The words with which every match begins (ends, where the items are reversed); none where any word can."""
    found: set[str] = set()
    for item in items:
        if isinstance(item, Word) and item.article:
            found |= item.words
            continue
        if isinstance(item, Word) and not item.excluded:
            return frozenset(found | item.words)
        if not isinstance(item, Choice):
            return frozenset()
        for sequence in item.sequences:
            words = _words_at_edge(sequence[::-1] if backwards else sequence, backwards=backwards)
            if sequence and not words:
                return frozenset()
            found |= words
        if () not in item.sequences:
            return frozenset(found)
    return frozenset()


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


_PIECE = re.compile(r"\s*(?:(?P<gap>\*\*?)|(?P<mark>[()|?!])|(?P<sigil>[~@]?)(?P<word>[^\s()|?*~@!]+)|(?P<other>\S))")
_CONTRACTION = re.compile(r"(?i)^(.+?)(n't|'(?:m|re|ve|ll|d|s))$")
_LONG = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "'d", "'s": "'s"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
_ARTICLES = frozenset({"a", "an", "the"})
# Short forms that stand for more than one word, so that the spelling does not tell which.
_SHORT = {"would": "'d", "had": "'d", "is": "'s", "has": "'s"}


def compile_phrase(text: str, vocabulary: Mapping[str, Words]) -> Phrase:
    """What `text` stands for. Raises PatternError."""
    sequences = _Parser(text, vocabulary).alternatives(closing=False)
    if any(map(_can_be_empty, sequences)):
        raise PatternError("the phrase could match no word at all", 0)
    return tuple(map(_part, sequences))


def _part(items: Sequence) -> Part:
    loose = _with_articles(items)
    items = _one(items if _can_be_empty(loose) else loose)
    return Part(items, tuple(map(_one, sorted(_needs(items), key=len)[:_MOST_NEEDS])))


def _needs(items: Sequence) -> Iterator[Words]:
    """Sets of words of which every match holds one each."""
    for item in items:
        if isinstance(item, Word) and not item.excluded and not item.article:
            yield item.words
        elif isinstance(item, Choice):
            firsts = [next(_needs(sequence), None) for sequence in item.sequences]
            if None not in firsts:
                yield frozenset(word for words in firsts for word in words or ())


def _choice(sequences: list[Sequence]) -> Choice:
    """A choice that knows how its sequences begin, where there are enough of them for that to save time."""
    filled = tuple(sequence for sequence in sequences if sequence)
    starts = [_words_at_edge(sequence) for sequence in filled]
    known = len(filled) > _FEW and all(starts)
    empty = ((),) if len(filled) < len(sequences) else ()
    return Choice((*filled, *empty), _one(frozenset[str]().union(*starts)) if known else frozenset())


def _with_articles(items: Sequence) -> Sequence:
    """The items, with the articles marked that stand before a word or for a whole alternative."""
    out: list[Item] = []
    for n, item in enumerate(items):
        if isinstance(item, Choice):
            item = _choice([_with_articles(sequence) for sequence in item.sequences])
        elif isinstance(item, Word) and not item.excluded and not item.lemma and item.words <= _ARTICLES:
            last = n + 1 == len(items)
            item = item._replace(article=n == 0 if last else not isinstance(items[n + 1], Gap))
        out.append(_one(item))
    return tuple(out)


def _can_be_empty(items: Sequence) -> bool:
    """Whether the items may match without a single word that they name."""
    for item in items:
        if isinstance(item, Word) and not item.article:
            return False
        if isinstance(item, Choice) and not any(map(_can_be_empty, item.sequences)):
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
    rest.sort(key=lambda sequence: not sequence)  # the empty one is the last
    return [*((_one(Word(_one(frozenset(words)), lemma=lemma)),) for lemma, words in merged.items()), *rest]
