from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from feedback_lint.config import Config, ConfigFinder
from feedback_lint.document import Source
from feedback_lint.lsp.suppression import ignoring, ignoring_in_configuration
from feedback_lint.readers import mode_of, read
from feedback_lint.settings import Settings

MAIL = "From: Sam Porter <sam@x.example>\nSubject: Thanks\n\nDear Ms. Osei,\n\nSend me feedback.\n"


def ignored(path: str, text: str, rule: str = "demanding") -> str | None:
    """The file in which a rule is ignored."""
    source = Source(path, text)
    edit = ignoring(source, rule, Settings(), text.rfind("Send"))
    if edit is None:
        return None
    new = text[: edit.place.start] + edit.text + text[edit.place.end :]
    letters = read(Source(path, new), mode_of(source))
    assert any(rule in way.ignored for letter in letters for way in letter.ways)
    return new


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("mail.eml", MAIL, "X-Feedback-Lint: ignore=demanding\n"),
        ("mail.eml", MAIL.replace("\n", "\r\n"), "X-Feedback-Lint: ignore=demanding\r\n"),
        ("draft.txt", MAIL, "X-Feedback-Lint: ignore=demanding\n"),
        ("mail.txt.j2", "Dear {{ name }},\n\nSend me feedback.\n", "{# feedback-lint: ignore=demanding #}\n"),
        ("mail.hbs", "{{#if a}}Dear x,{{/if}}\nSend me.\n", "{{!-- feedback-lint: ignore=demanding --}}\n"),
        ("mail.erb", "Dear <%= name %>,\n\nSend me feedback.\n", "<%# feedback-lint: ignore=demanding %>\n"),
        ("mail.html", "<p>Send me feedback.</p>\n", "<!-- feedback-lint: ignore=demanding -->\n"),
        ("mail.md", "Dear Ann,\n\nSend me feedback.\n", "<!-- feedback-lint: ignore=demanding -->\n"),
    ],
)
def test_it_is_said_where_it_is_not_sent(path: str, text: str, line: str) -> None:
    assert ignored(path, text) == line + text


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("m.eml", "X-Feedback-Lint: ignore=bitter\n" + MAIL, "X-Feedback-Lint: ignore=bitter, demanding\n" + MAIL),
        ("m.eml", "X-Feedback-Lint: ignore= \n" + MAIL, "X-Feedback-Lint: ignore=demanding \n" + MAIL),
        (
            "m.html",
            "<!-- feedback-lint: ignore=bitter --><p>Send me.</p>",
            "<!-- feedback-lint: ignore=bitter, demanding --><p>Send me.</p>",
        ),
    ],
)
def test_a_rule_is_put_beside_others(path: str, before: str, after: str) -> None:
    assert ignored(path, before) == after


def test_of_several_mails_only_the_one_is_meant() -> None:
    box = "From a@x.example Mon Mar 31 10:00:00 2025\n" + MAIL.replace("Send", "Write")
    two = box + "\nFrom a@x.example Mon Mar 31 11:00:00 2025\n" + MAIL
    new = ignored("box.mbox", two)
    assert new is not None
    assert new.index("X-Feedback-Lint") > new.index("11:00:00")


@pytest.mark.parametrize("text", ["Dear Ann,\n\nSend me feedback.\n", ""])
def test_a_text_without_headers_has_no_place_for_it(text: str) -> None:
    assert ignored("draft.txt", text) is None


def test_a_configuration_ignores_it_for_that_file(tmp_path: Path) -> None:
    file = tmp_path / "feedback-lint.toml"
    file.write_text('ignore = ["bitter"]', encoding="utf-8")
    draft = tmp_path / "drafts" / "to [Ann] #1.txt"
    draft.parent.mkdir()
    found = ignoring_in_configuration(ConfigFinder().of(draft), draft, "demanding", tmp_path)
    assert found is not None
    assert (found.path, found.is_new, found.after) == (file, False, 'ignore = ["bitter"]')
    file.write_text(found.after + found.text, encoding="utf-8")
    config = ConfigFinder().of(draft)
    assert config.options(draft).ignore == ("bitter", "demanding")
    assert config.options(draft.with_name("to A #1.txt")).ignore == ("bitter",)


def test_a_configuration_in_pyproject_says_it_in_its_table(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text("[tool.feedback-lint]\nstage = 'thanks'\n\n[tool.other]\nx = 1\n", encoding="utf-8")
    draft = tmp_path / "draft.txt"
    found = ignoring_in_configuration(ConfigFinder().of(draft), draft, "demanding", tmp_path)
    assert found is not None
    file.write_text(found.after + found.text, encoding="utf-8")
    assert ConfigFinder().of(draft).options(draft).ignore == ("demanding",)
    assert tomllib.loads(file.read_text(encoding="utf-8"))["tool"]["other"] == {"x": 1}


def test_without_a_configuration_one_is_made_in_the_folder(tmp_path: Path) -> None:
    draft = tmp_path / "a" / "draft.txt"
    found = ignoring_in_configuration(Config(), draft, "demanding", tmp_path)
    assert found is not None
    assert (found.path, found.is_new) == (tmp_path / "feedback-lint.toml", True)
    assert tomllib.loads(found.text) == {"overrides": [{"paths": ["/a/draft.txt"], "ignore": ["demanding"]}]}


def test_overrides_that_are_written_otherwise_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "feedback-lint.toml"
    file.write_text('overrides = [{paths = ["*.txt"], ignore = ["bitter"]}]\n', encoding="utf-8")
    draft = tmp_path / "draft.txt"
    assert ignoring_in_configuration(ConfigFinder().of(draft), draft, "demanding", tmp_path) is None
