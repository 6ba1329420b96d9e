from __future__ import annotations

from pathlib import Path

from feedback_lint.edits import Edit
from feedback_lint.lsp.actions import Action, actions
from feedback_lint.lsp.checking import Checked, Checker
from feedback_lint.lsp.drafts import OpenDraft
from feedback_lint.lsp.preferences import preferences_of
from feedback_lint.lsp.suppression import Appended
from feedback_lint.text import Span

BAD = "Subject: x\n\nDear Ms. Osei,\n\nWhy was I turned down for the role?\n\nKind regards,\nSam Porter\n"


def checked(folder: Path, text: str = BAD, *rules: str, name: str = "draft.txt") -> Checked:
    path = folder / name
    found = preferences_of({"select": [*(rules or ("why-not-hired",))]})
    return Checker().check(OpenDraft(path.as_uri(), path, text), found)


def offers(found: Checked, words: str, folder: Path) -> list[Action]:
    start = found.draft.text.index(words)
    return list(actions(found, Span(start, start + len(words)), folder))


def test_suggestions_come_first_and_the_safe_one_is_the_best(tmp_path: Path) -> None:
    *remedies, ignoring = offers(checked(tmp_path), "turned", tmp_path)
    assert [action.is_best for action in remedies] == [True, *[False] * (len(remedies) - 1)]
    assert remedies[0].title.startswith("Write “")
    assert isinstance(remedies[0].change, Edit)
    assert BAD[remedies[0].change.place.start : remedies[0].change.place.end] == "Why was I turned down for the role?"
    assert ignoring.title == "Ignore “why-not-hired” in this mail"


def test_there_is_no_offer_where_nothing_was_found(tmp_path: Path) -> None:
    assert offers(checked(tmp_path), "Dear", tmp_path) == []


def test_what_is_missing_is_added(tmp_path: Path) -> None:
    found = checked(tmp_path, BAD, "missing-thanks")
    titles = [action.title for action in offers(found, "Why", tmp_path)]
    assert titles[0].startswith("Add “Thank you")


def test_without_a_place_in_the_draft_the_configuration_ignores_it(tmp_path: Path) -> None:
    found = checked(tmp_path, BAD.removeprefix("Subject: x\n\n"))
    last = offers(found, "turned", tmp_path)[-1]
    assert last.title == "Ignore “why-not-hired” for this file in feedback-lint.toml"
    assert isinstance(last.change, Appended)


def test_no_edit_is_offered_that_an_encoding_does_not_take(tmp_path: Path) -> None:
    head = "From: Sam Porter <sam@x.example>\nSubject: x\nContent-Transfer-Encoding: base64\n\n"
    body = "RGVhciBNcy4gT3NlaSwKCldoeSB3YXMgSSB0dXJuZWQgZG93biBmb3IgdGhlIHJvbGU/CgpLaW5kIHJlZ2FyZHMsClNhbSBQb3J0ZXIK\n"
    found = checked(tmp_path, head + body, name="mail.eml")
    assert [d.quote for d in found.findings] == ["Why was I turned down for the role"]
    titles = [action.title for action in actions(found, found.findings[0].span, tmp_path)]
    assert titles == ["Ignore “why-not-hired” in this mail"]
