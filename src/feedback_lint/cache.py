"""What is kept between runs: compiled rules, in the user's cache folder. No words of any mail are.

Entries are named by the content that they were made from, so an old one is never wrong; it is only not found again.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

_KEPT = 8


def folder() -> Path:
    """Where entries are kept."""
    return user_cache_path("feedback-lint", appauthor=False)


def key(parts: Iterable[bytes]) -> str:
    """A name for what is made from these bytes by this version of Python."""
    digest = hashlib.sha256(sys.version.encode())
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:32]


def load(kind: str, name: str) -> Any | None:
    """The entry of that kind and name, or None where there is none that can be read."""
    collecting = gc.isenabled()
    gc.disable()  # an entry is all new objects: collecting in between triples the time
    try:
        data = (folder() / f"{kind}-{name}.pickle").read_bytes()
        return pickle.loads(data)  # noqa: S301 (our own file, in the user's own folder)
    except Exception:  # a missing, cut or foreign file: pickle can raise anything
        return None
    finally:
        if collecting:
            gc.enable()


def store(kind: str, name: str, value: object) -> None:
    """Keep an entry, written whole or not at all; drop the oldest of its kind. A folder that is not to be had is no
    error: the entry is made again next time.
    """
    with contextlib.suppress(OSError):
        where = folder()
        where.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=where, prefix=f".{kind}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
            Path(temporary).replace(where / f"{kind}-{name}.pickle")
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        entries = sorted(where.glob(f"{kind}-*.pickle"), key=lambda p: p.stat().st_mtime)
        for old in entries[:-_KEPT]:
            old.unlink(missing_ok=True)
