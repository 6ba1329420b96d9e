"""From octets to characters, in every character set that Python knows, with the place of each character."""

from __future__ import annotations

import codecs
import re

from feedback_lint.document import Projection
from feedback_lint.readers.joining import joined, standing_for
from feedback_lint.text import ProjectionBuilder, Span

# What mail programs write, by Python's name of it: sets that hold the named one and are often meant by it. The first
# table is tried before the named set (its other characters are control codes), the second after it.
_MEANT = {"iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_WIDER = {
    "ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "iso2022_jp": "iso2022_jp_ext",
    "tis-620": "cp874",
}
_UNKNOWN_TO_PYTHON = {"windows-874": "cp874", "iso-8859-8-i": "iso8859-8", "iso-8859-6-i": "iso8859-6"}
# Codecs for other things than the text of mails.
_NOT_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
_LONGEST_NAME = 40
# Bytes that are not UTF-8 (as `surrogateescape` gives them) as Windows-1252 has them.
_STRAY = {0xDC00 + b: bytes([b]).decode("cp1252", "replace").replace("\ufffd", chr(b)) for b in range(0x80, 0x100)}
_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")


def mended(text: str) -> str:
    """A text decoded as UTF-8 with `surrogateescape`, its stray bytes read as Windows-1252; as long as before."""
    return text.translate(_STRAY)


def decoded(octets: str, charset: str) -> tuple[Projection, str]:
    """The characters of octets in a character set ("" where none is named), and a note where it was not to be read so.

    The best reading then is UTF-8, with bytes that are not UTF-8 read as Windows-1252.
    """
    data = octets.encode("latin-1")
    names = _names(charset or "us-ascii")
    for name in names:
        try:
            text = data.decode(name)
            text.encode()  # UTF-7 can hold halves of surrogate pairs, which are no characters
        except ValueError:
            continue
        return (_utf8(data, text) if name == "utf-8" else _mapped(octets, data, text, name)), ""
    text = data.decode("utf-8", "surrogateescape")
    used = "UTF-8" if text == mended(text) else "Windows-1252"
    return _utf8(data, text), _note(charset, known=bool(names), used=used)


def _names(charset: str) -> list[str]:
    """Python's names of the character sets to try, in order; none for an unknown one."""
    name = _python_name(charset)
    if not name:
        return []
    return [n for n in (_MEANT.get(name), name, _WIDER.get(name)) if n]


def _python_name(charset: str) -> str:
    key = charset.strip().lower()
    try:
        codec = codecs.lookup(_UNKNOWN_TO_PYTHON.get(key, key))
        "".encode(codec.name)
    except (LookupError, ValueError):  # also for a codec that gives no text, such as "hex"
        return ""
    return "" if codec.name in _NOT_CHARSETS else codec.name


def _note(charset: str, *, known: bool, used: str) -> str:
    name = charset if len(charset) <= _LONGEST_NAME else charset[:_LONGEST_NAME] + "…"
    if not charset:
        return f"The mail does not say in which character set it is written; it was read as {used}."
    if known:
        return f"The mail says that its text is written in {name}, but it is not; it was read as {used}."
    return (
        f"The mail says that its text is written in “{name}”, which is no known character set; it was read as {used}."
    )


def _utf8(data: bytes, text: str) -> Projection:
    """The map of UTF-8, of which `text` was decoded with `surrogateescape`."""
    builder = ProjectionBuilder(data.decode("latin-1"))
    at = 0
    for match in _RUN.finditer(text):
        end = at + len(match[0].encode("utf-8", "surrogateescape"))
        builder.replace(at, end, mended(match[0]))
        at = end
    return Projection(*builder.build())


def _mapped(octets: str, data: bytes, text: str, name: str) -> Projection:
    """The map of any other character set, of which `text` was decoded without an error."""
    table = [bytes([byte]).decode(name, "replace") for byte in range(0x100)]
    if len(text) == len(data) and "".join(table[byte] for byte in data) == text:
        builder = ProjectionBuilder(octets)
        builder.replace(0, len(text), text)
        return Projection(*builder.build())
    return _stepped(data, name)


def _stepped(data: bytes, name: str) -> Projection:
    """Decode byte by byte: characters stand for the bytes since the ones before, without those that switch modes."""
    decoder = codecs.getincrementaldecoder(name)()
    pieces: list[Projection] = []
    start = 0
    for at in range(len(data) + 1):
        end = min(at + 1, len(data))
        text = decoder.decode(data[at:end], final=at == len(data))
        pieces += [standing_for(Span(start, end), character) for character in text]
        if text or not decoder.getstate()[0]:
            start = end
    return joined(pieces)
