"""Placeholders and statements of a template that will not work."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from feedback_lint.document import Document, Mode, Placeholder
from feedback_lint.matching import Manuscript, Match
from feedback_lint.placeholder_kinds import expression
from feedback_lint.templates import local_names

# Placeholders of code: other words than the name may be functions. Statements have no name.
_CODE = re.compile(r"\{\{|\$|#\{|<%|%\(")
_NAMELESS = re.compile(r"\{%|\w|[._…]")
# What template languages name themselves.
_BUILT_IN = frozenset("this loop forloop index key value root first last now else block super".split())


def find(draft: Manuscript) -> Iterable[Match]:
    """Delimiters that do not pair, statements without a partner, and names that are not on the list."""
    yield from map(Match, draft.document.unpaired)
    yield from (Match(p.span) for p in draft.document.placeholders if p.malformed)
    if draft.names is not None and draft.document.mode is Mode.TEMPLATE:
        yield from _unlisted(draft.document, draft.names)


@dataclass(frozen=True, slots=True)
class Named:
    """A placeholder as it is read, and the name in it."""

    placeholder: Placeholder
    words: str
    name: str

    @property
    def in_code(self) -> bool:
        """Whether a program reads it: the name may be that of an object, or have arguments."""
        return bool(_CODE.match(self.words))

    @property
    def parts(self) -> tuple[str, ...]:
        """The names in it: one, or in code those of objects and arguments."""
        found = re.findall(r"[@.\w]+", self.name) if self.in_code else ()
        return tuple(filter(None, (part.lstrip("@.") for part in found))) or (self.name,)


def named(document: Document) -> Iterator[Named]:
    """The placeholders with a name that somebody must know: those that a template names itself are not among them."""
    own = frozenset(map(key_of, local_names(document.source.text) | _BUILT_IN))
    for placeholder in document.placeholders:
        words = document.words(placeholder.span)
        found = Named(placeholder, words, expression(words))
        if placeholder.malformed or _NAMELESS.match(words) or not re.search(r"[^\W\d]", found.name):
            continue
        if not _is_listed(found, own):
            yield found


def key_of(name: str) -> str:
    """A name without what its spelling may differ in: "Job Title" and "job_title" are the same."""
    return re.sub(r"[\s_-]+", "_", name.strip("@. ")).lower()


def _unlisted(document: Document, names: frozenset[str]) -> Iterator[Match]:
    """The placeholders with a name that is not on the list, with the most similar one that is."""
    known = {key_of(name): name for name in sorted(names)}
    for found in named(document):
        if not _is_listed(found, known.keys()):
            yield Match(found.placeholder.span, _corrected(found, known))


def _is_listed(found: Named, keys: Collection[str]) -> bool:
    """Whether a name, or in code an object or argument in it, is on the list."""
    if key_of(found.name) in keys:
        return True
    return found.in_code and any(key_of(part[:end]) in keys for part in found.parts for end in _ends(part))


def _ends(name: str) -> list[int]:
    """Where each object of "user.company.name" ends."""
    return [*(m.start() for m in re.finditer(r"\.", name)), len(name)]


def _corrected(found: Named, known: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(key_of(found.name), list(known), n=1, cutoff=0.6)
    return found.words.replace(found.name, known[near[0]], 1) if near else ""
