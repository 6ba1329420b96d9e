from __future__ import annotations

import pytest
from tests.clauses import clause

from feedback_lint.clause import Mood
from feedback_lint.language import Parser


@pytest.mark.parametrize(
    ("text", "verb", "mood"),
    [
        ("Feedback. In writing.", "feedback", Mood.FRAGMENT),
        ("Pathetic.", "be pathetic", Mood.FRAGMENT),
        ("Feedback?", "feedback", Mood.QUESTION),
        ("Reply to me today.", "reply", Mood.IMPERATIVE),
        ("Have somebody call me.", "call", Mood.IMPERATIVE),
        ("Have you called my referees?", "call", Mood.QUESTION),
        ("Madam, send me the notes.", "send", Mood.IMPERATIVE),
        ("Hope to hear from you.", "hope", Mood.STATEMENT),
        ("Never have I been treated so badly.", "treat", Mood.STATEMENT),
        ("On what grounds was I refused?", "refuse", Mood.WH_QUESTION),
        ("What you did was unfair.", "be unfair", Mood.STATEMENT),
    ],
)
def test_mood(parser: Parser, text: str, verb: str, mood: Mood) -> None:
    assert clause(parser.parse(text), verb).mood is mood


@pytest.mark.parametrize(
    ("text", "verb", "wh"),
    [
        ("On what grounds was I refused?", "refuse", "why"),
        ("The grounds on which I was refused were never named.", "refuse", "why"),
        ("In what way was he better?", "be better", "what"),
        ("What you did was unfair.", "be unfair", ""),
        ("What a joke.", "joke", ""),
        ("You rejected me, which is unfair.", "be unfair", ""),
    ],
)
def test_question_words(parser: Parser, text: str, verb: str, wh: str) -> None:
    assert clause(parser.parse(text), verb).wh == wh


@pytest.mark.parametrize("text", ["Still waiting for an answer.", "Want to know more.", "Sent you three mails."])
def test_i_is_left_out(parser: Parser, text: str) -> None:
    assert "i" in parser.parse(text).clauses[0].subject
