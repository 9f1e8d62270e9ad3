"""Calendar and clock: days between dates, days of the week, dates to come, times of day, how long something took.

    How many days after March 12, 2023 is May 5, 2023?

    After March 12, March has 31 - 12 = 19 more days.
    With the 30 days of April and 5 of May, that is 19 + 30 + 5 = 54 days.          answer: 54

Times are reckoned in minutes since midnight, days of the week in remainders of seven.
"""

import random
from calendar import day_name, month_name, monthrange
from datetime import date, timedelta

from curate.families.logic_words import listed
from curate.families.tasks import Givens, Kind, Pen, family_of
from curate.families.word_scenarios.formula import Value
from curate.families.word_scenarios.lists import TOWNS

DAYS = tuple(day_name)
MONTHS = tuple(month_name)
SPANS = {1: (20, 50), 2: (40, 110), 3: (90, 200), 4: (180, 330), 5: (320, 640)}
"""Difficulty to how many days lie between two dates."""
LAST_YEAR = 2100
"""Where counting on ends after a slip."""
PHASES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6}
"""Difficulty to how many stretches of time follow one another."""
PLANS = ("trip", "course", "exhibition", "repair", "festival", "project", "training", "journey")
ACTS = ("a hike", "a train ride", "a meeting", "a film", "a lesson", "a concert", "a repair", "a walk", "a tour")


def _dates(rng: random.Random, difficulty: int) -> tuple[date, date, int]:
    start = date(rng.randint(1996, 2035), 1, 1) + timedelta(rng.randrange(365))
    days = rng.randint(*SPANS[difficulty])
    return start, start + timedelta(days), days


def _told(day: date) -> str:
    return f"{MONTHS[day.month]} {day.day}, {day.year}"


def _read(told: str) -> date:
    month, day, year = told.replace(",", "").split(" ")
    return date(int(year), MONTHS.index(month), int(day))


def _between(rng: random.Random, difficulty: int) -> Givens:
    start, end, _ = _dates(rng, difficulty)
    return {"start": _told(start), "end": _told(end)}


def _weekday_then(rng: random.Random, difficulty: int) -> Givens:
    start, end, _ = _dates(rng, difficulty)
    return {"start": _told(start), "end": _told(end), "weekday": DAYS[start.weekday()]}


def _weekday_after(rng: random.Random, difficulty: int) -> Givens:
    return {"weekday": rng.choice(DAYS), "days": rng.randint(15, 400 * difficulty), "more": rng.randint(10, 300)}


def _date_after(rng: random.Random, difficulty: int) -> Givens:
    start, _, days = _dates(rng, difficulty)
    return {"start": _told(start), "days": days}


def _clock(rng: random.Random, difficulty: int) -> Givens:
    acts = rng.sample(ACTS, PHASES[difficulty])
    row = tuple(rng.randint(11, 60 + 30 * difficulty) for _ in acts)
    told = ", then ".join(f"{act} of {minutes} minutes" for act, minutes in zip(acts, row, strict=True))
    return {"start": _time(rng.randint(5 * 60, 14 * 60)), "row": row, "told": told}


def _time(minutes: Value) -> str:
    return f"{int(minutes) // 60 % 24:02}:{int(minutes) % 60:02}"


def _shift(rng: random.Random, difficulty: int) -> Givens | None:
    start, minutes = rng.randint(5 * 60, 12 * 60), rng.randint(60, 120 + 100 * difficulty)
    pauses = tuple(rng.randint(5, 45) for _ in range(PHASES[difficulty]))
    told: Givens = {"start": _time(start), "end": _time(start + minutes), "row": pauses}
    return told if sum(pauses) < minutes - 20 and start + minutes < 24 * 60 else None


def _days_between(pen: Pen) -> Value:
    """Add what is left of the first month, the whole months between, and the days of the last month."""
    start, end = _read(str(pen.view["start"])), _read(str(pen.view["end"]))
    pen.know(
        month=MONTHS[start.month], length=monthrange(start.year, start.month)[1], from_day=start.day, to_day=end.day
    )
    if (start.year, start.month) == (end.year, end.month):
        return pen.work("days", "to_day - from_day", "the number of days", "within {month}, subtract: {eq}")
    pen.work("rest", "length - from_day", "what is left of {month}", "subtract {from_day} from {length}: {eq}")
    whole = _months_between(start, end)
    lengths = [monthrange(year, month)[1] for year, month in whole]
    if whole:
        told = [f"{MONTHS[month]} has {length} days" for (_, month), length in zip(whole, lengths, strict=True)]
        pen.know(told=listed(told))
        pen.say("{told}", "in between, {told}", "of the whole months, {told}")
    pen.know(last=MONTHS[end.month])
    formula = " + ".join(["rest", *pen.know_each("m", lengths), "to_day"])
    return pen.work("days", formula, "the number of days", "with the {to_day} of {last} that makes {eq}", unit="day")


def _months_between(start: date, end: date) -> list[tuple[int, int]]:
    """Return year and month of the whole months between two dates."""
    first, last = start.year * 12 + start.month, end.year * 12 + end.month - 1
    return [(place // 12, place % 12 + 1) for place in range(first, last)]


def _weekday_from(pen: Pen, days: Value) -> str:
    weeks = days // 7
    left = pen.work(
        "left",
        "days - 7 * weeks",
        "the number of days beyond whole weeks",
        "divide by 7 and keep the remainder: {eq}",
        days=days,
        weeks=weeks,
    )
    weekday = str(pen.view["weekday"])
    found = DAYS[(DAYS.index(weekday) + int(left)) % 7]
    pen.know(found=found)
    pen.say(
        "whole weeks change nothing, and counting {left:day} on from {weekday} leads to {found}",
        "{left:day} after a {weekday} comes a {found}",
        "it is a {found}, since it is {left:day} on from a {weekday} that count",
    )
    return found


def _weekday_of_end(pen: Pen) -> str:
    return _weekday_from(pen, _days_between(pen))


def _weekday_of_sum(pen: Pen) -> str:
    return _weekday_from(pen, pen.work("sum", "days + more", "the number of days", "add the days: {eq}", unit="day"))


def _end_date(pen: Pen) -> str:
    """Go on month by month while the days last."""
    start = _read(str(pen.view["start"]))
    year, month = start.year, start.month
    count = pen.work("count", "from_day + days", "the day counted from the start of the month", from_day=start.day)
    while count > (length := monthrange(year, month)[1]) and year < LAST_YEAR:
        pen.know(month=MONTHS[month], length=length)
        count = pen.work(
            "count",
            "count - length",
            "the day counted from the next month on",
            "{month} has {length} days, which leaves {eq}",
        )
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004 - the last month
    return f"{MONTHS[month]} {count}, {year}"


def _minutes(pen: Pen, name: str) -> Value:
    hour, minute = map(int, str(pen.view[name]).split(":"))
    return pen.work(
        f"{name}_minutes",
        "hour * 60 + minute",
        f"the {name} in minutes after midnight",
        f"the {name} is {{eq}} after midnight",
        hour=hour,
        minute=minute,
        unit="minute",
    )


def _end_time(pen: Pen) -> str:
    _minutes(pen, "start")
    formula = " + ".join(["start_minutes", *pen.know_each("p", pen.rows["row"])])
    end = pen.work("end", formula, "the end in minutes after midnight", unit="minute")
    left = pen.work(
        "left", "end - 60 * hours", "the number of minutes beyond full hours", hours=end // 60, unit="minute"
    )
    return f"{int(pen['hours']) % 24:02}:{int(left):02}"


def _worked(pen: Pen) -> Value:
    _minutes(pen, "start")
    _minutes(pen, "end")
    pen.work("span", "end_minutes - start_minutes", "the time from start to end", "in between lie {eq}", unit="minute")
    return pen.work(
        "worked",
        " - ".join(["span", *pen.know_each("p", pen.rows["row"])]),
        "the time without the breaks",
        "less the breaks, {eq} remain",
        unit="minute",
    )


FAMILY = family_of(
    "calendar",
    (
        "Count days between dates, find a day of the week, a date to come or a time of day, or how long "
        "something took; with difficulty the spans get longer and there are more of them."
    ),
    Kind(
        "days_between",
        draw=_between,
        asks=(
            ("A {plan} of {a} begins on {start} and ends on {end}. How many days after the first day is the last day?"),
            ("{a} opened a letter from {place} on {start} and answered it on {end}. How many days later was that?"),
        ),
        solve=_days_between,
        goal="the number of days",
        words={"plan": PLANS, "place": TOWNS},
    ),
    Kind(
        "weekday_of_end",
        draw=_weekday_then,
        asks=(
            "{start} is a {weekday}. What day of the week is {end}, when the {plan} of {a} begins?",
            (
                "{a} was in {place} on {start}, a {weekday}, and came back on {end}. On what day of the week did "
                "{a.he} come back?"
            ),
        ),
        solve=_weekday_of_end,
        goal="the day of the week",
        answer_type="words",
        words={"plan": PLANS, "place": TOWNS},
        levels=(3, 4, 5),
    ),
    Kind(
        "weekday_of_sum",
        draw=_weekday_after,
        asks=(
            (
                "Today is {weekday}. In {days} days {a} travels to {place}, and {more} days after that {a.he} "
                "comes back. On what day of the week is that?"
            ),
            (
                "On a {weekday}, {a} begins a {plan} in {place}. It has two parts, of {days} and {more} days. On "
                "what day of the week is it {days} and then {more} days later?"
            ),
        ),
        solve=_weekday_of_sum,
        goal="the day of the week",
        answer_type="words",
        words={"plan": PLANS, "place": TOWNS},
        levels=(1, 2),
    ),
    Kind(
        "date_after",
        draw=_date_after,
        asks=(
            ("A {plan} of {a} ends {days} days after {start}. On what date does it end? Write it like June 5, 2020."),
            "{a} moved to {place} on {start}. What is the date {days} days later? Write it like June 5, 2020.",
        ),
        solve=_end_date,
        goal="the date",
        answer_type="date",
        words={"plan": PLANS, "place": TOWNS},
    ),
    Kind(
        "end_time",
        draw=_clock,
        asks=(
            (
                "At {start}, {a} sets out in {place} for {told}, one right after the other. At what time is all "
                "of that over? Write it like 09:05."
            ),
            (
                "The day of {a} and {b} in {place}, beginning at {start}: {told}. At what time does it end? "
                "Write it like 09:05."
            ),
        ),
        solve=_end_time,
        goal="the time of day",
        answer_type="time",
        words={"place": TOWNS},
    ),
    Kind(
        "worked",
        draw=_shift,
        asks=(
            (
                "{a} starts work in {place} at {start} and leaves at {end}. Breaks took {row} minutes. How many "
                "minutes did {a.he} work?"
            ),
            (
                "The train of {a} leaves {place} at {start} and arrives at {end}. Its stops take {row} minutes. "
                "For how many minutes does it move?"
            ),
        ),
        solve=_worked,
        goal="the number of minutes",
        words={"place": TOWNS},
    ),
)
