"""Checks `gcd_lcm` by trying divisors and multiples one after the other."""

from collections.abc import Callable
from itertools import count as counted

from tests.families.checkers.tasks import Told, checker


def _divisor(*numbers: int) -> int:
    return next(d for d in range(min(numbers), 0, -1) if all(n % d == 0 for n in numbers))


def _multiple(*numbers: int) -> int:
    return next(m for m in counted(max(numbers), max(numbers)) if all(m % n == 0 for n in numbers))


RELATIONS: dict[str, Callable[[Told], int]] = {
    "plain_divisor": lambda t: _divisor(*t.numbers),
    "ropes": lambda t: _divisor(*t.numbers),
    "bags": lambda t: _divisor(*t.numbers),
    "pieces": lambda t: sum(n // _divisor(*t.numbers) for n in t.numbers),
    "tiles": lambda t: t.long * t.wide // _divisor(t.long, t.wide) ** 2,
    "cubes": lambda t: t.count * t.long * t.wide * t.high // _divisor(t.long, t.wide, t.high) ** 3,
    "plain_multiple": lambda t: _multiple(*t.numbers),
    "buses": lambda t: _multiple(*t.numbers),
    "bells": lambda t: sum(1 for second in range(1, t.span + 1) if all(second % n == 0 for n in t.numbers)),
    "with_rest": lambda t: next(n for n in counted(t.rest + 1) if {n % divisor for divisor in t.numbers} == {t.rest}),
}

recompute, faults, BOUNDS = checker(RELATIONS, constants=range(2000))
