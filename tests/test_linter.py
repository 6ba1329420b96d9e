from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.own_rule import OWN_RULE

from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, Source, Stage
from feedback_lint.input import InputError
from feedback_lint.linter import Linter, shortened
from feedback_lint.matching import Matcher
from feedback_lint.rule_files import load_ruleset
from feedback_lint.settings import Settings
from feedback_lint.text import Position, Span

BLUNT = "Dear Ana,\r\n\r\nThank you for the interview.\r\nWhy did you\r\nreject me?\r\n\r\nKind regards,\r\nSam Lee\r\n"


def lint(linter: Linter, text: str, **settings: object) -> dict[str, Span]:
    found = linter.lint(Source("draft.txt", text), Settings(**settings))[0].diagnostics  # type: ignore[arg-type]
    return {d.rule: d.span for d in found}


def test_a_diagnostic_carries_its_exact_place(linter: Linter) -> None:
    (report,) = linter.lint(Source("draft.txt", BLUNT), Settings(select=frozenset({"why-not-hired"})))
    (found,) = report.diagnostics
    assert (found.path, found.severity, found.missing) == ("draft.txt", Severity.ERROR, False)
    assert BLUNT[found.span.start : found.span.end] == "Why did you\r\nreject me"
    assert (found.start, found.end) == (Position(4, 1), Position(5, 10))
    assert found.quote == "Why did you reject me"
    assert found.quote in found.message
    assert found.suggestions


def test_equal_inputs_give_equal_reports(linter: Linter) -> None:
    assert Linter().lint(Source("draft.txt", BLUNT)) == linter.lint(Source("draft.txt", BLUNT))


def test_select_and_ignore(linter: Linter) -> None:
    assert "why-not-hired" in lint(linter, BLUNT)
    assert "why-not-hired" not in lint(linter, BLUNT, ignore=frozenset({"why-not-hired"}))
    assert set(lint(linter, BLUNT, select=frozenset({"missing-job-title"}))) == {"missing-job-title"}


def test_a_header_can_ignore_rules(linter: Linter) -> None:
    headers = "Subject: Welder interview\nX-Feedback-Lint: ignore=why-not-hired, missing-ask\n\n"
    found = lint(linter, headers + BLUNT)
    assert "why-not-hired" not in found
    assert "missing-acknowledgement" in found


def test_severity_can_be_set(linter: Linter) -> None:
    settings = Settings(select=frozenset({"why-not-hired"}), severity={"why-not-hired": Severity.SUGGESTION})
    (found,) = linter.lint(Source("draft.txt", BLUNT), settings)[0].diagnostics
    assert found.severity is Severity.SUGGESTION


QUOTED_FEEDBACK = """\
Dear Ana,

{own}

Sam Lee

On Mon, 3 Mar 2025 at 16:12, Ana Quist <ana@example.org> wrote:
> You rushed the last two questions, and your drawing was too small.
"""


@pytest.mark.parametrize(
    ("own", "stage"),
    [("I will buy bigger paper. Bless you all.", Stage.THANKS), ("Could you tell me what to practise?", Stage.REQUEST)],
)
def test_a_mail_below_quoted_feedback_that_asks_for_nothing_is_thanks(linter: Linter, own: str, stage: Stage) -> None:
    (report,) = linter.lint(Source("draft.txt", QUOTED_FEEDBACK.format(own=own)))
    assert report.stage is stage


def test_the_stage_given_wins(linter: Linter) -> None:
    (report,) = linter.lint(Source("draft.txt", BLUNT), Settings(stage=Stage.THANKS, mode=Mode.TEMPLATE))
    assert (report.stage, report.mode) == (Stage.THANKS, Mode.TEMPLATE)
    assert not {"missing-ask", "missing-growth-framing"} & {d.rule for d in report.diagnostics}


def test_two_findings_with_the_same_words_have_two_fingerprints(linter: Linter) -> None:
    text = BLUNT.replace("Why did you\r\nreject me?", "Why did you reject me?\r\n\r\nWhy did you reject me?")
    found = linter.lint(Source("draft.txt", text), Settings(select=frozenset({"why-not-hired"})))[0].diagnostics
    assert len(found) == 2
    assert found[0].quote == found[1].quote
    assert found[0].fingerprint != found[1].fingerprint


def test_findings_that_differ_in_case_have_two_fingerprints(linter: Linter) -> None:
    text = "Dear Ana,\n\nWhy did you reject me? why did you reject me?\n\nBest,\nSam Lee\n"
    found = linter.lint(Source("draft.txt", text), Settings(select=frozenset({"why-not-hired"})))[0].diagnostics
    assert [d.quote for d in found] == ["Why did you reject me", "why did you reject me"]
    assert found[0].fingerprint != found[1].fingerprint


def test_a_fingerprint_survives_edits_elsewhere(linter: Linter) -> None:
    wanted = Settings(select=frozenset({"why-not-hired"}))
    (before,) = linter.lint(Source("draft.txt", BLUNT), wanted)[0].diagnostics
    (after,) = linter.lint(Source("other.txt", BLUNT.replace("Thank you", "Many thanks")), wanted)[0].diagnostics
    assert before.span != after.span
    assert before.fingerprint == after.fingerprint


def test_the_checklist_names_what_a_request_has(linter: Linter) -> None:
    (report,) = linter.lint(Source("draft.txt", BLUNT))
    ticked = {item.label: item.done for item in report.checklist}
    assert ticked["the reader's name"]
    assert not ticked["the job title"]
    assert len(ticked) == 8


def test_words_are_those_of_the_body(linter: Linter) -> None:
    assert linter.lint(Source("draft.txt", BLUNT))[0].words == 10


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "\ufeff", "Dear Ana,", "Sam", "> quoted", "-- \nSam"])
def test_very_little_text_is_no_trouble(linter: Linter, text: str) -> None:
    (report,) = linter.lint(Source("draft.txt", text))
    assert all(0 <= d.span.start <= d.span.end <= len(text) for d in report.diagnostics)


def test_a_note_tells_of_a_legacy_encoding(linter: Linter) -> None:
    (report,) = linter.lint_bytes("Dear Ana,\n\nThanks for the café visit …".encode("cp1252"), "draft.txt")
    assert report.notes == ("This file is not UTF-8; it was read as Windows-1252.",)
    assert linter.lint_bytes(b"Dear Ana,", "draft.txt")[0].notes == ()


def test_unreadable_files_are_input_errors(linter: Linter, tmp_path: Path) -> None:
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\0\0")
    for path, message in (
        (tmp_path / "none.txt", "cannot be read"),
        (tmp_path, "cannot be read"),
        (tmp_path / "image.txt", "not a draft"),
    ):
        with pytest.raises(InputError, match=message) as error:
            linter.lint_file(path)
        assert error.value.path == str(path)


def test_long_quotes_are_shortened_in_messages() -> None:
    assert shortened("a b c") == "a b c"
    assert shortened("a b c d e f g h i j k l m n") == "a b c d e f g h i j k l …"


# --- thresholds

WORDY = """\
Dear Ana,

Thank you for the interview on Tuesday. I would like to know how I could do better, what I could practise for the next
time, and whether you would see me again. Was my talk clear? Did I speak up enough?

Sam Lee
"""


def messages(linter: Linter, rule: str, text: str = WORDY, **thresholds: float) -> list[tuple[str, str]]:
    own = {name.replace("_", "-"): number for name, number in thresholds.items()}
    settings = Settings(select=frozenset({rule}), stage=Stage.REQUEST, thresholds=own)
    (report,) = linter.lint(Source("draft.txt", text), settings)
    return [(d.quote.split()[0], d.message) for d in report.diagnostics]


def test_the_bound_of_a_measure_can_be_set(linter: Linter) -> None:
    assert not messages(linter, "long-sentence")
    assert messages(linter, "long-sentence", long_sentence=20) == [("I", "This sentence runs over 20 words")]
    assert not messages(linter, "long-sentence", long_sentence=40, rambling=1)
    assert messages(linter, "rambling", rambling=10) == [("I", "The mail is over 10 words long from here on")]


def test_how_many_are_allowed_can_be_set(linter: Linter) -> None:
    assert not messages(linter, "too-many-questions")
    assert messages(linter, "too-many-questions", too_many_questions=1) == [
        ("Did", "More questions than 1, from “Did I speak up enough?” on")
    ]
    assert [quote for quote, _ in messages(linter, "too-many-questions", too_many_questions=0)] == ["Was", "Did"]


def test_a_low_grade_can_be_set(linter: Linter) -> None:
    assert not messages(linter, "hard-to-read")
    assert messages(linter, "hard-to-read", hard_to_read=1.5)
    assert not messages(linter, "hard-to-read", hard_to_read=15)


def test_a_rule_that_has_no_threshold_takes_none(linter: Linter) -> None:
    with pytest.raises(ValueError, match="“bitter” has no threshold"):
        messages(linter, "bitter", bitter=1)


def test_settings_with_thresholds_are_values() -> None:
    settings = Settings(thresholds={"rambling": 150})
    assert pickle.loads(pickle.dumps(settings)) == settings != Settings()  # noqa: S301


def test_default_thresholds_are_those_of_the_rule_files(linter: Linter) -> None:
    named = {rule: linter.rules.get(rule).threshold for rule in linter.rules.measuring}
    assert named == {"hard-to-read": 16, "long-sentence": 40, "rambling": 200, "too-many-questions": 3}


def test_signals_can_be_asked_of_each_mail(linter: Linter) -> None:
    (document,) = linter.documents(Source("mail.txt", "Could you share any feedback on my interview?"))
    matcher = Matcher(linter.rules, linter.draft(document))
    assert matcher.signal("ask")
    assert not matcher.signal("feedback-received")
    with pytest.raises(KeyError):
        matcher.signal("no-such-signal")


def test_what_is_loaded_beforehand_is_not_loaded_by_a_draft() -> None:
    code = """if True:
        import sys
        from feedback_lint.document import Source
        from feedback_lint.linter import Linter
        linter = Linter()
        assert not {"spacy", "onnxruntime"} & sys.modules.keys()
        linter.load()
        loaded = set(sys.modules)
        assert {"spacy", "onnxruntime"} <= loaded
        linter.lint(Source("mail.txt", "How touching that three rounds fit into one line."))
        print(sorted(set(sys.modules) - loaded))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


# --- at once, before anything is parsed

BLANKS = "Dear [Name],\n\nThank you for the interview.\nWhy was I turned down?\n\nKind regards,\n[Your Name]\n"


def at_once(linter: Linter, text: str = BLANKS, **settings: object) -> list[tuple[str, str]]:
    found = linter.lint_at_once(Source("draft.txt", text), Settings(**settings))  # type: ignore[arg-type]
    return [(d.rule, d.quote) for d in found]


def test_what_needs_no_parse_is_found_at_once(linter: Linter) -> None:
    blanks = [("unfilled-placeholder", "[Name]"), ("missing-job-title", ""), ("unfilled-placeholder", "[Your Name]")]
    assert sorted(at_once(linter)) == sorted(blanks)
    assert at_once(linter, ignore=frozenset({"missing-job-title"})) == [blanks[0], blanks[2]]
    assert at_once(linter, mode=Mode.TEMPLATE) == [blanks[1]]
    assert at_once(linter, f"X-Feedback-Lint: ignore=unfilled-placeholder\nSubject: Re:\n\n{BLANKS}") == [
        ("missing-subject", "Re:"), blanks[1]
    ]  # fmt: skip


def test_what_is_found_at_once_has_its_place_severity_and_remedy(linter: Linter) -> None:
    text = f"To: Ana Quist <ana@example.org>\nSubject: Tailor\n\n{BLANKS.replace('[Name]', 'team')}"
    only = Settings(select=frozenset({"missing-name"}), severity={"missing-name": Severity.SUGGESTION})
    (early,) = linter.lint_at_once(Source("draft.eml", text), only)
    ((whole,),) = (report.diagnostics for report in linter.lint(Source("draft.eml", text), only))
    assert early == replace(whole, suggestions=())
    assert (early.severity, early.help) == (Severity.SUGGESTION, "This mail goes to Ana Quist. Greet them by name.")


def test_what_depends_on_the_stage_is_found_at_once_where_the_stage_is_given(linter: Linter) -> None:
    for stage in (None, *Stage):
        found = at_once(linter, stage=stage, rejected_on=date(2025, 3, 3), now=datetime(2025, 4, 3, tzinfo=UTC))
        assert ("too-late" in dict(found)) is (stage is Stage.REQUEST)


@pytest.mark.parametrize(
    ("match", "stages", "is_found"),
    [
        ("phrase: [turned down]", "[request]", False),  # may supersede
        ("phrase: [turned down]", "[thanks]", True),  # cannot at this stage
        ("check: placeholder", "[request]", False),  # supersedes
        ("check: malformed-placeholder", "[request]", True),  # does not
    ],
)
def test_what_another_rule_may_supersede_is_not_found_at_once(
    tmp_path: Path, match: str, stages: str, *, is_found: bool
) -> None:
    keys = f"stages: {stages}\nsupersedes: [missing-job-title]\nexamples:"
    own = OWN_RULE.replace("phrase: [synergy]", match).replace("examples:", keys)
    (tmp_path / "no-synergy.yaml").write_text(own, encoding="utf-8")
    found = at_once(Linter(load_ruleset(tmp_path)), stage=Stage.REQUEST)
    assert (("missing-job-title", "") in found) is is_found


def test_at_once_means_without_a_model() -> None:
    code = (
        "import sys\n"
        "from feedback_lint.document import Source\n"
        "from feedback_lint.linter import Linter\n"
        f"print(len(Linter().lint_at_once(Source('d.txt', {BLANKS!r}))))\n"
        "print({'spacy', 'thinc', 'numpy', 'textstat', 'onnxruntime', 'tokenizers'} & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    assert (done.stdout, done.stderr) == ("3\nset()\n", "")
