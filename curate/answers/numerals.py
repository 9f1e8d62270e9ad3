r"""Numerals in a stated base: `1011_2`, `1A_{16}`, `0x1f`, `0b101`, `1011 (base 2)`, `1011_{two}`."""

import re

import msgspec

from curate.answers.types import Asked
from curate.answers.verdicts import Decision

MAX_CHARACTERS = 120
_BASES = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_BASES |= {"twelve": 12, "sixteen": 16}
_DIGITS = r"(-?[0-9A-Za-z]+)"
_BASE = r"([0-9]{1,2}|[a-z]+)"
_MARKED = re.compile(rf"\(?{_DIGITS}\)?\s*(?:_\s*\{{?\s*{_BASE}\s*\}}?|,?\s*\(?\s*(?:in )?base[\s-]*{_BASE}\s*\)?)")
_PREFIXED = re.compile(r"(-?)0([bxoBXO])([0-9A-Fa-f]+)")
_PREFIXES = {"b": 2, "o": 8, "x": 16}
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+")
_LETTERS = re.compile(r"-?[A-Fa-f]+")
_PLAIN = re.compile(r"-?[0-9A-Za-z]*[0-9][0-9A-Za-z]*")


class Numeral(msgspec.Struct, frozen=True):
    """Digits, and the base they are written in."""

    digits: str
    """As written, in lower case, without leading zeros."""
    base: int | None
    """2 to 36, or None where it is not said."""

    @property
    def value(self) -> int:
        """What it is worth; without a base, as a decimal."""
        return int(self.digits, self.base or 10)

    def __str__(self) -> str:
        return self.digits if self.base is None else f"{self.digits} (base {self.base})"


def read_numeral(text: str, asked: Asked) -> Numeral | None:
    """Return a numeral with its base, or bare digits; None when the text is neither."""
    if len(text) > MAX_CHARACTERS:
        return None
    if prefixed := _PREFIXED.fullmatch(text):
        return _numeral(prefixed[1] + prefixed[3], _PREFIXES[prefixed[2].lower()])
    if marked := _MARKED.fullmatch(text):
        base = marked[2] or marked[3]
        return _numeral(marked[1], int(base) if base.isdigit() else _BASES.get(base, 0))
    compact = text.replace(",", "") if _GROUPED.fullmatch(text) else text
    is_plain = _PLAIN.fullmatch(compact) or (asked.type == "numeral" and _LETTERS.fullmatch(compact))
    return _numeral(compact, None) if is_plain else None


def show_worth(numeral: Numeral, _asked: Asked) -> str:
    """Return what a numeral with a base is worth, or the bare digits."""
    return numeral.digits if numeral.base is None else str(numeral.value)


def _numeral(digits: str, base: int | None) -> Numeral | None:
    sign, plain = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    numeral = Numeral(sign + (plain.lower().lstrip("0") or "0"), base)
    if base is None:
        return numeral
    try:
        assert numeral.value is not None
    except ValueError:  # a base beyond 2 to 36, or a digit that it has not
        return None
    return numeral


def compare_numerals(left: Numeral, right: Numeral, _asked: Asked) -> Decision | None:
    """Compare two numerals of which one at least states its base; the other's was left away, or it is a decimal."""
    if left.base is None and right.base is None:
        return None
    if left.base is not None and right.base is not None:
        return ("same" if left.value == right.value else "different"), "numeral"
    if left.digits == right.digits:
        return "same", "base_omitted"
    stated, bare = (left, right) if right.base is None else (right, left)
    worth_it = bare.digits.lstrip("-").isdigit() and stated.value == bare.value
    return ("undecided" if worth_it else "different"), "numeral"
