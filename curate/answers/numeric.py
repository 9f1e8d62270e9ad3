r"""Read a number as it is written: `1,000.50`, `$3`, `3/4`, `1 1/2`, `-7`, `12%`, `5e3`, `\frac{3}{4}`.

The value is exact (a fraction), so that equal means equal. What is no single plain number is None: it is not guessed.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Literal

import msgspec

MAX_NUMBER_CHARACTERS = 60
MAX_EXPONENT = 400

Unit = Literal["percent", "money"]

_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " "})


class Number(msgspec.Struct, frozen=True):
    """A number and the mark that stood on it."""

    value: Fraction
    """Its exact value as written; `12%` has the value 12."""
    quantum: Fraction | None = None
    """The value of its last digit, where it has a decimal point or an exponent and so may have been rounded."""
    unit: Unit | None = None
    """`percent`, `money`, or None; a mark is not part of the value."""


def read_number(text: str) -> Number | None:
    """Return the number that `text` is, or None when it is anything else."""
    if not text or len(text) > MAX_NUMBER_CHARACTERS:
        return None
    plain = text.translate(_MINUS).strip()
    unit: Unit | None = None
    if plain.endswith("%"):
        plain, unit = plain.removesuffix("%").removesuffix("\\").rstrip(), "percent"
    money = re.fullmatch(r"([+-]?)\s*\\?[$€£]\s*(.+)", plain)
    if money:
        plain, unit = money[1] + money[2], "money"
    plain = plain.replace("{,}", ",").replace("\\,", "").replace("\\!", "")
    for pattern, read in _READERS:
        match = pattern.fullmatch(plain)
        if match:
            found = read(*match.groups())
            return None if found is None else msgspec.structs.replace(found, unit=unit)
    return None


def _signed(sign: str, value: Fraction, quantum: Fraction | None = None) -> Number:
    return Number(-value if sign == "-" else value, quantum)


def _fraction(sign: str, numerator: str, denominator: str) -> Number | None:
    return _signed(sign, Fraction(int(numerator), int(denominator))) if int(denominator) else None


def _mixed(sign: str, whole: str, numerator: str, denominator: str) -> Number | None:
    return _signed(sign, int(whole) + Fraction(int(numerator), int(denominator))) if int(denominator) else None


def _scientific(sign: str, digits: str, exponent: str) -> Number | None:
    if abs(int(exponent)) > MAX_EXPONENT:
        return None
    scale = Fraction(10) ** int(exponent)
    return _signed(sign, Fraction(digits.replace(",", "")) * scale, _last_digit(digits) * scale)


def _decimal(sign: str, digits: str) -> Number:
    plain = digits.replace(",", "").removesuffix(".")
    return _signed(sign, Fraction(plain), _last_digit(plain) if "." in plain else None)


def _last_digit(digits: str) -> Fraction:
    """Return the place value of the last digit: 1/100 for `3.14`."""
    return Fraction(1, 10 ** len(digits.partition(".")[2]))


_DECIMAL = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+"
_TIMES_TEN = r"(?:[eE]|(?:\*|x|\u00d7|\\times|\\cdot)\s*10\s*\^)"
_READERS: tuple[tuple[re.Pattern[str], Callable[..., Number | None]], ...] = (
    (re.compile(r"([+-]?)\s*(\d+)\s*/\s*([+-]?\d+)"), _fraction),
    (re.compile(r"([+-]?)\s*(\d+)\s+(\d+)\s*/\s*(\d+)"), _mixed),
    (re.compile(r"([+-]?)\s*\\[dt]?frac\s*\{?\s*([+-]?\d+)\s*\}?\s*\{?\s*([+-]?\d+)\s*\}?"), _fraction),
    (re.compile(rf"([+-]?)\s*({_DECIMAL})\s*{_TIMES_TEN}\s*\{{?([+-]?\d+)\}}?"), _scientific),
    (re.compile(rf"([+-]?)\s*({_DECIMAL}|\d+\.)"), _decimal),
)
