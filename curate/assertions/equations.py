"""The unknowns that a problem's own equations fix: `Solve 3x + 7 = 22` says that x is 5, whatever a step says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from curate.assertions.chains import Chain, chains
from curate.assertions.expressions import value_of
from curate.assertions.pairs import Side
from curate.assertions.tokens import Exact, exact, lexemes, plain_latex

MAX_UNKNOWNS = 4
MAX_EQUATIONS = 12
MAX_PROBLEM_CHARACTERS = 4_000
PROBES = (Fraction(3), Fraction(-7, 2), Fraction(11))
"""Values at which an equation must be what its coefficients say, or it is not linear."""


@lru_cache(maxsize=256)
def fixed_by(problem: str) -> Mapping[str, Exact]:
    """Return the letters that the linear equations in a problem's text fix, with their values; none if they clash."""
    if "=" not in problem or len(problem) > MAX_PROBLEM_CHARACTERS:
        return {}
    sides = list(_equations(problem))
    letters = sorted({token.text for pair in sides for side in pair for token in side if token.kind == "name"})
    if not letters or len(letters) > MAX_UNKNOWNS or len(sides) > MAX_EQUATIONS:
        return {}
    rows = [row for left, right in sides if (row := _coefficients(left, right, letters)) is not None]
    return _solved(rows, letters)


def _equations(text: str) -> Iterator[tuple[Side, Side]]:
    """Yield the equations in a text that speak of letters."""
    for line in text.split("\n"):
        if "=" in line:
            plain = plain_latex(line) if "\\" in line else line
            for chain in chains(lexemes(plain), plain):
                if not any(chain.approximate) and not _is_called(chain):
                    for left, right in pairwise(chain.sides):
                        if any(token.kind == "name" for token in (*left, *right)):
                            yield left, right


def _is_called(chain: Chain) -> bool:
    """Say whether a name touches the first side, as that of a function does: `f(x) = 2x`."""
    first = chain.sides[0][:1]
    return bool(first) and chain.before is not None and chain.before.end == first[0].start


def _coefficients(left: Side, right: Side, letters: Sequence[str]) -> list[Fraction] | None:
    """Return what each letter is multiplied by in `left - right`, and the constant; None if that is not linear."""

    def excess(values: Mapping[str, Exact]) -> Fraction | None:
        first, second = value_of(left, values), value_of(right, values)
        return None if first is None or second is None else Fraction(first - second)

    zero: dict[str, Exact] = dict.fromkeys(letters, Fraction(0))
    constant = excess(zero)
    if constant is None:
        return None
    row = []
    for letter in letters:
        at_one = excess({**zero, letter: Fraction(1)})
        if at_one is None:
            return None
        row.append(at_one - constant)
    for probe in PROBES:
        values: dict[str, Exact] = {letter: probe + 2 * place for place, letter in enumerate(letters)}
        linear = sum((one * values[letter] for one, letter in zip(row, letters, strict=True)), constant)
        if excess(values) != linear:
            return None
    return [*row, constant]


def _solved(rows: list[list[Fraction]], letters: Sequence[str]) -> Mapping[str, Exact]:
    """Return the letters with one possible value, by Gauss-Jordan elimination; none when the rows contradict."""
    rank = 0
    pivots: dict[int, int] = {}
    for column in range(len(letters)):
        pivot = next((place for place in range(rank, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [one / rows[rank][column] for one in rows[rank]]
        for place, row in enumerate(rows):
            if place != rank and row[column]:
                rows[place] = [one - row[column] * two for one, two in zip(row, rows[rank], strict=True)]
        pivots[column] = rank
        rank += 1
    if any(row[-1] for row in rows[rank:]):
        return {}
    alone = {column: rows[row] for column, row in pivots.items() if sum(map(bool, rows[row][:-1])) == 1}
    return {letters[column]: exact(-row[-1]) for column, row in alone.items()}


_LETTER = r"(?<![^\W_])[^\W\d_](?:[ ]?=|[ ](?:be|is|equals?|as|stand|denote|represent)s?\b)"
_NAMED = re.compile(_LETTER, re.IGNORECASE)
_TRIAL = re.compile(
    r"\b(?:let|set|setting|put|putting|take|taking|say|at|plug\w*|with|for) (?:in )?$"
    r"|\b(?:if|suppose|assume|assuming|try|trying|when|where|guess|test|testing|possible|check\w*)\b[^.=\n]{0,40}$",
    re.IGNORECASE,
)
TRIAL_CHARACTERS = 80
"""How far before a letter the words are looked for that try it out."""


def tries_out(step: str) -> bool:
    """Say whether a step tries a value for a letter or gives it a meaning of its own: then it is not the problem's."""
    starts = (named.start() for named in _NAMED.finditer(step))
    return any(_TRIAL.search(step[max(0, start - TRIAL_CHARACTERS) : start]) for start in starts)


def definitions(chain: Chain) -> Iterator[tuple[str, Exact]]:
    """Yield the letter that a chain defines as a number, `A = 3 * 4 = 12`, and its value."""
    first, *others = chain.sides
    if len(first) == 1 and first[0].kind == "name" and others:
        values = {value_of(side, {}) for side in others}
        value = values.pop()
        if not values and value is not None:
            yield first[0].text, value
