"""Somebody else's words in a mail: "> " lines, attribution lines, Outlook and forwarded blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DATED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d{2}|\S+@\S+|\b\d{1,2}(?:st|nd|rd|"
    r"th)?\s+[A-Z][a-z]{2}"
)
_WROTE = re.compile(
    r"\s*(?:on\b.{3,200}\bwrote|le\b.{3,200}\ba écrit|am\b.{3,200}\bschrieb\b.*|el\b.{3,200}\bescribió|"
    r"il\b.{3,200}\bha scritto|"
    r"op\b.{3,200}\bschreef\b.*|em\b.{3,200}\bescreveu|den\b.{3,200}\bskrev\b.*|w dniu\b.{3,200}\bnapisał\S*|"
    r"(?P<who>.{2,120}?)\b(?:wrote|writes|said))\s*:\s*",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(r"\b(?:you|your|i|we|my|me|it|what|have|had)\b", re.IGNORECASE)
_DIVIDER = re.compile(
    r"\s*(?:[-_=]{2,}\s*(?:original|forwarded|reply above|weitergeleitete|message d'origine).*|begin "
    r"forwarded message:)\s*",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*[_=*—–-]{3,}\s*")
_HEADER = re.compile(
    r"\s*\**(?:from|sent|to|subject|date|cc|von|gesendet|an|betreff|datum|de|envoyé|à|objet|para|enviado|"
    r"asunto|da|inviato|oggetto)\**\s*:(?:\s|\**\s)",
    re.IGNORECASE,
)
_SENDER = re.compile(r"\s*\**(?:from|von|de|da)\**\s*:", re.IGNORECASE)
_MARKED = re.compile(r"\s*[>|]{1}(?:\s|>|$)|\s*>")
# A block of so many header lines is a quoted mail's.
_LEAST_HEADERS = 3


def quoted_lines(lines: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the lines that are not the sender's: quoted ones, and bare rules drawn between parts.

    `lines` are the lines that are not blank.
    """
    quoted: set[int] = set()
    rules: set[int] = set()
    n = 0
    while n < len(lines):
        if _MARKED.match(lines[n]):
            quoted.add(n)
        elif _begins_old_mail(lines, n):
            return frozenset(quoted | set(range(n, len(lines)))), frozenset(rules)
        elif length := _attribution(lines, n):
            quoted |= set(range(n, n + length))
            if n + length < len(lines) and not _MARKED.match(lines[n + length]):
                return frozenset(quoted | set(range(n, len(lines)))), frozenset(rules)
            n += length - 1
        elif _RULE.fullmatch(lines[n]) and lines[n].strip() not in ("--", "---") and len(lines[n].strip()) > 4:
            rules.add(n)
        n += 1
    return frozenset(quoted), frozenset(rules)


def _begins_old_mail(lines: Sequence[str], n: int) -> bool:
    if _DIVIDER.fullmatch(lines[n]):
        return True
    if _RULE.fullmatch(lines[n]):
        return n + 1 < len(lines) and _is_header_block(lines, n + 1)
    return n > 0 and _is_header_block(lines, n)


def _is_header_block(lines: Sequence[str], n: int) -> bool:
    block = lines[n : n + _LEAST_HEADERS]
    return (
        bool(_SENDER.match(lines[n]))
        and len(block) == _LEAST_HEADERS
        and all(_HEADER.match(line + " ") for line in block)
    )


def _attribution(lines: Sequence[str], n: int) -> int:
    """How many lines the attribution that begins at line `n` runs over; 0 where none begins."""
    for length in (1, 2, 3):
        joined = " ".join(line.strip() for line in lines[n : n + length])
        match = _WROTE.fullmatch(joined)
        if not match or n + length > len(lines):
            continue
        marked = n + length < len(lines) and _MARKED.match(lines[n + length])
        dated = bool(_DATED.search(joined))
        if length > 1 and (match["who"] or not dated):
            return 0
        if dated and not _OWN_WORDS.search(joined) or marked and match["who"] and _is_name(match["who"]):
            return length
        return length if dated and re.match(r"\s*on\b", joined, re.IGNORECASE) else 0
    return 0


def _is_name(who: str) -> bool:
    words = who.split()
    return len(words) <= 5 and words[0][0].isupper() and not _OWN_WORDS.search(who)
