from __future__ import annotations

import pytest
from tests.clauses import clause

from feedback_lint.language import Parser


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("I was neither called nor written to.", "call"),
        ("I was neither called nor written to.", "write to"),
        ("I have not been called or written to.", "write to"),
        ("By no means am I asking you to reconsider.", "ask"),
        ("I would under no circumstances argue.", "argue"),
        ("Far be it from me to argue.", "be"),
        ("I doubt that you were fair.", "be fair"),
        ("I can't say that you were fair.", "be fair"),
        ("You failed to answer my letter.", "answer"),
        ("I am unable to see it.", "see"),
    ],
)
def test_negated(parser: Parser, text: str, verb: str) -> None:
    assert clause(parser.parse(text), verb).negated is True


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("My application, reference no 12, was read.", "read"),
        ("I was rejected for no reason.", "reject"),
        ("I don't doubt that you were fair.", "be fair"),
        ("You did not fail to answer.", "answer"),
        ("You did not call me and I got angry.", "get"),
    ],
)
def test_not_negated(parser: Parser, text: str, verb: str) -> None:
    assert clause(parser.parse(text), verb).negated is False


@pytest.mark.parametrize(
    ("text", "verb", "modal"),
    [
        ("You've got to answer.", "answer", "have to"),
        ("You gotta answer me.", "answer", "have to"),
        ("You'd better answer.", "answer", "had better"),
        ("You are to answer me.", "answer", "be to"),
        ("You were supposed to call.", "call", "be supposed to"),
    ],
)
def test_what_does_the_work_of_a_modal(parser: Parser, text: str, verb: str, modal: str) -> None:
    assert modal in clause(parser.parse(text), verb).modal


def test_a_purpose_is_no_modal(parser: Parser) -> None:
    assert clause(parser.parse("I am here to learn."), "learn").modal == frozenset()


@pytest.mark.parametrize(
    ("text", "verb", "tense"),
    [
        ("I used to argue.", "argue", "past"),
        ("I had to insist.", "insist", "past"),
        ("You were supposed to call.", "call", "past"),
        ("I'm going to sue you.", "sue", "future"),
        ("I'm gonna sue you.", "sue", "future"),
        ("I hope to apply.", "apply", "present"),
    ],
)
def test_the_tense_of_an_infinitive(parser: Parser, text: str, verb: str, tense: str) -> None:
    assert clause(parser.parse(text), verb).tense == tense


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("It seems unfair.", "be unfair"),
        ("Pathetic.", "be pathetic"),
        ("I find the decision unfair.", "be unfair"),
        ("I call it a disgrace.", "be disgrace"),
        ("You were biased.", "be biased"),
    ],
)
def test_what_is_said_of_something_is_that_it_is_so(parser: Parser, text: str, form: str) -> None:
    assert [c for c in parser.parse(text).clauses if form in c.verb]


@pytest.mark.parametrize(
    "text", ["Rejected after four rounds, I am writing to you.", "I was called and then rejected."]
)
def test_a_passive_without_its_auxiliary(parser: Parser, text: str) -> None:
    found = clause(parser.parse(text), "reject")
    assert found.passive
    assert "i" in found.object
