from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from feedback_lint import process


@pytest.fixture(autouse=True)
def threshold() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_garbage_is_looked_for_more_often_while_somebody_types() -> None:
    process.begin()
    in_a_run = gc.get_threshold()[0]
    process.begin(somebody_types=True)
    assert 0 < gc.get_threshold()[0] < in_a_run


def _ended(code: str) -> subprocess.CompletedProcess[bytes]:
    program = f"import atexit, sys; from feedback_lint import process; {code}; process.leave(3)"
    return subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=False)


def test_what_was_written_is_there_and_nothing_else_is_done() -> None:
    done = _ended("atexit.register(print, 'too late'); print('in time', end='')")
    assert (done.returncode, done.stdout) == (3, b"in time")


@pytest.mark.parametrize("code", ["sys.stdout = None", "sys.stdout.close()"])
def test_a_stream_that_is_gone_is_no_error(code: str) -> None:
    assert _ended(code).returncode == 3
