"""Processes that carry out jobs. Each has a pipe of its own, so that one that dies holds up no other.

(The pools of the standard library and of pebble share a queue: a process that is killed while it holds the queue's lock
leaves the others waiting for ever.)
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from feedback_lint.input import InputError
from feedback_lint.job import FatalError, Job, Outcome, done, read_ahead
from feedback_lint.process import begin

# So many jobs a process takes at a time: what they say is parsed together, which saves a fifth of the time.
TOGETHER = 16
# So long a process that came to its end may take to say how, in seconds.
_PATIENCE = 5.0


@dataclass(eq=False)
class Task:
    """A job, what its file holds, and at last what came of it."""

    job: Job
    data: bytes = field(default=b"", repr=False)
    outcome: Outcome | FatalError | None = None

    def result(self) -> Outcome:
        """What came of the job. Raises FatalError."""
        if self.outcome is None:
            self.outcome = done(self.job, self.data)
        if isinstance(self.outcome, FatalError):
            raise self.outcome
        return self.outcome


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    tasks: deque[Task] = field(default_factory=deque)


class Workers:
    """A number of processes, and the tasks that wait for one of them."""

    def __init__(self, number: int) -> None:
        self._workers = [_started() for _ in range(number)]
        self._waiting: deque[Task] = deque()

    def add(self, tasks: Sequence[Task]) -> None:
        """Let processes carry out tasks as soon as they are free."""
        self._waiting += tasks
        self._give()

    def finish(self, task: Task) -> None:
        """Wait for a task that was added."""
        while task.outcome is None:
            busy = {worker.connection: worker for worker in self._workers if worker.tasks}
            for connection in wait(list(busy)):
                self._take(busy[connection])  # type: ignore[index]
            self._give()

    def stop(self) -> None:
        """End all processes, whatever they are at."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()

    def _give(self) -> None:
        for n, worker in enumerate(self._workers):
            if not worker.tasks and self._waiting:
                fair = -(-len(self._waiting) // len(self._workers))
                worker.tasks.extend(self._waiting.popleft() for _ in range(min(fair, TOGETHER)))
                try:
                    worker.connection.send([(task.job, task.data) for task in worker.tasks])
                except OSError:  # it died while it had nothing to do
                    self._replace(n)

    def _take(self, worker: _Worker) -> None:
        """What a process has to say of its first task, or that it is no more."""
        task = worker.tasks.popleft()
        try:
            task.outcome = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(_PATIENCE)
            task.outcome = _lost(task.job, worker.process.exitcode)
            self._replace(self._workers.index(worker))

    def _replace(self, number: int) -> None:
        """Start another process in place of one that is no more; its tasks are the next to be given."""
        worker = self._workers[number]
        worker.connection.close()
        self._waiting.extendleft(reversed(worker.tasks))
        self._workers[number] = _started()


def _started() -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(connection: Connection) -> None:
    """Carry out jobs until there are no more, or nobody who wants them."""
    begin()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    while True:
        try:
            given = connection.recv()
        except (EOFError, OSError):  # OSError where what was sent the other way was never read
            return
        read_ahead(given)
        for job, data in given:
            try:
                outcome: Outcome | FatalError = done(job, data)
            except FatalError as error:
                outcome = error
            try:
                connection.send(outcome)
            except OSError:
                return


def _lost(job: Job, status: int | None) -> Outcome:
    how = f"signal {-status}" if status and status < 0 else f"status {status}"
    message = f"The process that checked this file came to its end ({how}). Please report it."
    return Outcome(job.path, error=InputError(str(job.path), message))
