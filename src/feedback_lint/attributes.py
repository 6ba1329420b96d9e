"""What spaCy's attribute ruler and lemmatizer make of a word, remembered.

The ruler holds each token against each of some 180 patterns, which takes a third of the time of a parse. Nearly all of
them look at one token, and there at its word, its tag and its dependency; the lemmatizer looks at no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feedback_lint.syntax import Word

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc

# What a token is known by, and what patterns may ask of it that tells.
_KEY: list[int | str] = ["ORTH", "TAG", "DEP"]
_LOOKED_AT = frozenset({*_KEY, "TEXT", "LOWER", "IS_SPACE"})
# What the ruler and the lemmatizer say, or read.
_SAID = frozenset({"token.pos", "token.morph", "token.lemma"})
# So many words are remembered.
_CAPACITY = 2**15


class RememberedWords:
    """Tells of each word in a tagged and parsed text what the ruler and the lemmatizer would say."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer, doc: type[Doc]) -> None:
        """`doc` is spaCy's own class of that name, which only `language` imports. See `can_remember`."""
        self._ruler = ruler
        self._lemmatizer = lemmatizer
        self._doc = doc
        # A token with which a match of several may begin.
        self._openings = type(ruler)(ruler.vocab)
        longer = [pattern for given in ruler.patterns for pattern in _patterns(given) if len(pattern) > 1]
        if longer:
            self._openings.add([pattern[:1] for pattern in longer], {"LEMMA": ""})
        self._known = lru_cache(_CAPACITY)(self._learned)

    @staticmethod
    def can_remember(ruler: AttributeRuler, assigned: Iterable[str]) -> bool:
        """Whether what both say follows from what a token is known by.

        `assigned` is what earlier pipes say of tokens, by spaCy's names (`token.pos`).
        """
        tokens = (token for given in ruler.patterns for pattern in _patterns(given) for token in pattern)
        return _SAID.isdisjoint(assigned) and all(token.keys() <= _LOOKED_AT for token in tokens)

    def words(self, doc: Doc) -> list[Word]:
        """The words of a text to which neither was applied. Where several may match together, they are now."""
        known = [self._known(*key) for key in doc.to_array(_KEY).tolist()]
        if any(opens for _, opens in known):
            return list(map(Word.of, self._lemmatizer(self._ruler(doc))))
        return [word for word, _ in known]

    def _learned(self, orth: int, tag: int, dep: int) -> tuple[Word, bool]:
        """What is made of a token that stands alone, and whether a match of several may begin with it."""
        vocab = self._ruler.vocab
        doc = self._doc(vocab, words=[vocab.strings[orth]])
        token: Any = doc[0]
        token.tag, token.dep = tag, dep
        opens = bool(self._openings.match(doc))
        self._lemmatizer(self._ruler(doc))
        return Word.of(token), opens


def _patterns(given: Any) -> list[list[dict[int | str, Any]]]:
    """The patterns of an entry in a ruler, each a list of tokens."""
    found: list[list[dict[int | str, Any]]] = given["patterns"]
    return found
