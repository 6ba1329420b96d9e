"""What HTML elements do to the text in them: lines, white space, hiding; and what mail programs mean by them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import IntEnum

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
LISTS = frozenset({"ul", "ol", "menu", "dir"})
# Elements of which nothing is shown, or nothing that the sender wrote.
_UNSHOWN = frozenset(
    "script style title textarea iframe noembed noframes xmp template select datalist svg math audio video canvas "
    "object xml map".split()
)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 pre listing blockquote dl".split()) | LISTS
_LINES = frozenset(
    "address article aside caption center dd details dialog div dt fieldset figcaption figure footer form header "
    "hgroup hr legend li main nav search section summary table tbody td tfoot th thead tr body html".split()
)
_CELLS = frozenset("table caption thead tbody tfoot tr td th body html".split())
# Start tag → elements that it ends, unless one of the last kind was begun inside them.
IMPLIED_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), tuple(LISTS)),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
}

_GONE = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-list\s*:\s*ignore|"
    r"(?:opacity\s*:\s*(?:0++(?:\.0*+)?|\.0++)|max-height\s*:\s*0[a-z%]*+)\s*(?:;|!|$))"
)
_STYLE_COMMENT = re.compile(r"<!--|-->|/\*(?:.*?\*/|.*)", re.DOTALL)
# Rules for some screens only, with the rules in them.
_AT_RULE = re.compile(r"@[^{};]*+(?:;|\{(?>(?:[^{}]*+\{[^{}]*+\})*)[^{}]*+\}?|\Z)")
_SELECTOR = re.compile(r"[a-z0-9]*([.#][\w-]+)")
_FONT_SIZE = re.compile(
    r"(?:^|[;\s])font(?:-size)?\s*:[^;]{0,99}?(?<![\w.#-])(\d{0,9}\.?\d{1,9})(?:px|pt|em|rem|ex|ch|%|/|\s*(?:;|!|$))"
)
_WHITE_SPACE = re.compile(r"(?:^|[;\s])white-space\s*:\s*([a-z-]+)")
_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore")
# Outlook draws a line above an old mail, or a bar beside it: told from the room it leaves for them.
_ROOM_ABOVE = re.compile(r"\bpadding\s*:\s*3(?:\.0)?pt(?: 0[a-z]*){2,3}\s*(?:;|$)")
_ROOM_BESIDE = re.compile(r"\bpadding\s*:\s*(?:0[a-z]* ){3}4(?:\.0)?pt\s*(?:;|$)")
# Ids and classes that mail programs give to the head of an old mail below which there is nothing else …
_OLD_MAIL = frozenset(
    "appendonsend divrplyfwdmsg stopspelling mail-editor-reference-message-container yahoo_quoted "
    "yahoo-quoted-begin olk_src_body_section outlookmessageheader moz-forward-container "
    "ms-outlook-mobile-body-separator-line".split()
)
# … and to the sender's signature.
_SIGNATURES = frozenset(
    "gmail_signature moz-signature signature ms-outlook-mobile-signature applemailsignature protonmail_signature_block "
    "zm-_id_-sgn bloop_sign".split()
)


class Break(IntEnum):
    """How many line ends stand at the edges of an element."""

    NONE = 0
    LINE = 1
    PARAGRAPH = 2


def break_of(name: str) -> Break:
    """What begins and ends with an element: nothing, a line or a paragraph."""
    return Break.PARAGRAPH if name in _PARAGRAPHS else Break.LINE if name in _LINES else Break.NONE


def depth_of(name: str) -> int:
    """0 for parts of tables, 1 for other blocks, 2 for the rest: no end tag ends an element of a lesser depth."""
    return 0 if name in _CELLS else 1 if break_of(name) else 2


def hidden_by(style_sheet: str) -> frozenset[str]:
    """What a style sheet hides on every screen: classes (".preheader") and ids ("#top"), in small letters."""
    hidden: set[str] = set()
    for rule in _AT_RULE.sub("", _STYLE_COMMENT.sub("", style_sheet.lower())).split("}"):
        selectors, _, declarations = rule.partition("{")
        if _GONE.search(declarations):
            hidden.update(match[1] for one in selectors.split(",") if (match := _SELECTOR.fullmatch(one.strip())))
    return frozenset(hidden)


def is_gone(name: str, attributes: Mapping[str, str], hidden: AbstractSet[str]) -> bool:
    """Whether an element is hidden with all that is in it; `hidden` are the classes and ids that style sheets hide."""
    if name in _UNSHOWN or "hidden" in attributes or _GONE.search(_style(attributes)):
        return True
    classes, identity = attributes.get("class", ""), attributes.get("id", "")
    return bool(hidden) and (
        f"#{identity.lower()}" in hidden or any(f".{c}" in hidden for c in classes.lower().split())
    )


def is_tiny(attributes: Mapping[str, str]) -> bool | None:
    """Whether the letters in an element are of size 0; `None` where it says nothing of their size."""
    size = _FONT_SIZE.search(_style(attributes))
    return float(size[1]) == 0 if size else None


def keeps_space(name: str, attributes: Mapping[str, str]) -> bool | None:
    """Whether an element shows white space as it stands; `None` where it says nothing of it."""
    rule = _WHITE_SPACE.search(_style(attributes))
    if rule:
        return rule[1].startswith(("pre", "break-spaces"))
    return True if name in ("pre", "listing") else None


def is_list_mark(attributes: Mapping[str, str]) -> bool:
    """Whether an element is the bullet or number that Word puts before a list item."""
    return bool(_LIST_MARK.search(_style(attributes)))


def is_quote(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether an element holds somebody else's words."""
    if name == "blockquote" or attributes.get("type", "").lower() == "cite":
        return True
    if name == "div" and attributes.get("name", "").lower() == "quote":
        return True
    return name == "div" and "border-left" in _style(attributes) and bool(_ROOM_BESIDE.search(_style(attributes)))


def begins_old_mail(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether all that follows is an old mail."""
    if _names(attributes) & _OLD_MAIL:
        return True
    return name == "div" and "border" in _style(attributes) and bool(_ROOM_ABOVE.search(_style(attributes)))


def is_signature(attributes: Mapping[str, str]) -> bool:
    """Whether an element holds the signature that the sender's mail program adds."""
    return bool(_names(attributes) & _SIGNATURES) or "data-smartmail" in attributes


def _style(attributes: Mapping[str, str]) -> str:
    return attributes.get("style", "").strip().lower()


def _names(attributes: Mapping[str, str]) -> frozenset[str]:
    return frozenset(f"{attributes.get('id', '')} {attributes.get('class', '')}".lower().split())
