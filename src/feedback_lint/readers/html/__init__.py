"""HTML as a mail program would show it in plain text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from html import unescape

from feedback_lint.document import Projection, Reading, Source
from feedback_lint.readers import plain
from feedback_lint.readers.headers import commented_rules
from feedback_lint.readers.html import elements
from feedback_lint.readers.html.elements import Break
from feedback_lint.readers.html.tags import REFERENCE, Kind, Piece, pieces
from feedback_lint.text import ProjectionBuilder, Span
from feedback_lint.text import decode as decode_text

_OLD_MAIL = "-----Original Message-----"
_SIGNATURE = "-- "
_RULE = "_____"
# What a run of text consists of beside characters that are shown as they stand. Signs that nobody sees stay unseen.
_PARTS = re.compile(
    rf"(?P<space>[ \t\f]+)|(?P<end>\r\n|\n|\r)|(?P<reference>{REFERENCE.pattern})|"
    r"(?P<unseen>[\u00ad\u034f\u200b\u2060\ufeff]+)"
)
_SPACE = frozenset(" \t\n\f\r")
_UNSEEN = frozenset("\u00ad\u034f\u200b\u2060\ufeff")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# A page that names its character set does so in its first bytes (WHATWG HTML, section 4.2.5.4).
_HEAD = 1024
# What browsers read as Windows-1252.
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252"})
# Marks of more quotes in one another would make each line longer and say no more.
_DEEPEST_QUOTE = 9


def read(source: Source, text: Projection) -> Reading:
    """Show the HTML as text; "Subject: …" in its first lines is read as in plain text. The title is none."""
    reading = plain.read(source, render(text.text).within(text))
    return replace(reading, ignored=reading.ignored | commented_rules(text.text))


def decode(data: bytes) -> tuple[str, str]:
    """Decode a page as `text.decode` does, but by the character set in its `<meta>` where it is not UTF-8.

    Raises BinaryFileError when the bytes are no text.
    """
    text, encoding = decode_text(data)
    declared = _DECLARED.search(data, 0, _HEAD)
    if encoding != "cp1252" or not declared:
        return text, encoding
    name = declared[1].decode("ascii", "replace").lower()
    try:
        return (text if codecs.lookup(name).name in _LATIN else data.decode(name)), name
    except (LookupError, ValueError):
        return text, encoding


def render(text: str) -> Projection:
    """What a mail program would show of an HTML text, as plain text, with the way back into it.

    Old mail is marked "> ", or has the line "-----Original Message-----" above it; a signature has "-- " above it.
    """
    page = _Page(text)
    for piece in pieces(text):
        if piece.kind is Kind.START:
            page.open(piece)
        elif piece.kind is Kind.END:
            page.close(piece.name)
        elif piece.kind is Kind.EXPRESSION:
            page.show(piece.span)
        elif piece.kind is Kind.TEXT:
            page.write(piece.span)
        elif piece.name == "style":
            page.style(piece.span)
    return page.projection()


@dataclass(slots=True)
class _Element:
    """An open element, with what it has from those around it. `items` counts those of a list, which is `items_of`."""

    name: str
    gone: bool = False
    tiny: bool = False
    keeps_space: bool = False
    quotes: int = 0
    items_of: _Element | None = None
    items: int = 0


class _Page:
    """The text shown so far, and the elements that are open.

    What stands between two shown characters is known when the second is there: the line ends and spaces asked for
    in between stand for all of the source between them.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._builder = ProjectionBuilder(text)
        self._open = [_Element("")]
        # Where in `_open` the elements of a name stand, and those of a depth.
        self._named: dict[str, list[int]] = {}
        self._deep: tuple[list[int], list[int], list[int]] = ([], [], [])
        self._hidden: frozenset[str] = frozenset()
        self._end = 0  # of the last shown character in the source
        self._begun = False
        self._line_ends = 0
        self._space = False
        self._above = ""  # a line to show above the next one
        self._mark = ""  # of a list item
        self._last = ""  # the last few characters shown

    def projection(self) -> Projection:
        """All that is shown."""
        return Projection(*self._builder.build())

    # --- elements ---

    def open(self, tag: Piece) -> None:
        """Begin an element."""
        name = tag.name
        if name == "br":
            self._break_line()
            return
        self._end_implied(name)
        outer, attributes = self._open[-1], tag.attributes
        tiny, keeps_space = elements.is_tiny(attributes), elements.keeps_space(name, attributes)
        element = _Element(
            name,
            gone=outer.gone or elements.is_gone(name, attributes, self._hidden),
            tiny=outer.tiny if tiny is None else tiny,
            keeps_space=outer.keeps_space if keeps_space is None else keeps_space,
            quotes=min(outer.quotes + elements.is_quote(name, attributes), _DEEPEST_QUOTE),
            items_of=outer.items_of,
        )
        if not outer.gone and elements.is_list_mark(attributes):
            self._mark = "- "
        if not element.gone:
            self._begin(element, tag)
        if name in elements.VOID:
            return
        for places in (self._named.setdefault(name, []), self._deep[elements.depth_of(name)]):
            places.append(len(self._open))
        self._open.append(element)

    def _begin(self, element: _Element, tag: Piece) -> None:
        """Do what the start of a visible element does to the text."""
        name = tag.name
        self._ask(elements.break_of(name))
        if name in elements.LISTS:
            element.items_of = element
        elif name == "li":
            self._mark = _list_mark(element.items_of)
        elif name == "hr":
            # Its "<" and ">" are left to the line ends around it.
            self._show(Span(tag.span.start + 1, tag.span.end - 1), _RULE)
            self._ask(Break.LINE)
        if self._begun and elements.begins_old_mail(name, tag.attributes):
            self._ask(Break.PARAGRAPH)
            self._above = _OLD_MAIL
        elif elements.is_signature(tag.attributes) and not element.quotes:
            self._ask(Break.LINE)
            self._above = self._above or _SIGNATURE

    def close(self, name: str) -> None:
        """End the innermost element of a name, with all in it; nothing where an outer one would have to end too."""
        if name == "br":
            self._break_line()
        places = self._named.get(name)
        if not places:
            return
        place = places[-1]
        if any(outer and outer[-1] > place for outer in self._deep[: elements.depth_of(name)]):
            return
        while len(self._open) > place:
            self._pop()

    def _pop(self) -> None:
        element = self._open.pop()
        self._named[element.name].pop()
        self._deep[elements.depth_of(element.name)].pop()
        if not element.gone:
            self._ask(elements.break_of(element.name))
            if element.name == "li":
                self._mark = ""

    def _end_implied(self, name: str) -> None:
        """End the elements whose end tags may be left out before a start tag."""
        if elements.break_of(name):
            self.close("p")
        ended, fences = elements.IMPLIED_ENDS.get(name, ((), ()))
        fence = max((self._named[f][-1] for f in fences if self._named.get(f)), default=0)
        for one in ended:
            places = self._named.get(one)
            if places and places[-1] > fence:
                self.close(one)

    def style(self, span: Span) -> None:
        """Heed a style sheet."""
        self._hidden |= elements.hidden_by(self._text[span.start : span.end])

    # --- text ---

    def write(self, span: Span) -> None:
        """Show a run of text, its references decoded and its white space as the element says."""
        element = self._open[-1]
        if element.gone or element.tiny:
            return
        at = span.start
        for match in _PARTS.finditer(self._text, span.start, span.end):
            self.show(Span(at, match.start()))
            at = match.end()
            part = Span(match.start(), at)
            if match["reference"]:
                self._show_reference(part, unescape(match[0]))
            elif match["end"] and element.keeps_space:
                self._line_ends += 1
            elif match["space"] and element.keeps_space:
                self.show(part)
            elif not match["unseen"]:
                self._space = True
        self.show(Span(at, span.end))

    def _show_reference(self, span: Span, shown: str) -> None:
        if shown in _SPACE:
            self._space = True
        elif shown not in _UNSEEN:
            self._show(span, shown)

    def show(self, span: Span) -> None:
        """Show a range of the source as it stands, where anything is shown at all."""
        element = self._open[-1]
        if len(span) and not (element.gone or element.tiny):
            self._show(span, self._text[span.start : span.end])

    def _show(self, span: Span, shown: str) -> None:
        if not shown:
            return
        self._builder.replace(self._end, span.start, self._between(span.start))
        self._builder.replace(span.start, span.end, shown)
        self._end, self._begun, self._space, self._line_ends = span.end, True, False, 0
        self._last = (self._last + shown[-4:])[-4:]

    def _between(self, at: int) -> str:
        """What is shown between the last character and the one at `at`."""
        if self._begun and not self._line_ends:
            return " " if self._space else ""
        quotes = "> " * self._open[-1].quotes
        above, self._above = self._above, ""
        marked = self._last.rstrip().endswith("--") or self._text.startswith("--", at)
        if quotes or (above == _SIGNATURE and marked):
            above = ""
        mark, self._mark = self._mark, ""
        ends = "\n" * self._line_ends if self._begun else ""
        return ends + (above + "\n" if above else "") + quotes + mark

    def _ask(self, line_ends: Break) -> None:
        """See to it that at least so many line ends stand before what comes next."""
        self._line_ends = max(self._line_ends, line_ends)

    def _break_line(self) -> None:
        if not self._open[-1].gone:
            self._line_ends += 1


def _list_mark(items: _Element | None) -> str:
    if items is None or items.name != "ol":
        return "- "
    items.items += 1
    return f"{items.items}. "
