"""Precision and recall of what the completeness rules and the stages look for, on labelled sentences.

python benchmarks/elements.py FILE.jsonl… [--element NAME] [--show]

Each line of a file is {"id", "text", "has"}: the elements of a good mail that are there. The text is judged as the
whole body of a mail: an element is found when no rule misses it, or the mail is taken for one of that stage.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from feedback_lint.document import Source, Stage
from feedback_lint.linter import Linter, Settings

RULES = {
    "ask": "missing-ask",
    "thanks": "missing-thanks",
    "acknowledgement": "missing-acknowledgement",
    "growth": "missing-growth-framing",
    "wishes": "missing-closing",
}
STAGES = {"feedback-came": Stage.THANKS, "second-message": Stage.FOLLOW_UP}
MAIL = "Dear Ms. Osei,\n\n{text}\n\nSam Porter\n"


def elements(linter: Linter, text: str) -> set[str]:
    source = Source("sentence.txt", MAIL.format(text=text))
    (plain,) = linter.lint(source)
    (request,) = linter.lint(source, Settings(select=frozenset(RULES.values()), stage=Stage.REQUEST))
    missed = {d.rule for d in request.diagnostics}
    return {e for e, rule in RULES.items() if rule not in missed} | {e for e, s in STAGES.items() if s is plain.stage}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--element", action="append", choices=[*RULES, *STAGES])
    parser.add_argument("--show", action="store_true", help="print each miss and each false find")
    options = parser.parse_args()
    linter = Linter()
    counts: Counter[tuple[str, str]] = Counter()
    for row in (json.loads(line) for f in options.files for line in f.read_text(encoding="utf-8").splitlines()):
        got, want = elements(linter, row["text"]), set(row["has"])
        for element in options.element or [*RULES, *STAGES]:
            kind = {(True, True): "hit", (True, False): "false", (False, True): "miss"}.get(
                (element in got, element in want)
            )
            if kind:
                counts[element, kind] += 1
            if options.show and kind in ("false", "miss"):
                print(f"{kind:5} {element:15} {row['id']}: {row['text']}")
    for element in options.element or [*RULES, *STAGES]:
        hit, false, miss = (counts[element, kind] for kind in ("hit", "false", "miss"))
        precision, recall = hit / ((hit + false) or 1), hit / ((hit + miss) or 1)
        print(f"{element:15} P {precision:.3f} R {recall:.3f}  n={hit + miss} false={false}")


if __name__ == "__main__":
    main()
