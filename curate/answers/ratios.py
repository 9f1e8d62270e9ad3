"""Ratios: `3:2`, `3 : 2 : 1`, `3 to 2`. `6:4` is `3:2`; `12:30` may as well be a time, so it is no fraction."""

import re
from fractions import Fraction
from math import gcd, lcm

from curate.answers.numeric import read_number
from curate.answers.types import Asked
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 80
Ratio = tuple[int, ...]
"""Terms without a common factor."""

_RATIO = re.compile(r"([0-9][0-9.,/]*(?:\s*(?::|\bto\b)\s*[0-9][0-9.,/]*)+)")
_SEPARATOR = re.compile(r"\s*(?::|\bto\b)\s*")
_CLOCK = re.compile(r"[0-2]?[0-9]:[0-5][0-9]")


def read_ratio(text: str, asked: Asked) -> Ratio | None:
    """Return a ratio in lowest terms, or None when the text is none; a fraction is one where a ratio is asked for."""
    if len(text) > MAX_CHARACTERS or not _RATIO.fullmatch(text):
        number = read_number(text) if asked.type == "ratio" else None
        return None if number is None or number.unit else (number.value.numerator, number.value.denominator)
    terms = [read_number(term) for term in _SEPARATOR.split(text)]
    values = [term.value for term in terms if term is not None]
    return _lowest(values) if len(values) == len(terms) and any(values) else None


def _lowest(values: list[Fraction]) -> Ratio:
    common = lcm(*(value.denominator for value in values))
    terms = [int(value * common) for value in values]
    divisor = gcd(*terms)
    return tuple(term // divisor for term in terms)


def compare_ratios(left: Ratio, right: Ratio, _asked: Asked) -> Decision:
    """Compare two ratios term by term."""
    return ("same" if left == right else "different"), "ratio"


def read_ratio_as_number(text: str) -> Fraction | None:
    """Return the value of a ratio of two terms that cannot be a time of day, or None."""
    if _CLOCK.fullmatch(text):
        return None
    ratio = read_ratio(text, Asked())
    return Fraction(*ratio) if ratio is not None and len(ratio) == 2 and ratio[1] else None  # noqa: PLR2004 - a fraction
