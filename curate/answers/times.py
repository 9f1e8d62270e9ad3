"""Times of day and dates: `12:30`, `2:30 p.m.`, `14h30`, `noon`, `May 3, 2024`, `03/05/2024`, `2024-05-03`.

A time without half of the day, or a date that may have day and month the other way round, is read as all that it may
mean: two readings are the same when each means one and the same, and undecided when they merely may.
"""

import re
from datetime import date
from fractions import Fraction
from typing import Any

from curate.answers.number_words import read_number_words
from curate.answers.types import Asked
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 60
HALF_DAY = 12 * 3600

Moments = frozenset[int]
"""Seconds after midnight that a time may mean."""
Days = frozenset[tuple[int | None, int, int]]
"""Year (None where it is not said), month and day that a date may mean."""

_HALF = r"(a\.?\s?m\.?|p\.?\s?m\.?)"
_CLOCK = re.compile(
    rf"([0-9]{{1,2}})(?:[:h.]([0-5][0-9]))(?::([0-5][0-9]))?\s*{_HALF}?(?:\s*(?:hours|hrs|h))?", re.IGNORECASE
)
_HOUR = re.compile(rf"([0-9]{{1,2}})\s*(?:{_HALF}|o'?clock(?:\s*{_HALF})?)", re.IGNORECASE)
_NAMED = {
    **dict.fromkeys(("noon", "midday", "12 noon"), frozenset({HALF_DAY})),
    **dict.fromkeys(("midnight", "12 midnight"), frozenset({0})),
}


def read_time(text: str, _asked: Asked) -> Moments | None:
    """Return what a time of day may mean, or None when the text is none; `3` and `3.5` are numbers."""
    if len(text) > MAX_CHARACTERS:
        return None
    folded = text.lower().removeprefix("at ").strip()
    if folded in _NAMED:
        return _NAMED[folded]
    clock = _CLOCK.fullmatch(folded)
    if clock and ("." not in folded.removesuffix("a.m.").removesuffix("p.m.") or clock[4]):
        return _moments(int(clock[1]), int(clock[2]), int(clock[3] or 0), clock[4], text)
    if spoken := _SPOKEN.fullmatch(folded):
        return _said(spoken[1], spoken[2], spoken[3])
    hour = _HOUR.fullmatch(folded)
    return _moments(int(hour[1]), 0, 0, hour[2] or hour[3], text) if hour else None


_SPOKEN = re.compile(
    r"(half|(?:a )?quarter|[\w-]+(?= minutes? | past | after ))(?: minutes?)? (past|after|to|before) ([\w-]+)"
)
"""`3 to 2` is a ratio."""


def _said(minutes: str, side: str, hour: str) -> Moments | None:
    """Return `half past three`, `quarter to four`, `ten past 5`."""
    known = {"half": Fraction(30), "quarter": Fraction(15), "a quarter": Fraction(15)}
    past, at = known.get(minutes) or _whole(minutes), _whole(hour)
    if past is None or at is None or not (0 < past < 60 and 1 <= at <= 12):  # noqa: PLR2004 - a clock's face
        return None
    start = int(60 * at + (past if side in {"past", "after"} else -past)) * 60
    return frozenset(moment % (2 * HALF_DAY) for moment in (start, start + HALF_DAY))


def _whole(text: str) -> Fraction | None:
    return Fraction(int(text)) if text.isdecimal() and len(text) <= 2 else read_number_words(text)  # noqa: PLR2004


def _moments(hour: int, minute: int, second: int, half: str | None, text: str) -> Moments | None:
    past = 60 * minute + second
    if half:
        afternoon = half.startswith("p")
        return frozenset({3600 * (hour % 12 + 12 * afternoon) + past}) if 1 <= hour <= 12 else None  # noqa: PLR2004 - a clock's face
    if hour > 24 or (hour == 24 and past):  # noqa: PLR2004 - a day's hours
        return None
    start = 3600 * (hour % 24) + past
    is_sure = hour == 0 or hour > 12 or text[0] == "0"  # noqa: PLR2004 - a clock's face
    return frozenset({start} if is_sure else {start, (start + HALF_DAY) % (2 * HALF_DAY)})


def compare_times(left: Moments, right: Moments, _asked: Asked) -> Decision:
    """Compare two times of day."""
    return _compare_meanings(left, right, "time")


def _compare_meanings(left: frozenset[Any], right: frozenset[Any], rule: str) -> Decision:
    if left == right:
        return "same", rule
    return ("undecided", rule) if left & right else ("different", rule)


_MONTH_NAMES = "january february march april may june july august september october november december"
_MONTHS = _MONTH_NAMES.split()
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?\\.?" for name in _MONTHS)
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DATES = (
    (re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"), "ymd"),
    (re.compile(rf"{_WEEKDAY}({_MONTH})(?:\s+|-)(?:the\s+)?{_DAY}(?:(?:,?\s+|-)([0-9]{{4}}))?", re.IGNORECASE), "mdy"),
    (
        re.compile(
            rf"{_WEEKDAY}(?:the\s+)?{_DAY}(?:\s+|-)(?:of\s+)?({_MONTH}),?(?:(?:\s+|-)([0-9]{{4}}))?", re.IGNORECASE
        ),
        "dmy",
    ),
)
_SLASHED = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")


def read_date(text: str, asked: Asked) -> Days | None:
    """Return what a date may mean, or None when the text is none; a problem may say `MM/DD/YYYY`."""
    if len(text) > MAX_CHARACTERS:
        return None
    for pattern, order in _DATES:
        match = pattern.fullmatch(text)
        if match:
            fields = dict(zip(order, match.groups(), strict=True))
            return _days([(fields["y"], _month(fields["m"]), fields["d"])])
    match = _SLASHED.fullmatch(text)
    if match is None:
        return None
    month_first, day_first = (match[4], match[1], match[3]), (match[4], match[3], match[1])
    if "MM/DD" in asked.text:
        return _days([month_first])
    return _days([day_first] if "DD/MM" in asked.text else [month_first, day_first])


_DATED = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}"
)


def looks_dated(text: str) -> bool:
    """Say whether numbers stand together as those of a date do, though it may be none: `2024-02-30`, `25/12/24`."""
    return _DATED.fullmatch(text) is not None


def _month(text: str) -> str:
    folded = text.lower()[:3]
    return text if text.isdigit() else str(next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(folded)))


def _days(readings: list[tuple[str | None, str, str]]) -> Days | None:
    days = [(None if year is None else int(year), int(month), int(day)) for year, month, day in readings]
    return frozenset(day for day in days if _exists(*day)) or None


def _exists(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)  # a leap year, where none is said
    except ValueError:
        return False
    return True


def compare_dates(left: Days, right: Days, _asked: Asked) -> Decision:
    """Compare two dates; a year on one side alone was left away on the other."""
    if any(year is None for year, _, _ in left | right):
        left, right = _without_year(left), _without_year(right)
    return _compare_meanings(left, right, "date")


def _without_year(days: Days) -> Days:
    return frozenset((None, month, day) for _, month, day in days)


def show_moments(moments: Moments) -> str:
    """Return all that is meant, in 24 hours or ISO 8601."""
    return " or ".join(f"{moment // 3600:02}:{moment // 60 % 60:02}:{moment % 60:02}" for moment in sorted(moments))


def show_days(days: Days) -> str:
    """Return all that is meant, in 24 hours or ISO 8601."""
    return " or ".join(f"{year or '----'}-{month:02}-{day:02}" for year, month, day in sorted(days, key=str))
