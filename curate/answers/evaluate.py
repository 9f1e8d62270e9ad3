"""Are two formulas equal? Both are evaluated at the same points: exactly where rational, else as complex floats.

Two rational formulas that agree exactly at points this odd are one and the same but for a freak; formulas that differ
at one point differ. Floats that neither agree nor clearly differ leave it open.
"""

import cmath
import math
from collections.abc import Callable
from fractions import Fraction
from itertools import chain
from typing import Any, Literal

from curate.answers.expressions import Tree

Value = Fraction | complex
Agreement = Literal["equal", "unequal", "apart", "unclear"]
"""`apart`: equal for positive values of the variables and unequal for negative ones."""

MAX_BITS = 20_000
"""Size of an exact number; beyond it, floats."""
MAX_FACTORIAL = 150
MAX_EXACT_POWER = 200
CLOSE = 1e-11
"""Floats that agree to so much of their size are taken as equal."""
APART = 1e-7
"""Floats that differ by so much of their size are taken as unequal."""
FAINT = 1e-8
"""Floats smaller than this may be nothing but rounding."""

_POINTS = (
    (Fraction(17, 7), Fraction(5, 3), Fraction(31, 11), Fraction(13, 9), Fraction(23, 19), Fraction(41, 37)),
    (Fraction(3, 8), Fraction(29, 13), Fraction(7, 5), Fraction(53, 43), Fraction(11, 17), Fraction(61, 47)),
    (Fraction(-19, 6), Fraction(-8, 5), Fraction(-37, 15), Fraction(-9, 4), Fraction(-43, 21), Fraction(-5, 2)),
)
"""Values of the variables, in order of their names: two points of positive numbers, then one of negative ones."""
POSITIVE = 2


class NoValueError(Exception):
    """A formula has no value at a point, or none that we can find."""


def names_in(tree: Tree) -> frozenset[str]:
    """Return the variables of a formula."""
    if tree[0] == "name":
        return frozenset({tree[1]})
    return frozenset(chain.from_iterable(names_in(part) for part in tree[1:] if isinstance(part, tuple)))


def uses(tree: Tree, function: str) -> bool:
    """Say whether a formula calls a function."""
    return tree[:2] == ("call", function) or any(uses(part, function) for part in tree[1:] if isinstance(part, tuple))


def points_for(names: frozenset[str]) -> list[dict[str, Fraction]]:
    """Return the points at which formulas in these variables are compared; empty when there are too many."""
    if len(names) > len(_POINTS[0]):
        return []
    return [dict(zip(sorted(names), values, strict=False)) for values in _POINTS]


def agreement(left: Tree, right: Tree) -> Agreement:
    """Say whether two formulas in the same variables are equal."""
    names = names_in(left) | names_in(right)
    seen: list[Agreement] = []
    for number, point in enumerate(points_for(names)):
        try:
            seen.append(_close(value_at(left, point), value_at(right, point)))
        except NoValueError:
            seen.append("unclear")
        if not names or (seen[-1] == "unequal" and number < POSITIVE):
            return seen[-1]
    if seen[:POSITIVE] != ["equal"] * POSITIVE:
        return "unclear"
    return "apart" if "unequal" in seen else "equal"


def value_of(tree: Tree) -> Value | None:
    """Return the value of a formula without variables, or None when it has none that we can find."""
    try:
        return value_at(tree, {})
    except NoValueError:
        return None


def value_at(tree: Tree, point: dict[str, Fraction]) -> Value:
    """Return the value of a formula at a point.

    Raises:
        NoValueError: It has none there, or is too large.
    """
    try:
        value = _value(tree, point)
    except (ArithmeticError, ValueError):
        raise NoValueError from None
    if isinstance(value, complex) and not (math.isfinite(value.real) and math.isfinite(value.imag)):
        raise NoValueError
    return value


def _close(left: Value, right: Value) -> Agreement:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return "equal" if left == right else "unequal"
    one, other = as_float(left), as_float(right)
    size, gap = max(abs(one), abs(other)), abs(one - other)
    if size < FAINT:
        return "unclear"
    return "equal" if gap <= CLOSE * size else "unequal" if gap >= APART * size else "unclear"


def is_close(left: Value, right: Value) -> bool:
    """Say whether two values are equal as far as can be told."""
    try:
        return left == right or _close(left, right) == "equal"
    except NoValueError:
        return False


def as_float(value: Value) -> complex:
    """Return a value as a float.

    Raises:
        NoValueError: It is too large for one.
    """
    try:
        return complex(float(value)) if isinstance(value, Fraction) else value
    except OverflowError:
        raise NoValueError from None


def _value(tree: Tree, point: dict[str, Fraction]) -> Value:
    kind = tree[0]
    if kind == "number":
        number: Fraction = tree[1]
        return number
    if kind == "name":
        return point[tree[1]]
    if kind == "constant":
        return _CONSTANTS[tree[1]]
    if kind == "call":
        return _call(tree[1], _value(tree[2], point))
    return _OPERATORS[kind](*(_value(part, point) for part in tree[1:]))


_CONSTANTS: dict[str, complex] = {"pi": complex(math.pi), "e": complex(math.e), "i": 1j}


def _sum(left: Value, right: Value) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left + right
    return as_float(left) + as_float(right)


def _negative(value: Value) -> Value:
    return -value


def _difference(left: Value, right: Value) -> Value:
    return _sum(left, -right)


def _times(left: Value, right: Value) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left * right
    return as_float(left) * as_float(right)


def _over(left: Value, right: Value) -> Value:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left / right
    return as_float(left) / as_float(right)


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if abs(exponent) <= MAX_EXACT_POWER and bits * abs(exponent) <= MAX_BITS:
            return base ** int(exponent)
    return as_float(base) ** as_float(exponent)


def _root(value: Value, degree: Value) -> Value:
    """Return the real root of a real number where there is one."""
    if degree == 0:
        raise NoValueError
    power = as_float(degree)
    if as_float(value).imag == 0 and as_float(value).real < 0 and isinstance(degree, Fraction) and degree % 2 == 1:
        return -((-as_float(value)) ** (1 / power))
    return as_float(value) ** (1 / power)


def _factorial(value: Value) -> Value:
    if not isinstance(value, Fraction) or value.denominator != 1 or not 0 <= value <= MAX_FACTORIAL:
        raise NoValueError
    return Fraction(math.factorial(int(value)))


def _binomial(above: Value, below: Value) -> Value:
    whole = [part for part in (above, below) if isinstance(part, Fraction) and part.denominator == 1]
    if len(whole) != 2 or not 0 <= whole[1] <= whole[0] <= MAX_FACTORIAL:  # noqa: PLR2004 - both are whole
        raise NoValueError
    return Fraction(math.comb(int(whole[0]), int(whole[1])))


_OPERATORS: dict[str, Callable[..., Value]] = {
    "+": _sum,
    "-": _difference,
    "neg": _negative,
    "*": _times,
    "/": _over,
    "^": _power,
    "root": _root,
    "!": _factorial,
    "binom": _binomial,
}

_FUNCTIONS: dict[str, Callable[[complex], Any]] = {
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tan": cmath.tan,
    "cot": lambda value: 1 / cmath.tan(value),
    "sec": lambda value: 1 / cmath.cos(value),
    "csc": lambda value: 1 / cmath.sin(value),
    "arcsin": cmath.asin,
    "arccos": cmath.acos,
    "arctan": cmath.atan,
    "sinh": cmath.sinh,
    "cosh": cmath.cosh,
    "tanh": cmath.tanh,
    "ln": cmath.log,
    "cis": lambda angle: cmath.exp(1j * angle),
    "log": cmath.log,
    "log10": cmath.log10,
    "exp": cmath.exp,
    "abs": abs,
    "sqrt": cmath.sqrt,
}


def _call(name: str, value: Value) -> Value:
    if name == "abs" and isinstance(value, Fraction):
        return abs(value)
    if name == "sqrt" and isinstance(value, Fraction) and value >= 0 and (exact := _exact_root(value)) is not None:
        return exact
    if name not in _FUNCTIONS:
        raise NoValueError
    return complex(_FUNCTIONS[name](as_float(value)))


def _exact_root(value: Fraction) -> Fraction | None:
    above, below = math.isqrt(value.numerator), math.isqrt(value.denominator)
    return Fraction(above, below) if above * above == value.numerator and below * below == value.denominator else None
