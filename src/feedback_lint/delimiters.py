"""Placeholders whose delimiters do not pair: `{{name}`, `[Job Title`, `<%= name }`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedback_lint.document import PlaceholderKind
from feedback_lint.placeholder_kinds import kind_of
from feedback_lint.text import Span

_CHAIN = r"@?[A-Za-z_]\w*+(?>(?:\.\w++)*)"
_NAME = rf"[ \t]*+{_CHAIN}(?:[ ]\w++){{0,3}}[ \t]*+"
# Signs that nothing but a template has: whatever stands between them, they must pair.
_CERTAIN = re.compile(
    r"""
      (?P<whole>
        (?<!\{)\{\{[ \t]*+[^{}\s%][^{}\r\n]*+(?:\r?\n[^{}\r\n]*+)?\}\}(?!\}) | \{\{\{[^{}\r\n]++\}\}\}(?!\})
      | \{%(?>(?:(?!\{%|%\}).)+)%\} | <%(?![-=]?[ \t]*+%>)(?>(?:(?!<%|%>|\n\r?\n).)+)%>
      | [$\#]\{[ \t]*+[^{}\s][^{}\r\n]*+\} | \*\|[^|\r\n]++\|\*
      )
    | \{\{\{?[ \t]*+\}\}\}? | \$\{[ \t]*+\} | <%=?[ \t]*+%> | \*\|[ \t]*+\|\*                       # {{ }}
    | \{[ \t]++\{NAME\}[ \t]*+\}                                                                   # { {name} }
    | \{\{\{?[^{}<>\[\]%\r\n]{1,80}(?:\}(?>(?:[ \t]?\})*)|%\}|\]\]?+|>>?+)                          # {{name}, {{name]]
    | \{\{?%[^%{}\r\n]{1,80}(?:%?\}\}?+|%?\]) | \{[ \t]%[^%{}\r\n]{1,80}%[ \t]*+\}                 # {% if x }
    | <%=?[^%<>{}\[\]\r\n]{1,80}(?:\}\}?+|\]\]?+|(?<![-=])>) | (?<![<\w])<=?[ \t]?CHAIN[ \t]?%>    # <%= name }
    | (?<!\[)\[\[?+NAME\}\}?+ | <<NAME(?:\}\}?+|\]\]?+)                                            # [[name}}
    | (?<![\w*])\*\|[A-Z][A-Z_0-9]*+\|?(?![\w*|:]) | (?<![\w|*])[*|][A-Z][A-Z_0-9]*+\|\*(?!\w)     # *|FNAME|
    | \{\{[ \t]*+CHAIN | \$\{CHAIN | <%=[ \t]*+CHAIN | (?<![\w<.@])CHAIN[ \t]?%>                   # {{name
    """.replace("NAME", _NAME).replace("CHAIN", _CHAIN),
    re.VERBOSE | re.DOTALL,
)
# Signs with other uses: the words beside them must be those of a blank, and no second sign may be near.
_WORD = r"[A-Za-z]++(?:['’]s)?"
_UNCLOSED = re.compile(
    r"""
      (?<![\w\]\[:;=-])\[(?=[A-Za-z])(?![^\[\]]{0,120}\])
    | (?<![\w{$\#\\])\{(?=[A-Za-z])(?![^{}]{0,120}\})
    | (?<![\w<])<(?=[A-Za-z]+[ _][A-Za-z])(?![^<>]{0,120}>)
    | «(?=[A-Za-z])(?![^«»]{0,120}»)
    """,
    re.VERBOSE,
)
_UNOPENED = re.compile(r"(?<=[A-Za-z])(?:\}\}?|\]\]?|»)(?![}\]])")
_UNEVEN = re.compile(
    r"""
      (?<![\w$\#\\{}])\{(?P<curly>NAME)(?:\}\}|[\])])(?!\})
    | (?<![\w<])<<(?P<two>NAME)>(?!>) | (?<![\w<])<(?P<one>NAME)>>(?!>)
    """.replace("NAME", _NAME),
    re.VERBOSE,
)
_PERCENT = re.compile(
    r"(?<![\w%])(?:%{1,2}(?P<first>[A-Z][A-Z_]{2,40})|(?P<last>[A-Z][A-Z_]{2,40})%{1,2}|%\((?P<round>[A-Za-z_]\w*)\))"
    r"(?![\w%])"
)
_OPENING = {"}": "{", "]": "[", "»": "«"}
_BLANK_WORDS = frozenset(
    "your insert enter company company's organisation organization employer firm job title name first last "
    "full hiring manager manager's recruiter recruiter's interviewer interviewer's position role date department "
    "team candidate sender contact interview recipient fname lname".split()
)
_NEXT_WORDS = re.compile(rf"{_WORD}(?:[ _]{_WORD}){{0,3}}")
_LAST_WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z]+(?:['’]s)?(?:[ _][A-Za-z]+(?:['’]s)?){0,3}\Z")
_PART = re.compile(r"[^ _]+|[ _]")
_ENDS = re.compile(r"\s*(?:[,.;:!?]|\Z)|[ \t]*[\r\n]")
_PARAGRAPH_END = re.compile(r"\n\r?\n")
# All delimiters have one of these.
_SIGNS = frozenset("{}[]<>«»%|")
# How far the other delimiter can be.
_REACH = 120


def find_malformed(text: str) -> Iterator[Span]:
    """Placeholders of which a delimiter is missing, or does not go with the other one, in no certain order."""
    if _SIGNS.isdisjoint(text):
        return
    for match in _CERTAIN.finditer(text):
        if match["whole"] is None:
            yield _trimmed(match)
    for match in _UNEVEN.finditer(text):
        if _is_blank(match[match.lastgroup or 0]) and not _is_nested(text, match.start()):
            yield Span(*match.span())
    for match in _PERCENT.finditer(text):
        if _is_blank(match[match.lastgroup or 0]):
            yield Span(*match.span())
    for match in _UNCLOSED.finditer(text):
        words = _NEXT_WORDS.match(text, match.end())
        length = _blank_length(_PART.findall(words[0])) if words else 0
        end = match.end() + length
        if length and (not text[match.end() : end].isalpha() or _ENDS.match(text, end)):
            yield Span(match.start(), end)
    for match in _UNOPENED.finditer(text):
        before = _PARAGRAPH_END.split(text[max(0, match.start() - _REACH) : match.start()])[-1]
        words = _LAST_WORDS.search(before[-_REACH // 2 :])
        length = _blank_length(_PART.findall(words[0])[::-1]) if words else 0
        lone = before.rfind(_OPENING[match[0][0]]) <= before.rfind(match[0][0])
        is_plain = before[-length:].isalpha() and before[-length:].islower() and match[0] != "}}"
        if lone and length and not is_plain:
            yield Span(match.start() - length, match.end())


def _trimmed(match: re.Match[str]) -> Span:
    """The span of a match without white space around it."""
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Span(start, start + len(match[0].strip()))


def _blank_length(parts: Sequence[str]) -> int:
    """How many characters of words next to a lone delimiter, nearest first, are those of a blank; 0 for other words.

    They are all written with a capital or all without.
    """
    length = at = 0
    capital = parts[0][0].isupper()
    for part in parts:
        at += len(part)
        if part in (" ", "_"):
            continue
        if part.lower().replace("’", "'") not in _BLANK_WORDS or part[0].isupper() is not capital:
            break
        length = at
    kept = "".join(parts)[:length]
    return length if kind_of(kept.replace("_", " ")) is not PlaceholderKind.TEXT else 0


def _is_blank(name: str) -> bool:
    return "_" in name.strip() or kind_of(name) is not PlaceholderKind.TEXT


def _is_nested(text: str, at: int) -> bool:
    """Whether another brace is open before a place on its line, as in code."""
    line = text[max(0, at - _REACH) : at].rsplit("\n", 1)[-1]
    return line.count("{") > line.count("}")
