"""What a placeholder stands for, told from the words in it."""

from __future__ import annotations

import re

from feedback_lint.document import PlaceholderKind

_KINDS = {
    PlaceholderKind.PERSON: (
        "fname lname mname firstname lastname fullname forename surname username recipient interviewer manager "
        "recruiter contact sender addressee mr ms mrs sir madam signature panel panellist panelist salutation "
        "honorific person me interviewee candidate applicant user reader writer author"
    ),
    PlaceholderKind.JOB_TITLE: "job role position post vacancy opening designation requisition internship",
    PlaceholderKind.COMPANY: (
        "company companies organisation organization org employer firm business school hospital airline client "
        "agency agencies institution university workplace team department division"
    ),
    PlaceholderKind.DATE: "date day month year time when week weekday",
    PlaceholderKind.TEXT: "email mail phone mobile telephone url link website address linkedin feedback",
}
_KIND_OF_WORD = {word: kind for kind, words in _KINDS.items() for word in words.split()}
# Words that tell the kind only with others: "company name", "contact title".
_UNSPECIFIC = frozenset("name title your my the their insert enter add a an full".split())
_NAME_OF_PERSON = re.compile(r"\b(?:first|last|middle|given|family|sur|nick|full) ?names?\b", re.IGNORECASE)
_STRING = re.compile(r"""(?<![\w\[])"[^"\r\n]*"|(?<![\w\[])'[^'\r\n]*'|“[^”\r\n]*”""")
# What an expression does with its value: filters, what stands in for it, a condition.
_REST = re.compile(r"(?<=[\w\]])(?:\s*(?:\||\?\?)|\s(?:or|if|unless|rescue)\s|(?<=[A-Z]):).*", re.DOTALL)
_SUBSCRIPT = re.compile(r"\[:?[\"']?(\w+)[\"']?\]")
_PREPOSITION = re.compile(r"\s(?:of|at|for|in|with|from|on|about|that|you)\s", re.IGNORECASE)
_SPACED = re.compile(r"(?<=[a-z])(?=[A-Z])|[\W_]+")
# A blank of more words is an instruction that names many things.
_MOST_WORDS = 6
_OUTER = " \t\r\n{}<>«»$#%*|@_=~&-"
_SIGNS = " \t\r\n{}[]<>«»$#%*|@_()=~&-:!"


def kind_of(words: str) -> PlaceholderKind:
    """What a placeholder stands for, told from its words: the last one that tells it decides."""
    inside = expression(words)
    if len(inside.split()) > _MOST_WORDS:
        return PlaceholderKind.TEXT
    if _NAME_OF_PERSON.search(_split(inside)):
        return PlaceholderKind.PERSON
    head = _PREPOSITION.split(inside, maxsplit=1)
    named = _words(head[0])
    if len(head) > 1 and set(named) <= _UNSPECIFIC:  # "name of the company"
        named = _words(head[1])
    for word in reversed(named):
        kind = _KIND_OF_WORD.get(word) or _KIND_OF_WORD.get(word.removesuffix("s"))
        if kind:
            return kind
    if "name" in named or "names" in named:
        return PlaceholderKind.PERSON
    return PlaceholderKind.JOB_TITLE if "title" in named else PlaceholderKind.TEXT


def expression(words: str) -> str:
    """The name in a placeholder, or what stands for it, without delimiters, filters and default values.

    `{{ user.first_name | title }}` gives "user.first_name", `[Job Title]` gives "Job Title".
    """
    return _REST.sub("", _STRING.sub("", _SUBSCRIPT.sub(r".\1", words.strip(_OUTER)))).strip(_SIGNS)


def _split(inside: str) -> str:
    return _SPACED.sub(" ", inside)


def _words(inside: str) -> list[str]:
    return _split(inside.replace("’s", "").replace("'s", "")).lower().split()
