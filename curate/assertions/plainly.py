"""Tell in a few microseconds that a sign of equality asserts nothing untrue, where that is plain to see: mostly it is.

Nothing is ever accused here: whatever is not plainly fine is left to the slow reading.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from operator import itemgetter

from curate.assertions.letters import Letters
from curate.assertions.rounding import may_be_said
from curate.assertions.sides import AFTER, BEFORE, NEARLY, After, Before
from curate.assertions.sums import Ratio, applied, numeral, sum_of
from curate.assertions.tokens import BETWEEN, Exact, exact, plain_latex
from curate.assertions.units import unit_of
from curate.assertions.words import NOT_UNITS

LETTER = Before._fields.index("letter")
NUMBER, SUM, MIDDLE = map(After._fields.index, ("number", "sum", "middle"))
"""What stands in these places; the patterns give plain tuples."""
FEW = 2
"""So many letters, the empty one among them, give no value to a side of several."""
_BOLD = re.compile(r"\*\*(?:(?<![\d)]\*\*)(?<![\d)] \*\*)|(?![\d(-])(?! [\d(-]))")
"""Two stars that are no power."""
_TIMES = {letter: re.compile(letter + BETWEEN) for letter in "xX"}
"""Patterns that begin with one letter are many times faster than one for both."""
_TOUCHED = re.compile(r"(?<=[\d)])\(")
"""A parenthesis that is multiplied by what it touches."""
_WORD = re.compile(r"[^\W\d_]+")


def doubtful(lines: Sequence[str], letters: Letters) -> Iterator[tuple[int, list[int]]]:
    """Yield which lines may assert something untrue, and at which of their signs of equality; both from 0.

    Args:
        lines: Lines that have such signs.
        letters: What is known of letters; is told of those that the lines up to the one that is yielded define plainly.
    """
    text = _spelt("\n".join(lines))
    if letters.fixed:
        text = _TOUCHED.sub("*(", letters.with_values(text))
    befores, afters = BEFORE.findall(text[::-1]), AFTER.findall(text)
    befores.reverse()
    plain: Iterable[bool] = map(is_plain, befores, afters)
    may_know = bool(letters.fixed) or len(set(map(itemgetter(LETTER), befores))) > FEW
    if may_know or not all(plain := list(plain)):
        signs = zip(befores, afters, plain, strict=True)
        for place, line in enumerate(text.split("\n")):
            here = list(islice(signs, line.count("=")))
            doubted = {at for at, (_, _, is_sound) in enumerate(here) if not is_sound}
            if may_know:
                doubted.update(_known(here, line.split("="), letters))
            if doubted:
                yield place, sorted(doubted)


def _spelt(text: str) -> str:
    """Return a text with the signs that sums are written with in fewer spellings."""
    text = text.replace("\N{ALMOST EQUAL TO}", NEARLY)
    if "\\" in text:
        text = plain_latex(text)
    if "**" in text:
        text = _BOLD.sub(" ", text)
    for letter, times in _TIMES.items():
        if letter in text:
            text = times.sub("\N{MULTIPLICATION SIGN}", text)
    return text


def is_plain(before: Before, after: After) -> bool:
    """Say whether a sign plainly asserts nothing untrue, as long as no letter has a value."""
    letter, second, sign, first, sum_, middle, unclear = before
    nearly, number, said, _, cloudy = after
    if letter:
        return not cloudy  # what is unclear may be the value of the letter
    if not (number or said or cloudy) or not (sign or sum_ or unclear):
        return True
    value, is_lone = (applied(first[::-1], sign, second[::-1]), False) if sign else _last(sum_[::-1])
    if is_lone and not middle:
        return True
    following = numeral(number) if number else _first(said)
    if value is None or following is None:
        return False
    if value[0] * following[1] == following[0] * value[1]:
        return True
    return may_be_said(Fraction(*value), Fraction(*following), number or said, nearly=bool(nearly))


def _known(signs: Sequence[tuple[Before, After, bool]], sides: Sequence[str], letters: Letters) -> Iterator[int]:
    """Yield which signs of a line may be untrue by what is known of letters; tell of those that the line defines."""
    start, letter = 0, ""
    results: set[Exact | None] = set()
    for at, ((defined, _, sign, _, sum_, middle, _), after, is_sound) in enumerate(signs):
        if not middle:
            start, letter, results = at, defined, set()
        if letter and is_sound:
            results.add(_result(after))
            if not after[MIDDLE] and len(results) == 1 and (value := _result(after)) is not None:
                letters.tell(letter, value)
        elif letter:
            # The slow reading is to see a definition whole.
            yield from range(start, at)
            letter = ""
        elif not (sign or sum_) and len(letters.told) > 1 and letters.tell_of(sides[at], 2):
            yield at
        is_reckoned = (sign or sum_) and (after[NUMBER] or after[SUM])
        if letters.fixed and not is_reckoned and letters.fix(f"{sides[at]}={sides[at + 1]}"):
            yield at


def _result(after: After) -> Exact | None:
    """Return the number that stands after a sign."""
    _, number, said, _, _ = after
    ratio = numeral(number) if number else _first(said) if said else None
    return None if ratio is None else exact(Fraction(*ratio))


def _last(text: str) -> tuple[Ratio | None, bool]:
    """Return the value of the sum that a text ends with, and whether it is a lone number."""
    if "(" in text and text.count("(") > text.count(")"):
        text = _after_opened(text)
    value, is_lone = sum_of(text)
    if text.upper().isupper():
        for word in _WORD.findall(text):
            if word.lower() in NOT_UNITS or word.endswith("cent") or (is_lone and unit_of(word)):
                return None, False
    return value, is_lone


def _after_opened(text: str) -> str:
    """Return what stands after the last parenthesis that is not closed again."""
    closed = 0
    for place in range(len(text) - 1, -1, -1):
        if text[place] == "(" and not closed:
            return text[place + 1 :]
        closed += (text[place] == ")") - (text[place] == "(")
    return text


def _first(text: str) -> Ratio | None:
    """Return the value of the sum that a text begins with."""
    if ")" in text and text.count(")") > text.count("("):
        text = text.partition(")")[0]
    return sum_of(text)[0]
