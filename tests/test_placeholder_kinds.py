from __future__ import annotations

import pytest

from feedback_lint.document import PlaceholderKind
from feedback_lint.placeholder_kinds import expression, kind_of

PERSON, JOB, COMPANY, DATE, TEXT = (
    PlaceholderKind.PERSON,
    PlaceholderKind.JOB_TITLE,
    PlaceholderKind.COMPANY,
    PlaceholderKind.DATE,
    PlaceholderKind.TEXT,
)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("firstName", PERSON),
        ("hiring_manager", PERSON),
        ("hiring_manager_first_name", PERSON),
        ("sender.name", PERSON),
        ("my_name", PERSON),
        ("manager.salutation", PERSON),
        ("Hiring Manager's Name", PERSON),
        ('panel|join(", ")', PERSON),
        ("{{ name or 'friend' }}", PERSON),
        ("{{capitalize firstName}}", PERSON),
        ("contact.title", PERSON),
        ("*|FNAME:Friend|*", PERSON),
        ('{{ user["first_name"] }}', PERSON),
        ("company-name", COMPANY),
        ("company.name", COMPANY),
        ("name of the company", COMPANY),
        ("hiring_team", COMPANY),
        ("Job Title at Company", JOB),
        ("{{ job.title | title }}", JOB),
        ("roleTitle", JOB),
        ("position_name", JOB),
        ("interview_date", DATE),
        ("date of the job interview", DATE),
        ('{{formatDate interview_date "long"}}', DATE),
        ("a skill", TEXT),
        ("candidate.email", TEXT),
        ("first impression", TEXT),
        ("specific part of the role", TEXT),
        ("mention something that you learned about the company", TEXT),
        ('{{ greeting|default("Dear manager") }}', TEXT),
        ("city", TEXT),
        ("", TEXT),
    ],
)
def test_kinds_are_told_from_words(words: str, kind: PlaceholderKind) -> None:
    assert kind_of(words) is kind


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("{{ user.first_name | title }}", "user.first_name"),
        ("[Job Title]", "Job Title"),
        ("*|FNAME:there|*", "FNAME"),
        ("${candidate.name ?? 'you'}", "candidate.name"),
        ("<%= @candidate.name %>", "candidate.name"),
        ("{{- x['y'] -}}", "x.y"),
        ("____", ""),
    ],
)
def test_the_name_in_a_placeholder(words: str, name: str) -> None:
    assert expression(words) == name
