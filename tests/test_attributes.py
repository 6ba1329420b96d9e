from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

from feedback_lint.attributes import RememberedWords
from feedback_lint.language import Parser, pipeline
from feedback_lint.syntax import Word

SENTENCES = Path(__file__).parent / "corpus" / "develop.jsonl"
LAST = ["attribute_ruler", "lemmatizer"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline(None)


@pytest.fixture
def remembered(nlp: Language) -> RememberedWords:
    ruler, lemmatizer = map(nlp.get_pipe, LAST)
    assert isinstance(ruler, AttributeRuler)
    assert isinstance(lemmatizer, Lemmatizer)
    assert RememberedWords.can_remember(ruler, ["token.tag", "token.dep"])
    return RememberedWords(ruler, lemmatizer, Doc)


def _parsed(nlp: Language, *texts: str) -> list[Doc]:
    """Texts to which the last pipes were not applied."""
    return list(nlp.pipe(texts, disable=LAST))


def test_it_says_what_spacy_says(nlp: Language, remembered: RememberedWords) -> None:
    texts = [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    wanted = [list(map(Word.of, doc)) for doc in nlp.pipe(texts)]
    for _ in range(2):  # the second time, all is known
        assert [remembered.words(doc) for doc in _parsed(nlp, *texts)] == wanted


@pytest.mark.parametrize(
    "text", ["I ain't sure.", "I'm gonna ask y'all.", "There's one thing.", "Let's  see.\n", "Let me ask.", ""]
)
def test_patterns_of_more_than_one_token(nlp: Language, remembered: RememberedWords, text: str) -> None:
    (doc,) = _parsed(nlp, text)
    assert remembered.words(doc) == list(map(Word.of, nlp(text)))


def test_the_ruler_is_asked_once_of_a_word(
    nlp: Language, remembered: RememberedWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = _parsed(nlp, "Thank you.", "Thank you.")
    words = remembered.words(first)
    monkeypatch.setattr(AttributeRuler, "set_annotations", lambda *_: pytest.fail("asked again"))
    assert remembered.words(second) == words


@pytest.mark.parametrize("token", [{"LOWER": "no", "OP": "?"}, {"MORPH": {"IS_SUPERSET": ["Polarity=Neg"]}}])
def test_a_ruler_that_looks_at_more_is_not_remembered(nlp: Language, token: dict[int | str, Any]) -> None:
    ruler = AttributeRuler(nlp.vocab)
    ruler.add([[token]], {"LEMMA": "no"})
    assert not RememberedWords.can_remember(ruler, ())


def test_a_pipeline_that_tells_the_part_of_speech_otherwise_is_not_remembered(nlp: Language) -> None:
    assert not RememberedWords.can_remember(AttributeRuler(nlp.vocab), ["token.pos"])


def test_the_usual_pipeline_is_remembered(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    class AskedError(Exception):
        pass

    def words(self: RememberedWords, doc: Doc) -> list[Word]:
        raise AskedError

    monkeypatch.setattr(RememberedWords, "words", words)
    with pytest.raises(AskedError):
        Parser().parse("Thank you.")
