"""The greeting: where it ends on its line, and whether it names the reader."""

from __future__ import annotations

import re

from feedback_lint.names import GROUPS, PARTICLES, ROLES, bare, is_honorific, is_ordinary, may_be_name, names_somebody

_ENGLISH = (
    r"(?:my\s+)?dear(?:est)?|(?:most\s+)?(?:respected|esteemed|hono(?:u)?red)|h+i+ya|h+i+|he+y+a?|h[aeu]llo+|howdy|yo|"
    r"greetings|good\s+(?:morning|afternoon|evening|day)|g['’]?day|morning|afternoon|evening|alright|'?e?y up|"
    r"attn|attention|to(?=\s+(?:whom|the|all)\b)"
)
_FOREIGN = (
    r"kia ora|t[eē]n[aā] k[oō](?:e|utou|rua)|m[oō]rena|namaste|namaskar|vanakkam|salaam|salam|"
    r"as-?sala+m\S*(?:\s+\S*alaikum)?|shalom|aloha|"
    r"talofa|bula|jambo|habari|sawubona|molo|dumela|dia d(?:h)?uit(?:\s+a)?|annwyl|bore da|bonjour|bonsoir|"
    r"salut|ch[eè]re?|hola|"
    r"buen[oa]s (?:d[ií]as|tardes)|estimad[oa]|querid[oa]|ciao|buongiorno|gentile|guten (?:tag|morgen|"
    r"abend)|moin|servus|"
    r"liebe[r]?|sehr geehrte[r]?|ol[aá]|bom dia|boa tarde|prezad[oa]|hej|hei|god dag|geachte|beste|cze[sś][cć]|"
    r"dzie[nń] dobry|ahoj|merhaba|konnichiwa|mabuhay|selamat \w+|magandang \w+"
)
_SALUTATION = re.compile(
    rf"\s*(?P<word>{_ENGLISH}|{_FOREIGN})(?![\w'’])(?:\s+(?:again|there|once more|to you|dear))*",
    re.IGNORECASE,
)
# These begin sentences too, so a name or a pause must follow.
_AMBIGUOUS = frozenset("morning afternoon evening alright yo attention to".split())
_TOKEN = re.compile(r"\s*([^\s,!:;–—?]+)")
_PAUSE = re.compile(r"\s*(?:[,!:;.…]+|[–—-]+(?=\s|$)|–|—)[!,.\s]*")
_ENDS = re.compile(r"\s*(?:[,!:;–—.]|-\s|$)")
_ASIDE = re.compile(r"[()&+/\w.'’-]*[(/][\w.'’)/-]*")
_TRAILING_JOINER = re.compile(r"(?:\s+(?:and|or|the|of|to|it|at|from|&|\+|/))+\s*$", re.IGNORECASE)
_JOINERS = frozenset({"and", "&", "+", "or", "/", "und", "et", "the", "of", "to", "it", "may", "at", "from"})
_KNOWN = _JOINERS | ROLES | GROUPS | PARTICLES
# "Dear all at St. Anne's,"
_BEGIN_NAMES = frozenset({"St.", "Ste.", "Mt."})
# "Good morning, Ms. Tan", "Hello! Dave,", "Attn: Ms Green"
_PAUSES_WITHIN = frozenset(",!:")
_MOST_WORDS = 8


def greeting_end(line: str, *, lone: bool = False) -> int:
    """Where the greeting that begins `line` ends; 0 when it begins with none.

    `lone`: the line is all there is, so it is more likely a sentence, and a greeting must end in a comma.
    """
    match = _SALUTATION.match(line)
    if not match:
        return 0 if lone else _bare_name_end(line)
    names = _names_end(line, match.end())
    pause = _PAUSE.match(line, names)
    ambiguous = bare(match["word"].split()[0]) in _AMBIGUOUS and not line[match.end() : names].strip().istitle()
    if not pause or (ambiguous and line[pause.start() :].strip() == "."):
        rest = line[names:].strip()
        return len(line) if not rest and not lone else 0 if lone or ambiguous else names
    return _named_after_pause(line, pause.end()) or pause.end()


def begins_with_salutation(line: str) -> bool:
    """Whether a line begins with "Dear", "Hello", "Kia ora" …"""
    return bool(_SALUTATION.match(line))


def names_reader(greeting: str) -> bool:
    """Whether a greeting ("Dear Helena and Tom,") holds a person's name."""
    match = _SALUTATION.match(greeting)
    addressees = re.split(
        r"[,/&+()!:;–—]|\s+-+(?:\s+|$)|\b(?:and|or|und|et)\b", greeting[match.end() if match else 0 :]
    )
    return any(names_somebody(a) for a in addressees)


def _names_end(line: str, start: int) -> int:
    """Where the words that address somebody end, from `start` on."""
    at, lower_names, titled = start, 0, False
    for _ in range(_MOST_WORDS):
        token = _TOKEN.match(line, at)
        if not token:
            break
        word, after = token[1], line[token.end() :]
        if not (titled and word[0].isupper()) and not _addresses(word, ends=bool(_ENDS.match(after))):
            break
        titled = is_honorific(word)
        if word[0].islower() and not titled and bare(word) not in _KNOWN:
            lower_names += 1
            if lower_names > 1 and not _PAUSE.match(after):
                break
        at = token.end()
        if word.endswith(".") and len(word) > 2 and not titled and word not in _BEGIN_NAMES:
            break
    return start + len(_TRAILING_JOINER.sub("", line[start:at]).rstrip())


def _addresses(word: str, *, ends: bool) -> bool:
    if is_honorific(word) or bare(word) in _KNOWN or _ASIDE.fullmatch(word):
        return True
    return may_be_name(word.strip("()\"'“”*_"), last=ends)


def _named_after_pause(line: str, start: int) -> int:
    """The end of the name in "Good morning, Ms. Tan," and "Hello, Dave!"; 0 where no name follows the pause."""
    end = _names_end(line, start)
    if end == start or line[:start].rstrip()[-1:] not in _PAUSES_WITHIN:
        return 0
    if not line[start].isupper() and not _opens_address(line[start:end].split()[0]):
        return 0
    pause = _PAUSE.match(line, end)
    return pause.end() if pause else len(line) if not line[end:].strip() else 0


def _opens_address(word: str) -> bool:
    return is_honorific(word) or bare(word) in ROLES | GROUPS


def _bare_name_end(line: str) -> int:
    """The end of a greeting without a salutation: "Alan,", "Mr Tanaka:", "Sarah – thank you …", "Miguel"."""
    start = len(line) - len(line.lstrip())
    end = _names_end(line, start)
    words = line[start:end].split()
    if not 1 <= len(words) <= 4 or any(is_ordinary(w) and bare(w) not in _JOINERS for w in words[:1]):
        return 0
    pause = _PAUSE.match(line, end)
    rest = line[pause.end() if pause else end :].strip()
    capital = all(w[0].isupper() or is_honorific(w) or bare(w) in _JOINERS | PARTICLES for w in words)
    if pause and line[end:].lstrip()[0] in ",:!–—-":
        if not rest:
            return len(line) if capital or len(words) == 1 else 0
        return pause.end() if capital and not words[0].endswith("ly") and len(words) <= 3 else 0
    return len(line) if capital and not rest and len(words) <= 3 and not pause else 0
