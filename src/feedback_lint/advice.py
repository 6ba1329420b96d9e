"""What to write instead: the suggestions of a rule made to fit the mail and the sentence at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from feedback_lint.classifier import Classifier
from feedback_lint.diagnostic import Suggestion
from feedback_lint.document import Document, Projection, Region, RegionKind, Source
from feedback_lint.facts import facts
from feedback_lint.judgement import Verdict
from feedback_lint.language import Parser
from feedback_lint.matching import Draft, Manuscript, Matcher, Passage
from feedback_lint.remainder import Remainder, remainder, request
from feedback_lint.ruleset import Rule, Ruleset
from feedback_lint.slots import filled, slots
from feedback_lint.text import Span

_MOST = 3
# What only the writer can fill in.
_BLANK = "…"
# The signal that tells which main clauses of a sentence a suggestion keeps.
_WORTH_KEEPING = "worth-keeping"
# For a mistake in the subject line, where no sentence stands.
_SUBJECTS = ("Feedback on my [{job} |]interview", "A question about my [{job} |]interview")
# What stands between an inserted text and what is there, by the anchor of its rule.
_GAPS = {"greeting": "\n\n", "signature": "\n", "subject": "\n"}


def remedy(rule: Rule, draft: Manuscript) -> str:
    """What a rule says to do, for this mail."""
    return (filled(rule.help, facts(draft)) if slots(rule.help) else rule.help) or ""


class Adviser:
    """Knows one draft, and makes suggestions for what was found in it."""

    def __init__(
        self,
        rules: Ruleset,
        draft: Draft,
        matcher: Matcher,
        parser: Parser,
        classifier: Classifier | None,
        found: Iterable[Verdict],
    ) -> None:
        """`found` is all that was found in the draft: a suggestion keeps none of it."""
        self._rules = rules
        self._draft = draft
        self._matcher = matcher
        self._parser = parser
        self._classifier = classifier
        self._struck = [v.span for v in found if not v.missing]

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What is known of the mail."""
        return facts(self._draft)

    def suggestions(self, rule: Rule, verdict: Verdict) -> tuple[Suggestion, ...]:
        """Up to three texts to write instead of what was found, or to put where something is missing."""
        if verdict.instead:
            return (Suggestion(verdict.instead, verdict.span),)
        if verdict.missing:
            return tuple(self._suggestion(t, verdict.span, rule, verdict) for t in self._filled(rule.suggest))
        for passage in self._draft.passages:
            if passage.region.span.contains(verdict.span):
                return self._instead(rule, verdict, passage)
        return tuple(Suggestion(t) for t in self._filled(rule.suggest))

    @staticmethod
    def _suggestion(text: str, place: Span, rule: Rule, verdict: Verdict) -> Suggestion:
        is_safe = rule.fix and verdict.confidence is None and _BLANK not in text
        return Suggestion(text, place, is_safe, _GAPS.get(rule.anchor or "", " "))

    def _filled(self, templates: Sequence[str]) -> list[str]:
        """What fits of suggestions that stand for themselves."""
        known = self.facts if any(slots(t) for t in templates) else {}
        texts = (filled(t, known) for t in templates)
        return [t for t in texts if t][:_MOST]

    def _instead(self, rule: Rule, verdict: Verdict, passage: Passage) -> tuple[Suggestion, ...]:
        projection = passage.projection
        if passage.region.kind is RegionKind.SUBJECT:
            templates = rule.suggest if rule.where == (RegionKind.SUBJECT,) else _SUBJECTS
            return tuple(self._suggestion(t, projection.place, rule, verdict) for t in self._filled(templates))
        at = projection.map.to_projected(verdict.span)
        sentence = next(
            (n for n, s in enumerate(passage.paragraph.sentences) if s.span.overlaps(at) or s.span.contains(at)), None
        )
        if sentence is None:
            return ()
        place = passage.paragraph.sentences[sentence].span
        if at.end > place.end:  # a finding of several sentences has none of its own
            place = Span(place.start, at.end)
        struck = [s for s in (projection.map.to_projected(s) for s in self._struck) if s.overlaps(place)]
        worth = self._places(_WORTH_KEEPING, passage, sentence)
        rest = remainder(passage.paragraph.tokens_of(sentence), struck or [at], worth)
        if not self._is_clean(rest.text):
            rest = Remainder()
        values = {"kept": rest.text, "request": self._request(rule, passage, sentence)}
        texts = self._written(rule, rest, {name: value for name, value in values.items() if value})
        whole = projection.to_source(place)
        return tuple(self._suggestion(t, whole, rule, verdict) for t in islice(texts, _MOST))

    def _written(self, rule: Rule, rest: Remainder, values: Mapping[str, str]) -> Iterator[str]:
        """The filled suggestions with what is kept of the sentence, as far as they lint clean."""
        for template in rule.suggest:
            text = filled(template, {**self.facts, **values})
            if not text or ("request" in slots(template) and not self._is_clean(text)):
                continue
            if "kept" in slots(template):
                yield text
            elif not _begins_like(text, rest.before) and not _begins_like(text, rest.after):
                yield " ".join(filter(None, (rest.before, text, rest.after)))

    def _request(self, rule: Rule, passage: Passage, sentence: int) -> str:
        """What the sentence asks of the reader, without what a request had better leave out."""
        if not rule.request:
            return ""
        left_out = [p for signal in rule.request.without for p in self._places(signal, passage, sentence)]
        span = passage.paragraph.sentences[sentence].span
        return request(passage.paragraph.tokens_of(sentence), span, self._rules.words(rule.request.verb), left_out)

    def _places(self, signal: str, passage: Passage, sentence: int) -> list[Span]:
        """Where a signal holds in a sentence."""
        if signal not in self._rules.signals:
            return []
        number = self._draft.passages.index(passage)
        found = self._matcher.signal(signal)
        return [place.span for place in found if (place.passage, place.sentence) == (number, sentence)]

    def _is_clean(self, text: str) -> bool:
        """Whether no rule about what a mail says finds anything in a text by itself."""
        if not text:
            return True
        whole = Projection.whole(text)
        region = Region(RegionKind.BODY, Span(0, len(text)), whole)
        document = Document(Source("", text), (region,), shown=(whole,))
        draft = Draft(document, self._draft.vocabulary, passages=(Passage(region, self._parser.parse(text)),))
        matcher = Matcher(self._rules, draft, self._classifier)
        return not any(matcher.rule(rule) for rule in self._rules.rules if rule.category == "tone")


def _begins_like(text: str, other: str) -> bool:
    """Whether two texts begin with the same words, so that one after the other would be said twice."""
    return bool(other) and text.lower().split()[:2] == other.lower().split()[:2]
