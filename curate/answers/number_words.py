"""Numbers in words: `twelve`, `one hundred and five`, `two thirds`, `two and a half`, `a million`, `two point five`."""

from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

MAX_WORDS = 12

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
"""Words that multiply all that was said before them."""
_SMALL = {word: value for value, word in enumerate(_ONES + _TEENS)}
_SMALL |= {word: 10 * value for value, word in enumerate(_TENS, 2)}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_WHOLE_PARTS = frozenset({"half", "quarter"})
_MULTIPLYING = frozenset({"hundred", *SCALES})
_PARTS |= {"thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6, "eighths": 8, "tenths": 10, "halves": 2}
PARTS = frozenset({"hundred", "point", *SCALES, *_PARTS})
"""Words that are a number only together with others."""


@lru_cache(maxsize=1024)
def read_number_words(text: str) -> Fraction | None:
    """Return the number that words say, or None when they say none."""
    words = text.lower().replace("-", " ").split()
    if not words or len(words) > MAX_WORDS:
        return None
    if words[0] in ("minus", "negative") and len(words) > 1:
        value = read_number_words(" ".join(words[1:]))
        return None if value is None else -value
    if words[0] in ("a", "an") and len(words) > 1 and words[1] in _MULTIPLYING:
        words[0] = "one"
    if words[-1] in _PARTS:
        return _with_part(words)
    if "point" in words:
        return _decimal(words, words.index("point"))
    count = _count(words)
    return None if count is None else Fraction(count)


def _with_part(words: list[str]) -> Fraction | None:
    """Return `two thirds`, or `two and a half`; `third` alone is a place and no number."""
    *said, part = words
    if said[-2:-1] == ["and"] and len(said) > 2:  # noqa: PLR2004 - a whole, `and`, how many parts
        whole, said = _whole(said[:-2]), said[-1:]
    else:
        whole = 0
    if not said and part not in _WHOLE_PARTS:
        return None
    count = 1 if said in ([], ["a"], ["one"]) else _count(said)
    return None if count is None or whole is None else whole + Fraction(count, _PARTS[part])


def _whole(words: list[str]) -> int | None:
    return int(words[0]) if len(words) == 1 and words[0].isdecimal() else _count(words)


def _decimal(words: list[str], point: int) -> Fraction | None:
    """Return `two point five`."""
    whole, digits = _count(words[:point] or ["zero"]), words[point + 1 :]
    if whole is None or not digits or any(digit not in _ONES for digit in digits):
        return None
    return whole + Fraction(int("".join(str(_SMALL[digit]) for digit in digits)), 10 ** len(digits))


def _count(words: list[str]) -> int | None:
    """Return the value of words such as `two hundred and five thousand`; None when a word is no number."""
    total, group, said = 0, 0, False
    for word in words:
        if word in _SMALL:
            group, said = group + _SMALL[word], True
        elif word == "hundred" and said:
            group *= 100
        elif word in SCALES and said:
            total, group = total + group * SCALES[word], 0
        elif word != "and" or not said:
            return None
    return total + group if said and _is_said_properly(words) else None


def _is_said_properly(words: list[str]) -> bool:
    """Say whether small numbers follow one another only as in `twenty one`: `three four` is two numbers."""
    for first, second in pairwise(words):
        if first in _SMALL and second in _SMALL and not (first in _TENS and second in _ONES[1:]):
            return False
    return words[-1] != "and"
