"""HTML cut into text and tags, each with its place, as browsers cut it (WHATWG HTML, section 13.2.5).

The standard library's HTMLParser is no help here: it gives no end of a piece, it raises for `<![x`, its time grows with
the square of the length of `<a <a <a …`, and what it takes for text differs between the Python versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from html import unescape
from html.entities import html5

from feedback_lint.text import Span

# Only the oldest names are known without a semicolon, then also with letters right behind them.
_BARE_NAMES = "|".join(sorted((name for name in html5 if not name.endswith(";")), key=len, reverse=True))
REFERENCE = re.compile(
    rf"&(?:\#[0-9]{{1,20}}+;?|\#[xX][0-9a-fA-F]{{1,20}}+;?|[a-zA-Z][a-zA-Z0-9]{{1,30}};|{_BARE_NAMES})"
)

# A template's own expression, which may hold "<" and ">": ERB and Mail Merge. It ends before the next one begins, so
# that a text full of unclosed ones takes linear time.
_EXPRESSION = r"<%(?>(?:[^%<]++|%(?!>)|<(?!%))*)%>|<<\s*+[a-zA-Z][^<>\r\n]{0,60}>>"
_MARKUP = re.compile(
    rf"""
      (?P<expression>{_EXPRESSION})
    | (?P<comment><!--(?:-?>|.*?--!?>|.*))
    | (?P<bogus>(?:<[!?]|</(?![a-zA-Z]))(?:[^>]*+>|.*))
    | <(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)
      (?P<attributes>(?>(?:[^>"'=<]++|=\s*+(?:"[^"]*+"|'[^']*+')|{_EXPRESSION}|["'=<])*))
      (?P<end>>?)
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?""")
# Elements whose content is no markup.
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp")
}


class Kind(Enum):
    """What a piece of HTML is.

    `EXPRESSION` is a template's: text that is taken as it stands. `RAW` is what stands in a style, a script …
    """

    TEXT = "text"
    EXPRESSION = "expression"
    START = "start"
    END = "end"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of HTML. Tags have a name in small letters and start tags attributes; `RAW` has its element's name."""

    kind: Kind
    span: Span
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def pieces(text: str) -> Iterator[Piece]:
    """The text and the tags of an HTML text in order, without comments.

    A tag that never ends is text to the end, a comment that never ends is a comment to the end.
    """
    at = shown = 0
    while match := _MARKUP.search(text, at):
        at = match.end()
        if match["name"] and not match["end"]:
            break
        if shown < match.start():
            yield Piece(Kind.TEXT, Span(shown, match.start()))
        shown = at
        span = Span(match.start(), at)
        if match["expression"]:
            yield Piece(Kind.EXPRESSION, span)
        elif match["name"]:
            name = match["name"].lower()
            if match["slash"]:
                yield Piece(Kind.END, span, name)
                continue
            yield Piece(Kind.START, span, name, _attributes(match["attributes"]))
            if name in _RAW:
                close = _RAW[name].search(text, at)
                at = shown = close.start() if close else len(text)
                yield Piece(Kind.RAW, Span(span.end, at), name)
    if shown < len(text):
        yield Piece(Kind.TEXT, Span(shown, len(text)))


def _attributes(raw: str) -> dict[str, str]:
    """The attributes of a tag, names in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(raw):
        value = match[2] or ""
        quoted = value[:1] in ("'", '"') and len(value) > 1
        found.setdefault(match[1].lower(), _unescaped(value[1:-1] if quoted else value))
    return found


def _unescaped(value: str) -> str:
    """A value with its character references replaced (bounded ones: `unescape` raises for endless numbers)."""
    return REFERENCE.sub(lambda match: unescape(match[0]), value)
