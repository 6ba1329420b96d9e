from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from feedback_lint.language import pipeline
from feedback_lint.syntax import Token, Word, tokens_of

NLP = pipeline(None)
WORDS = "I we you liked sent did not why and but , . ? ! the notes that was kind \n quickly Tom's".split(" ")


def _copy(doc: Doc) -> list[Token]:
    return tokens_of(doc, map(Word.of, doc))


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_the_copy_says_what_spacy_says(words: list[str]) -> None:
    doc = NLP(" ".join(words))
    copy = _copy(doc)
    assert len(copy) == len(doc)
    for ours, theirs in zip(copy, doc, strict=True):
        assert (ours.i, ours.idx, ours.text, len(ours)) == (theirs.i, theirs.idx, theirs.text, len(theirs))
        assert ours.lemma_ == theirs.lemma_.lower()
        assert (ours.pos_, ours.tag_, ours.dep_) == (theirs.pos_, theirs.tag_, theirs.dep_)
        assert ours.is_sent_start == bool(theirs.is_sent_start)
        assert ours.head.i == theirs.head.i
        assert [t.i for t in ours.children] == [t.i for t in theirs.children]
        assert [t.i for t in ours.ancestors] == [t.i for t in theirs.ancestors]
        assert [t.i for t in ours.subtree] == sorted(t.i for t in theirs.subtree)
        assert {t.i for t in ours.conjuncts} == {t.i for t in theirs.conjuncts}
        assert (ours.left_edge.i, ours.right_edge.i) == (theirs.left_edge.i, theirs.right_edge.i)
        assert ours.n_lefts == theirs.n_lefts
        assert ours.sentence_end.i == theirs.sent[-1].i


def test_neighbours() -> None:
    tokens = _copy(NLP("Thank you."))
    assert all(a.nbor() is b and b.nbor(-1) is a for a, b in pairwise(tokens))
