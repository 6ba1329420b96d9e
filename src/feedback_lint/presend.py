"""The judgement before a mail is sent: whether it is one that asks for feedback, and what should stop it.

Whether it is one is told in two steps. The first asks for words that hardly any such mail lacks, and costs nothing that
takes time to load; the second asks signals, for which the mail is parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback_lint.diagnostic import Diagnostic, Severity
from feedback_lint.document import Document, Mode, RegionKind
from feedback_lint.input import InputError, decoded
from feedback_lint.readers import read
from feedback_lint.rejection import is_rejection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedback_lint.linter import Linter
    from feedback_lint.report import Report

NAME = "message.eml"
_OWN = (RegionKind.BODY, RegionKind.CLOSING)
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
_POST = (
    r"interview|job|roles?\b|position|posts?\b|vacanc|candida|applicant|recruit|hir(?:e|ed|ing)\b|shortlist|"
    r"(?:un)?successful"
)
_ABOUT_A_POST = re.compile(rf"\b(?:{_POST})", re.IGNORECASE)
# Words of applying and choosing, and of asking and deciding: a mail that has both may be ours.
_JOB = re.compile(
    rf"\b(?:{_POST}|place\b|appl[yi]|audition|trial|assessment|test\b|intern|apprentic|trainee|placement|panel|reject|"
    r"select|appoint|turn(?:ed|ing) \w+ down|chose|pick(?:ed|ing)\b|decision|offered|"
    r"(?:see|meet|hav)ing me\b)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:feedback|advi[cs]e|tips?\b|pointers?\b|comments?\b|notes\b|why\b|reason|expla|improv|better\b|wrong|"
    r"different|suggest|recommend|learn|weak|lack|miss|strong|mistake|reconsider|again\b|honest|thought|impress|hear|"
    r"(?:what|wot|how|where|which \w+) (?:\w+ )?i\b|(?:tell|telling|answer) me\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PreSend:
    """What is said of a mail before it is sent.

    `is_ours`: it asks for feedback after a rejection, thanks for it or follows up. `reports` are all that was found,
    `stopping` the findings for which it should not go, in reading order; both are empty where it was not judged.
    """

    is_ours: bool
    reports: tuple[Report, ...] = ()
    stopping: tuple[Diagnostic, ...] = ()


def may_be_ours(data: bytes, name: str = NAME) -> bool:
    """Whether a mail has the words that hardly any has not that we judge. Loads neither rules nor spaCy.

    Raises InputError for what is no mail.
    """
    source = decoded(data, name)
    letters = read(source, Mode.DRAFT)
    if not letters:
        raise InputError(source.path, "There is no mail in this file.")
    ways = (letter.ways[0] for letter in letters)
    return any(_has_the_words(p.text for p in (way.subject, way.body) if p) for way in ways)


def may_concern_us(document: Document) -> bool:
    """Whether what is shown of a mail has the words that hardly any has not that we judge."""
    return _has_the_words(projection.text for projection in document.shown)


def judge(
    linter: Linter,
    data: bytes,
    *,
    level: Severity = Severity.WARNING,
    everything: bool = False,
    name: str = NAME,
) -> PreSend:
    """Judge a mail that is about to be sent: as a draft, by the linter's settings otherwise.

    Findings at or above `level` stop it. With `everything`, mails are judged that ask for no feedback, too. Raises what
    `Linter.lint` raises.
    """
    source = decoded(data, name)
    settings = replace(linter.settings, mode=Mode.DRAFT)
    ours = any(_is_ours(linter, document) for document in linter.documents(source, settings))
    if not ours and not everything:
        return PreSend(is_ours=False)
    reports = linter.lint(source, settings)
    found = tuple(d for report in reports for d in report.diagnostics if d.severity.at_least(level))
    return PreSend(ours, reports, found)


def _has_the_words(texts: Iterable[str]) -> bool:
    text = "\n".join(texts)
    return bool(_JOB.search(text) and _ANSWER.search(text))


def _is_ours(linter: Linter, document: Document) -> bool:
    """Whether a mail asks for feedback after a rejection, thanks for it or follows up."""
    if not may_concern_us(document):
        return False
    from feedback_lint.matching import PROSE, Matcher

    draft = linter.draft(document)
    matcher = Matcher(linter.rules, draft)

    def says(*signals: str, where: tuple[RegionKind, ...] = PROSE) -> bool:
        return any(matcher.signal(name, where) for name in signals)

    # The subject may be that of a mail that is answered.
    if says("employer-side", "still-open", "job-hunt", where=_OWN):
        return False
    if says("interview-feedback") or says("interviewed") and says("feedback-received"):
        return True
    answers = _answers_rejection(document)
    job = answers or says("job-sought") or says("occupation", where=(RegionKind.SUBJECT,))
    rejected = answers or says("turned-down", "acknowledgement", "found-unfit")
    return job and rejected and says("feedback-wanted")


def _answers_rejection(document: Document) -> bool:
    """Whether a mail replies to one that turns a candidate down."""
    subject = "".join(document.words(r.span) for r in document.of((RegionKind.SUBJECT,)))
    rejections = (q.words for q in document.quotations if is_rejection(q.words))
    return any(map(_ABOUT_A_POST.search, rejections)) and not _FORWARDED.match(subject)
