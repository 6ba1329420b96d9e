"""Cut what a mail program shows into greeting, body, closing, signature and quotes.

Lines are classed from the outside in: quoted replies and the "-- " signature first, then the greeting at the top and
the sign-off at the bottom; what is left is body, a region a paragraph. Each region's prose is then projected: hard
wraps become spaces, placeholders stand-in words, and chat spelling plain English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from feedback_lint.document import Document, Mode, Placeholder, PlaceholderKind, Projection, Reading, Region, RegionKind
from feedback_lint.placeholders import STAND_INS, find_placeholders
from feedback_lint.spelling import respell
from feedback_lint.text import LineIndex, ProjectionBuilder, Span

_GREETING = re.compile(
    r"(?i)\s*(?:(?:dear|hi|hiya|hello|hey|greetings|respected|to whom|good (?:morning|afternoon|evening|day)|kia ora|namaste|"
    r"howdy|salaam|salam|bonjour|hola|ciao|g'?day|dia duit|morning|afternoon|evening|alright|hallo)\b)"
)
_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|d[aeiu]|v[ao]n|der|den|de|la|le|bin|binti|ibn|al|el|and|&|\+)"
_TITLED_NAME = re.compile(rf"\s*(?:(?:Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Madam|Professor)\.?\s+)?{_NAME}(?:\s+{_NAME}){{0,3}}\s*[,:–—-]\s*$")
_SIGN_OFF = re.compile(
    r"(?i)\s*(?:(?:with|many|all|my|our)\s+)*(?:(?:kind|kindest|best|warm|warmest|sincere|deepest|yours|very|all|good|every|many|"
    r"much|heartfelt|grateful|renewed|friendly|due)\s+)*(?:and\s+)?"
    r"(?:regards?|sincerely|faithfully|truly|ever|respectfully|cordially|gratefully|best|thanks?|thank you|cheers|wishes|"
    r"respect|gratitude|appreciation|yours|thx|ta|rgds|br|kr|warmly|take care|all the best|love|peace|sl[aá]n|namaste|"
    r"bw|bests?|humbly|obediently|hopefully|onwards|until next time|have a (?:good|great|lovely|nice) \w+)"
    r"(?:\s+(?:and|&)\s+\w+)?(?:\s+\w+){0,4}\s*[,.!:;–—-]*\s*$"
)
_INLINE_SIGN_OFF = re.compile(
    r"(?i)^\s*(?P<off>(?:(?:many|with|kind|best|warm)\s+)*(?:thanks(?: again)?|thank you(?: again)?|regards|cheers|best|sincerely|yours|wishes))\s*[,.!–—-]+\s*"
    r"(?P<name>\S+(?:\s+\S+){0,3})\s*$"
)
_DEVICE = re.compile(r"(?i)\s*(?:sent (?:from|via|with|using)|get outlook for|von meinem|envoyé de)\b.*")
_ATTRIBUTION = re.compile(
    r"(?i)\s*(?:on\b.{4,160}\bwrote:|le\b.{4,160}\bécrit\s*:|am\b.{4,160}\bschrieb.*:|el\b.{4,160}\bescribió\s*:|"
    r"il\b.{4,160}\bha scritto\s*:|op\b.{4,160}\bschreef.*:|.{3,120}\bwrote:)\s*$"
)
_DIVIDER = re.compile(r"(?i)\s*(?:-{2,}\s*(?:original message|forwarded message|reply above this line).*|_{20,}|begin forwarded message:)\s*$")
_OUTLOOK = re.compile(r"(?i)\s*\*?(?:from|sent|to|subject|date|cc)\*?:\s*\S?")
_BULLET = re.compile(r"\s*(?:[-*•‣–—]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one kind; `span` is in the shown text."""

    kind: RegionKind
    span: Span


def segment(reading: Reading, mode: Mode = Mode.DRAFT) -> Document:
    """Cut a reading into regions that tile its source."""
    source, shown = reading.source, reading.body
    regions: list[Region] = []
    if reading.headers:
        regions += _header_regions(reading)
    in_subject = find_placeholders(reading.subject.text) if reading.subject else ()
    in_body = find_placeholders(shown.text)
    placed: list[Placeholder] = [
        replace(p, span=view.to_source(p.span))
        for view, found in ((reading.subject, in_subject), (shown, in_body))
        if view is not None
        for p in found
    ]
    prose = (RegionKind.GREETING, RegionKind.BODY, RegionKind.CLOSING, RegionKind.SIGNATURE)
    for block in _blocks(shown.text):
        projection = _project(shown, block.span, in_body) if block.kind in prose else None
        regions.append(Region(block.kind, shown.to_source(block.span), projection))
    outside = [r.span for r in regions if r.kind in (RegionKind.QUOTE, RegionKind.MARKUP)]
    return Document(
        source=source,
        regions=_tiled(regions, len(source.text)),
        placeholders=tuple(p for p in placed if not any(o.overlaps(p.span) for o in outside)),
        mode=mode,
        has_headers=bool(reading.headers),
        ignored=reading.ignored,
    )


def _header_regions(reading: Reading) -> Iterator[Region]:
    if reading.subject is None or not reading.subject.text:
        yield Region(RegionKind.HEADER, Span(0, reading.headers))
        return
    whole = reading.subject.to_source(Span(0, len(reading.subject.text)))
    if whole.start:
        yield Region(RegionKind.HEADER, Span(0, whole.start))
    span = Span(0, len(reading.subject.text))
    yield Region(RegionKind.SUBJECT, whole, _project(reading.subject, span, find_placeholders(reading.subject.text)))
    if whole.end < reading.headers:
        yield Region(RegionKind.HEADER, Span(whole.end, reading.headers))


def _tiled(regions: list[Region], length: int) -> tuple[Region, ...]:
    """Stretch each region to the start of the next, and the first and last to the ends of the source."""
    if not regions:
        return (Region(RegionKind.MARKUP, Span(0, length)),) if length else ()
    starts = [0, *(r.span.start for r in regions[1:]), length]
    return tuple(replace(r, span=Span(starts[n], starts[n + 1])) for n, r in enumerate(regions))


# --- lines to blocks ----------------------------------------------------------------------------------------------


def _blocks(text: str) -> list[_Block]:
    lines = [line for line in LineIndex(text).lines() if text[line.start : line.end].strip()]
    if not lines:
        return []
    index = LineIndex(text)
    numbers = [index.position(line.start).line for line in lines]
    kinds = _line_kinds([text[line.start : line.end] for line in lines], numbers)
    blocks: list[_Block] = []
    for n, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        span = _stripped(text, line)
        pieces = list(_split_line(text, span, kind)) if kind in (RegionKind.GREETING, RegionKind.CLOSING) else [_Block(kind, span)]
        for piece in pieces:
            last = blocks[-1] if blocks else None
            follows = n > 0 and numbers[n] == numbers[n - 1] + 1 and piece is pieces[0]
            if last and last.kind is piece.kind and follows and not _begins_paragraph(text, last.span, piece, lines):
                blocks[-1] = _Block(last.kind, Span(last.span.start, piece.span.end))
            else:
                blocks.append(piece)
    return blocks


def _stripped(text: str, span: Span) -> Span:
    raw = text[span.start : span.end]
    start = span.start + len(raw) - len(raw.lstrip())
    return Span(start, max(start, span.start + len(raw.rstrip())))


def _begins_paragraph(text: str, before: Span, piece: _Block, lines: list[Span]) -> bool:
    """Whether a line that follows directly on another begins a paragraph of its own.

    A list item does. So does a line with a capital after a line that ends early: its first word would have fitted.
    """
    if piece.kind is RegionKind.SIGNATURE:
        return True
    line = text[piece.span.start : piece.span.end]
    if _BULLET.match(line):
        return True
    previous = text[before.start : before.end].rsplit("\n", 1)[-1].rsplit("\r", 1)[-1].rstrip()
    if not line[0].isupper() or not re.search(r"[.?!:)\"'”’…\w]$", previous) or previous.endswith(","):
        return False
    if line.split()[0] in ("I", "I'm", "I'd", "I've", "I'll", "I’m", "I’d", "I’ve", "I’ll") and previous[-1].isalnum():
        return False
    width = max(len(span) for span in lines)
    return len(previous) + 1 + len(line.split()[0]) <= width - 12 and previous[-1] in ".?!:…"


def _split_line(text: str, span: Span, kind: RegionKind) -> Iterator[_Block]:
    """A greeting or sign-off with more on the same line ("Hi Sam, thanks for …", "Thanks, Sam")."""
    line = text[span.start : span.end]
    if kind is RegionKind.GREETING:
        cut = _greeting_end(line)
        yield _Block(kind, _stripped(text, Span(span.start, span.start + cut)))
        if line[cut:].strip():
            yield _Block(RegionKind.BODY, _stripped(text, Span(span.start + cut, span.end)))
        return
    match = _INLINE_SIGN_OFF.match(line)
    if match and match["name"][0].isupper() or match and line.count(",") == 1 and len(match["name"].split()) <= 2:
        yield _Block(kind, _stripped(text, Span(span.start, span.start + match.start("name"))))
        yield _Block(RegionKind.SIGNATURE, Span(span.start + match.start("name"), span.end))
        return
    yield _Block(kind, span)


def _greeting_end(line: str) -> int:
    """How far the greeting goes on its line: to the comma, colon, dash or exclamation mark after a few words."""
    match = re.match(r"\s*(?:\S+\s+){0,6}?\S*?(?:[,!:;](?=\s|$)|\s[–—-](?=\s)|\.(?=\s+[A-Z][a-z]+\s+[a-z])|[–—](?=\S))", line)
    if match and len(match[0]) < len(line) and not re.fullmatch(r"(?i)\s*(?:dear|hi|hello|hey|good \w+)\s*,", match[0]):
        return match.end()
    return len(line) if match or len(line.split()) <= 7 else _words_end(line, 2)


def _words_end(line: str, words: int) -> int:
    match = re.match(rf"\s*(?:\S+\s*){{{words}}}", line)
    return match.end() if match else len(line)


def _line_kinds(lines: list[str], numbers: list[int]) -> list[RegionKind]:
    kinds: list[RegionKind | None] = [None] * len(lines)
    _mark_quotes(lines, kinds)
    _mark_signature_block(lines, kinds)
    own = [n for n, k in enumerate(kinds) if k is None]
    if own:
        if _is_greeting(lines[own[0]], alone=len(own) == 1):
            kinds[own[0]] = RegionKind.GREETING
        _mark_sign_off(lines, kinds, [n for n in own if kinds[n] is None], numbers)
    return [k or RegionKind.BODY for k in kinds]


def _mark_quotes(lines: list[str], kinds: list[RegionKind | None]) -> None:
    for n, line in enumerate(lines):
        if kinds[n] is not None:
            continue
        following = "\n".join(lines[n : n + 3])
        if line.lstrip().startswith((">", "|>")):
            kinds[n] = RegionKind.QUOTE
        elif _ATTRIBUTION.match(line) and n + 1 < len(lines):
            kinds[n] = RegionKind.QUOTE
            if not lines[n + 1].lstrip().startswith(">"):
                kinds[n:] = [RegionKind.QUOTE] * (len(lines) - n)
        elif re.match(r"(?i)\s*on\b.{4,160}$", line) and n + 2 < len(lines) and _ATTRIBUTION.match(line.rstrip() + " " + lines[n + 1].strip()):
            kinds[n] = kinds[n + 1] = RegionKind.QUOTE
            if not lines[n + 2].lstrip().startswith(">"):
                kinds[n:] = [RegionKind.QUOTE] * (len(lines) - n)
        elif _DIVIDER.match(line) or n > 0 and len(re.findall(rf"(?m)^{_OUTLOOK.pattern[4:]}", following, re.IGNORECASE)) >= 3:
            kinds[n:] = [RegionKind.QUOTE] * (len(lines) - n)


def _mark_signature_block(lines: list[str], kinds: list[RegionKind | None]) -> None:
    """The "-- " line and what follows it, up to a quote."""
    for n, line in enumerate(lines):
        if kinds[n] is None and line in ("-- ", "--") and n > 0:
            for m in range(n, len(lines)):
                if kinds[m] is None:
                    kinds[m] = RegionKind.SIGNATURE
            return


def _is_greeting(line: str, *, alone: bool) -> bool:
    if alone:
        return False
    if _GREETING.match(line):
        return True
    return bool(_TITLED_NAME.match(line))


def _mark_sign_off(lines: list[str], kinds: list[RegionKind | None], own: list[int], numbers: list[int]) -> None:
    """From the bottom up: device tags, the lines of the name, then the closing phrase."""
    at = len(own) - 1
    while at > 0 and _DEVICE.fullmatch(lines[own[at]]):
        kinds[own[at]] = RegionKind.MARKUP
        at -= 1
    signed = [n for n, k in enumerate(kinds) if k is RegionKind.SIGNATURE]
    top = at
    # A name and what belongs under it: short lines that are no sentences.
    while top > 0 and at - top < 6 and _is_name_line(lines[own[top]]) and not _closes(lines[own[top]]):
        top -= 1
    names = own[top + 1 : at + 1]
    above = own[top] if top >= 0 else None
    if above is None:
        return
    line = lines[above]
    if _closes(line) and (names or top > 0):
        kinds[above] = RegionKind.CLOSING
    elif names and len(own) > len(names) and line.rstrip().endswith((",", ", ")) and len(line.split()) <= 18:
        # "Wishing you and the team a good summer,"; the lines of the same sentence above it belong to it
        kinds[above] = RegionKind.CLOSING
    elif not names and not signed:
        return
    elif names and numbers[names[0]] == numbers[above] + 1 and not re.search(r"[.!?…)\U0001F300-\U0001FAFF]\s*$", line):
        return  # the last line of a wrapped paragraph
    for n in names:
        kinds[n] = RegionKind.SIGNATURE


def _closes(line: str) -> bool:
    inline = _INLINE_SIGN_OFF.match(line)
    return bool(_SIGN_OFF.match(line)) and len(line.split()) <= 9 or bool(inline and len(line.split()) <= 7)


def _is_name_line(line: str) -> bool:
    """Whether a line may belong to a signature: a name, a role, a phone number, a link."""
    words = line.split()
    if not words or len(words) > 8 or re.search(r"[?!;…]\s*$|\.{3}\s*$", line):
        return False
    if re.search(r"@|https?://|www\.|\+?\d[\d ()-]{6,}", line):
        return True
    if line.rstrip().endswith(".") and len(words) > 2 or line.rstrip().endswith(","):
        return False
    if find_placeholders(line):
        return len(words) <= 5
    capitals = sum(1 for w in words if w[0].isupper() or not w[0].isalpha())
    return capitals * 2 > len(words) or len(words) <= 2 and not re.search(r"(?i)\b(?:you|me|it|why|so|ok|okay|not?|yes|please)\b", line)


# --- prose ---------------------------------------------------------------------------------------------------------


def _project(shown: Projection, span: Span, placeholders: tuple[Placeholder, ...]) -> Projection:
    """The prose of a range of the shown text, with the way back to the source."""
    text = shown.text
    builder = ProjectionBuilder(text)
    inside = [p for p in placeholders if span.contains(p.span) and len(p.span)]
    at = span.start
    for placeholder in inside:
        _unwrap(builder, text, at, placeholder.span.start)
        builder.replace(placeholder.span.start, placeholder.span.end, _stand_in(placeholder, inside))
        at = placeholder.span.end
    _unwrap(builder, text, at, span.end)
    unwrapped, to_shown = builder.build()
    plain, to_unwrapped = respell(unwrapped)
    return Projection(plain, to_unwrapped.compose(to_shown).compose(shown.map))


def _stand_in(placeholder: Placeholder, among: list[Placeholder]) -> str:
    word = STAND_INS[placeholder.kind]
    return word if placeholder.kind is not PlaceholderKind.PERSON else ("Robin", "Casey")[among.index(placeholder) % 2]


def _unwrap(builder: ProjectionBuilder, text: str, start: int, end: int) -> None:
    """Append a range with line ends and runs of white space as one space."""
    at = start
    for match in re.finditer(r"[ \t\u00a0\u202f\u2007]*[\r\n]\s*|[ \t\u00a0\u202f\u2007]{2,}|[\u00ad\u200b\ufeff]", text[start:end]):
        builder.copy(at, start + match.start())
        builder.replace(start + match.start(), start + match.end(), " " if match[0][0] not in "\u00ad\u200b\ufeff" else "")
        at = start + match.end()
    builder.copy(at, end)
