"""Content transfer encodings (RFC 2045, section 6), undone with the place of each byte.

Bytes are held as text of the code points U+0000 to U+00FF ("octets"), so that maps of offsets compose.
"""

from __future__ import annotations

import re
from base64 import b64decode

from feedback_lint.document import Projection
from feedback_lint.readers.joining import rewritten
from feedback_lint.text import ProjectionBuilder

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# An encoded byte; a soft line break; white space at the end of a line.
_QUOTED = re.compile(
    r"=(?P<byte>[0-9A-Fa-f]{2})|=[ \t]*+(?:\r\n|\n|\r|\Z)|(?<![ \t])[ \t]++(?=[\r\n]|\Z)",
)
_BASE64 = re.compile(r"[A-Za-z0-9+/]+")
_PADDING = re.compile(r"[=\s]*")


def octets(text: str) -> Projection:
    """The bytes of a text that was decoded as UTF-8 with `surrogateescape`."""
    return rewritten(text, _NOT_ASCII, lambda match: match[0].encode("utf-8", "surrogateescape").decode("latin-1"))


def quoted_printable(encoded: str) -> Projection:
    """The octets that were encoded as quoted-printable. Broken escapes are kept as they are."""
    return rewritten(encoded, _QUOTED, lambda match: chr(int(match["byte"], 16)) if match["byte"] else "")


def base64(encoded: str) -> tuple[Projection, bool]:
    """The octets that were encoded as base64, and whether it was sound.

    Byte i stands for the digits floor(8i/6) to ceil(8(i+1)/6). Line ends and signs that are no digits are skipped; the
    data ends at the first padding.
    """
    end = encoded.find("=") if "=" in encoded else len(encoded)
    runs = list(_BASE64.finditer(encoded, 0, end))
    places = [n for run in runs for n in range(run.start(), run.end())]
    usable = len(places) - (len(places) % 4 == 1)
    digits = "".join(run[0] for run in runs)[:usable]
    builder = ProjectionBuilder(encoded)
    for n, byte in enumerate(b64decode(digits + "=" * (-usable % 4))):
        builder.replace(places[n * 4 // 3], places[-(-(n + 1) * 4 // 3) - 1] + 1, chr(byte))
    stray = _BASE64.sub("", encoded[:end]).strip() or _PADDING.sub("", encoded[end:])
    return Projection(*builder.build()), not stray and usable == len(places)
