from __future__ import annotations

import pytest
from tests.clauses import clause

from feedback_lint.language import Parser


@pytest.mark.parametrize(
    ("text", "verb", "role", "form"),
    [
        ("The candidate that you hired has no licence.", "hire", "object", "candidate"),
        ("One of your managers turned me down.", "turn down", "subject", "manager"),
        ("What you did was unfair.", "be unfair", "subject", "what"),
        ("I call it a disgrace.", "be disgrace", "subject", "it"),
        ("Madam, kindly tell me more.", "tell", "subject", "you"),
        ("My sister wants you to answer.", "answer", "governing_subject", "my sister"),
    ],
)
def test_roles(parser: Parser, text: str, verb: str, role: str, form: str) -> None:
    assert form in getattr(clause(parser.parse(text), verb), role)


@pytest.mark.parametrize("text", ["How come the manager", "Here come Sam"])
def test_a_subject_at_the_very_end_is_nobody_addressed(parser: Parser, text: str) -> None:
    assert clause(parser.parse(text), "come").subject != {"you"}


def test_subject_that_ends_the_text(parser: Parser) -> None:
    """Of garbage the parser makes a verb with its subject at the very end."""
    garbage = ')\U000f8222\U00088a36\x05Ã"\x06|\U000f6d2f]º\U000ca296Ä\U0007a02f^\x9fõA!\x13 \x05\x0e\x121'
    assert parser.parse(garbage)
