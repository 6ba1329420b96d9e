"""Kill runs over a library of templates at random moments: does each leave everything whole?

python -m benchmarks.kill [--kills 50] [--templates 60] [--seed 0]

A run is killed between its start and the time that it takes when it is left alone; every second time the process that
was started and all its workers, otherwise that process alone. A disk that takes its time makes the moments long in
which a kill could do harm. After each kill must hold:

- all processes have ended within `PATIENCE` seconds, without a traceback of ours
- a template is the old one or the one that is mended to the end; a report is the old one or complete
- no new file is taken for a draft; hidden files may be left over, which nobody may read who may not read the template
- the cache is sound, and the next run reports just what one without a cache does

The exit status is 1 where something does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from feedback_lint.files import find_drafts

# So many seconds a worker may go on without the process that started it.
PATIENCE = 10.0
LETTERS = "letters"
OLD_OUTPUT = b"what an earlier run wrote\n"
PRIVATE = 0o600

TEXT = """\
Dear {{{{ first_name }}}},

Thank you for the talk about role number {n}. I respect your choice. Send me your notes on my work by day {n}, since I
want to get better.

Kind regards,
Sam Lee
"""
HTML = """\
<p>Dear {{{{ first_name }}}},</p>
<p>Thank you for the talk about role number {n}. I respect your choice.</p>
<p>Why was I turned down for the role?</p>
<p>Kind regards,<br>Sam Lee</p>
"""
MAIL = "To: {{{{ email }}}}\nSubject: Feedback on role number {n}\nContent-Type: text/plain\n\n" + TEXT
FORMS = {".txt": TEXT, ".md": TEXT, ".html": HTML, ".eml": MAIL, ".txt.j2": TEXT}

# Python runs this at its start, in the workers too: files, syncing and transactions take their time.
SLOW_DISK = """\
import builtins, io, os, sqlite3, time

opened, synced, connected = io.open, os.fsync, sqlite3.connect

def slow_open(file, mode="r", *args, **options):
    handle = opened(file, mode, *args, **options)
    if "w" in mode:
        time.sleep(0.15)
    return handle

def slow_fsync(descriptor):
    time.sleep(0.15)
    synced(descriptor)

def slow_connect(*args, **options):
    connection = connected(*args, **options)
    connection.set_progress_handler(lambda: time.sleep(0.005), 20)
    return connection

builtins.open = io.open = slow_open
os.fsync, sqlite3.connect = slow_fsync, slow_connect
"""


@dataclass(frozen=True)
class Variant:
    """A command, and the files that it writes beside the templates."""

    name: str
    args: tuple[str, ...]
    outputs: tuple[str, ...]


VARIANTS = (
    Variant("fix", ("check", "--fix", "--format", "json", "--output", "report.json"), ("report.json",)),
    Variant("check", ("check", "--format", "json", "--output", "report.json"), ("report.json",)),
    Variant("baseline", ("baseline", "--output", "known.json"), ("known.json",)),
    Variant(
        "sarif",
        ("check", "--format", "sarif=report.sarif", "--format", "junit=junit.xml"),
        ("report.sarif", "junit.xml"),
    ),
)


@dataclass(frozen=True)
class Whole:
    """What comes of a variant that nobody kills."""

    seconds: float
    templates: Mapping[str, bytes]
    outputs: Mapping[str, bytes]


@dataclass(frozen=True)
class Killed:
    """What a kill left behind. `lasted` is how long the last process went on, in seconds."""

    variant: str
    is_late: bool
    mended: int
    outputs: int
    hidden: int
    lasted: float
    breaches: tuple[str, ...]


def templates(number: int) -> dict[str, bytes]:
    """Small templates of several formats, each with something to mend, by name."""
    forms = islice(cycle(FORMS.items()), number)
    return {f"letter-{n:03}{suffix}": form.format(n=n).encode() for n, (suffix, form) in enumerate(forms)}


class Ground:
    """A folder in which runs are killed, one after the other, each from the same beginning."""

    def __init__(self, folder: Path, number: int, options: tuple[str, ...] = ()) -> None:
        """`number` templates are checked, with these `options`."""
        self._place = folder / "place"
        self._cache = folder / "cache"
        self._first_cache = folder / "first-cache"
        self._slow = folder / "slow"
        self._slow.mkdir()
        self._slow.joinpath("sitecustomize.py").write_text(SLOW_DISK, encoding="utf-8")
        self._options = options
        self._templates = templates(number)
        self._whole: dict[str, Whole] = {}
        # What is reported of a template, by its name and what it holds.
        self._told: dict[tuple[str, bytes], Any] = {}
        self._begin_cache()
        self._learn()

    def _begin_cache(self) -> None:
        """A cache that knows half of the templates, with which most runs begin."""
        self._lay_out(dict(list(self._templates.items())[::2]))
        self._run("check", "--format", "json")
        self._cache.rename(self._first_cache)

    def whole(self, variant: Variant) -> Whole:
        """Run a variant and let it end."""
        if variant.name not in self._whole:
            self._lay_out(self._templates, variant.outputs)
            began = time.monotonic()
            with self._started(variant) as process:
                _, err = process.communicate()
            seconds = time.monotonic() - began
            if process.returncode not in (0, 1):
                raise RuntimeError(f"{variant.name} fails even when it is left alone: {err}")
            outputs = {name: self._place.joinpath(name).read_bytes() for name in variant.outputs}
            for name, data in outputs.items():
                (ElementTree.fromstring if name.endswith(".xml") else json.loads)(data)
            self._whole[variant.name] = Whole(seconds, dict(self._letters()), outputs)
        return self._whole[variant.name]

    def kill(self, variant: Variant, chance: random.Random, *, spares_workers: bool) -> Killed:
        """Start a variant, kill it at a random moment, and look at what is left."""
        whole = self.whole(variant)
        self._lay_out(self._templates, variant.outputs)
        if chance.random() < 0.2:
            shutil.rmtree(self._cache)
        moment = whole.seconds * chance.random() ** 0.5  # more often late, when files are written
        with self._started(variant) as process:
            time.sleep(moment)
            began = time.monotonic()
            (os.kill if spares_workers else os.killpg)(process.pid, signal.SIGKILL)
            breaches = list(_ended(process))
            is_late = process.returncode != -signal.SIGKILL
            lasted = time.monotonic() - began
        mended = [name for name, data in self._letters() if self._templates.get(name) != data]
        new = [name for name in variant.outputs if self._place.joinpath(name).read_bytes() != OLD_OUTPUT]
        hidden = [path for path in self._place.rglob(".*") if path.is_file()]
        breaches += self._half_done(whole, mended, new)
        breaches += self._strays(hidden)
        breaches += self._cache_breaches()
        when = f"{variant.name}, killed after {moment:.3f} s{', workers spared' * spares_workers}: "
        return Killed(
            variant.name, is_late, len(mended), len(new), len(hidden), lasted, tuple(when + b for b in breaches)
        )

    def _lay_out(self, letters: Mapping[str, bytes], outputs: tuple[str, ...] = ()) -> None:
        """The folder and the cache as they are before a run."""
        for folder, beginning in ((self._place, None), (self._cache, self._first_cache)):
            shutil.rmtree(folder, ignore_errors=True)
            if beginning and beginning.exists():
                shutil.copytree(beginning, folder)
        self._place.joinpath(LETTERS).mkdir(parents=True)
        for name, data in letters.items():
            path = self._place / LETTERS / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            path.chmod(PRIVATE)
        for name in outputs:
            self._place.joinpath(name).write_bytes(OLD_OUTPUT)

    def _letters(self) -> Iterator[tuple[str, bytes]]:
        """What lies in the folder of the templates, but for hidden files."""
        for path in sorted(self._place.joinpath(LETTERS).iterdir()):
            if not path.name.startswith("."):
                yield path.name, path.read_bytes()

    def _started(self, variant: Variant) -> subprocess.Popen[str]:
        search = os.pathsep.join(filter(None, (str(self._slow), os.environ.get("PYTHONPATH"))))
        return subprocess.Popen(
            [*self._command(*variant.args), "--jobs", "2", LETTERS],
            cwd=self._place,
            env={**self._environment(), "PYTHONPATH": search},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def _run(self, *args: str) -> subprocess.CompletedProcess[str]:
        """A run as anybody would start it."""
        command = [*self._command(*args), LETTERS]
        return subprocess.run(
            command, cwd=self._place, env=self._environment(), capture_output=True, text=True, check=False
        )

    def _command(self, *args: str) -> list[str]:
        return [sys.executable, "-m", "feedback_lint", *args, *self._options]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "XDG_CACHE_HOME": str(self._cache)}

    def _learn(self) -> None:
        """What a run without a cache reports of the templates, old and mended."""
        states = {"old": self._templates, "mended": self.whole(VARIANTS[0]).templates}
        self._lay_out({f"{state}/{name}": data for state, letters in states.items() for name, data in letters.items()})
        found = json.loads(self._run("check", "--format", "json", "--no-cache").stdout)
        for state, letters in states.items():
            self._told.update({(name, data): _told_of(found, f"{state}/{name}") for name, data in letters.items()})

    def _half_done(self, whole: Whole, mended: list[str], new: list[str]) -> Iterator[str]:
        letters = dict(self._letters())
        for name in sorted({*mended, *self._templates.keys() - letters.keys()}):
            if letters.get(name) != whole.templates.get(name):
                yield f"{name} is neither the old template nor the mended one"
        for name in new:
            if self._place.joinpath(name).read_bytes() != whole.outputs[name]:
                yield f"{name} is neither the old one nor complete"

    def _strays(self, hidden: list[Path]) -> Iterator[str]:
        found = {str(path.relative_to(self._place)) for path in find_drafts([self._place]).files}
        for stray in sorted(found - {f"{LETTERS}/{name}" for name in self._templates}):
            yield f"{stray} is left over and is taken for a draft"
        for path in hidden:
            if path.parent.name == LETTERS and path.stat().st_mode & 0o777 & ~PRIVATE:
                yield f"{path.name} is left over, and more people can read it than the template"

    def _cache_breaches(self) -> Iterator[str]:
        for path in self._cache.rglob("*.sqlite3"):
            with closing(sqlite3.connect(path)) as file:
                told = file.execute("PRAGMA integrity_check").fetchone()[0]
            if told != "ok":
                yield f"the cache is damaged: {told}"
        letters = [(name, data) for name, data in self._letters() if (name, data) in self._told]
        run = self._run("check", "--format", "json")
        if run.returncode not in (0, 1) or run.stderr:
            yield f"the next run ends with status {run.returncode}: {run.stderr}"
            return
        found = json.loads(run.stdout)
        for name, data in letters:
            if _told_of(found, name) != self._told[name, data]:
                yield f"the next run does not report of {name} what a run without a cache does"


def _told_of(found: Any, name: str) -> Any:
    """What a JSON report tells of a template, without its name."""
    path = f"{LETTERS}/{name}"
    return [[{**entry, "path": ""} for entry in found[k] if entry["path"] == path] for k in ("files", "diagnostics")]


def _ended(process: subprocess.Popen[str]) -> Iterator[str]:
    """Wait until the last process that can write to our pipes has ended; what is wrong with its end."""
    try:
        _, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        yield f"a process is still there after {PATIENCE:.0f} s"
        os.killpg(process.pid, signal.SIGKILL)
        _, err = process.communicate()
    if "Traceback" in err and re.search(r'File ".*feedback_lint', err):
        yield f"a traceback, which ends in “{err.strip().splitlines()[-1]}”"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--templates", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - the same moments each time
    done: list[Killed] = []
    with tempfile.TemporaryDirectory(prefix="kill-") as folder:
        ground = Ground(Path(folder), options.templates)
        for number, variant in enumerate(islice(cycle(VARIANTS), options.kills)):
            done.append(ground.kill(variant, chance, spares_workers=number // len(VARIANTS) % 2 == 1))
        seconds = {variant.name: ground.whole(variant).seconds for variant in VARIANTS}
    columns = ("kills", "too late", "part mended", "new reports", "left hidden", "ended in", "breaches")
    print(f"{'variant':10} {'takes':>7} " + " ".join(f"{name:>11}" for name in columns))
    for name, takes in seconds.items():
        ours = [killed for killed in done if killed.variant == name]
        cells = (
            len(ours),
            sum(killed.is_late for killed in ours),
            sum(0 < killed.mended < options.templates for killed in ours),
            sum(killed.outputs for killed in ours),
            sum(killed.hidden for killed in ours),
            f"{max((killed.lasted for killed in ours), default=0.0):.2f} s",
            sum(len(killed.breaches) for killed in ours),
        )
        print(f"{name:10} {takes:5.2f} s " + " ".join(f"{cell:>11}" for cell in cells))
    breaches = [breach for killed in done for breach in killed.breaches]
    for breach in breaches:
        print(breach, file=sys.stderr)
    sys.exit(bool(breaches))


if __name__ == "__main__":
    main()
