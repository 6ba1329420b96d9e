from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.pattern import PatternError, Tokens, compile_phrase, index_of, possible

VOCABULARY = {"reason": frozenset({"reason", "ground"}), "give-up": frozenset({"give up", "quit"})}
# Dictionary forms for the words of these tests.
LEMMAS = {"sent": "send", "reasons": "reason", "grounds": "ground", "gave": "give"}


def tokens(text: str) -> Tokens:
    """Text with a space before each mark, and contractions undone."""
    norms = tuple(text.lower().split())
    return Tokens(norms, tuple(LEMMAS.get(n, n) for n in norms), tuple(not n[0].isalpha() for n in norms))


def found(phrase: str, text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[a:b]) for a, b in tokens(text).find(compile_phrase(phrase, VOCABULARY))]


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("Thank you", "I thank YOU and thank you", ["thank YOU", "thank you"]),
        ("thank you", "thank them , you know", []),
        ("I don't know", "I do not know", ["I do not know"]),
        ("I can't", "I can not", ["I can not"]),
        ("you're", "you are", ["you are"]),
        ("I would", "I 'd", ["I 'd"]),
        ("~send it", "they sent it", ["sent it"]),
        ("send it", "they sent it", []),
        ("the @reason", "the reasons and the grounds", ["the reasons", "the grounds"]),
        ("@give-up", "we gave up or quit", ["gave up", "quit"]),
        ("(a|b) c", "a c b c d c", ["a c", "b c"]),
        ("(a|b d)? c", "b d c and a c and c", ["b d c", "a c", "c"]),
        ("very? good", "very good good", ["very good", "good"]),
        ("give * feedback", "give me some feedback", ["give me some feedback"]),
        ("give * feedback", "give me some of your feedback", []),
        ("give * feedback", "give me , then , feedback", []),
        ("give ** feedback", "give me , as you said , feedback", ["give me , as you said , feedback"]),
        ("you !(may|might) know", "you may know you must know", ["you must know"]),
        ("!not so", "not so quite so", ["quite so"]),
        ("a * b", "a b x b", ["a b x b"]),
        ("(a|a b) (b c|c)", "a b c", ["a b c"]),
        ("a (, b)? !c", "a , b d", ["a , b d"]),
        ("have (a|an) right to an answer", "i have right to answer", ["have right to answer"]),
        ("the answer", "i want answer", ["answer"]),
        ("the answer", "i want answer from a friend", []),
        ("the * answer", "i want answer", []),
        ("want the", "i want answer", []),
        ("!the answer", "answer", []),
    ],
)
def test_find(phrase: str, text: str, matches: list[str]) -> None:
    assert found(phrase, text) == matches


@pytest.mark.parametrize(
    ("phrase", "keys"),
    [
        ("the @reason for (it|that|this)", [("for", "it"), ("for", "that"), ("for", "this")]),
        ("very? good", [("good", "")]),
        ("(a|b d)? c", [("c", "")]),
        ("I (e|b d) c", [("e", "c"), ("d", "c")]),
        ("give * feedback", [("give", "")]),
        ("!not (x y|z)", [("x", "y"), ("z", "")]),
        ("!not **", [("", "")]),
        ("x? !y", [("", "")]),
    ],
)
def test_index(phrase: str, keys: list[tuple[str, str]]) -> None:
    others = ["the @reason why", "I I feedback feedback"]
    index = index_of({text: compile_phrase(text, VOCABULARY) for text in (phrase, *others)})
    found = sorted((word, key) for word, inner in index.items() for key, names in inner.items() if (phrase, 0) in names)
    assert found == sorted(keys)


@pytest.mark.parametrize(
    ("phrase", "message", "at"),
    [
        ("tell (me|us", "a parenthesis is not closed", 11),
        ("tell me)", "unexpected “)”", 7),
        ("the @raeson", "no vocabulary set is called @raeson", 4),
        ("!(so what) now", "`!` takes single words", 0),
        ("a !", "`!` takes single words", 2),
        ("tell ~ me", "unexpected “~”", 5),
        ("*", "match no word", 0),
        ("please?", "match no word", 0),
        ("please? (now|today)?", "match no word", 0),
        ("", "match no word", 0),
        ("(|)", "match no word", 0),
    ],
)
def test_mistakes_say_where_they_are(phrase: str, message: str, at: int) -> None:
    with pytest.raises(PatternError, match=message.replace("(", r"\(").replace(")", r"\)")) as error:
        compile_phrase(phrase, VOCABULARY)
    assert error.value.at == at


@given(st.text(alphabet="ab ()|?*!~@'", max_size=12), st.text(alphabet="ab ,", max_size=12))
def test_any_text_is_a_phrase_or_a_pattern_error(phrase: str, text: str) -> None:
    try:
        compiled = compile_phrase(phrase, VOCABULARY)
    except PatternError as error:
        place = error.at
        compiled = None
    if compiled is None:
        assert 0 <= place <= len(phrase)
        return
    ranges = list(tokens(text).find(compiled))
    assert all(a < b for a, b in ranges)
    assert all(before[1] <= after[0] for before, after in pairwise(ranges))
    parts = possible(index_of({phrase: compiled}), tokens(text))
    assert any(tokens(text).hold(compiled[which]) for _, which in parts) == bool(ranges)
