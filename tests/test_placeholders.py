from __future__ import annotations

import pytest

from feedback_lint.document import PlaceholderKind
from feedback_lint.placeholders import find_placeholders, kind_of

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
[a][ref]|empty {} here|vector<int> v|std::map<std::string, int> m|anyway.... thanks|well..... ok
hi......|Love, Sam xxx|SAM XXX|<3 thanks|a[i] = 3|`{name}` in code|100% of 20% is
the [ref. HR-2231] case|[JIRA-12] x|[external] hi|<b>bold</b>|on x_y_z|https://a.example/_name_/x|Hello,
Hi,|std::vector::size|"I think [they] were late"|f(x){return x;}|List<String> names
snake_case_name and __init__|[...]|3 < 5 and 7 > 2|regex [A-Z]+ and [a-z0-9]|a template <typename T>
________________""".replace("\n", "|").split("|"),
)
def test_what_only_looks_like_a_blank(text: str) -> None:
    assert find_placeholders(text) == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("firstName", PERSON),
        ("hiring_manager", PERSON),
        ("company-name", COMPANY),
        ("Job Title at Company", JOB),
        ("interview_date", DATE),
        ("a skill", TEXT),
    ],
)
def test_kinds_are_told_from_words(words: str, kind: PlaceholderKind) -> None:
    assert kind_of(words) is kind
