"""Checks `calendar` day by day and minute by minute, with what the problem's text tells."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from curate.families.tasks import Task
from tests.families.checkers.tasks import Told, checker, numbers

DATE = "%B %d, %Y"
CLOCK = "%H:%M"


def _day(told: str) -> date:
    return datetime.strptime(told, DATE).date()  # noqa: DTZ007 - a day of the calendar


def _moment(told: str) -> datetime:
    return datetime.strptime(told, CLOCK)  # noqa: DTZ007 - a time of day


def _weekday(t: Told) -> str:
    assert _day(t.start).strftime("%A") == t.weekday
    return _day(t.end).strftime("%A")


def _weekday_on(t: Told) -> str:
    """Count on from some day with the name that is told."""
    day = next(day for day in map(date.fromordinal, range(1, 8)) if day.strftime("%A") == t.weekday)
    return (day + timedelta(t.days) + timedelta(t.more)).strftime("%A")


def _date_on(t: Told) -> str:
    day = _day(t.start) + timedelta(t.days)
    return f"{day:%B} {day.day}, {day.year}"


def _time_on(t: Told) -> str:
    minutes = [int(number) for number in re.findall(r"of (\d+) minutes", t.told)]
    return (_moment(t.start) + timedelta(minutes=sum(minutes))).strftime(CLOCK)


RELATIONS: dict[str, Callable[[Told], object]] = {
    "days_between": lambda t: (_day(t.end) - _day(t.start)).days,
    "weekday_of_end": _weekday,
    "weekday_of_sum": _weekday_on,
    "date_after": _date_on,
    "end_time": _time_on,
    "worked": lambda t: (_moment(t.end) - _moment(t.start)).seconds // 60 - sum(t.row),
}

_RECOMPUTE, faults, _ = checker(RELATIONS, constants=range(400))


def recompute(task: Task, text: str) -> str:
    """Return the reference; dates, times and days of the week must stand in the text as they were drawn."""
    assert all(str(task.givens.get(name, "")) in text for name in ("start", "end", "weekday", "told"))
    return _RECOMPUTE(task, text)


def BOUNDS(puzzle: Task) -> float:  # noqa: N802 - the contract's name
    """Return about how many months, stretches of time and digits there are to go through."""
    given = puzzle.givens
    if "row" in given:
        return 2 + 2.0 * len(numbers(puzzle))
    if puzzle.kind == "weekday_of_sum":
        return 1 + sum(len(str(number)) for number in numbers(puzzle)) / 2
    days = (_day(str(given["end"])) - _day(str(given["start"]))).days if "end" in given else sum(numbers(puzzle))
    return 3 + days / 30 + 2 * ("weekday" in given)
