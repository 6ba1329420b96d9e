from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.wordless import WordsError, packed, unpacked, words_of

MAIL = "Dear Ms Osei,\n\nwhy did Zephyrine get my job?"
KNOWN = words_of(["Ask “what could I do”", "reads as a question about"])


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("Ask what I could do", "Ask what I could do"),
        ("“why did Zephyrine” reads as a question", "“” reads as a question"),
        ("Why did Zephyrine ask?", "W ask?"),
        ("ASK AS DO", "ASK AS DO"),
        ("", ""),
        ("… – ?!", "… – ?!"),
    ],
)
def test_only_words_of_the_rules_are_kept(text: str, literal: str) -> None:
    pieces = packed(text, MAIL, KNOWN)
    assert "".join(p for p in pieces if isinstance(p, str)) == literal
    assert unpacked(pieces, MAIL) == text


def test_neighbouring_words_of_the_mail_are_one_piece() -> None:
    assert packed("Zephyrine get my job", MAIL, frozenset()) == [(MAIL.index("Zephyrine"), 20)]


def test_half_a_word_is_not_taken_for_the_end_of_another() -> None:
    mail = "my jobs are my joy"
    assert unpacked(packed("are my job", mail, frozenset()), mail) == "are my job"


@pytest.mark.parametrize("text", ["Confidential", "a question about Confidential", "ZEPHYRINE", "x"])
def test_words_of_neither_are_refused(text: str) -> None:
    with pytest.raises(WordsError):
        packed(text, MAIL, KNOWN)


@given(st.text(), st.text(), st.sets(st.text(min_size=1)))
def test_what_is_packed_comes_back_and_tells_no_word(text: str, mail: str, known: set[str]) -> None:
    words = words_of(known)
    try:
        pieces: Any = packed(text, mail, words)
    except WordsError:
        return
    assert unpacked(json.loads(json.dumps(pieces)), mail) == text
    kept = words_of(p for p in pieces if isinstance(p, str))
    assert all(word in words or len(word) == 1 for word in kept)
