"""Sentences that say nearly the same in the same words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from feedback_lint.evaluation import Labelled

MOST_ALIKE = 0.5


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+(?:['’]\w+)*", text.casefold()))


def grams(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of four words; a shorter text is a run of its own."""
    found = words(text)
    return frozenset(found[n : n + 4] for n in range(max(1, len(found) - 3)))


def alike(some: Iterable[Labelled], others: Iterable[Labelled]) -> Iterator[tuple[str, str]]:
    """The ids of sentences that share more than half of their runs of four words (as a Jaccard index)."""
    holders = defaultdict(list)
    of_others = {s.id: grams(s.text) for s in others}
    for id_, found in of_others.items():
        for gram in found:
            holders[gram].append(id_)
    for sentence in some:
        own = grams(sentence.text)
        shared = Counter(id_ for gram in own for id_ in holders[gram])
        yield from ((sentence.id, id_) for id_, n in shared.items() if n / len(own | of_others[id_]) > MOST_ALIKE)
