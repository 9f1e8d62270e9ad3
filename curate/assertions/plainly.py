"""Tell in about a microsecond that an equals sign asserts nothing untrue, where that is plain to see: mostly it is.

Only the plainest sums are looked at, and what is no sum at all. Whatever is not plainly fine is left to the slow
reading; nothing is ever accused here.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from operator import add, mul, sub

from curate.assertions.expressions import divided
from curate.assertions.tokens import Exact, number
from curate.assertions.units import unit_of

TAIL_CHARACTERS = 48
"""How far before an equals sign its left side is looked for."""
HEAD_CHARACTERS = 32
_LATEX = re.compile(r"\\text\s*\{[^{}]*\}|\\[(\[\])\],;!]|\\(?=\$)")
"""Words in formulas, spaces, and the marks round a formula."""
_PER = re.compile(r"/\s*[^\W\d_]+")

_TIMES = ("*", "\N{MULTIPLICATION SIGN}", "\N{MIDDLE DOT}", "x", "\\times", "\\cdot")
_SIGNS: dict[str, Callable[[Exact, Exact], Exact]] = {
    **dict.fromkeys(("+",), add),
    **dict.fromkeys(("-", "\N{MINUS SIGN}", "\N{EN DASH}"), sub),
    **dict.fromkeys(_TIMES, mul),
    **dict.fromkeys(("/", "\N{DIVISION SIGN}", "\\div"), divided),
}
_NUMBER = re.compile(r"\$?(?:\d{1,15}|\d{1,3}(?:,\d{3})+)(?:\.\d{1,9})?")
_CLOSING = ".,;:!)]*\\$"
_GOING_ON = frozenset("+*/^\u00d7\u00f7\u2212\u2248\u00b7%\\-x(\u00b2\u00b3!")


def doubtful(line: str, *, letters: bool) -> list[int]:
    """Return where the equals signs of a line stand that may assert something untrue.

    Args:
        line: One line of a step.
        letters: Whether letters have values, so that what holds letters may be computed.
    """
    pieces = line.split("=")
    found = []
    at = -1
    for place in range(len(pieces) - 1):
        at += len(pieces[place]) + 1
        if not _is_sound(pieces[place], pieces[place + 1], is_first=place == 0, letters=letters):
            found.append(at)
    return found


def _is_sound(left: str, right: str, *, is_first: bool, letters: bool) -> bool:
    head = right[:HEAD_CHARACTERS]
    results = (_LATEX.sub(" ", head) if "\\" in head else head).split(None, 2)
    if not results:
        return False
    if not letters and _is_lettered(results[0]):
        return True
    words = _words(left[-TAIL_CHARACTERS:])
    if not words or _defines(words) or (words[-1].isalpha() and unit_of(words[-1]) is not None):
        return False
    if not letters and _is_lettered(words[-1]) and not words[-1].isalpha():
        return True
    items = [word for word in words if not word.isalpha() or word == "x"]
    if not items:
        return is_first and not letters
    return _is_true(items, results, whole=len(left) <= TAIL_CHARACTERS, is_first=is_first)


def _words(tail: str) -> list[str]:
    """Return the words, numbers and signs before an equals sign."""
    if "\\" in tail:
        tail = _LATEX.sub(" ", tail)
    if "/" in tail:
        tail = _PER.sub("", tail).replace("/", " / ")
    return tail.replace("+", " + ").replace("*", " * ").replace(" -", " - ").split()


def _defines(words: list[str]) -> bool:
    """Say whether a letter may be defined here, `A = 3 * 4`: later steps may speak of it."""
    last = words[-1]
    return len(last) == 1 and last.isupper() and (len(words) == 1 or words[-2] not in _SIGNS)


def _is_lettered(word: str) -> bool:
    """Say whether a word begins or ends with a letter and so is no number."""
    return (word[0].isalpha() or word[-1].isalpha()) and word != "x"


def _is_true(items: list[str], results: list[str], *, whole: bool, is_first: bool) -> bool:
    """Say whether the numbers and signs before an equals sign come to the number after it."""
    terms: list[tuple[str, Exact]] = []
    place = len(items) - 1
    while place > 1 and items[place - 1] in _SIGNS:
        value = _operand(items[place])
        if value is None:
            return False
        terms.append((items[place - 1], value))
        place -= 2
    value = _operand(items[place].lstrip("(["))
    if value is None or (not whole if place == 0 else items[place - 1] in _SIGNS):
        return False
    if not terms and is_first and "-" not in items[place]:
        return True
    result = _operand(results[0].rstrip(_CLOSING))
    if result is None or (len(results) > 1 and results[1][0] in _GOING_ON):
        return False
    return _total(value, terms) == result


@lru_cache(maxsize=1 << 16)
def _operand(word: str) -> Exact | None:
    """Return the value of a word that is a plain number, or a difference without spaces, `50-10`; else None."""
    if _NUMBER.fullmatch(word):
        return number(word.lstrip("$"))
    left, sign, right = word.partition("-")
    if sign and _NUMBER.fullmatch(left) and _NUMBER.fullmatch(right):
        one, other = number(left.lstrip("$")), number(right.lstrip("$"))
        return None if one is None or other is None else one - other
    return None


def _total(value: Exact, terms: list[tuple[str, Exact]]) -> Exact | None:
    """Return the value of a sum; `terms` are its signs and operands from the last to the second."""
    total: Exact = 0
    apply: Callable[[Exact, Exact], Exact] = add
    for sign, operand in reversed(terms):
        following = _SIGNS[sign]
        if following is add or following is sub:
            total, apply, value = apply(total, value), following, operand
        elif operand == 0:
            return None
        else:
            value = following(value, operand)
    return apply(total, value)
