"""Facts in words and units: untrue ones are found, others are let pass."""

import pytest

from curate.assertions import first_mistake

UNTRUE = {
    "hours": ("2 hours = 100 minutes", "it is 120"),
    "in a sentence": ("So 3 feet = 30 inches.", "it is 36"),
    "metric": ("5 km = 500 m, so it is far: 5 km = 500 meters", "it is 5000"),
    "a smaller unit to a larger": ("90 minutes = 2.5 hours", "it is 3/2"),
    "a month": ("April has 31 days.", "it has 30"),
    "a month turned round": ("Note that there are 30 days in March.", "it has 31"),
    "a leap year": ("1900 was a leap year.", "it is not one"),
    "no leap year": ("2024 is not a leap year", "it is one"),
    "a weekday": ("March 3, 2021 was a Tuesday.", "it is a Wednesday"),
    "a set": ("The set {1, 2, 3} has 4 elements.", "it has 3"),
    "a set with a repeated element": ("{a, b, a} contains 3 members", "it has 2"),
}
LET_PASS = {
    "true hours": "2 hours = 120 minutes",
    "rounded": "100 minutes = 1.67 hours",
    "a working week": "1 week = 5 days",
    "a school year": "1 year = 10 months",
    "a map": "On the map 1 inch = 5 miles",
    "part of a sum": "half of 2 hours = 60 minutes",
    "a rate": "$15 per hour = $0.25 per minute",
    "the rest of an amount": "17 hours 51 minutes = 68 hours",
    "taken from something": "2738 seconds - 638 seconds = 35 minutes, and - 638 seconds = 10 minutes",
    "the days of a month that matter": "So November has 27 days left, and March has 4 days.",
    "other dimensions": "2 hours = 80 miles",
    "february": "February has 29 days. February has 28 days.",
    "a true month": "April has 30 days and there are 31 days in May.",
    "a leap year": "2000 was a leap year and 1900 was not a leap year",
    "a question": "2023 is a leap year?",
    "a true weekday": "March 3, 2021 was a Wednesday",
    "no such day": "February 30, 2021 was a Monday",
    "a set that goes on": "{1, 2, ..., 9} has 9 elements",
    "a set by a rule": "{x : x < 4} has 3 elements",
    "a true set": "{1, 2, 3} has 3 elements",
}


@pytest.mark.parametrize("step,truth", UNTRUE.values(), ids=list(UNTRUE))
def test_untrue(step: str, truth: str) -> None:
    """An untrue fact is found, with what is true instead."""
    found = first_mistake("", [step])
    assert found is not None
    assert found[1].truth == truth


@pytest.mark.parametrize("step", LET_PASS.values(), ids=list(LET_PASS))
def test_let_pass(step: str) -> None:
    """What is true, or holds in the problem's own world, is not accused."""
    assert first_mistake("", [step]) is None
