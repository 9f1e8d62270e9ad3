"""Letters that stand for numbers: what the problem's equations and the steps so far say of them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from curate.assertions.tokens import Exact

_WORD = re.compile(r"[^\W\d_\u00b2\u00b3]+")
_SENTENCE_END = re.compile(r"[.,;:?!](?!\d)")


class Letters:
    """What is known of letters up to a step."""

    def __init__(self, fixed: Mapping[str, Exact]) -> None:
        self.fixed = fixed
        """Letters that the problem's equations fix."""
        self.told: dict[str, Exact | None] = {}
        """Letters that a step defined; None where two steps disagree."""

    def tell(self, letter: str, value: Exact) -> None:
        """Take in that a step defines a letter."""
        self.told[letter] = value if self.told.get(letter, value) == value else None

    def with_values(self, line: str) -> str:
        """Return a line with the values of the letters that are fixed in their places."""
        fixed = tuple(letter for letter in self.fixed if letter in line)
        return _alone(fixed).sub(self._value, line) if fixed else line

    def _value(self, found: re.Match[str]) -> str:
        # A product, for a letter is no lone number.
        return f"{found[1]}{'*' if found[1] else ''}({self.fixed[found[2]]}*1)"

    def fix(self, text: str) -> bool:
        """Say whether a letter that is fixed stands in a text."""
        return any(letter in text for letter in self.fixed) and not self.fixed.keys().isdisjoint(_WORD.findall(text))

    def tell_of(self, text: str, least: int) -> bool:
        """Say whether some of the letters that were told, so many at least, stand in the last sentence of a text."""
        if sum(letter in text for letter in self.told) < least:
            return False
        return len(self.told.keys() & set(_WORD.findall(_SENTENCE_END.split(text)[-1]))) >= least


@lru_cache(maxsize=64)
def _alone(letters: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of letters that are no part of a word, and of what stands right before them as a factor."""
    letter = r"[^\W\d_\u00b2\u00b3]"
    names = "|".join(map(re.escape, letters))
    return re.compile(rf"([\d)]?)(?<!{letter})(?<!{letter}['\u2019-])({names})(?!{letter})(?!['\u2019-]{letter})")
