"""The value of a plain sum: numbers, signs and parentheses, and nothing else; many times faster than by its lexemes."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import add, mul, sub
from typing import Any

from curate.assertions.expressions import divided
from curate.assertions.tokens import Exact, number

MAX_SUM_CHARACTERS = 200
MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    **dict.fromkeys(MINUS, sub),
    **dict.fromkeys("*\N{MULTIPLICATION SIGN}\N{DOT OPERATOR}", mul),
    **dict.fromkeys("/\N{DIVISION SIGN}", divided),
}
SIGN = rf"[{re.escape(''.join(SIGNS))}]"
NUMERAL = r"(?:\d{1,3}(?:,\d{3})++(?!,?\d)|\d++)(?:\.\d++)?+%?"
_ITEM = re.compile(rf"{NUMERAL}|\.\d++%?|[()]|{SIGN}(?! *[^\W\d_])")
"""What a sum is made of; a slash before a word is part of a unit, as in `2 pages/day`."""


def sum_of(text: str) -> tuple[Exact | None, bool]:
    """Return the value of a plain sum, whose units are passed over, and whether it is a lone number.

    The value is None where a parenthesis is missing, a divisor is zero, or the text is no sum or too long for one.
    """
    if len(text) > MAX_SUM_CHARACTERS:
        return None, False
    items = _ITEM.findall(text)
    if len(items) == 1:
        return numeral(items[0]), True
    is_lone = False
    if "(" in text or ")" in text:
        closed = items.count(")")
        if items.count("(") != closed:
            return None, False
        is_lone = len(items) == 2 * closed + 1
    rest = iter(items)
    total = _total(rest)
    return (total if next(rest, None) is None else None), is_lone


def applied(left: str, sign: str, right: str) -> Exact | None:
    """Return what a sign makes of two numbers."""
    one, two, apply = numeral(left), numeral(right), SIGNS[sign]
    if one is None or two is None or (apply is divided and not two):
        return None
    value: Exact = apply(one, two)
    return value


def _total(items: Iterator[str]) -> Exact | None:
    """Return the value of a sum up to its end, or to the parenthesis that closes it."""
    total: Any = 0
    apply: Callable[[Any, Any], Any] = add
    value: Any = None
    sign: Callable[[Any, Any], Any] | None = None
    factor = 1
    for item in items:
        if item == ")":
            break
        found = SIGNS.get(item)
        if found is None:
            operand = _total(items) if item == "(" else numeral(item)
            if operand is None or (value is not None and sign is None) or (sign is divided and not operand):
                return None
            value = factor * operand if sign is None else sign(value, factor * operand)
            sign, factor = None, 1
        elif value is None or sign is not None:
            if found is not sub or factor < 0:
                return None
            factor = -1
        elif found is add or found is sub:
            total, apply, value = apply(total, value), found, None
        else:
            sign = found
    result: Exact | None = None if value is None or sign is not None else apply(total, value)
    return result


@lru_cache(maxsize=1 << 16)
def numeral(text: str) -> Exact | None:
    """Return the value of a numeral, or of a share in percent; None when it has too many digits."""
    value = number(text.removesuffix("%"))
    return divided(value, 100) if value is not None and text.endswith("%") else value
