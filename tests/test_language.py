from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from feedback_lint.language import ModelError, Parser


def test_words_are_counted_as_people_count_them(parser: Parser) -> None:
    (sentence,) = parser.parse("I didn't expect it, honestly – you're kind :-)").sentences
    assert sentence.words == 7


def test_tokens_undo_contractions_and_case(parser: Parser) -> None:
    (sentence,) = parser.parse("You didn't tell; I'll Ask.").sentences
    assert sentence.tokens.norms == ("you", "did", "not", "tell", ";", "i", "will", "ask", ".")
    assert sentence.tokens.is_punctuation[4]
    assert len(sentence.tokens) == len(sentence.token_spans)


def test_a_paragraph_is_parsed_once(parser: Parser) -> None:
    assert parser.parse("The same words.") is parser.parse("The same words.")


def test_the_cache_is_bounded() -> None:
    small = Parser(capacity=2)
    first = small.parse("One.")
    for text in ("Two.", "Three."):
        small.parse(text)
    assert small.parse("One.") is not first


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        Parser(model="no_such_model").parse("Hello.")


def test_a_model_without_a_parser_is_refused(tmp_path: Any) -> None:
    code = f"import spacy; spacy.blank('en').to_disk({str(tmp_path / 'blank')!r})"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(ModelError, match="no dependency parser"):
        Parser(model=str(tmp_path / "blank")).parse("Hello.")


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
def test_an_abbreviation_ends_no_sentence(parser: Parser, text: str, sentences: int) -> None:
    assert len(parser.parse(text).sentences) == sentences
