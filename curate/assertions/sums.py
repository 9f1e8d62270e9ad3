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
_ITEM = re.compile(rf"(?:(?:\d{{1,3}}(?:,\d{{3}})++(?!,?\d)|\d++)(?:\.\d++)?|\.\d++)%?|[()]|{SIGN}")
_TOUCHED = re.compile(r"(?<=[\d)])\(")
"""A parenthesis that is multiplied by what it touches."""
_NO_NUMERALS = frozenset("()").union(SIGNS)


def sum_of(text: str) -> tuple[Exact | None, bool]:
    """Return the value of a text that is a plain sum, None if it is none, and whether it is a lone number."""
    if len(text) > MAX_SUM_CHARACTERS:
        return None, False
    items = _items(text)
    if len(items) == 1:
        return _operand(items[0]), True
    if items.count("(") != items.count(")"):
        return None, False
    rest = iter(items)
    total = _total(rest)
    return (total if next(rest, None) is None else None), False


def applied(left: str, sign: str, right: str) -> Exact | None:
    """Return what a sign makes of two whole numbers."""
    one, two = int(left), int(right)
    apply = SIGNS[sign]
    value: Exact | None = None if apply is divided and not two else apply(one, two)
    return value


def _items(text: str) -> list[str]:
    """Return the numbers, signs and parentheses of a text; none if there is anything else in it."""
    if "(" in text:
        text = _TOUCHED.sub("*(", text)
    items = _ITEM.findall(text)
    return items if sum(map(len, items)) == len(text) - text.count(" ") - text.count("$") else []


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
            operand = _total(items) if item == "(" else _operand(item)
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
def _operand(word: str) -> Exact | None:
    """Return the value of a numeral, or of a share in percent; None for a parenthesis or a sign."""
    share = word.endswith("%")
    numeral = word[:-1] if share else word
    if not numeral.isdecimal() and numeral in _NO_NUMERALS:
        return None
    value = number(numeral)
    return divided(value, 100) if share and value is not None else value
