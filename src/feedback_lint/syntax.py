"""A parse as plain objects: what the clause layer asks of spaCy's tokens, copied once.

spaCy makes a token anew, and looks up its words, whenever it is asked; clauses ask for all of them again and again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

# Words for which the lemmatizer's rules find another word ("hop").
_WRONG_LEMMAS = {"hoping": "hope", "hoped": "hope", "rang": "ring", "rung": "ring"}
# Of a token, what its place in the text says.
_PLACE: list[int | str] = ["IDX", "SENT_START", "HEAD"]


class Word(NamedTuple):
    """What is the same of a token wherever it stands with the same tag and dependency; the names are spaCy's.

    `lemma_` is in lower case: "Feedback" at the start of a sentence is the same word as "feedback".
    """

    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    is_punct: bool
    is_space: bool
    like_num: bool

    @classmethod
    def of(cls, token: SpacyToken) -> Word:
        """What spaCy says of a token."""
        lower = token.text.lower()
        lemma = _WRONG_LEMMAS.get(lower, token.lemma_.lower())
        return cls(
            token.text, lower, lemma, token.pos_, token.tag_, token.dep_, token.is_punct, token.is_space, token.like_num
        )


@dataclass(slots=True, eq=False)
class Token:
    """A word or mark in the dependency tree of a paragraph; the names are spaCy's.

    `idx` is its offset in the paragraph's text; the head of a sentence's root is the root itself. `children` are in the
    order of the text.
    """

    doc: list[Token] = field(repr=False)
    i: int
    idx: int
    is_sent_start: bool
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    is_punct: bool
    is_space: bool
    like_num: bool
    head: Token = field(init=False, repr=False)
    children: list[Token] = field(default_factory=list, repr=False)

    def __len__(self) -> int:
        return len(self.text)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The tokens on which it hangs, from its head to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> list[Token]:
        """The token and all that hangs on it, in the order of the text."""
        found = [self]
        for token in found:
            found.extend(token.children)
        return sorted(found, key=lambda token: token.i)

    @property
    def right_edge(self) -> Token:
        """The last token of its subtree."""
        return self.subtree[-1]

    @property
    def left_edge(self) -> Token:
        """The first token of its subtree."""
        return self.subtree[0]

    @property
    def n_lefts(self) -> int:
        """How many of its children stand before it."""
        return sum(child.i < self.i for child in self.children)

    @property
    def conjuncts(self) -> list[Token]:
        """The other tokens that are coordinated with it."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found.extend(child for child in token.children if child.dep_ == "conj")
        return [token for token in found if token is not self]

    @property
    def sentence_end(self) -> Token:
        """The last token of its sentence."""
        at = self.i + 1
        while at < len(self.doc) and not self.doc[at].is_sent_start:
            at += 1
        return self.doc[at - 1]

    def nbor(self, distance: int = 1) -> Token:
        """The token so many places further on; before it, where that is negative."""
        return self.doc[self.i + distance]


def tokens_of(doc: Doc, words: Iterable[Word]) -> list[Token]:
    """The tokens of a parsed paragraph; `words` are what is said of each."""
    out: list[Token] = []
    places = doc.to_array(_PLACE).astype("int64").tolist()
    for i, (word, (idx, begins, _)) in enumerate(zip(words, places, strict=True)):
        out.append(Token(out, i, idx, begins == 1, *word))
    for token, (_, _, distance) in zip(out, places, strict=True):
        token.head = out[token.i + distance]
        if distance:
            token.head.children.append(token)
    return out
