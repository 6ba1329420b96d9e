"""Readers: from a file to what a mail program would show of it. One module a format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from feedback_lint.document import Letter, Mode, Projection, Reading, Source
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers import plain
from feedback_lint.readers.headers import commented_rules
from feedback_lint.templates import inner_path, is_html, is_template, unbalanced, ways
from feedback_lint.text import Span, decode

# So many characters of one mail are looked at, those of quoted mails included, and of its subject.
MOST_SHOWN = 100_000
_MOST_OF_SUBJECT = 1_000
_VERY_LONG = "This mail is very long; not all of it was read."


@dataclass(frozen=True)
class Format:
    """How files of one kind are read: bytes to text and its encoding, and text to what is shown.

    `read` gets the text as a projection of the source, since a template may have been expanded on the way. `split`
    gives the mails of a file that can hold several, each with a name if it does. `is_mail`: the file is what a mail
    program sends or keeps. `most`: so many characters of a file of other kinds are read.
    """

    read: Callable[[Source, Projection], Reading]
    decode: Callable[[bytes], tuple[str, str]] = decode
    split: Callable[[Projection], Iterable[tuple[str, Projection]]] = lambda text: (("", text),)
    is_mail: bool = False
    most: int = 500_000


def _decode_mail(data: bytes) -> tuple[str, str]:
    from feedback_lint.readers import mail

    return mail.decode(data)


def _read_mail(source: Source, text: Projection) -> Reading:
    from feedback_lint.readers import mail

    return mail.read(source, text)


def _split_mailbox(text: Projection) -> Iterable[tuple[str, Projection]]:
    from feedback_lint.readers import mail

    return mail.mails(text)


def _decode_html(data: bytes) -> tuple[str, str]:
    from feedback_lint.readers import html

    return html.decode(data)


def _read_html(source: Source, text: Projection) -> Reading:
    from feedback_lint.readers import html

    return html.read(source, text)


def _read_markdown(source: Source, text: Projection) -> Reading:
    from feedback_lint.readers import markdown

    return markdown.read(source, text)


_PLAIN = Format(plain.read)
_HTML = Format(_read_html, _decode_html)
_MARKDOWN = Format(_read_markdown, most=150_000)
# File name extension → format. Everything else is read as plain text.
FORMATS: dict[str, Format] = {
    ".txt": _PLAIN,
    ".eml": Format(_read_mail, _decode_mail, is_mail=True),
    ".html": _HTML,
    ".htm": _HTML,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".mbox": Format(_read_mail, _decode_mail, _split_mailbox, is_mail=True),
}

# Files that keep mails as strings, under a key or in a column that the user names.
LIBRARIES = frozenset({".yaml", ".yml", ".json", ".csv", ".tsv"})


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys, or columns, under which a library keeps the texts and the subjects of its mails."""

    text: str | None = None
    subject: str | None = None


def source_of(path: str, data: bytes) -> Source:
    """A file as text. Raises text.BinaryFileError for bytes that are none."""
    return Source(path, *_format(path).decode(data))


def mode_of(source: Source) -> Mode:
    """Whether a file is a draft or a template, told from its name and its text."""
    if is_library(source.path):
        return Mode.TEMPLATE
    text = "" if _format(source.path).is_mail else source.text  # a mail may quote a template
    return Mode.TEMPLATE if is_template(source.path, text) else Mode.DRAFT


def is_library(path: str) -> bool:
    """Whether a file keeps mails as strings; it can be read only by their keys."""
    return _extension(path) in LIBRARIES


def read(source: Source, mode: Mode, keys: Keys = Keys()) -> tuple[Letter, ...]:
    """The mails in a file, in order, each as a mail program would show it; a template as all that it can become.

    Raises BrokenFileError for a library that is broken, or has no such key.
    """
    if is_library(source.path):
        return tuple(_kept_letters(source, mode, keys))
    kind = _format(source.path)
    if mode is Mode.TEMPLATE and kind is _PLAIN and is_html(source.text):
        kind = _HTML
    texts = kind.split(Projection.whole(source.text))
    return tuple(Letter(tuple(_readings(kind, source, text, mode)), name) for name, text in texts)


def _kept_letters(source: Source, mode: Mode, keys: Keys) -> Iterator[Letter]:
    """The mails of a library. A subject that it keeps wins over one in the text."""
    from feedback_lint.readers import library

    if keys.text is None:
        raise BrokenFileError("name the key of the texts in this file with --text-key")
    whole = Projection.whole(source.text)
    for entry in library.entries(source.path, whole, keys.text, keys.subject):
        kind = _HTML if is_html(entry.text.text) else _PLAIN
        top = entry.text.place.start
        nothing = entry.text.part(Span(0, 0)) if keys.subject else None
        ways = tuple(
            replace(
                reading,
                subject=entry.subject or reading.subject or nothing,
                start=top,
                headers=max(top, reading.headers),
            )
            for reading in _readings(kind, source, entry.text, mode)
        )
        yield Letter(ways, entry.name)


def _readings(kind: Format, source: Source, text: Projection, mode: Mode) -> Iterator[Reading]:
    """A mail on each way through it, or as it stands where it is no template."""
    if not kind.is_mail and len(text.text) > kind.most:
        for reading in _readings(kind, source, _beginning(text, kind.most), mode):
            yield replace(reading, notes=tuple(dict.fromkeys((*reading.notes, _VERY_LONG))))
        return
    if mode is Mode.DRAFT:
        yield _shortened(kind.read(source, text))
        return
    ignored = commented_rules(text.text)
    unpaired = tuple(text.to_source(span) for span in unbalanced(text.text))
    for way in ways(text.text):
        reading = kind.read(source, way.within(text))
        yield _shortened(replace(reading, ignored=reading.ignored | ignored, unpaired=unpaired))
        unpaired = ()  # one of the ways tells of them


def _shortened(reading: Reading) -> Reading:
    """A reading without the end of texts that are longer than any mail, cut at a line end."""
    body = _beginning(reading.body, MOST_SHOWN)
    subject = reading.subject and _beginning(reading.subject, _MOST_OF_SUBJECT)
    if body is reading.body and subject is reading.subject:
        return reading
    return replace(reading, body=body, subject=subject, notes=(*reading.notes, _VERY_LONG))


def _beginning(shown: Projection, most: int) -> Projection:
    if len(shown.text) <= most:
        return shown
    return shown.part(Span(0, shown.text.rfind("\n", 0, most) + 1 or most))


def _format(path: str) -> Format:
    return FORMATS.get(_extension(inner_path(path)), _PLAIN)


def _extension(path: str) -> str:
    return os.path.splitext(path)[1].lower()
