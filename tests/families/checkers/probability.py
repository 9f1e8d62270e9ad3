"""Checks `probability` by counting equally likely outcomes, all of them or by numbers of choices."""

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import comb

from curate.families.tasks import Task
from tests.families.checkers.tasks import Told, checker, numbers, size


def _share(told: str, *, miss: bool) -> Fraction:
    """Count outcomes when each event is a draw from a box with as many lots as its denominator."""
    boxes = [(int(above), int(below)) for above, below in re.findall(r"(\d+)/(\d+)", told)]
    wanted = every = 1
    for above, below in boxes:
        wanted *= below - above if miss else above
        every *= below
    return Fraction(wanted, every)


def _dice(t: Told) -> Fraction:
    rolls = [one + other == t.sum for one, other in product(range(1, t.one + 1), range(1, t.other + 1))]
    return Fraction(sum(rolls), len(rolls))


RELATIONS: dict[str, Callable[[Told], Fraction]] = {
    "without_back": lambda t: Fraction(comb(t.good, t.draws), comb(t.good + t.bad, t.draws)),
    "with_back": lambda t: Fraction(t.good**t.draws, (t.good + t.bad) ** t.draws),
    "at_least_one": lambda t: Fraction(
        sum(comb(t.good, hits) * comb(t.bad, t.draws - hits) for hits in range(1, t.draws + 1)),
        comb(t.good + t.bad, t.draws),
    ),
    "all_happen": lambda t: _share(t.told, miss=False),
    "any_happens": lambda t: 1 - _share(t.told, miss=True),
    "dice": _dice,
}

recompute, faults, _ = checker(RELATIONS, constants=range(60))


def BOUNDS(puzzle: Task) -> float:  # noqa: N802 - the contract's name
    """Return how many and how large numbers there are to handle, and how many draws to go through."""
    draws = puzzle.givens.get("draws", 0)
    return size(puzzle) + sum(numbers(puzzle)) / 10 + 3 * (draws if isinstance(draws, int) else 0)
