"""Runs that are killed leave everything whole; `benchmarks/kill.py` does it more often, and to other commands too."""

from __future__ import annotations

import random

import pytest
from benchmarks.kill import VARIANTS, Ground

OPTIONS = ("--no-reader", "--select", "demanding,why-not-hired")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("kill"), 6, OPTIONS)


@pytest.mark.parametrize(("seed", "spares_workers"), [(1, False), (2, True), (3, False)])
def test_a_killed_run_leaves_everything_whole(ground: Ground, seed: int, spares_workers: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    killed = ground.kill(VARIANTS[0], chance, spares_workers=spares_workers)
    assert killed.breaches == ()
