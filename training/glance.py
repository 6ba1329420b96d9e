"""Makes the first look anew, which tells what the learned reader need not read, for the reader that is there.

python -m training.glance [--folder FOLDER]

It learns from what the reader itself says of the sentences to train with and of many variations on them, and is as
careful as the check sentences ask: of those in which the reader alone finds a mistake, one in a hundred may be passed
over. Takes ten minutes on two cores; `training.train` does it, too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import floor, sqrt
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from feedback_lint.classifier import CARD_FILE, GLANCE, MODEL_FOLDER, Classifier
from feedback_lint.evaluation import Labelled
from feedback_lint.glance import Glance, features
from feedback_lint.rule_files import load_ruleset
from feedback_lint.ruleset import Ruleset
from training.sentences import to_check, to_train
from training.variations import variations

# So many features are told apart.
SIZE = 2**19
# So many variations are learned from.
VARIATIONS = 250_000
# A sentence counts as one with a mistake from here on: where there is any doubt, the reader has to be asked.
UNSURE = 0.1
# The inverse of the strength of regularisation, and how much more it costs to pass over a mistake than to read on.
STRENGTH, COST = 4.0, 4.0
# The share of the reader's findings that may be passed over.
PASSED_OVER = 0.01


def main() -> None:
    """Learn, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=MODEL_FOLDER, help="where the reader is")
    write(parser.parse_args().folder)


def write(folder: Path) -> None:
    """Make the first look for the reader in a folder, and put it there."""
    reader, rules = Classifier(folder), load_ruleset()
    weights = _learned(to_train(), folder)
    found = [s for s in to_check() if _is_found(reader, s, rules)]
    glance = Glance(weights.tolist(), least=0.0)
    found_weights = sorted(glance.weight(s.text) for s in found)
    least = floor(1000 * found_weights[int(PASSED_OVER * len(found))]) / 1000
    (folder / GLANCE).write_bytes(weights.tobytes())
    card = json.loads((folder / CARD_FILE.name).read_bytes())
    card["least"] = least
    card["sha256"][GLANCE] = hashlib.sha256(weights.tobytes()).hexdigest()
    (folder / CARD_FILE.name).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    clean = [s.text for s in to_check() if not s.labels]
    missed, passed = sum(w < least for w in found_weights), sum(glance.weight(text) < least for text in clean)
    print(f"passes over {missed} of {len(found)} findings, {passed} of {len(clean)} clean")


def _learned(sentences: Sequence[Labelled], folder: Path) -> np.ndarray:
    """Weights in eight bits; that of no features is left out, since it changes no order."""
    given = [*((s.text, s.before) for s in sentences), *variations(sentences, VARIATIONS)]
    with ProcessPoolExecutor() as processes:
        wanted = list(processes.map(partial(_is_unsure, folder), given, chunksize=500))
    texts = (text for text, _ in given)
    model = LogisticRegression(
        C=STRENGTH, class_weight={False: 1.0, True: COST}, solver="liblinear", max_iter=300, random_state=0
    )
    weights = model.fit(_matrix(texts), wanted).coef_[0]
    return np.round(weights * (127 / np.abs(weights).max())).astype(np.int8)


def _is_unsure(folder: Path, sentence: tuple[str, str]) -> bool:
    """Whether the reader in a folder doubts that a sentence, given with the one before it, is harmless."""
    return max(Classifier(folder, capacity=1).scores(*sentence).values()) >= UNSURE


def _matrix(texts: Iterable[str]) -> csr_matrix:
    """A row a sentence: its features, as `Glance.weight` counts them."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        found = features(text, SIZE)
        columns += found
        values += [1 / sqrt(len(found) or 1)] * len(found)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(ends) - 1, SIZE))


def _is_found(reader: Classifier, sentence: Labelled, rules: Ruleset) -> bool:
    """Whether the reader finds a mistake on its own."""
    scores = reader.scores(sentence.text, sentence.before)
    asked = (c.reader for rule in rules.rules for c in rule.match if c.reader and c.reader.at is not None)
    return any(reading.is_met(scores[reading.label]) for reading in asked)


if __name__ == "__main__":
    main()
