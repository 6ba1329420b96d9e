"""Dates as mail programs write them, in many languages: on which days and at what time they may be.

`dateparser` and `babel` do less at a higher price: each costs a cold start 100 ms or more, and the first settles on one
meaning of 03/04/2025. The names they would give us are in `calendar_words`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from feedback_lint.calendar_words import MERIDIEMS, MONTHS, WEEKDAYS, ZONES

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_DAY = r"(?<![0-9:])(?P<day>[0-9]{1,2})"
_MONTH = r"(?P<name>[^\W\d_]{3,12})\.?"
# "3 March 2025", "3. März 2025", "3 de marzo de 2025", "3-Mar-25"
_DAY_FIRST = re.compile(
    rf"{_DAY}(?:st|nd|rd|th|er|o)?\.?,?[ /-]?(?:de |of )?{_MONTH},?"
    rf"(?:[ /-]?(?:de |del )?{_YEAR}|[ /-](?P<short>[0-9]{{2}})(?![0-9:.h]))"
)
# "March 3rd, 2025"
_MONTH_FIRST = re.compile(rf"{_MONTH} ?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\.?,? ?{_YEAR}")
# "2025. márc. 3.", "2025-Mar-03"
_YEAR_FIRST = re.compile(rf"(?<![0-9]){_YEAR}[.,]?[ /-]?{_MONTH}[ /-]?(?P<day>[0-9]{{1,2}})(?![0-9])")
# "2025-03-03", "2025. 3. 3.", "2025年3月3日"
_ISO = re.compile(
    rf"(?<![0-9]){_YEAR} ?[./年년-] ?(?P<month>[0-9]{{1,2}}) ?[./月월-] ?(?P<day>[0-9]{{1,2}})(?![0-9])[日일]?"
)
# "03.03.2025", "3. 3. 2025", "3/4/25"
_NUMBERS = re.compile(
    r"(?<![0-9./-])(?P<first>[0-9]{1,2})(?P<mark>\. ?|[/-])(?P<second>[0-9]{1,2})(?P=mark)"
    r"(?P<year>(?:19|20)?[0-9]{2})(?![0-9])"
)
_MERIDIEM = r"(?:[ap]\. ?m\.?|[ap]m\b|[πμ]\. ?μ\.?|[πμ]μ|오전|오후|午前|午後|上午|下午|凌晨|早上|晚上|中午)"
_TIME = re.compile(
    rf"(?<![0-9:.])(?P<before>{_MERIDIEM})? ?(?P<hour>[0-9]{{1,2}})"
    r"(?: ?(?P<mark>[:h時时點点시]|\.) ?(?P<minute>[0-9]{2})(?![0-9])(?:[:.](?P<second>[0-9]{2})(?![0-9]))?[分분]?"
    r"|h\b|(?= ?[ap]\.? ?m))"
    rf" ?(?P<after>{_MERIDIEM})?"
)
_OFFSET = re.compile(r" ?\(?(?:gmt|utc)? ?(?P<sign>[+−-])(?P<hours>[0-9]{1,2}):?(?P<minutes>[0-9]{2})?(?![0-9])\)?")
_ZONE = re.compile(r" ?\(?(?P<zone>[a-z]{1,4})\b\)?")
# How far the time can be from the date: "3 March 2025, at about 16:12".
_REACH = 24
_MOST = 400
# Letters whose stroke or missing dot is no accent to Unicode.
_STROKED = str.maketrans("łøđı", "lodi")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time within which something happened; both ends know their zone."""

    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What a text says of a day and time.

    `days` has more than one where day and month cannot be told apart, `zones` where an abbreviation has several
    meanings; it is empty where no zone is named. `rest` is the folded text without the words of the date.
    """

    days: tuple[date, ...]
    time: time | None
    zones: tuple[tzinfo, ...]
    rest: str

    def until(self, day: date) -> WrittenDate:
        """Without the days after `day`, unless it can mean no others."""
        return replace(self, days=tuple(d for d in self.days if d <= day) or self.days)

    def interval(self, zone: tzinfo) -> Interval:
        """When that was; `zone` counts where the text names none."""
        first, last = (self.time or time.min), (self.time or time(23, 59))
        slack = timedelta(seconds=0 if self.time and self.time.second else 59)
        zones = self.zones or (zone,)
        return Interval(
            min(datetime.combine(day, first, z) for day in self.days for z in zones),
            max(datetime.combine(day, last, z) for day in self.days for z in zones) + slack,
        )


def folded(text: str) -> str:
    """The beginning of a text without case, accents and doubled spaces, as `calendar_words` has its names."""
    plain = _SPACES.sub(" ", text[:_MOST]).casefold()
    if plain.isascii():
        return plain.strip()
    plain = unicodedata.normalize("NFKD", plain.translate(_STROKED))
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in "\u200e\u200f\u200b\ufeff")
    return unicodedata.normalize("NFC", kept).strip()


def find_date(text: str) -> WrittenDate | None:
    """The date in a short text, such as the line above a quoted mail, with its time; `None` where there is none."""
    plain = folded(text)
    found = next(_days(plain), None)
    if found is None:
        return None
    match, days = found
    before, after = plain[: match.start()], plain[match.end() :]
    clock = _clock(after, _REACH)
    if clock is not None:
        start, end, at, zones = clock
        return WrittenDate(_fitting(days, before, after[:start]), at, zones, f"{before} {after[:start]} {after[end:]}")
    clock = _clock(before, len(before), dotted=False)
    if clock is not None:
        start, end, at, zones = clock
        return WrittenDate(_fitting(days, before[end:], after), at, zones, f"{before[:start]} {before[end:]} {after}")
    return WrittenDate(_fitting(days, before, after), None, (), f"{before} {after}")


def interval_of(moment: date, zone: tzinfo) -> Interval:
    """A whole day, or a single moment where `moment` is a datetime; `zone` counts where it names none."""
    if isinstance(moment, datetime):
        at = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return Interval(at, at)
    return WrittenDate((moment,), None, (), "").interval(zone)


def _days(text: str) -> Iterator[tuple[re.Match[str], tuple[date, ...]]]:
    """The dates in a folded text, each with the days it can mean."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST):
        for match in pattern.finditer(text):
            month = MONTHS.get(match["name"])
            year = match["year"] or f"20{match['short']}"
            days = _existing((int(year), month, int(match["day"]))) if month else ()
            if days:
                yield match, days
    for match in _ISO.finditer(text):
        if days := _existing((int(match["year"]), int(match["month"]), int(match["day"]))):
            yield match, days
    for match in _NUMBERS.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        dotted = match["mark"].startswith(".")
        if days := _existing((year, second, first), *(() if dotted else ((year, first, second),))):
            yield match, days


def _existing(*days: tuple[int, int, int]) -> tuple[date, ...]:
    """Those of some years, months and days that the calendar has, each once."""
    out: dict[date, None] = {}
    for year, month, day in days:
        try:
            out[date(year, month, day)] = None
        except ValueError:
            continue
    return tuple(out)


def _fitting(days: tuple[date, ...], before: str, after: str) -> tuple[date, ...]:
    """The days that fall on the weekday named beside the date, if one does."""
    beside = (*re.findall(r"[^\W\d_]+", before)[-1:], *re.findall(r"[^\W\d_]+", after)[:1])
    named = [WEEKDAYS[word] for word in beside if word in WEEKDAYS]
    return tuple(d for d in days if any(d.weekday() in weekdays for weekdays in named)) or days


def _clock(text: str, reach: int, *, dotted: bool = True) -> tuple[int, int, time, tuple[tzinfo, ...]] | None:
    """Where the first time of day stands that begins within `reach`, what it is, and its zone."""
    for match in _TIME.finditer(text):
        if match.start() > reach:
            break
        if match["mark"] == "." and not dotted:
            continue
        afternoon = MERIDIEMS.get(re.sub(r"[. ]", "", match["before"] or match["after"] or ""))
        hour = int(match["hour"])
        if afternoon is not None and hour <= 12:
            hour = hour % 12 + 12 * afternoon
        minute, second = int(match["minute"] or 0), int(match["second"] or 0)
        if hour < 24 and minute < 60 and second < 60:
            end, zones = _zone(text, match.end())
            return match.start(), end, time(hour, minute, second), zones
    return None


def _zone(text: str, at: int) -> tuple[int, tuple[tzinfo, ...]]:
    """The zone that stands at an offset, and where its words end."""
    offset = _OFFSET.match(text, at)
    if offset:
        hours, minutes = int(offset["hours"]), int(offset["minutes"] or 0)
        if hours < 24 and minutes < 60:
            away = timedelta(hours=hours, minutes=minutes)
            return offset.end(), (timezone(away if offset["sign"] == "+" else -away),)
    named = _ZONE.match(text, at)
    hours_east = ZONES.get(named["zone"], ()) if named else ()
    if named and hours_east:
        return named.end(), tuple(timezone(timedelta(hours=h)) for h in hours_east)
    return at, ()
