from __future__ import annotations

from typing import Any

import pytest
from tests.clauses import clause

from feedback_lint.clause import Mood
from feedback_lint.language import Parser


@pytest.mark.parametrize(
    ("text", "verb", "features"),
    [
        (
            "Why did you reject me?",
            "reject",
            {"wh": "why", "mood": Mood.WH_QUESTION, "tense": "past", "negated": False},
        ),
        ("Why was I not selected?", "select", {"wh": "why", "negated": True, "passive": True}),
        ("Send me your notes.", "send", {"mood": Mood.IMPERATIVE, "softened": False}),
        ("Please send me your notes.", "send", {"mood": Mood.IMPERATIVE, "softened": True}),
        ("Could you send me your notes?", "send", {"mood": Mood.QUESTION, "softened": True}),
        ("You will hear from my union.", "hear", {"tense": "future", "mood": Mood.STATEMENT}),
        ("Nobody answered my letter.", "answer", {"negated": True}),
        ("I got no answer.", "get", {"negated": True}),
        ("You not only answered but also called.", "answer", {"negated": False}),
        ("I don't think you gave me a chance.", "give", {"negated": True}),
        ("I understand why you chose her.", "choose", {"wh": "why", "mood": Mood.INDIRECT_QUESTION}),
        ("I would like to know the reason I was rejected.", "reject", {"wh": "why"}),
    ],
)
def test_mood_tense_and_negation(parser: Parser, text: str, verb: str, features: dict[str, Any]) -> None:
    found = clause(parser.parse(text), verb)
    assert {name: getattr(found, name) for name in features} == features


@pytest.mark.parametrize(
    ("text", "verb", "role", "form"),
    [
        ("You rejected my application.", "reject", "object", "my application"),
        ("My application was rejected.", "reject", "object", "my application"),
        ("My application was rejected by the panel.", "reject", "subject", "the panel"),
        ("You turned me down.", "turn down", "object", "i"),
        ("You went with another candidate.", "go with", "subject", "you"),
        ("The person you chose was kind.", "choose", "object", "person"),
        ("Tell me the reason.", "tell", "subject", "you"),
        ("Give me your notes.", "give", "recipient", "i"),
        ("Please answer by Friday.", "answer", "adjunct", "by friday"),
        ("You must answer me.", "answer", "modal", "must"),
        ("You have to answer me.", "answer", "modal", "have to"),
        ("This is unfair.", "be unfair", "subject", "this"),
        ("Share your feedback on why I failed.", "fail", "governor", "feedback"),
        ("I asked you to answer.", "answer", "governed_by", "ask"),
    ],
)
def test_roles_are_logical(parser: Parser, text: str, verb: str, role: str, form: str) -> None:
    assert form in getattr(clause(parser.parse(text), verb), role)


def test_a_clause_spans_its_words_without_punctuation(parser: Parser) -> None:
    paragraph = parser.parse("Thank you, and please tell me why I was rejected!")
    assert [paragraph.text[c.span.start : c.span.end] for c in paragraph.clauses if c.wh] == ["why I was rejected"]
