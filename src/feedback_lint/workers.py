"""Processes that carry out jobs. Each has a pipe of its own, so that one that dies holds up no other.

(The pools of the standard library and of pebble share a queue: a process that is killed while it holds the queue's lock
leaves the others waiting for ever.)
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from feedback_lint.input import InputError
from feedback_lint.job import FatalError, Job, Outcome, done

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
    task: Task | None = None


class Workers:
    """A number of processes, and the tasks that wait for one of them."""

    def __init__(self, number: int) -> None:
        self._workers = [_started() for _ in range(number)]
        self._waiting: deque[Task] = deque()

    def add(self, task: Task) -> None:
        """Let a process carry out a task as soon as one is free."""
        self._waiting.append(task)
        self._give()

    def finish(self, task: Task) -> None:
        """Wait for a task that was added."""
        while task.outcome is None:
            busy = {worker.connection: worker for worker in self._workers if worker.task}
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
            if not worker.task and self._waiting:
                task = worker.task = self._waiting.popleft()
                try:
                    worker.connection.send((task.job, task.data))
                except OSError:  # it died while it had nothing to do
                    worker.task = None
                    self._waiting.appendleft(task)
                    self._workers[n] = _started()

    def _take(self, worker: _Worker) -> None:
        """What a process has to say, or that it is no more."""
        task, worker.task = worker.task, None
        if task is None:
            return
        try:
            task.outcome = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(_PATIENCE)
            task.outcome = _lost(task.job, worker.process.exitcode)
            worker.connection.close()
            self._workers[self._workers.index(worker)] = _started()


def _started() -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(connection: Connection) -> None:
    """Carry out jobs until there are no more, or nobody who wants them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one ends it
    while True:
        try:
            job, data = connection.recv()
        except (EOFError, OSError):  # OSError where what was sent the other way was never read
            return
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
