r"""Numbers with what they count or measure: `12`, `$3.50`, `5 km/h`, `12%`, `3 hours 20 minutes`, `7 apples`.

A unit on one side alone was left away on the other. `5 km` is `5000 m` and not `5 m`; whether `12 eggs` are `12 items`
is not ours to say.
"""

import re
from fractions import Fraction

import msgspec

from curate.answers.number_words import read_number_words
from curate.answers.numeric import Number, may_be_rounded, read_decimal_comma, read_plain_number
from curate.answers.types import NOTHING_ASKED, Asked
from curate.answers.units import Unit, factors_of, lookup, read_unit
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 120
MAX_PARTS = 4


class Quantity(msgspec.Struct, frozen=True):
    """A number and its unit."""

    number: Number
    """The number as written."""
    unit: Unit = Unit()
    """What it counts or measures."""

    @property
    def base(self) -> Fraction:
        """Its value in base units."""
        return self.number.value * self.unit.factor

    def __str__(self) -> str:
        return f"{self.base} {self.unit}".rstrip()

    def in_base(self) -> Number:
        """Return the number in base units, with what its last digit is worth there."""
        quantum = self.number.quantum
        return Number(self.base, None if quantum is None else quantum * self.unit.factor)


_CURRENCY = re.compile(
    r"([+-]?)\s*((?:US|CA?|AU?)\$|[$€£¢¥₹]|(?:USD|EUR|GBP|JPY|INR|CNY|RMB|CHF|CAD|AUD)(?=[\s0-9])|Rs\.?(?=[\s0-9]))"
    r"\s*([+-]?)\s*(?=[0-9.])"
)
_SIGNS = {"US$": "$", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "Rs.": "Rs"}
_IN_MONEY = re.compile(r"\s*(?:([kK])|([mM])|(bn|[bB])|(tn|[tT]))(?![A-Za-z])")
_SCALES_OF_MONEY = ("thousand", "million", "billion", "trillion")
_PREFIX = re.compile(
    r"[+-]?\s*(?:"
    r"[0-9]*\s*\\frac\s*(?:\{\s*-?[0-9]+\s*\}|[0-9])\s*(?:\{\s*[0-9]+\s*\}|[0-9])"
    r"|[0-9]+\s+[0-9]+\s*/\s*[0-9]+(?![0-9])"
    r"|[0-9]+\s*/\s*[0-9]+(?![0-9])"
    r"|(?:[0-9]{1,3}(?:[, '][0-9]{3})+(?![0-9])|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])|[0-9]+)"
    r"(?:[.,][0-9]+|\.(?![0-9]))?(?:[eE][+-]?[0-9]+(?![0-9A-Za-z])|\s*[x*]\s*10\s*\^\s*(?:\{\s*-?[0-9]+\s*\}|-?[0-9]+))?"
    r"|\.[0-9]+)"
)
_NEXT_PART = re.compile(r"(?<=[A-Za-z'\"])(?<![0-9\s]x)(?:\s*,\s*|\s+and\s+|\s+)(?=[0-9])")


def read_quantity(text: str, _asked: Asked = NOTHING_ASKED) -> Quantity | None:
    """Return the quantity that `text` is, or None when it is anything else."""
    if len(text) > MAX_CHARACTERS:
        return None
    plain = read_plain_number(text)
    if plain is not None:
        return Quantity(plain)
    if " and a " in text and (more := _AND_A_PART.fullmatch(text)):
        first, part = read_quantity(more[1]), read_number_words(more[2])
        if first is not None and first.unit.dimensions and part is not None:
            return Quantity(Number(first.number.value + part), first.unit)
    if text[:1].isdigit():
        text = _FEET.sub(_feet, _CLOCKED.sub(r"\1 h \2 min", text))
    parts = _NEXT_PART.split(text, MAX_PARTS) if text[:1].isdigit() else [text]
    quantities = [_read_one(part) for part in parts]
    return _sum(quantities)


_CLOCKED = re.compile(r"\A([0-9]+)\s?h\s?([0-9]+)\s?m(?=\s?[0-9]|\Z)")
_FEET = re.compile(r"\A([0-9]+)\s?'\s?(?:([0-9.]+)\s?(?:\"|''))?\Z")


def _feet(match: re.Match[str]) -> str:
    """Return `6' 2"` in words."""
    return f"{match[1]} ft {match[2]} in" if match[2] else f"{match[1]} ft"


def _read_one(text: str) -> Quantity | None:
    money = _CURRENCY.match(text)
    if money:
        text = money[1] + money[3] + text[money.end() :]
        whole = read_plain_number(text.strip())
        if whole is not None:
            return _scaled(whole, Unit(), lookup(_SIGNS.get(money[2], money[2])))
    match = _PREFIX.match(text)
    if match is None or not match[0] or _SAYS_MORE.match(text, match.end()):
        return _in_words(text)
    after = text[match.end() :]
    if money:
        after = _in_words_of_money(after)
    unit = read_unit("k" if after == "K" else after.strip())  # `100K` is a number, `100 K` a temperature
    number = read_plain_number(match[0].strip())
    if number is None and (money or (unit is not None and unit.dimensions)):  # without a unit, `3,4` is two numbers
        number = read_decimal_comma(match[0].strip())
    if number is None or unit is None:
        return None
    return _scaled(number, unit, lookup(_SIGNS.get(money[2], money[2])) if money else None)


def _in_words_of_money(after: str) -> str:
    """Return what follows an amount of money, `K` and `/hour` spelt out."""
    if scaled := _IN_MONEY.match(after):
        return _SCALES_OF_MONEY[(scaled.lastindex or 1) - 1] + after[scaled.end() :]
    return after.lstrip().removeprefix("/")


_SAYS_MORE = re.compile(r" and (?:a|one|two|three) ")


def _scaled(number: Number, unit: Unit, currency: Unit | None = None) -> Quantity:
    """Return `5 million` as 5000000; a word beside a sign of money, as in `$5 dollars`, adds nothing to it."""
    quantum = None if number.quantum is None else number.quantum * unit.scale
    return Quantity(Number(number.value * unit.scale, quantum), currency or Unit(unit.dimensions, unit.factor))


def _in_words(text: str) -> Quantity | None:
    """Return the quantity that words say: `twelve`, `three apples`, `half an hour`."""
    words = text.split()
    for count in range(len(words), 0, -1):
        value = read_number_words(" ".join(words[:count]))
        if value is not None:
            unit = None if any(map(read_number_words, words[count:])) else read_unit(" ".join(words[count:]))
            return None if unit is None else _scaled(Number(value), unit)
    unit = read_unit(" ".join(words[1:])) if words[:1] in (["a"], ["an"]) else None
    if unit is None or len(unit.dimensions) > 1 or not (unit.scale != 1 or (unit.dimensions and unit.is_measure)):
        return None
    return _scaled(Number(Fraction(1)), unit)  # `a dozen eggs`, `an hour`, and not `a dozen or so`


_AND_A_PART = re.compile(r"(.+) and (a (?:half|third|quarter))", re.IGNORECASE)


def _sum(quantities: list[Quantity | None]) -> Quantity | None:
    """Return `1 hour 30 minutes` as one; the parts must measure the same in ever smaller units."""
    first, *others = quantities
    if first is None:
        return None
    total, smallest = first.base, first.unit.factor
    for part in others:
        if part is None or part.unit.dimensions != first.unit.dimensions or part.unit.factor >= smallest:
            return None
        total, smallest = total + part.base, part.unit.factor
    return first if not others else Quantity(Number(total / smallest), Unit(first.unit.dimensions, smallest))


def compare_quantities(left: Quantity, right: Quantity, asked: Asked) -> Decision | None:
    """Compare two quantities."""
    one, other = left.unit, right.unit
    if one == other and not one.dimensions:
        return compare_numbers(left.number, right.number, asked, "number")
    measured, counted = _parts(one), _parts(other)
    if measured[0] and counted[0]:
        return _compare_measures(left, right, asked)
    if measured[0] or counted[0]:
        return _compare_with_bare(left, right, asked) if measured[0] else _compare_with_bare(right, left, asked)
    return _compare_counts(left, right, asked)


def _parts(unit: Unit) -> tuple[frozenset[tuple[str, int]], frozenset[str]]:
    """Return what a unit measures, and the words that are no units."""
    measures = frozenset(part for part in unit.dimensions if not part[0].startswith(":"))
    return measures, frozenset(name for name, _ in unit.dimensions if name.startswith(":"))


def compare_numbers(left: Number, right: Number, asked: Asked, rule: str = "number") -> Decision:
    """Compare two numbers: equal means equal, and one may be the other rounded."""
    if left.value == right.value:
        return "same", rule
    if may_be_rounded(left, right) or may_be_rounded(right, left):
        return ("same", "rounded_as_asked") if asked.rounded else ("undecided", "rounded")
    return "different", rule


_MONEY = frozenset({("dollar", 1), ("euro", 1), ("sterling", 1), ("yen", 1), ("rupee", 1)})
_LOOSE = (
    frozenset({"dollar", "percent"}),
    frozenset({"euro", "percent"}),
    frozenset({"sterling", "percent"}),
    frozenset({"mass", "sterling"}),
    frozenset({"dollar", "canadian"}),
    frozenset({"dollar", "australian"}),
    frozenset({"yen", "yuan"}),
    frozenset({"angle", "celsius"}),
    frozenset({"angle", "fahrenheit"}),
)
"""Pairs of which one may be meant by the other's sign, as pounds of weight and of money."""


def _compare_measures(left: Quantity, right: Quantity, asked: Asked) -> Decision:
    """Compare two quantities that both have a unit of measure: converted where they measure the same."""
    first, second = _parts(left.unit)[0], _parts(right.unit)[0]
    if first == second:
        decision = compare_numbers(left.in_base(), right.in_base(), asked, "quantity")
        is_open = decision[0] == "different" and first == {("data", 1)} and _in_binary(left) == _in_binary(right)
        return ("undecided", "unit") if is_open else decision
    if (first < second or second < first) and (first & second) <= _MONEY and first & second:
        return compare_numbers(left.number, right.number, asked, "unit_omitted")  # what an hour costs is `$15`
    names = frozenset(name for name, _ in first | second)
    if names <= {"celsius", "fahrenheit", "temperature"}:
        return compare_numbers(_kelvin(left), _kelvin(right), asked, "quantity")
    if names == {"angle", "radian"}:
        return "undecided", "unit"
    if names in _LOOSE and left.number.value == right.number.value:
        return "undecided", "unit"
    return "different", "unit"


def _in_binary(quantity: Quantity) -> Fraction:
    """Return an amount of data where a kilobyte has 1024 bytes."""
    thousands = (len(str(int(quantity.unit.factor))) - 1) // 3
    return quantity.base * Fraction(1024, 1000) ** thousands


ZERO_CELSIUS = Fraction(27315, 100)


def _kelvin(quantity: Quantity) -> Number:
    """Return a temperature of any scale in kelvins."""
    number = quantity.number
    if quantity.unit.dimensions == lookup("kelvin").dimensions:
        return number
    if quantity.unit.dimensions == lookup("celsius").dimensions:
        return Number(number.value + ZERO_CELSIUS, number.quantum)
    quantum = None if number.quantum is None else number.quantum * Fraction(5, 9)
    return Number((number.value - 32) * Fraction(5, 9) + ZERO_CELSIUS, quantum)


def _compare_with_bare(measured: Quantity, other: Quantity, asked: Asked) -> Decision:
    """Compare a quantity with a number that has no unit of measure, where it was left away."""
    if measured.unit.dimensions == (("percent", 1),):
        return _compare_percent(measured.number, other.number, asked)
    if other.unit.dimensions:
        return "undecided", "unit_words"
    if measured.unit.dimensions == lookup("kelvin").dimensions and measured.base * 1000 == other.base:
        return "same", "thousands"
    decision = compare_numbers(measured.number, other.in_base(), asked, "unit_omitted")
    if decision[0] == "different" and other.base in _conversions(measured):
        return "undecided", "unit_omitted"
    return decision


def _conversions(quantity: Quantity) -> frozenset[Fraction]:
    return frozenset(quantity.base / factor for factor in factors_of(quantity.unit.dimensions))


def _compare_percent(percent: Number, other: Number, asked: Asked) -> Decision:
    """Compare `12%` with a number: 12 where a percentage is asked for, 0.12 where a share is, else 12 or undecided."""
    share = Number(percent.value / 100, None if percent.quantum is None else percent.quantum / 100)
    if asked.type == "share":
        return compare_numbers(share, other, asked, "share")
    if share.value == other.value or may_be_rounded(share, other) or may_be_rounded(other, share):
        return "undecided", "percent_or_share"
    return compare_numbers(percent, other, asked, "percent")


def _compare_counts(left: Quantity, right: Quantity, asked: Asked) -> Decision:
    """Compare counts of things; other words for the things leave open whether they are the same."""
    decision = compare_numbers(left.in_base(), right.in_base(), asked, "count")
    one, other = _parts(left.unit)[1], _parts(right.unit)[1]
    if decision[0] == "same" and not (one <= other or other <= one):
        return "undecided", "unit_words"
    return decision


def canonical_quantity(quantity: Quantity, asked: Asked) -> str:
    """Return a normal form: without `$` and words that are no units, and without any where a number is asked for."""
    measures = _parts(quantity.unit)[0]
    if not measures or measures == {("dollar", 1)}:
        return str(quantity.base)
    money = measures & _MONEY
    if asked.type in {"integer", "number"} or (money and ("dollar", 1) in money):
        return str(quantity.number.value)
    if money:
        return f"{quantity.number.value} {Unit(tuple(money))}"
    if measures in ({("fahrenheit", 1)}, {("temperature", 1)}):
        return f"{_kelvin(quantity).value - ZERO_CELSIUS} °C"
    if measures == {("percent", 1)}:
        return str(quantity.number.value / 100 if asked.type == "share" else quantity.number.value)
    return f"{quantity.base} {Unit(tuple(sorted(measures)))}"
