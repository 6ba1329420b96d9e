from __future__ import annotations

import pytest
from tests.clauses import clause

from feedback_lint.clause import Embedding, Mood
from feedback_lint.language import Parser


@pytest.mark.parametrize(
    ("text", "verb", "role", "form"),
    [
        ("It was you who told me.", "tell", "subject", "you"),
        ("It was my accent that put you off.", "put off", "subject", "my accent"),
        ("Who was it that voted against me?", "vote against", "subject", "who"),
        ("What is it that I lack?", "lack", "object", "what"),
    ],
)
def test_what_is_stressed_has_a_role(parser: Parser, text: str, verb: str, role: str, form: str) -> None:
    assert form in getattr(clause(parser.parse(text), verb), role)


def test_a_cleft_question_asks_throughout(parser: Parser) -> None:
    found = clause(parser.parse("Which part of it was it that tipped you towards him?"), "tip")
    assert (found.mood, found.wh) == (Mood.WH_QUESTION, "which")


@pytest.mark.parametrize(
    ("text", "verb", "embedding"),
    [
        ("All I want to know is why I was rejected.", "reject", Embedding.ASKED),
        ("What I would like is to improve.", "improve", Embedding.WANTED),
        ("The last thing I want is to argue.", "argue", Embedding.DENIED),
        ("What I want isn't to argue.", "argue", Embedding.DENIED),
    ],
)
def test_what_be_equates_stands_under_the_other_verb(
    parser: Parser, text: str, verb: str, embedding: Embedding
) -> None:
    assert embedding in clause(parser.parse(text), verb).embedded
