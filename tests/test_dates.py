from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lint.calendar_words import MONTHS, WEEKDAYS
from feedback_lint.dates import Interval, find_date, folded, interval_of

ZONE = timezone(timedelta(hours=1))
DAY, AT = date(2025, 3, 6), time(16, 12)


@pytest.mark.parametrize(
    "text",
    [
        "On Thu, Mar 6, 2025 at 4:12\u202fPM Lou",
        "Thu, Mar 06, 2025 at 04:12PM",
        "March 6th, 2025 at 4.12pm",
        "Thursday, 6 March 2025 16:12",
        "6th of March 2025, at 16:12",
        "6-Mar-25 16:12",
        "6/Mar/2025 16:12",
        "Do., 6. März 2025 um 16:12 Uhr",
        "06.03.2025 um 16:12",
        "06.03.25, 16:12",
        "jeu. 6 mars 2025 à 16:12",
        "le 6 mars 2025 à 16h12",
        "16h12, le 6 mars 2025",
        "jue, 6 mar 2025 a la(s) 4:12 p. m.",
        "jueves, 6 de marzo de 2025 16:12",
        "gio 6 mar 2025 alle ore 16:12",
        "qui., 6 de mar. de 2025 às 16:12",
        "do 6 mrt 2025 om 16:12",
        "czw., 6 mar 2025 o 16:12",
        "6 marca 2025 16:12",
        "tors 6 mars 2025 kl. 16:12",
        "tor. 6. mar. 2025 kl. 16.12",
        "to 6. maalisk. 2025 klo 16.12",
        "6. maaliskuuta 2025 klo 16.12",
        "čt 6. 3. 2025 v 16:12",
        "2025. márc. 6., Cs, 16:12",
        "joi, 6 mar. 2025 la 16:12",
        "6 Mar 2025 Per, 16:12 tarihinde",
        "6 Mart 2025 Perşembe 16:12",
        "Πέμ 6 Μαρ 2025 στις 4:12 μ.μ.",
        "чт, 6 мар. 2025 г. в 16:12",
        "6 марта 2025 г. 16:12",
        "чт, 6 бер. 2025 р. о 16:12",
        "2025年3月6日(木) 16:12",
        "2025年3月6日 下午4:12",
        "2025년 3월 6일 (목) 오후 4:12",
        "2025. 3. 6. 오후 4:12",
        "2025-03-06 16:12",
        "2025/03/06 16:12",
        "2025-03-06T16:12",
        "Thu 06/03/2025 16:12",
        "Thursday, 3/6/2025 4:12 PM",
    ],
)
def test_a_day_and_a_time(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert (found.time, found.zones) == (AT, ())
    assert DAY in found.days
    if "Thu" in text or "." in text:
        assert found.days == (DAY,)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("6 March 2025 16:12:30 +0530", [5.5]),
        ("6 March 2025 16:12:30 -03:00", [-3]),
        ("2025-03-06T16:12:30Z", [0]),
        ("2025-03-06 16:12:30 GMT+02:00", [2]),
        ("6 March 2025 16:12:30 (UTC)", [0]),
        ("6 March 2025 at 4:12:30 PM PST", [-8]),
        ("6. März 2025 um 16:12:30 MEZ", [1]),
        ("6 March 2025 16:12:30 IST", [1, 2, 5.5]),
        ("6 March 2025 16:12:30 +9900", []),
        ("6 March 2025 16:12:30 est Jane", [-5, 10]),
    ],
)
def test_zones(text: str, hours: list[float]) -> None:
    found = find_date(text)
    assert found is not None
    assert found.time == time(16, 12, 30)
    assert [zone.utcoffset(None) for zone in found.zones] == [timedelta(hours=h) for h in hours]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "on Thursday at 16:12",
        "6 March at 16:12",
        "30 February 2025",
        "99/99/2025",
        "version 1.2.3",
        "6 Frimaire 2025",
    ],
)
def test_no_date(text: str) -> None:
    assert find_date(text) is None


def test_day_and_month_that_cannot_be_told_apart_are_an_interval() -> None:
    found = find_date("03/06/2025")
    assert found is not None
    assert found.interval(ZONE) == Interval(
        datetime(2025, 3, 6, tzinfo=ZONE), datetime(2025, 6, 3, 23, 59, 59, tzinfo=ZONE)
    )
    assert found.until(date(2025, 5, 1)).interval(ZONE).latest == datetime(2025, 3, 6, 23, 59, 59, tzinfo=ZONE)
    assert found.until(date(2025, 1, 1)) == found


def test_a_time_of_minutes_is_a_minute_long() -> None:
    found = find_date("6 March 2025 16:12")
    assert found is not None
    start = datetime(2025, 3, 6, 16, 12, tzinfo=ZONE)
    assert found.interval(ZONE) == Interval(start, start + timedelta(seconds=59))


def test_the_rest_is_what_is_not_the_date() -> None:
    found = find_date("On Thu, 6 March 2025 at 16:12 GMT, Lou Vance wrote:")
    assert found is not None
    assert found.rest.split() == ["on", "thu,", "at", ",", "lou", "vance", "wrote:"]


def test_midnight_and_noon() -> None:
    hours = [find_date(f"6 March 2025 at 12:05 {half}") for half in ("AM", "PM")]
    assert [h.time for h in hours if h] == [time(0, 5), time(12, 5)]


def test_interval_of() -> None:
    assert interval_of(DAY, ZONE) == Interval(
        datetime(2025, 3, 6, tzinfo=ZONE), datetime(2025, 3, 6, 23, 59, 59, tzinfo=ZONE)
    )
    moment = datetime(2025, 3, 6, 16, 12)
    assert interval_of(moment, ZONE).earliest == moment.replace(tzinfo=ZONE)
    assert interval_of(moment.replace(tzinfo=UTC), ZONE).latest == moment.replace(tzinfo=UTC)


def test_names_are_folded_and_mean_one_month() -> None:
    assert all(name == folded(name) for name in (*MONTHS, *WEEKDAYS))
    assert set(MONTHS.values()) == set(range(1, 13))
    assert frozenset().union(*WEEKDAYS.values()) == frozenset(range(7))


FORMS = [
    "{d} {name} {y} {H}:{M:02}",
    "{d}. {name} {y} kl. {H:02}.{M:02}",
    "{name} {d}, {y} at {h}:{M:02} {half}",
    "{d} de {name} de {y} {H}h{M:02}",
    "{y}. {name} {d}., {H}:{M:02}",
    "{y}-{m:02}-{d:02} {H:02}:{M:02}",
    "{y}年{m}月{d}日 {H}:{M:02}",
    "{y}년 {m}월 {d}일 {H}:{M:02}",
    "{d:02}.{m:02}.{y} {H:02}:{M:02}",
    "{d:02}/{m:02}/{y} {H:02}:{M:02}",
    "{m}/{d}/{y} {h}:{M:02} {half}",
    "{d}-{m}-{y} {H}:{M:02}",
    "{H}:{M:02}, {d} {name} {y}",
]
names = st.sampled_from(sorted(name for name in MONTHS if len(name) > 2))
clocks = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31))


@given(clocks, names, st.sampled_from(FORMS), st.sampled_from([None, "+0000", "+0530", "-0800", "GMT", "(CET)"]))
def test_what_is_written_is_read_back(moment: datetime, name: str, form: str, zone: str | None) -> None:
    if "{name}" in form:
        moment = moment.replace(month=MONTHS[name], day=min(moment.day, 28))
    text = form.format(
        d=moment.day, m=moment.month, y=moment.year, name=name, H=moment.hour, M=moment.minute,
        h=moment.hour % 12 or 12, half="AM" if moment.hour < 12 else "PM",
    )  # fmt: skip
    offsets = {None: 1.0, "+0000": 0, "+0530": 5.5, "-0800": -8, "GMT": 0, "(CET)": 1}
    after = "" if zone is None or form.startswith("{H}") else f" {zone}"
    found = find_date(f"On {text}{after}, Lou Vance wrote:")
    assert found is not None
    interval = found.interval(ZONE)
    offset = timedelta(hours=offsets[zone] if after else 1)
    meant = moment.replace(second=0, microsecond=0, tzinfo=timezone(offset))
    assert interval.earliest <= meant <= interval.latest
    assert len(found.days) == 1 or interval.latest - interval.earliest < timedelta(days=340)


@given(st.text(), st.sampled_from(["", "6 March 2025 ", "03/06/2025 4", " 16:12 "]))
def test_any_text_is_survived(text: str, within: str) -> None:
    found = find_date(text + within + text)
    if found:
        interval = found.interval(ZONE)
        assert interval.earliest <= interval.latest
