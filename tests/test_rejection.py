from __future__ import annotations

import time

import pytest

from feedback_lint.rejection import holds_feedback, is_rejection


@pytest.mark.parametrize(
    "text",
    [
        "Unfortunately, you have not been successful on this occasion.",
        "I'm sorry to say that your application was unsuccessful.",
        "We regret to inform you that we are unable to offer you the post.",
        "After much thought we've decided to go with another candidate.",
        "We will be moving forward with other applicants.",
        "The panel has chosen to proceed with a candidate whose experience more closely matches the role.",
        "We won't be taking your application any further.",
        "We won't\nbe progressing with your application.",
        "We offered the job to someone else.",
        "The position has now been filled.",
        "We have decided not to continue with your candidacy.",
        "We’ll keep your CV on file.",
        "It was close, but another applicant was a better match and has been appointed.",
        "You were not selected for the apprenticeship.",
        "I am afraid it is a no this time: we can't offer you the place.",
        "You are no longer being considered for this vacancy.",
    ],
)
def test_rejections(text: str) -> None:
    assert is_rejection(f"Dear Tom,\nThank you for coming in. {text} All the best,\nAda")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We are pleased to invite you to an interview.",
        "Unfortunately I cannot make Tuesday. Could we meet on Wednesday?",
        "We have not decided on the position yet.",
        "If you are not successful we will let you know by Friday.",
        "Sorry for the delay. The panel meets on Monday.",
        "We are delighted to offer you the role.",
        "Please bring your certificates. You will not need a laptop.",
        "I know that I was not picked, and thank you for telling me.",
        "You asked what you could work on. You were not selected because your cutting list was incomplete.",
        "Here are some comments from the panel. We chose another candidate for her welding.",
        "Thank you for your request. Sadly another candidate was stronger on tax.",
        "The feedback was as follows: unfortunately your application did not show enough depth for the role.",
    ],
)
def test_other_mails(text: str) -> None:
    assert not is_rejection(text)


def test_any_text_takes_little_time() -> None:
    start = time.perf_counter()
    for text in (
        "sorry you role not " * 50_000,
        "a" * 1_000_000,
        "we offered more more " * 50_000,
        "not unable " * 90_000,
    ):
        is_rejection(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As you asked, here are our comments on the day.", True),
        ("Your lesson plan was too long for the time.", True),
        ("You should practise reading a drawing.", True),
        ("You rushed the last two questions.", True),
        ("Unfortunately, we have decided to go with another candidate.", False),
        ("Your interview was a pleasure, and you should hear about the travel costs soon.", False),
    ],
)
def test_a_mail_that_holds_feedback(text: str, expected: bool) -> None:
    assert holds_feedback(text) is expected
