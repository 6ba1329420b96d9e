"""Runs that are killed leave everything whole; `benchmarks/kill.py` does it more often, and to more templates."""

from __future__ import annotations

import random

import pytest
from benchmarks.kill import VARIANTS, Ground

OPTIONS = ("--no-reader", "--select", "demanding,why-not-hired")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("kill"), 12, OPTIONS)


@pytest.mark.parametrize(
    ("name", "spares_workers"),
    [("fix", False), ("fix", True), ("check", True)],
    ids=["fix-all", "fix-one", "check-one"],
)
def test_a_killed_run_leaves_everything_whole(ground: Ground, name: str, spares_workers: bool) -> None:
    (variant,) = (variant for variant in VARIANTS if variant.name == name)
    chance = random.Random(f"{name} {spares_workers}")  # noqa: S311 - the same moments each time
    killed = ground.kill(variant, chance, spares_workers=spares_workers)
    assert killed.breaches == ()
