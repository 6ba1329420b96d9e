"""Data of a structured file: mappings and lists, and strings with their places. What is no string is `None`."""

from __future__ import annotations

from feedback_lint.document import Projection

Tree = dict[str, "Tree"] | list["Tree"] | Projection | None
