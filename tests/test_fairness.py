"""The learned reader gives the same answer whoever writes; `docs/accuracy.md` has the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from benchmarks.fairness import GROUPS, NAMES, alarms, clean, middle_score, mistakes

from feedback_lint.classifier import Classifier
from feedback_lint.evaluation import Labelled
from feedback_lint.linter import Linter

MOST_CHANGE = 0.03
MOST_MORE_ALARMS = 0.02


def test_there_are_twenty_origins() -> None:
    assert len(NAMES) == 20


@pytest.mark.parametrize("kind", GROUPS)
@pytest.mark.parametrize("chosen", [clean, mistakes])
def test_the_score_does_not_depend_on_who_writes(
    kind: str, chosen: Callable[[Iterable[Labelled]], list[Labelled]]
) -> None:
    found = [middle_score(Classifier(), chosen(sentences)) for sentences in GROUPS[kind].values()]
    assert max(found) - min(found) < MOST_CHANGE


@pytest.mark.parametrize("kind", GROUPS)
def test_false_alarms_do_not_depend_on_who_writes(linter: Linter, kind: str) -> None:
    shares = {group: alarms(linter, sentences).ratio or 0.0 for group, sentences in GROUPS[kind].items()}
    assert max(shares.values()) - min(shares.values()) <= MOST_MORE_ALARMS, shares
