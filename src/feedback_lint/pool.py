"""Many jobs carried out in order: from the cache, in this process, or by several."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from feedback_lint.input import InputError, content
from feedback_lint.job import Bench, Job, Mending, Outcome, read_ahead
from feedback_lint.result_cache import ResultCache, judged_by, name_of, reports_of
from feedback_lint.workers import TOGETHER, Task, Workers

# From so many drafts on a second process, which must load the models too, saves time.
PAYS = 40
# So many files are looked up before the first of them is done, and so many are waiting for each process.
_AHEAD, _AT_ONCE = 1_000, 2 * TOGETHER


@dataclass
class _Step:
    """A job on its way: a task, and the name of what comes of it in the cache; or what is known without work."""

    way: Task | Callable[[], Outcome]
    name: bytes = b""

    @property
    def task(self) -> Task | None:
        """The work that there is."""
        return self.way if isinstance(self.way, Task) else None


class Runner:
    """Carries out jobs."""

    def __init__(self, processes: int | None, kept: ResultCache | None, stdin: Callable[[], bytes]) -> None:
        """Without a number of `processes`, there are as many as pay; `kept` is where reports are kept between runs."""
        self._most = processes or _processors()
        self._pays = PAYS if processes is None else 1
        self._kept = kept
        self._stdin = stdin
        self._waiting: deque[_Step] = deque()
        self._work = self._parsed = 0
        self._workers: Workers | None = None
        # Settings by identity: those of many jobs are the same object, and comparing takes longer.
        self._judged_by: dict[tuple[int, Bench], bytes] = {}

    def outcomes(self, jobs: Iterable[Job]) -> Generator[Outcome, None, None]:
        """What comes of each job, in order. Raises FatalError.

        A file that ends the process that works on it is reported like one that cannot be read.
        """
        steps = map(self._looked_up, jobs)
        try:
            while True:
                self._look_ahead(steps)
                if not self._waiting:
                    break
                yield self._finished(self._waiting.popleft())
        finally:
            if self._workers is not None:
                self._workers.stop()
            if self._kept is not None:
                self._kept.close()

    def _looked_up(self, job: Job) -> _Step:
        """A job with what its file holds, and what is kept of that."""
        try:
            data = self._stdin() if job.is_stdin else content(job.path)
        except InputError as error:
            outcome = Outcome(job.path, error=error)
            return _Step(lambda: outcome)
        if self._kept is None or job.mending is not Mending.LEAVE:
            return _Step(Task(job, data))
        which = id(job.settings), job.bench
        if which not in self._judged_by:
            self._judged_by[which] = judged_by(job.settings, job.bench.identity)
        name = name_of(data, str(job.path), self._judged_by[which])
        kept = self._kept.get(name)
        if kept is None:
            return _Step(Task(job, data), name)
        return _Step(lambda: Outcome(job.path, reports_of(kept, data, str(job.path))))

    def _look_ahead(self, steps: Iterator[_Step]) -> None:
        """Take up jobs as long as it is not clear whether more processes pay, and when they do, keep all busy."""
        most = self._most * _AT_ONCE if self._workers else max(self._pays, TOGETHER)
        new: list[Task] = []
        while self._work < most and len(self._waiting) < _AHEAD and (step := next(steps, None)):
            self._waiting.append(step)
            if step.task:
                self._work += 1
                new.append(step.task)
        if self._workers is None and self._most > 1 and self._work >= self._pays:
            self._workers = Workers(self._most)
            new = [step.task for step in self._waiting if step.task]
        if self._workers:
            self._workers.add(new)

    def _finished(self, step: _Step) -> Outcome:
        if not isinstance(step.way, Task):
            return step.way()
        self._work -= 1
        if self._workers:
            self._workers.finish(step.way)
        else:
            self._read_ahead(step.way)
        outcome = step.way.result()
        if self._kept is not None and outcome.kept is not None:
            self._kept.put(step.name, outcome.kept)
        return outcome

    def _read_ahead(self, task: Task) -> None:
        """Parse what a task and the next ones need, where that was not done with one before."""
        if self._parsed:
            self._parsed -= 1
            return
        tasks = [task, *islice((step.task for step in self._waiting if step.task), TOGETHER - 1)]
        if len(tasks) > 1:
            read_ahead((task.job, task.data) for task in tasks)
        self._parsed = len(tasks) - 1


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
