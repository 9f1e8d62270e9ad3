"""Numbers in words: `twelve`, `one hundred and five`, `two thirds`, `3 million`, `half a dozen`."""

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
_PARTS |= {"thirds": 3, "quarters": 4, "fourths": 4, "fifths": 5, "sixths": 6, "eighths": 8, "tenths": 10, "halves": 2}


@lru_cache(maxsize=1024)
def read_number_words(text: str) -> Fraction | None:
    """Return the number that words say, or None when they say none."""
    words = text.lower().replace("-", " ").split()
    if not words or len(words) > MAX_WORDS:
        return None
    if words[-1] in _PARTS:
        count = 1 if words[:-1] in ([], ["a"], ["one"]) else _count(words[:-1])
        return None if count is None else Fraction(count, _PARTS[words[-1]])
    count = _count(words)
    return None if count is None else Fraction(count)


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
