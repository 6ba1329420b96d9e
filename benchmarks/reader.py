"""What the learned reader adds to the rules, and what it does alone: tables for docs/accuracy.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.fairness import GROUPS, alarms, clean, middle_score, mistakes

from feedback_lint.classifier import Classifier
from feedback_lint.evaluation import Evaluation, Judged, Labelled, judge, read_labelled, tone_rules
from feedback_lint.linter import Linter
from feedback_lint.ruleset import Ruleset
from feedback_lint.scorecard import decimals, markdown_table, percentage

ROOT = Path(__file__).parents[1]
# The sentences that thresholds were chosen with, and those that nothing was chosen with.
SETS = {"to choose by": ROOT / "training" / "data", "held back": ROOT / "tests" / "corpus"}
CURVE = (0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.99)


@dataclass(frozen=True)
class Answers:
    """Sentences judged in three ways, and what the reader alone makes of each."""

    rules: Evaluation
    both: Evaluation
    alone: Evaluation
    scores: tuple[dict[str, float], ...]

    @property
    def ways(self) -> tuple[tuple[str, Evaluation], ...]:
        """Each way with its name."""
        return (("rules alone", self.rules), ("reader alone", self.alone), ("both", self.both))


@cache
def answers(folder: Path) -> Answers:
    """The check sentences of a folder, judged once."""
    linter, classifier = Linter(), Classifier()
    labels = tone_rules(linter.rules)
    sentences = [s for file in sorted(folder.glob("check*.jsonl")) for s in read_labelled(file, linter.rules)]
    scores = tuple(dict(classifier.scores(s.text, s.before)) for s in sentences)
    limits = {label: at(linter.rules, label) for label in labels}
    return Answers(
        Evaluation(labels, tuple(judge(linter, sentences, reader=False))),
        Evaluation(labels, tuple(judge(linter, sentences))),
        Evaluation(labels, tuple(_by_scores(sentences, scores, limits))),
        scores,
    )


def at(rules: Ruleset, rule: str) -> float:
    """How sure the reader must be for a finding of its own."""
    return min(c.reader.at for c in rules.get(rule).match if c.reader and c.reader.at is not None)


def _by_scores(
    sentences: Iterable[Labelled], scores: Iterable[dict[str, float]], limits: dict[str, float]
) -> Iterator[Judged]:
    """What the reader alone reports."""
    for sentence, sure in zip(sentences, scores, strict=True):
        yield Judged(sentence, frozenset(label for label, limit in limits.items() if sure[label] >= limit))


def comparison(_: Linter) -> str:
    """Rules, reader and both on each set."""
    heads = (
        "sentences",
        "judged by",
        "precision",
        "recall",
        "said: any finding",
        "implied: any finding",
        "clean: any finding",
    )
    return markdown_table(
        heads,
        [
            (f"{name} ({len(way.judged)})", by, decimals(way.total.precision), decimals(way.total.recall),
             *map(percentage, (way.said, way.implied, way.clean)))
            for name, folder in SETS.items()
            for by, way in answers(folder).ways
        ],
    )  # fmt: skip


def by_label(linter: Linter) -> str:
    """Rules, reader and both for each label, on the set that thresholds were chosen with; and the thresholds."""
    found = answers(SETS["to choose by"])
    heads = ("label", "at", *(f"{by}: {what}" for by, _ in found.ways for what in ("precision", "recall")))
    rows = [
        (
            f"`{label}`",
            f"{at(linter.rules, label):g}",
            *(
                decimals(share)
                for _, way in found.ways
                for share in (way.scores[label].precision, way.scores[label].recall)
            ),
        )
        for label in found.rules.rules
    ]
    return markdown_table(heads, rows)


def curve(_: Linter) -> str:
    """What the reader alone would report with one threshold for all labels."""
    found = answers(SETS["to choose by"])
    sentences = [j.sentence for j in found.rules.judged]
    rows = []
    for limit in CURVE:
        limits = dict.fromkeys(found.rules.rules, limit)
        way = Evaluation(found.rules.rules, tuple(_by_scores(sentences, found.scores, limits)))
        ratios = map(decimals, (way.total.precision, way.total.recall))
        rows.append((f"{limit:.2f}", *ratios, percentage(way.implied), percentage(way.clean)))
    return markdown_table(("at", "precision", "recall", "implied: any finding", "clean: any finding"), rows)


def groups(linter: Linter) -> str:
    """The same sentences by different people."""
    classifier = Classifier()
    rows = [
        (
            kind,
            group,
            *(f"{middle_score(classifier, chosen(sentences)):.3f}" for chosen in (clean, mistakes)),
            percentage(alarms(linter, sentences)),
        )
        for kind, of_kind in GROUPS.items()
        for group, sentences in of_kind.items()
    ]
    heads = ("", "group", "median score, clean", "median score, mistakes", "clean: any finding")
    return markdown_table(heads, rows)
