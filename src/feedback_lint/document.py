"""A draft as the linter sees it: regions that tile the source, and the prose in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from feedback_lint.text import LineIndex, OffsetMap, Span


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
    """A blank that somebody is meant to fill in, such as `[Job Title]`; `span` is in the source text."""

    span: Span
    kind: PlaceholderKind


@dataclass(frozen=True)
class Projection:
    """Prose as the reader sees it, with the way back to the source."""

    text: str
    map: OffsetMap

    def to_source(self, span: Span) -> Span:
        """The source range of a projected range."""
        return self.map.to_source(span)

    @property
    def place(self) -> Span:
        """The source range of all of it."""
        return self.to_source(Span(0, len(self.text)))


@dataclass(frozen=True)
class Region:
    """A stretch of the source with one purpose. Prose has a projection, everything else has none."""

    kind: RegionKind
    span: Span
    projection: Projection | None = None


@dataclass(frozen=True)
class Document:
    """A source cut into regions that tile it: no gap, no overlap."""

    source: Source
    regions: tuple[Region, ...]
    placeholders: tuple[Placeholder, ...] = ()
    mode: Mode = Mode.DRAFT
    has_headers: bool = False
    ignored: frozenset[str] = frozenset()

    def of(self, kinds: Iterable[RegionKind]) -> tuple[Region, ...]:
        """The regions of these kinds, in order."""
        wanted = frozenset(kinds)
        return tuple(r for r in self.regions if r.kind in wanted)

    def blanks(self, region: Region) -> tuple[Placeholder, ...]:
        """The placeholders in a region."""
        return tuple(p for p in self.placeholders if region.span.contains(p.span))


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a file: its texts as a mail program would show them, lines kept.

    `subject` is the text after "Subject:", if there is such a line; `headers` ends where the header block ends
    (0 where there is none); `ignored` are rule ids named in an X-Feedback-Lint header.
    """

    source: Source
    body: Projection
    subject: Projection | None = None
    headers: int = 0
    ignored: frozenset[str] = frozenset()
