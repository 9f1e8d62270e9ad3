"""Units with a fixed relation to one another: which word is which, and how many of the smallest each is worth."""

from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit of measurement."""

    dimension: str
    size: Fraction
    """How many of the dimension's smallest unit."""


_TABLE = """
time: second 1, sec 1, minute 60, min 60, hour 3600, hr 3600
days: day 1, week 7, fortnight 14
months: month 1, year 12, yr 12, decade 120, century 1200
metric length: millimeter 1, millimetre 1, mm 1, centimeter 10, centimetre 10, cm 10, meter 1000, metre 1000,
  kilometer 1000000, kilometre 1000000, km 1000000
length: inch 1, foot 12, ft 12, yard 36, mile 63360
metric mass: milligram 1, mg 1, gram 1000, kilogram 1000000, kg 1000000, tonne 1000000000
mass: ounce 1, oz 1, pound 16, lb 16
metric volume: milliliter 1, millilitre 1, ml 1, mL 1, centiliter 10, liter 1000, litre 1000
volume: teaspoon 1, tablespoon 3, cup 48, pint 96, quart 192, gallon 768
money: cent 1, dollar 100
count: dozen 12, score 20, gross 144
"""
_IRREGULAR = {"inches": "inch", "feet": "foot", "centuries": "century"}


def _read(table: str) -> dict[str, Unit]:
    units = {}
    for line in table.replace(",\n ", ",").strip().splitlines():
        dimension, _, members = line.partition(": ")
        for member in members.split(", "):
            name, size = member.split()
            units[name] = Unit(dimension, Fraction(size))
    return units


UNITS = _read(_TABLE)


def singular(word: str) -> str:
    """Return the singular of a unit's name, in lower case, by the plainest rules."""
    lowered = word.lower()
    if lowered in _IRREGULAR:
        return _IRREGULAR[lowered]
    return lowered.removesuffix("s") if lowered.endswith("s") and not lowered.endswith(("ss", " s")) else lowered


@lru_cache(maxsize=1 << 12)
def unit_of(word: str) -> Unit | None:
    """Return the unit that a word names, or None."""
    return UNITS.get(singular(word))


_LOOSE = (4, 5, 24, 30, 52, 100, 365, 1000)
"""Relations that hold by custom: weeks in a month, working days in a week."""
SCALES = frozenset(
    one.size / other.size
    for one in UNITS.values()
    for other in UNITS.values()
    if one.dimension == other.dimension and one.size != other.size
).union(*({Fraction(times), Fraction(1, times)} for times in _LOOSE))
"""By how much two numbers may differ that are the same amount in other units."""
