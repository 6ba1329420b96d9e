"""The model letters of the documents that the rules come from, filled in: what they lack is all that is reported."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from feedback_lint.diagnostic import Severity
from feedback_lint.document import Mode, Source, Stage
from feedback_lint.linter import Linter
from feedback_lint.settings import Settings


@dataclass(frozen=True)
class Letter:
    name: str
    text: str
    lacks: frozenset[str] = frozenset()
    stage: Stage = Stage.REQUEST


LETTERS = (
    Letter(
        "seed 000",
        """\
Dear Mr. Okafor,

While I'm disappointed that you have chosen another candidate for this position, I appreciate the opportunity to \
interview with you.

Since I'm always looking for ways to grow professionally, do you have any suggestions on what I can do to enhance my \
candidacy for future opportunities in this field?

I respect your opinion and appreciate any feedback you might have.

Thank you again for your time and consideration.

Sincerely,
John Smith
""",
        frozenset({"missing-job-title"}),
    ),
    Letter(
        "seed 002",
        """\
Subject: Following up on Data Analyst Interview

Dear Ms. Lindqvist,

Thank you again for the opportunity to interview for the Data Analyst position at Northwind. I genuinely enjoyed \
learning more about your team and the role.

While I was disappointed to hear I was not selected, I respect your decision. To help with my professional \
development, I would be very grateful if you could share any feedback on my interview or qualifications. Any insights \
you could provide would be valuable for me as I move forward in my job search.

Thank you for your time and consideration. I wish you and Northwind all the best.

Sincerely,
Priya Raman
""",
    ),
    Letter(
        "seed 002, its sentences in other places",
        """\
Subject: Following up on the Data Analyst position

Dear Ms. Lindqvist,

Thank you for the opportunity to interview for the Data Analyst role and for letting me know of your decision.

As I continue my professional growth, I would be grateful for any feedback you might be willing to share regarding my \
application or interview that could help me improve in the future.

Thank you again for your time and consideration. I wish you and the team all the best in finding a suitable candidate.

Sincerely,
Priya Raman
""",
    ),
    Letter(
        "seed 002, the reply to feedback",
        """\
Subject: Re: Data Analyst interview

Dear Ms. Lindqvist,

Thank you so much for taking the time to share this feedback. I appreciate your insights and will use them for my \
professional development.

Sincerely,
Priya Raman
""",
        stage=Stage.THANKS,
    ),
    Letter(
        "seed 003",
        """\
Thank you for the opportunity to meet with you and to learn about the team and the products you're working on. \
Although I am disappointed that I did not advance to the final round, I am still enthused by the energy and passion of \
everyone on the team. I would like to stay in touch, and I've sent you a connection request via LinkedIn. In the \
meantime, would it be possible for us to chat for a few moments so that I may glean some insight into what exactly you \
are looking for in this role? I ask for my own edification, and so that I have a better understanding of what \
attributes you deem most important.

Again, I sincerely thank you for your time and consideration, and I hope to hear from you.

Dana Whitfield
""",
        frozenset({"missing-name", "missing-job-title"}),
    ),
)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_a_model_letter_is_reported_only_for_what_it_lacks(linter: Linter, letter: Letter) -> None:
    (report,) = linter.lint(Source("letter.txt", letter.text), Settings(mode=Mode.DRAFT))
    reported = {d.rule: d.quote for d in report.diagnostics if d.severity is not Severity.SUGGESTION}
    assert set(reported) == letter.lacks, reported
    assert report.stage is letter.stage


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_a_model_letter_ticks_the_checklist(linter: Linter, letter: Letter) -> None:
    (report,) = linter.lint(Source("letter.txt", letter.text), Settings(mode=Mode.DRAFT))
    undone = {i.label for i in report.checklist if not i.done}
    assert len(undone) == len(letter.lacks), undone
