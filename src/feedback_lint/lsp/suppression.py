"""Where “ignore this here” is written: in the file, if it has a place that is not sent, or in a configuration file."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pathspec import GitIgnoreSpec

from feedback_lint.config import FILE_NAME, Config
from feedback_lint.document import Letter, Mode, Source
from feedback_lint.edits import Edit
from feedback_lint.mistake import BrokenFileError
from feedback_lint.readers import mode_of, read
from feedback_lint.settings import Settings
from feedback_lint.text import Span

_HEADER = re.compile(r"^x-feedback-lint[ \t]*:[ \t]*ignore[ \t]*=[^\r\n]*?(?=[ \t]*$)", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(r"feedback-lint\s*:\s*ignore\s*=[\w\s,-]*?(?=\s*(?:--!?>|-?#\}|(?:--)?\}\}|-?%>))", re.IGNORECASE)
# How template languages write comments, and what tells that a file is in the language.
_COMMENTS = (
    ("{{!-- ", " --}}", re.compile(r"\{\{[#/!>^]")),
    ("<%# ", " %>", re.compile(r"<%")),
    ("{# ", " #}", re.compile(r"\{\{|\{%|\{#")),
    ("<!-- ", " -->", re.compile("")),
)
_SPECIAL_IN_GLOBS = re.compile(r"([\\*?\[\]!# ])")


def ignoring(source: Source, rule: str, settings: Settings, place: int) -> Edit | None:
    """The edit that has a rule ignored in the mail at a place of the source; `None` where its format has no way.

    It is one after which the file, read anew, ignores the rule, and shows what it showed before.
    """
    chosen = replace(settings, mode=settings.mode or mode_of(source))
    try:
        before = _letters(source, chosen)
    except BrokenFileError:
        return None
    number = max((n for n, letter in enumerate(before) if letter.ways[0].start <= place), default=0)
    newline = "\r\n" if "\r\n" in source.text else "\n" if "\n" in source.text or "\r" not in source.text else "\r"
    for edit in _candidates(source, before[number], rule, chosen, newline):
        text = source.text[: edit.place.start] + edit.text + source.text[edit.place.end :]
        try:
            after = _letters(replace(source, text=text), chosen)
        except BrokenFileError:
            continue
        if _ignored(after, number) == _ignored(before, number) | {rule} and _shown(after) == _shown(before):
            return edit
    return None


def _candidates(source: Source, letter: Letter, rule: str, settings: Settings, newline: str) -> Iterator[Edit]:
    """Where the rule could be named: beside others, in a comment, in a header."""
    for named in (*_COMMENT.finditer(source.text), *_HEADER.finditer(source.text)):
        comma = "" if named[0].rstrip().endswith("=") else ", "
        yield Edit(Span(named.end(), named.end()), comma + rule)
    way = letter.ways[0]
    for opening, closing, sign in _COMMENTS:
        if sign.search(source.text):
            comment = f"{opening}feedback-lint: ignore={rule}{closing}"
            yield Edit(Span(way.start, way.start), comment + newline)
            yield Edit(Span(way.start, way.start), comment)
            yield Edit(Span(len(source.text), len(source.text)), newline + comment)
    header = f"X-Feedback-Lint: ignore={rule}"
    yield Edit(Span(way.start, way.start), header + newline)
    if way.headers > way.start and settings.mode is Mode.DRAFT:
        yield Edit(Span(way.headers, way.headers), newline + header)


def _letters(source: Source, settings: Settings) -> tuple[Letter, ...]:
    return read(source, settings.mode or Mode.DRAFT, settings.keys)


def _ignored(letters: tuple[Letter, ...], number: int) -> frozenset[str]:
    return frozenset().union(*(way.ignored for way in letters[number].ways)) if number < len(letters) else frozenset()


def _shown(letters: tuple[Letter, ...]) -> list[tuple[list[str], list[str] | None]]:
    """The words of all mails on all ways, and of their subjects, if there is a place for one."""
    return [
        (way.body.text.split(), None if way.subject is None else way.subject.text.split())
        for letter in letters
        for way in letter.ways
    ]


@dataclass(frozen=True, slots=True)
class Appended:
    """A text to put at the end of a file, which is to be made where it `is_new`; `after` is what it holds now."""

    path: Path
    text: str
    after: str = ""
    is_new: bool = False


def ignoring_in_configuration(config: Config, draft: Path, rule: str, folder: Path) -> Appended | None:
    """What has a rule ignored in a draft, by its configuration; in a new one in `folder` if there is none.

    `None` where the draft cannot be named there.
    """
    path = config.path or folder / FILE_NAME
    try:
        name = os.path.relpath(draft, path.parent).replace(os.sep, "/")
    except ValueError:
        return None  # on another drive
    glob = "/" + _SPECIAL_IN_GLOBS.sub(r"\\\1", name)
    table = ".".join((*map(str, config.section), "overrides"))
    text = f"[[{table}]]\npaths = [{json.dumps(glob, ensure_ascii=False)}]\nignore = [{json.dumps(rule)}]\n"
    gap = "\n" if config.text.endswith("\n") else "\n\n" if config.text else ""
    try:
        tomllib.loads(config.text + gap + text)
    except tomllib.TOMLDecodeError:
        return None  # its overrides are written in another way
    if not GitIgnoreSpec.from_lines([glob]).match_file(name):
        return None
    return Appended(path, gap + text, config.text, is_new=config.path is None)
