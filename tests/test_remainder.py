from __future__ import annotations

import pytest

from feedback_lint.language import Parser
from feedback_lint.remainder import Remainder, remainder, request
from feedback_lint.text import Span

VERBS = frozenset({"send", "give", "tell", "let"})


def marked(text: str) -> tuple[str, Span]:
    """The text without its marks `[|…|]`, and the place between them."""
    start, end = text.index("[|"), text.index("|]") - 2
    return text.replace("[|", "").replace("|]", ""), Span(start, end)


def left(parser: Parser, text: str) -> Remainder:
    plain, struck = marked(text)
    return remainder(parser.parse(plain).tokens_of(0), [struck], [Span(0, len(plain))])


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("I enjoyed the tour, but [|I demand an explanation|].", "I enjoyed the tour.", ""),
        ("I liked the ward, the team was kind, but [|you lied|].", "I liked the ward, the team was kind.", ""),
        ("I enjoyed the tour, although [|you wasted my time|].", "I enjoyed the tour.", ""),
        ("Although [|you wasted my time|], I enjoyed the tour.", "", "I enjoyed the tour."),
        ("I [|found your address online|] and wanted to ask for advice.", "", "I wanted to ask for advice."),
        ("Thank you for the tour and [|tell me why you chose her|].", "Thank you for the tour.", ""),
        (
            "Could you tell me what to improve, and also [|why you chose her|]?",
            "Could you tell me what to improve?",
            "",
        ),
        ("[|Why wasn't I picked|]?", "", ""),
        ("Would you be so kind as to [|tell me the reason|]?", "", ""),
    ],
)
def test_what_is_kept(parser: Parser, text: str, before: str, after: str) -> None:
    assert left(parser, text) == Remainder(before, after)


def test_only_what_is_worth_it_is_kept(parser: Parser) -> None:
    plain, struck = marked("I waited an hour, but [|you lied|].")
    assert remainder(parser.parse(plain).tokens_of(0), [struck], []) == Remainder()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("You must send me your notes.", "send me your notes"),
        ("I expect you to give me an honest answer.", "give me an honest answer"),
        ("Tell me what I should work on.", "tell me what I should work on"),
        ("Could you send me your notes?", "send me your notes"),
        ("Send.", ""),
        ("I want to tell you a story.", ""),
        ("I sent you my notes.", ""),
    ],
)
def test_what_is_asked_of_the_reader(parser: Parser, text: str, wanted: str) -> None:
    assert request(parser.parse(text).tokens_of(0), Span(0, len(text)), VERBS, []) == wanted


def test_a_deadline_is_left_out(parser: Parser) -> None:
    plain, deadline = marked("Send me your notes [|by Friday|].")
    assert request(parser.parse(plain).tokens_of(0), Span(0, len(plain)), VERBS, [deadline]) == "send me your notes"
