"""Any text in any encoding is read as it was written, and each range of it leads to the bytes that say it."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from itertools import pairwise
from quopri import decodestring
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lint.document import Projection, Reading, Source
from feedback_lint.linter import Linter
from feedback_lint.readers import mail
from feedback_lint.text import BinaryFileError, Span

# Charset, and what may have to stand before a slice so that it can be decoded by itself.
ESCAPES = (b"", b"\x1b$B", b"\x1b$@", b"\x1b(J")
CHARSETS: dict[str, tuple[bytes, ...]] = {
    "utf-8": (b"",),
    "us-ascii": (b"",),
    "iso-8859-1": (b"",),
    "windows-1252": (b"",),
    "iso-8859-7": (b"",),
    "koi8-r": (b"",),
    "gb18030": (b"",),
    "big5": (b"",),
    "shift_jis": (b"",),
    "euc-kr": (b"",),
    "iso-2022-jp": ESCAPES,
    "utf-16": (b"\xff\xfe",),
    "utf-16-be": (b"",),
    "utf-7": (b"",),
}
# Their line ends are not those of ASCII, or other bytes look like some.
NOT_LINEWISE = ("utf-16", "utf-16-be")
LETTERS = "abc XYZ =?_.,+~>-\t äöüßéÅ “”–… ЖшПИ日本語テスト漢字中文한국어λόγος😀𝄞"


def encodable(charset: str) -> str:
    def holds(letter: str) -> bool:
        try:
            return letter.encode(charset).decode(charset) == letter
        except UnicodeError:
            return False

    return "".join(dict.fromkeys(letter for letter in LETTERS if holds(letter)))


@dataclass(frozen=True)
class Written:
    """A text and how it is written into a mail."""

    text: str
    charset: str
    transfer: str
    content: bytes


def quoted_printable(data: bytes, end: bytes, rnd: Random, *, linewise: bool) -> bytes:
    out: list[bytes] = []
    at = 0
    while at < len(data):
        if linewise and data.startswith(end, at):
            out.append(end)
            at += len(end)
            continue
        byte = data[at : at + 1]
        at += 1
        last = at == len(data) or data.startswith((b"\n", b"\r"), at)
        plain = 33 <= byte[0] <= 126 and byte != b"=" or byte in b" \t" and not last
        hexed = (b"=%02X", b"=%02x")[rnd.random() < 0.1] % byte[0]
        out.append(byte if plain and rnd.random() > 0.05 else hexed)
        if rnd.random() < 0.15 and not last:
            out.append(b"=" + rnd.choice((b"", b" ", b"\t ")) + end)
    return b"".join(out)


@st.composite
def written(draw: st.DrawFn) -> Written:
    charset = draw(st.sampled_from(list(CHARSETS)))
    ways = ["quoted-printable", "base64", *([] if charset in NOT_LINEWISE else ["8bit", "7bit", "binary", ""])]
    transfer = draw(st.sampled_from(ways))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = draw(st.lists(st.text(encodable(charset), max_size=25), min_size=1, max_size=5))
    text = end.join(lines)
    data, rnd = text.encode(charset), draw(st.randoms(use_true_random=False))
    if transfer == "quoted-printable":
        data = quoted_printable(data, end.encode(), rnd, linewise=charset not in NOT_LINEWISE)
    elif transfer == "base64":
        code, width = b64encode(data), rnd.randint(1, 90)
        data = end.encode().join(code[n : n + width] for n in range(0, len(code), width))
    return Written(text, charset, transfer, data)


def part(item: Written, end: bytes) -> bytes:
    kind = f"Content-Type: text/plain; charset={item.charset}".encode()
    way = [f"Content-Transfer-Encoding: {item.transfer}".encode()] if item.transfer else []
    return end.join([kind, *way, b"", item.content])


def attachment(rnd: Random, end: bytes) -> bytes:
    return end.join(
        rnd.choice(
            [
                [b"Content-Type: text/plain; name=cv.txt", b"", b"I demand an answer."],
                [b"Content-Type: text/plain", b"Content-Disposition: attachment", b"", b"You must answer!"],
                [b"Content-Type: message/rfc822", b"", b"Subject: Old", b"", b"You must answer!"],
                [b"Content-Type: image/png", b"Content-Transfer-Encoding: base64", b"", b"iVBORw0KGgo="],
                [b"Content-Type: text/calendar", b"", b"BEGIN:VCALENDAR"],
            ]
        )
    )


def multipart(kind: str, parts: list[bytes], boundary: str, end: bytes, *, closed: bool = True) -> bytes:
    mark = f"--{boundary}".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"'.encode()
    inner = [line for p in parts for line in (mark, p)]
    return end.join([head, b"", b"A preamble.", *inner, *([mark + b"--", b"An epilogue."] if closed else [])])


@st.composite
def nested(draw: st.DrawFn, item: Written) -> bytes:
    end = draw(st.sampled_from([b"\n", b"\r\n"]))
    rnd = draw(st.randoms(use_true_random=False))
    whole = part(item, end)
    for depth in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["mixed", "related", "signed", "alternative", "x-unknown"]))
        after = [attachment(rnd, end) for _ in range(rnd.randint(0, 2))]
        before = [attachment(rnd, end) for _ in range(rnd.randint(0, 2))] if kind in ("mixed", "x-unknown") else []
        closed = bool(after) or rnd.random() < 0.8
        whole = multipart(kind, [*before, whole, *after], f"b {depth}" + "=" * rnd.randint(0, 2), end, closed=closed)
    return end.join([b"From: Jo <jo@a.example>", b"Subject: Tailor", whole])


def read(data: bytes) -> Reading:
    source = Source("draft.eml", *mail.decode(data))
    return mail.read(source, Projection.whole(source.text))


def raw(reading: Reading, place: Span) -> bytes:
    return reading.source.text[place.start : place.end].encode("utf-8", "surrogateescape")


def from_base64(code: bytes, before: int) -> bytes:
    """Decode a slice of base64 that begins after so many digits."""
    digits = re.sub(rb"[^A-Za-z0-9+/]", b"", code)
    padded = b"A" * (before % 4) + digits
    return b64decode(padded + b"=" * (-len(padded) % 4))[before % 4 :]


def readings(data: bytes, charset: str) -> list[str]:
    return [(prefix + data).decode(charset, "replace") for prefix in CHARSETS[charset]]


@given(st.data())
def test_a_text_is_read_as_it_was_written(data: st.DataObject) -> None:
    item = data.draw(written())
    whole = data.draw(nested(item))
    reading = read(whole)
    assert reading.body.text == item.text
    assert reading.notes == ()
    if not item.text:
        return
    start = data.draw(st.integers(0, len(item.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(item.text))))
    place = reading.body.to_source(span)
    found = raw(reading, place)
    if item.charset != "utf-8" and re.search(
        r"[^\x00-\x7f\udc80-\udcff]", reading.source.text[place.start : place.end]
    ):
        return  # bytes of several characters happen to be UTF-8 of one, so that the file has one code point there
    if item.transfer == "quoted-printable":
        found = re.sub(rb"=[ \t]*\r?\n", b"", found)
        found = re.sub(rb"=([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), found)
    elif item.transfer == "base64":
        top = reading.body.place.start
        before = re.sub(r"\s", "", reading.source.text[top : place.start])
        shift = 0 if item.charset != "utf-16" else 2  # the byte order mark stands before the first character
        found = from_base64(found, len(before) + -(-shift * 4 // 3) - (shift > 0))
    words = item.text[span.start : span.end]
    if item.charset == "utf-7":  # what is encoded is encoded as a whole
        assert any(words in text for text in readings(found, item.charset))
    else:
        assert words in readings(found, item.charset)


@st.composite
def subjects(draw: st.DrawFn) -> tuple[str, str]:
    """A subject, and a way to write it."""
    rnd = draw(st.randoms(use_true_random=False))
    text, code, encoded = "", "", False
    for _ in range(draw(st.integers(1, 4))):
        gap = draw(st.sampled_from([" ", "\n ", "\r\n\t"]))
        if draw(st.booleans()) and (encoded or not text):
            words = draw(st.text("abcXYZäß“é", min_size=1, max_size=12))
            code += (gap if code else "") + words
            text += (" " if text else "") + words
            encoded = False
            continue
        charset = draw(st.sampled_from(["utf-8", "iso-8859-1", "koi8-r", "shift_jis", "gb18030", "euc-kr"]))
        words = draw(st.text(encodable(charset).replace("\t", ""), min_size=1, max_size=12))
        if text and not encoded:
            text += " "
        text += words
        data, way = words.encode(charset), draw(st.sampled_from("BQbq"))
        cuts = sorted({0, len(data), *(rnd.randint(0, len(data)) for _ in range(rnd.randint(0, 2)))})
        for start, end in pairwise(cuts):
            piece = data[start:end]
            if way in "Bb":
                payload = b64encode(piece).decode()
            else:
                payload = "".join(
                    "_" if b == 32 else chr(b) if chr(b).isalnum() and b < 128 else f"={b:02X}" for b in piece
                )
            code += (gap if code else "") + f"=?{charset}?{way}?{payload}?="
        encoded = True
    return text, code


@given(subjects(), st.data())
def test_a_subject_is_read_as_it_was_written(written: tuple[str, str], data: st.DataObject) -> None:
    text, code = written
    reading = read(f"Subject: {code}\nTo: a\n\nHi".encode())
    assert reading.subject is not None
    assert reading.subject.text == text.strip() or reading.subject.text == text
    subject = reading.subject
    at = data.draw(st.integers(0, len(subject.text) - 1))
    place = subject.to_source(Span(at, at + 1))
    source = reading.source.text
    head = re.search(r"=\?([^?\s]+)\?([BQbq])\?[^?\s]*\Z", source[: place.start])
    found = source[place.start : place.end]
    if not head:
        assert " ".join(found.split()) == subject.text[at].strip()
        return
    words = re.sub(r"\?=\s+=\?[^?]+\?[BQbq]\?", " ", found)
    if head[2] in "Qq":
        decoded = decodestring(words.replace(" ", "").encode(), header=True)
    else:
        pieces = words.split(" ")
        before = len(source[: place.start].rpartition("?")[2])
        decoded = b"".join(from_base64(p.encode(), 0 if n else before) for n, p in enumerate(pieces))
    assert decoded.decode(head[1]) == subject.text[at]


@given(st.data())
def test_the_order_of_parts_does_not_matter(data: st.DataObject) -> None:
    item = data.draw(written())
    rnd = data.draw(st.randoms(use_true_random=False))
    parts = [part(item, b"\n"), *(attachment(rnd, b"\n") for _ in range(3))]
    rest = data.draw(st.permutations(parts))
    one, other = (read(b"Subject: A\n" + multipart("mixed", p, "b", b"\n")) for p in (parts, rest))
    assert (one.body.text, one.notes) == (other.body.text, other.notes)


PIECES = [
    "From: a@b.example",
    "Subject: =?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=",
    "Subject: =?x?B?%%%?=",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Type: multipart/alternative; boundary=b",
    "Content-Type: text/plain; charset=utf-7; format=flowed; delsp=yes",
    "Content-Type: text/plain; charset=iso-2022-jp",
    "Content-Type: text/plain; charset=no-such",
    "Content-Type: text/html; charset=*'",
    "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: quoted-printable",
    "Content-Transfer-Encoding: x-uuencode",
    "Content-Disposition: attachment; filename*0*=utf-8''a",
    "Date: Tue, 4 Mar 2025 99:99:99",
    "From x Tue Mar  4 09:12:01 2025",
    ">From here",
    "-----BEGIN PGP SIGNED MESSAGE-----",
    "-----BEGIN PGP SIGNATURE-----",
    "- -- ",
    "--b",
    "--b--",
    "",
    "",
    "> quoted ",
    "soft =",
    "=E9=zz",
    "+2AA-",
    "SGVsbG8g",
    "<p>You must answer.</p>",
]
lines = st.one_of(st.sampled_from(PIECES).map(str.encode), st.text(max_size=10).map(str.encode), st.binary(max_size=10))
soups = st.lists(st.tuples(lines, st.sampled_from([b"\n", b"\r\n", b"\r", b""])), max_size=16).map(
    lambda parts: b"".join(a + b for a, b in parts)
)


@given(soups)
def test_anything_is_survived_and_leads_back(data: bytes) -> None:
    try:
        source = Source("draft.eml", *mail.decode(data))
    except BinaryFileError:
        assert b"\0" in data
        return
    if source.encoding == "utf-8":
        assert source.text.encode("utf-8", "surrogateescape") == data
    for name, text in mail.mails(Projection.whole(source.text)):
        reading = mail.read(source, text)
        assert reading == mail.read(source, text), name
        for shown in (reading.body, reading.subject):
            if shown is None:
                continue
            shown.text.encode()
            assert sum(len(s.projected) for s in shown.map.segments) == shown.map.length == len(shown.text)
            places = [s.source for s in shown.map.segments]
            assert [p.start for p in places] == sorted(p.start for p in places)
            assert [p.end for p in places] == sorted(p.end for p in places)
            assert all(text.place.contains(p) for p in places)


@settings(max_examples=15)
@given(soups, st.randoms(use_true_random=False))
def test_linting_is_the_same_twice_and_in_any_order_of_parts(linter: Linter, soup: bytes, rnd: Random) -> None:
    soup = b"Subject: A\n" + soup
    assert linter.lint_bytes(soup, "draft.eml") == linter.lint_bytes(soup, "draft.eml")
    text = "Dear Jo,\n\nYou must send me your feedback at once.\n\nRegards,\nSam"
    item = Written(text, "utf-8", "base64", b64encode(text.encode()))
    parts = [part(item, b"\n"), *(attachment(rnd, b"\n") for _ in range(3))]
    other = rnd.sample(parts, len(parts))
    found = [
        [(d.rule, d.quote, d.fingerprint) for d in report.diagnostics]
        for p in (parts, other)
        for report in linter.lint_bytes(b"Subject: A\n" + multipart("mixed", p, "b", b"\n"), "draft.eml")
    ]
    assert found[0] == found[1]
    assert "demanding" in [rule for rule, _, _ in found[0]]
