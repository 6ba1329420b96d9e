"""A draft as the linter sees it: regions that tile the source, and the prose in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from feedback_lint.text import LineIndex, OffsetMap, ProjectionBuilder, Span


class Stage(StrEnum):
    """Which of the three kinds of mail this is."""

    REQUEST = "request"
    THANKS = "thanks"
    FOLLOW_UP = "follow-up"


class Mode(StrEnum):
    """A draft is about to be sent; a template still has its placeholders."""

    DRAFT = "draft"
    TEMPLATE = "template"


class RegionKind(StrEnum):
    """What a stretch of the source is for."""

    HEADER = "header"
    SUBJECT = "subject"
    GREETING = "greeting"
    BODY = "body"
    CLOSING = "closing"
    SIGNATURE = "signature"
    QUOTE = "quote"
    MARKUP = "markup"


@dataclass(frozen=True)
class Source:
    """One file as text. `path` is as the user gave it; `encoding` is what the bytes were decoded as."""

    path: str
    text: str
    encoding: str = "utf-8"

    @cached_property
    def lines(self) -> LineIndex:
        """Where its lines begin."""
        return LineIndex(self.text)


class PlaceholderKind(StrEnum):
    """What a placeholder stands for, as far as its words tell."""

    PERSON = "person"
    JOB_TITLE = "job-title"
    COMPANY = "company"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A blank that somebody is meant to fill in, such as `[Job Title]`; `span` is in the source text.

    `malformed`: its delimiters do not pair, so it may never be filled in.
    """

    span: Span
    kind: PlaceholderKind
    malformed: bool = False


@dataclass(frozen=True)
class Projection:
    """Prose as the reader sees it, with the way back to the source."""

    text: str
    map: OffsetMap

    @classmethod
    def whole(cls, text: str) -> Projection:
        """A text that is its own source."""
        builder = ProjectionBuilder(text)
        builder.copy(0, len(text))
        return cls(*builder.build())

    def part(self, span: Span) -> Projection:
        """A range of it."""
        builder = ProjectionBuilder(self.text)
        builder.copy(span.start, span.end)
        return Projection(*builder.build()).within(self)

    def within(self, outer: Projection) -> Projection:
        """The same, where the source is itself the text of `outer`: it leads back to the source of that."""
        return Projection(self.text, self.map.compose(outer.map))

    def to_source(self, span: Span) -> Span:
        """The source range of a projected range."""
        return self.map.to_source(span)

    @cached_property
    def place(self) -> Span:
        """The source range of all of it."""
        return self.to_source(Span(0, len(self.text)))

    def words(self, place: Span) -> str:
        """What is read of a source range, with single spaces."""
        span = self.map.to_projected(place)
        return " ".join(self.text[span.start : span.end].split())


@dataclass(frozen=True)
class Region:
    """A stretch of the source with one purpose. Prose has a projection, everything else has none."""

    kind: RegionKind
    span: Span
    projection: Projection | None = None


@dataclass(frozen=True)
class Envelope:
    """What the header lines tell beside the subject, as far as there are any.

    `sender` and `recipient` are the values of From and To, decoded; `sent` is the value of Date.
    """

    sender: str = ""
    recipient: str = ""
    sent: datetime | None = None


@dataclass(frozen=True)
class Quotation:
    """A mail that another one quotes, where the lines above it tell who wrote it or when.

    `author` and `dated` are the lines that tell, which may be the same, and `words` its own, all without quote marks;
    `place` is where `dated` stands in the source.
    """

    place: Span
    author: str
    dated: str
    words: str


@dataclass(frozen=True)
class Document:
    """A source cut into regions that tile it: no gap, no overlap.

    `shown` is all that a mail program shows of it. The mail begins at `start`; `has_subject` tells whether it has
    a place for a subject, filled or not. `quotations` are the mails quoted in it, in order.
    `unpaired` and `notes` are those of the reading.
    """

    source: Source
    regions: tuple[Region, ...]
    placeholders: tuple[Placeholder, ...] = ()
    mode: Mode = Mode.DRAFT
    start: int = 0
    has_subject: bool = False
    envelope: Envelope = Envelope()
    shown: tuple[Projection, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    unpaired: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, kinds: Iterable[RegionKind]) -> tuple[Region, ...]:
        """The regions of these kinds, in order."""
        wanted = frozenset(kinds)
        return tuple(r for r in self.regions if r.kind in wanted)

    def words(self, place: Span) -> str:
        """What is read of a source range, with single spaces; nothing where it is not shown."""
        return next((p.words(place) for p in self.shown if p.text and p.place.contains(place)), "")

    def blanks(self, region: Region) -> tuple[Placeholder, ...]:
        """The placeholders in a region."""
        return tuple(p for p in self.placeholders if region.span.contains(p.span))


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a file: its texts as a mail program would show them, lines kept.

    `subject` is the subject line, without text where there should be one, and `None` where nobody would expect it.
    The mail begins at `start` in the source, and its header lines end at `headers` (`start` where there are none).
    `ignored` are rule ids named in an X-Feedback-Lint header or comment; `notes` are remarks on what could not be
    read as it should be; `unpaired` are statements of a template that lack the one that opens or closes their block.
    """

    source: Source
    body: Projection
    subject: Projection | None = None
    start: int = 0
    headers: int = 0
    envelope: Envelope = Envelope()
    ignored: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    unpaired: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Letter:
    """One mail of a file. A template with branches is read in several ways, which together take every branch.

    `name` tells it from the others where a file holds several.
    """

    ways: tuple[Reading, ...]
    name: str = ""
