"""How a process of the program begins and ends."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

# So many objects more before the garbage collector looks. A draft makes thousands, and those of use to the next drafts
# would be looked through again and again; but where somebody types, a pause must be short.
_IN_A_RUN, _WHILE_TYPING = 500_000, 100_000
# At every second look it looks at what was in use at the one before, too, and so on: parses are forgotten soon, but not
# at once.
_OLDER = 1


def begin(*, somebody_types: bool = False) -> None:
    """Set a process up, before the first draft."""
    gc.set_threshold(_WHILE_TYPING if somebody_types else _IN_A_RUN, _OLDER, _OLDER)


def leave(status: int) -> NoReturn:
    """End the process at once: taking models and parses apart, object by object, would take up to a second."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # nobody reads it any more, or it is closed
                stream.flush()
    os._exit(status)
