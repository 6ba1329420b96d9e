"""A rule such as people write for themselves."""

from __future__ import annotations

OWN_RULE = """\
id: no-synergy
severity: suggestion
summary: Says “synergy”.
message: "“{match}” is a hollow word"
help: Say what you mean.
why: It tells the reader nothing.
sources: [our own]
expect: {max: 0}
match:
  - phrase: [synergy]
examples:
  - bad: I bring [|synergy|].
  - good: I bring cake.
"""
