"""Blanks that somebody is meant to fill in: where they are, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lint.document import Placeholder, PlaceholderKind
from feedback_lint.text import Span

# Syntaxes that hold a blank whatever stands in them.
_CERTAIN = re.compile(
    r"""
      \{\{\{?\s*[^{}\r\n]{1,80}?\s*\}?\}\}                      # {{ name }}, {{{name}}}
    | \{%[^%\r\n]{1,80}%\}                                      # {% name %}
    | \$\{[^{}\r\n]{1,60}\}                                     # ${name}
    | \*\|[^|\r\n]{1,60}\|\*                                    # *|FNAME|*
    | <<\s*[A-Za-z][^<>\r\n]{0,60}>>                            # <<name>>
    | (?<![\w%])%{1,2}[A-Za-z][A-Za-z_]{2,40}%{1,2}(?![\w%])    # %NAME%
    | (?<![\w:])::[A-Za-z][\w-]{1,40}::(?![\w:])                # ::name::
    | \((?:insert|enter)\s[^()\r\n]{1,60}\)                     # (insert company)
    | (?<!\w)X{3,}(?:[ .-]X{2,})*(?!\w)(?!\s*(?:$|[\r\n]))      # XXX, but not kisses at the end of a line
    | (?<![\w-])XYZ(?![\w-])                                    # XYZ
    """,
    re.VERBOSE,
)
# Syntaxes that hold a blank only when their words say so: they have other uses.
_NAMED = re.compile(
    r"""
      (?<![\w$({])\{\s*(?P<curly>[A-Za-z][\w\ .'’/&-]{0,60}?)\s*\}(?![\w}])    # {name}
    | (?<![\w<])<\s*(?P<angle>[A-Za-z][\w\ .,'’/&-]{0,60}?)\s*>(?!>)           # <Company Name>
    | «\s*(?P<guillemets>[A-Za-z][\w\ '’]{0,40}?)\s*»                          # «name»
    | (?<!\w)_(?P<under>[A-Za-z]+(?:[ _-][A-Za-z]+){0,3})_(?!\w)               # _name_
    | (?<!\w)\((?P<round>(?:your|company|first|last|full|job|manager|interviewer|hiring)  # (your name)
        \ [\w\ '’]{1,30})\)
    """,
    re.VERBOSE,
)
_SQUARE = re.compile(r"(?<![\w\]:;=-])\[(?P<inside>[^\[\]\r\n]{1,120}(?:\r?\n[^\[\]\r\n]{1,120})?)\](?![(:\[])")
# Runs of "_" and ".", and X in small numbers, are blanks where a word is due.
_WORD_IS_DUE = (
    r"(?:(?<=\bthe )|(?<=\ba )|(?<=\ban )|(?<=\bat )|(?<=\bfor )|(?<=\bof )|(?<=\bas )|(?<=\byour )|"
    r"(?<=\bmy )|(?<=\bin )|"
    r"(?<=\bfrom )|(?<=\bwith )|(?<=\bis )|(?<=\bon )|(?<=\bby )|(?<=\bdear )|(?<=\bhi )|(?<=\bhello )|"
    r"(?<=\bmr )|(?<=\bms )|"
    r"(?<=\bmrs )|(?<=\bmr\. )|(?<=\bms\. ))"
)
_RUN = re.compile(
    rf"(?<![\w_])_{{2,}}(?![\w_])|{_WORD_IS_DUE}(?:\.{{4,}}|…{{2,}}|[Xx]{{3,}}(?!\w)|X{{2}}(?!\w)|"
    rf"xyz(?!\w))|(?<=\s)\.{{8,}}(?=\s|[,;])",
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
_VERBATIM = re.compile(r"`[^`\r\n]*`|(?:https?://|www\.)[^\s<>\[\]]+|[^\s<>\[\]{}*|]+@[^\s<>\[\]{}*|]+")

# Square brackets that are no blanks: editors' marks, mail tags, remarks on the text, references, code.
_SQUARE_PROSE = re.compile(
    r"""\s*(?:sic|x|\.{3}|…|external|ext|urgent|spam|important|confidential|no\ ?reply|image.*|cid:.*|inline.*|
    edit(?:ed)?|redacted|
    emphasis\ .*|laughs?|sighs?|smiles?|applause|inaudible|crosstalk|my\ (?:emphasis|italics|translation|own)|
    [a-z]|attached|
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

# The words that tell what a blank stands for; "_" and "-" count as spaces.
_KINDS = (
    (
        PlaceholderKind.COMPANY,
        r"compan(?:y|ies)|organi[sz]ation|employer|firm|business|school|hospital|airline|client|agency|institution|"
        r"university|workplace",
    ),
    (
        PlaceholderKind.PERSON,
        r"(?:f|l|first|last|full|sur|fore|user)?names?|recipient|interviewers?|managers?|recruiters?|contact|sender|"
        r"addressee|mr|ms|mrs|sir|madam|signature|panel|salutation|person|me",
    ),
    (
        PlaceholderKind.JOB_TITLE,
        r"job|role|position|post|vacancy|opening|title|designation|requisition|job ?title|internship",
    ),
    (PlaceholderKind.DATE, r"date|day|month|year|time|when|week|weekday"),
)
_KIND_WORDS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _KINDS)
_TITLE_WORDS = re.compile(r"\b(?:job|role|position|post) ?(?:title|name)\b|\btitle of\b", re.IGNORECASE)
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
_NAME_PRECEDES = re.compile(rf"\b(?:dear|hi|hello|hey|{_TITLE})\s*$", re.IGNORECASE)


def find_placeholders(text: str) -> tuple[Placeholder, ...]:
    """All placeholders in `text`, in order and without overlaps. Spans are in `text`."""
    verbatim = [Span(*m.span()) for m in _VERBATIM.finditer(text)]
    found = sorted(
        (s for s in _candidates(text) if not any(v.overlaps(s) for v in verbatim)), key=lambda s: (s.start, -s.end)
    )
    out: list[Placeholder] = []
    for span in found:
        if not out or span.start >= out[-1].span.end:
            out.append(Placeholder(span, _kind_at(text, span)))
    return tuple(out)


def kind_of(words: str) -> PlaceholderKind:
    """What a placeholder stands for, told from its words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|[_.-]+", " ", words)
    if _TITLE_WORDS.search(spaced):
        return PlaceholderKind.JOB_TITLE
    return next((kind for kind, pattern in _KIND_WORDS if pattern.search(spaced)), PlaceholderKind.TEXT)


def _candidates(text: str) -> Iterator[Span]:
    for match in _CERTAIN.finditer(text):
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
        return known
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
    if kind is not PlaceholderKind.TEXT:
        return kind
    before = text[max(0, span.start - 40) : span.start]
    if _ROLE_FOLLOWS.match(text, span.end) or _ROLE_PRECEDES.search(before):
        return PlaceholderKind.JOB_TITLE
    return PlaceholderKind.PERSON if _NAME_PRECEDES.search(before) else PlaceholderKind.TEXT
