from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_lint.evaluation import (
    Confusion,
    Evaluation,
    Judged,
    LabelError,
    Labelled,
    Score,
    Share,
    judge,
    read_labelled,
    tone_rules,
)
from feedback_lint.linter import Linter

ROW = b'{"id": "a", "text": "Tell me why.", "labels": ["demanding"]}'


def judged(labels: set[str], reported: set[str], *, implied: bool = False) -> Judged:
    return Judged(
        Labelled(id="a", text="Hm.", labels=frozenset(labels), implied=implied),
        frozenset(reported),
    )


EVALUATION = Evaluation(
    ("bitter", "demanding", "pestering"),
    (
        judged({"bitter"}, {"bitter"}),
        judged({"bitter"}, {"demanding"}),
        judged({"bitter", "demanding"}, {"pestering"}, implied=True),
        judged({"bitter"}, set(), implied=True),
        judged(set(), {"demanding"}),
        judged(set(), set()),
    ),
)


def test_a_score_a_rule_and_for_all() -> None:
    assert EVALUATION.scores == {"bitter": Score(1, 3, 0), "demanding": Score(0, 1, 2), "pestering": Score(0, 0, 1)}
    assert EVALUATION.total == Score(1, 4, 3)


def test_precision_recall_and_f1() -> None:
    score = Score(hits=6, misses=2, alarms=4)
    assert (score.precision.ratio, score.recall.ratio) == (0.6, 0.75)
    assert score.f1.ratio == pytest.approx(2 * 0.6 * 0.75 / (0.6 + 0.75))


def test_a_share_of_nothing_has_no_ratio() -> None:
    assert Share(0, 0).ratio is None


def test_sentences_with_a_finding_by_kind() -> None:
    assert (EVALUATION.said, EVALUATION.implied, EVALUATION.clean) == (Share(2, 2), Share(1, 2), Share(1, 2))


def test_what_was_reported_in_place_of_what() -> None:
    assert EVALUATION.confusions == (
        Confusion("bitter", "demanding", 1),
        Confusion("bitter", "pestering", 1),
        Confusion("demanding", "pestering", 1),
    )


def test_the_most_frequent_confusion_comes_first() -> None:
    twice = judged({"pestering"}, {"bitter"})
    confusions = Evaluation(EVALUATION.rules, (*EVALUATION.judged, twice, twice)).confusions
    assert confusions[0] == Confusion("pestering", "bitter", 2)


def test_an_alarm_beside_a_hit_confuses_nothing() -> None:
    assert not Evaluation(("bitter", "demanding"), (judged({"bitter"}, {"bitter", "demanding"}),)).confusions


def test_misses_and_alarms_in_order() -> None:
    assert [(s.kind, s.rule) for s in EVALUATION.slips] == [
        ("miss", "bitter"),
        ("alarm", "demanding"),
        ("miss", "bitter"),
        ("miss", "demanding"),
        ("alarm", "pestering"),
        ("miss", "bitter"),
        ("alarm", "demanding"),
    ]


def test_some_of_the_rules() -> None:
    some = Evaluation(("demanding",), EVALUATION.judged)
    assert some.scores == {"demanding": EVALUATION.scores["demanding"]}
    assert (some.said, some.implied, some.clean) == (Share(0, 0), Share(0, 1), Share(1, 2))
    assert [(c.expected, c.reported) for c in some.confusions] == [("bitter", "demanding"), ("demanding", "pestering")]


def test_each_rule_is_judged_in_a_stage_in_which_it_applies(linter: Linter) -> None:
    texts = {
        "demanding": "I demand detailed feedback by Friday.",
        "defensive": "I must disagree with your comments, since I did answer that question.",
        "": "Thank you for your time.",
    }
    rows = [Labelled(id=rule, text=text, labels=frozenset({rule} - {""})) for rule, text in texts.items()]
    assert [j.reported for j in judge(linter, rows)] == [row.labels for row in rows]


def test_what_stands_before_a_sentence_does_not_count(linter: Linter) -> None:
    row = Labelled(id="a", text="Thank you for your time.", before="I demand feedback by Friday.", labels=frozenset())
    assert [j.reported for j in judge(linter, [row])] == [frozenset()]
    turned = Labelled(id="a", text=row.before, before=row.text, labels=frozenset({"demanding"}))
    assert [j.reported for j in judge(linter, [turned])] == [{"demanding"}]


@pytest.fixture
def reads(tmp_path: Path, linter: Linter) -> Callable[[bytes], tuple[Labelled, ...]]:
    """Reads a file of that content."""
    path = tmp_path / "some.jsonl"

    def read(data: bytes) -> tuple[Labelled, ...]:
        path.write_bytes(data)
        return read_labelled(path, linter.rules)

    return read


@pytest.mark.parametrize(
    "data",
    [
        ROW,
        ROW + b"\n",
        b"\xef\xbb\xbf" + ROW + b"\r\n\r\n",
        b'{"id": "a", "text": "Tell me why.", "labels": ["demanding"], "why": "an order", "implied": false}',
    ],
)
def test_labelled_sentences_are_read(reads: Callable[[bytes], tuple[Labelled, ...]], data: bytes) -> None:
    assert reads(data) == (Labelled(id="a", text="Tell me why.", labels=frozenset({"demanding"})),)


def test_a_line_separator_in_a_text_ends_no_line(reads: Callable[[bytes], tuple[Labelled, ...]]) -> None:
    (sentence,) = reads('{"id": "a", "text": "So.\u2028Why?", "labels": []}'.encode())
    assert sentence.text == "So.\u2028Why?"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "some.jsonl: there is no sentence in this file"),
        (b"\n \n", "some.jsonl: there is no sentence in this file"),
        (ROW + b"\nno\n", "some.jsonl:2: this is not valid JSON"),
        (ROW[:-1], "some.jsonl:1: this is not valid JSON"),
        (b"[1]", "some.jsonl:1: this is not an object with “id”, “text” and “labels”"),
        (b'{"id": "a", "labels": []}', "some.jsonl:1: “text” is missing"),
        (b'{"id": 1, "text": "So.", "labels": []}', "some.jsonl:1: “id” must be a string"),
        (b'{"id": "a", "text": "So.", "labels": "demanding"}', "some.jsonl:1: “labels” must be a list of strings"),
        (b'{"id": "a", "text": "\\ud800", "labels": []}', "some.jsonl:1: this is not valid JSON"),
        (b'{"id": "a", "text": "\xff", "labels": []}', "some.jsonl:1: this is not valid JSON"),
        (b"[" * 100_000, "some.jsonl:1: this is not valid JSON"),
        (ROW + b"\n" + ROW.replace(b"demanding", b"demandig"), "some.jsonl:2: there is no tone rule called “demandig”"
            "; did you mean “demanding”?"),
        (ROW.replace(b"demanding", b"missing-ask"), "some.jsonl:1: there is no tone rule called “missing-ask”"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(
    reads: Callable[[bytes], tuple[Labelled, ...]], data: bytes, message: str, tmp_path: Path
) -> None:
    with pytest.raises(LabelError) as error:
        reads(data)
    told = str(error.value).removeprefix(f"{tmp_path}/")
    assert re.sub(r"(?<=jsonl:\d):\d+", "", told).startswith(message)


def test_a_file_that_cannot_be_read(tmp_path: Path, linter: Linter) -> None:
    with pytest.raises(LabelError, match="this file cannot be read"):
        read_labelled(tmp_path, linter.rules)


def test_sentences_are_labelled_with_tone_rules(linter: Linter) -> None:
    assert {"bitter", "defensive"} <= set(tone_rules(linter.rules))
    assert "missing-ask" not in tone_rules(linter.rules)
