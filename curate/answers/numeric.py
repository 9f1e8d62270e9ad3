r"""Read a number as it is written: `1,000.50`, `$3`, `3/4`, `1 1/2`, `-7`, `12%`, `5e3`, `\frac{3}{4}`, `1 000 000`.

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

_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


class Number(msgspec.Struct, frozen=True):
    """A number and the mark that stood on it."""

    value: Fraction
    """Its exact value as written; `12%` has the value 12."""
    quantum: Fraction | None = None
    """The value of its last digit, where it has a decimal point or an exponent and so may have been rounded."""
    unit: Unit | None = None
    """`percent`, `money`, or None; a mark is not part of the value."""

    def __str__(self) -> str:
        mark = {"percent": "%", "money": " (money)", None: ""}[self.unit]
        return f"{self.value}{mark}"


def read_number(text: str) -> Number | None:
    """Return the number that `text` is, or None when it is anything else."""
    if not text or len(text) > MAX_NUMBER_CHARACTERS:
        return None
    plain = text.translate(_MINUS).strip()
    unit: Unit | None = None
    if plain.endswith("%"):
        plain, unit = plain.removesuffix("%").removesuffix("\\").rstrip(), "percent"
    money = _MONEY.fullmatch(plain)
    if money:
        plain, unit = money[1] + money[2], "money"
    found = read_plain_number(plain)
    return found if found is None or unit is None else msgspec.structs.replace(found, unit=unit)


_MONEY = re.compile(r"([+-]?)\s*\\?[$€£]\s*(.+)")


def read_plain_number(text: str) -> Number | None:
    """Return the number that `text` is, without percent sign or currency, or None when it is anything else."""
    if "\\" in text or "{" in text:
        text = text.replace("{,}", ",").replace("\\,", "").replace("\\!", "")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    for pattern, read in _READERS:
        match = pattern.fullmatch(text)
        if match:
            return read(*match.groups())
    return None


def read_decimal_comma(text: str) -> Number | None:
    """Return the number that `text` is where a comma marks the decimals, as in `3,14`, or None when it is none."""
    match = _DECIMAL_COMMA.fullmatch(text) if len(text) <= MAX_NUMBER_CHARACTERS else None
    return _decimal(match[1], f"{match[2]}.{match[3]}") if match else None


def may_be_rounded(rounded: Number, exact: Number) -> bool:
    """Say whether the first, written as a decimal, is the second rounded to as many digits."""
    return rounded.quantum is not None and abs(rounded.value - exact.value) <= rounded.quantum / 2


def _signed(sign: str, value: Fraction, quantum: Fraction | None = None) -> Number:
    return Number(-value if sign == "-" else value, quantum)


def _fraction(sign: str, numerator: str, denominator: str) -> Number | None:
    return _signed(sign, Fraction(int(numerator), int(denominator))) if int(denominator) else None


def _mixed(sign: str, whole: str, numerator: str, denominator: str) -> Number | None:
    return _signed(sign, int(whole) + Fraction(int(numerator), int(denominator))) if int(denominator) else None


def _latex_fraction(sign: str, *parts: str | None) -> Number | None:
    numerator, denominator = filter(None, parts)
    return _fraction(sign, numerator, denominator)


def _latex_mixed(sign: str, whole: str, *parts: str | None) -> Number | None:
    numerator, denominator = filter(None, parts)
    return _mixed(sign, whole, numerator, denominator)


def _scientific(sign: str, digits: str, exponent: str) -> Number | None:
    if abs(int(exponent)) > MAX_EXPONENT:
        return None
    scale = Fraction(10) ** int(exponent)
    return _signed(sign, Fraction(digits.replace(",", "")) * scale, _last_digit(digits) * scale)


def _power_of_ten(sign: str, exponent: str) -> Number | None:
    return _signed(sign, Fraction(10) ** int(exponent)) if abs(int(exponent)) <= MAX_EXPONENT else None


def _decimal(sign: str, digits: str) -> Number:
    if digits.isdigit():
        return _signed(sign, Fraction(int(digits)))
    plain = _GROUPING.sub("", digits).removesuffix(".")
    return _signed(sign, Fraction(plain), _last_digit(plain) if "." in plain else None)


def _dotted(sign: str, digits: str) -> Number:
    return _decimal(sign, digits.replace(".", "").replace(",", "."))


def _spaced(sign: str, digits: str) -> Number:
    return _decimal(sign, digits.replace(",", "."))


def _repeating(sign: str, whole: str, digits: str, *cycles: str | None) -> Number:
    cycle = next(filter(None, cycles))
    rest = Fraction(int(cycle), 10 ** len(cycle) - 1)
    return _signed(sign, int(whole or 0) + (int(digits or 0) + rest) / 10 ** len(digits))


def _last_digit(digits: str) -> Fraction:
    """Return the place value of the last digit: 1/100 for `3.14`."""
    return Fraction(1, 10 ** len(digits.partition(".")[2]))


_GROUPING = re.compile("[,' ]")
_DECIMAL = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_TIMES_TEN = r"(?:[eE]|(?:\*|x|\u00d7|\u00b7|\\times|\\cdot)\s*10\s*\^)"
_EXPONENT = r"\s*[{(]?\s*([+-]?[0-9]+)\s*[})]?"
_SIGN = r"([+-]?)\s*"
_PART = r"\s*(?:\{\s*([+-]?[0-9]+)\s*\}|([0-9]))"
_FRAC = rf"\\[dtc]?frac{_PART}{_PART}"
_CYCLE = r"\\(?:overline|bar|dot)\s*(?:\{\s*([0-9]+)\s*\}|([0-9]))"
_DECIMAL_COMMA = re.compile(rf"{_SIGN}([0-9]+),([0-9]+)")
_READERS: tuple[tuple[re.Pattern[str], Callable[..., Number | None]], ...] = (
    (re.compile(rf"{_SIGN}({_DECIMAL}|[0-9]+\.)"), _decimal),
    (re.compile(rf"{_SIGN}([0-9]+)\s*/\s*([+-]?[0-9]+)"), _fraction),
    (re.compile(rf"{_SIGN}([0-9]+)(?:\s+|\s+and\s+)([0-9]+)\s*/\s*([0-9]+)"), _mixed),
    (re.compile(rf"{_SIGN}{_FRAC}"), _latex_fraction),
    (re.compile(rf"{_SIGN}([0-9]+)\s*{_FRAC}"), _latex_mixed),
    (re.compile(rf"{_SIGN}({_DECIMAL})\s*{_TIMES_TEN}{_EXPONENT}"), _scientific),
    (re.compile(rf"{_SIGN}10\s*\^{_EXPONENT}"), _power_of_ten),
    (re.compile(rf"{_SIGN}([0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?:\.[0-9]+)?)"), _decimal),
    (re.compile(rf"{_SIGN}([0-9]{{1,3}}(?:[ '][0-9]{{3}})+(?:[.,][0-9]+)?)"), _spaced),
    (re.compile(rf"{_SIGN}([0-9]*)\.([0-9]*)(?:{_CYCLE}|\(([0-9]+)\))"), _repeating),
    (re.compile(rf"{_SIGN}([0-9]{{1,3}}(?:\.[0-9]{{3}})+,[0-9]+|[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,}})"), _dotted),
)
"""Ways to write a number, the most frequent first; the groupings of thousands are those of English, India, SI and
French, Switzerland, Germany."""
