from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.readers.headers import person_of


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Priya Nair <p.nair@lark.example>", "Priya Nair"),
        ('"Nair, Priya" <pn@lark.example>', "Priya Nair"),
        ("Priya <priya@lark.example>", "Priya"),
        ("Dr Priya Nair", "Dr Priya Nair"),
        ("Milo Farrant <milo@farrant.example>", "Milo Farrant"),
        ("Jobs <jobs@lark.example>, Ada Moss <ada@lark.example>", "Ada Moss"),
        ("Hiring Team <hiring@lark.example>", ""),
        ("Lark Careers <kim@lark.example>", ""),
        ("Lark Foods <hr@larkfoods.example>", ""),
        ("Lark Foods <kim@lark.example>", ""),
        ("Lark <post@lark.example>", ""),
        ("Priya Nair <no-reply@lark.example>", ""),
        ("careers@lark.example", ""),
        ("[Hiring Manager's Name] <[address]>", ""),
        ("{{ recruiter }}", ""),
        ("undisclosed-recipients:;", ""),
        ("", ""),
    ],
)
def test_the_person_that_a_mail_goes_to(value: str, name: str) -> None:
    assert person_of(value) == name


@given(st.text())
def test_any_value_is_survived(value: str) -> None:
    person_of(value)
