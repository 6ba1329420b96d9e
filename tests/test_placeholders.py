from __future__ import annotations

import pytest

from feedback_lint.document import Mode, PlaceholderKind
from feedback_lint.placeholders import find_placeholders

PERSON, JOB, COMPANY, DATE, TEXT = (
    PlaceholderKind.PERSON,
    PlaceholderKind.JOB_TITLE,
    PlaceholderKind.COMPANY,
    PlaceholderKind.DATE,
    PlaceholderKind.TEXT,
)


@pytest.mark.parametrize(
    ("text", "blank", "kind"),
    [
        ("the [Job Title] role", "[Job Title]", JOB),
        ("[Job Title]: thank you", "[Job Title]", JOB),
        ("the [INSERT\nROLE] post", "[INSERT\nROLE]", JOB),
        ("Dear {{ name }},", "{{ name }}", PERSON),
        ("Dear {first_name},", "{first_name}", PERSON),
        ("at ${company}", "${company}", COMPANY),
        ("at <Company Name> today", "<Company Name>", COMPANY),
        ("Dear <<Name>>,", "<<Name>>", PERSON),
        ("Dear %NAME%,", "%NAME%", PERSON),
        ("Dear *|FNAME|*,", "*|FNAME|*", PERSON),
        ("Dear _name_,", "_name_", PERSON),
        ("on ::date:: at noon", "::date::", DATE),
        ("at ____ last week", "____", TEXT),
        ("the ____ role", "____", JOB),
        ("Dear ........,", "........", PERSON),
        ("the .... role", "....", JOB),
        ("I liked XXX a lot", "XXX", TEXT),
        ("call XXX-XXX-XXXX now", "XXX-XXX-XXXX", TEXT),
        ("the xxx position", "xxx", JOB),
        ("the XX role", "XX", JOB),
        ("at XYZ Ltd", "XYZ", TEXT),
        ("Dear Mr./Ms. [Name],", "[Name]", PERSON),
        ("Dear Mr./Ms.,", "Mr./Ms.", PERSON),
        ("Dear ,", "Dear ,", PERSON),
        ("Hi ,", "Hi ,", PERSON),
        ("[mention something specific you liked]", "[mention something specific you liked]", TEXT),
        ("Best,\n(your name)", "(your name)", PERSON),
        ("on (insert date)", "(insert date)", DATE),
        ("Dear {{ user.first_name|default('you') }},", "{{ user.first_name|default('you') }}", PERSON),
        ("Dear {{- name -}},", "{{- name -}}", PERSON),
        ("the {{{role}}} post", "{{{role}}}", JOB),
        ("on {{formatDate\n  interview_date}}", "{{formatDate\n  interview_date}}", DATE),
        ("Dear <%= @candidate.name %>,", "<%= @candidate.name %>", PERSON),
        ("at <%== a > b %> now", "<%== a > b %>", TEXT),
        ("Dear #{name},", "#{name}", PERSON),
        ("Dear %(first_name)s,", "%(first_name)s", PERSON),
        ("Dear %%NAME%%,", "%%NAME%%", PERSON),
        ("Dear «FirstName»,", "«FirstName»", PERSON),
        ("Dear [[first_name]],", "[[first_name]]", PERSON),
        ("Dear @@name@@,", "@@name@@", PERSON),
        ("Dear ##name##,", "##name##", PERSON),
        ("Dear {{ title }} Osei,", "{{ title }}", PERSON),
        ("the {{ title }} role", "{{ title }}", JOB),
        ("my site (TODO add the link)", "TODO add the link", TEXT),
        ("in future _________ (i.e. in this field)", "_________", TEXT),
    ],
)
def test_a_blank_is_found(text: str, blank: str, kind: PlaceholderKind) -> None:
    (found,) = find_placeholders(text)
    assert text[found.span.start : found.span.end] == blank
    assert found.kind is kind


@pytest.mark.parametrize(
    "text",
    """see [1] and [2, 3]|he was [sic] right|:-[ and :]|[x] done, [ ] to do|mail <sam@x.example> now
see <https://x.example/a_b_c>|this is *very* nice|I _really_ like it|[my site](https://a.example)
[my notes]: https://a.example|[the top]: #top|[old mail]: <x y>
[a][ref]|empty {} here|vector<int> v|std::map<std::string, int> m|anyway.... thanks|well..... ok
hi......|Love, Sam xxx|SAM XXX|<3 thanks|a[i] = 3|`{name}` in code|100% of 20% is
the [ref. HR-2231] case|[JIRA-12] x|[external] hi|<b>bold</b>|on x_y_z|https://a.example/_name_/x|Hello,
Hi,|std::vector::size|"I think [they] were late"|f(x){return x;}|List<String> names
snake_case_name and __init__|[...]|3 < 5 and 7 > 2|regex [A-Z]+ and [a-z0-9]|a template <typename T>
the $name we had|a {0} here|## Heading ##|me@@you|[Subscribe here] now|[Read more] on it|my TODO list
{% and 5 %|<% less than|________________""".replace("\n", "|").split("|"),
)
def test_what_only_looks_like_a_blank(text: str) -> None:
    assert find_placeholders(text) == ()


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("Dear $first_name, the $role role", [("$first_name", PERSON), ("$role", JOB)]),
        ("Regards, {0}", [("{0}", TEXT)]),
        ("it cost $5 and $$ and a$b", []),
    ],
)
def test_a_template_has_more_syntaxes(text: str, blanks: list[tuple[str, PlaceholderKind]]) -> None:
    found = find_placeholders(text, Mode.TEMPLATE)
    assert [(text[p.span.start : p.span.end], p.kind) for p in found] == blanks
    assert find_placeholders(text) == ()


@pytest.mark.parametrize("text", ["Dear {{name},", "Dear { {name} },", "Dear [[name}},", "Dear {{name}}},"])
def test_a_malformed_placeholder_stands_for_its_kind_once(text: str) -> None:
    (found,) = find_placeholders(text)
    assert (text[found.span.start : found.span.end], found.kind) == (text[5:-1], PERSON)
    assert found.malformed
