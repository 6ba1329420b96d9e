"""Tells how sure the shipped reader must be, label by label, so that rules and reader together are seldom wrong.

python -m training.thresholds [--precision 0.96]

The figures are those of the check sentences, with the rules as they are. What it prints is for
`reader: {label: …, at: …}` in rule files. Each label's threshold takes what is worth its alarms. An alarm costs the
same under each label: so much that all labels together are as precise as asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback_lint.classifier import Classifier
from feedback_lint.evaluation import judge, tone_rules
from feedback_lint.linter import Linter
from feedback_lint.ruleset import Ruleset
from training.sentences import to_check

# Where nothing is said in so many words the bar is high, however well a lower one did on the check sentences.
STEPS = tuple(n / 100 for n in range(90, 100))
# How many hits an alarm outweighs.
COSTS = tuple(n / 4 for n in range(1, 400))


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence under one label: whether it has it, whether the words tell so, and how sure the reader is."""

    wanted: bool
    said: bool
    sure: float

    def is_found(self, at: float) -> bool:
        """Whether rules and reader together report it."""
        return self.said or self.sure >= at


@dataclass(frozen=True, slots=True)
class Count:
    """How many sentences are reported rightly and wrongly."""

    hits: int
    alarms: int


def counted(seen: Sequence[Seen], at: float) -> Count:
    """What is reported with a threshold."""
    found = [s for s in seen if s.is_found(at)]
    return Count(sum(s.wanted for s in found), sum(not s.wanted for s in found))


def thresholds(seen: Mapping[str, Sequence[Seen]], precision: float) -> dict[str, float]:
    """The threshold of each label. Raises ValueError where none is precise enough."""
    counts = {label: {at: counted(some, at) for at in STEPS} for label, some in seen.items()}
    for cost in COSTS:
        best = {label: max(of, key=lambda at: (of[at].hits - cost * of[at].alarms, at)) for label, of in counts.items()}
        hits, alarms = (
            sum(getattr(counts[label][at], what) for label, at in best.items()) for what in ("hits", "alarms")
        )
        if hits >= precision * (hits + alarms):
            return best
    raise ValueError(f"no thresholds make rules and reader together {precision:.0%} precise")


def acquittal(rules: Ruleset, rule: str) -> float:
    """How sure the reader must at least be for a finding of the words themselves to stand; 0 where it is not asked."""
    return max((c.reader.below or 0.0 for c in rules.get(rule).unless if c.reader), default=0.0)


def main() -> None:
    """Print the thresholds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--precision", type=float, default=0.96)
    options = parser.parse_args()
    linter, classifier = Linter(), Classifier()
    seen: dict[str, list[Seen]] = {label: [] for label in tone_rules(linter.rules)}
    for judged in judge(linter, to_check(), reader=False):
        sentence = judged.sentence
        scores = classifier.scores(sentence.text, sentence.before)
        for label, some in seen.items():
            said = label in judged.reported and scores[label] >= acquittal(linter.rules, label)
            some.append(Seen(label in sentence.labels, said, scores[label]))
    for label, at in thresholds(seen, options.precision).items():
        found, wanted = counted(seen[label], at), sum(s.wanted for s in seen[label])
        precision = found.hits / max(1, found.hits + found.alarms)
        print(f"{label:20} at: {at:.2f}   precision {precision:.3f}, recall {found.hits / wanted:.3f} of {wanted}")


if __name__ == "__main__":
    main()
