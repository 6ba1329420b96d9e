"""Blanks that somebody is meant to fill in: where they are, and what they stand for."""

from __future__ import annotations

import re

from feedback_lint.document import Placeholder, PlaceholderKind
from feedback_lint.text import Span

_NAMED = r"[A-Za-z][\w .'’/&-]{0,60}"
_SYNTAXES = (
    r"\{\{\{?\s*[^{}\n]{1,80}?\s*\}?\}\}",  # {{ name }}, {{{name}}}
    r"\$\{[^{}\n]{1,60}\}",  # ${name}
    rf"\{{\s*{_NAMED}\s*\}}",  # {name}
    r"\*\|[^|\n]{1,60}\|\*",  # *|FNAME|*
    r"«[^«»\n]{1,60}»|<<[A-Za-z][^<>\n]{0,60}>>",  # «name», <<name>>
    r"%%?[A-Z][A-Z0-9_]{2,40}%%?",  # %NAME%
    r"(?<![\w:])::[a-z][\w-]{1,40}::(?![\w:])",  # ::name::
    r"(?<!\w)_[a-z]+(?:[ _][a-z]+){0,3}_(?!\w)",  # _name_
    r"_{3,}",  # ____
    r"(?<!\.)\.{4,}(?!\.)(?=\s*(?:[,;:]|\b[a-z]|$))",  # ....
    r"(?<!\w)[Xx]{3,}(?!\w)|(?<!\w)XYZ(?!\w)",  # XXX, XYZ
)  # fmt: skip
_PLACEHOLDER = re.compile("|".join(f"(?:{s})" for s in _SYNTAXES))
_SQUARE = re.compile(r"\[(?P<inside>[^\[\]\n]{1,120}(?:\n[^\[\]\n]{1,120})?)\](?!\()")
_ANGLE = re.compile(rf"<(?P<inside>{_NAMED})>")
_DANGLING_NAME = re.compile(
    r"(?im)^[ \t]*(?:dear|hi|hello)(?P<blank>(?:[ \t]+(?:mr|mrs|ms|miss|dr)\.?(?:[ \t]*/[ \t]*(?:mr|mrs|ms|miss|dr)\.?)*)?)(?=[ \t]*,[ \t]*$)"
)

# Square brackets that are no blanks: footnotes, editors' marks, ticked boxes, mail tags, remarks on the text.
_SQUARE_PROSE = re.compile(
    r"(?i)\s*(?:\d[\d,\s–-]*|sic|x|\.{3}|…|external|ext|spam|image.*|cid:.*|edit(?:ed)?|redacted|emphasis .*|laughs?|sigh|"
    r"[a-z]|attached|attachment.*|link|pdf|and|or|the|an|to|of|in|was|is|are|were|has|had|their|my|our|her|his|its)\s*"
)
_ANGLE_TAGS = frozenset(
    "a b i u p br hr em strong span div table tr td th ul ol li html head body title style script img h1 h2 h3 h4 pre "
    "code blockquote sub sup small font center grin smile sigh sarcasm rant g vbg bg wink snip quote".split()
)

_PERSON = re.compile(
    r"(?i)\b(?:f|l|first|last|full|sur|fore|user|hiring|your|my|recipient|interviewer|manager|recruiter|contact|"
    r"candidate|sender|applicant|salutation|person)?[ _.-]?'?s?[ _]?"
    r"(?:f?names?|fname|lname|manager|interviewer|recruiter|contact|mr|ms|mrs|title and name|sir|madam|signature|panel)\b|salutation|addressee"
)
_JOB = re.compile(r"(?i)\b(?:job|role|position|post|vacancy|opening|title|designation|department|requisition)\b|(?:job|role|position)_?")
_COMPANY = re.compile(r"(?i)compan|organi[sz]ation|employer|\bfirm\b|business|school|hospital|airline|client|agency|institution|university")
_DATE = re.compile(r"(?i)\b(?:date|day|month|year|time|when|week)\b|_(?:date|day)\b")

STAND_INS = {
    PlaceholderKind.PERSON: "Robin",
    PlaceholderKind.JOB_TITLE: "Manager",
    PlaceholderKind.COMPANY: "Acme",
    PlaceholderKind.DATE: "Monday",
    PlaceholderKind.TEXT: "something",
}


def find_placeholders(text: str) -> tuple[Placeholder, ...]:
    """All placeholders in `text`, in order and without overlaps. Spans are in `text`."""
    found = [m.span() for m in _PLACEHOLDER.finditer(text)]
    found += [m.span() for m in _SQUARE.finditer(text) if _is_square_blank(m["inside"])]
    found += [m.span() for m in _ANGLE.finditer(text) if _is_angle_blank(m["inside"])]
    found += [_dangling(m) for m in _DANGLING_NAME.finditer(text)]
    out: list[Placeholder] = []
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if not out or start >= out[-1].span.end:
            out.append(Placeholder(Span(start, end), kind_of(text[start:end])))
    return tuple(out)


def _is_square_blank(inside: str) -> bool:
    return any(c.isalpha() for c in inside) and not _SQUARE_PROSE.fullmatch(inside) and "@" not in inside


def _is_angle_blank(inside: str) -> bool:
    return inside.split()[0].lower().rstrip("/") not in _ANGLE_TAGS and "@" not in inside and "/" not in inside


def _dangling(match: re.Match[str]) -> tuple[int, int]:
    """ "Dear ,": the blank is where the name should stand."""
    return (match.end() if not match["blank"].strip() else match.start("blank") + 1), max(
        match.end(), match.start("blank") + 1
    )


def kind_of(placeholder: str) -> PlaceholderKind:
    """What a placeholder stands for, told from its words."""
    inside = placeholder.strip("[]{}<>«»$%*|_: ")
    if _COMPANY.search(inside):
        return PlaceholderKind.COMPANY
    if _PERSON.search(inside):
        return PlaceholderKind.PERSON
    if _JOB.search(inside):
        return PlaceholderKind.JOB_TITLE
    if _DATE.search(inside):
        return PlaceholderKind.DATE
    return PlaceholderKind.TEXT
