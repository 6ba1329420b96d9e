from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from feedback_lint.clause import Clause, Embedding, Mood
from feedback_lint.language import ModelError, Paragraph, Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def clause(paragraph: Paragraph, verb: str) -> Clause:
    """The one clause with that verb form."""
    (found,) = [c for c in paragraph.clauses if verb in c.verb]
    return found


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
def test_mood_tense_and_negation(reader: Reader, text: str, verb: str, features: dict[str, Any]) -> None:
    found = clause(reader.read(text), verb)
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
def test_roles_are_logical(reader: Reader, text: str, verb: str, role: str, form: str) -> None:
    assert form in getattr(clause(reader.read(text), verb), role)


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
    ],
)
def test_embedding(reader: Reader, text: str, verb: str, embedding: Embedding) -> None:
    assert embedding in clause(reader.read(text), verb).embedded


def test_a_plain_statement_is_embedded_under_nothing(reader: Reader) -> None:
    assert clause(reader.read("You rejected me."), "reject").embedded == frozenset()


def test_a_clause_spans_its_words_without_punctuation(reader: Reader) -> None:
    paragraph = reader.read("Thank you, and please tell me why I was rejected!")
    assert [paragraph.text[c.span.start : c.span.end] for c in paragraph.clauses if c.wh] == ["why I was rejected"]


def test_words_are_counted_as_people_count_them(reader: Reader) -> None:
    (sentence,) = reader.read("I didn't expect it, honestly – you're kind :-)").sentences
    assert sentence.words == 7


def test_tokens_undo_contractions_and_case(reader: Reader) -> None:
    (sentence,) = reader.read("You didn't tell; I'll Ask.").sentences
    assert sentence.tokens.norms == ("you", "did", "not", "tell", ";", "i", "will", "ask", ".")
    assert sentence.tokens.is_punctuation[4]
    assert len(sentence.tokens) == len(sentence.token_spans)


def test_a_paragraph_is_parsed_once(reader: Reader) -> None:
    assert reader.read("The same words.") is reader.read("The same words.")


def test_the_cache_is_bounded() -> None:
    small = Reader(capacity=2)
    first = small.read("One.")
    for text in ("Two.", "Three."):
        small.read(text)
    assert small.read("One.") is not first


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        Reader(model="no_such_model").read("Hello.")


def test_a_model_without_a_parser_is_refused(tmp_path: Any) -> None:
    code = f"import spacy; spacy.blank('en').to_disk({str(tmp_path / 'blank')!r})"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(ModelError, match="no dependency parser"):
        Reader(model=str(tmp_path / "blank")).read("Hello.")


def test_importing_the_module_does_not_import_spacy() -> None:
    code = "import sys, feedback_lint.language, feedback_lint.linter; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I met Mrs. Lane at St. Brannock's. It went well.", 2),
        ("I waited approx. two hours, e.g. in the hall. Then I left.", 2),
        ("The answer was no. I accept it.", 2),
    ],
)
def test_an_abbreviation_ends_no_sentence(reader: Reader, text: str, sentences: int) -> None:
    assert len(reader.read(text).sentences) == sentences
