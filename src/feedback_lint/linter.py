"""Judge a draft: rules and their bounds against what the matchers found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from feedback_lint.advice import Adviser, remedy
from feedback_lint.classifier import Classifier
from feedback_lint.diagnostic import Diagnostic, Suggestion, fingerprint, same_words
from feedback_lint.document import Document, Letter, Mode, RegionKind, Source, Stage
from feedback_lint.input import InputError, content, decoded
from feedback_lint.judgement import Verdict, judge
from feedback_lint.language import Parser
from feedback_lint.matching import Draft, Manuscript, Matcher, run_checks, texts_to_parse
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers import Keys, mode_of, read
from feedback_lint.rejection import holds_feedback
from feedback_lint.report import ChecklistItem, Report
from feedback_lint.rule_files import load_ruleset
from feedback_lint.ruleset import Rule, Ruleset
from feedback_lint.segment import segment
from feedback_lint.settings import Settings
from feedback_lint.text import Span
from feedback_lint.timing import Occasion

_QUOTED_WORDS = 12
# The signals that tell the stage of a mail, in the order in which they are asked.
_STAGE_SIGNALS = {Stage.THANKS: "feedback-received", Stage.FOLLOW_UP: "second-message"}
# The subject of a reply is the other's.
_OWN_WORDS = (RegionKind.BODY, RegionKind.CLOSING)
_ASK_SIGNAL = "ask"
# It makes no difference what it says.
_ANY_DRAFT = Source("draft.txt", "Dear Ms. Osei,\n\nThank you for your time.\n\nKind regards,\nSam Porter\n")


class Linter:
    """Checks drafts with one set of rules; the spaCy pipeline is loaded at the first draft and kept.

    So is the learned reader's model, at the first sentence that is left to it.
    """

    def __init__(
        self, rules: Ruleset | None = None, settings: Settings | None = None, *, model: str | None = None
    ) -> None:
        """`rules` are the built-in ones unless given; `model` names a spaCy pipeline. Raises RuleFileError."""
        self.rules = rules or load_ruleset()
        self.settings = settings or Settings()
        self._model = model

    @cached_property
    def _parser(self) -> Parser:
        return Parser(self._model)

    @cached_property
    def _classifier(self) -> Classifier:
        return Classifier()

    def load(self) -> None:
        """Load what is otherwise loaded when it is first needed. Raises as `lint`."""
        self.lint(_ANY_DRAFT)
        if self.settings.reader:
            self._classifier.scores(_ANY_DRAFT.text)

    def lint(self, source: Source, settings: Settings | None = None) -> tuple[Report, ...]:
        """Judge one source: a report for each mail in it, mostly one.

        Raises InputError where there is none or it is broken, `language.ModelError` when no spaCy model is there, and
        `classifier.ClassifierError` when the learned reader's is not whole; ValueError for a threshold of a rule that
        has none.
        """
        chosen = settings or self.settings
        mode = chosen.mode or mode_of(source)
        letters = _letters(source, mode, chosen.keys)
        return tuple(self._report(letter, documents, mode, chosen) for letter, documents in letters)

    def lint_at_once(self, source: Source, settings: Settings | None = None) -> tuple[Diagnostic, ...]:
        """Those findings of `lint` for which nothing need be parsed, in its order, but without suggestions.

        They take milliseconds and no model, and are what `lint` will find, too: no rule that needs the parse can
        supersede them, and they hold at all stages that the mail may turn out to be of. Raises InputError and
        ValueError as `lint`.
        """
        chosen = settings or self.settings
        mode = chosen.mode or mode_of(source)
        letters = _letters(source, mode, chosen.keys)
        return tuple(d for letter, documents in letters for d in self._at_once(letter, documents, mode, chosen))

    def documents(self, source: Source, settings: Settings | None = None) -> tuple[Document, ...]:
        """The mails in a source, of a template the first way through each. Raises InputError as `lint`."""
        chosen = settings or self.settings
        letters = _letters(source, chosen.mode or mode_of(source), chosen.keys)
        return tuple(documents[0] for _, documents in letters)

    def draft(self, document: Document) -> Draft:
        """A document as detectors see it. Raises `language.ModelError`."""
        return Draft.parse(document, self._parser, self.rules.vocabulary)

    def read_ahead(self, sources: Iterable[tuple[Source, Settings]]) -> None:
        """Parse what several sources hold together, which takes less time than one by one; the parses are kept.

        Sources that are broken are passed over. Raises `language.ModelError`.
        """
        texts: list[str] = []
        for source, settings in sources:
            mode = settings.mode or mode_of(source)
            with suppress(BrokenFileError):
                for _, documents in _read(source, mode, settings.keys):
                    texts += (text for document in documents for text in texts_to_parse(document))
        self._parser.parse_all(texts)

    def _at_once(
        self, letter: Letter, documents: tuple[Document, ...], mode: Mode, settings: Settings
    ) -> tuple[Diagnostic, ...]:
        stages = frozenset((settings.stage,) if settings.stage else Stage)
        rules = _wanted(self._rules(stages, mode, settings), letter, settings)
        certain = [r for r in rules if _is_certain(r, stages)]
        open_ = frozenset(other for r in rules if not _is_certain(r, stages) for other in r.supersedes)
        known = self._known(settings)
        findings: dict[tuple[str, Verdict], _Finding] = {}
        for document in documents:
            draft = Manuscript(document, *known)
            found = {r.id: list(judge(r, run_checks(r, draft), document)) for r in certain}
            for rule, verdict in _breaches(certain, found):
                if rule.id not in open_ and (rule.id, verdict) not in findings:
                    quote = _quote(verdict, document)
                    findings[rule.id, verdict] = _Finding(verdict, rule, quote, remedy(rule, draft))
        return _diagnostics(findings.values(), letter.ways[0].source, settings)

    def _rules(self, stages: frozenset[Stage], mode: Mode, settings: Settings) -> list[Rule]:
        """The rules for mails that may be of one of these stages."""
        rules = self.rules.bound(settings.thresholds)
        return [r for r in rules if mode in r.modes and not stages.isdisjoint(r.stages)]

    def _known(self, settings: Settings) -> tuple[Mapping[str, frozenset[str]], Occasion, frozenset[str] | None]:
        """What is known of a draft beside its document."""
        occasion = Occasion(settings.now or datetime.now().astimezone(), settings.rejected_on)
        return self.rules.vocabulary, occasion, settings.placeholders

    def _report(self, letter: Letter, documents: tuple[Document, ...], mode: Mode, settings: Settings) -> Report:
        """Judge one mail: what is found on any way through it counts, and the stage is that of the first."""
        known = self._known(settings)
        drafts = [Draft.parse(document, self._parser, *known) for document in documents]
        classifier = self._classifier if settings.reader else None
        matchers = [Matcher(self.rules, draft, classifier) for draft in drafts]
        main = letter.ways[0]
        stage = settings.stage or _stage(self.rules, matchers[0], documents[0])
        rules = self._rules(frozenset((stage,)), mode, settings)
        wanted = _wanted(rules, letter, settings)
        asked = {r.id: r for r in (*wanted, *(r for r in rules if r.checklist))}
        findings: dict[tuple[str, Verdict], _Finding] = {}
        missed: set[str] = set()
        for draft, matcher in zip(drafts, matchers, strict=True):
            found = {r.id: list(judge(r, matcher.rule(r), draft.document)) for r in asked.values()}
            missed |= {rule for rule, verdicts in found.items() if verdicts}
            breaches = [b for b in _breaches(wanted, found) if (b[0].id, b[1]) not in findings]
            struck = (verdict for _, verdict in breaches)
            adviser = Adviser(self.rules, draft, matcher, self._parser, classifier, struck)
            for rule, verdict in breaches:
                findings[rule.id, verdict] = _Finding(
                    verdict,
                    rule,
                    _quote(verdict, draft.document),
                    remedy(rule, draft),
                    adviser.suggestions(rule, verdict),
                )
        ticks = sorted((r.checklist.place, r.checklist.item, r.id not in missed) for r in rules if r.checklist)
        return Report(
            main.source,
            stage,
            mode,
            drafts[0].words,
            _diagnostics(findings.values(), main.source, settings),
            tuple(ChecklistItem(item, done) for _, item, done in ticks),
            (*_notes(main.source), *drafts[0].document.notes),
            letter.name,
            settings.rejected_on is None and not any(document.quotations for document in documents),
        )

    def lint_bytes(self, data: bytes, path: str, settings: Settings | None = None) -> tuple[Report, ...]:
        """Decode and judge. Raises InputError for a binary file."""
        return self.lint(decoded(data, path), settings)

    def lint_file(self, path: Path, settings: Settings | None = None) -> tuple[Report, ...]:
        """Read and judge a file. Raises InputError when it cannot be read or is no text."""
        return self.lint_bytes(content(path), str(path), settings)


def _letters(source: Source, mode: Mode, keys: Keys) -> tuple[tuple[Letter, tuple[Document, ...]], ...]:
    """What `_read` gives. Raises InputError for a file that is broken or holds no mail."""
    try:
        letters = _read(source, mode, keys)
    except BrokenFileError as error:
        raise InputError(source.path, str(error)) from error
    if not letters:
        raise InputError(source.path, "There is no mail in this file.")
    return letters


@lru_cache(maxsize=32)
def _read(source: Source, mode: Mode, keys: Keys) -> tuple[tuple[Letter, tuple[Document, ...]], ...]:
    """The mails in a file, each with the documents on all ways through it. Raises BrokenFileError."""
    return tuple((letter, tuple(segment(way, mode) for way in letter.ways)) for letter in read(source, mode, keys))


def _stage(rules: Ruleset, matcher: Matcher, document: Document) -> Stage:
    """The kind of mail, told from its words; below feedback that is quoted, one that asks for nothing is thanks."""
    for stage, signal in _STAGE_SIGNALS.items():
        if signal in rules.signals and matcher.signal(signal):
            return stage
    if any(holds_feedback(q.words) for q in document.quotations) and not (
        _ASK_SIGNAL in rules.signals and matcher.signal(_ASK_SIGNAL, _OWN_WORDS)
    ):
        return Stage.THANKS
    return Stage.REQUEST


def _wanted(rules: Iterable[Rule], letter: Letter, settings: Settings) -> list[Rule]:
    """The rules that are asked for, without those that settings or the mail itself say to ignore."""
    ignored = settings.ignore.union(*(way.ignored for way in letter.ways))
    return [r for r in rules if r.id not in ignored and (settings.select is None or r.id in settings.select)]


def _is_certain(rule: Rule, stages: frozenset[Stage]) -> bool:
    """Whether a rule can be judged without a parse, whichever of these stages a mail is of."""
    return not rule.needs_parse and stages.issubset(rule.stages)


@dataclass(frozen=True, slots=True)
class _Finding:
    """A breach, what is read at its place, and what to do about it."""

    verdict: Verdict
    rule: Rule
    quote: str
    help: str
    suggestions: tuple[Suggestion, ...] = ()


def _breaches(wanted: list[Rule], found: Mapping[str, list[Verdict]]) -> Iterator[tuple[Rule, Verdict]]:
    """The breaches of the wanted rules, without those of which another rule says the same."""
    for rule in wanted:
        for verdict in found[rule.id]:
            if not any(_supersedes(winner, rule, verdict, found) for winner in wanted):
                yield rule, verdict


def _quote(verdict: Verdict, document: Document) -> str:
    """What is read at the place of a breach; of what is not shown, such as a template's statement, the source."""
    source = document.source.text[verdict.span.start : verdict.span.end]
    return document.words(verdict.span) or ("" if verdict.missing else " ".join(source.split()))


def _diagnostics(findings: Iterable[_Finding], source: Source, settings: Settings) -> tuple[Diagnostic, ...]:
    """The findings in reading order."""
    out: list[Diagnostic] = []
    seen: Counter[tuple[str, str]] = Counter()
    for finding in sorted(findings, key=_reading_order):
        verdict, rule, quote = finding.verdict, finding.rule, finding.quote
        words = same_words(quote)
        out.append(
            Diagnostic(
                path=source.path,
                rule=rule.id,
                severity=settings.severity.get(rule.id, rule.severity),
                message=_message(rule, verdict).replace("{match}", shortened(quote)),
                help=finding.help,
                span=verdict.span,
                start=source.lines.position(verdict.span.start),
                end=source.lines.position(verdict.span.end),
                quote=quote,
                suggestions=finding.suggestions,
                missing=verdict.missing,
                confidence=verdict.confidence,
                fingerprint=fingerprint(rule.id, words, seen[rule.id, words]),
            )
        )
        seen[rule.id, words] += 1
    return tuple(out)


def _message(rule: Rule, verdict: Verdict) -> str:
    """What to say of a breach: that it is an impression, where it is one."""
    return rule.message if verdict.confidence is None else rule.impression or rule.message


def _reading_order(finding: _Finding) -> tuple[Span, int, int, str]:
    """By place; what is missing in one place in the order of a good mail."""
    rule, verdict = finding.rule, finding.verdict
    return verdict.span, rule.severity.rank, rule.checklist.place if rule.checklist else 0, rule.id


def _supersedes(winner: Rule, rule: Rule, verdict: Verdict, found: Mapping[str, list[Verdict]]) -> bool:
    """Whether another rule says the same of the same words (or of the whole mail, for a missing element)."""
    if rule.id not in winner.supersedes:
        return False
    return any(verdict.missing or v.span.overlaps(verdict.span) for v in found[winner.id])


def shortened(quote: str) -> str:
    """The quoted words, cut after a dozen."""
    words = quote.split()
    return quote if len(words) <= _QUOTED_WORDS else " ".join(words[:_QUOTED_WORDS]) + " …"


def _notes(source: Source) -> tuple[str, ...]:
    if source.encoding == "cp1252":
        return ("This file is not UTF-8; it was read as Windows-1252.",)
    return ()
