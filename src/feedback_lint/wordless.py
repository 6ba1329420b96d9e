"""Texts about a mail, kept without its words: a place in the mail stands for each word that only the mail has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

# A text, or the start and the length of a part of the mail.
Piece = str | tuple[int, int]
_WORD = re.compile(r"\w+")


class WordsError(Exception):
    """A text holds words that stand neither in the mail nor in the rules."""


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts, in small letters."""
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def packed(text: str, mail: str, known: Collection[str]) -> list[Piece]:
    """A text as pieces. `known` are the words, in small letters, that may be kept as they are. Raises WordsError."""
    pieces: list[Piece] = []
    done = 0
    words = list(_WORD.finditer(text))
    for n, word in enumerate(words):
        if word.start() < done or word[0].casefold() in known:
            continue
        start, at = _found(word[0], mail)
        start += word.start()
        further = (w.end() for w in words[n + 1 :] if mail.startswith(text[start : w.end()], at))
        end = max(further, default=word.end())
        pieces += [text[done:start], (at, end - start)]
        done = end
    return [piece for piece in (*pieces, text[done:]) if piece]


def _found(word: str, mail: str) -> tuple[int, int]:
    """Where the mail has a word: from which of its letters on, and where; the case of the first may differ."""
    at = mail.find(word)
    if at >= 0:
        return 0, at
    at = mail.find(word[0].swapcase() + word[1:]) if len(word) > 1 else -1
    if at < 0:
        raise WordsError
    return 1, at + 1


def unpacked(pieces: Sequence[Piece], mail: str) -> str:
    """The text that pieces stand for."""
    return "".join(p if isinstance(p, str) else mail[p[0] : p[0] + p[1]] for p in pieces)
