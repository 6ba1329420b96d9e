from __future__ import annotations

from pathlib import Path

import pytest
from tests.own_rule import OWN_RULE

from feedback_lint.job import Bench
from feedback_lint.linter import Linter
from feedback_lint.lsp.checking import Checker
from feedback_lint.lsp.drafts import OpenDraft
from feedback_lint.lsp.preferences import Preferences, preferences_of

BAD = "Dear Ms. Osei,\n\nWhy was I turned down for the role?\n\nKind regards,\nSam Porter\n"


def draft(folder: Path, text: str = BAD) -> OpenDraft:
    path = folder / "draft.txt"
    return OpenDraft(path.as_uri(), path, text)


def test_configuration_holds_and_settings_win(tmp_path: Path) -> None:
    (tmp_path / "feedback-lint.toml").write_text('select = ["why-not-hired"]\n', encoding="utf-8")
    checker = Checker()
    assert [d.rule for d in checker.check(draft(tmp_path), Preferences()).findings] == ["why-not-hired"]
    wanted = preferences_of({"select": ["missing-thanks"]})
    assert [d.rule for d in checker.check(draft(tmp_path), wanted).findings] == ["missing-thanks"]


def test_configuration_is_read_again_when_that_is_said(tmp_path: Path) -> None:
    config, checker = tmp_path / "feedback-lint.toml", Checker()
    config.write_text('select = ["why-not-hired"]\n', encoding="utf-8")
    assert len(checker.check(draft(tmp_path), Preferences()).findings) == 1
    config.write_text('select = ["demanding"]\n', encoding="utf-8")
    checker.reread(rules=False)
    assert checker.check(draft(tmp_path), Preferences()).findings == ()


def test_rules_of_ones_own_are_read_again_when_that_is_said(tmp_path: Path) -> None:
    rules = tmp_path / "rules" / "tone"
    rules.mkdir(parents=True)
    rule, text = rules / "no-synergy.yaml", BAD.replace("Why was", "I like synergy and cake. Why was")
    rule.write_text(OWN_RULE, encoding="utf-8")
    config = 'extend-rules = ["rules"]\nselect = ["no-synergy"]\n'
    (tmp_path / "feedback-lint.toml").write_text(config, encoding="utf-8")
    checker = Checker()
    assert [d.quote for d in checker.check(draft(tmp_path, text), Preferences()).findings] == ["synergy"]
    about_cake = (
        OWN_RULE.replace("I bring cake", "I bring tea").replace("[synergy]", "[cake]").replace("|synergy|", "|cake|")
    )
    rule.write_text(about_cake, encoding="utf-8")
    checker.reread(rules=True)
    assert [d.quote for d in checker.check(draft(tmp_path, text), Preferences()).findings] == ["cake"]


def test_what_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "feedback-lint.toml").write_text('ignore = ["demnading"]\n', encoding="utf-8")
    checked = Checker().check(draft(tmp_path), Preferences())
    (mistake,) = checked.mistakes
    assert (mistake.line, mistake.column, checked.findings) == (1, 11, ())
    assert "did you mean “demanding”?" in mistake.message


def test_a_mistake_of_ours_is_a_sentence_without_words_of_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(Linter, "lint", broken)
    monkeypatch.delenv("FEEDBACK_LINT_DEBUG", raising=False)
    checker = Checker()
    for complaint in (checker.check(draft(tmp_path), Preferences()).complaint, checker.load(Bench())):
        assert complaint.startswith("This is a mistake in feedback-lint, not in your draft: KeyError.")
        assert "secret" not in complaint


def test_each_result_has_a_number_of_its_own(tmp_path: Path) -> None:
    checker = Checker()
    first, second = (checker.check(draft(tmp_path), Preferences()) for _ in range(2))
    assert first.number != second.number


def test_what_needs_no_model_is_found_at_once_and_the_whole_when_it_is_loaded(tmp_path: Path) -> None:
    checker = Checker()
    letter = draft(tmp_path, BAD.replace("Ms. Osei", "[Name]"))
    early = checker.check(letter, Preferences(), at_once=True)
    assert (early.awaits, early.is_whole, early.reports) == (Bench(), False, ())
    assert [d.rule for d in early.findings] == ["unfilled-placeholder", "missing-job-title"]
    assert checker.load(Bench()) == ""
    whole = checker.check(letter, Preferences(), at_once=True)
    assert whole.is_whole
    assert len(whole.findings) > len(early.findings)
    assert early.number != whole.number


def test_a_model_that_cannot_be_loaded_is_not_waited_for(tmp_path: Path) -> None:
    checker, wanted = Checker(), preferences_of({"model": "no_such_model"})
    early = checker.check(draft(tmp_path), wanted, at_once=True)
    assert early.awaits == Bench(model="no_such_model")
    complaint = checker.load(early.awaits)
    assert "no_such_model" in complaint
    assert checker.check(draft(tmp_path), wanted, at_once=True).complaint == complaint


PAGE = "# Release notes\n\nThe parser is faster now.\n\n- Fixed the crash on empty files.\n"


@pytest.mark.parametrize("language", ["markdown", "html"])
def test_a_page_that_is_no_mail_is_left_alone(tmp_path: Path, language: str) -> None:
    page = OpenDraft("untitled:notes", tmp_path / "notes", PAGE, language)
    assert Checker().check(page, Preferences()).findings == ()


@pytest.mark.parametrize("text", [BAD, "Why was I turned down for the role?\n", "Hi Ana,\n\nCan we talk?\n"])
def test_a_draft_in_markdown_is_checked(tmp_path: Path, text: str) -> None:
    page = OpenDraft("untitled:draft", tmp_path / "draft.md", text)
    assert Checker().check(page, Preferences()).findings


def test_a_page_is_checked_where_a_configuration_holds(tmp_path: Path) -> None:
    (tmp_path / "feedback-lint.toml").write_text("", encoding="utf-8")
    page = OpenDraft("untitled:notes", tmp_path / "notes.md", PAGE)
    assert Checker().check(page, Preferences()).findings
