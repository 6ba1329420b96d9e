from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from feedback_lint.lsp.preferences import preferences_of
from feedback_lint.run import Chosen


def test_settings_are_those_of_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.touch()
    settings = {
        "select": ["demanding", " bitter "],
        "ignore": "rambling, ",
        "stage": "thanks",
        "mode": "template",
        "rejectedOn": "2025-03-31",
        "textKey": "body",
        "subjectKey": "title",
        "reader": False,
        "model": "en_core_web_md",
        "config": str(file),
    }
    found = preferences_of(settings)
    assert found.chosen == Chosen(
        select=("demanding", "bitter"),
        ignore=("rambling",),
        stage="thanks",
        mode="template",
        rejected_on=date(2025, 3, 31),
        text_key="body",
        subject_key="title",
        reader=False,
        model="en_core_web_md",
    )
    assert (found.file, found.mistakes) == (file, ())


@pytest.mark.parametrize("nothing", [None, "", "auto", []])
def test_what_nobody_set_is_left_to_the_configuration(nothing: object) -> None:
    assert preferences_of({"stage": nothing, "select": nothing, "config": nothing}) == preferences_of()


def test_later_settings_win() -> None:
    found = preferences_of({"stage": "thanks", "reader": False}, {"stage": "follow-up"})
    assert found.chosen == Chosen(stage="follow-up", reader=False)


def test_a_moment_keeps_its_hour() -> None:
    moment = preferences_of({"rejectedOn": "2025-03-31T16:00"}).chosen.rejected_on
    assert moment == datetime(2025, 3, 31, 16)


@pytest.mark.parametrize(
    ("settings", "mistake"),
    [
        ({"stge": "thanks"}, "There is no setting “stge”; did you mean “stage”?"),
        ({"stage": "late"}, "The setting “stage” must be one of auto, request, thanks, follow-up."),
        ({"select": 3}, "The setting “select” must be a list of rules."),
        ({"select": ["x", 3]}, "The setting “select” must be a list of rules."),
        ({"reader": "no"}, "The setting “reader” must be true or false."),
        ({"rejectedOn": "soon"}, "The setting “rejectedOn” must be a date such as 2025-03-31 or 2025-03-31T16:00."),
        ({"model": 1}, "The setting “model” must be a text."),
        ({"config": "/no/such/file.toml"}, "The setting “config” names no file: /no/such/file.toml."),
    ],
)
def test_a_broken_setting_is_left_out_and_told_of(settings: dict[str, object], mistake: str) -> None:
    found = preferences_of(settings)
    assert found.chosen == Chosen()
    assert found.mistakes == (mistake,)


def test_tables_are_a_plugins_own_and_what_is_no_table_is_nothing() -> None:
    assert preferences_of({"trace": {"server": "verbose"}}, None, [1]) == preferences_of()
