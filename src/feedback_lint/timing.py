"""How long after the rejection a mail is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from email.utils import parseaddr

from feedback_lint.dates import Interval, find_date, folded, interval_of
from feedback_lint.document import Document, Quotation, RegionKind
from feedback_lint.rejection import is_rejection
from feedback_lint.text import Span

# A draft without a Date that answers an older mail lies in an archive, and is not about to be sent.
_STILL_A_DRAFT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of a mail beside its text: the time at which it is checked, and when the rejection came.

    `rejected_on` is a day or, as a datetime, a moment; `None` where only the mail itself can tell.
    """

    now: datetime
    rejected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """The time from the rejection to the mail, at least and at most; `span` is where the mail tells of it."""

    span: Span
    least: timedelta
    most: timedelta


def wait(document: Document, occasion: Occasion) -> Wait | None:
    """How long the sender waited; `None` where nothing tells, or what tells cannot be right.

    The mail is sent at its Date, or now. Times without a zone are in the sender's.
    """
    dated = document.envelope.sent
    sent = dated or occasion.now
    if sent.tzinfo is None:
        sent = sent.replace(tzinfo=occasion.now.tzinfo)
    zone = sent.tzinfo or occasion.now.astimezone().tzinfo
    if zone is None:
        return None
    if occasion.rejected_on is not None:
        return _between(_top(document), interval_of(occasion.rejected_on, zone), sent)
    found = _rejection(document, sent.date(), zone)
    if found is None or dated is None and sent - found[1].latest > _STILL_A_DRAFT:
        return None
    return _between(*found, sent)


def _between(span: Span, rejected: Interval, sent: datetime) -> Wait | None:
    if rejected.earliest > sent:
        return None
    return Wait(span, max(sent - rejected.latest, timedelta()), sent - rejected.earliest)


def _top(document: Document) -> Span:
    """An empty span where the body begins."""
    body = [r.projection.place.start for r in document.of((RegionKind.BODY,)) if r.projection]
    start = body[0] if body else document.start
    return Span(start, start)


def _rejection(document: Document, sent: date, zone: tzinfo) -> tuple[Span, Interval] | None:
    """Where the last quoted rejection says when it was sent, and when that was."""
    found: list[tuple[Span, Interval]] = []
    for quotation in document.quotations:
        when = find_date(quotation.dated)
        if when and is_rejection(quotation.words) and not _is_own(quotation, document):
            found.append((quotation.place, when.until(sent).interval(zone)))
    return max(found, key=lambda f: f[1].latest, default=None)


def _is_own(quotation: Quotation, document: Document) -> bool:
    """Whether the sender of the mail wrote what is quoted, too."""
    author = folded(quotation.author)
    name, address = parseaddr(document.envelope.sender)
    signature = next((r.projection.text for r in document.of((RegionKind.SIGNATURE,)) if r.projection), "")
    words = set(re.findall(r"\w+", author))
    named = [set(re.findall(r"\w+", folded(n))) for n in (name, signature)]
    return bool(address) and folded(address) in author or any(len(n) > 1 and n <= words for n in named)
