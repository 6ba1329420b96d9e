from __future__ import annotations

from dataclasses import replace

from tests.reporters.builders import diagnostic

from feedback_lint.diagnostic import Suggestion
from feedback_lint.reporters.wording import lines, message, sentences

FOUND = diagnostic("Send me news.", "Send me", message="“Send\nme\x1b” is an order")


def test_a_finding_in_words() -> None:
    assert message(FOUND) == "“Send me\\x1b” is an order"
    assert sentences(FOUND) == "“Send me\\x1b” is an order. Ask instead."
    assert lines(FOUND) == [message(FOUND), "help: Ask instead.", "try: “Would you share any feedback?”"]


def test_an_impression_is_called_one() -> None:
    sure = replace(FOUND, confidence=0.987)
    told = "“Send me\\x1b” is an order (an impression, 99% sure)"
    assert [message(sure), sentences(sure), lines(sure)[0]] == [told, f"{told}. Ask instead.", told]


def test_a_suggestion_cannot_steer_a_terminal() -> None:
    assert lines(replace(FOUND, suggestions=(Suggestion("\x1b[2J\nDear"),)))[-1] == "try: “\\x1b[2J Dear”"


def test_what_is_missing_is_added() -> None:
    missing = diagnostic("Hello", "", at=0)
    assert lines(missing)[-1].startswith("add: ")
    assert lines(replace(missing, quote="Hello"))[-1].startswith("try: ")


def test_a_finding_without_remedy() -> None:
    bare = replace(FOUND, help="", suggestions=())
    assert lines(bare) == [message(bare)]
    assert sentences(bare) == f"{message(bare)}."
