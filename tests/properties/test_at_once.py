"""What is found before anything is parsed is found afterwards, too, whatever the mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lint.document import Mode, Source, Stage
from feedback_lint.input import InputError
from feedback_lint.linter import Linter
from feedback_lint.settings import Settings

_LINES = """\
Subject: Tailor position
Subject: Re:
From: Sam Porter <sam@example.org>
Date: Mon, 3 Mar 2025 16:12:00 +0000
X-Feedback-Lint: ignore=missing-name


Dear [Name],
Dear Ms Osei,
Hi all,
Thank you for your time.
Thanks Col, good of you to write.
I was interviewed for the {{job_title}} role at Fenwick & Sons.
{% if long %}
{% endif %}
Why was I turned down?
Could you tell me what I could do better as a nurse?
I wrote to you last week.
I INSIST on an answer by <DATE>!!
Thank you for your feedback, it was most helpful.
Best,
Sam Porter
On Mon, 3 Mar 2025 at 16:12, Ana Quist <ana@example.org> wrote:
> Unfortunately, we chose another candidate.
"""
_MAILS = st.lists(st.one_of(st.sampled_from([*_LINES.splitlines(), "-- "]), st.text(max_size=8)), max_size=14).map(
    "\n".join
)
_NAMES = st.sampled_from(("d.txt", "d.eml", "d.md", "d.html", "d.txt.j2"))


@given(_MAILS, _NAMES, st.none() | st.sampled_from(Stage), st.none() | st.sampled_from(Mode), st.booleans())
@settings(max_examples=100)
def test_what_is_found_at_once_is_a_part_of_the_whole(
    linter: Linter, text: str, name: str, stage: Stage | None, mode: Mode | None, is_told: bool
) -> None:
    rejected_on = date(2025, 3, 3) if is_told else None
    now = datetime(2025, 4, 3, tzinfo=UTC)
    chosen = Settings(stage=stage, mode=mode, rejected_on=rejected_on, now=now, reader=False)
    source = Source(name, text)
    try:
        reports = linter.lint(source, chosen)
    except InputError:
        return
    early = linter.lint_at_once(source, chosen)
    rest = iter([replace(d, suggestions=()) for report in reports for d in report.diagnostics])
    assert all(finding in rest for finding in early)  # in the same order
