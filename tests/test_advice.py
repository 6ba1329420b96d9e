from __future__ import annotations

import pytest

from feedback_lint.diagnostic import Diagnostic
from feedback_lint.document import Source, Stage
from feedback_lint.linter import Linter
from feedback_lint.settings import Settings

START = "Dear Ms. Osei,\n\nThank you for seeing me about the ward clerk post. I respect your choice. "
END = "\n\nKind regards,\nSam Porter\n"


def found(linter: Linter, sentence: str, rule: str, stage: Stage = Stage.REQUEST) -> Diagnostic:
    text = START + sentence + END
    report = linter.lint(Source("draft.txt", text), Settings(stage=stage))[0]
    return next(d for d in report.diagnostics if d.rule == rule)


@pytest.mark.parametrize(
    ("sentence", "rule", "first"),
    [
        (
            "Why didn't you pick me?",
            "why-not-hired",
            "What could I do to be a stronger candidate for another ward clerk role?",
        ),
        (
            "You must send me your notes on my answers by Friday.",
            "demanding",
            "Would you be willing to send me your notes on my answers?",
        ),
        ("I enjoyed meeting the team, but you wasted my time.", "bitter", "I enjoyed meeting the team."),
        (
            "I got your number from the porter and wanted to ask for some advice.",
            "contact-skimmed",
            "I wanted to ask for some advice.",
        ),
    ],
)
def test_the_sentence_is_made_anew(linter: Linter, sentence: str, rule: str, first: str) -> None:
    diagnostic = found(linter, sentence, rule)
    suggestion = diagnostic.suggestions[0]
    assert suggestion.text == first
    assert suggestion.place is not None
    assert (START + sentence + END)[suggestion.place.start : suggestion.place.end] == sentence


def test_at_most_three(linter: Linter) -> None:
    assert 1 <= len(found(linter, "Send me your notes.", "demanding").suggestions) <= 3


def test_what_is_kept_is_no_mistake_itself(linter: Linter) -> None:
    sentence = "This is my third email, and I still have not heard back."
    for suggestion in found(linter, sentence, "pestering", Stage.FOLLOW_UP).suggestions:
        assert "third" not in suggestion.text
        assert "still" not in suggestion.text


def test_the_suggestion_does_not_thank_twice(linter: Linter) -> None:
    sentence = "Thank you for the notes, but I do not agree that I was late."
    for suggestion in found(linter, sentence, "defensive", Stage.THANKS).suggestions:
        assert suggestion.text.lower().count("thank you") <= 1


def test_a_wish_to_argue_is_never_taken_back_unasked(linter: Linter) -> None:
    assert not any(s.safe for s in found(linter, "You made a mistake.", "challenges-decision").suggestions)
    assert all(s.safe for s in found(linter, "Send me your notes.", "demanding").suggestions)


def test_a_missing_element_has_a_place(linter: Linter) -> None:
    text = "Dear Ana,\n\nCould you tell me what I could improve?\n\nSam Lee\n"
    report = linter.lint(Source("draft.txt", text))[0]
    thanks = next(d for d in report.diagnostics if d.rule == "missing-thanks").suggestions[0]
    assert (thanks.place, thanks.safe) == (report.diagnostics[0].span, True)
    assert text[thanks.place.start :].startswith("Could")  # type: ignore[union-attr]


def test_a_blank_is_not_safe(linter: Linter) -> None:
    text = "Dear Hiring Manager,\n\nThank you for the baker interview. What could I improve?\n\nSam Lee\n"
    (name,) = (d for d in linter.lint(Source("draft.txt", text))[0].diagnostics if d.rule == "missing-name")
    assert [(s.text, s.safe) for s in name.suggestions] == [("Dear …,", False)]


def test_a_subject_is_replaced_by_a_subject(linter: Linter) -> None:
    text = "Subject: Why was I rejected?\n\n" + START + END
    (why,) = (d for d in linter.lint(Source("draft.txt", text))[0].diagnostics if d.rule == "why-not-hired")
    assert why.suggestions[0].text == "Feedback on my ward clerk interview"
