"""spaCy's attribute ruler, remembered: nearly all its patterns look at one token, so what it says of a token is known.

The ruler holds each token against each of some 180 patterns, which takes a third of the time of a parse.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

# What a token is known by.
_LOOKED_AT = frozenset({"ORTH", "TEXT", "LOWER", "TAG", "DEP", "IS_SPACE"})
# So many tokens are remembered.
_CAPACITY = 2**15


class _Attributes(NamedTuple):
    """What the ruler leaves a token with; 0 where it sets nothing."""

    tag: int
    pos: int
    morph: int
    lemma: int
    dep: int


class RememberedRuler:
    """Does to a tagged and parsed text what an attribute ruler does."""

    def __init__(self, ruler: AttributeRuler, doc: type[Doc]) -> None:
        """`doc` is spaCy's own class of that name, which only `language` imports."""
        self._ruler = ruler
        self._doc = doc
        # Where one of these stands, the ruler itself is asked.
        self._others = type(ruler)(ruler.vocab)
        self._others.add_patterns([given for given in ruler.patterns if not _is_of_token(given)])
        self._known = lru_cache(_CAPACITY)(self._learned)

    def __call__(self, doc: Doc) -> Doc:
        """Set what the ruler would set, in place."""
        if self._others.match(doc):
            return self._ruler(doc)
        token: Any
        for token in doc:
            known = self._known(token.orth, token.tag, token.dep)
            token.tag, token.pos, token.dep = known.tag, known.pos, known.dep
            if known.morph:
                token.set_morph(known.morph)
            if known.lemma:
                token.lemma = known.lemma
        return doc

    def _learned(self, orth: int, tag: int, dep: int) -> _Attributes:
        """What the ruler makes of a token that stands alone."""
        vocab = self._ruler.vocab
        doc = self._doc(vocab, words=[vocab.strings[orth]])
        token: Any = doc[0]
        token.tag, token.dep = tag, dep
        self._ruler(doc)
        return _Attributes(token.tag, token.pos, token.morph.key if token.has_morph() else 0, token.lemma, token.dep)


def _is_of_token(given: Any) -> bool:
    """Whether patterns look at one token, and there at nothing but what it is known by."""
    return all(len(pattern) == 1 and pattern[0].keys() <= _LOOKED_AT for pattern in given["patterns"])
