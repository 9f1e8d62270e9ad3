"""Checks `counting` by adding up cases: orders one at a time, choices by Pascal's rule, ways block by block."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import permutations

from curate.families.tasks import Task
from tests.families.checkers.tasks import Told, checker, numbers, size


@cache
def _chosen(among: int, count: int) -> int:
    """Count choices by whether the last one is taken."""
    return 1 if count in {0, among} else _chosen(among - 1, count) + _chosen(among - 1, count - 1)


@cache
def _ranked(count: int, places: int) -> int:
    return 1 if places == 0 else sum(_ranked(count - 1, places - 1) for _ in range(count))


def _words(letters: str) -> int:
    """Place one kind of letter after the other on what is still free."""
    free, ways = len(letters), 1
    for times in Counter(letters).values():
        ways *= _chosen(free, times)
        free -= times
    return ways


@cache
def _ways(east: int, north: int) -> int:
    return 1 if 0 in (east, north) else _ways(east - 1, north) + _ways(east, north - 1)


def _combined(row: tuple[int, ...]) -> int:
    return sum(_combined(row[1:]) for _ in range(row[0])) if row else 1


RELATIONS: dict[str, Callable[[Told], int]] = {
    "pair": lambda t: (
        _ranked(t.count - 2, t.count - 2) * len([1 for i, j in permutations(range(t.count), 2) if abs(i - j) == 1])
    ),
    "letters": lambda t: _words(t.letters),
    "places": lambda t: _ranked(t.count, t.places),
    "outfits": lambda t: _combined(t.row[:1]) * _combined(t.row[1:2]) * _combined(t.row[2:3]) * _combined(t.row[3:]),
    "committee": lambda t: _chosen(t.first, t.of_first) * _chosen(t.second, t.of_second),
    "at_least": lambda t: sum(
        _chosen(t.second, men) * _chosen(t.first, t.seats - men) for men in range(1, t.seats + 1)
    ),
    "grid": lambda t: _ways(t.x, t.y) * _ways(t.east - t.x, t.north - t.y),
}

recompute, faults, _ = checker(RELATIONS, constants=range(60))

CHOICES = {"pair": 2, "places": 1, "outfits": 1, "committee": 3, "at_least": 5, "grid": 5}
"""By kind, how many counts are combined; of letters, one for each that comes again."""


def BOUNDS(puzzle: Task) -> float:  # noqa: N802 - the contract's name
    """Return how many and how large numbers there are to handle, and how many counts to combine."""
    letters = str(puzzle.givens.get("letters", ""))
    return (
        sum(numbers(puzzle)) / 5
        + size(puzzle)
        + len(letters)
        + 2 * CHOICES.get(puzzle.kind, 1 + len(letters) - len(set(letters)))
    )
