"""Drafts that are open in an editor, and how editing changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from feedback_lint.config import FILE_NAME
from feedback_lint.document import Source
from feedback_lint.files import is_project_page
from feedback_lint.lsp.positions import Encoding, Point, offset_at
from feedback_lint.readers import FORMATS, LIBRARIES
from feedback_lint.templates import EXTENSIONS
from feedback_lint.text import LineIndex

# What an editor's language tells of a file whose name does not.
_EXTENSION_OF: Mapping[str, str] = {
    "django-html": ".html.jinja",
    "django-txt": ".txt.jinja",
    "eml": ".eml",
    "erb": ".erb",
    "handlebars": ".hbs",
    "html": ".html",
    "jinja": ".jinja",
    "jinja-html": ".html.jinja",
    "jinja-md": ".md.jinja",
    "liquid": ".liquid",
    "markdown": ".md",
    "mustache": ".mustache",
}
_CONFIGURATIONS = frozenset({FILE_NAME, "pyproject.toml"})


@dataclass(frozen=True, slots=True)
class Change:
    """A text in place of another, from `start` to before `end`; in place of all where there is no `start`."""

    text: str
    start: Point | None = None
    end: Point | None = None


@dataclass(frozen=True)
class OpenDraft:
    """A draft as an editor has it. `uri` is the editor's name of it, `path` that of the file, which need not exist.

    `language` is what the editor takes it for. `version` is the editor's, `revision` grows with each change.
    """

    uri: str
    path: Path
    text: str
    language: str = ""
    version: int | None = None
    revision: int = 0

    @cached_property
    def source(self) -> Source:
        """The draft as the linter takes it."""
        return Source(_name_of(self.path, self.language), self.text)

    def edited(self, changes: Iterable[Change], version: int | None, encoding: Encoding) -> OpenDraft:
        """The draft after changes, each to what the one before it left."""
        text, lines = self.text, self.source.lines
        for change in changes:
            if change.start is None or change.end is None:
                text = change.text
            else:
                start = offset_at(lines, change.start, encoding)
                end = max(start, offset_at(lines, change.end, encoding))
                text = text[:start] + change.text + text[end:]
            lines = LineIndex(text)
        return replace(self, text=text, version=version, revision=self.revision + 1)


def is_draft(path: Path) -> bool:
    """Whether an open file may be a draft: configuration files and README.md and the like are none."""
    return path.name not in _CONFIGURATIONS and not is_project_page(path.name)


def _name_of(path: Path, language: str) -> str:
    """The name by which a draft is read: where its extension tells nothing, with one for its language."""
    known = path.suffix.lower() in {*FORMATS, *LIBRARIES, *EXTENSIONS}
    return str(path) if known else str(path) + _EXTENSION_OF.get(language, "")
