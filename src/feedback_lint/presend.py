"""The judgement before a mail is sent: whether it is one that asks for feedback, and what should stop it.

Whether it is one is told from its words in two steps. The first asks for words that every such mail has, and costs
nothing that takes time to load; the second asks signals, for which the mail is parsed.
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
from feedback_lint.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedback_lint.document import Source
    from feedback_lint.linter import Linter
    from feedback_lint.report import Report

NAME = "message.eml"
_OWN = (RegionKind.BODY, RegionKind.CLOSING)
_REPLY = re.compile(r"\s*(?:re|aw|sv|antw|odp|rv|fwd?|wg)\s*:", re.IGNORECASE)
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr)\s*:", re.IGNORECASE)

_JOB = re.compile(
    r"\b(?:interview\w*|jobs?|roles?|positions?|vacanc(?:y|ies)|candida\w+|applicants?|shortlist\w*|recruit\w*|"
    r"audition\w*|trial (?:day|shift|lesson|week|session)s?|assessment (?:day|cent\w+)|internships?|apprentice\w*|"
    r"traineeships?|placements?|lectureship|fellowship|residency|hir(?:e|ed|ing)|rejection|cv|résumé|advert|"
    r"my (?:job )?application|(?:my|the|this|a|your|of) (?:[\w'-]+ ){0,4}(?:post|place|seat)|gig|"
    r"search for an?|how i came across)\b"
)
_POST = (
    r"(?:job|role|position|post|place|seat|work|internship|apprenticeship|placement|gig|vacancy|contract|lectureship)"
)
# The writer is who was interviewed, or applied.
_CANDIDATE = re.compile(
    r"\bmy (?:[\w'-]+ ){0,3}(?:interviews?|applications?|candidacy|candidature|audition|trial|cv|résumé|profile|"
    r"presentation|portfolio|pitch)\b|"
    r"\b(?:interview(?:ed|ing)?|seeing|saw|met|meeting|consider(?:ed|ing)?|hear(?:ing|d)|having|hir(?:e|ed|ing)|"
    r"select(?:ed|ing)?|choos(?:e|ing)|chose|chosen|pick(?:ed|ing)?|appoint(?:ed|ing)?|reject(?:ed|ing)?|"
    r"turn(?:ed|ing)|shortlist(?:ed|ing)?) me\b|"
    r"\bgiv(?:e|ing) me (?:a|an|the) (?:[\w'-]+ )?(?:chance|opportunity|go|try|interview|trial|job|role|post|time)\b|"
    r"\bi (?:[\w'-]+ ){0,4}(?:interviewed|applied|auditioned|attended|rejected|selected|chosen|picked|hired|"
    r"shortlisted|unsuccessful|successful|appointed)\b|"
    rf"\bi (?:do|did|have|could|can)(?:n't| not|not) (?:\w+ )?(?:get|got|have|land|join) (?:[\w'-]+ ){{0,5}}{_POST}\b|"
    r"\bthe (?:[\w'-]+ ){0,4}(?:interview|trial (?:day|shift)|audition|panel)\b|\byour panel\b|\b(?:at|in) interviews?\b|"
    rf"\b(?:thank|thanks|grateful|about|for|gave|missed out)\b[^.?!]{{0,60}}\b{_POST}\b|"
    rf"\b{_POST} (?:[\w'-]+ )?(?:went|has gone|had gone|goes) to\b|"
    r"\b(?:respect|accept|understand) (?:your|the|[\w-]+'s) (?:\w+ )?(?:decision|outcome|choice)\b"
)
# The writer is who interviews, or helps somebody else to a job.
_EMPLOYER = re.compile(
    r"\byour (?:application|candidacy|cv|résumé|interview (?:on|with|for)|examples|presentation was)\b|"
    r"\b(?:on|after|from|about|during) your (?:\w+ )?(?:interview|test|presentation)\b|"
    r"\b(?:invite|offer) you\b|\bthank you for (?:coming|applying|your (?:interest|application))\b|"
    r"\bwe (?:saw|interviewed|would like to (?:offer|invite)|would be happy to give)\b|"
    r"\bfeedback (?:from the client|on each)\b|\bthe client\b"
)
# Something else came of it, or is asked for.
_OTHERWISE = re.compile(
    r"\b(?:thank you|thanks)(?: \w+){0,3} for (?:the|your|this) (?:\w+ )?offer\b|\boffering me\b|\bmust decline\b|"
    r"\b(?:delighted|happy|pleased|glad) to (?:accept|join)\b|\bi got the (?:job|role|post|position)\b|"
    r"\b(?:landlord|tenant|tenancy|flat|lodger|mortgage|loan|manuscript|journal|planning|appraisal|visa|passport)\b|"
    r"\bour (?:son|daughter|bid|tender)\b|\bmy (?:son|daughter)'s (?:application|place)\b|"
    r"\b(?:mock|practice) interview\b|\bmy (?:last|first) day\b|\bmy notice\b|\bdecision yet\b|\bmade a decision\b"
)
# What such a mail is about, said in so many words.
_FEEDBACK = re.compile(
    r"\b(?:feedback|comments?|pointers|notes|advice|remarks|scores?) (?:\w+ ){0,2}"
    r"(?:on|about|regarding|from|of|after|for) my (?:[\w'-]+ ){0,3}(?:interview|trial|audition|assessment)\b|"
    r"\bmy interview (?:notes|scores?|feedback)\b"
)
# An interview that is over.
_PAST = re.compile(
    r"\b(?:thank|thanks|thanking|grateful|appreciate)\b[^.?!]{0,80}\b(?:interview|trial|audition|job|role|position)|"
    r"\binterview(?:ed|ing) me\b|\b(?:had|attended|after) (?:an|the|my) (?:[\w'-]+ ){0,3}interview\b|"
    r"\bcame (?:in )?for (?:an|the|my) (?:[\w'-]+ ){0,3}(?:interview|trial)\b"
)
_WANTS = re.compile(
    r"\bwhat (?:i )?(?:could|should|did|might) (?:i )?(?:\w+ ){0,2}(?:do|done)\b[^.?!]{0,20}\b(?:better|differently|wrong)\b|"
    r"\bmade a mistake\b|\blook at my application again\b|\breconsider\b"
)
# What is claimed after an interview, whatever else is said.
_CLAIMS = re.compile(
    r"\bowe me (?:an?|some|the) (?:[\w-]+ )?(?:explanation|answer|reason|feedback|reply)\b|\byour full interview notes\b"
)
_REJECTED = frozenset({"turned-down", "acknowledgement"})
_IMPROVING = frozenset({"ask", "growth-purpose"})
_SIGNALS = ("ask", "why-question", "feedback-received", "growth-purpose", *sorted(_REJECTED))


@dataclass(frozen=True)
class PreSend:
    """What is said of a mail before it is sent.

    `is_ours`: it asks for feedback after a rejection, thanks for it or follows up. `reports` are all that was found, and
    `stopping` the findings for which it should not go, in reading order; both are empty where it was not judged.
    """

    is_ours: bool
    reports: tuple[Report, ...] = ()
    stopping: tuple[Diagnostic, ...] = ()


def may_be_ours(data: bytes, name: str = NAME) -> bool:
    """Whether a mail has the words that all those have that we judge. Loads neither rules nor spaCy.

    Raises InputError for what is no mail.
    """
    source = decoded(data, name)
    return any(_has_the_words(document) for document in _documents(source))


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
    ours = _is_ours(linter, source)
    if not ours and not everything:
        return PreSend(is_ours=False)
    reports = linter.lint(source, replace(linter.settings, mode=Mode.DRAFT))
    found = tuple(d for report in reports for d in report.diagnostics if d.severity.at_least(level))
    return PreSend(ours, reports, found)


def _documents(source: Source) -> Iterator[Document]:
    """The mails of a source, cut into regions. Raises InputError where there is none."""
    letters = read(source, Mode.DRAFT)
    if not letters:
        raise InputError(source.path, "There is no mail in this file.")
    return (segment(letter.ways[0], Mode.DRAFT) for letter in letters)


def _is_ours(linter: Linter, source: Source) -> bool:
    documents = list(_documents(source))
    if not any(map(_has_the_words, documents)):
        return False
    held = linter.signals(source, _SIGNALS, replace(linter.settings, mode=Mode.DRAFT))
    return any(_has_the_words(d) and _says_so(d, signals) for d, signals in zip(documents, held, strict=True))


def _has_the_words(document: Document) -> bool:
    """Whether a mail is about a job, by who may have been turned down."""
    own = _own_words(document)
    if _EMPLOYER.search(own) or _OTHERWISE.search(own):
        return False
    text = _subject(document) + own
    return bool(_JOB.search(text) and _CANDIDATE.search(text)) or _answers_rejection(document)


def _says_so(document: Document, signals: frozenset[str]) -> bool:
    """Whether a mail with the words is for feedback: asked for after a rejection, received, or asked for again."""
    own = _own_words(document)
    if "feedback-received" in signals or _FEEDBACK.search(own):
        return True
    if _PAST.search(own) and (signals >= _IMPROVING or "ask" in signals and "feedback" in own or _WANTS.search(own)):
        return True
    if _CLAIMS.search(own) and "interview" in _subject(document) + own:
        return True
    wants = not signals.isdisjoint({"ask", "why-question"}) or bool(_WANTS.search(own))
    return wants and (not signals.isdisjoint(_REJECTED) or _answers_rejection(document))


def _own_words(document: Document) -> str:
    """What the writer says in the body, in small letters, a paragraph a line."""
    return _joined(region.projection.text for region in document.of(_OWN) if region.projection)


def _subject(document: Document) -> str:
    """The subject, unless it is that of the mail that is answered."""
    subject = _joined(r.projection.text for r in document.of((RegionKind.SUBJECT,)) if r.projection)
    return "" if _REPLY.match(subject) else subject


def _answers_rejection(document: Document) -> bool:
    """Whether a mail replies to one that turns a candidate down."""
    subject = "".join(document.words(r.span) for r in document.of((RegionKind.SUBJECT,)))
    rejections = [q.words.lower() for q in document.quotations if is_rejection(q.words)]
    return any(map(_JOB.search, rejections)) and not _FORWARDED.match(subject)


def _joined(texts: Iterable[str]) -> str:
    return "".join(f"{text.lower().replace('’', chr(39))}\n" for text in texts)
