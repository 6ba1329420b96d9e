from __future__ import annotations

import pytest

from feedback_lint.delimiters import find_malformed


def malformed(text: str) -> set[str]:
    return {text[s.start : s.end] for s in find_malformed(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dear {{name},", "{{name}"),
        ("Dear {name}},", "{name}}"),
        ("Dear {{{name}},", "{{{name}}"),
        ("Dear {{name}}},", "{{name}}}"),
        ("Dear {{name]],", "{{name]]"),
        ("Dear {{name,", "{{name"),
        ("Dear name}},", "name}}"),
        ("Dear { {name} },", "{ {name} }"),
        ("Dear {{ user.name|default('you') },", "{{ user.name|default('you') }"),
        ("Dear {{ name %},", "{{ name %}"),
        ("Dear {{ }},", "{{ }}"),
        ("Dear ${name,", "${name"),
        ("Dear ${ },", "${ }"),
        ("Dear <%= name },", "<%= name }"),
        ("Dear <%= name >,", "<%= name >"),
        ("Dear <%= @name.first,", "<%= @name.first"),
        ("Dear <= name %>,", "<= name %>"),
        ("Dear name %>,", "name %>"),
        ("{% if x }a{% endif %}", "{% if x }"),
        ("{% if x }}a{% endif %}", "{% if x }}"),
        ("{{% if x %}}a{% endif %}", "{{% if x %}}"),
        ("{ % if x %}a{% endif %}", "{ % if x %}"),
        ("Dear *|FNAME|,", "*|FNAME|"),
        ("Dear |FNAME|*,", "|FNAME|*"),
        ("Dear *FNAME|*,", "*FNAME|*"),
        ("Dear «First Name,", "«First Name"),
        ("Dear First Name»,", "First Name»"),
        ("Dear <<Name>,", "<<Name>"),
        ("Dear <Name>>,", "<Name>>"),
        ("at <Company Name today", "<Company Name"),
        ("Dear %NAME,", "%NAME"),
        ("Dear FIRST_NAME%,", "FIRST_NAME%"),
        ("Dear %(name),", "%(name)"),
        ("the [Job Title role", "[Job Title"),
        ("the Job Title] role", "Job Title]"),
        ("the role_title] role", "role_title]"),
        ("Best,\n[Your Name\n\n[1] x", "[Your Name"),
        ("[Hiring Manager’s Name, hello", "[Hiring Manager’s Name"),
        ("Dear [[name}},", "[[name}}"),
    ],
)
def test_delimiters_that_do_not_pair(text: str, expected: str) -> None:
    assert expected in malformed(text)


@pytest.mark.parametrize(
    "text",
    """see [1] and (see [2] too)|[sic] :[ and a :]|{a: {b: c}}|{"name": {"first": "x"}}|p {color: red}} p
the range [0, 5) and (1, 2]|3 > 2 and 1 < name|Dear {{ name }} and {x} and ${y} and #{z}|the [Job\nTitle]|100 %>
<%= a > b %> and <% if x > 1 %>|*~FNAME~* and %NAME% and %(name)s|100% NAMED, up 5% NAME|vector<vector<int>> x
[and I still feel that the role was ours|he said "the role] of"|> quoted name|{{{raw}}} and {{#if a}}b{{/if}} {{> p}}
{% if x %} {{- name -}} {{~x~}}|«bonjour tout le monde|a[i]] = name[j]|[[name]]|f(x) { return name }|:-{ name
**bold**~Name~*x*|{ name }|%d %s %20NAME|[Name] <a@b.example>|List<Map<String, Name>>|{foo: {name}}|$name""".split("|"),
)
def test_what_only_looks_unpaired(text: str) -> None:
    assert malformed(text.replace("~", "|")) == set()
