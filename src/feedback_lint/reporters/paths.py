"""Names of files as programs want them that look for the file in a repository."""

from __future__ import annotations

import os
from pathlib import Path

from feedback_lint.reporters import shown


def below_here(path: str) -> str | None:
    """The way to a file from the working directory, with `/` between folders; `None` where it lies elsewhere."""
    here, file = Path.cwd(), Path(os.path.abspath(path))
    return file.relative_to(here).as_posix() if file.is_relative_to(here) else None


def in_repository(path: str) -> str:
    r"""The same as valid Unicode, as in `shown`, and for a file that lies elsewhere its absolute path."""
    return shown(below_here(path) or Path(os.path.abspath(path)).as_posix())
