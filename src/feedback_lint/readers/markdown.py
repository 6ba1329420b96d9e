"""Markdown: CommonMark with tables and strikethrough, front matter, and header lines in bold.

markdown-it-py parses. Its blocks tell their lines, its inline tokens nothing: `_PlacedInline` notes their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from feedback_lint.document import Envelope, Projection, Reading, Source
from feedback_lint.greeting import begins_with_salutation
from feedback_lint.readers import html, plain
from feedback_lint.readers.headers import commented_rules, ignored_rules, sent_at
from feedback_lint.text import LineIndex, ProjectionBuilder, Span

# A noun stands for inline code, so that the sentence around it parses.
_CODE = "code"
_RULE = "_____"
# Blocks and links nested more deeply are left out: the parser recurses.
_DEEPEST = 40

# Blanks to fill in that Markdown would take apart.
_BLANK = re.compile(
    r"\{\{[^\n]{0,200}?\}\}\}?|\{%[^\n]{0,200}?%\}|\{#[^\n]{0,200}?#\}|<%[^\n]{0,200}?%>|\$\{[^{}\n]{0,100}\}|"
    r"\*\|[^|\n]{1,100}\|\*|(?<![\w_])_{3,}(?![\w_])"
)
_FOOTNOTE = re.compile(r"\[\^[^\s\[\]]{1,40}\]:?")
# <Company Name> and <title> are blanks; these are the tags that people write in Markdown.
_TAGS = frozenset(
    "a abbr b big blockquote br center cite code dd del details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 "
    "h6 hr i img input ins kbd li mark o:p ol p pre q s samp script section small span strike strong style sub summary "
    "sup table tbody td tfoot th thead tr tt u ul wbr".split()
)
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)")
_BREAK = re.compile(r"<br\b", re.IGNORECASE)

_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)

_FRONT_MATTER = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n?|\n)(?P<fields>(?:.*(?:\r\n?|\n))*?)(?:(?P=fence)|\.\.\.)[ \t]*(?=[\r\n]|\Z)"
)
_FIELD = re.compile(
    r"(?P<key>[A-Za-z][\w-]*)[ \t]*[:=][ \t]*(?P<quote>[\"']?)(?P<value>.*?)(?P=quote)[ \t]*", re.DOTALL
)
_SUBJECT = re.compile(r"(?:subject|subj|sub)[ \t\u00a0]?:", re.IGNORECASE)
_ADDRESSED = re.compile(r"(?:to|from|cc|bcc|date)[ \t\u00a0]?:", re.IGNORECASE)
# A subject is on one of the first lines.
_FIRST_LINES = 6

# How far the next words are set off from the last, from least to most.
_CELL, _LINE, _PARAGRAPH = " | ", "\n", "\n\n"
_GAPS = ("", _CELL, _LINE, _PARAGRAPH)
_CELL_END = re.compile(r"(?<!\\)\|")
_CLOSING = re.compile(r"[ \t]#+[ \t]*$")
_SIGNATURE_MARK = re.compile(r"[> \t]*(?P<mark>--)[ \t]*$")
_PLACE = "place"


def read(source: Source, text: Projection) -> Reading:
    """Front matter tells subject and envelope; without it header lines at the top do, as in plain text.

    A title above the mail is no part of it.
    """
    front = _FRONT_MATTER.match(text.text)
    start = _title_end(text.text, front.end() if front else 0)
    mail = text.part(Span(start, len(text.text)))
    shown = render(mail.text).within(mail)
    reading = plain.read(source, shown.part(Span(_headers_start(shown.text), len(shown.text))))
    top = text.to_source(Span(0, start)).end
    reading = replace(
        reading,
        start=top,
        headers=max(top, reading.headers),
        ignored=reading.ignored | commented_rules(text.text),
    )
    return _with_fields(reading, text, Span(*front.span("fields"))) if front else reading


def _with_fields(reading: Reading, text: Projection, front: Span) -> Reading:
    """A reading with what the front matter says."""
    lines = (line.shifted(front.start) for line in LineIndex(text.text[front.start : front.end]).lines())
    found = [m for m in (_FIELD.fullmatch(text.text, line.start, line.end) for line in lines) if m]
    values = {m["key"].lower(): m["value"] for m in found}
    subject = next((Span(*m.span("value")) for m in found if m["key"].lower() == "subject"), Span(front.end, front.end))
    return replace(
        reading,
        subject=text.part(subject) if reading.subject is None else reading.subject,
        envelope=Envelope(values.get("from", ""), values.get("to", ""), sent_at(values.get("date", ""))),
        ignored=reading.ignored | ignored_rules(values.get("feedback-lint", "")),
    )


def _title_end(text: str, start: int) -> int:
    """Where the headings and comments above the mail end."""
    lines = LineIndex(text[start:])
    end = start
    tokens = _parser().parse(text[start:])
    for n, token in enumerate(tokens):
        is_title = token.type == "heading_open" and not _SUBJECT.match(tokens[n + 1].content.lstrip("*_ "))
        is_comment = token.type == "html_block" and _COMMENT.fullmatch(token.content)
        if token.level or not token.map or token.type == "inline":
            continue
        if not (is_title or is_comment):
            break
        end = start + (*lines.starts, len(lines.text))[token.map[1]]
    return end


def _headers_start(shown: str) -> int:
    """Where the header lines begin: at the top, or below a few lines that tell what the draft is."""
    first: int | None = None
    lines = [line for line in LineIndex(shown).lines() if shown[line.start : line.end].strip()]
    for line in lines[:_FIRST_LINES]:
        words = shown[line.start : line.end].strip()
        if begins_with_salutation(words):
            break
        if first is None and _ADDRESSED.match(words):
            first = line.start
        if _SUBJECT.match(words):
            return line.start if first is None else first
    return 0


def render(text: str) -> Projection:
    """Markdown as plain text: what is said, with its lines and paragraphs, `> ` before quotes and `- ` before items.

    Code blocks, comments, tags and pictures are left out, and so is what is struck out; inline code is one noun.
    """
    page = _Page(text)
    for token in _parser().parse(text):
        page.block(token)
    return page.build()


class _Page:
    """The plain text so far, and how the next words are to be set off from it."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\0", "\ufffd")  # as the parser reads it
        self._lines = LineIndex(text)
        self._builder = ProjectionBuilder(text)
        self._at = 0
        self._begun = False
        self._gap = ""
        self._bullet = ""
        self._quotes = self._lists = self._struck = 0
        self._parts: Iterator[Sequence[int]] = iter(())

    def build(self) -> Projection:
        """The page as it is."""
        return Projection(*self._builder.build())

    def block(self, token: Token) -> None:
        """Add a block token."""
        if token.map and token.type not in ("inline", "th_open", "td_open"):
            self._parts = self._parts_of(token)
        match token.type:
            case "inline":
                self._inline(token)
            case "html_block":
                self._set_off(_PARAGRAPH)
                self._html(token)
            case "hr":
                self._set_off(_PARAGRAPH)
                end = next(self._parts)[-1]
                self._put(end, end + 1, _RULE)
            case "blockquote_open":
                self._set_off(_PARAGRAPH)
                self._quotes += 1
            case "blockquote_close":
                self._set_off(_PARAGRAPH)
                self._quotes -= 1
            case "bullet_list_open" | "ordered_list_open":
                self._set_off(_LINE if self._lists else _PARAGRAPH)
                self._lists += 1
            case "bullet_list_close" | "ordered_list_close":
                self._lists -= 1
                self._set_off(_LINE if self._lists else _PARAGRAPH)
            case "list_item_open":
                self._set_off(_LINE)
                self._bullet = f"{token.info}{token.markup} " if token.info else "- "
            case "heading_close" if token.markup == "-":
                self._signature_mark()
            case "tr_open":
                self._set_off(_LINE)
            case "td_close" | "th_close":
                self._set_off(_CELL)
            case "paragraph_open" if token.hidden:
                self._set_off(_LINE)
            case "paragraph_open" | "heading_open" | "table_open" | "fence" | "code_block":
                self._set_off(_PARAGRAPH)

    def _signature_mark(self) -> None:
        """ "--" below a line is not meant to make a heading of it."""
        for underline in self._parts:
            if mark := _SIGNATURE_MARK.match(self._text, underline[0], underline[-1] + 1):
                self._set_off(_LINE)
                self._put(*mark.span("mark"), "--")

    def _set_off(self, gap: str) -> None:
        """Have the next words set off from the last at least so far."""
        self._gap = max(self._gap, gap, key=_GAPS.index)

    def _put(self, start: int, end: int, words: str) -> None:
        """Show words for a range of the text."""
        if self._struck or not words:
            return
        quotes = "" if self._begun and self._gap in ("", _CELL) else "> " * self._quotes
        lead = (self._gap if self._begun else "") + quotes + self._bullet
        self._builder.replace(self._at, start, lead)
        self._builder.replace(start, end, words)
        self._at, self._begun, self._gap, self._bullet = end, True, "", ""

    def _parts_of(self, token: Token) -> Iterator[Sequence[int]]:
        """The lines of a block, or the cells of a table's row: where their characters stand."""
        first, end = token.map or (0, 0)
        for row in range(first, end):
            line = self._lines.line_span(row + 1)
            if token.type == "tr_open":
                cells = [m.end() for m in _CELL_END.finditer(self._text, line.start, line.end)]
                for a, b in pairwise((line.start, *cells, line.end)):
                    yield [n for n in range(a, b) if not self._text.startswith("\\|", n)]
            elif token.markup.startswith("#") and (closing := _CLOSING.search(self._text, line.start, line.end)):
                yield range(line.start, closing.start())
            else:
                yield range(line.start, line.end)

    def _places(self, content: str) -> list[int]:
        """The place of each character of a block's content: each line of it ends one of the parts."""
        places: list[int] = []
        for n, line in enumerate(content.split("\n")):
            words = line.lstrip(" \t")
            found = ((part, "".join(self._text[n] for n in part).rfind(words)) for part in self._parts)
            part, at = next(((part, at) for part, at in found if at >= 0), (None, 0))
            if part is None:
                return []
            if n:
                places.append(places[-1] + 1)  # the line end
            places += [part[at] if words else places[-1]] * (len(line) - len(words))
            places += part[at : at + len(words)]
        return places

    def _inline(self, token: Token) -> None:
        """Add what is said in a block."""
        places = self._places(token.content) if token.content else []
        if not places:
            return
        for child in token.children or ():
            match child.type:
                case "text" | "text_special":
                    self._words(child.content, [places[n] for n in range(*child.meta[_PLACE])])
                case "softbreak" | "hardbreak":
                    self._set_off(_LINE)
                case "html_inline" if _BREAK.match(child.content):
                    self._set_off(_LINE)
                case "code_inline":
                    start, end = child.meta[_PLACE]
                    self._put(places[start], places[end - 1] + 1, _CODE)
                case "s_open":
                    self._struck += 1
                case "s_close":
                    self._struck -= 1

    def _words(self, words: str, places: Sequence[int]) -> None:
        """Add words, copied where they stand in the text: those of an escape at its end."""
        if not words:
            return
        tail = places[-len(words) :]
        if len(tail) < len(words) or words != "".join(self._text[n] for n in tail):
            self._put(places[0], places[-1] + 1, words)
            return
        for _, run in groupby(enumerate(tail), lambda pair: pair[1] - pair[0]):
            numbers = [place for _, place in run]
            self._put(numbers[0], numbers[-1] + 1, self._text[numbers[0] : numbers[-1] + 1])

    def _html(self, token: Token) -> None:
        """Add what a block of HTML says."""
        content = token.content.rstrip("\n")
        places = self._places(content)
        rendered = html.render(content)
        if not places or not rendered.text.strip():
            return
        for segment in rendered.map.segments:
            words = rendered.text[segment.projected.start : segment.projected.end]
            start, end = places[segment.source.start], places[segment.source.end - 1] + 1
            self._put(start, end, words.replace("\n", "\n" + "> " * self._quotes))


class _PlacedInline(ParserInline):
    """The inline parser, with the place of each token within the block's content in its `meta`."""

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of a range. Text that is pending when a rule applies has come up to its start."""
        rules = self.ruler.getRules("")
        while state.pos < state.posMax:
            start, count, pending = state.pos, len(state.tokens), len(state.pending)
            if state.level >= _DEEPEST or not any(rule(state, False) for rule in rules):
                state.push("text", "", 0).content = state.src[start]
                state.pos += 1
            _note_places(state.tokens[count:], start, state.pos, pending)
        if state.pending:
            token = state.pushPending()
            token.meta[_PLACE] = (state.posMax - len(token.content), state.posMax)


def _note_places(tokens: Sequence[Token], start: int, end: int, pending: int) -> None:
    """Note the places of the tokens that a rule made of a range, and of the text that was pending before it."""
    if tokens and pending:
        before, *tokens = tokens
        before.meta[_PLACE] = (start - pending, start - pending + len(before.content))
    unplaced = [token for token in tokens if _PLACE not in token.meta]
    is_run = sum(len(token.content) for token in unplaced) == end - start  # of "*", "_" or "~", a token each
    for token in unplaced:
        token.meta[_PLACE] = (start, start + len(token.content)) if is_run else (start, end)
        start += len(token.content) if is_run else 0


def _blank(state: StateInline, silent: bool) -> bool:
    """An inline rule: a blank to fill in is text as it stands."""
    match = _BLANK.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("text", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _footnote(state: StateInline, silent: bool) -> bool:
    """An inline rule: the mark of a footnote is not shown."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    state.pos = match.end()
    return True


def _known_html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule for HTML, for known tags."""
    return _may_be_html(state.src, state.bMarks[start] + state.tShift[start]) and html_block(state, start, end, silent)


def _known_html_inline(state: StateInline, silent: bool) -> bool:
    """The inline rule for HTML, for known tags."""
    return _may_be_html(state.src, state.pos) and html_inline(state, silent)


def _may_be_html(text: str, at: int) -> bool:
    tag = _TAG.match(text, at)
    return tag is None or tag[1].lower() in _TAGS


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt()
    parser.inline = _PlacedInline()
    parser.configure("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    parser.disable(["fragments_join", "text_join"])  # which would join tokens of different places
    parser.inline.ruler.before("escape", "blank", _blank)
    parser.inline.ruler.before("link", "footnote", _footnote)
    parser.inline.ruler.at("html_inline", _known_html_inline)
    parser.block.ruler.at("html_block", _known_html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    return parser
