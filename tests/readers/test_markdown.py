from __future__ import annotations

import pytest

from feedback_lint.document import Projection, Reading, Source
from feedback_lint.readers.markdown import read, render
from feedback_lint.text import Span


def reading(text: str) -> Reading:
    return read(Source("draft.md", text), Projection.whole(text))


def source_of(words: str, text: str) -> str:
    shown = render(text)
    at = shown.text.index(words)
    place = shown.to_source(Span(at, at + len(words)))
    return text[place.start : place.end]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("You *must* tell me", "You must tell me"),
        ("un**believ**able and __so__ on", "unbelievable and so on"),
        ("I was ~~furious~~ sad", "I was  sad"),
        ("see [my *site*](https://a.example 'x')", "see my site"),
        ("see [my site][1]\n\n[1]: https://a.example", "see my site"),
        ("write to <me@a.example>", "write to me@a.example"),
        ("![a picture](x.png)Hello", "Hello"),
        ("run `make all` first", "run code first"),
        ("two\nlines", "two\nlines"),
        ("hard  \nbreak\\\ntwice<br>thrice", "hard\nbreak\ntwice\nthrice"),
        (r"\*not\* \_this\_", "*not* _this_"),
        ("Tom &amp; Jo&#39;s", "Tom & Jo's"),
        ("Hello<!-- why me? --> there", "Hello there"),
        ("a <span class='x'>b</span> c", "a b c"),
        ("H~2~O is 2 * 3 * 4, snake_case_word :*", "H~2~O is 2 * 3 * 4, snake_case_word :*"),
        ("One[^1] two[^n].", "One two."),
        ("# Heading #\nText", "Heading\n\nText"),
        ("Heading\n=====\nText", "Heading\n\nText"),
        ("In C #\n---\nText", "In C #\n\nText"),
        ("a\n\n***\n\nb", "a\n\n_____\n\nb"),
        ("Before\n\n```\nwhy me\n```\n\nAfter", "Before\n\nAfter"),
        ("Before\n\n    why me\n\nAfter", "Before\n\nAfter"),
        ("- one\n- two", "- one\n- two"),
        ("* one\n\n* two", "- one\n\n- two"),
        ("3) one\n4) two\n   - deep", "3) one\n4) two\n- deep"),
        ("> they *said*\nlazily\n>> before\n\nI say", "> they said\n> lazily\n\n> > before\n\nI say"),
        ("> - a\n> - b", "> - a\n> - b"),
        ("| a | b |\n|---|---|\n| c \\| d | *e* |", "a | b\nc | d | e"),
        ("Best,\nSam\n-- \nSam Porter", "Best,\nSam\n--\n\nSam Porter"),
        ("one\r\ntwo\r\n\r\nthree", "one\ntwo\n\nthree"),
        ("<div>\n\nHello *you*\n\n</div>", "Hello you"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert render(text).text.strip() == shown


@pytest.mark.parametrize(
    "text",
    [
        "Hi [Name], the [Job Title] role",
        "Hi {{ first_name }} {{last_name}}",
        "Hi *|FNAME|* at *|COMPANY|*, yes",
        "Hi ${first_name} and ${a_b}",
        "Hi <First Name> at <Company Name>",
        "the _____ role at ____, and ___.",
        "<Job Title>",
        "«first_name» and %FIRST_NAME%",
        "<%= @first_name * 2 %> and <%= b_c * d %>",
    ],
)
def test_blanks_come_through(text: str) -> None:
    assert render(text).text == text


@pytest.mark.parametrize(
    ("words", "text", "source"),
    [
        ("must", "You *must* tell", "must"),
        ("really must", "You *really* must tell", "really* must"),
        ("believable", "> - un**believ**able", "believ**able"),
        ("code", "run ``make all`` now", "``make all``"),
        ("& Jo", "Tom &amp; Jo", "&amp; Jo"),
        ("*", r"a \* b", "*"),
        ("d", "| a | b |\n|---|---|\n| c | *d* |", "d"),
    ],
)
def test_places(words: str, text: str, source: str) -> None:
    assert source_of(words, text) == source


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "front",
    [
        ["---", "subject: Tailor", "---"],
        ["---", "layout: mail", 'Subject: "Tailor"', "..."],
        ["+++", "subject = 'Tailor'", "+++"],
    ],
)
def test_front_matter(front: list[str], end: str) -> None:
    text = end.join([*front, "", "Hi Jo,"])
    found = reading(text)
    assert found.subject is not None
    assert found.subject.text == "Tailor"
    assert text[found.subject.place.start : found.subject.place.end] == "Tailor"
    assert found.body.text == "Hi Jo,"


def test_front_matter_without_a_subject_has_a_place_for_it() -> None:
    found = reading(
        "---\nto: Jo <jo@a.example>\ndate: Tue, 4 Mar 2025 09:12:00 +0000\nfeedback-lint: ignore=bitter\n---\nHi"
    )
    assert found.subject is not None
    assert found.subject.text == ""
    assert found.envelope.recipient == "Jo <jo@a.example>"
    assert found.envelope.sent is not None
    assert found.ignored == {"bitter"}


@pytest.mark.parametrize(
    "top",
    [
        "**Subject:** Tailor",
        "**Subject: Tailor**",
        "Subject: Tailor",
        "### Subject: Tailor",
        "# Draft 2 to Hanna\n\n**Subject:** Tailor",
        "Draft 2\n\n*Subject:* Tailor",
        "<!-- not yet -->\n# Mail\n**To:** jo@a.example  \n**Subject:** Tailor\n\n---",
        "**To:** jo@a.example\n\n**Subject:** Tailor",
    ],
)
def test_a_subject_line(top: str) -> None:
    text = f"{top}\n\nDear Jo,\n\nThanks."
    found = reading(text)
    assert found.subject is not None
    assert found.subject.text == "Tailor"
    assert text[found.subject.place.start :].startswith("Tailor")
    assert "Draft" not in found.body.text
    assert found.body.text.endswith("Dear Jo,\n\nThanks.")


def test_a_title_is_no_prose_and_makes_no_place_for_a_subject() -> None:
    found = reading("# To Hanna, why not me\n\nDear Hanna,\n\n## What I ask\n\nThanks.")
    assert found.subject is None
    assert found.body.text == "Dear Hanna,\n\nWhat I ask\n\nThanks."
    assert found.start == found.headers


def test_ignored_rules_in_a_comment() -> None:
    assert reading("Hi\n\n<!-- feedback-lint: ignore=bitter, demanding -->").ignored == {"bitter", "demanding"}


@pytest.mark.parametrize(
    "text", ["> " * 3000 + "x", "[" * 4000, "*a " * 4000, "`" * 4000, "- " * 2000, "<" * 4000,
                                  "_a" * 4000, "\\" * 4001, "{{" * 4000, "&" * 4000, "x\n" * 4000,
                                  "[a](" * 5000, "![" * 5000, "|a" * 5000 + "\n" + "|-" * 5000, "<!--" * 5000],
)  # fmt: skip
def test_it_survives(text: str) -> None:
    reading(text)
