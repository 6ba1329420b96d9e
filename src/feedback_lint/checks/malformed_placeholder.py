"""Placeholders and statements of a template that will not work."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from feedback_lint.document import Mode
from feedback_lint.matching import Draft, Match
from feedback_lint.placeholder_kinds import expression
from feedback_lint.templates import local_names

# Placeholders of code: other words than the name may be functions. Statements have no name.
_CODE = re.compile(r"\{\{|\$|#\{|<%|%\(")
_NAMELESS = re.compile(r"\{%|\w|[._…]")
# What template languages name themselves.
_BUILT_IN = frozenset("this loop forloop index key value root first last now else block super".split())


def find(draft: Draft) -> Iterable[Match]:
    """Delimiters that do not pair, statements without a partner, and names that are not on the list."""
    yield from map(Match, draft.document.unpaired)
    yield from (Match(p.span) for p in draft.document.placeholders if p.malformed)
    if draft.names is not None and draft.document.mode is Mode.TEMPLATE:
        yield from _unlisted(draft, draft.names)


def _unlisted(draft: Draft, names: frozenset[str]) -> Iterator[Match]:
    """The placeholders with a name that is not on the list, with the most similar one that is."""
    known = {_key(name): name for name in sorted(names)}
    own = frozenset(map(_key, local_names(draft.document.source.text) | _BUILT_IN))
    for placeholder in draft.document.placeholders:
        words = draft.document.words(placeholder.span)
        name = expression(words)
        if placeholder.malformed or _NAMELESS.match(words) or not re.search(r"[^\W\d]", name):
            continue
        if not _is_listed(name, known.keys() | own, in_code=bool(_CODE.match(words))):
            yield Match(placeholder.span, _corrected(words, name, known))


def _is_listed(name: str, keys: Iterable[str], *, in_code: bool) -> bool:
    """Whether a name, or in code an object or argument in it, is on the list."""
    listed = frozenset(keys)
    if _key(name) in listed:
        return True
    parts = [part.lstrip("@.") for part in re.findall(r"[@.\w]+", name)] if in_code else []
    return any(_key(part[:end]) in listed for part in parts for end in _ends(part))


def _ends(name: str) -> list[int]:
    """Where each object of "user.company.name" ends."""
    return [*(m.start() for m in re.finditer(r"\.", name)), len(name)]


def _corrected(words: str, name: str, known: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(_key(name), list(known), n=1, cutoff=0.6)
    return words.replace(name, known[near[0]], 1) if near else ""


def _key(name: str) -> str:
    """A name without what its spelling may differ in: "Job Title" and "job_title" are the same."""
    return re.sub(r"[\s_-]+", "_", name.strip("@. ")).lower()
