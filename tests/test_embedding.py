from __future__ import annotations

import pytest
from tests.clauses import clause

from feedback_lint.clause import Embedding, Mood
from feedback_lint.language import Parser


@pytest.mark.parametrize(
    ("text", "verb", "embedding"),
    [
        ("Could you tell me why I was rejected?", "reject", Embedding.ASKED),
        ("I'd like to know why you rejected me.", "reject", Embedding.ASKED),
        ("I'm not asking you to reconsider.", "reconsider", Embedding.DENIED),
        ("I won't ask why you rejected me.", "reject", Embedding.DENIED),
        ("A friend said that you rejected me.", "reject", Embedding.REPORTED),
        ('"Why did you reject me?" is a question that I will leave be.', "reject", Embedding.REPORTED),
        ("If you rejected me, I accept it.", "reject", Embedding.SUPPOSED),
        ("I think you rejected the wrong person.", "reject", Embedding.THOUGHT),
        ("I understand why you rejected me.", "reject", Embedding.KNOWN),
        ("I hope to apply again.", "apply", Embedding.WANTED),
        ("It puzzles me why you rejected me.", "reject", Embedding.ASKED),
        ("It is hard to see why you rejected me.", "reject", Embedding.ASKED),
        ("I am at a loss to see why you rejected me.", "reject", Embedding.ASKED),
        ("If I knew why you rejected me, I could rest.", "reject", Embedding.ASKED),
        ("My question is why you rejected me.", "reject", Embedding.ASKED),
        ("My hope is to apply again.", "apply", Embedding.WANTED),
        ("Under no circumstances would I ask you to reconsider.", "reconsider", Embedding.DENIED),
        ("I am in no way questioning the decision.", "question", Embedding.DENIED),
        ("Far be it from me to question the decision.", "question", Embedding.DENIED),
        ("I used to argue.", "argue", Embedding.DENIED),
        ("I was about to argue, but I shall not.", "argue", Embedding.DENIED),
        ("I almost asked you to reconsider.", "reconsider", Embedding.DENIED),
        ("I gave up asking you to reconsider.", "ask", Embedding.DENIED),
        ("I would have asked you to reconsider.", "reconsider", Embedding.DENIED),
        ("I could ask why you rejected me, but I won't.", "reject", Embedding.DENIED),
        ("If I were bitter, I would ask why you rejected me.", "reject", Embedding.DENIED),
        ("As my friend put it, you owe me an answer.", "owe", Embedding.REPORTED),
        ("The decision, says my friend, was unfair.", "be unfair", Embedding.REPORTED),
        ("My sister finds it unfair.", "be unfair", Embedding.REPORTED),
    ],
)
def test_embedding(parser: Parser, text: str, verb: str, embedding: Embedding) -> None:
    assert embedding in clause(parser.parse(text), verb).embedded


def test_a_plain_statement_is_embedded_under_nothing(parser: Parser) -> None:
    assert clause(parser.parse("You rejected me."), "reject").embedded == frozenset()


def test_a_spliced_sentence_stands_for_itself(parser: Parser) -> None:
    paragraph = parser.parse("I collected your number, please do not be angry with him.")
    assert clause(paragraph, "collect").embedded == frozenset()


def test_an_order_after_reported_words_is_an_order(parser: Parser) -> None:
    paragraph = parser.parse("You said no, so tell me the reason.")
    assert clause(paragraph, "say").embedded == frozenset()
    assert Embedding.REPORTED not in clause(paragraph, "tell").embedded


def test_a_verb_beside_a_reported_one_is_reported_too(parser: Parser) -> None:
    paragraph = parser.parse("A friend said I should write to you and threaten to post about it.")
    found = clause(paragraph, "threaten")
    assert found.mood is Mood.STATEMENT
    assert Embedding.REPORTED in found.embedded


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("If I don't hear anything I'll write to the regulator.", "write"),
        ("I will not hesitate to write to the regulator.", "write"),
        ("The person you chose has never driven a lorry.", "choose"),
        ("What you did was not fair.", "do"),
        ("I have no doubt that you rejected me.", "reject"),
        ("There is no question that you rejected me.", "reject"),
        ("You never called me, I am not happy.", "call"),
        ("I am not angry, only curious why you chose him.", "choose"),
    ],
)
def test_what_is_not_denied(parser: Parser, text: str, verb: str) -> None:
    assert Embedding.DENIED not in clause(parser.parse(text), verb).embedded


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("My coach said that I should ask why you rejected me.", "reject"),
        ("You rejected me, so I know what to practise.", "reject"),
    ],
)
def test_what_is_not_asked(parser: Parser, text: str, verb: str) -> None:
    assert not {Embedding.ASKED, Embedding.KNOWN} & clause(parser.parse(text), verb).embedded


def test_disbelief_is_no_negation(parser: Parser) -> None:
    assert clause(parser.parse("I can't believe you rejected me."), "reject").negated is False
