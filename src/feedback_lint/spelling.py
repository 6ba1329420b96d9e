"""How people type: undo chat spellings, shouting and typographic signs so that the parser reads plain English.

Every change keeps its place in the source through the offset map. A word is only respelled when it has no
other common reading in such mails.
"""

from __future__ import annotations

import re

from feedback_lint.text import OffsetMap, ProjectionBuilder

_CONTRACTED = (
    "aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mustn't shouldn't wasn't weren't "
    "won't wouldn't ain't I'm I've you're you've you'd you'll they're they've they'd they'll that's what's who's "
    "here's there's how's could've should've would've he's she's we've it'll it'd that'd who'd y'all"
)
_RESPELLED = {c.replace("'", "").lower(): c for c in _CONTRACTED.split()} | {
    "whys": "why is", "hows": "how is", "i": "I", "u": "you", "ya": "you", "ye": "you", "yall": "you all",
    "ur": "your", "ure": "you're", "r": "are", "pls": "please", "plz": "please", "plss": "please", "plse": "please",
    "thx": "thanks", "tnx": "thanks", "thnx": "thanks", "thks": "thanks", "bc": "because", "cuz": "because",
    "coz": "because", "cos": "because", "bcoz": "because", "bcos": "because", "becoz": "because",
    "tho": "though", "thru": "through", "abt": "about", "ppl": "people", "msg": "message", "msgs": "messages",
    "b4": "before", "wat": "what", "wot": "what", "wud": "would", "cud": "could", "shud": "should", "gud": "good",
    "wiv": "with", "kno": "know", "hav": "have", "dunno": "don't know", "gimme": "give me", "lemme": "let me",
    "sry": "sorry", "abeg": "please", "fb": "feedback", "y": "why", "n": "and",
    "wen": "when", "dis": "this", "dat": "that",
    "im": "I'm", "tmrw": "tomorrow", "tmr": "tomorrow", "tomoz": "tomorrow", "b": "be", "whyd": "why did",
    "lmk": "let me know", "howcome": "how come", "wernt": "weren't", "dint": "didn't",
    "shoulda": "should have", "coulda": "could have", "woulda": "would have",
    "didnae": "didn't", "wasnae": "wasn't", "wisnae": "wasn't", "dinnae": "don't", "cannae": "can't", "isnae": "isn't",
    "wouldnae": "wouldn't", "couldnae": "couldn't", "werenae": "weren't", "havenae": "haven't", "dae": "do",
}  # fmt: skip

# "id" and "ill" are words too: respelled only where the next word shows that a verb follows.
_VERB_FOLLOWS = re.compile(
    r"\s+(?:be|have|like|love|just|really|appreciate|rather|never|say|want|know|ask|hate|get|go|keep|see|send|tell|"
    r"take|do|make|wait|report|ring|call|sue|still|always|not|also|leave|expect|gladly|happily|try|use|bet)\b",
    re.IGNORECASE,
)
_BEFORE_VERB = {"id": "I'd", "ill": "I'll"}
_WORD = re.compile(r"(?<![\w@.&/-])[A-Za-z0-9]+(?:'[A-Za-z]+)*(?![\w@&/]|\.\w|-\w)|[?!]{2,}|\.{2,}")
# Letters that stand for words, but for themselves in lists and formulas: "plan b", "(n)", "x and y", "r = 2".
_LETTER_ITSELF = re.compile(
    r"(?:\(|\b(?:plan|option|part|question|section|point|vitamin|hepatitis|type|grade|team|group|generation|gen|"
    r"x and|a and|[a-z],)\s)$",
    re.IGNORECASE,
)
_LETTER_IN_FORMULA = re.compile(r"\s?[)=+*<>^]")
# Chat words that mean something else in capitals: British Columbia, Facebook …
_ALSO_INITIALS = frozenset("bc fb cos dis msg ppl coz kno wen dat abt hav n b y r ya ye im".split())
_SHOUT = re.compile(r"(?<![\w'])[A-Z]+(?:'[A-Z]+)?(?:[ ,;:?!.-]+[A-Z]+(?:'[A-Z]+)?(?![\w'-]))+")
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
_LEAST_SHOUTED_WORDS = 4
# How far to look for the word after "id" and "ill".
_NEXT_WORD = 20


def respell(text: str) -> tuple[str, OffsetMap]:
    """The text in plain spelling, and the map back to `text`."""
    signs = text.translate(_SIGNS)  # one sign for one sign: offsets stay
    shouted = [m.span() for m in _SHOUT.finditer(signs) if _is_shouting(m[0])]
    out = ProjectionBuilder(signs)
    at = 0
    for match in _WORD.finditer(signs):
        loud = any(start <= match.start() < end for start, end in shouted)
        if len(match[0]) == 1 and _stands_for_itself(signs, match.start()):
            continue
        new = _replacement(match[0], signs[match.end() : match.end() + _NEXT_WORD], loud=loud)
        if new != match[0]:
            out.copy(at, match.start())
            out.replace(match.start(), match.end(), new)
            at = match.end()
    out.copy(at, len(signs))
    return out.build()


def _stands_for_itself(text: str, at: int) -> bool:
    """Whether the letter at `at` is a letter and no chat word."""
    if text[at] in "iIuU":
        return False
    return bool(_LETTER_ITSELF.search(text[max(0, at - 14) : at]) or _LETTER_IN_FORMULA.match(text, at + 1))


def _is_shouting(run: str) -> bool:
    """Four or more words in capitals; fewer are more likely initials ("HR", "NHS Trust")."""
    words = re.findall(r"[A-Z']+", run)
    return len(words) >= _LEAST_SHOUTED_WORDS or all(w.lower() in _EMPHASISED for w in words)


def _replacement(word: str, following: str, *, loud: bool) -> str:
    if word[0] in "?!":
        return "?" if "?" in word else "!"
    if word[0] == ".":
        return "..."
    lower = _STRETCHED.sub(r"\1", word.lower())
    if lower in _BEFORE_VERB and word != "ID" and _VERB_FOLLOWS.match(following):
        return _BEFORE_VERB[lower]
    capital = word.isupper() and len(word) > 1
    if capital and not loud and (lower not in _EMPHASISED | _RESPELLED.keys() or lower in _ALSO_INITIALS):
        return word
    if len(word) == 1 and word.isupper() and word != "U" and not loud:
        return word  # an initial, "I" or "A"
    plain = _RESPELLED.get(lower)
    if plain is None:
        return lower if capital or lower != word.lower() else word
    return plain[0].upper() + plain[1:] if word[0].isupper() and not (capital or loud) else plain
