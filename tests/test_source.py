"""Rules for the source text itself."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)[*+?]\+")


def test_no_pattern_repeats_a_group_possessively() -> None:
    # Python 3.11.0 to 3.11.4 match them wrongly (gh-106052); an atomic group does the same and is right.
    found = [p.name for p in SOURCE.rglob("*.py") if POSSESSIVE_GROUP.search(p.read_text(encoding="utf-8"))]
    assert found == []
