"""Precision, recall and F1 of the tone rules on labelled sentences.

python benchmarks/accuracy.py FILE.jsonl… [--rule ID] [--show] [--modulo N/M]

Each line of a file is {"id", "text", "labels"}. A sentence is judged as the body of a short mail that is otherwise
in order: `defensive` as in a reply to feedback, the other rules as in a request. `--modulo 0/2` takes every second
sentence, so that one half can be kept unseen.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from feedback_lint.document import Source, Stage
from feedback_lint.linter import Linter, Settings

THANKS_ONLY = frozenset({"defensive"})
MAIL = "Dear Ms. Osei,\n\n{text}\n\nKind regards,\nSam Porter\n"


def tone_rules(linter: Linter) -> frozenset[str]:
    return frozenset(r.id for r in linter.rules.rules if r.category == "tone")


def found(linter: Linter, text: str, rules: frozenset[str]) -> set[str]:
    """The rules that fire on one sentence."""
    out: set[str] = set()
    source = Source("sentence.txt", MAIL.format(text=text))
    for stage, wanted in ((Stage.REQUEST, rules - THANKS_ONLY), (Stage.THANKS, rules & THANKS_ONLY)):
        if wanted:
            (report,) = linter.lint(source, Settings(select=wanted, stage=stage))
            out |= {d.rule for d in report.diagnostics}
    return out


def ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rule", action="append", default=[])
    parser.add_argument("--show", action="store_true", help="print each miss and each false alarm")
    parser.add_argument("--modulo", default="0/1", help="take the sentences whose number leaves N when divided by M")
    options = parser.parse_args()
    rest, divisor = (int(n) for n in options.modulo.split("/"))
    linter = Linter()
    rules = frozenset(options.rule) or tone_rules(linter)
    counts: dict[str, Counter[str]] = {r: Counter() for r in sorted(rules)}
    clean = alarms = said = caught = 0
    for file in options.files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for row in (r for n, r in enumerate(rows) if n % divisor == rest):
            got, want = found(linter, row["text"], rules), set(row["labels"])
            if not want:
                clean += 1
                alarms += bool(got)
            elif want & rules and not row.get("implied"):
                said += 1
                caught += bool(got)
            for rule in rules & (got | want):
                kind = "hit" if rule in got & want else "alarm" if rule in got else "miss"
                counts[rule][kind] += 1
                if options.show and kind != "hit":
                    print(f"{kind:5} {rule:20} {row['id']} {row['labels']}: {row['text']}")
    total: Counter[str] = Counter()
    for c in counts.values():
        total += c
    for rule, c in (*counts.items(), ("all", total)):
        precision, recall = ratio(c["hit"], c["hit"] + c["alarm"]), ratio(c["hit"], c["hit"] + c["miss"])
        f1 = ratio(2 * c["hit"], 2 * c["hit"] + c["alarm"] + c["miss"])
        print(f"{rule:20} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  n={c['hit'] + c['miss']} alarms={c['alarm']}")
    print(f"sentences with a mistake that is said, with any finding: {caught} of {said} ({ratio(caught, said):.1%})")
    print(f"clean sentences with an alarm: {alarms} of {clean} ({ratio(alarms, clean):.1%})")


if __name__ == "__main__":
    main()
