from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from feedback_lint import pool
from feedback_lint.job import Bench, FatalError, Job, Mending, Outcome, done
from feedback_lint.pool import Runner
from feedback_lint.result_cache import ResultCache
from feedback_lint.settings import Settings

BAD = "Dear Ms Osei,\n\nThank you for interview number {n}. Why was I turned down for the role?\n\nKind regards,\nAna\n"


def drafts(folder: Path, number: int) -> list[Path]:
    paths = [folder / f"letter-{n:03}.txt" for n in range(number)]
    for n, path in enumerate(paths):
        path.write_text(BAD.format(n=n), encoding="utf-8")
    return paths


def jobs(paths: Iterable[Path], **options: Any) -> list[Job]:
    return [
        Job(path, Bench(), Settings(select=frozenset({"why-not-hired"}), reader=False), **options) for path in paths
    ]


def carried_out(
    wanted: Sequence[Job], processes: int | None = 1, kept: ResultCache | None = None, stdin: bytes = b""
) -> list[Outcome]:
    return list(Runner(processes, kept, lambda: stdin).outcomes(wanted))


def test_outcomes_come_in_the_order_of_the_jobs_whatever_the_processes(tmp_path: Path) -> None:
    paths = drafts(tmp_path, 30)
    paths[7].write_text("Dear Ms Osei,\n\nThank you.\n", encoding="utf-8")
    paths[9].unlink()
    paths[11].write_bytes(b"PK\3\4\0\0")
    alone, together = (carried_out(jobs(paths), processes) for processes in (1, 3))
    assert [outcome.path for outcome in alone] == paths
    assert [[r.diagnostics for r in o.reports] for o in alone] == [[r.diagnostics for r in o.reports] for o in together]
    assert [str(o.error) for o in alone] == [str(o.error) for o in together]
    assert str(alone[9].error) == "This file cannot be read: No such file or directory."
    assert str(alone[11].error).startswith("This is not a draft: ")


def test_few_drafts_are_checked_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_processors", lambda: 4)
    monkeypatch.setattr(pool, "Workers", lambda _: pytest.fail("a process was started"))
    assert len(carried_out(jobs(drafts(tmp_path, 3)), None)) == 3


def test_what_is_kept_is_not_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = drafts(tmp_path, 3)
    first = carried_out(jobs(paths), kept=ResultCache(tmp_path / "cache"))
    paths[1].write_text(BAD.format(n="one"), encoding="utf-8")
    checked: list[Path] = []

    def noted(job: Job, data: bytes) -> Outcome:
        checked.append(job.path)
        return done(job, data)

    monkeypatch.setattr("feedback_lint.workers.done", noted)
    again = carried_out(jobs(paths), kept=ResultCache(tmp_path / "cache"))
    assert checked == [paths[1]]
    assert [o.reports for o in again[::2]] == [o.reports for o in first[::2]]


def test_a_kept_report_does_not_stand_in_for_mending(tmp_path: Path) -> None:
    paths = drafts(tmp_path, 1)
    cache = ResultCache(tmp_path / "cache")
    carried_out(jobs(paths), kept=cache)
    (shown,) = carried_out(jobs(paths, mending=Mending.SHOW), kept=ResultCache(tmp_path / "cache"))
    assert b"could I do" in shown.fixed


def test_standard_input_is_read_when_its_turn_comes(tmp_path: Path) -> None:
    (outcome,) = carried_out(jobs([Path("<stdin>")], is_stdin=True), stdin=BAD.encode())
    assert [d.path for d in outcome.reports[0].diagnostics] == ["<stdin>"]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_missing_model_ends_the_run(tmp_path: Path, processes: int) -> None:
    (path,) = drafts(tmp_path, 1)
    with pytest.raises(FatalError, match="en_no_such"):
        carried_out([Job(path, Bench(model="en_no_such"), Settings())], processes)


def _children(pid: int) -> list[int]:
    """The processes that a process started and that work on drafts (and not on keeping count of resources)."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            command = status.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid and b"resource_tracker" not in command:
            found.append(int(status.parent.name))
    return found


# So many drafts take seconds.
MANY = 3_000


@pytest.fixture
def running(tmp_path: Path) -> Iterable[subprocess.Popen[str]]:
    """A run over many drafts by two processes, both at work."""
    drafts(tmp_path, MANY)
    command = [sys.executable, "-m", "feedback_lint", "check", "--jobs", "2", "--no-cache", "--format", "concise", "."]
    # Where the tests run in the background, interrupts are ignored, and processes inherit that.
    heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    run = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heeding
    )
    assert run.stdout
    run.stdout.readline()
    yield run
    run.kill()
    run.communicate()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="tells the processes of a run by /proc")
def test_a_process_that_dies_is_reported_and_the_others_go_on(running: subprocess.Popen[str]) -> None:
    os.kill(_children(running.pid)[0], signal.SIGKILL)
    out, err = running.communicate(timeout=120)
    assert running.returncode == 2
    errors = err.splitlines()
    assert errors
    assert all("The process that checked this file came to its end (signal 9)" in line for line in errors)
    assert len({line.split(":")[0] for line in out.splitlines()}) + len(errors) >= MANY - 1


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="tells the processes of a run by /proc")
def test_an_interrupt_ends_all_processes_at_once(running: subprocess.Popen[str]) -> None:
    children = _children(running.pid)
    assert len(children) == 2
    start = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert time.monotonic() - start < 5
    assert not any(Path(f"/proc/{child}").exists() for child in children)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="tells the processes of a run by /proc")
def test_processes_whose_parent_is_killed_end_without_a_traceback(running: subprocess.Popen[str]) -> None:
    assert len(_children(running.pid)) == 2
    running.kill()
    _, err = running.communicate(timeout=10)  # until the last of them has closed its standard error
    assert err == ""
