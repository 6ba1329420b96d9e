"""How a process of the program begins and ends."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

# So many objects more before the garbage collector looks: a draft makes thousands, and what is of use to the next ones
# would be looked through again and again.
_GC_THRESHOLD = 1_000_000


def begin() -> None:
    """Set a process up, before the first draft."""
    gc.set_threshold(_GC_THRESHOLD)


def leave(status: int) -> NoReturn:
    """End the process at once: taking models and parses apart, object by object, would take up to a second."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # nobody reads it any more, or it is closed
                stream.flush()
    os._exit(status)
