"""Checks `set_operations` by asking of each number, and each person, where it belongs."""

from collections.abc import Callable

from curate.families.tasks import Task
from tests.families.checkers.tasks import Told, checker, numbers, size


def _kept(t: Told, belongs: Callable[[bool, bool, bool], bool]) -> str:
    """Return the numbers below a bound that belong, by whether they are in A, in B and in C."""
    last = t.times * t.last + t.more
    kept = []
    for number in range(max(last, *t.listed) + 1):
        in_a = t.more < number <= last and (number - t.more) % t.times == 0
        if belongs(in_a, number in t.listed, number in getattr(t, "third", ())):
            kept.append(str(number))
    return "{" + ", ".join(kept) + "}"


def _nobody(t: Told) -> int:
    """Count people region by region, from the innermost outwards."""
    only_two = [pair - t.all for pair in (t.xy, t.xz, t.yz)]
    alone = [t.one - t.xy - t.xz, t.other - t.xy - t.yz, t.third - t.xz - t.yz]
    return int(t.total - t.all - sum(only_two) - sum(number + t.all for number in alone))


RELATIONS: dict[str, Callable[[Told], object]] = {
    "union": lambda t: _kept(t, lambda a, b, _: a or b),
    "intersection": lambda t: _kept(t, lambda a, b, _: a and b),
    "difference": lambda t: _kept(t, lambda a, b, _: a and not b),
    "without_third": lambda t: _kept(t, lambda a, b, c: (a or b) and not c),
    "neither": lambda t: t.total - (t.one - t.both) - (t.other - t.both) - t.both,
    "exactly_one": lambda t: t.one + t.other - 2 * t.both,
    "none_of_three": _nobody,
}

_RECOMPUTE, faults, _ = checker(RELATIONS, constants=range(20))


def recompute(task: Task, text: str) -> str:
    """Return the reference; groups must be told by what they like, in the order in which they are counted."""
    told = [text.index(str(task.givens[name])) for name in "xyz" if name in task.givens]
    assert told == sorted(told)
    return _RECOMPUTE(task, text)


def BOUNDS(puzzle: Task) -> float:  # noqa: N802 - the contract's name
    """Return how many and how large numbers there are to handle, those that a rule makes included."""
    made = puzzle.givens.get("last", 0)
    return size(puzzle) + sum(numbers(puzzle)) / 50 + 4 * (made if isinstance(made, int) else 0)
