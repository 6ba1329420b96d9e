from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lint import classifier
from feedback_lint.classifier import GLANCE, MODEL_FOLDER, NETWORK, TOKENIZER, Classifier, ClassifierError, read_card
from feedback_lint.evaluation import tone_rules
from feedback_lint.rule_files import load_ruleset

IRONY = "How flattering to learn that three rounds can be summed up in a single line."
KIND = "Thank you again for the time that you gave me."


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The model in a folder of its own."""
    return shutil.copytree(MODEL_FOLDER, tmp_path / "model")


def test_the_labels_are_the_tone_rules() -> None:
    assert sorted(read_card().labels) == sorted(tone_rules(load_ruleset()))


def test_the_model_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL_FOLDER.iterdir()) <= 25_000_000


def test_the_base_is_credited() -> None:
    notice = (MODEL_FOLDER / "LICENCE.txt").read_text(encoding="utf-8")
    assert all(name in notice for name in ("all-MiniLM-L6-v2", "MIT License", "Apache License"))


def test_what_is_implied_is_told_from_what_is_kind() -> None:
    reader = Classifier()
    assert reader.scores(IRONY)["bitter"] > 0.5 > max(reader.scores(KIND).values())


def test_a_sentence_is_judged_alike_in_any_company() -> None:
    alone = Classifier().scores(IRONY)
    reader = Classifier()
    reader.scores(KIND)
    assert reader.scores(IRONY) == alone


def test_a_short_sentence_is_read_with_the_one_before() -> None:
    reader = Classifier()
    assert reader.scores("It was the traffic.", "You wrote that I was late.") != reader.scores("It was the traffic.")


def test_a_long_sentence_stands_for_itself() -> None:
    long = "I had prepared a plan for the first ninety days, which I would still gladly send you if it helps."
    reader = Classifier()
    assert reader.scores(long, IRONY) == reader.scores(long)


def test_no_more_is_remembered_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def judge(self: object, sentence: str, before: str) -> dict[str, float]:
        judged.append(sentence)
        return {}

    monkeypatch.setattr(classifier._Model, "judge", judge)
    reader = Classifier(capacity=2)
    for sentence in ("a", "b", "a", "c", "a", "b"):
        reader.scores(sentence)
    assert judged == ["a", "b", "c", "b"]


@settings(max_examples=50)
@given(st.text(max_size=2000), st.text(max_size=200))
def test_any_text_has_scores(sentence: str, before: str) -> None:
    assert all(0 <= score <= 1 for score in Classifier().scores(sentence, before).values())


@pytest.mark.parametrize("name", [NETWORK, TOKENIZER, GLANCE])
def test_a_model_that_was_changed_is_refused(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ClassifierError, match=rf"{name} has been changed"):
        _asked(Classifier(copied))


@pytest.mark.parametrize("name", [NETWORK, TOKENIZER, GLANCE])
def test_a_file_that_is_missing_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ClassifierError, match=rf"{name} cannot be read: No such file"):
        _asked(Classifier(copied))


def _asked(reader: Classifier) -> None:
    reader.is_worth_reading(KIND)
    reader.scores(KIND)


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({"labels": ["bitter"]})])
def test_a_card_that_is_not_whole(copied: Path, text: str) -> None:
    (copied / "reader.json").write_text(text, encoding="utf-8")
    with pytest.raises(ClassifierError, match="is not whole"):
        read_card(copied)


def test_nothing_is_loaded_before_the_first_sentence() -> None:
    code = "import sys, feedback_lint.linter; assert not {'onnxruntime', 'tokenizers', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_implied_is_worth_reading_and_what_is_kind_is_not() -> None:
    assert Classifier().is_worth_reading(IRONY)
    assert not Classifier().is_worth_reading(KIND)


def test_a_first_look_needs_no_network() -> None:
    code = f"""if True:
        import sys
        from feedback_lint.classifier import Classifier
        assert not Classifier().is_worth_reading({KIND!r})
        assert not {{'onnxruntime', 'tokenizers', 'numpy'}} & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", code], check=True)
