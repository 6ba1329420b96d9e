"""Blanks that somebody is meant to fill in: where they are, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lint.delimiters import find_malformed
from feedback_lint.document import Mode, Placeholder, PlaceholderKind
from feedback_lint.placeholder_kinds import expression, kind_of
from feedback_lint.text import Span

# Syntaxes that hold a blank whatever stands in them. Looking at the first sign alone at most places saves time, here
# and below.
_CERTAIN = re.compile(
    r"""
    (?=[{<$\#%@*:TF(X])(?:
      (?<!\{)\{\{[ \t]*+[^{}\s%][^{}\r\n]*+(?:\r?\n[^{}\r\n]*+)?\}\}(?!\})    # {{ user.name|default("you") }}
    | \{\{\{[^{}\r\n]++\}\}\}(?!\})                             # {{{name}}}
    | \{%(?:(?!\{%|%\})[^\r\n]){1,200}%\}                       # {% name %}
    | <%(?![-=]?[ \t]*+%>)(?:(?!<%|%>)[^\r\n]){1,200}%>         # <%= @user.name %>
    | \$\{[ \t]*+[^{}\s][^{}\r\n]*+\}                           # ${name}
    | \#\{\s*@?[A-Za-z_][^{}\r\n]*+\}                           # #{name}
    | (?<![\w%])%\([A-Za-z_]\w*\)[sdrf](?!\w)                   # %(name)s
    | (?<![\w@])@@[A-Za-z_]\w*@@(?![\w@])                       # @@name@@
    | (?<![\w\#])\#\#[A-Za-z_]\w*\#\#(?![\w\#])                 # ##name##
    | \*\|[^|\r\n]{1,60}\|\*                                    # *|FNAME|*
    | <<\s*[A-Za-z][^<>\r\n]{0,60}>>                            # <<name>>
    | (?<![\w%])%{1,2}[A-Za-z][A-Za-z_]{2,40}%{1,2}(?![\w%])    # %NAME%
    | (?<![\w:])::[A-Za-z][\w-]{1,40}::(?![\w:])                # ::name::
    | (?<!\w)(?:TODO|FIXME)\b(?!\s+(?:lists?|apps?|items?|comments?)\b)[^\r\n.!?()\[\]]{0,80}    # TODO add the date
    | \((?:insert|enter)\s[^()\r\n]{1,60}\)                     # (insert company)
    | (?<!\w)X{3,}(?:[ .-]X{2,})*(?!\w)(?!\s*(?:$|[\r\n]))      # XXX, but not kisses at the end of a line
    | (?<![\w-])XYZ(?![\w-])                                    # XYZ
    )
    """,
    re.VERBOSE,
)
# Syntaxes that hold a blank only when their words say so: they have other uses.
_NAMED = re.compile(
    r"""
      (?<![\w$({])\{\s*(?P<curly>[A-Za-z][\w\ .'’/&-]{0,60}?)\s*\}(?![\w}])    # {name}
    | (?<![\w<])<\s*(?P<angle>[A-Za-z][\w\ .,'’/&-]{0,60}?)\s*>(?!>)           # <Company Name>
    | «\s*(?P<guillemets>[A-Za-z][\w\ '’]{0,40}?)\s*»                          # «name»
    | (?<!\[)\[\[\s*(?P<double>[A-Za-z][\w\ .'’-]{0,40}?)\s*\]\](?![(\]])      # [[name]]
    | (?<!\w)_(?P<under>[A-Za-z]+(?:[ _-][A-Za-z]+){0,3})_(?!\w)               # _name_
    | (?<!\w)\((?P<round>(?:your|company|first|last|full|job|manager|interviewer|hiring)  # (your name)
        \ [\w\ '’]{1,30})\)
    """,
    re.VERBOSE,
)
# Syntaxes that only a template is sure to mean: elsewhere they are prices and code.
_IN_TEMPLATE = re.compile(r"(?<![\w$\\])\$[A-Za-z_]\w*+(?!\()|(?<![\w$({])\{\d\}(?![\w}])")
# "[label]: https://…" says where a link leads.
_LINK = r":[ \t]*(?:[<#/]|\w+:\S|\S+\.\w)"
_SQUARE = re.compile(
    rf"(?<![\w\]:;=-])\[(?P<inside>[^\[\]\r\n]{{1,120}}(?:\r?\n[^\[\]\r\n]{{1,120}})?)\](?![(\[]|{_LINK})"
)
# Runs of "_" and ".", and X in small numbers, are blanks where a word is due.
_WORD_IS_DUE = (
    r"(?:(?<=\bthe )|(?<=\ba )|(?<=\ban )|(?<=\bat )|(?<=\bfor )|(?<=\bof )|(?<=\bas )|(?<=\byour )|"
    r"(?<=\bmy )|(?<=\bin )|"
    r"(?<=\bfrom )|(?<=\bwith )|(?<=\bis )|(?<=\bon )|(?<=\bby )|(?<=\bdear )|(?<=\bhi )|(?<=\bhello )|"
    r"(?<=\bmr )|(?<=\bms )|"
    r"(?<=\bmrs )|(?<=\bmr\. )|(?<=\bms\. ))"
)
_RUN = re.compile(
    rf"(?=[_.…x])(?:(?<![\w_])_{{2,}}(?![\w_])|{_WORD_IS_DUE}(?:\.{{4,}}|…{{2,}}|[Xx]{{3,}}(?!\w)|X{{2}}(?!\w)|"
    rf"xyz(?!\w))|(?<=\s)\.{{8,}}(?=\s|[,;]))",
    re.IGNORECASE,
)
_RULED_LINE = re.compile(r"[ \t]*_{5,}[ \t]*")
# "Dear ,", "Hi ,", "Dear Mr./Ms.,": the name is left out.
_TITLE = r"(?:mr|mrs|ms|mx|miss|dr)\.?"
_NAMELESS = re.compile(
    rf"(?im)^[ \t]*(?:dear(?P<gap>[ \t\u00a0]*)|(?:hi|hello|hey)[ \t\u00a0]+|(?:dear|hi|"
    rf"hello)[ \t\u00a0]+(?P<titles>{_TITLE}(?:[ \t]*/[ \t]*{_TITLE})*)[ \t]*)"
    r"(?=[,:][ \t]*$)"
)
# What is no blank though it looks like one: code, addresses.
_VERBATIM = re.compile(r"`[^`\r\n]*`|(?:https?://|www\.)[^\s<>\[\]]+|(?<![\w.+%-])[\w.+%-]++@\w[^\s<>\[\]{}*|]*+")

# Square brackets that are no blanks: editors' marks, mail tags, remarks on the text, references, code.
_SQUARE_PROSE = re.compile(
    r"""\s*(?:sic|x|\.{3}|…|external|ext|urgent|spam|important|confidential|no\ ?reply|image.*|cid:.*|inline.*|
    edit(?:ed)?|redacted|
    emphasis\ .*|laughs?|sighs?|smiles?|applause|inaudible|crosstalk|my\ (?:emphasis|italics|translation|own)|
    [a-z]|attached|(?:un)?subscribe.*|(?:click|tap|read|view|learn|see|visit|follow|download|open|watch|join|book)\b.*
    \b(?:here|more|online|now|us|me)|
    attachment.*|link|pdf|video|photo|and|or|the|an|to|of|in|was|is|are|were|has|had|have|been|they|them|he|she|we|us|you|it|
    their|my|our|her|his|its|your|that|this|who|[se]|ed|ing|not|will|would|
    (?:ref(?:erence)?|job|req|ticket|case|id|vacancy|no)\b[\s.:#]*[\w/-]*\d[\w/-]*|\#?[\w./-]*\d[\w./-]*|(?:\w-\w)+|
    .*["'“”=+*;\\|^].*[\w"'“”].*[=;\\|^"“”].*)\s*""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_TAGS = frozenset(
    "a b i u p br hr em strong span div table tr td th ul ol li html head body title style script img h1 h2 h3 h4 "
    "pre code blockquote sub sup small font center grin smile sigh sarcasm rant g vbg bg wink snip quote t int "
    "str string".split()
)

_INSTRUCTION = re.compile(
    r"(?:insert|enter|add|your|their|specific|mention|describe|something|fill|choose|e\.?g)\b",
    re.IGNORECASE,
)
_ROLE_FOLLOWS = re.compile(r"\s+(?:role|position|post|job|vacancy|opening|internship|interview)\b", re.IGNORECASE)
_ROLE_PRECEDES = re.compile(
    r"\b(?:role|position|post|job|vacancy) (?:of|as) (?:an? |the )?$|\b(?:interview(?:ing|ed)?|appl\w+) "
    r"(?:for|as) (?:an? |the )?$",
    re.IGNORECASE,
)
# "Dear {{ title }} {{ last_name }}"
_IS_TITLE = re.compile(r"(?:\w+\.)?title", re.IGNORECASE)
_NAME_PRECEDES = re.compile(rf"\b(?:dear|hi|hello|hey|{_TITLE})\s*$", re.IGNORECASE)


def find_placeholders(text: str, mode: Mode = Mode.DRAFT) -> tuple[Placeholder, ...]:
    """All placeholders in `text`, in order and without overlaps. Spans are in `text`.

    Of two that overlap, the one that begins first counts, and of those the longer one. A template may have
    placeholders that would be ordinary words in a draft: `$name`.
    """
    verbatim = [Span(*m.span()) for m in _VERBATIM.finditer(text)]
    found = [(span, False) for span in _candidates(text, mode)] + [(span, True) for span in find_malformed(text)]
    out: list[Placeholder] = []
    for span, malformed in sorted(found, key=lambda f: (f[0].start, -f[0].end)):
        if (not out or span.start >= out[-1].span.end) and not any(v.overlaps(span) for v in verbatim):
            out.append(Placeholder(span, _kind_at(text, span), malformed))
    return tuple(out)


def _candidates(text: str, mode: Mode) -> Iterator[Span]:
    for pattern in (_CERTAIN, _IN_TEMPLATE) if mode is Mode.TEMPLATE else (_CERTAIN,):
        for match in pattern.finditer(text):
            yield Span(*match.span())
    for match in _RUN.finditer(text):
        if not _is_ruled_line(text, match.start()):
            yield Span(*match.span())
    for match in _NAMED.finditer(text):
        if _is_named_blank(match):
            yield Span(*match.span())
    for match in _SQUARE.finditer(text):
        if _is_square_blank(match["inside"]):
            yield Span(*match.span())
    for match in _NAMELESS.finditer(text):
        yield _nameless(match)


def _is_ruled_line(text: str, at: int) -> bool:
    """A line of nothing but "_" divides the mail."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return bool(re.fullmatch(_RULED_LINE, re.split(r"[\r\n]", text[start:], maxsplit=1)[0]))


def _is_named_blank(match: re.Match[str]) -> bool:
    """Whether the words between signs that have other uses, too, are those of a blank."""
    inside = match[match.lastgroup or 0]
    if match["angle"] and (inside.split()[0].lower().strip("/") in _TAGS):
        return False
    if match["round"]:
        return bool(re.search(r"(?:name|title)$", inside, re.IGNORECASE))
    if match["curly"]:
        return True
    known = kind_of(inside) is not PlaceholderKind.TEXT
    if match["under"]:
        return known and (inside.islower() or inside.isupper())
    if match["guillemets"]:
        return known or "_" in inside
    if match["double"]:
        return _is_square_blank(inside)
    return known or bool(_INSTRUCTION.match(inside)) or inside.isupper() or inside.istitle() and " " in inside


def _is_square_blank(inside: str) -> bool:
    return any(c.isalpha() for c in inside) and not _SQUARE_PROSE.fullmatch(inside) and "@" not in inside


def _nameless(match: re.Match[str]) -> Span:
    if match["titles"]:
        return Span(match.start("titles"), match.end("titles"))
    return Span(match.start() + len(match[0]) - len(match[0].lstrip()), match.end() + 1)


def _kind_at(text: str, span: Span) -> PlaceholderKind:
    """What a placeholder stands for, told from its words, or else from those around it."""
    words = text[span.start : span.end]
    if _NAMELESS.match(text, max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1):
        return PlaceholderKind.PERSON
    kind = kind_of(words)
    before = text[max(0, span.start - 40) : span.start]
    if _IS_TITLE.fullmatch(expression(words)) and _NAME_PRECEDES.search(before):
        return PlaceholderKind.PERSON
    if kind is not PlaceholderKind.TEXT:
        return kind
    if _ROLE_FOLLOWS.match(text, span.end) or _ROLE_PRECEDES.search(before):
        return PlaceholderKind.JOB_TITLE
    return PlaceholderKind.PERSON if _NAME_PRECEDES.search(before) else PlaceholderKind.TEXT
