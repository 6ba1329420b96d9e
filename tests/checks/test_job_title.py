from __future__ import annotations

import pytest

from feedback_lint.checks.job_title import JobTitles
from feedback_lint.rule_files import load_ruleset

NAMED = """
Thank you for interviewing me for the Staff Nurse post.
thanks for the interview for welder
Thank you for the interview of hospital porter on Wednesday.
my interview for the post of Assistant Manager - Procurement
I applied as a groundskeeper
I was sorry to miss out on the hydrologist role
the marketing internship was great
Thank you for considering me for Head of Sixth Form.
Thanks for the sous chef trial
i had the interview with you on friday for security guard
Thank you for talking to me about the SDE-2 position
the night-shift role
Thanks for the hatter job chat
the lectureship in medieval history
I interviewed for the Bid Writer role
the position (Sales Assistant) is filled
I am writing about the Learning and Development Manager position
the apprentice electrician place
the PhD studentship interview
Thank you for the QA interview.
Interview feedback for the role of Conservator of paintings
I was interviewed on Tuesday by you and Mr Rao for Chief Financial Officer
the software engineering apprenticeship
my barista interview last week
Thanks again for the chance to try out as a line cook
the Teacher of Mathematics post
I interviewed to be your new office manager
Thank you for letting me know about the Events Coordinator decision.
Thank you for seeing me about the SNA post
interview for ST3 Paediatrics
"""
UNNAMED = """
Thank you for the interview on 3 March.
I enjoyed learning about the role and the team.
Please thank your receptionist for me.
a friend who is a nurse told me to ask
The hiring manager was kind to me.
Thank you for considering me for this position.
I will apply for other nurse jobs
I currently work as a teacher and I am good at it.
Thank you for the great opportunity.
I enjoyed the technical interview.
the Acme role
the BBC role
the full-time position
Thanks for the job interview last week.
I want to become a better engineer.
Thank you for meeting me with the manager.
the position at Leeds
I hope to apply for similar analyst roles in future
my current job as a waiter
the recruiter call was nice
How can I become a stronger candidate for future roles?
my friend the plumber says hello
I'd value your feedback as an experienced manager
I respect the decision of the manager
"""
SUBJECTS = """
Data Analyst
Re: Staff Nurse (Band 5), Ward 7 - thank you
Marketing internship
Finance, Leeds
Thanks from a backend developer candidate
HR Assistant interview: a question
Teacher of History - outcome
re: barista
Hatter position
"""
VAGUE_SUBJECTS = """
Quick question
Following Up On My Interview
Thank You For The Interview
Re: Your decision
A note to the hiring manager
Feedback from the recruiter
Hello from a former applicant
Request For Feedback On My Application For The Role
The role at Acme
Question for the manager
"""


def lines(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.fixture(scope="module")
def titles() -> JobTitles:
    return JobTitles(load_ruleset().vocabulary)


@pytest.mark.parametrize("text", lines(NAMED))
def test_a_job_is_named(titles: JobTitles, text: str) -> None:
    assert list(titles.find(text))


@pytest.mark.parametrize("text", lines(UNNAMED))
def test_no_job_is_named(titles: JobTitles, text: str) -> None:
    assert not [text[s.start : s.end] for s in titles.find(text)]


@pytest.mark.parametrize("text", lines(SUBJECTS))
def test_a_subject_names_the_job(titles: JobTitles, text: str) -> None:
    assert list(titles.find(text, in_subject=True))


@pytest.mark.parametrize("text", lines(VAGUE_SUBJECTS))
def test_a_subject_names_no_job(titles: JobTitles, text: str) -> None:
    assert not [text[s.start : s.end] for s in titles.find(text, in_subject=True)]


def test_the_span_is_the_title_and_its_word(titles: JobTitles) -> None:
    text = "Thank you for the Staff Nurse post."
    assert [text[s.start : s.end] for s in titles.find(text)] == ["Staff Nurse post"]


def test_without_vocabulary_nothing_is_known() -> None:
    assert not list(JobTitles({}).find("the Staff Nurse post"))
