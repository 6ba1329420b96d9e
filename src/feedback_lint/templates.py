"""Templates: their statements and comments, and the texts that come out as these take one branch or another.

Nothing is executed. A statement is a tag of one of the usual languages (Jinja, Twig, Django and Liquid; Handlebars,
Mustache and Go; ERB and EJS; Mailchimp): it opens a block, begins another branch of it, closes it, or stands alone.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate

from feedback_lint.document import Projection
from feedback_lint.text import ProjectionBuilder, Span

EXTENSIONS = frozenset(".j2 .jinja .jinja2 .hbs .handlebars .mustache .erb .tmpl .tpl .liquid .template".split())
# Deeply nested conditionals have as many ways as branches; nobody waits for more than these.
MOST_WAYS = 64

_HTML = re.compile(r"<(?:!doctype html|html|body|div|p|br|table|td|span)\b[^<>]*>", re.IGNORECASE)
_NAMED_TEMPLATE = re.compile(r"(?<![a-z])templates?(?![a-z])", re.IGNORECASE)
_TAG = re.compile(
    r"""
      (?<!\{)\{\#(?>(?:(?!\{\#|\#\}).)*)\#\}                                   # {# … #}
    | \{%(?P<statement>(?>(?:(?!\{%|%\}).)*))%\}                               # {% if x %}
    | \{\{\{\{(?P<verbatim>/?\w++)\}\}\}\}                                  # {{{{raw}}}}
    | \{\{~?!--(?>(?:(?!\{\{~?!--|--~?\}\}).)*)--~?\}\}                        # {{!-- … --}}
    | \{\{~?!(?!--)[^{}]*+\}\}                                              # {{! … }}
    | \{\{[-~]?\s*+(?P<sign>[\#^/>])(?P<signed>[^{}]*+)\}\}                 # {{#each x}}
    | \{\{[-~]?\s*+(?P<bare>else\b[^{}]*+|end\s*+[-~]?|if\s[^{}]++|(?:range|with)\s++[.$(][^{}]*+|
        (?:block|define|template)\s++["`][^{}]*+)\}\}                       # {{else}}, and Go's {{if .X}}
    | \{\{[-~][^{}]++\}\} | \{\{[^{}]*+(?:(?<=\s-)|(?<=~))\}\}              # {{- name -}}
    | <%(?P<code>[-=\#]?)(?P<erb>(?>(?:(?!<%|%>).)*))%>                        # <% if x %>
    | \*\|(?P<merge>(?:IF|IFNOT|ELSEIF|ELSE|END|INTERESTED):[^|\r\n]*+)\|\* # *|IF:X|*
    """,
    re.VERBOSE | re.DOTALL,
)
_STRIPS_LEFT = re.compile(r"(?:\{[{%#])[-~]")
_STRIPS_RIGHT = re.compile(r"(?:-[%#]|~\}|\s-\})\}\Z")
_CONDITIONALS = frozenset("if unless ifchanged ifequal ifnotequal case".split())
_SHOWN = frozenset(
    "for tablerow trans blocktrans blocktranslate block with filter autoescape call spaceless raw verbatim".split()
)
_DEFINITIONS = frozenset("macro set capture comment".split())
_BRANCHES = frozenset("elif elsif elseif else when empty plural pluralize".split())
_LONE_STATEMENTS = frozenset(
    "include import from extends set assign do load break continue cycle debug csrf_token render".split()
)
_VERBATIM = frozenset({"raw", "verbatim", "comment"})
_TRANSLATED = re.compile(r"""\s*trans(?:late)?\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)""", re.DOTALL)
_CODE_CLOSES = re.compile(r"\s*(?:end\b|\})")
_CODE_BRANCHES = re.compile(r"\s*(?:\}\s*)?(?P<word>els(?:if|e(?:\s+if)?)|when)\b")
_CODE_OPENS = re.compile(r"\s*(?P<word>if|unless|case|while|until|for|begin)\b(?!.*\bend\Z)", re.DOTALL)
_CODE_OPENS_AT_END = re.compile(r"(?:\bdo|\{)(?:\s*\|[^|]*\|)?\Z")
_NEXT_LINE = re.compile(r"[ \t]*(?:\r\n|\n|\r)?")
_BINDS = re.compile(
    r"""
      \{%[-~+]?\s*+(?:for\s++(?P<loop>[\w, ]{1,80}?)\s(?=in\b)|(?:set|assign|capture)\s++(?P<set>\w++)|
        with\s++(?P<with>\w++)\s*=|macro\s++\w++\((?P<macro>[^()%]*+)\))
    | \b(?:do|as)\s*\|(?P<block>[\w\s,]++)\|
    """,
    re.VERBOSE,
)
_BLANKS = " \t"


class _Role(Enum):
    """What a tag does. One that shows something is no statement: it may only take white space with it."""

    OPENS = "opens"
    BRANCHES = "branches"
    CLOSES = "closes"
    STANDS_ALONE = "stands alone"
    SHOWS = "shows"


class _Kind(Enum):
    """A conditional may show nothing, other blocks show what is in them, definitions nothing."""

    CONDITIONAL = "conditional"
    SHOWN = "shown"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class _Tag:
    """One tag. What opens a block is closed by a tag with the same `family` of languages and the same `name`.

    `shown` is the part of it that stays in the text.
    """

    span: Span
    role: _Role
    family: str = ""
    name: str = ""
    word: str = ""
    kind: _Kind = _Kind.SHOWN
    shown: Span | None = None


@dataclass(slots=True)
class _Sequence:
    """Text and blocks, one after the other, and the number of ways that lead through all of it."""

    parts: list[Span | _Block] = field(default_factory=list)
    ways: int = 1


@dataclass(slots=True)
class _Block:
    """What stands between an opening tag and the one that closes it, in branches.

    `complete`: one of them is always taken. `ends` counts the ways up to the end of each branch.
    """

    tag: _Tag
    branches: list[_Sequence] = field(default_factory=lambda: [_Sequence()])
    complete: bool = False
    ends: list[int] = field(default_factory=list)

    def close(self) -> None:
        """Give it what it lacks, and count its ways."""
        if self.tag.kind is _Kind.DEFINITION:
            self.branches = [_Sequence()]
        elif self.tag.kind is _Kind.CONDITIONAL and not self.complete:
            self.branches.append(_Sequence())
            self.complete = True
        self.ends = list(accumulate(b.ways for b in self.branches))

    def taken(self, way: int) -> tuple[_Sequence, int]:
        """The branch on a way through this block, and the way through the branch; all further ways are the last."""
        way = min(way, self.ends[-1] - 1)
        n = bisect_right(self.ends, way)
        return self.branches[n], way - (self.ends[n - 1] if n else 0)


def ways(text: str) -> tuple[Projection, ...]:
    """The texts that a template can become, which together take every branch of every conditional.

    Conditionals one after the other are gone through together, nested ones each by itself, so there are as many ways
    as the conditional with most branches has, and never more than MOST_WAYS. The first way takes each first branch,
    and a loop is gone through once. A text without statements has one way: itself.
    """
    top, _ = _parsed(text)
    return tuple(_way(text, top, n) for n in range(min(top.ways, MOST_WAYS)))


def unbalanced(text: str) -> tuple[Span, ...]:
    """The statements that open a block that nothing closes, and those that close or divide none, in order."""
    return _parsed(text)[1]


def local_names(text: str) -> frozenset[str]:
    """The names that a template gives to things of its own: by `for`, `set`, `with`, macros and block parameters."""
    return frozenset(
        name for match in _BINDS.finditer(text) for name in re.findall(r"[^\W\d]\w*", match[match.lastgroup or 0])
    )


def is_template(path: str, text: str) -> bool:
    """Whether a file is a template, told from its name, or from statements and comments that no draft has."""
    stem, extension = os.path.splitext(os.path.basename(path))
    if extension.lower() in EXTENSIONS or _NAMED_TEMPLATE.search(stem):
        return True
    return any(tag.role is not _Role.SHOWS for tag in _tags(text))


def inner_path(path: str) -> str:
    """The name of the file that a template makes: "letter.html" for "letter.html.j2"."""
    stem, extension = os.path.splitext(path)
    return stem if extension.lower() in EXTENSIONS else path


def is_html(text: str) -> bool:
    """Whether a template whose name does not tell makes HTML."""
    return bool(_HTML.search(text))


def _way(text: str, top: _Sequence, number: int) -> Projection:
    builder = ProjectionBuilder(text)
    stack = [(iter(top.parts), number)]
    while stack:
        parts, way = stack[-1]
        part = next(parts, None)
        if part is None:
            stack.pop()
        elif isinstance(part, Span):
            builder.copy(part.start, part.end)
        else:
            branch, inner = part.taken(way)
            stack.append((iter(branch.parts), inner))
    return Projection(*builder.build())


# --- tags -----------------------------------------------------------------------------------------------------------


def _tags(text: str) -> Iterator[_Tag]:
    """The tags of a text in order; within a block of verbatim text there are none."""
    matches = list(_TAG.finditer(text))
    closing = frozenset(_first_word(m["statement"]) for m in matches if m["statement"])
    verbatim = ""
    for match in matches:
        tag = _tag(match, closing)
        if verbatim and not (tag.role is _Role.CLOSES and tag.name == verbatim):
            continue
        verbatim = tag.name if tag.role is _Role.OPENS and tag.word in _VERBATIM else ""
        yield tag


def _tag(match: re.Match[str], words: frozenset[str]) -> _Tag:
    """What a match of _TAG is; `words` are those with which the statements of the text begin."""
    span = Span(*match.span())
    if match["statement"] is not None:
        return _statement(match, words)
    if match["sign"]:
        return _signed(span, match["sign"], match["signed"].strip("-~ \t\r\n"))
    if match["bare"]:
        return _bare(span, match["bare"].rstrip("-~ \t\r\n"))
    if match["erb"] is not None:
        return _code(span, match["code"], match["erb"].rstrip("- \t\r\n"))
    if match["merge"]:
        return _merge(span, match["merge"])
    if match["verbatim"]:
        role = _Role.CLOSES if match["verbatim"].startswith("/") else _Role.OPENS
        return _Tag(span, role, "{{", "raw", "raw")
    is_expression = match[0].startswith("{{") and "!" not in match[0][2:4]
    return _Tag(span, _Role.SHOWS, shown=span) if is_expression else _Tag(span, _Role.STANDS_ALONE)


def _first_word(statement: str) -> str:
    return next(iter(statement.strip("-~+ \t\r\n").split(maxsplit=1)), "")


def _statement(match: re.Match[str], words: frozenset[str]) -> _Tag:
    """A tag `{% … %}`. One that no language has as a statement, and that nothing closes, writes something."""
    span, inside = Span(*match.span()), match["statement"]
    word = _first_word(inside)
    translated = _TRANSLATED.match(inside)
    if translated:
        return _Tag(span, _Role.SHOWS, shown=Span(*translated.span("text")).shifted(match.start("statement")))
    if word in _BRANCHES:
        return _Tag(span, _Role.BRANCHES, "{%", word=word)
    if word.startswith("end"):
        return _Tag(span, _Role.CLOSES, "{%", word.removeprefix("end"))
    if word in _LONE_STATEMENTS and not (word == "set" and "=" not in inside):
        return _Tag(span, _Role.STANDS_ALONE)
    if word in _CONDITIONALS | _SHOWN | _DEFINITIONS or f"end{word}" in words:
        kind = _Kind.CONDITIONAL if word in _CONDITIONALS else _Kind.DEFINITION if word in _DEFINITIONS else _Kind.SHOWN
        return _Tag(span, _Role.OPENS, "{%", word, word, kind)
    return _Tag(span, _Role.SHOWS, shown=span)


def _signed(span: Span, sign: str, inside: str) -> _Tag:
    """A tag `{{#…}}`, `{{^…}}`, `{{/…}}` or `{{>…}}` of Handlebars or Mustache."""
    name = _first_word(inside.lstrip("*> &"))
    if sign == "/":
        return _Tag(span, _Role.CLOSES, "{{", name)
    if sign == ">":
        return _Tag(span, _Role.STANDS_ALONE)
    if sign == "^" and not name:
        return _Tag(span, _Role.BRANCHES, "{{", word="else")
    if inside.startswith("*"):
        return _Tag(span, _Role.OPENS, "{{", name, name, _Kind.DEFINITION)
    shown = name in ("each", "with", "let") or inside.startswith(">")
    return _Tag(span, _Role.OPENS, "{{", name, sign, _Kind.SHOWN if shown else _Kind.CONDITIONAL)


def _bare(span: Span, inside: str) -> _Tag:
    """A tag `{{else}}` of Handlebars or Go, or another statement of Go's text/template."""
    word = _first_word(inside)
    if word == "else":
        return _Tag(span, _Role.BRANCHES, "{{", word=inside)
    if word == "end":
        return _Tag(span, _Role.CLOSES, "{{", "end")
    if word == "template":
        return _Tag(span, _Role.STANDS_ALONE)
    kinds = {"if": _Kind.CONDITIONAL, "define": _Kind.DEFINITION}
    return _Tag(span, _Role.OPENS, "{{", "end", word, kinds.get(word, _Kind.SHOWN))


def _code(span: Span, sign: str, inside: str) -> _Tag:
    """A tag of ERB or EJS."""
    branches, opens = _CODE_BRANCHES.match(inside), _CODE_OPENS.match(inside)
    if sign == "#":
        return _Tag(span, _Role.STANDS_ALONE)
    if branches:
        return _Tag(span, _Role.BRANCHES, "<%", word=branches["word"])
    if _CODE_CLOSES.match(inside):
        return _Tag(span, _Role.CLOSES, "<%")
    if opens or _CODE_OPENS_AT_END.search(inside):
        conditional = opens is not None and opens["word"] in _CONDITIONALS
        return _Tag(span, _Role.OPENS, "<%", kind=_Kind.CONDITIONAL if conditional else _Kind.SHOWN)
    return _Tag(span, _Role.SHOWS, shown=span) if sign == "=" else _Tag(span, _Role.STANDS_ALONE)


def _merge(span: Span, inside: str) -> _Tag:
    """A conditional merge tag of Mailchimp."""
    word, _, rest = inside.partition(":")
    if word == "END":
        return _Tag(span, _Role.CLOSES, "*|", rest.removesuffix("NOT"))
    if word.startswith("ELSE"):
        return _Tag(span, _Role.BRANCHES, "*|", word=word.lower())
    return _Tag(span, _Role.OPENS, "*|", word.removesuffix("NOT"), kind=_Kind.CONDITIONAL)


# --- the text between tags ------------------------------------------------------------------------------------------


def _gaps(text: str, tags: Sequence[_Tag]) -> list[Span]:
    """The text before, between and after the tags, without the white space that they take with them.

    A statement that stands alone on its line, or with others, takes the line and nothing more, so that paragraphs stay
    apart. Elsewhere "-" and "~" take all there is.
    """
    edges = [0, *(edge for t in tags for edge in (t.span.start, t.span.end)), len(text)]
    starts, ends = edges[::2], edges[1::2]
    inline = dict(enumerate(tags))
    for first, last in list(_lone(text, tags, starts, ends)):
        ends[first] = starts[first] + len(text[starts[first] : ends[first]].rstrip(_BLANKS))
        ends[first + 1 : last + 1] = starts[first + 1 : last + 1]
        following = _NEXT_LINE.match(text, starts[last + 1], ends[last + 1])
        starts[last + 1] = following.end() if following else starts[last + 1]
        for n in range(first, last + 1):
            inline.pop(n, None)
    for n, tag in inline.items():
        if _STRIPS_LEFT.match(text, tag.span.start):
            ends[n] = starts[n] + len(text[starts[n] : ends[n]].rstrip())
        if _STRIPS_RIGHT.search(text[tag.span.start : tag.span.end][-4:]):
            starts[n + 1] = ends[n + 1] - len(text[starts[n + 1] : ends[n + 1]].lstrip())
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]


def _lone(text: str, tags: Sequence[_Tag], starts: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of statements, as first and last, that stand on lines of their own."""
    first: int | None = None
    for n, tag in enumerate(tags):
        before = text[starts[n] : ends[n]].rstrip(_BLANKS)
        if before.endswith(("\r", "\n")) or (n == 0 and not before):
            first = n
        elif before:
            first = None
        if tag.role is _Role.SHOWS:
            first = None
        after = text[starts[n + 1] : ends[n + 1]].lstrip(_BLANKS)
        if first is not None and (after.startswith(("\r", "\n")) or not after and n + 1 == len(tags)):
            yield first, n


# --- blocks ---------------------------------------------------------------------------------------------------------


def _parsed(text: str) -> tuple[_Sequence, tuple[Span, ...]]:
    """A template as sequences and blocks, and the tags without a partner."""
    tags = list(_tags(text))
    first, *gaps = _gaps(text, tags)
    top = at = _Sequence([first])
    blocks: list[tuple[_Block, _Sequence]] = []  # those that are open, each with what it stands in
    names: Counter[tuple[str, str]] = Counter()
    alone: list[Span] = []

    def close() -> _Tag:
        nonlocal at
        block, at = blocks.pop()
        block.close()
        at.ways = max(at.ways, block.ends[-1])
        names[block.tag.family, block.tag.name] -= 1
        return block.tag

    for tag, gap in zip(tags, gaps, strict=True):
        name = tag.family, tag.name
        if tag.shown:
            at.parts.append(tag.shown)
        elif tag.role is _Role.OPENS:
            block = _opened(text, at, tag)
            blocks.append((block, at))
            names[name] += 1
            at = block.branches[-1]
        elif tag.role is _Role.BRANCHES and blocks and blocks[-1][0].tag.family == tag.family:
            at = _next_branch(text, blocks[-1][0], tag)
        elif tag.role is _Role.CLOSES and names[name]:
            while (closed := close()).name != tag.name or closed.family != tag.family:
                alone.append(closed.span)
        elif tag.role is not _Role.STANDS_ALONE:
            alone.append(tag.span)
        at.parts.append(gap)
    while blocks:
        alone.append(close().span)
    return top, tuple(sorted(alone))


def _opened(text: str, at: _Sequence, tag: _Tag) -> _Block:
    """The block that a tag opens. `{{^name}}` next to `{{/name}}` goes on with that block: it is its other branch."""
    match at.parts[-2:]:
        case [_Block() as last, Span() as gap] if _are_opposites(last, tag) and not text[gap.start : gap.end].strip():
            at.parts.pop()
            last.branches[0].parts.append(gap)
            last.branches[1] = _Sequence([gap])
            return last
    block = _Block(tag)
    at.parts.append(block)
    return block


def _are_opposites(block: _Block, tag: _Tag) -> bool:
    """Whether a tag opens what is shown where a closed block without "else" shows nothing."""
    same = (block.tag.family, block.tag.name) == (tag.family, tag.name)
    empty = len(block.branches) == 2 and not block.branches[1].parts
    return same and empty and {block.tag.word, tag.word} == {"#", "^"}


def _next_branch(text: str, block: _Block, tag: _Tag) -> _Sequence:
    """Another branch of a block. What stands between "case" and the first "when" is none."""
    first = block.branches[0]
    if tag.word == "when" and len(block.branches) == 1 and not _says_something(text, first):
        first.parts.clear()
        return first
    block.complete = block.complete or tag.word == "else"
    block.branches.append(_Sequence())
    return block.branches[-1]


def _says_something(text: str, sequence: _Sequence) -> bool:
    return any(isinstance(p, _Block) or text[p.start : p.end].strip() for p in sequence.parts)
