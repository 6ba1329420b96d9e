from __future__ import annotations

import pytest

from feedback_lint.slots import filled, plain, slots


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("I respect your decision.", {}, "I respect your decision."),
        ("Dear {recipient},", {"recipient": "Ana Lupu"}, "Dear Ana Lupu,"),
        ("Dear {recipient},", {}, None),
        ("for [another {job} role|a similar role]", {"job": "baker"}, "for another baker role"),
        ("for [another {job} role|a similar role]", {}, "for a similar role"),
        ("What can I do[ at {company}]?", {}, "What can I do?"),
        ("[{job} at {company}|{job}|it]", {"job": "baker"}, "baker"),
        ("{job}", {"job": "[Job Title]"}, "[Job Title]"),
    ],
)
def test_filling(text: str, values: dict[str, str], expected: str | None) -> None:
    assert filled(text, values) == expected


def test_the_plain_form_needs_nothing() -> None:
    assert plain("for [another {job} role|a similar role]") == "for a similar role"
    assert plain("Dear {recipient},") == ""


def test_the_names_of_slots() -> None:
    assert slots("[{job}|x] at {company}") == {"job", "company"}
