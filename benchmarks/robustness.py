"""Lint every mail of public test collections: is each survived, and how long does the slowest take?

python benchmarks/robustness.py [FOLDER ...] [--limit 1.0]

Without a folder, the collections that are installed here (`collections`); each file in them is read as a mail. The
exit status is 1 where one raised an exception or took more than `--limit` processor seconds, twice: what else the
machine does may have slowed it down the first time.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feedback_lint.linter import Linter

# Debian's golang-github-jhillyerd-enmime-dev.
ENMIME = Path("/usr/share/gocode/src/github.com/jhillyerd/enmime/testdata")
# Python packages whose mails are installed with them: name of the module → folder in it.
PACKAGES = {"test.test_email": "data", "flufl.bounce": "tests/data", "mailman": "."}
SUFFIXES = frozenset({"", ".eml", ".mbox", ".msg", ".raw", ".txt"})


@dataclass(frozen=True)
class Outcome:
    """What linting one file came to; `error` is the traceback, if any."""

    path: Path
    seconds: float
    error: str = ""


def collections() -> dict[str, Path]:
    """The collections that are installed, by name."""
    found = {"enmime": ENMIME} if ENMIME.is_dir() else {}
    for name, folder in PACKAGES.items():
        try:
            spec = importlib.util.find_spec(name)
        except ModuleNotFoundError:
            continue
        if spec and spec.submodule_search_locations:
            found[name] = Path(spec.submodule_search_locations[0]) / folder
    return found


def mails(folder: Path) -> Iterator[Path]:
    """The files below a folder that may be mails."""
    return (p for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix.lower() in SUFFIXES)


def outcomes(folder: Path, linter: Linter) -> Iterator[Outcome]:
    """Lint each file below a folder as a mail, or as a mailbox."""
    return (outcome(path, linter) for path in mails(folder))


def outcome(path: Path, linter: Linter) -> Outcome:
    """Lint a file as a mail, or as a mailbox."""
    name = "mailbox.mbox" if path.suffix == ".mbox" else "mail.eml"
    data = path.read_bytes()
    began = time.process_time()
    error = ""
    try:
        linter.lint_bytes(data, name)
    except Exception:
        error = traceback.format_exc()
    return Outcome(path, time.process_time() - began, error)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--limit", type=float, default=1.0)
    options = parser.parse_args()
    linter = Linter()
    linter.lint_bytes(b"Subject: Warm up\n\nDear Jo,\n\nThank you.", "mail.eml")
    failed = False
    print(f"{'collection':30} {'files':>6} {'exceptions':>10} {'slowest':>9}")
    for name, folder in ({str(f): f for f in options.folders} or collections()).items():
        done = list(outcomes(folder, linter))
        errors = [o for o in done if o.error]
        slowest = max(done, key=lambda o: o.seconds, default=Outcome(folder, 0.0))
        if slowest.seconds > options.limit:
            slowest = outcome(slowest.path, Linter(linter.rules))
        print(f"{name:30} {len(done):6} {len(errors):10} {slowest.seconds:7.2f} s  {slowest.path.name}")
        for broken in errors:
            print(f"{broken.path}\n{broken.error}", file=sys.stderr)
        failed = failed or bool(errors) or slowest.seconds > options.limit
    sys.exit(failed)


if __name__ == "__main__":
    main()
