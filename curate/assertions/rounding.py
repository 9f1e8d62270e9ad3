"""Numbers that were rounded when they were written: `10 / 3 = 3.33`, `3.33 * 3 = 10`."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from curate.assertions.expressions import Leaf, evaluate
from curate.assertions.pairs import Pair, is_lone
from curate.assertions.tokens import Exact, Token, number

NEARLY = Fraction(1, 20)
"""How far, as a share, two sides may differ that are only said to be nearly equal."""


FLOATING_PLACES = 8
FLOATING = Fraction(1, 10**FLOATING_PLACES)


class Interval(NamedTuple):
    """All values that a number may have had before it was rounded."""

    low: Fraction
    high: Fraction

    def __add__(self, other: "Operand") -> "Interval":  # type: ignore[override] # not a sequence to anybody
        other = _interval(other)
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Operand") -> "Interval":
        other = _interval(other)
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Operand") -> "Interval":  # type: ignore[override] # likewise
        other = _interval(other)
        corners = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: "Operand") -> "Interval":
        other = _interval(other)
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        return self * Interval(1 / other.high, 1 / other.low)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def is_within(self, bound: int) -> bool:
        """Say whether no value is larger than this."""
        return bool(-bound < self.low and self.high < bound)


Operand: TypeAlias = Interval | Exact


def _interval(value: Operand) -> Interval:
    return value if isinstance(value, Interval) else Interval(Fraction(value), Fraction(value))


def quantum(side: Sequence[Token], percent: int = 100) -> Fraction | None:
    """Return the place value of the last digit of a lone number (1/100 for `3.14`); None for an expression."""
    if not is_lone(side):
        return None
    digits = next((token.text for token in side if token.kind == "number"), "")
    places = Fraction(1, 10 ** len(digits.partition(".")[2]))
    return places / percent if any(token.kind == "percent" for token in side) else places


def agree(left: Exact | None, right: Exact | None, step: Fraction | None) -> bool:
    """Say whether the right value is the left one, or the left one rounded to a multiple of `step`, up or down.

    A value that needs no rounding must be met exactly.
    """
    if left is None or right is None:
        return False
    exact = Fraction(left)
    return exact == right or (step is not None and bool(exact % step) and abs(exact - right) < step)


def may_be_said(value: Fraction, said: Fraction, as_said: str, *, nearly: bool) -> bool:
    """Say whether a lone number, as it is said, is a value rounded, or nearly the value where that is all it claims."""
    off = abs(value - said)
    if nearly and off <= abs(NEARLY * value):
        return True
    return as_said.replace(".", "").isdecimal() and off * 10 ** len(as_said.partition(".")[2]) < 1


def may_be_rounded(pair: Pair) -> bool:
    """Say whether the right side is the left one rounded as it is written, up or down, or either was rounded before."""
    if agree(pair.left_value, pair.right_value, quantum(pair.right)):
        return True
    exact = Fraction(pair.left_value)
    if _is_floating(pair) and abs(exact - pair.right_value) <= FLOATING * abs(exact):
        return True
    if not any(map(_places, (*pair.left, *pair.right))):
        return False
    left, right = (_possible(side, pair) for side in (pair.left, pair.right))
    return left is None or right is None or (left.low <= right.high and right.low <= left.high)


def _is_floating(pair: Pair) -> bool:
    """Say whether the right side is a number as a computer prints it, `99.00000000000001`."""
    return max(map(_places, pair.right), default=0) >= FLOATING_PLACES


def _possible(side: Sequence[Token], pair: Pair) -> Interval | None:
    """Return the values that a side may have had; None when that cannot be told."""
    multiplied = any(token.text in ("*", "/") for token in side) or is_lone(side)
    decimals = multiplied or any(_places(token) > 1 for token in side)
    possible: Interval | None = evaluate(side, _leaf(pair, loose=decimals))
    return possible


def _leaf(pair: Pair, *, loose: bool) -> Leaf:
    def leaf(token: Token) -> Interval | None:
        written = number(token.text) if token.kind == "number" else pair.names.get(token.text)
        if written is None:
            return None
        value = Fraction(written)
        places = _places(token) if loose else 0
        half = Fraction(1, 2 * 10**places) if places else Fraction(0)
        return Interval(value - half, value + half)

    return leaf


def _places(token: Token) -> int:
    return len(token.text.partition(".")[2]) if token.kind == "number" else 0


def nearly(pair: Pair) -> bool:
    """Say whether the sides are as close to one another as is meant by `about`."""
    step = quantum(pair.right) or 0
    exact = Fraction(pair.left_value)
    return abs(exact - pair.right_value) <= max(step, abs(NEARLY * exact))
