from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedback_lint.document import Mode, Projection, Reading, Source
from feedback_lint.linter import Linter
from feedback_lint.readers import MOST_SHOWN, mail, read, source_of
from feedback_lint.text import BinaryFileError, Span

PLAIN = "Dear Jo,\n\nThank you for your note.\n"


def reading(data: str | bytes) -> Reading:
    source = Source("draft.eml", *mail.decode(data if isinstance(data, bytes) else data.encode()))
    return mail.read(source, Projection.whole(source.text))


def multipart(kind: str, *parts: str) -> str:
    inner = "".join(f"--b\n{part}\n" for part in parts)
    return f"Subject: A\nContent-Type: multipart/{kind}; boundary=b\n\n{inner}--b--\n"


def text(words: str, kind: str = "text/plain", *fields: str) -> str:
    return "\n".join([f"Content-Type: {kind}", *fields, "", words])


def raw(found: Reading, words: str) -> str:
    start = found.body.text.index(words)
    place = found.body.to_source(Span(start, start + len(words)))
    return found.source.text[place.start : place.end]


def test_the_envelope() -> None:
    found = reading(
        "From: =?iso-8859-1?Q?J=F6rg?= <j@a.example>\nTo: =?utf-8?B?WmXDqQ==?=\n <z@b.example>\n"
        "Date: Tue, 4 Mar 2025 09:12:00 +0000\nX-Feedback-Lint: ignore=bitter\n\nHi"
    )
    assert found.envelope.sender == "Jörg <j@a.example>"
    assert found.envelope.recipient == "Zeé <z@b.example>"
    assert found.envelope.sent == datetime(2025, 3, 4, 9, 12, tzinfo=UTC)
    assert found.ignored == {"bitter"}
    assert found.subject is not None
    assert (found.subject.text, found.body.text) == ("", "Hi")


@pytest.mark.parametrize(
    ("data", "body"),
    [
        (b"", ""),
        (b"Subject: A", ""),
        (b"Subject: A\n\n", ""),
        (b"Hello Jo", "Hello Jo"),
        (b"\n\nSubject: A\n\nHi", "Hi"),
    ],
)
def test_hardly_a_mail(data: bytes, body: str) -> None:
    assert reading(data).body.text == body


@pytest.mark.parametrize(
    "fields",
    [
        "X-Mozilla-Status: 0001\nX-Mozilla-Draft-Info: internal/draft; vcard=0\nFCC: imap://jo@a.example/Sent",
        "X-Unsent: 1",
        "From - Tue Mar  4 09:12:01 2025\nX-Mozilla-Keys:",
        "From jo@a.example Tue Mar  4 09:12:01 2025",
    ],
)
def test_drafts_of_mail_programs(fields: str) -> None:
    found = reading(f"{fields}\nSubject: Tailor\n\n>From here on\n")
    assert found.subject is not None
    assert found.subject.text == "Tailor"
    assert found.body.text == ("From here on\n" if fields.startswith("From") else ">From here on\n")


def test_a_word_broken_by_quoted_printable() -> None:
    found = reading(
        "Subject: A\nContent-Transfer-Encoding: quoted-printable\n\nan inter=\nview=20=E2=80=93 caf=e9=zz  \n"
    )
    assert found.body.text == "an interview – café=zz\n"
    assert raw(found, "interview") == "inter=\nview"
    assert raw(found, "–") == "=E2=80=93"
    assert found.notes == ("The mail does not say in which character set it is written; it was read as Windows-1252.",)


@pytest.mark.parametrize(
    ("charset", "body", "note"),
    [
        ("utf-8", "caf\u00e9", "written in utf-8, but it is not"),
        ("klingon", "caf\u00e9", "“klingon”, which is no known character set"),
        ("iso-8859-1", "caf\u00e9", ""),
        ("iso-8859-5", "caf\u0449", ""),
        ("hex", "caf\u00e9", "no known"),
    ],
)
def test_character_sets(charset: str, body: str, note: str) -> None:
    found = reading(f"Content-Type: text/plain; charset={charset}\n\ncaf".encode() + b"\xe9")
    assert found.body.text == body
    assert [note in n for n in found.notes] == ([True] if note else [])


def test_windows_characters_in_a_text_that_says_latin_1() -> None:
    assert reading(b"Content-Type: text/plain; charset=iso-8859-1\n\n\x93Hi\x94").body.text == "“Hi”"


@pytest.mark.parametrize("code", ["SGVsbG8", "SGVs*bG8=", "SGVsbG8=\n-- \nlist", "SGVsbG8hI"])
def test_damaged_base64(code: str) -> None:
    found = reading(f"Content-Transfer-Encoding: base64\n\n{code}")
    assert found.body.text.startswith("Hello")
    assert bool(found.notes) == (code != "SGVsbG8")


def test_uuencode_is_not_read() -> None:
    found = reading("Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\nend\n")
    assert found.body.text == ""
    assert found.notes == ("A part of this mail is encoded as uuencode; it was not read.",)


ALIKE = "<p>Dear Jo,</p><p>Thank you for your <b>note</b>.</p>"
OTHER = "<p>Dear Jo,</p><p>I am furious and I want to hear from your lawyer at once.</p>"


@pytest.mark.parametrize(
    ("plain", "html", "is_html", "is_noted"),
    [
        (PLAIN, ALIKE, False, False),
        (PLAIN, OTHER, True, True),
        ("", OTHER, True, False),
        ("Your program cannot show HTML mail.", OTHER, True, False),
        (PLAIN + "https://a.example/very/long", ALIKE, False, False),
    ],
)
def test_alternatives(plain: str, html: str, is_html: bool, is_noted: bool) -> None:
    found = reading(multipart("alternative", text(plain), text(html, "text/html")))
    assert ("furious" in found.body.text) == is_html
    assert bool(found.notes) == is_noted


def test_parts_that_are_not_the_text() -> None:
    found = reading(
        multipart(
            "mixed",
            text("attached", "text/plain", "Content-Disposition: attachment"),
            text("named", "text/plain; name=cv.txt"),
            text("one"),
            text("Subject: Old\n\nold", "message/rfc822"),
            text("BEGIN:VCALENDAR", "text/calendar"),
            text("two"),
        )
    )
    assert found.body.text == "one\n\ntwo"


def test_the_root_of_related_parts() -> None:
    parts = multipart("related", text("other"), text("root", "text/plain", "Content-ID: <r>"))
    assert reading(parts).body.text == "other"
    assert reading(parts.replace("related;", 'related; start="<r>";')).body.text == "root"


def test_signed_and_encrypted() -> None:
    assert reading(multipart("signed", text("mine"), text("x", "application/pgp-signature"))).body.text == "mine"
    sealed = reading(multipart("encrypted", text("Version: 1", "application/pgp-encrypted")))
    assert sealed.notes == ("This mail is encrypted; it was not read.",)
    inline = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHi\n- -- \nSam\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQ-x\n-----END PGP SIGNATURE-----\n"
    )
    assert reading(f"Subject: A\n\n{inline}").body.text == "Hi\n-- \nSam\n\n"


@pytest.mark.parametrize(
    ("delsp", "lines", "shown"),
    [
        ("no", "a long \nline\nnext", "a long line\nnext"),
        ("yes", "a lo \nng line", "a long line"),
        ("no", "> quoted \n> on \nmine", "> quoted on \nmine"),
        ("no", ">> deep \n> less", ">> deep \n> less"),
        ("no", "text \n\nnext", "text \n\nnext"),
        ("no", " From here\n-- \nSam", "From here\n-- \nSam"),
        ("no", "words \n-- \nSam", "words \n-- \nSam"),
    ],
)
def test_flowed_text(delsp: str, lines: str, shown: str) -> None:
    found = reading(f"Content-Type: text/plain; format=flowed; delsp={delsp}\n\n{lines}")
    assert found.body.text == shown


def test_a_mailbox() -> None:
    box = (
        b"From a@b.example Tue Mar  4 09:12:01 2025\nSubject: One\n\nFrom the heart\n>From me\n\n"
        b"From - Tue Mar  4 10:12:01 2025\nSubject: Two\n\nSecond\n"
    )
    letters = read(source_of("box.mbox", box), Mode.DRAFT)
    ways = [letter.ways[0] for letter in letters]
    assert [letter.name for letter in letters] == ["mail 1", "mail 2"]
    assert [way.subject and way.subject.text for way in ways] == ["One", "Two"]
    assert ways[0].body.text == "From the heart\nFrom me\n\n"
    assert ways[1].start == box.index(b"Subject: Two")
    assert [letter.name for letter in read(source_of("box.mbox", box[:70]), Mode.DRAFT)] == [""]


def test_a_very_long_mail_is_cut_and_says_so() -> None:
    text = b"Thank you for your time.\n" * 20_000
    (letter,) = read(source_of("a.eml", b"Subject: A\n\n" + text), Mode.DRAFT)
    (way,) = letter.ways
    assert MOST_SHOWN - 30 < len(way.body.text) <= MOST_SHOWN
    assert way.body.text.endswith("time.\n")
    assert any("very long" in note for note in way.notes)


def test_what_is_written_below_a_long_old_mail_is_checked(linter: Linter) -> None:
    old = "On Tue, 4 Mar 2025 at 09:12, Jo Lee <jo@a.example> wrote:\n" + "> We chose somebody else for it.\n" * 2_000
    (report,) = linter.lint_bytes(f"Subject: A\n\n{old}\nYou must send me your feedback.\n".encode(), "a.eml")
    assert [d.start.line for d in report.diagnostics if d.rule == "demanding"] == [2005]
    assert report.notes == ()


def test_no_more_of_the_prose_is_parsed_than_anybody_writes(linter: Linter) -> None:
    prose = "Thank you for your time. " * 1_000 + "\n\nYou must send me your feedback.\n"
    (report,) = linter.lint_bytes(f"Subject: A\n\nDear Jo,\n\n{prose}".encode(), "a.eml")
    assert [d.rule for d in report.diagnostics if d.rule == "demanding"] == []
    assert report.notes == ("This mail is very long; only the first 10,000 characters of your words were checked.",)


def test_a_thousand_parts_in_parts() -> None:
    levels = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1_000))
    assert "not all of them" in " ".join(reading(f"Subject: A\n{levels}\nHi").notes)


def test_a_finding_is_on_the_raw_line(linter: Linter) -> None:
    code = "Dear Jo,\n\nThank you. You mu=\nst send me your feed=\nback.\n\nRegards,\nSam\n"
    data = f"Subject: A\nContent-Transfer-Encoding: quoted-printable\n\n{code}".encode()
    (report,) = linter.lint_bytes(data, "a.eml")
    (found,) = [d for d in report.diagnostics if d.rule == "demanding"]
    assert (found.start.line, found.start.column, found.end.line) == (6, 12, 8)
    assert found.quote == "You must send me your feedback"


def test_bytes_that_are_no_mail() -> None:
    assert mail.decode(b"Subject: A\n\n\0")[0] == "Subject: A\n\n\0"
    with pytest.raises(BinaryFileError, match="NUL"):
        mail.decode(b"\x89PNG\r\n\0\0")


def test_a_boundary_begins_a_line() -> None:
    assert (
        reading("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nDear --b\nJo\n--b--\n").body.text == "Dear --b\nJo"
    )
