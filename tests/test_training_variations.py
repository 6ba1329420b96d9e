from __future__ import annotations

from itertools import islice

from training.sentences import to_check, to_train
from training.variations import variations

SENTENCES = to_train()[:500]
VARIED = list(variations(SENTENCES, 2000))


def test_they_are_the_same_each_time_and_all_different() -> None:
    assert list(variations(SENTENCES, 2000)) == VARIED
    assert len({text for text, _ in VARIED}) == len(VARIED)
    assert list(islice(variations(SENTENCES, 2000, seed=1), 10)) != VARIED[:10]


def test_they_are_made_of_the_words_of_the_sentences() -> None:
    known = {word.lower().rstrip(".!?,;") for sentence in SENTENCES for word in sentence.text.split()}
    assert {word.lower().rstrip(".!?,;") for text, _ in VARIED for word in text.split()} <= known
    assert {before for _, before in VARIED} <= {sentence.before for sentence in SENTENCES}


def test_most_are_none_of_the_sentences_and_none_is_one_to_check_with() -> None:
    texts = {text for text, _ in VARIED}
    assert len(texts - {sentence.text for sentence in SENTENCES}) > 0.9 * len(texts)
    assert texts.isdisjoint({sentence.text for sentence in to_check()})
