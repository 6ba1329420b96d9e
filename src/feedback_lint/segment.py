"""Cut what a mail program shows into greeting, body, closing, signature and quotes.

Lines are classed from the outside in: quoted replies and the "-- " signature first, then the greeting at the top and
the sign-off at the bottom; what is left is body, a region a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from feedback_lint.document import (
    Document,
    Mode,
    Placeholder,
    PlaceholderKind,
    Projection,
    Quotation,
    Reading,
    Region,
    RegionKind,
)
from feedback_lint.greeting import begins_with_salutation, greeting_end
from feedback_lint.placeholders import find_placeholders
from feedback_lint.prose import project
from feedback_lint.quotes import Line, Quotes, find_quotes, unmarked
from feedback_lint.sign_off import (
    SignOff,
    closes,
    find_sign_off,
    is_device_tag,
    is_disclaimer,
    is_postscript,
    may_stand_in_signature,
)
from feedback_lint.text import LineIndex, Span

_PROSE = frozenset({RegionKind.GREETING, RegionKind.BODY, RegionKind.CLOSING, RegionKind.SIGNATURE})
_BULLET = re.compile(r"(?:[-*•‣◦–—]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)")
# The line above the signature that mail programs add (RFC 3676, section 4.3).
_SIGNED = "--"
_REFERENCE = re.compile(r"(?:re|ref|subject|sub|subj)\b\s*[:.-]", re.IGNORECASE)
_SENTENCE_END = tuple(".?!…:")
# Mail programs that wrap lines do so somewhere between these widths; nobody wraps narrower or wider.
_WRAP_WIDTHS = range(50, 101)
# How much shorter than the widest line a wrapped one can be.
_RAGGED = 12
# A letterhead (addresses, a date) before the greeting is at most so many lines.
_LETTERHEAD = 10
# So many characters of the sender's own prose are checked.
_MOST_PROSE = 10_000
# A blank of more words than this is an instruction, such as "[mention something specific you liked]".
_MOST_BLANK_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the shown text that is not blank, without white space around it.

    `deliberate`: the writer began a line here, rather than the mail program by wrapping.
    """

    span: Span
    text: str
    after_blank: bool
    deliberate: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one kind; `span` is in the shown text."""

    kind: RegionKind
    span: Span


def segment(reading: Reading, mode: Mode = Mode.DRAFT) -> Document:
    """Cut a reading into regions that tile its source."""
    source, shown = reading.source, reading.body
    blanks = find_placeholders(shown.text, mode)
    lines = _lines(shown.text, blanks)
    quotes = find_quotes([Line(line.text, line.after_blank) for line in lines])
    if mode is Mode.DRAFT:
        blanks = _without_stock(blanks, lines, quotes)
    placed = [replace(p, span=shown.to_source(p.span)) for p in blanks]
    blocks, notes = _shortened(_blocks(lines, quotes))
    regions = [_region(b.kind, shown.to_source(b.span), shown, b.span, blanks) for b in blocks]
    if reading.subject is not None and reading.subject.text.strip():
        title = reading.subject
        in_title = find_placeholders(title.text, mode)
        placed += [replace(p, span=title.to_source(p.span)) for p in in_title]
        regions.append(_region(RegionKind.SUBJECT, title.place, title, Span(0, len(title.text)), in_title))
    outside = [r.span for r in regions if r.kind in (RegionKind.QUOTE, RegionKind.MARKUP)]
    return Document(
        source=source,
        regions=tuple(_tiled(regions, reading)),
        placeholders=tuple(
            sorted((p for p in placed if not any(o.overlaps(p.span) for o in outside)), key=lambda p: p.span)
        ),
        mode=mode,
        start=reading.start,
        has_subject=reading.subject is not None,
        envelope=reading.envelope,
        shown=(shown,) if reading.subject is None else (reading.subject, shown),
        quotations=tuple(_quotations(lines, quotes, shown)),
        unpaired=reading.unpaired,
        notes=(*reading.notes, *notes),
    )


def _shortened(blocks: Sequence[_Block]) -> tuple[list[_Block], tuple[str, ...]]:
    """Without the prose that is more than anybody writes in a mail, and a note if there was such."""
    out: list[_Block] = []
    length = 0
    for block in blocks:
        length += len(block.span) if block.kind in _PROSE else 0
        if block.kind in _PROSE and length > _MOST_PROSE:
            end = max(block.span.start, block.span.end - (length - _MOST_PROSE))
            out.append(replace(block, span=Span(block.span.start, end)))
            break
        out.append(block)
    note = f"This mail is very long; only the first {_MOST_PROSE:,} characters of your words were checked."
    return out, (note,) if length > _MOST_PROSE else ()


def _without_stock(blanks: Sequence[Placeholder], lines: Sequence[_Line], quotes: Quotes) -> tuple[Placeholder, ...]:
    """Without brackets such as "[Subscribe]" below "-- ", in what stands below all mails of a sender; names stay."""
    signed = (line.span.end for n, line in enumerate(lines) if n and line.text == _SIGNED and n not in quotes.lines)
    start = next(signed, None)
    return tuple(b for b in blanks if start is None or b.span.start < start or b.kind is not PlaceholderKind.TEXT)


def _quotations(lines: Sequence[_Line], quotes: Quotes, shown: Projection) -> Iterator[Quotation]:
    texts = [unmarked(shown.text[line.span.start : line.span.end]) for line in lines]
    for mail in quotes.mails:
        first, last = lines[mail.dated[0]].span, lines[mail.dated[-1]].span
        place = Span(first.end - len(texts[mail.dated[0]]), last.end)
        author, dated, words = (" ".join(texts[n] for n in part) for part in (mail.author, mail.dated, mail.body))
        yield Quotation(shown.to_source(place), author, dated, words)


def _region(kind: RegionKind, place: Span, shown: Projection, span: Span, blanks: Sequence[Placeholder]) -> Region:
    """A region with its prose; one whose prose has nothing to read is markup."""
    if kind not in _PROSE and kind is not RegionKind.SUBJECT:
        return Region(kind, place)
    projection = project(shown, span, blanks, sentences=kind is RegionKind.BODY)
    return Region(kind, place, projection) if projection.text else Region(RegionKind.MARKUP, place)


def _tiled(regions: list[Region], reading: Reading) -> Iterator[Region]:
    """Close the gaps between regions: with header lines above the end of the headers, below by stretching a region."""
    at, length = 0, len(reading.source.text)
    regions.sort(key=lambda r: r.span)
    for n, region in enumerate(regions):
        if at < min(region.span.start, reading.headers):
            end = min(region.span.start, reading.headers)
            yield Region(RegionKind.HEADER, Span(at, end))
            at = end
        ends = regions[n + 1].span.start if n + 1 < len(regions) else length
        if ends > reading.headers >= region.span.end:
            ends = region.span.end
        yield replace(region, span=Span(at, ends))
        at = ends
    if at < reading.headers:
        yield Region(RegionKind.HEADER, Span(at, reading.headers))
        at = reading.headers
    if at < length:
        yield Region(RegionKind.MARKUP, Span(at, length))


# --- lines ---------------------------------------------------------------------------------------------------------


def _lines(text: str, blanks: Sequence[Placeholder]) -> list[_Line]:
    named = _with_names(text, blanks)
    spans = [(n, _stripped(text, s)) for n, s in enumerate(LineIndex(text).lines())]
    spans = [(n, s) for n, s in spans if len(s)]
    width = max((len(s) for _, s in spans), default=0)
    lines: list[_Line] = []
    for at, (number, span) in enumerate(spans):
        line = named[span.start : span.end]
        after_blank = at == 0 or spans[at - 1][0] < number - 1
        deliberate = after_blank or not _may_be_wrapped(lines[-1].text, line, width)
        lines.append(_Line(span, line, after_blank, deliberate))
    return lines


def _stripped(text: str, span: Span) -> Span:
    raw = text[span.start : span.end]
    start = span.start + len(raw) - len(raw.lstrip())
    return Span(start, max(start, span.start + len(raw.rstrip())))


def _with_names(text: str, blanks: Sequence[Placeholder]) -> str:
    """The text with a capitalised word for each short blank, so that lines can be classed by their words."""
    out = list(text)
    for blank in blanks:
        words = text[blank.span.start : blank.span.end]
        instruction = blank.kind is PlaceholderKind.TEXT and len(words.split()) > _MOST_BLANK_WORDS
        if words and not instruction and not re.search(r"[\r\n]", words):
            out[blank.span.start : blank.span.end] = "Q" + "q" * (len(words) - 1)
    return "".join(out)


def _may_be_wrapped(previous: str, line: str, width: int) -> bool:
    """Whether a line can be what a mail program wrapped off the end of the one before."""
    return width in _WRAP_WIDTHS and not _BULLET.match(line) and not _fits(previous, line, width)


def _fits(previous: str, line: str, width: int) -> bool:
    """Whether the first word of a line would have had room at the end of the one before."""
    return len(previous) + 1 + len(line.split()[0]) <= width - _RAGGED


def _stands_apart(kind: RegionKind, previous: str, line: _Line, width: int) -> bool:
    """Whether a line directly below another of its kind is a region of its own: every line of a signature is."""
    return kind is RegionKind.SIGNATURE or (kind in _PROSE and _begins_paragraph(previous, line, width))


def _begins_paragraph(previous: str, line: _Line, width: int) -> bool:
    if _BULLET.match(line.text):
        return True
    if not line.deliberate or previous.endswith(","):
        return False
    first = line.text.split()[0]
    return previous.endswith(_SENTENCE_END) or (width not in _WRAP_WIDTHS and first[0].isupper() and first != "I")


# --- lines to blocks ------------------------------------------------------------------------------------------------


def _blocks(lines: Sequence[_Line], quotes: Quotes) -> list[_Block]:
    width = max((len(line.text) for line in lines), default=0)
    blocks: list[_Block] = []
    for n, pieces in enumerate(_pieces(lines, quotes)):
        for m, piece in enumerate(pieces):
            last = blocks[-1] if blocks else None
            joins = last is not None and last.kind is piece.kind and m == 0 and not lines[n].after_blank
            if last and joins and not (n and _stands_apart(piece.kind, lines[n - 1].text, lines[n], width)):
                blocks[-1] = _Block(last.kind, Span(last.span.start, piece.span.end))
            else:
                blocks.append(piece)
    return blocks


def _pieces(lines: Sequence[_Line], quotes: Quotes) -> list[list[_Block]]:
    """What each line consists of: one block, or more where a greeting or a sign-off shares its line with others."""
    kinds = _outer_kinds([line.text for line in lines], quotes)
    own = [n for n, kind in enumerate(kinds) if kind is RegionKind.BODY]
    pieces = [[_Block(kind, line.span)] for kind, line in zip(kinds, lines, strict=True)]
    greeted = _find_greeting([lines[n].text for n in own])
    greeting = ""
    if greeted:
        row, end = greeted
        greeting = lines[own[row]].text[:end]
        for n in own[:row]:
            pieces[n] = [_Block(_letterhead_kind(lines[n].text), lines[n].span)]
        pieces[own[row]] = _cut(lines[own[row]], (0, end), (RegionKind.GREETING, RegionKind.BODY))
        rest = len(pieces[own[row]]) > 1
        own = own[row if rest else row + 1 :]
    if own and (greeted or len(own) > 1):
        _mark_sign_off(lines, own, pieces, greeting)
    return pieces


def _outer_kinds(texts: Sequence[str], quotes: Quotes) -> list[RegionKind]:
    """Quotes, the block below "-- ", and what mail programs and servers add; everything else is body so far."""
    kinds = [RegionKind.QUOTE if n in quotes.lines else RegionKind.BODY for n in range(len(texts))]
    for n in quotes.rules:
        kinds[n] = RegionKind.MARKUP
    signed = disclaimed = False
    for n, text in enumerate(texts):
        if kinds[n] is not RegionKind.BODY:
            continue
        disclaimed = disclaimed or (n > 1 and is_disclaimer(text))
        signed = signed or (n > 0 and text == _SIGNED)
        if disclaimed or is_device_tag(text):
            kinds[n] = RegionKind.MARKUP
        elif signed:
            # Mail programs can keep "Kind regards," with the name.
            begins = texts[n - 1] == _SIGNED and closes(text)
            kinds[n] = RegionKind.CLOSING if begins else RegionKind.SIGNATURE
    return kinds


def _find_greeting(texts: Sequence[str]) -> tuple[int, int] | None:
    """The line of the greeting and where it ends on it; a letterhead may stand above."""
    for row, text in enumerate(texts[:_LETTERHEAD]):
        if row == 0 or begins_with_salutation(text):
            end = greeting_end(text, lone=len(texts) == 1)
            if end:
                return row, end
        if not (may_stand_in_signature(text) or _REFERENCE.match(text)):
            return None
    return None


def _letterhead_kind(text: str) -> RegionKind:
    return RegionKind.BODY if _REFERENCE.match(text) else RegionKind.HEADER


def _mark_sign_off(lines: Sequence[_Line], own: Sequence[int], pieces: list[list[_Block]], greeting: str) -> None:
    """Class the lines of the sign-off among `own`, at their end or before a postscript."""
    texts = [lines[n].text for n in own]
    texts[0] = texts[0].removeprefix(greeting).lstrip() if pieces[own[0]][0].kind is RegionKind.GREETING else texts[0]
    ends = [len(own), *(n for n, text in enumerate(texts) if n and is_postscript(text))]
    for end in ends[:2]:
        found = find_sign_off(texts[:end], [lines[n].deliberate for n in own[:end]], greeting)
        if found:
            _place(found, lines, own[:end], pieces)
            if found.name < end or found.split:
                return


def _place(found: SignOff, lines: Sequence[_Line], own: Sequence[int], pieces: list[list[_Block]]) -> None:
    for n in own[found.name :]:
        pieces[n] = [_Block(RegionKind.SIGNATURE, lines[n].span)]
    if found.closing is None:
        return
    n = own[found.closing]
    if not found.split:
        pieces[n] = [_Block(RegionKind.CLOSING, lines[n].span)]
        return
    *before, last = pieces[n]  # a greeting on the same line stays
    offset = last.span.start - lines[n].span.start
    cuts = (offset, *(offset + cut for cut in found.split))
    pieces[n] = [*before, *_cut(lines[n], cuts, (RegionKind.BODY, RegionKind.CLOSING, RegionKind.SIGNATURE))]


def _cut(line: _Line, starts: Sequence[int], kinds: Sequence[RegionKind]) -> list[_Block]:
    """Blocks that begin at `starts` (offsets on the line), without those that hold nothing."""
    out: list[_Block] = []
    for kind, start, end in zip(kinds, starts, [*starts[1:], len(line.text)], strict=True):
        part = line.text[start:end]
        at = line.span.start + start + len(part) - len(part.lstrip())
        if part.strip():
            out.append(_Block(kind, Span(at, at + len(part.strip()))))
    return out
