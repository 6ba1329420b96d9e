from __future__ import annotations

import pytest

from feedback_lint.document import Mode, Source
from feedback_lint.facts import facts
from feedback_lint.language import Parser
from feedback_lint.matching import Draft
from feedback_lint.readers import read
from feedback_lint.rule_files import load_ruleset
from feedback_lint.segment import segment

VOCABULARY = load_ruleset().vocabulary


def known(parser: Parser, text: str, path: str = "draft.txt", mode: Mode = Mode.DRAFT) -> dict[str, str]:
    (letter,) = read(Source(path, text), mode)
    return facts(Draft.parse(segment(letter.ways[0], mode), parser, VOCABULARY))


@pytest.mark.parametrize(
    ("body", "job"),
    [
        ("Thank you for seeing me about the ward clerk post.", "ward clerk"),
        ("I was turned down for the Senior Data Analyst position.", "Senior Data Analyst"),
        ("I WAS TURNED DOWN FOR THE TRUCK DRIVER POSITION.", "truck driver"),
        ("Thank you for your mail.", ""),
    ],
)
def test_the_job(parser: Parser, body: str, job: str) -> None:
    assert known(parser, f"Dear Ana,\n\n{body}\n\nSam Lee\n").get("job", "").lower() == job.lower()


def test_the_title_in_a_subject_is_whole(parser: Parser) -> None:
    text = "Subject: Interview for Regional Sales Director\n\nDear Ana,\n\nThank you for your time.\n\nSam Lee\n"
    assert known(parser, text)["job"] == "Regional Sales Director"


@pytest.mark.parametrize(
    ("body", "company"),
    [
        ("Thank you for the interview at Fenwick & Sons on Monday.", "Fenwick & Sons"),
        ("I had hoped to join the Corner Bakery.", "Corner Bakery"),
        ("Thank you for the interview with Mr. Baker on Monday.", ""),
        ("Thank you for the interview at nine.", ""),
        ("I enjoyed working with Ms. Stone.", ""),
        ("We had the interview with Zoom.", ""),
    ],
)
def test_the_company(parser: Parser, body: str, company: str) -> None:
    assert known(parser, f"Dear Ana,\n\n{body}\n\nSam Lee\n").get("company", "") == company


def test_who_writes_to_whom(parser: Parser) -> None:
    text = "From: Sam Lee <sam@x.example>\nTo: Ana Lupu <ana.lupu@y.example>\nSubject: Hello\n\nHi,\n\nThank you.\n"
    found = known(parser, text, "mail.eml")
    assert (found["sender"], found["recipient"]) == ("Sam Lee", "Ana Lupu")


def test_a_template_keeps_its_placeholders(parser: Parser) -> None:
    text = "Dear {{ name }},\n\nThank you for the {{ job_title }} interview at {{ company }}.\n\nSam Lee\n"
    found = known(parser, text, "letter.txt.j2", Mode.TEMPLATE)
    assert (found["job"], found["company"]) == ("{{ job_title }}", "{{ company }}")
