"""Checks `percentage` with exact shares, the directions of changes read out of the problem's text."""

import re
from collections.abc import Callable
from fractions import Fraction
from math import prod

from curate.families.tasks import Task
from tests.families.checkers.tasks import Told, checker

CHANGE = re.compile(r"(rose|went up|grew|increased|fell|went down|shrank|decreased) by (\d+)%")
UP = {"rose", "went up", "grew", "increased"}


def _growth(t: Told) -> Fraction:
    """Return by what the changes in words multiply an amount."""
    factors = [1 + Fraction(int(percent) * (1 if word in UP else -1), 100) for word, percent in CHANGE.findall(t.told)]
    return prod(factors, start=Fraction(1))


def _price(t: Told) -> Fraction:
    given: dict[str, int] = dict(vars(t))
    due = Fraction(sum([t.price] * t.count))
    for discount in (given.get("off", 0), given.get("more", 0)):
        due -= due * discount / 100
    due -= given.get("voucher", 0)
    return due + due * given.get("tax", 0) / 100


RELATIONS: dict[str, Callable[[Told], object]] = {
    "parts": lambda t: t.whole * prod(Fraction(int(share), 100) for share in re.findall(r"(\d+)%", t.told)),
    "after": lambda t: t.first * _growth(t),
    "before": lambda t: t.last / _growth(t),
    "change": lambda t: (Fraction(t.last, t.first) - 1) * (100 if t.way == "increase" else -100),
    "overall": lambda t: (_growth(t) - 1) * (100 if t.way == "more" else -100),
    "score": lambda t: Fraction(100 * sum(t.right), sum(t.totals)),
    "sale": _price,
    "sale_with_tax": _price,
    "sale_with_all": _price,
}

_RECOMPUTE, faults, BOUNDS = checker(RELATIONS, constants=(100, *range(200)))


def recompute(task: Task, text: str) -> str:
    """Return the reference; changes and shares must stand in the text as they were drawn."""
    assert str(task.givens.get("told", "")) in text
    return _RECOMPUTE(task, text)
