"""What the values of header lines mean, whatever format they stand in."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import getaddresses, parsedate_to_datetime

from feedback_lint.document import Projection
from feedback_lint.names import names_somebody
from feedback_lint.readers.joining import rewritten
from feedback_lint.text import Span

_IGNORE = re.compile(r"ignore\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_COMMENTED = re.compile(
    r"(?:<!--|\{\{!-{0,2}|\{#|<%#)-?\s*feedback-lint\s*:\s*ignore\s*=([\w\s,-]*?)(?:--!?>|-?#\}|(?:--)?\}\}|-?%>)",
    re.IGNORECASE,
)
# Mailboxes that nobody's name stands on, beside those that `names` knows as groups and roles.
_OFFICES = frozenset(
    "careers career jobs job vacancies applications info office mail hello contact support noreply reply hr work "
    "recruit hiring recruiting recruitment talent people team admin enquiries inquiries notifications via system no "
    "name".split()
)
_NAME = re.compile(r"[^\W\d_][\w\s.,'’()-]*")
_FOLD = re.compile(r"(?<![ \t])[ \t]*+(?:\r\n|\n|\r)[ \t]*")


def unfolded(text: Projection, span: Span) -> Projection:
    """A header value on one line."""
    return rewritten(text.text, _FOLD, lambda _: " ", span).within(text)


def ignored_rules(value: str) -> frozenset[str]:
    """The rules that an X-Feedback-Lint header names: `ignore=demanding, bitter`."""
    match = _IGNORE.search(value)
    return frozenset(rule.strip() for rule in match[1].split(",") if rule.strip()) if match else frozenset()


def commented_rules(text: str) -> frozenset[str]:
    """The rules that comments of HTML and of template languages name: `<!-- feedback-lint: ignore=demanding -->`."""
    named = (rule.strip() for match in _COMMENTED.finditer(text) for rule in match[1].split(","))
    return frozenset(rule for rule in named if rule)


def sent_at(value: str) -> datetime | None:
    """The time in a Date header (RFC 5322, section 3.3), with its zone if it names one; `None` for other text."""
    try:
        return parsedate_to_datetime(value)
    except ValueError:
        return None


def person_of(value: str) -> str:
    """The name of the first person among the mailboxes of a header: "Priya Nair" of "Priya Nair <p.nair@x.example>".

    Empty where it is the name of an office, or may be that of a company.
    """
    mailboxes = getaddresses([value]) if "@" in value else [(name, "") for name in value.split(";")]
    return next((_in_order(name) for name, address in mailboxes if _is_person(name, address)), "")


def _in_order(name: str) -> str:
    """ "Priya Nair" of "Nair, Priya"."""
    last, comma, first = name.partition(",")
    return " ".join(f"{first} {last}".split() if comma else name.split())


def _is_person(name: str, address: str) -> bool:
    """Whether a mailbox is a person's: its address holds the name, or neither its host nor an office's name."""
    words = re.findall(r"[^\W\d_]+", name.lower())
    mailbox, _, host = address.lower().partition("@")
    if not _NAME.fullmatch(name) or not _OFFICES.isdisjoint(words) or not names_somebody(_in_order(name)):
        return False
    if any(len(word) > 2 and word in mailbox for word in words):
        return True
    offices = _OFFICES.isdisjoint(re.findall(r"[^\W\d_]+", mailbox))
    return len(words) > 1 and offices and not any(len(word) > 2 and word in host for word in words)
