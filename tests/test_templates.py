from __future__ import annotations

from pathlib import Path

import pytest

from feedback_lint.document import Mode, Source
from feedback_lint.files import find_drafts
from feedback_lint.linter import Linter
from feedback_lint.readers import mode_of, read
from feedback_lint.settings import Settings
from feedback_lint.templates import MOST_WAYS, inner_path, is_template, unbalanced, ways


def texts(template: str) -> list[str]:
    return [way.text for way in ways(template)]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("Hello [Name], {{ x }} and $y", ["Hello [Name], {{ x }} and $y"]),
        ("a{% if x %}b{% elif y %}c{% else %}d{% endif %}e", ["abe", "ace", "ade"]),
        ("a{% if x %}b{% endif %}e", ["abe", "ae"]),
        ("{% unless x %}b{% endunless %}e", ["be", "e"]),
        ("{% if x %}a{% endif %}{% if y %}b{% elif z %}c{% else %}d{% endif %}", ["ab", "c", "d"]),
        ("{% if x %}{% if y %}1{% else %}2{% endif %}{% else %}3{% endif %}", ["1", "2", "3"]),
        ("{% for p in panel %}{{ p }}{% else %}all{% endfor %}", ["{{ p }}", "all"]),
        ("{% for p in panel %}{{ p }}{% endfor %}", ["{{ p }}"]),
        ("{% for p in panel %}{{ p }}{% empty %}all{% endfor %}", ["{{ p }}", "all"]),
        ("{% case x %}\n{% when 1 %}a\n{% when 2 %}b\n{% else %}c\n{% endcase %}", ["a\n", "b\n", "c\n"]),
        ("{% block body %}a{% endblock body %}{% include 'b' %}", ["a"]),
        ("{% set x = 1 %}a{% set y %}hidden{% endset %}{% macro m() %}hidden{% endmacro %}", ["a"]),
        ("{% raw %}{{ x }} {% if %}{% endraw %}", ["{{ x }} {% if %}"]),
        ("{% comment %}why {% if %}{% endcomment %}a", ["a"]),
        (
            "{% trans 'Thank you' %}, {% trans %}a day{% pluralize %}days{% endtrans %}",
            ["Thank you, a day", "Thank you, days"],
        ),
        ("{% mine %}, {% box %}b{% endbox %}", ["{% mine %}, b"]),
        ("{{#if a}}b{{else if c}}d{{else}}e{{/if}}", ["b", "d", "e"]),
        ("{{#if a}}b{{else if c}}d{{/if}}", ["b", "d", ""]),
        ("{{#if a}}b{{^}}c{{/if}}", ["b", "c"]),
        ("{{#unless a}}b{{/unless}}", ["b", ""]),
        ("{{#each list as |x|}}b{{else}}none{{/each}}", ["b", "none"]),
        ("{{#with x}}b{{/with}}{{> part}}", ["b"]),
        ("{{#> layout}}b{{/layout}}{{#*inline 'x'}}hidden{{/inline}}", ["b"]),
        ("{{#name}}{{name}}{{/name}}{{^name}}you{{/name}}", ["{{name}}", "you"]),
        ("{{^name}}you{{/name}} {{#name}}{{name}}{{/name}}", ["you ", " {{name}}"]),
        ("{{#a}}b{{/a}}{{^c}}d{{/c}}", ["bd", ""]),
        ("{{#a}}{{#b}}1{{/b}}{{^b}}2{{/b}}{{/a}}{{^a}}3{{/a}}", ["1", "2", "3"]),
        ("{{{{raw}}}}{{#if}}{{{{/raw}}}}", ["{{#if}}"]),
        ("{{! no }}{{!-- {{x}} --}}a{# {% if x %} #}", ["a"]),
        ("{{if .A}}b{{else if .C}}d{{else}}e{{end}}{{range .L}}f{{end}}", ["bf", "df", "ef"]),
        ("{{ if }} {{ end_date }} {{ block }}", ["{{ if }} {{ end_date }} {{ block }}"]),
        ("<% if x %>b<% elsif y %>c<% else %>d<% end %>", ["b", "c", "d"]),
        ("<% unless x %>b<% end %><%# no %><% y = 1 %>", ["b", ""]),
        ("<% @list.each do |x| %><%= x %><% end %>", ["<%= x %>"]),
        ("<%= link_to(y) do %>here<% end %>", ["here"]),
        ("<% case x %>\n<% when 1 %>b<% when 2 %>c<% end %>", ["b", "c", ""]),
        ("<% if (x) { %>b<% } else { %>c<% } %>", ["b", "c"]),
        ("*|IF:A|*b*|ELSEIF:C|*d*|ELSE:|*e*|END:IF|*", ["b", "d", "e"]),
        ("*|IFNOT:A|*b*|END:IF|**|INTERESTED:X:Y|*c*|END:INTERESTED|*", ["bc", ""]),
        ("Dear *|FNAME|*", ["Dear *|FNAME|*"]),
    ],
)
def test_every_branch_is_taken(template: str, expected: list[str]) -> None:
    assert texts(template) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("a\n{% if x %}\nb\n{% endif %}\nc\n", ["a\nb\nc\n", "a\nc\n"]),
        ("a\r\n  {% if x %}  \r\nb\r\n{% endif %}\r\nc", ["a\r\nb\r\nc", "a\r\nc"]),
        ("a\n\n{% if x -%}\nb\n{%- endif %}\n\nc", ["a\n\nb\n\nc", "a\n\n\nc"]),
        ("a {%- if x -%} b {%- endif -%} c", ["abc", "ac"]),
        ("Dear {{- name -}} ,", ["Dear{{- name -}},"]),
        ("Dear  {{~name~}} ,", ["Dear{{~name~}},"]),
        ("a\n{# one\ntwo #}\nb", ["a\nb"]),
        ("{# one #}\n{%- set x = 1 -%}\nb", ["b"]),
        ("a\n{#- one -#}\n\nb", ["a\n\nb"]),
        ("a\n{%- for x in y -%}\nb\n{%- endfor -%}\nc", ["a\nb\nc"]),
        ("a\n{% endif %}{% if x %}\nb{% endif %}", ["a\nb", "a\n"]),
        ("a\n{{#x}}\nb\n{{/x}}\n{{^x}}\nc\n{{/x}}\nd", ["a\nb\nd", "a\nc\nd"]),
        ("a{% if x %}\nb{% endif %}\nc", ["a\nb\nc", "a\nc"]),
        ("{% if x %}\nb\n{% endif %}", ["b\n", ""]),
        ("a\n{{ x }}\nb", ["a\n{{ x }}\nb"]),
        ("a\n<%- if x -%>\nb\n<%- end -%>\n\nc", ["a\nb\n\nc", "a\n\nc"]),
    ],
)
def test_statements_take_their_lines_and_white_space(template: str, expected: list[str]) -> None:
    assert texts(template) == expected


@pytest.mark.parametrize(
    ("template", "alone"),
    [
        ("{% if x %}a{% endif %}", []),
        ("{% if x %}a", ["{% if x %}"]),
        ("a{% endif %}", ["{% endif %}"]),
        ("{% if x %}a{% endfor %}", ["{% if x %}", "{% endfor %}"]),
        ("{% if x %}a{% endif %}b{% endif %}", ["{% endif %}"]),
        ("{% for x in y %}{% if x %}a{% endfor %}", ["{% if x %}"]),
        ("{% else %}", ["{% else %}"]),
        ("{{#a}}b{{/c}}", ["{{#a}}", "{{/c}}"]),
        ("<% if x %>a<% end %><% end %>", ["<% end %>"]),
        ("*|IF:A|*b", ["*|IF:A|*"]),
        ("{% block a %}b{% endblock %}{% csrf_token %}", []),
    ],
)
def test_statements_without_a_partner(template: str, alone: list[str]) -> None:
    assert [template[s.start : s.end] for s in unbalanced(template)] == alone
    assert texts(template)


def test_there_are_never_too_many_ways() -> None:
    deep = "{% if x %}a" * 5_000 + "{% endif %}" * 5_000
    assert len(ways(deep)) == MOST_WAYS


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("letter.html.j2", "", True),
        ("a/letter.HBS", "", True),
        ("x.template.txt", "", True),
        ("decline_template.md", "", True),
        ("templates/x.txt", "", False),
        ("contemplated.txt", "", False),
        ("x.txt", "Dear {% if x %}you{% endif %}", True),
        ("x.txt", "{{#if a}}b{{/if}}", True),
        ("x.txt", "*|IF:A|*b*|END:IF|*", True),
        ("x.txt", "{{! a note }}", True),
        ("x.txt", "Dear {{ name }}, [Job] %NAME% *|FNAME|* <%= x %> {% first_name %} ${x}", False),
        ("x.txt", "the set {#1} and {1} of 5 % or <% less", False),
    ],
)
def test_a_template_is_told(path: str, text: str, expected: bool) -> None:
    assert is_template(path, text) is expected
    assert mode_of(Source(path, text)) is (Mode.TEMPLATE if expected else Mode.DRAFT)


def test_the_inner_name() -> None:
    names = ["letter.html.j2", "letter.j2", "letter.md", "a.b/letter"]
    assert [inner_path(n) for n in names] == ["letter.html", "letter", "letter.md", "a.b/letter"]


@pytest.mark.parametrize("name", ["letter.html.j2", "letter.hbs", "letter.html"])
def test_a_template_of_html_is_read_as_html(name: str) -> None:
    source = Source(name, "<p>Dear\n{{name}},</p>\n{{#a}}\n<p>O<b>n</b>e</p>\n{{/a}}\n")
    (letter,) = read(source, Mode.TEMPLATE)
    assert [way.body.text.split() for way in letter.ways] == [["Dear", "{{name}},", "One"], ["Dear", "{{name}},"]]


def test_a_template_of_text_is_read_as_text() -> None:
    (letter,) = read(Source("a.txt.erb", "Subject: <%= x %>\n\na <% if y %>b<% end %>"), Mode.TEMPLATE)
    assert [(way.subject.text.strip(), way.body.text.strip()) for way in letter.ways if way.subject] == [
        ("<%= x %>", "a b"),
        ("<%= x %>", "a"),
    ]


def test_comments_ignore_rules() -> None:
    (letter,) = read(Source("a.j2", "{# feedback-lint: ignore=bitter #}\nHi"), Mode.TEMPLATE)
    assert letter.ways[0].ignored == {"bitter"}


def test_a_mistake_in_one_branch_is_found_at_its_place(linter: Linter) -> None:
    text = (
        "Dear {{ name }},\n\nThank you for the interview. {% if warm %}It was a lovely day.{% else %}\n"
        "Send me your feedback by noon.{% endif %}\n"
    )
    (report,) = linter.lint(Source("a.j2", text), Settings(select=frozenset({"demanding"})))
    (found,) = report.diagnostics
    assert (report.mode, found.start.line) == (Mode.TEMPLATE, 4)
    assert "Send me your feedback" in found.quote


def test_a_finding_on_several_ways_is_reported_once(linter: Linter) -> None:
    text = "Send me your feedback today.\n\n{% if a %}Yours{% elif b %}Best{% else %}Cheers{% endif %},\nJo\n"
    (report,) = linter.lint(Source("a.j2", text), Settings(select=frozenset({"demanding"})))
    assert len(report.diagnostics) == 1


def test_statements_in_a_draft_are_left_in(linter: Linter) -> None:
    text = "Thank you{% if x %} very much{% endif %}."
    rules = Settings(select=frozenset({"unfilled-placeholder"}), mode=Mode.DRAFT)
    (report,) = linter.lint(Source("a.txt", text), rules)
    assert [d.quote for d in report.diagnostics] == ["{% if x %}", "{% endif %}"]


def test_folders_are_searched_for_templates(tmp_path: Path) -> None:
    for name in ("a.j2", "b.html.erb", "c.hbs", "d.py"):
        (tmp_path / name).write_text("x")
    assert [p.name for p in find_drafts([tmp_path]).files] == ["a.j2", "b.html.erb", "c.hbs"]
