"""An evaluation shown to people and programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from feedback_lint.evaluation import Evaluation, Score, Share, Slip
from feedback_lint.reporters import printable

VERSION = 1
_HEADS = ("rule", "precision", "recall", "F1", "expected", "missed", "alarms")
_CONFUSION_HEADS = ("expected → reported instead", "sentences")


def as_text(evaluation: Evaluation, *, show: bool = False) -> str:
    """Tables for a terminal; `show` puts each miss and each alarm above them."""
    blocks = [_columns([_HEADS, *_score_rows(evaluation)]), "".join(f"{line}\n" for line in _shares(evaluation))]
    if evaluation.confusions:
        blocks.append(_columns([_CONFUSION_HEADS, *_confusion_rows(evaluation)]))
    if show and evaluation.slips:
        blocks.insert(0, "".join(f"{_slip(slip)}\n" for slip in evaluation.slips))
    return "\n".join(blocks)


def as_markdown(evaluation: Evaluation, *, show: bool = False) -> str:
    """The same as Markdown."""
    blocks = [
        markdown_table(_HEADS, _score_rows(evaluation, "`")),
        "".join(f"- {line}\n" for line in _shares(evaluation)),
    ]
    if evaluation.confusions:
        blocks.append(markdown_table(_CONFUSION_HEADS, _confusion_rows(evaluation, "`")))
    if show and evaluation.slips:
        blocks.append("".join(f"    {_slip(slip)}\n" for slip in evaluation.slips))
    return "\n".join(blocks)


def as_json(evaluation: Evaluation, *, show: bool = False) -> str:
    """The same for programs; a ratio that is not defined is null."""
    data: dict[str, object] = {
        "version": VERSION,
        "sentences": len(evaluation.judged),
        "rules": [{"rule": rule, **_score(score)} for rule, score in evaluation.scores.items()],
        "all": _score(evaluation.total),
        "said": {"sentences": evaluation.said.whole, "noticed": evaluation.said.part},
        "implied": {"sentences": evaluation.implied.whole, "noticed": evaluation.implied.part},
        "clean": {"sentences": evaluation.clean.whole, "alarms": evaluation.clean.part},
        "confusions": [
            {"expected": c.expected, "reported": c.reported, "sentences": c.sentences} for c in evaluation.confusions
        ],
    }
    if show:
        data["slips"] = [
            {"kind": s.kind, "rule": s.rule, **s.sentence.model_dump(mode="json")} for s in evaluation.slips
        ]
    return json.dumps(data, indent=2) + "\n"


SHOWN_AS = {"text": as_text, "markdown": as_markdown, "json": as_json}


def decimals(share: Share) -> str:
    """A ratio with three decimals, or a dash where there is none."""
    return "–" if share.ratio is None else f"{share.ratio:.3f}"


def percentage(share: Share) -> str:
    """`5 of 210 (2.4%)`."""
    return f"{share.part} of {share.whole}" + ("" if share.ratio is None else f" ({share.ratio:.1%})")


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is words, and the others mostly numbers."""
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, ("---", *("---:",) * (len(heads) - 1)), *rows))


def _score_rows(evaluation: Evaluation, quote: str = "") -> list[tuple[str, ...]]:
    named = [(f"{quote}{rule}{quote}", score) for rule, score in evaluation.scores.items()]
    return [
        (name, *map(decimals, (s.precision, s.recall, s.f1)), *map(str, (s.recall.whole, s.misses, s.alarms)))
        for name, s in (*named, ("all", evaluation.total))
    ]


def _confusion_rows(evaluation: Evaluation, quote: str = "") -> list[tuple[str, str]]:
    return [
        (f"{quote}{c.expected}{quote} → {quote}{c.reported}{quote}", str(c.sentences)) for c in evaluation.confusions
    ]


def _shares(evaluation: Evaluation) -> list[str]:
    return [
        f"sentences with a mistake that is said, with any finding: {percentage(evaluation.said)}",
        f"sentences with a mistake that is only implied, with any finding: {percentage(evaluation.implied)}",
        f"clean sentences with an alarm: {percentage(evaluation.clean)}",
    ]


def _slip(slip: Slip) -> str:
    labels = ", ".join(sorted(slip.sentence.labels)) or "clean"
    return printable(f"{slip.kind} of {slip.rule} in {slip.sentence.id} ({labels}): {slip.sentence.text}")


def _columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns aligned; all but the first to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    first, *others = widths
    return "".join(
        "  ".join((f"{name:{first}}", *(f"{cell:>{width}}" for cell, width in zip(cells, others, strict=True)))) + "\n"
        for name, *cells in rows
    )


def _score(score: Score) -> dict[str, object]:
    return {
        "precision": score.precision.ratio,
        "recall": score.recall.ratio,
        "f1": score.f1.ratio,
        "expected": score.recall.whole,
        "missed": score.misses,
        "alarms": score.alarms,
    }
