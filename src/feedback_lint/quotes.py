"""Somebody else's words in a mail: "> " lines, attribution lines, Outlook and forwarded blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from feedback_lint.dates import find_date, folded
from feedback_lint.quote_words import DIVIDERS, FROM, HEADERS, OTHER, SENT, SUBJECT, TO, WROTE, WROTE_WITHIN

_MARKS = re.compile(r"(?:>[ \t\u00a0]?|\|(?:[ \t\u00a0]|$|(?=>)))+")
_RULE = re.compile(r"[_=*—–-]{3,}")
_DASHED = re.compile(r"-{2,}.*-{2,}")
_BESIDE_DIVIDER = " -_=*#:"
_DIVIDER_STARTS = ("--", "__", "==", "**", "##")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_BRACKETED = re.compile(r"<[^<>@]*@")
_CLOCK = re.compile(r"\b[0-9]{1,2}[:.h][0-9]{2}\b")
_WORD = re.compile(r"[^\W\d_](?:[\w'’()-]*[\w)])?")
# A sentence: somebody's prose, and not what a mail program wrote.
_SENTENCE = re.compile(r"[?!]|[^\W\d_]{5,}\. ")
_OWN_WORDS = frozenset("you your yours i we our my me this that what which have had".split())
_MOST_OTHER_WORDS = 12
_MOST_NAME_WORDS = 5
# An attribution is wrapped over at most so many lines, an address list in a block of headers over at most so many more.
_ATTRIBUTION_LINES = 3
_FOLDED_LINES = 4
_MOST_CHARACTERS = 400
# A mail program that wraps quoted lines breaks them beyond this width, and leaves at most so many words.
_WRAPS_FROM = 60
_TAIL_WORDS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the shown text that is not blank, without white space around it."""

    text: str
    after_blank: bool


@dataclass(slots=True)
class QuotedMail:
    """A quoted mail whose head tells who wrote it or when, in line numbers.

    `author` and `dated` are the lines that tell; `body` are its own lines, without mails quoted in it.
    """

    author: range
    dated: range
    body: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Quotes:
    """The lines that are not the sender's, the bare rules between parts, and the quoted mails that have a head."""

    lines: frozenset[int]
    rules: frozenset[int]
    mails: tuple[QuotedMail, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line, how many quote marks stand before it, and its text without them."""

    depth: int
    text: str
    after_blank: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines above a quoted mail, and those among them with its author and its date (its author, if it has none).

    `runs_on`: the mail goes on to the end where no marks follow.
    """

    length: int
    author: range
    dated: range
    runs_on: bool


def unmarked(line: str) -> str:
    """A line without the quote marks before it."""
    return line[_marks_end(line) :].strip()


def find_quotes(lines: Sequence[Line]) -> Quotes:
    """What is not the sender's own.

    Below an attribution or a divider all is quoted: the lines with marks if the next has one, else all to the end.
    """
    rows = [_row(line) for line in lines]
    quoted: set[int] = set()
    rules: set[int] = set()
    mails: list[QuotedMail] = []
    open_mails: list[tuple[int, QuotedMail]] = []
    to_the_end = False
    n = 0
    while n < len(rows):
        depth = rows[n].depth
        while open_mails and open_mails[-1][0] > depth:
            open_mails.pop()
        head = _head(rows, n, below_others=bool(n))
        if head:
            below = n + head.length
            marked = below < len(rows) and rows[below].depth > depth
            if marked or head.runs_on or depth or to_the_end:
                quoted |= set(range(n, below))
                to_the_end = to_the_end or not (marked or depth)
                if head.author:
                    mails.append(QuotedMail(head.author, head.dated))
                    open_mails.append((depth + marked, mails[-1]))
                n = below
                continue
        if depth or to_the_end or _is_tail(rows, n):
            quoted.add(n)
            if open_mails:
                open_mails[-1][1].body.append(n)
        elif _RULE.fullmatch(rows[n].text) and len(rows[n].text) > 4:
            rules.add(n)
        n += 1
    return Quotes(frozenset(quoted), frozenset(rules), tuple(mails))


def _row(line: Line) -> _Row:
    end = _marks_end(line.text)
    marks = line.text[:end]
    return _Row(marks.count(">") + marks.count("|"), line.text[end:].strip(), line.after_blank)


def _marks_end(line: str) -> int:
    match = _MARKS.match(line)
    return match.end() if match else 0


def _is_tail(rows: Sequence[_Row], n: int) -> bool:
    """Whether a line is the end of the quoted line above, wrapped without its mark."""
    if not 0 < n < len(rows) - 1:
        return False
    row, above, below = rows[n], rows[n - 1], rows[n + 1]
    return (
        not row.after_blank
        and not below.after_blank
        and bool(above.depth and below.depth)
        and len(above.text) >= _WRAPS_FROM
        and above.text[-1] not in ".?!:"
        and row.text[:1].islower()
        and len(row.text.split()) <= _TAIL_WORDS
    )


# --- what stands above a quoted mail --------------------------------------------------------------------------------


def _head(rows: Sequence[_Row], n: int, *, below_others: bool) -> _Head | None:
    """The divider, block of headers or attribution that begins at a row."""
    text = rows[n].text
    rule = bool(_RULE.fullmatch(text))
    if rule or _is_divider(text):
        block = _header_block(rows, n + 1)
        if block:
            return replace(block, length=block.length + 1)
        return None if rule else _Head(1, range(0), range(0), runs_on=True)
    return (_header_block(rows, n) if below_others or rows[n].depth else None) or _attribution(rows, n)


def _is_divider(text: str) -> bool:
    """Whether a line is "-----Original Message-----", "Begin forwarded message:" or the like."""
    if len(text) > _MOST_CHARACTERS:
        return False
    plain = folded(text).replace("’", "'")
    return plain.strip(_BESIDE_DIVIDER) in DIVIDERS and (plain.startswith(_DIVIDER_STARTS) or plain.endswith(":"))


def _header_block(rows: Sequence[_Row], n: int) -> _Head | None:
    """A block of header lines, in any order: From with Sent or Date, or with To and Subject."""
    kinds: dict[str, int] = {}
    at, folds, last = n, 0, ""
    address = False
    while at < len(rows) and rows[at].depth == rows[n if n < len(rows) else at].depth:
        text = rows[at].text
        kind = _header_kind(text)
        if kind is None:
            folds += 1
            if (
                last not in (FROM, TO, OTHER)
                or folds > _FOLDED_LINES
                or rows[at].after_blank
                or not re.search("[@;<]", text)
            ):
                break
        elif kind in kinds and kind != OTHER:
            break
        else:
            kinds[kind] = at
            last = kind
        address = address or bool(_ADDRESS.search(text[:_MOST_CHARACTERS]))
        at += 1
    if FROM not in kinds or not (SENT in kinds or {TO, SUBJECT} <= kinds.keys()):
        return None
    dated = find_date(rows[kinds[SENT]].text) if SENT in kinds else None
    if len(kinds) < 3 and not dated or not (SUBJECT in kinds or address or dated and dated.time):
        return None
    author, sent = kinds[FROM], kinds.get(SENT, kinds[FROM])
    return _Head(at - n, range(author, author + 1), range(sent, sent + 1), runs_on=True)


def _header_kind(text: str) -> str | None:
    """Which header a line is: "From: …", "*Gesendet:* …"."""
    name, colon, _ = folded(text[:60]).partition(":")
    return HEADERS.get(name.strip(" *_")) if colon else None


def _attribution(rows: Sequence[_Row], n: int) -> _Head | None:
    """The attribution that begins at a row, over as few rows as hold one."""
    for length in range(1, _ATTRIBUTION_LINES + 1):
        if not _may_end_here(rows, n, length):
            return None
        head = _attribution_of(rows, n, length)
        if head:
            return None if _begins_later(rows, n, length) else head
    return None


def _begins_later(rows: Sequence[_Row], n: int, length: int) -> bool:
    """Whether the first rows of what looks like an attribution are the end of what stands above it."""
    dated = bool(find_date(_joined(rows, n, length)))
    for skipped in range(1, length):
        if not _attribution_of(rows, n + skipped, length - skipped):
            continue
        above, below = rows[n + skipped - 1].text, rows[n + skipped].text
        if _BRACKETED.search(above) or below.startswith(("<", "(")):
            continue
        if not dated or find_date(_joined(rows, n + skipped, length - skipped)):
            return True
    return False


def _joined(rows: Sequence[_Row], n: int, length: int) -> str:
    return " ".join(row.text for row in rows[n : n + length])


def _may_end_here(rows: Sequence[_Row], n: int, length: int) -> bool:
    """Whether the rows can be one: they stand together at one depth."""
    last = n + length - 1
    return last < len(rows) and rows[last].depth == rows[n].depth and not (length > 1 and rows[last].after_blank)


def _attribution_of(rows: Sequence[_Row], n: int, length: int) -> _Head | None:
    """Whether just these rows are an attribution."""
    if sum(len(row.text) for row in rows[n : n + length]) > _MOST_CHARACTERS:
        return None
    joined = _joined(rows, n, length)
    zoho = bool(_DASHED.fullmatch(joined))
    if not (zoho or joined.rstrip(" -").endswith((":", "："))):
        return None
    plain = folded(joined)
    marked = n + length < len(rows) and rows[n + length].depth > rows[n].depth
    written = find_date(plain)
    others = _others(plain)
    wrote = any(word in WROTE for word in _words(plain)) or any(word in plain for word in WROTE_WITHIN)
    address = bool(_ADDRESS.search(plain))
    timed = bool(written and written.time) or bool(_CLOCK.search(plain))
    own = _OWN_WORDS.intersection(others)
    if _SENTENCE.search(written.rest if written else plain) or len(others) > _MOST_OTHER_WORDS:
        return None
    if own and not (
        own == {"you"} and marked and wrote and written and timed
    ):  # KMail: "On Monday 03 March 2025 16:12:00 you wrote:"
        return None
    place = range(n, n + length)
    if written and (wrote or address):
        return _Head(length, place, place, runs_on=timed or address)
    if written and timed and len(others) <= _MOST_NAME_WORDS and plain[:1].isdigit():  # "2025年3月3日(月) 16:12 Jane:"
        return _Head(length, place, place, runs_on=True)
    if wrote and (timed or address):
        return _Head(length, place, place, runs_on=len(others) <= _MOST_NAME_WORDS)
    if wrote and marked and length == 1 and len(others) <= _MOST_NAME_WORDS and joined[:1].isupper():
        return _Head(length, place, place, runs_on=False)
    return None


def _words(plain: str) -> Iterator[str]:
    return (match[0] for match in _WORD.finditer(plain))


def _others(text: str) -> list[str]:
    """The words of a text that belong neither to its date nor to an address, and are no verb of writing."""
    written = find_date(text)
    plain = _ADDRESS.sub(" ", written.rest if written else folded(text))
    return [word for word in _words(plain) if word not in WROTE]
