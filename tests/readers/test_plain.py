from __future__ import annotations

import pytest

from feedback_lint.document import Projection, Reading, Source
from feedback_lint.readers.plain import read
from feedback_lint.text import Span


def reading(text: str) -> Reading:
    return read(Source("draft.txt", text), Projection.whole(text))


def test_no_headers() -> None:
    found = reading("Dear Jo,\n\nThanks.")
    assert (found.headers, found.subject) == (0, None)
    assert found.body.text == "Dear Jo,\n\nThanks."


@pytest.mark.parametrize(
    "line",
    [
        "Subject: Tailor",
        "SUBJECT:  Tailor",
        "subject:\u00a0Tailor",
        "Subject : Tailor",
        "Sub:- Tailor",
        "Subj: Tailor",
        "\ufeffSubject: Tailor",
        "\n\nSubject: Tailor",
    ],
)
def test_the_subject_line(line: str) -> None:
    found = reading(f"{line}\n\nDear Jo,")
    assert found.subject is not None
    assert found.subject.text == "Tailor"
    place = found.subject.to_source(Span(0, 6))
    assert found.source.text[place.start : place.end] == "Tailor"
    assert found.body.text == "\n\nDear Jo,"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_folded_subject_in_a_block(end: str) -> None:
    text = end.join(["From: a@b.example", "Subject: Tailor", "  and more", "X-Mailer: q", "", "Hi"])
    found = reading(text)
    assert found.subject is not None
    assert found.subject.text == "Tailor and more"
    assert found.body.text == f"{end}{end}Hi"


def test_an_empty_subject() -> None:
    found = reading("Subject:\n\nDear Jo,")
    assert found.subject is not None
    assert found.subject.text == ""
    assert found.headers == len("Subject:")


@pytest.mark.parametrize(
    "text",
    ["Note: this is a mail.", "To whom it may concern:\n\nHi", "First: a question", "Subjective: yes", "Hi: all"],
)
def test_a_colon_alone_makes_no_header(text: str) -> None:
    assert reading(text).headers == 0


def test_ignored_rules() -> None:
    found = reading("Subject: Tailor\nX-Feedback-Lint: ignore=demanding, bitter\n\nHi")
    assert found.ignored == {"demanding", "bitter"}


def test_a_subject_apart_from_the_other_headers() -> None:
    found = reading("To: jo@a.example\n\nSubject: Tailor\n\nDate: any day suits me.")
    assert found.subject is not None
    assert found.subject.text == "Tailor"
    assert found.body.text == "\n\nDate: any day suits me."
