"""The letters that checking a library is measured with: were they more alike, caches would do the work."""

from __future__ import annotations

from collections import Counter
from itertools import chain, islice
from pathlib import Path

import pytest
from benchmarks.library_letters import SHARED, SIGN_OFFS, Letter, distinct, sharing, small, write
from benchmarks.warm import paragraphs

from feedback_lint.document import Source
from feedback_lint.linter import Linter
from feedback_lint.settings import Settings

LETTERS = 1000


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    return list(distinct(LETTERS))


def prose(letter: Letter) -> list[str]:
    return [text for text in paragraphs(Source(str(letter.path), letter.text)) if text not in SIGN_OFFS]


def test_the_same_seed_gives_the_same_letters(letters: list[Letter]) -> None:
    assert list(distinct(LETTERS)) == letters
    assert list(distinct(LETTERS, seed=1)) != letters


def test_no_paragraph_is_repeated(letters: list[Letter]) -> None:
    times = Counter(chain.from_iterable(map(prose, letters)))
    assert [text for text, number in times.items() if number > 1] == []
    assert len(times) >= 4 * LETTERS


def test_a_letter_has_about_120_words(letters: list[Letter]) -> None:
    words = [sum(len(text.split()) for text in prose(letter)) for letter in letters]
    assert 110 < sum(words) / LETTERS < 130
    assert 60 < min(words) < max(words) < 200


def test_all_slots_are_filled(letters: list[Letter]) -> None:
    assert not any("<" in letter.text for letter in (*letters, *sharing(50)))


def test_letters_lie_in_folders_and_are_of_three_kinds(letters: list[Letter]) -> None:
    assert {letter.path.suffix for letter in letters} == {".txt", ".md", ".j2"}
    assert len({letter.path.parent for letter in letters}) > 5
    assert len({letter.path for letter in letters}) == LETTERS


def test_some_templates_have_a_branch(letters: list[Letter]) -> None:
    branched = [letter for letter in letters if "{% if" in letter.text]
    assert len(branched) > LETTERS / 20
    assert all(letter.path.suffix == ".j2" for letter in branched)


def test_one_letter_in_five_makes_a_mistake_and_the_others_are_silent(letters: list[Letter], linter: Linter) -> None:
    few = (Source(str(letter.path), letter.text) for letter in letters[:100])
    found = [bool(linter.lint(each, Settings(reader=False))[0].diagnostics) for each in few]
    assert sum(found[4::5]) >= 15
    assert sum(found) - sum(found[4::5]) <= 5


def test_letters_that_share_have_a_dozen_openings_and_closings() -> None:
    shared = [letter.text.split("\n\n") for letter in sharing(LETTERS)]
    assert len({blocks[1] for blocks in shared}) <= SHARED
    assert len({blocks[2] for blocks in shared}) == len({blocks[4] for blocks in shared}) == SHARED
    assert len({blocks[3] for blocks in shared}) == LETTERS


def test_small_mails_differ_from_each_other() -> None:
    assert len({letter.text for letter in small(2000)}) == 2000
    assert len({letter.path for letter in small(2000)}) == 2000


def test_letters_are_written_where_they_say(tmp_path: Path) -> None:
    few = list(islice(distinct(10), 10))
    paths = write(few, tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [str(letter.path) for letter in few]
    assert [path.read_text(encoding="utf-8") for path in paths] == [letter.text for letter in few]
