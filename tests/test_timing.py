from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from feedback_lint.document import Document, Projection, Source
from feedback_lint.readers import plain
from feedback_lint.segment import segment
from feedback_lint.timing import Occasion, Wait, wait

NOW = datetime(2025, 3, 10, 12, 0, tzinfo=UTC)
NEWS = "We have decided to go with another candidate."


def document(quoted: str = "", headers: str = "", name: str = "Tom Ridley") -> Document:
    text = f"{headers}\n\nDear Ada,\n\nAny advice?\n\n{name}\n\n{quoted}"
    return segment(plain.read(Source("draft.txt", text), Projection.whole(text)))


def waited(
    quoted: str = "", headers: str = "", rejected_on: date | None = None, name: str = "Tom Ridley"
) -> Wait | None:
    return wait(document(quoted, headers, name), Occasion(NOW, rejected_on))


def hours(found: Wait | None) -> tuple[float, float] | None:
    return (found.least / timedelta(hours=1), found.most / timedelta(hours=1)) if found else None


def quoted(when: str, words: str = NEWS, author: str = "Ada Moss <ada@oak.example>") -> str:
    return f"On {when}, {author} wrote:\n> {words}\n"


def test_from_the_rejection_to_the_date() -> None:
    found = waited(quoted("3 March 2025 at 10:00:30"), "Date: Tue, 4 Mar 2025 10:00:30 +0000")
    assert hours(found) == (24, 24)


def test_times_without_a_zone_are_the_senders() -> None:
    found = waited(quoted("3 March 2025 at 10:00:30"), "Date: Tue, 4 Mar 2025 10:00:30 -0500")
    assert hours(found) == (24, 24)
    found = waited(quoted("3 March 2025 at 10:00:30 +0000"), "Date: Tue, 4 Mar 2025 10:00:30 -0500")
    assert hours(found) == (29, 29)


def test_a_date_without_a_zone() -> None:
    assert hours(waited(quoted("3 March 2025 at 10:00:30"), "Date: Tue, 4 Mar 2025 10:00:30")) == (24, 24)


def test_a_day_alone_is_an_interval() -> None:
    found = waited(quoted("3 March 2025"), "Date: Tue, 4 Mar 2025 12:00:00 +0000")
    assert found is not None
    assert (found.least, found.most) == (timedelta(hours=12, seconds=1), timedelta(hours=36))


def test_it_points_at_the_date() -> None:
    outlook = f"From: Ada Moss <ada@oak.example>\nSent: 9 March 2025 10:00\nTo: Tom\nSubject: News\n\n{NEWS}"
    for text, line in [
        (quoted("9 March 2025 at 10:00"), "On 9 March"),
        (outlook, "Sent: 9"),
        (f"> {outlook}", "Sent: 9"),
    ]:
        found = wait(parsed := document(text.replace("\n", "\n> ") if text[0] == ">" else text), Occasion(NOW))
        assert found is not None
        assert parsed.source.text[found.span.start :].startswith(line)


def test_without_a_date_the_clock_counts_for_two_months() -> None:
    assert hours(waited(quoted("9 March 2025 at 12:00"))) == (24 - 59 / 3600, 24)
    assert waited(quoted("8 January 2025 at 12:00")) is None


def test_what_lies_ahead_tells_nothing() -> None:
    assert waited(quoted("11 March 2025 at 12:00")) is None


def test_a_month_that_lies_ahead_is_not_meant() -> None:
    found = waited(quoted("03/04/2025 12:00:01"))
    assert found is not None
    assert found.most.days == 5


def test_the_last_rejection_counts() -> None:
    both = f"{quoted('9 March 2025 at 10:00:30')}>\n> On 1 March 2025 at 10:00, Ada Moss wrote:\n>> {NEWS}\n"
    assert hours(waited(both)) == pytest.approx((26, 26), abs=0.1)


@pytest.mark.parametrize(
    ("headers", "author", "name"),
    [
        ("From: Tom Ridley <tom@elm.example>", "Thomas <tom@elm.example>", "T"),
        ("From: Tom Ridley <t@elm.example>", "Ridley, Tom (home)", "T"),
        ("", "Tom Ridley", "Tom Ridley"),
    ],
)
def test_the_senders_own_mail_is_no_rejection(headers: str, author: str, name: str) -> None:
    assert waited(quoted("9 March 2025 at 10:00", author=author), headers, name=name) is None


def test_other_mails_are_no_rejection() -> None:
    assert waited(quoted("9 March 2025 at 10:00", "We would love to meet you on Tuesday.")) is None


def test_rejected_on() -> None:
    found = waited(quoted("1 March 2025 at 10:00"), rejected_on=date(2025, 3, 10))
    assert hours(found) == (0, 12)
    assert found is not None
    assert found.span.start == found.span.end
    assert document().source.text[found.span.start :].startswith("Any advice?")
    assert hours(waited(rejected_on=datetime(2025, 1, 10, 12, tzinfo=UTC))) == (59 * 24, 59 * 24)
    assert hours(waited(rejected_on=datetime(2025, 3, 9, 12))) == (24, 24)
    assert waited(rejected_on=date(2025, 3, 11)) is None


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_odd_years_are_survived(year: str) -> None:
    waited(quoted("9 March 2025 at 10:00"), f"Date: Mon, 1 Jan {year} 00:00:00 +1400")
    waited(rejected_on=date(int(year), 1, 1))
