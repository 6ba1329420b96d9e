"""Whether a draft breaks a rule: what was found against how often it may occur."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from feedback_lint.document import Document, RegionKind
from feedback_lint.matching import Match
from feedback_lint.ruleset import Anchor, Rule
from feedback_lint.text import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """One breach of a rule's bound. `missing` points at where the thing should be; `instead` is what to write.

    `confidence` tells how sure the learned reader is where the breach is only its impression.
    """

    span: Span
    missing: bool = False
    instead: str = ""
    confidence: float | None = field(default=None, compare=False)


def judge(rule: Rule, matches: Iterable[Match], document: Document) -> Iterable[Verdict]:
    """Hold what was found against how often it may occur."""
    found = list(matches)
    if rule.expect.max is not None:
        over = found[rule.expect.max :]
        over = over if rule.expect.max == 0 else over[:1]
        yield from (Verdict(m.span, instead=m.instead, confidence=m.confidence) for m in over)
    elif rule.expect.min is not None and rule.anchor and len(found) < rule.expect.min:
        yield Verdict(anchor_span(rule.anchor, document), missing=True)


def anchor_span(anchor: Anchor, document: Document) -> Span:
    """Where a missing element belongs: the words that stand in its place, or an empty span."""
    body = document.of((RegionKind.BODY,))
    inner = [r.projection.place for r in body if r.projection]
    top = document.start
    bottom = document.shown[-1].place.end
    start = inner[0].start if inner else min((r.span.start for r in document.of((RegionKind.CLOSING,))), default=bottom)
    end = inner[-1].end if inner else start
    if anchor in ("greeting", "subject", "closing"):
        for region in document.of((RegionKind(anchor),)):
            if region.projection and region.projection.text:
                return region.projection.place
        return Span(end, end) if anchor == "closing" else Span(start, start) if anchor == "greeting" else Span(top, top)
    if anchor == "signature":
        closing = [r.projection for r in document.of((RegionKind.CLOSING,)) if r.projection]
        at = closing[-1].place.end if closing else end
        return Span(at, at)
    return Span(start, start) if anchor == "body-start" else Span(end, end)
