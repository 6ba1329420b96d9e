"""A first look at a sentence: whether the learned reader may find a mistake in it, or need not read it at all.

A linear model of words and neighbouring words, made by `training.glance` to foresee what the reader says. It takes a
hundredth of the reader's time and is asked first, as the first stage of a cascade (Viola and Jones, 2001): most
sentences of a kind mail are plainly harmless.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from zlib import crc32

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!]")


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
    """The words of a sentence and its pairs of neighbouring words, as numbers below `size` (the hashing trick)."""
    words = _WORD.findall(sentence.lower().replace("’", "'"))
    named = {*words, *(f"{a} {b}" for a, b in pairwise(("^", *words, "$")))}
    return frozenset(crc32(name.encode()) % size for name in named)
