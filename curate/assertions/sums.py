"""The value of a plain sum: numbers, signs and parentheses, perhaps units; many times faster than by its lexemes."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from curate.assertions.tokens import MAX_DIGITS

Ratio: TypeAlias = tuple[int, int]
"""An exact number as numerator and denominator, which may have common factors, and either of which may be negative.

With few and short numbers, this is many times faster than fractions in lowest terms.
"""

MAX_SUM_CHARACTERS = 200
MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
SIGNS = {
    "+": "+",
    **dict.fromkeys(MINUS, "-"),
    **dict.fromkeys("*\N{MULTIPLICATION SIGN}\N{DOT OPERATOR}", "*"),
    **dict.fromkeys("/\N{DIVISION SIGN}", "/"),
}
"""What each sign means."""
SIGN = rf"[{re.escape(''.join(SIGNS))}]"
NUMERAL = r"(?:\d{1,3}(?:,\d{3})++(?!,?\d)|\d++)(?:\.\d++)?+%?"
_ITEM = re.compile(rf"{NUMERAL}|\.\d++%?|[()]|{SIGN}(?! *[^\W\d_])")
"""What a sum is made of; a slash before a word is part of a unit, as in `2 pages/day`."""


@lru_cache(maxsize=1 << 4)
def sum_of(text: str) -> tuple[Ratio | None, bool]:
    """Return the value of a plain sum, whose units are passed over, and whether it is a lone number.

    The last few are kept, for in a chain the right side of one sign is the left side of the next.
    The value is None where a parenthesis is missing, a divisor is zero, or the text is no sum or too long for one.
    """
    if len(text) > MAX_SUM_CHARACTERS:
        return None, False
    items = _ITEM.findall(text)
    closed = items.count(")")
    if items.count("(") != closed:
        return None, False
    rest = iter(items)
    total = _total(rest)
    return (total if next(rest, None) is None else None), len(items) == 2 * closed + 1


def applied(left: str, sign: str, right: str) -> Ratio | None:
    """Return what a sign makes of two numbers."""
    one, two = numeral(left), numeral(right)
    if one is None or two is None:
        return None
    (top, bottom), (over, under) = one, two
    means = SIGNS[sign]
    if means == "*":
        return top * over, bottom * under
    if means == "/":
        return (top * under, bottom * over) if over else None
    over = over if means == "+" else -over
    return top * under + over * bottom, bottom * under


def _total(items: Iterator[str]) -> Ratio | None:
    """Return the value of a sum up to its end, or to the parenthesis that closes it."""
    top, bottom, over, under = 0, 1, 1, 1
    divides, wanted = False, True
    for item in items:
        if item == ")":
            break
        means = SIGNS.get(item)
        if means is None:
            operand = _total(items) if item == "(" else numeral(item)
            if operand is None or not wanted:
                return None
            up, down = operand[::-1] if divides else operand
            if not down:
                return None
            over, under, divides, wanted = over * up, under * down, False, False
        elif wanted:
            over = -over  # nothing but a minus sign stands before an operand
        else:
            if means in "+-":
                top, bottom = top * under + over * bottom, bottom * under
                over, under = (1 if means == "+" else -1), 1
            divides, wanted = means == "/", True
    return None if wanted else (top * under + over * bottom, bottom * under)


@lru_cache(maxsize=1 << 16)
def numeral(text: str) -> Ratio | None:
    """Return the value of a numeral, or of a share in percent; None when it has too many digits."""
    if len(text) > MAX_DIGITS:
        return None
    whole, _, decimals = text.removesuffix("%").replace(",", "").partition(".")
    return int(whole + decimals), 10 ** (len(decimals) + 2 * text.endswith("%"))
