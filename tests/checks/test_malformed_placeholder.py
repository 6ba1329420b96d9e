"""Placeholders that will not work, in whole letters."""

from __future__ import annotations

import pytest

from feedback_lint.document import Mode, Source
from feedback_lint.linter import Linter
from feedback_lint.settings import Settings

BOTH = frozenset({"malformed-placeholder", "unfilled-placeholder"})
NAMES = frozenset({"first_name", "job_title", "sender.name", "panel"})


def found(linter: Linter, text: str, names: frozenset[str] | None = None) -> list[tuple[str, list[str]]]:
    settings = Settings(frozenset({"malformed-placeholder"}), mode=Mode.TEMPLATE, placeholders=names)
    (report,) = linter.lint(Source("a.j2", text), settings)
    return [(d.quote, [s.text for s in d.suggestions]) for d in report.diagnostics]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dear {{ first_name }}, {{job_title|title}} {{ sender.name }} {{ panel.size }}", []),
        ("the [Job Title] and [[job-title]]", []),
        ("Dear {{ frist_name }},", [("{{ frist_name }}", ["{{ first_name }}"])]),
        ("Dear [Job Titel],", [("[Job Titel]", ["[job_title]"])]),
        ("Dear {{ sender.nmae }},", [("{{ sender.nmae }}", ["{{ sender.name }}"])]),
        ("Dear {{ zebra }},", [("{{ zebra }}", [])]),
        ("Dear {{ capitalize first_name }} and <%= @first_name.titleize %>", []),
        ("{% set role = job_title %}{% for p in panel %}{{ p.name }} {{ loop.index }} {{ role }}{% endfor %}", []),
        ("{{#each panel as |who|}}{{who}} {{this}} {{@index}}{{/each}} ____ {{ 3 }} {{ 'text' }}", []),
        ("<% panel.each do |who| %><%= who %><% end %>", []),
    ],
)
def test_names_are_held_against_the_list(linter: Linter, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert found(linter, text, NAMES) == expected


def test_without_a_list_any_name_will_do(linter: Linter) -> None:
    assert found(linter, "Dear {{ zebra }},") == []


def test_a_statement_is_reported_once_and_quoted(linter: Linter) -> None:
    text = "Hi {% if a %}A{% else %}B{% endif %}\n{% endif %}\nthere {{name}"
    assert [quote for quote, _ in found(linter, text)] == ["{% endif %}", "{{name}"]


def test_a_blank_of_a_draft_is_reported_by_one_rule(linter: Linter) -> None:
    text = "Dear {{name},\n\nThank you for the [Job Title] interview at { {company} }.\n"
    (report,) = linter.lint(Source("a.txt", text), Settings(BOTH, mode=Mode.DRAFT))
    assert [(d.rule, d.quote) for d in report.diagnostics] == [
        ("malformed-placeholder", "{{name}"),
        ("unfilled-placeholder", "[Job Title]"),
        ("malformed-placeholder", "{ {company} }"),
    ]


def test_a_malformed_placeholder_still_names_what_it_stands_for(linter: Linter) -> None:
    text = "Subject: {{job_title} interview\n\nDear {{name},\n\nThank you for the visit.\n\nBest,\n{{sender_name]]\n"
    rules = frozenset({"missing-name", "missing-job-title", "missing-signature", "vague-subject"})
    (report,) = linter.lint(Source("a.j2", text), Settings(rules))
    assert report.diagnostics == ()
