"""Mails that others collected to test mail programs: they are survived, and what is in them is found.

The collections come with installed packages (see `benchmarks/robustness.py`); none is copied. More folders can be
named in FEEDBACK_LINT_MAILS, with the path separator of the system between them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from benchmarks.robustness import collections, mails, outcomes

from feedback_lint.document import Projection
from feedback_lint.linter import Linter
from feedback_lint.readers import mail
from feedback_lint.readers.mail import mime, transfer
from feedback_lint.text import Span

NAMED = [Path(p) for p in os.environ.get("FEEDBACK_LINT_MAILS", "").split(os.pathsep) if p]
INSTALLED = {**collections(), **{str(p): p for p in NAMED}}
CPYTHON = "test.test_email"


@pytest.mark.parametrize("name", sorted({CPYTHON, "enmime", "mailman", *INSTALLED}))
def test_every_mail_is_survived(linter: Linter, name: str) -> None:
    if name not in INSTALLED:
        pytest.skip(f"the collection {name} is not installed")
    done = list(outcomes(INSTALLED[name], linter))
    assert done
    assert [o for o in done if o.error] == []


def leaves(message: Message) -> Iterator[Message]:
    """The parts that hold no parts; forwarded mails are one part."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            assert isinstance(part, Message)
            yield from leaves(part)
    else:
        yield message


def own_leaves(part: mime.Part) -> Iterator[mime.Part]:
    if not part.parts:
        yield part
    for inner in part.parts:
        yield from own_leaves(inner)


def payload(text: Projection, part: mime.Part) -> bytes:
    octets = transfer.octets(text.part(part.span).text)
    way = part.message.get("content-transfer-encoding", "").strip().lower()
    if way == "quoted-printable":
        octets = transfer.quoted_printable(octets.text)
    elif way == "base64":
        octets, _ = transfer.base64(octets.text)
    return octets.text.encode("latin-1")


def cpython_mails() -> list[Path]:
    return [p for p in mails(INSTALLED[CPYTHON]) if p.name.startswith("msg_")] if CPYTHON in INSTALLED else []


@pytest.mark.skipif(CPYTHON not in INSTALLED, reason="this Python comes without its own tests")
@pytest.mark.parametrize("path", cpython_mails(), ids=lambda p: p.name)
def test_the_parts_are_those_that_the_standard_library_finds(path: Path) -> None:
    data = path.read_bytes()
    message = message_from_bytes(data)
    if any(part.defects for part in message.walk()):
        pytest.skip("the mail is broken on purpose")
    text = Projection.whole(mail.decode(data)[0])
    start = text.text.index("\n") + 1 if text.text.startswith("From ") else 0
    root, complete = mime.split(text.text, Span(start, len(text.text)))
    assert complete
    expected = list(leaves(message))
    found = list(own_leaves(root))
    assert [p.type for p in found] == [m.get_content_type() for m in expected]
    for part, leaf in zip(found, expected, strict=True):
        if leaf.get_content_maintype() == "text":
            decoded = leaf.get_payload(decode=True)
            assert isinstance(decoded, bytes)
            assert payload(text, part).rstrip() == decoded.rstrip()
