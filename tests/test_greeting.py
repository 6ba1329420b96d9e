from __future__ import annotations

import pytest

from feedback_lint.greeting import greeting_end, names_reader

NAMED = """Dear Sister Oyelaran,|Hi Shaz|Kia ora Sam|Respected Mr Iyer sir|Miguel,|dear priya ma'am
Dear Helena and Tom|Hi Dr. O'Neill|Dear Ms. van der Berg:|Hello Anne-Marie!|hey jo,
Good evening Prof. Li,|Tanaka-san,|Dear Hiring Manager Ms Lee,|Hi again Mei,|Bonjour Madame Dubois,
Namaste Rajesh ji,|Dear Helena, Tom and team,|Morning Sheila|Alright Steve,|Dear Ms Hope,|Hi Grace!
Hello, Dave!|Good afternoon, Ms. Tan.|DEAR MR SMITH|Hi Mr. Chen -|Dear Łukasz,|Dear D’Arcy,
Dear Sarah from HR,|Dear Dr. Anil K. Sharma,|Hi J,|Attn: Ms Green|Dear Mrs Best,|hi will,
Good morning Mrs. Bright,|Hi Sam (and panel),|Dia duit a Shiobhán,|Assalamu alaikum Brother Yusuf,
Dear Mr./Ms. Rao,"""
NAMELESS = """Dear Hiring Manager,|To whom it may concern|To Whom It May Concern:|Hi there|Dear Recruitment Team,
Dear Sir/Madam|Dear Sir or Madam,|Hello,|Hi!|Hey|Good morning,|Greetings,|Dear Acme Team,|Hi all,
Dear HR Department,|Dear Selection Committee|Hello everyone,|Dear Interviewer,|Respected Sir,|Sir,
Hello again,|Dear Head of HR,|Ladies and Gentlemen,|Hi team at Acme,|Dear friends,
Dear Northgate School,|Dear Director,|Greetings of the day,"""
SENTENCES = """Unfortunately, I did not get it.|Thank you for the interview.|Interview Feedback Request
Yesterday I came in.|Morning shifts suit me.|Honestly, I was sad.|I am writing to you.|Any tips?"""


def split(table: str) -> list[str]:
    return [line for row in table.splitlines() for line in row.split("|")]


@pytest.mark.parametrize("line", split(NAMED))
def test_names_somebody(line: str) -> None:
    assert greeting_end(line) == len(line)
    assert names_reader(line)


@pytest.mark.parametrize("line", split(NAMELESS))
def test_names_nobody(line: str) -> None:
    assert greeting_end(line) == len(line)
    assert not names_reader(line)


@pytest.mark.parametrize("line", split(SENTENCES))
def test_is_no_greeting(line: str) -> None:
    assert greeting_end(line) == 0


@pytest.mark.parametrize(
    ("line", "greeting"),
    [
        ("Hi Chloe, thanks so much!", "Hi Chloe,"),
        ("hi dave thanks for having me", "hi dave"),
        ("Hi Dr. O'Neill. Thank you.", "Hi Dr. O'Neill."),
        ("Hey Ingrid — thank you", "Hey Ingrid —"),
        ("Sarah – thank you", "Sarah –"),
        ("Dear Hiring Manager I am writing", "Dear Hiring Manager"),
        ("Dear all at St. Anne's Hospital, thank you", "Dear all at St. Anne's Hospital,"),
        ("Dear Sam and thank you", "Dear Sam"),
        ("hi hope you are well", "hi"),
    ],
)
def test_text_on_the_same_line_is_cut_off(line: str, greeting: str) -> None:
    assert line[: greeting_end(line)].strip() == greeting


@pytest.mark.parametrize("line", ["Dear Ms Osei", "Alan, thanks", "hello i came in"])
def test_a_lone_line_needs_a_salutation_and_a_pause(line: str) -> None:
    assert greeting_end(line, lone=True) == 0
    assert greeting_end("Hi Sam, why?", lone=True)
