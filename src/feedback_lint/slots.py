"""Texts with slots in rule files, filled with what is known of a mail.

    What could I do better[ at {company}]?        with the company if it is known
    [for another {job} role|for a similar role]   the first alternative of which every slot can be filled

A text with a slot outside brackets that cannot be filled is of no use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

# What rule files may name: facts of the mail (`facts`), and what is kept of the sentence at hand (`remainder`).
FACTS: Final = frozenset({"job", "company", "recipient", "sender"})
OF_SENTENCE: Final = frozenset({"kept", "request"})
# The number that a rule reports when it is passed, in its message.
THRESHOLD: Final = "threshold"

_GROUP = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]*)\}")


def slots(text: str) -> frozenset[str]:
    """The names of the slots in a text."""
    return frozenset(_SLOT.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str | None:
    """The text with its slots filled; `None` where one outside brackets has no value."""
    chosen = _GROUP.sub(lambda group: _alternative(group[1], values), text)
    if not slots(chosen) <= values.keys():
        return None
    return _SLOT.sub(lambda slot: values[slot[1]], chosen)


def plain(text: str) -> str:
    """The text where nothing is known; empty where it is of no use then."""
    return filled(text, {}) or ""


def _alternative(group: str, values: Mapping[str, str]) -> str:
    return next((a for a in group.split("|") if slots(a) <= values.keys()), "")
