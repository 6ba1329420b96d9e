"""Inline OpenPGP (RFC 9580, sections 6 and 7): the armour around a signed text is no part of it."""

from __future__ import annotations

import re

from feedback_lint.document import Projection
from feedback_lint.readers.joining import rewritten

_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_END = r"[ \t]*+(?:\r\n|\n|\r|\Z)"
_ARMOUR = re.compile(
    # The head of a signed text with its lines "Hash: …", up to the blank line.
    rf"^-----BEGIN PGP SIGNED MESSAGE-----{_END}(?>(?:[A-Za-z]+: [^\r\n]*(?:\r\n|\n|\r))*)(?:{_END})?"
    # A signature, or all else that is armoured.
    r"|^-----BEGIN PGP [A-Z ]{1,40}-----(?>(?:[^-]|-(?!----END PGP ))*)(?:-----END PGP [A-Z ]{1,40}-----)?"
    # A line that begins with a dash is escaped.
    r"|^- (?=-)",
    re.MULTILINE,
)


def render(text: str) -> Projection:
    """The text without armour; text that is not signed inline is given whole."""
    if _SIGNED not in text:
        return Projection.whole(text)
    return rewritten(text, _ARMOUR, lambda _: "")
