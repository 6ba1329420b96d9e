from __future__ import annotations

import pytest

from feedback_lint.pattern import Gap, PatternError, Word, compile_phrase

VOCABULARY = {"reason": frozenset({"reason", "ground"}), "give-up": frozenset({"give up", "quit"})}


def w(*words: str, lemma: bool = False, excluded: bool = False, optional: bool = False) -> Word:
    return Word(frozenset(words), lemma, excluded, optional)


@pytest.mark.parametrize(
    ("phrase", "sequences"),
    [
        ("Thank you", [(w("thank"), w("you"))]),
        ("I don't", [(w("i"), w("do"), w("not"))]),
        ("I can't", [(w("i"), w("can"), w("not"))]),
        ("you're", [(w("you"), w("are"))]),
        ("would", [(w("would", "'d"),)]),
        ("~send it", [(w("send", lemma=True), w("it"))]),
        ("the @reason", [(w("the"), w("reason", "ground", lemma=True))]),
        ("@give-up", [(w("give", lemma=True), w("up", lemma=True)), (w("quit", lemma=True),)]),
        ("(a|b) c", [(w("a", "b"), w("c"))]),
        ("(a|b d)? c", [(w("b"), w("d"), w("c")), (w("a"), w("c")), (w("c"),)]),
        ("very? good", [(w("very", optional=True), w("good"))]),
        ("(very|so)? good", [(w("very", "so", optional=True), w("good"))]),
        ("give * feedback", [(w("give"), Gap(3, False), w("feedback"))]),
        ("give ** feedback", [(w("give"), Gap(8, True), w("feedback"))]),
        ("you !(may|might) know", [(w("you"), w("may", "might", excluded=True), w("know"))]),
        ("!not so", [(w("not", excluded=True), w("so"))]),
    ],
)
def test_notation(phrase: str, sequences: list[tuple[Word | Gap, ...]]) -> None:
    assert sorted(compile_phrase(phrase, VOCABULARY), key=repr) == sorted(sequences, key=repr)


@pytest.mark.parametrize(
    ("phrase", "message", "at"),
    [
        ("tell (me|us", "a parenthesis is not closed", 11),
        ("tell me)", "unexpected “)”", 7),
        ("the @raeson", "no vocabulary set is called @raeson", 4),
        ("!(so what) now", "`!` takes single words", 0),
        ("*", "match no word", 0),
        ("please?", "match no word", 0),
        ("please? (now|today)?", "match no word", 0),
        ("", "match no word", 0),
    ],
)
def test_mistakes_say_where_they_are(phrase: str, message: str, at: int) -> None:
    with pytest.raises(PatternError, match=message.replace("(", r"\(").replace(")", r"\)")) as error:
        compile_phrase(phrase, VOCABULARY)
    assert error.value.at == at


def test_a_phrase_cannot_stand_for_thousands_of_sequences() -> None:
    with pytest.raises(PatternError, match="are allowed"):
        compile_phrase(" ".join(["(a b|c d|e f|g h)?"] * 6), VOCABULARY)
