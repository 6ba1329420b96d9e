"""The labelled sentences of `training/data`, and what names them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from feedback_lint.evaluation import Labelled, read_labelled
from feedback_lint.rule_files import load_ruleset

DATA = Path(__file__).parent / "data"
# Sentences by writers who wrote nothing else.
_CHECK = "check*.jsonl"


def to_train() -> tuple[Labelled, ...]:
    """What the model learns from, file after file."""
    return _read(sorted(set(DATA.glob("*.jsonl")) - set(DATA.glob(_CHECK))))


def to_check() -> tuple[Labelled, ...]:
    """What thresholds are chosen with; the model has not seen it."""
    return _read(sorted(DATA.glob(_CHECK)))


def _read(files: Iterable[Path]) -> tuple[Labelled, ...]:
    rules = load_ruleset()
    return tuple(sentence for file in files for sentence in read_labelled(file, rules))


def digest(sentences: Iterable[Labelled]) -> str:
    """The SHA-256 of all that training takes from sentences, as hexadecimal digits."""
    lines = (json.dumps([s.id, s.before, s.text, sorted(s.labels)], ensure_ascii=False) for s in sentences)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
