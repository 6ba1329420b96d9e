"""A first look at a sentence: whether the learned reader may find a mistake in it, or need not read it at all.

A linear model of words and of words that stand near each other, made by `training.glance` to foresee what the reader
says. It takes a fiftieth of the reader's time and is asked first, as the first stage of a cascade (Viola and Jones,
2001): most sentences of a kind mail are plainly harmless.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from zlib import crc32

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!]")
# So many words may stand between two that are looked at together.
_BETWEEN = 2


@dataclass(frozen=True)
class Glance:
    """`weights` of features by their number; a sentence whose features weigh less than `least` need not be read."""

    weights: Sequence[int]
    least: float

    def is_worth_reading(self, sentence: str) -> bool:
        """Whether the reader may find a mistake."""
        return self.weight(sentence) >= self.least

    def weight(self, sentence: str) -> float:
        """How much the features of a sentence weigh: their sum over the square root of their number; 0 for none."""
        found = features(sentence, len(self.weights))
        return sum(self.weights[n] for n in found) / sqrt(len(found) or 1)


def features(sentence: str, size: int) -> frozenset[int]:
    """The words of a sentence, pairs of near ones and triples of neighbours, as numbers below `size`.

    (This is the hashing trick: some numbers stand for several of them.)
    """
    words = _WORD.findall(sentence.lower().replace("’", "'"))
    line = ("^", *words, "$")
    named = set(words)
    for between in range(_BETWEEN + 1):
        gap = " _" * between
        named.update(f"{a}{gap} {b}" for a, b in zip(line, line[between + 1 :], strict=False))
    named.update(f"{a} {b} {c}" for a, b, c in zip(line, line[1:], line[2:], strict=False))
    return frozenset(crc32(name.encode()) % size for name in named)
