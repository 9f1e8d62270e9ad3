"""Checks `fraction_arithmetic` by whole numbers alone: everything is counted in units of one common denominator."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import prod

from curate.families.tasks import Task
from tests.families.checkers.tasks import Told, checker
from tests.families.equalities import evaluate


def _shares(t: Told) -> Iterator[tuple[int, int]]:
    for above, below in re.findall(r"(\d+)/(\d+)", t.told):
        yield int(above), int(below)


def _common(t: Told) -> int:
    return prod(below for _, below in _shares(t))


def _left_of_whole(t: Told) -> Fraction:
    common = _common(t)
    return Fraction(common - sum(above * common // below for above, below in _shares(t)), common)


def _left_of_rests(t: Told) -> Fraction:
    common = left = _common(t)
    for above, below in _shares(t):
        left -= left * above // below
    return Fraction(left, common)


def _of_group(t: Told) -> int:
    left = int(t.whole)
    for above, below in _shares(t):
        assert left * above % below == 0
        left = left * above // below
    return left


def _at_first(t: Told) -> int:
    """Try every number of things to begin with."""
    for first in range(t.left, 9_001):
        left = first
        for above, below in _shares(t):
            if left * above % below:
                break
            left -= left * above // below
        else:
            if left == t.left:
                return first
    raise AssertionError("no number to begin with")


RELATIONS: dict[str, Callable[[Told], object]] = {
    "expression": lambda t: evaluate(t.expression),
    "left_of_whole": _left_of_whole,
    "left_of_rests": _left_of_rests,
    "of_group": _of_group,
    "at_first": _at_first,
}

_RECOMPUTE, faults, BOUNDS = checker(RELATIONS, constants=range(1000))


def recompute(task: Task, text: str) -> str:
    """Return the reference; expressions and shares must stand in the text as they were drawn."""
    assert str(task.givens.get("told", "")) in text
    assert str(task.givens.get("expression", "")) in text
    return _RECOMPUTE(task, text)
