"""Templates of any kind become texts of their own characters, and every branch is in one of them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.templates import MOST_WAYS, is_template, unbalanced, ways

_PIECES = (
    "{% if a %}|{% elif b %}|{% else %}|{% endif %}|{% for x in y %}|{% endfor %}|{%- if a -%}|{%- endif -%}|"
    "{% case a %}|{% when 1 %}|{% endcase %}|{% raw %}|{% endraw %}|{% set x %}|{% endset %}|{% set x = 1 %}|{# c #}|"
    "{{#a}}|{{^a}}|{{/a}}|{{#each b}}|{{/each}}|{{else}}|{{~#if c~}}|{{/if}}|{{! c }}|{{!-- c --}}|{{if .X}}|{{end}}|"
    "{{- x -}}|<% if x %>|<% else %>|<% end %>|<% l.each do \\|x\\| %>|<%= x %>|*\\|IF:A\\|*|"
    "*\\|ELSE:\\|*|*\\|END:IF\\|*|"
    "{%|%}|{{|}}|<%|%>|{#|#}|{{!--| |\n|\r\n|\t|word|Dear {{ name }},"
)
_SOUP = st.lists(
    st.one_of(
        st.sampled_from(re.split(r"(?<!\\)\|", _PIECES)).map(lambda p: p.replace("\\|", "|")), st.text(max_size=4)
    )
).map("".join)


@given(_SOUP)
def test_ways_are_projections_of_the_text(text: str) -> None:
    found = ways(text)
    assert 1 <= len(found) <= MOST_WAYS
    for way in found:
        assert way.map.length == len(way.text)
        at = 0
        for segment in way.map.segments:
            assert segment.aligned
            assert segment.source.start >= at
            at = segment.source.end
            copied = way.text[segment.projected.start : segment.projected.end]
            assert copied == text[segment.source.start : segment.source.end]


@given(_SOUP)
def test_what_is_no_template_is_one_text(text: str) -> None:
    assert all(text[s.start : s.end] for s in unbalanced(text))
    if not is_template("x.txt", text) and not re.search(r"\{\{[-~]|[-~]\}\}|\{%", text):
        assert [way.text for way in ways(text)] == [text]


_WORDS = st.integers(0, 10**6).map(lambda n: f"w{n}")


def _block(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    branches = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        branches.map(lambda b: "{% if c %}" + "{% elif c %}".join(b) + "{% endif %}"),
        branches.map(lambda b: "\n{% if c -%}\n" + "\n{% elif c %}\n".join(b) + "\n{%- endif %}\n"),
        branches.map(lambda b: "{{#if c}}" + "{{else if c}}".join(b) + "{{/if}}"),
        branches.map(lambda b: "<% if c %>" + "<% elsif c %>".join(b) + "<% end %>"),
        st.tuples(parts, parts).map(lambda b: "{{#c}}" + b[0] + "{{/c}}{{^c}}" + b[1] + "{{/c}}"),
        st.tuples(parts, parts).map(lambda b: "*|IF:C|*" + b[0] + "*|ELSE:|*" + b[1] + "*|END:IF|*"),
        parts.map(lambda b: "{% for x in y %}" + b + "{% endfor %}"),
        st.lists(parts, max_size=3).map(" ".join),
    )


@given(st.recursive(_WORDS, _block, max_leaves=20))
def test_every_branch_is_on_some_way(template: str) -> None:
    assert not unbalanced(template)
    shown = {word for way in ways(template) for word in re.findall(r"w\d+", way.text)}
    assert shown == set(re.findall(r"w\d+", template))


@pytest.mark.parametrize(
    "piece",
    [
        "{% if %}",
        "{% if %}{% else %}",
        "{{#",
        "{{# ",
        "{#",
        "<%",
        "<% if x",
        "{% ",
        "{{!--",
        "{{-",
        "*|IF:",
        "{{if ",
        "\n",
    ],
)
def test_long_texts_take_linear_time(piece: str) -> None:
    started = time.perf_counter()
    ways(piece * (100_000 // len(piece)))
    ways(piece + " " * 100_000)
    assert time.perf_counter() - started < 60  # minutes, where it grows with the square
