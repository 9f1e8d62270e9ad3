"""Checks `geometry` by coordinates: areas by the shoelace formula, lengths by trying, volumes in layers."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from tests.families.checkers.tasks import Told, checker

Point = tuple[int, int]


def _shoelace(*corners: Point) -> Fraction:
    return Fraction(abs(sum(x * v - u * y for (x, y), (u, v) in pairwise([*corners, corners[0]]))), 2)


def _rectangle(long: int, wide: int, away: int = 0) -> Fraction:
    return _shoelace((-away, -away), (long + away, -away), (long + away, wide + away), (-away, wide + away))


def _trapezoid(t: Told) -> Fraction:
    return _shoelace((0, 0), (t.long, 0), (t.short, t.high), (0, t.high))


def _side(longest: int, other: int) -> int:
    return next(side for side in range(1, longest) if side * side == longest * longest - other * other)


def _far(east: int, north: int) -> int:
    return next(far for far in range(1, east + north) if far * far == east * east + north * north)


def _layers(base: Fraction, high: int) -> Fraction:
    return sum([base] * high, Fraction(0))


def _faces(sides: Sequence[int]) -> Fraction:
    return sum((_rectangle(sides[i], sides[j]) for i in range(3) for j in range(3) if i != j), Fraction(0))


RELATIONS: dict[str, Callable[[Told], object]] = {
    "fence": lambda t: sum((t.long, t.wide, t.long, t.wide)) * t.price,
    "lawn": lambda t: _rectangle(t.long, t.wide) * t.price,
    "ladder": lambda t: _side(t.ladder, t.foot),
    "walk": lambda t: _far(t.east - t.back, t.north),
    "path": lambda t: _rectangle(t.long, t.wide, t.border) - _rectangle(t.long, t.wide),
    "pond": lambda t: (_rectangle(t.long, t.wide) - _rectangle(t.inner_long, t.inner_wide)) * t.price,
    "trapezoid": lambda t: _trapezoid(t) * t.price,
    "ring": lambda t: (t.outer + t.inner) * (t.outer - t.inner),
    "boxes": lambda t: _layers(_rectangle(t.long, t.wide), t.high) * t.count,
    "painting": lambda t: _faces((t.long, t.wide, t.high)) * t.count,
    "blocks": lambda t: _layers(_shoelace((0, 0), (t.leg, 0), (0, _side(t.longest, t.leg))), t.length) * t.count,
    "tubes": lambda t: (t.outer + t.inner) * (t.outer - t.inner) * t.length * t.count,
}

recompute, faults, BOUNDS = checker(RELATIONS, constants=range(1000))
