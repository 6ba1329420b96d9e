"""Precision and recall of what the completeness rules and the stages look for, on labelled sentences.

python -m benchmarks.elements FILE.jsonl… [--element NAME] [--show]

Each line of a file is {"id", "text", "has"}: the elements of a good mail that are there. The text is judged as the
whole body of a mail: an element is found when no rule misses it, or the mail is taken for one of that stage.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from feedback_lint.document import Source, Stage
from feedback_lint.evaluation import Score
from feedback_lint.linter import Linter
from feedback_lint.scorecard import decimals
from feedback_lint.settings import Settings

RULES = {
    "ask": "missing-ask",
    "thanks": "missing-thanks",
    "acknowledgement": "missing-acknowledgement",
    "growth": "missing-growth-framing",
    "wishes": "missing-closing",
}
STAGES = {"feedback-came": Stage.THANKS, "second-message": Stage.FOLLOW_UP}
ELEMENTS = (*RULES, *STAGES)
MAIL = "Dear Ms. Osei,\n\n{text}\n\nSam Porter\n"


@dataclass(frozen=True)
class Looked:
    """What an editor sees in a text, and what the linter does."""

    id: str
    text: str
    has: frozenset[str]
    found: frozenset[str]


def look(linter: Linter, files: Iterable[Path]) -> Iterator[Looked]:
    for file in files:
        for line in file.read_bytes().splitlines():
            row = json.loads(line)
            yield Looked(row["id"], row["text"], frozenset(row["has"]), elements(linter, row["text"]))


def elements(linter: Linter, text: str) -> frozenset[str]:
    source = Source("sentence.txt", MAIL.format(text=text))
    (plain,) = linter.lint(source)
    (request,) = linter.lint(source, Settings(select=frozenset(RULES.values()), stage=Stage.REQUEST))
    missed = {d.rule for d in request.diagnostics}
    there = [e for e, rule in RULES.items() if rule not in missed]
    return frozenset((*there, *(e for e, stage in STAGES.items() if stage is plain.stage)))


def score(looked: Iterable[Looked], element: str) -> Score:
    pairs = [(element in one.has, element in one.found) for one in looked]
    return Score(hits=pairs.count((True, True)), misses=pairs.count((True, False)), alarms=pairs.count((False, True)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--element", action="append", choices=ELEMENTS)
    parser.add_argument("--show", action="store_true", help="print each miss and each false find")
    options = parser.parse_args()
    looked = list(look(Linter(), options.files))
    for element in options.element or ELEMENTS:
        for one in looked if options.show else ():
            if element in one.has ^ one.found:
                print(f"{'miss' if element in one.has else 'false':5} {element:15} {one.id}: {one.text}")
    for element in options.element or ELEMENTS:
        s = score(looked, element)
        print(f"{element:15} P {decimals(s.precision)} R {decimals(s.recall)}  n={s.recall.whole} false={s.alarms}")


if __name__ == "__main__":
    main()
