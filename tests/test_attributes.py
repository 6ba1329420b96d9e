from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from feedback_lint.attributes import RememberedRuler
from feedback_lint.language import pipeline

SENTENCES = Path(__file__).parent / "corpus" / "develop.jsonl"
LAST = ["attribute_ruler", "lemmatizer"]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline(None)


@pytest.fixture(scope="module")
def ruler(nlp: Language) -> AttributeRuler:
    found = nlp.get_pipe("attribute_ruler")
    assert isinstance(found, AttributeRuler)
    return found


def _attributes(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in doc]


def test_it_does_what_the_ruler_does(nlp: Language, ruler: AttributeRuler) -> None:
    texts = [json.loads(line)["text"] for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    remembered = RememberedRuler(ruler, Doc)
    for _ in range(2):  # the second time, all is known
        asked, answered = (list(nlp.pipe(texts, disable=LAST)) for _ in range(2))
        assert [_attributes(remembered(doc)) for doc in answered] == [_attributes(ruler(doc)) for doc in asked]


@pytest.mark.parametrize("text", ["I ain't sure.", "I'm gonna ask y'all.", "There's one thing.", "Let's  see.\n", ""])
def test_patterns_of_more_than_one_token(nlp: Language, ruler: AttributeRuler, text: str) -> None:
    asked, answered = (next(nlp.pipe([text], disable=LAST)) for _ in range(2))
    assert _attributes(RememberedRuler(ruler, Doc)(answered)) == _attributes(ruler(asked))


def test_the_ruler_is_asked_once_of_a_word(
    nlp: Language, ruler: AttributeRuler, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = RememberedRuler(ruler, Doc)
    remembered(next(nlp.pipe(["Thank you."], disable=LAST)))
    monkeypatch.setattr(AttributeRuler, "set_annotations", lambda *_: pytest.fail("asked again"))
    remembered(next(nlp.pipe(["Thank you."], disable=LAST)))
