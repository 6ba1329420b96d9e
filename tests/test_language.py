from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from feedback_lint.language import ModelError, Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


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
