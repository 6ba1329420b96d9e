from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.lsp.drafts import Change, OpenDraft, is_draft
from feedback_lint.lsp.positions import Encoding, Point, point_at
from feedback_lint.text import LineIndex


def opened(text: str, path: str = "/mails/draft.txt", language: str = "") -> OpenDraft:
    return OpenDraft("file:///mails/draft", Path(path), text, language, version=1)


def test_changes_are_made_one_after_the_other() -> None:
    changes = [
        Change("Hi", Point(0, 0), Point(0, 4)),
        Change("😀\r\n", Point(0, 3), Point(0, 3)),
        Change("!", Point(1, 1), Point(1, 99)),
    ]
    draft = opened("Dear Ann").edited(changes, 2, Encoding.UTF_16)
    assert draft.text == "Hi 😀\r\nA!"
    assert (draft.version, draft.revision) == (2, 1)


def test_a_change_without_a_place_is_the_whole_text() -> None:
    changes = [Change("all new"), Change("", Point(0, 3), Point(0, 7))]
    assert opened("old").edited(changes, 2, Encoding.UTF_8).text == "all"


def test_a_range_that_ends_before_it_begins_only_inserts() -> None:
    assert opened("abc").edited([Change("x", Point(0, 2), Point(0, 1))], 2, Encoding.UTF_8).text == "abxc"


@given(st.data(), st.sampled_from(Encoding))
def test_an_edit_does_what_slices_do(data: st.DataObject, encoding: Encoding) -> None:
    characters = st.text(st.sampled_from("aé😀\n\u2028\x0c"), max_size=20)
    text, new = data.draw(characters), data.draw(characters)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    lines = LineIndex(text)
    change = Change(new, point_at(lines, start, encoding), point_at(lines, end, encoding))
    assert opened(text).edited([change], 2, encoding).text == text[:start] + new + text[end:]


@pytest.mark.parametrize(
    ("path", "language", "name"),
    [
        ("/mails/draft.eml", "plaintext", "/mails/draft.eml"),
        ("Untitled-1", "eml", "Untitled-1.eml"),
        ("Untitled-1", "jinja-html", "Untitled-1.html.jinja"),
        ("/mails/note", "markdown", "/mails/note.md"),
        ("/mails/note", "plaintext", "/mails/note"),
    ],
)
def test_an_editors_language_tells_what_a_name_does_not(path: str, language: str, name: str) -> None:
    assert opened("", path, language).source.path == name


def test_configuration_files_and_the_pages_of_a_project_are_no_drafts() -> None:
    assert not is_draft(Path("/mails/feedback-lint.toml"))
    assert not is_draft(Path("/mails/pyproject.toml"))
    assert not is_draft(Path("/mails/README.md"))
    assert not is_draft(Path("/mails/LICENSE"))
    assert is_draft(Path("/mails/draft.txt"))
