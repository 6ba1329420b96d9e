"""What a mail says of itself that a suggestion can use: the job, the company, who writes to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lint.document import PlaceholderKind, RegionKind
from feedback_lint.matching import PROSE, Manuscript, run_check
from feedback_lint.names import bare, is_honorific, is_ordinary
from feedback_lint.readers.headers import person_of
from feedback_lint.text import Span

# Word sets that name no part of a title, though they may follow it: "role", "interview", "trial".
_AFTER_TITLE = ("job-word", "loose-job-word", "selection-word")
_IN_TITLE = frozenset({"internship", "apprenticeship", "traineeship"})
_MOST_JOB_WORDS = 5
_ARTICLE = re.compile(r"(?i:^(?:the|a|an|your|this|that)\s+)")
_LONGEST_INITIALS = 4
# The rest of a title in a subject line: "Senior" in "Interview for Senior Buyer".
_CAPITALS = re.compile(
    r"(?:\b(?!(?:Re|Feedback|My|The|Your|Our|Interview|Following|Thank|Thanks|For|On|As|About|Question|Request|Application)\b)"
    r"[A-Z][\w-]+ )+$"
)
_CAPITALISED = r"[A-Z][\w&'’-]*(?:\.(?=\w))?"
# "my interview at Fenwick & Sons", "a role with Halden", "join the Corner Bakery"
_COMPANY = re.compile(
    r"(?:\b(?i:interview\w*|role|position|post|job|opening|vacancy|appl\w+|work\w*|opportunit\w+|career|candidat\w+|team|"
    r"part|day|morning|afternoon|everyone|everybody|people)\b(?: [\w'’-]+){0,4}? (?:at|with)|\bjoin(?:ing)?) "
    rf"(?:[Tt]he )?(?P<name>{_CAPITALISED}(?: (?:(?:&|and|of|the|for) )?{_CAPITALISED})*)"
)
_NO_COMPANY = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december hr linkedin zoom teams google skype english christmas easter human".split()
)


def facts(draft: Manuscript) -> dict[str, str]:
    """What is known of the mail, under the names in `slots.FACTS`; what is not known is left out.

    The job and the company are as the writer names them; a placeholder of a template stands for itself.
    """
    envelope = draft.document.envelope
    found = {
        "job": next(_jobs(draft), ""),
        "company": next(_companies(draft), ""),
        "recipient": person_of(envelope.recipient),
        "sender": person_of(envelope.sender),
    }
    return {name: value for name, value in found.items() if value}


def _jobs(draft: Manuscript) -> Iterator[str]:
    """The titles of the job, without "role" and the like; the fullest first."""
    yield from _blanks(draft, PlaceholderKind.JOB_TITLE)
    if draft.document.placeholders:
        return
    named = sorted(run_check("job-title", draft), key=lambda match: match.span.start)
    titles = (_title(draft, match.span) for match in named)
    yield from sorted(filter(None, titles), key=lambda title: -len(title.split()))


def _title(draft: Manuscript, place: Span) -> str:
    """The title at a place, with the capitalised words before it; empty where it is no plain words."""
    line = next((r.projection for r in draft.document.of((RegionKind.SUBJECT,)) if r.span.contains(place)), None)
    words = draft.document.words(place)
    if line:
        before = _CAPITALS.search(line.text[: line.map.to_projected(place).start])
        words = (before[0] if before else "") + words
    after = frozenset().union(*(draft.vocabulary.get(name, ()) for name in _AFTER_TITLE)) - _IN_TITLE
    parts = _ARTICLE.sub("", words).split()
    while len(parts) > 1 and parts[-1].lower().removesuffix("s") in after:
        parts.pop()
    title = " ".join(parts)
    if not re.fullmatch(r"[^\W\d_]+(?:[ &/-]+[^\W\d_]+)*", title) or len(title.split()) > _MOST_JOB_WORDS:
        return ""
    return title.title() if title.isupper() and len(title) > _LONGEST_INITIALS else title


def _companies(draft: Manuscript) -> Iterator[str]:
    """The names of the company."""
    yield from _blanks(draft, PlaceholderKind.COMPANY)
    if draft.document.placeholders:
        return
    for _, projection in draft.prose((RegionKind.BODY,)):
        for match in _COMPANY.finditer(projection.text):
            words = [bare(w) for w in match["name"].split()]
            if not any(w in _NO_COMPANY or is_honorific(w) for w in words) and not is_ordinary(words[0]):
                yield match["name"].rstrip(".'’")


def _blanks(draft: Manuscript, kind: PlaceholderKind) -> Iterator[str]:
    """The placeholders of a kind in the prose of a template, as they are written."""
    if draft.document.mode == "template":
        prose = draft.document.of(PROSE)
        for blank in draft.document.placeholders:
            if blank.kind is kind and not blank.malformed and any(r.span.contains(blank.span) for r in prose):
                yield draft.document.source.text[blank.span.start : blank.span.end]
