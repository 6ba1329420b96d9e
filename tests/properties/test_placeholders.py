"""Placeholders in any text: in order, apart, and found in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.document import Mode
from feedback_lint.placeholders import find_placeholders

_SIGNS = (
    "{ } {{ }} [ ] [[ ]] < > << >> <% <%= %> {% %} ${ #{ *| |* « » % %% %( ) @@ ## $ _ ____ . .... X : | ` ' \" @"
).split()
_WORDS = "name Job Title first_name COMPANY role the of Dear Your if x 3".split()
_SOUP = st.lists(
    st.one_of(
        st.sampled_from(_SIGNS), st.sampled_from(_WORDS), st.sampled_from((" ", "\n", "\r\n")), st.text(max_size=3)
    )
).map("".join)


@given(_SOUP, st.sampled_from(Mode))
def test_placeholders_are_in_order_and_apart(text: str, mode: Mode) -> None:
    at = 0
    for placeholder in find_placeholders(text, mode):
        assert at <= placeholder.span.start < placeholder.span.end <= len(text)
        at = placeholder.span.end


@pytest.mark.parametrize("sign", [*_SIGNS, "a", "a ", "a.", "name ", "[a ", "{{a", "<a ", "A_", "\n"])
def test_long_texts_take_linear_time(sign: str) -> None:
    started = time.perf_counter()
    find_placeholders(sign * (20_000 // len(sign)), Mode.TEMPLATE)
    find_placeholders(sign + " " * 20_000 + sign, Mode.TEMPLATE)
    assert time.perf_counter() - started < 2
