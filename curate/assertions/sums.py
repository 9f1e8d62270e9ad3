"""The sum that stands right before or right after an equals sign, read in about a microsecond; plain ones only."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import add, mul, sub
from typing import Any, Final, TypeAlias

from curate.assertions.expressions import divided
from curate.assertions.tokens import Exact, number
from curate.assertions.units import unit_of

NOTHING: Final = "nothing"
"""Stands for the value of a side that has none for certain: words, or letters for unknowns."""
Plain: TypeAlias = Exact | str | None
"""The value of a plain sum, `NOTHING`, or None for what is not plain."""

_LETTER = r"[^\W\d_\u00b2\u00b3]"
_NUMERAL = r"(?:\d++(?:[.,]\d++)*+|\.\d++)"
_OPERAND = rf"[$\u20ac\u00a3( ]*+(?:{_NUMERAL}(?:(?![xX]\d){_LETTER}++)?|(?!x){_LETTER}(?!{_LETTER}))"
"""A number with the letters that touch it, or a letter for an unknown."""
_UNIT = rf"(?:(?:\s*/\s*|\s+){_LETTER}{{2,}}){{0,3}}[ )]*"
_SIGN = r"[-+*/x\u2212\u2013\u00d7\u00b7\u22c5\u00f7]"
_SUM = rf"(?P<sum>{_OPERAND}{_UNIT}(?:{_SIGN}{_OPERAND}{_UNIT})*)"
_WORD_END = rf"(?:{_LETTER}{_LETTER}|(?![xX]){_LETTER})\s"
"""The end of a word; a lone `x` may be a sign, and what stands before it a factor."""
_BEFORE = re.compile(rf"(?:(?P<begins>^)|{_WORD_END}|[(>\"'|]|[.,:;]\s)\s*{_SUM}$")
_AFTER = re.compile(rf"\s*+{_SUM}(?=$|[.,;:!)|\]\"'\s])")
_WORDED = re.compile(
    rf"(?:[\W\d_]|^){_LETTER}\s*$|^{_LETTER}+(?:\s+{_LETTER}+){{0,2}}\s*$|(?:{_LETTER}+\s+){{3}}{_LETTER}+\s*$"
)
"""What has no number right before the equals sign: a letter, or more words than a unit has."""
_ITEM = re.compile(
    rf"{_NUMERAL}(?:(?![xX]\d){_LETTER})*|(?<!{_LETTER}){_LETTER}(?!{_LETTER})"
    rf"|/(?!\s*{_LETTER}{{2}})|[-+*()\u2212\u2013\u00d7\u00b7\u22c5\u00f7]"
)
_NUMBER = re.compile(r"(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4}|(?=\.))(?:\.\d{1,9})?")
_LETTERED = re.compile(rf"[\d,.]*{_LETTER}+")
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    **dict.fromkeys(("-", "\N{MINUS SIGN}", "\N{EN DASH}"), sub),
    **dict.fromkeys(("*", "\N{MULTIPLICATION SIGN}", "\N{MIDDLE DOT}", "\N{DOT OPERATOR}", "x"), mul),
    **dict.fromkeys(("/", "\N{DIVISION SIGN}"), divided),
}
_ADDING = (add, sub)
_MARKS = frozenset("()").union(_SIGNS)
MAX_DIGITS = 15


def value_before(text: str, *, whole: bool) -> tuple[Plain, bool]:
    """Return the value of the sum that a text ends with, and whether it is a lone number.

    Args:
        text: What stands before an equals sign.
        whole: Whether the text begins where its line does; a sum that may go on beyond is not plain.
    """
    found = _BEFORE.search(text)
    if found is None:
        return (NOTHING if _WORDED.search(text) else None), False
    if found["begins"] is not None and not whole:
        return None, False
    items = _ITEM.findall(found["sum"])
    is_lone = len(items) == 1
    if is_lone and unit_of(text.rsplit(None, 1)[-1]) is not None:
        return None, False
    return _value(items), is_lone


def value_after(text: str) -> tuple[Plain, bool]:
    """Return the value of the sum that a text begins with, and whether it takes up all of the text."""
    found = _AFTER.match(text)
    if found is not None:
        return _value(_ITEM.findall(found["sum"])), found.end() == len(text)
    return (NOTHING if text.lstrip()[:1].isalpha() else None), False


def _value(items: Sequence[str]) -> Plain:
    """Return the value of numbers, signs and parentheses."""
    if items.count("(") != items.count(")"):
        return None
    values = [item if item in _MARKS else _operand(item) for item in items]
    if len(values) == 1:
        return values[0]
    if NOTHING in values:
        return NOTHING
    if None in values:
        return None
    rest = iter(values)
    total = _total(rest)
    return total if next(rest, None) is None else None


def _total(items: Iterator[Plain]) -> Exact | None:
    """Return the value of a sum up to its end, or to the parenthesis that closes it."""
    total: Any = 0
    apply = add
    value: Any = None
    sign = mul
    for each in items:
        item = _total(items) if each == "(" else each
        if item == ")":
            break
        if isinstance(item, str):
            sign = _SIGNS[item]
            if sign in _ADDING:
                total, apply, value = apply(total, value), sign, None
        elif item is None or (sign is divided and not item):
            return None
        else:
            value = item if value is None else sign(value, item)
    result: Exact | None = None if value is None else apply(total, value)
    return result


@lru_cache(maxsize=1 << 16)
def _operand(word: str) -> Plain:
    """Return the value of a numeral, or `NOTHING` where letters touch it."""
    if word.isdecimal() and word.isascii() and len(word) <= MAX_DIGITS:
        return int(word)
    if _NUMBER.fullmatch(word):
        return number(word)
    return NOTHING if _LETTERED.fullmatch(word) else None
