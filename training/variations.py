"""Sentences like those to train with, without labels: what the reader says of them is what the first look learns from.

Cut short, joined with others, and with words exchanged for such as follow the same word elsewhere (Tang et al., 2019,
“Distilling Task-Specific Knowledge from BERT into Simple Neural Networks”, does likewise). Few mean what a person
would write. But they bring words and mistakes together that the sentences themselves never hold both of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from feedback_lint.evaluation import Labelled

# The fewest words of a part, and the most of a whole.
_LEAST, _MOST = 4, 45
# How often a word is exchanged, and how often the sentence before stays the same.
_EXCHANGED, _KEPT = 0.2, 0.7
_JOINTS = (",", ", and", ", but", ";")


def variations(sentences: Sequence[Labelled], number: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """So many sentences without repetition, each with the one before it; the same for the same seed."""
    chance = Random(seed)  # noqa: S311 - nothing is to be kept secret
    words = [sentence.text.split() for sentence in sentences]
    following: defaultdict[str, list[str]] = defaultdict(list)
    for sentence in words:
        for word, after in pairwise(sentence):
            following[word.lower()].append(after)
    seen: set[str] = set()
    while len(seen) < number:
        at = chance.randrange(len(words))
        first, second = words[at], chance.choice(words)
        way = chance.randrange(5)
        if way == 0:
            varied = _part(first, chance)
        elif way == 1:
            varied = _spliced(first, second, chance)
        elif way == 2:
            varied = _joined(first, second, chance)
        else:
            varied = _exchanged(first, following, chance)
        text = " ".join(varied[:_MOST])
        before = sentences[at if chance.random() < _KEPT else chance.randrange(len(words))].before
        if text not in seen:
            seen.add(text)
            yield text, before


def _part(words: Sequence[str], chance: Random) -> Sequence[str]:
    """Some of the words, next to each other."""
    length = chance.randint(min(_LEAST, len(words)), len(words))
    start = chance.randint(0, len(words) - length)
    return words[start : start + length]


def _spliced(words: Sequence[str], others: Sequence[str], chance: Random) -> Sequence[str]:
    """The beginning of one sentence and the end of another."""
    return [*words[: chance.randint(1, len(words))], *others[chance.randint(0, len(others) - 1) :]]


def _joined(words: Sequence[str], others: Sequence[str], chance: Random) -> Sequence[str]:
    """Two sentences made one."""
    last, first = words[-1].rstrip(".!?") + chance.choice(_JOINTS), others[0]
    return [*words[:-1], last, first if first == "I" else first.lower(), *others[1:]]


def _exchanged(words: Sequence[str], following: dict[str, list[str]], chance: Random) -> Sequence[str]:
    """Some words in place of which another stands that follows the one before in some sentence."""
    varied = list(words)
    for n in range(1, len(varied)):
        if chance.random() < _EXCHANGED:
            varied[n] = chance.choice(following.get(varied[n - 1].lower(), varied[n : n + 1]))
    return varied
