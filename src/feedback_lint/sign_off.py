"""The end of a mail: closing phrases, the sender's name, and what mail programs put below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedback_lint.greeting import greeting_end
from feedback_lint.names import bare, looks_like_signature_name

# A closing phrase: words that lead up to its heart ("with kind and grateful"), the heart ("regards"), and a few more.
_LEADS = frozenset(
    "with many all my our kind kindest best warm warmest sincere sincerest deep deepest very much big huge good "
    "every heartfelt grateful renewed friendly due humble yours your and & again once more the most lots of a "
    "high highest in massive so professional respectful cheerful".split()
)
_HEARTS = frozenset(
    "regard regards sincerely faithfully truly ever respectfully cordially gratefully gratitude best bests thank "
    "thanks thankyou cheers wishes respect appreciation yours thx ta rgds rgrds br kr kind bw warmly warmest love "
    "peace namaste humbly obediently hopefully onward onwards greetings blessings hugs anticipation ciao adios "
    "slán slan merci gracias cordialement saludos atentamente saluti sláinte slainte arohanui hwyl groet groeten "
    "gruß gruss grüße grüßen grüsse grüssen pozdrawiam cumprimentos abraços obrigado obrigada hälsningar mvh lg "
    "mfg vh danke shukriya dhanyavaad asante mahalo tschüss".split()
)
_MOST_WORDS_AFTER_HEART = 8
_CLOSING_PHRASES = re.compile(
    r"(?:thank you\b.*|thanking you\b.*|take care\b.*|all the (?:very )?best\b.*|god bless\b.*|(?:talk|"
    r"speak|chat|see you|catch you) (?:soon|later|around)|"
    r"until (?:then|next time)|have a (?:\w+ ){1,3}\w+|bye(?: for now)?|mit (?:freundlichen|besten|lieben) "
    r"gr[uü](?:ß|ss)en|"
    r"un saludo|ng[aā] mihi\b.*|le gach dea-ghuí|nga mihi\b.*|(?:met )?vriendelijke groet(?:en)?|bien (?:à "
    r"vous|cordialement)|"
    r"x+|looking forward\b.*|wishing you\b.*|mind yourself|stay (?:safe|well)|i remain\b.*)",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"(?P<before>.*?(?:^|[.!?…)\u2600-\U0001faff]\s+))"
    r"(?P<closing>(?:(?:with|many|kind|kindest|warm|best|all|yours|very|big|much|ever so)\s+)*"
    r"(?:thanks?|thank you|regards|cheers|best|sincerely|yours|wishes|take care|all the best|love|ta|have "
    r"a|wishing you|"
    r"hoping|looking forward|god bless|respectfully|warmly)\b[^.!?…,–—-]{0,60}(?:[,!.]+\s*|\s+[–—~-]+\s*))"
    r"(?P<name>\S+(?:\s+\S+){0,2})\s*",
    re.IGNORECASE | re.DOTALL,
)
_DASHED_NAME = re.compile(
    r"(?P<before>.*[.!?…)])\s+(?P<closing>)[–—~-]+\s*(?P<name>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*)?)\s*",
    re.DOTALL,
)
_DEVICE = re.compile(
    r"(?:sent (?:from|via|with|using|on)\s+(?:my\s+)?[\w’']+(?:\s+[\w’'.®™()-]+){0,6}|get outlook for\b.*|"
    r".*\bvon meinem\b.*\bgesendet|envoyé (?:de|depuis) mon\b.*|"
    r"enviado (?:desde|do) (?:mi|meu)\b.*|inviato da\b.*|verstuurd vanaf\b.*|sent from (?:outlook|yahoo|gmail)\b.*)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\W*(?:(?:confidentiality|legal|privacy)\s+(?:notice|note|disclaimer|warning)\b|disclaimer\b|"
    r"confidential(?:ity)?\s*[:.-]|"
    r"(?:this|the (?:information|content)s?)\b.{0,60}\b(?:e-?mail|message|transmission|"
    r"communication)\b.{0,120}\b(?:confidential|intended|privileged|solely|virus)|"
    r"(?:if you (?:are not the intended|have received this|received this) .{0,40}(?:recipient|error|mistake))|"
    r"(?:please )?(?:consider|think of) the environment|scanned (?:by|for)|virus-free)",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"\W*p\.?\s?(?:p\.?\s?)?s\b\.?(?!\w)(?=\s*[:.,–—-]|\s)", re.IGNORECASE)
_CONTACT = re.compile(
    r"@|https?://|www\.|\+?\(?\d[\d ()./-]{5,}\d|\b(?:tel|mob|mobile|phone|email|linkedin)\b\s*[:.]?",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?:.*[.!?…]\s+)?", re.DOTALL)
_MOST_LINES = 12
# A line of so few words without a full stop can be a job title or a place.
_TITLE_WORDS = 5


@dataclass(frozen=True, slots=True)
class SignOff:
    """Where a mail ends, in line numbers: the first line of the name, and the line of the closing phrase if any.

    `split` cuts a line that holds both: how far its prose goes, and how far its closing phrase.
    """

    name: int
    closing: int | None = None
    split: tuple[int, int] | None = None


def is_device_tag(line: str) -> bool:
    """Whether a line is a mail program's ("Sent from my Galaxy"), nobody's words."""
    return len(line.split()) <= 10 and bool(_DEVICE.fullmatch(line.strip(" .-–—\t\u00a0")))


def is_disclaimer(line: str) -> bool:
    """Whether a line begins a notice that an employer's mail server adds."""
    return bool(_DISCLAIMER.match(line))


def is_postscript(line: str) -> bool:
    """Whether a line begins with "P.S."."""
    return bool(_POSTSCRIPT.match(line))


def closes(line: str) -> bool:
    """Whether a line is a closing phrase and no more: "Many thanks and best wishes,"."""
    words = line.split()
    if not 1 <= len(words) <= 10 or line.rstrip().endswith("?"):
        return False
    text = line.strip(" \t\u00a0,.!:;–—-*_~❤💛😊🙂🙏")
    pauses = len(words) <= 6 or line.rstrip().endswith((",", "-", "–", "—"))
    return all(
        _CLOSING_PHRASES.fullmatch(part) or (pauses and _has_heart(part)) for part in re.split(r"[,.!]\s+", text)
    )


def _has_heart(text: str) -> bool:
    """Whether a phrase is a closing by its heart: nothing but leads before it, and few plain words after it."""
    words = text.lower().split()
    for n, word in enumerate(words):
        if word in _HEARTS:
            after = words[n + 1 :]
            plain = all(w == "&" or re.fullmatch(r"[\w'’-]+", w) for w in after)
            return plain and len(after) <= _MOST_WORDS_AFTER_HEART
        if word not in _LEADS:
            return False
    return False


def find_sign_off(lines: Sequence[str], breaks: Sequence[bool], reader: str = "") -> SignOff | None:
    """The sign-off at the end of `lines`.

    `breaks[n]` tells whether line n was meant to begin a line, rather than wrapped there. `reader` is the greeting:
    a name in it is not the sender's, as in "Thanks again, Sarah".
    """
    n = len(lines) - 1
    while n >= 0 and len(lines) - n <= _MOST_LINES:
        split = _split(lines[n], reader)
        if split and (breaks[n] or split[0]):
            return SignOff(n + 1, n, split)
        if breaks[n] and closes(lines[n]) and _is_signature(lines[n + 1 :]):
            return SignOff(n + 1, n) if n or len(lines) > 1 else None
        if not may_stand_in_signature(lines[n]):
            break
        n -= 1
    return _name_alone(lines, breaks, max(n, -1))


def _is_signature(below: Sequence[str]) -> bool:
    return (
        not below
        or looks_like_signature_name(below[0])
        or any(_CONTACT.search(line) for line in below)
        or all(may_stand_in_signature(line) and line[:1].isupper() and len(line.split()) <= 5 for line in below)
    )


def _name_alone(lines: Sequence[str], breaks: Sequence[bool], above: int) -> SignOff | None:
    """A name below the last line of prose (`above`), and the wish above it that ends in a comma, if there is one."""
    first = next((n for n in range(above + 1, len(lines)) if breaks[n] and looks_like_signature_name(lines[n])), None)
    if first is None or first == 0 or len(lines) - first > 8:
        return None
    wish = lines[first - 1]
    if breaks[first - 1] and wish.rstrip().endswith((",", "–", "—", " -")) and len(wish.split()) <= 18:
        return SignOff(first, first - 1, (_LAST_SENTENCE.match(wish).end(), len(wish)))  # type: ignore[union-attr]
    return SignOff(first)


def _split(line: str, reader: str) -> tuple[int, int] | None:
    """Where prose and closing phrase end on a line that ends in a name: "…! Thanks, Sam"."""
    for pattern in (_INLINE, _DASHED_NAME):
        match = pattern.fullmatch(line)
        if match and _is_sender(match["name"], match["closing"], reader):
            return match.end("before"), match.end("closing") if match["closing"] else match.start("name")
    return None


def _is_sender(name: str, closing: str, reader: str) -> bool:
    known = {bare(w) for w in reader.split()}
    if (
        any(bare(w) in known for w in name.split())
        or name.rstrip().endswith(("?", "!", ","))
        and closing.rstrip().endswith(",")
    ):
        return False
    if not looks_like_signature_name(name):
        return False
    return name[0].isupper() or (closing.count(",") == 1 and len(name.split()) <= 2)


def may_stand_in_signature(line: str) -> bool:
    """Whether a line can stand below a name: a title, a number, an address, but no sentence."""
    words = line.split()
    if _CONTACT.search(line) and len(words) <= 14:
        return True
    if len(words) > 12 or line.rstrip().endswith(("?", "!", "…", "...", ",")) or greeting_end(line, lone=True):
        return False
    if line.rstrip().endswith(".") and len(words) > 3:
        return False
    if line[:1].islower() and len(words) > 3:
        return False
    if line[:1].isupper() and len(words) <= _TITLE_WORDS and line[-1].isalnum():
        return True
    return looks_like_signature_name(line) or sum(w[0].isupper() or not w[0].isalpha() for w in words) * 2 > len(words)
