"""How people type: undo chat spellings, misspellings, shouting and typographic signs for the parser.

Every change keeps its place in the source through the offset map. A word is only respelled when it has no other
common reading in such mails, or where the words beside it show which is meant.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from feedback_lint.text import OffsetMap, ProjectionBuilder
from feedback_lint.typed_words import (
    CAPITALS,
    CHAT_WORDS,
    COUNTED,
    DIGITS,
    DOUBLED,
    IN_CONTEXT,
    LIKELY,
    LOOKALIKES,
    MEANINGS,
    NAMES,
    NUMBERED,
    SPOKEN_AFTER,
    UNCOUNTED,
)

_WORD = r"(?<![\w@.&/-])[A-Za-z0-9]+(?:'[A-Za-z]+)*(?![\w@&/]|\.(?:[a-z0-9]|[A-Z]\b)|-\w)"
# Signs after which a space is missing: "sorry,but", "in touch?I", "interview.I", "feedback.please".
_CRAMPED = (
    r"(?<=[A-Za-z]),(?=[A-Za-z])|(?<=[a-z]{3})[?!](?=[A-Z][a-z' ])(?!\w*=)|"
    r"(?<=[a-z]{2})\.(?=[A-Z](?:[a-z']| [a-z])|(?:i|im|please|pls|thanks?|why|what|how|you|can|could|would|but)\b)"
)
_PIECE = re.compile(rf"{_WORD}|[?!]{{2,}}|\.{{2,}}|{_CRAMPED}")
_BEFORE = re.compile(r"([A-Za-z0-9']+) +$")
_AFTER = re.compile(r" +([A-Za-z0-9']+)")
# How far to look for the words beside a word.
_BESIDE = 20
# Letters that stand for words, but for themselves in lists and formulas: "plan b", "(n)", "x and y", "r = 2".
_LETTER_ITSELF = re.compile(
    r"(?:\(|\b(?:plan|option|part|question|section|point|vitamin|hepatitis|type|grade|team|group|generation|gen|"
    r"x and|a and|[a-z],)\s)$",
    re.IGNORECASE,
)
_LETTER_IN_FORMULA = re.compile(r"\s?[)=+*<>^]")
# Chat words that mean something else in capitals: British Columbia, Facebook …
_ALSO_INITIALS = frozenset(
    "bc fb cos dis msg ppl coz kno wen dat abt hav n b y r ya ye yu im ty nd wit wid wk sth urs hv jst lst tks tht frm "
    "hrs yrs dint wot id ill its m".split()
)
_SHOUT = re.compile(r"(?<![\w'])[A-Z]+(?:'[A-Z]+)?(?:[ ,;:?!.-]+[A-Z0-9]+(?:'[A-Z]+)?(?![\w'-]))+")
_SIGNS = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
     "\u00a0": " ", "\u202f": " ", "\u2007": " ", "‑": "-", "‐": "-", "\t": " "}
)  # fmt: skip
_EMPHASISED = frozenset(
    "why what how who when which not never no you your yours me my mine now again still always all any this that very "
    "so too one only please real reason is am are was were do does did have has had must should could would will can "
    "and or but the just feedback answer reply demand want need nothing nobody none thank thanks such really".split()
)
_STRETCHED = re.compile(r"([A-Za-z])\1{2,}")
_DOUBLE = re.compile(r"(.)\1+")
_LEAST_SHOUTED_WORDS = 4
# Shorter words are like too many others to be told when they are misspelt.
_LEAST_MISSPELT = 6
_LEAST_SLIPPED = 7
_MOST_TURNED = 3


def respell(text: str) -> tuple[str, OffsetMap]:
    """The text in plain spelling, and the map back to `text`."""
    signs = text.translate(_SIGNS)  # one sign for one sign: offsets stay
    shouted = [m.span() for m in _SHOUT.finditer(signs) if _is_shouting(m[0])]
    out = ProjectionBuilder(signs)
    at = 0
    for match in _PIECE.finditer(signs):
        piece, start, end = match[0], match.start(), match.end()
        if _is_plain(piece):
            continue
        if piece[0].isalnum():
            new = _word(signs, start, end, loud=any(first <= start < last for first, last in shouted))
        else:
            new = _sign(piece)
        if new != piece:
            out.copy(at, start)
            out.replace(start, end, new)
            at = end
    out.copy(at, len(signs))
    return out.build()


@lru_cache(maxsize=4096)
def _is_plain(piece: str) -> bool:
    """Whether this is a word that means itself wherever it stands."""
    if not (len(piece) > 1 and piece.isalpha() and (piece.islower() or piece.istitle())):
        return False
    lower = piece.lower()
    return (
        _unstretched(lower) == lower
        and lower not in MEANINGS
        and lower not in IN_CONTEXT
        and (len(lower) < _LEAST_MISSPELT or _mended(lower) == lower)
    )


def _is_shouting(run: str) -> bool:
    """Four or more words in capitals; fewer are more likely initials ("HR", "NHS Trust")."""
    words = re.findall(r"[A-Z']+", run)
    return len(words) >= _LEAST_SHOUTED_WORDS or all(w.lower() in _EMPHASISED for w in words)


def _sign(signs: str) -> str:
    """One sign for many, or a sign with the space that is missing after it."""
    if len(signs) == 1:
        return signs + " "
    return "..." if signs[0] == "." else "?" if "?" in signs else "!"


def _word(text: str, start: int, end: int, *, loud: bool) -> str:
    """What the word at this place stands for; `loud`: it is part of a text in capitals."""
    word = text[start:end]
    lower = _unstretched(word.lower())
    if _is_itself(text, start, end, lower, loud=loud):
        return word
    plain = _meaning(text, start, end, lower)
    if word.isupper() and (loud or len(word) > 1):
        return NAMES.get(plain, plain)
    if plain == word.lower():
        return word
    return plain[0].upper() + plain[1:] if word[0].isupper() else plain


def _unstretched(word: str) -> str:
    """The word without letters that are only drawn out: "soooo", "goooood"; initials such as "www" are left."""
    if not _STRETCHED.search(word):
        return word
    double = _STRETCHED.sub(r"\1\1", word)
    single = _STRETCHED.sub(r"\1", word)
    return double if double in DOUBLED else single if len(single) > 1 else word


def _is_itself(text: str, start: int, end: int, lower: str, *, loud: bool) -> bool:
    """Whether a word of capitals are initials, and a letter a letter."""
    word = text[start:end]
    if loud or word in "iIuU" or word in DIGITS:
        return False
    if len(word) > 1:
        return word.isupper() and (lower in _ALSO_INITIALS or lower not in _EMPHASISED | MEANINGS.keys())
    if word.isupper():
        return word not in CAPITALS or not CAPITALS[word].fits(*_beside(text, start, end))
    return bool(_LETTER_ITSELF.search(text[max(0, start - 14) : start]) or _LETTER_IN_FORMULA.match(text, end))


def _meaning(text: str, start: int, end: int, lower: str) -> str:
    """The word in plain spelling and lower case."""
    if lower in DIGITS:
        return DIGITS[lower] if _is_spoken(text, start, end) else lower
    if lower in IN_CONTEXT and IN_CONTEXT[lower].fits(*_beside(text, start, end)):
        return IN_CONTEXT[lower].meaning
    plain = MEANINGS.get(lower)
    if plain is None and len(lower) >= _LEAST_MISSPELT and lower.isalpha():
        plain = _mended(lower)
        if plain != lower and text[start:end].istitle() and _beside(text, start, end)[0]:
            return lower  # a name
    return plain or lower


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words directly before and after a place, in lower case; "" at a sign or an edge."""
    before = _BEFORE.search(text[max(0, start - _BESIDE) : start])
    after = _AFTER.match(text, end)
    return before[1].lower() if before else "", after[1].lower() if after else ""


def _is_spoken(text: str, start: int, end: int) -> bool:
    """Whether a "2" or "4" is "to" or "for" rather than a number."""
    before, after = _beside(text, start, end)
    if after in UNCOUNTED:
        return True
    if not after.isalpha() or after in COUNTED or after.endswith("s") or before in NUMBERED or before.isdigit():
        return False
    return before in SPOKEN_AFTER or not CHAT_WORDS.isdisjoint(text.lower().split())


# --- misspellings -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    """The likely word of which this one is a misspelling, or the word itself."""
    if word in LIKELY or word in LOOKALIKES:
        return word
    once = _once(word)
    for likely, meant in _likely_words().get((word[0], word[-1]), ()):
        if once == likely or any(
            len(b) >= _LEAST_SLIPPED and _is_slip(a, b) for a, b in ((word, meant), (once, likely))
        ):
            return meant
    return word


@cache
def _likely_words() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The likely words by their first and last letter, which are seldom wrong: without double letters, and as spelt."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for word in sorted(LIKELY):
        once = _once(word)
        found.setdefault((once[0], once[-1]), []).append((once, word))
    return found


def _once(word: str) -> str:
    """The word with one letter for two, since people mistake which are doubled."""
    return _DOUBLE.sub(r"\1", word)


def _is_slip(typed: str, meant: str) -> bool:
    """Whether two words differ in one letter (other, missing or added), or in up to three that are turned round."""
    shorter = min(len(typed), len(meant))
    if max(len(typed), len(meant)) > shorter + 1:
        return False
    same = 0
    while same < shorter and typed[same] == meant[same]:
        same += 1
    last = 0
    while last < shorter - same and typed[-1 - last] == meant[-1 - last]:
        last += 1
    wrong, right = typed[same : len(typed) - last], meant[same : len(meant) - last]
    return max(len(wrong), len(right)) <= 1 or (len(wrong) <= _MOST_TURNED and wrong == right[::-1])
