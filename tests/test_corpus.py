"""The labelled sentences and ordinary mails keep what is promised of them.

Failures name sentences by their ids only: the check half is not to be read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from tests.likeness import alike, words

from feedback_lint.evaluation import Labelled, read_labelled, tone_rules
from feedback_lint.rule_files import load_ruleset

TESTS = Path(__file__).parent


def half(name: str) -> tuple[Labelled, ...]:
    """The sentences of one half. Unknown labels and broken lines are mistakes."""
    files = sorted((TESTS / "corpus").glob(f"{name}*.jsonl"))
    return tuple(sentence for file in files for sentence in read_labelled(file, load_ruleset()))


DEVELOP, CHECK = half("develop"), half("check")
ALL = (*DEVELOP, *CHECK)


def test_there_are_enough() -> None:
    assert len(ALL) >= 1500


@pytest.mark.parametrize("sentences", [DEVELOP, CHECK], ids=["develop", "check"])
def test_at_least_half_are_clean(sentences: tuple[Labelled, ...]) -> None:
    assert 2 * sum(not s.labels for s in sentences) >= len(sentences)


@pytest.mark.parametrize("sentences", [DEVELOP, CHECK], ids=["develop", "check"])
def test_each_rule_has_sentences_of_its_own(sentences: tuple[Labelled, ...]) -> None:
    counted = Counter(label for s in sentences for label in s.labels)
    assert [rule for rule in tone_rules(load_ruleset()) if counted[rule] < 40] == []


def test_only_mistakes_are_implied() -> None:
    assert [s.id for s in ALL if s.implied and not s.labels] == []


def test_ids_are_unique() -> None:
    assert [id_ for id_, n in Counter(s.id for s in ALL).items() if n > 1] == []


def test_no_sentence_stands_twice() -> None:
    seen = defaultdict(list)
    for sentence in ALL:
        seen[words(sentence.text)].append(sentence.id)
    assert [ids for ids in seen.values() if len(ids) > 1] == []


def test_the_halves_share_no_sentence_nor_one_much_alike() -> None:
    assert list(alike(CHECK, DEVELOP)) == []


def test_what_is_alike() -> None:
    first = Labelled(id="a", text="Could you tell me what I could do better?", labels=frozenset())
    same = Labelled(id="b", text="could you tell me what I could do better", labels=frozenset())
    longer = Labelled(id="c", text="Could you tell me what I could do better next time?", labels=frozenset())
    other = Labelled(id="d", text="Thank you.", labels=frozenset())
    assert list(alike([first, other], [same, longer])) == [("a", "b"), ("a", "c")]


def test_ordinary_mails_have_a_subject_and_a_body_of_their_own() -> None:
    mails = {file.name: file.read_text(encoding="utf-8") for file in (TESTS / "ordinary").glob("*.txt")}
    assert len(mails) >= 200
    assert [name for name, mail in mails.items() if not re.match(r"Subject: \S.*\n\n\S", mail)] == []
    assert len({words(mail) for mail in mails.values()}) == len(mails)
