"""Words that agree: `1 dollar` and `3 dollars`, `an atlas`, `he` and `his`, all from within a format string.

"{a} buys {count:{item}} and {gift:a} for {price:$}."  ->  "Maya buys 4 candles and an atlas for $20."
"""

from typing import Literal

import msgspec

from curate.families.base import number
from curate.families.word_scenarios.formula import Value

_INVARIABLE = frozenset({"km", "m", "dm", "cm", "kg", "g", "ml", "percent"})
_IRREGULAR = {"person": "people", "child": "children", "shelf": "shelves"}
_PRONOUNS = {"he": ("his", "him"), "she": ("her", "her")}


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a problem; `{a}` writes the name, `{a.his}` a pronoun, `{a.He}` one that opens a sentence."""

    name: str
    """The first name; none ends in s."""
    he: Literal["he", "she"]
    """The pronoun."""

    def __str__(self) -> str:
        return self.name

    @property
    def his(self) -> str:
        """`his` or `her`."""
        return _PRONOUNS[self.he][0]

    @property
    def him(self) -> str:
        """`him` or `her`."""
        return _PRONOUNS[self.he][1]

    @property
    def His(self) -> str:  # noqa: N802 - the templates show by the capital that it opens a sentence
        """`His` or `Her`."""
        return self.his.capitalize()

    @property
    def He(self) -> str:  # noqa: N802 - the templates show by the capital that it opens a sentence
        """`He` or `She`."""
        return self.he.capitalize()


class Noun(str):
    """A noun in the singular; `{item:s}` writes the plural, `{item:a}` and `{item:A}` put the article before it."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if spec == "s":
            return plural(self)
        article = "an " if self[0] in "aeiou" else "a "
        return {"": "", "a": article, "A": article.capitalize()}[spec] + self


class Quantity:
    """A number; `{price}` writes it bare, `{price:$}` as money, `{hours:hour}` with a noun that agrees."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value

    def __format__(self, spec: str) -> str:
        if spec == "$":
            return ("-$" if self.value < 0 else "$") + number(-self.value if self.value < 0 else self.value)
        counted = spec if self.value == 1 else plural(spec)
        return f"{number(self.value)} {counted}".rstrip()


def plural(noun: str) -> str:
    """Return the plural of a noun or of a measure: `boxes`, `liters of juice`, `km per hour`."""
    for joint in (" per ", " of "):
        head, found, tail = noun.partition(joint)
        if found:
            return plural(head) + found + tail
    first, space, last = noun.rpartition(" ")
    return first + space + _plural_word(last)


def _plural_word(word: str) -> str:
    if not word or word in _INVARIABLE:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
