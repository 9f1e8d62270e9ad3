"""What a scenario is: parts of a story that build on one another, each with its facts and its computations.

A problem of difficulty d tells the parts up to the d-th and asks for what the last computation of the last part finds.
Every computation of a part must feed that last one, at whatever part the story ends: then no slip goes unnoticed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

LONGEST = 4
"""The difficulty that tells all parts; 5 tells them with larger numbers and a distractor."""

_GROWTH = {1: 2, 2: 3, 3: 4, 4: 4, 5: 6}
"""Half of how many times as wide a growing range is."""


@dataclass(frozen=True)
class Op:
    """One computation and how it is put into words."""

    name: str
    formula: str
    """Over givens and over results of other computations."""
    what: str
    """A noun phrase in the singular for the result: `the whole bill`."""
    unit: str = ""
    says: tuple[str, ...] = ()
    """Whole sentences without their full stop, in lower case, with `{eq}` where the equality and its unit go."""
    least: int = 2
    most: int = 100_000
    grain: int = 1
    """The largest denominator of a result that reads naturally, from difficulty 4 on; before, results are whole."""


Pool: TypeAlias = Callable[[int], Sequence[int]]
Draw: TypeAlias = Pool | Sequence[tuple[int, ...]] | str
"""Where givens come from: a pool for the difficulty, rows for several givens at once, or a formula on earlier ones."""


@dataclass(frozen=True)
class Part:
    """One turn of a story."""

    draws: Mapping[str, Draw]
    """By name, in order; a name with a leading underscore only helps to draw others and is not told."""
    facts: tuple[str, ...]
    """Wordings of what is told."""
    ops: tuple[Op, ...]
    asks: tuple[str, ...]
    """Wordings of the question, if the story ends here."""
    other: tuple[Op, ...] = ()
    """Another way to the same last result, where there is a natural one."""
    keeps: tuple[str, ...] = ()
    """Formulas that must be positive."""


@dataclass(frozen=True)
class Aside:
    """A fact with a number that has nothing to do with the question."""

    text: str
    """Tells `{noise}`."""
    about: str
    """What it tells, as an indirect question: `how old {a} is`."""


@dataclass(frozen=True)
class Scenario:
    """A story with its parts."""

    name: str
    parts: tuple[Part, ...]
    words: Mapping[str, Sequence[str | tuple[str, ...]]]
    """Nouns to choose from; a key of several names takes rows of as many nouns."""
    asides: tuple[Aside, ...]

    def told(self, difficulty: int) -> tuple[Part, ...]:
        """Return the parts that a problem of this difficulty tells; empty where the story is too long for it."""
        return self.parts[: max(0, len(self.parts) + min(difficulty, LONGEST) - LONGEST)]


def some(low: int, high: int, step: int = 1) -> Pool:
    """Return a pool that widens with difficulty."""
    by_difficulty = {d: range(low, low + (high - low) * half // 2 + 1, step) for d, half in _GROWTH.items()}
    return by_difficulty.__getitem__


def few(low: int, high: int, step: int = 1) -> Pool:
    """Return a pool that is the same at every difficulty, for what is never large in life."""
    values = range(low, high + 1, step)
    return lambda _: values


def one_of(*values: int) -> Pool:
    """Return a pool of chosen values."""
    return lambda _: values


def measured(unit: str, *, grain: int = 1, least: int = 2, most: int = 100_000) -> Callable[..., Op]:
    """Return a maker of computations in one unit: `dollars(name, formula, what, *says)`."""
    return partial(_op, unit, grain, (least, most))


def _op(unit: str, grain: int, bounds: tuple[int, int], name: str, formula: str, what: str, *says: str) -> Op:
    least, most = bounds
    return Op(name, formula, what, unit, says, least=least, most=most, grain=grain)


PERCENTS = one_of(5, 10, 15, 20, 25, 30, 35, 40, 45, 60, 70, 75, 80)
SMALL_PERCENTS = one_of(4, 5, 8, 10, 12, 15, 20, 25)
FRACTIONS = (
    (1, 3),
    (2, 3),
    (1, 4),
    (3, 4),
    (1, 5),
    (2, 5),
    (3, 5),
    (4, 5),
    (1, 6),
    (5, 6),
    (2, 7),
    (3, 7),
    (3, 8),
    (5, 8),
)
RATIOS = (
    (2, 3),
    (2, 5),
    (2, 7),
    (2, 9),
    (3, 4),
    (3, 5),
    (3, 7),
    (3, 8),
    (3, 10),
    (4, 5),
    (4, 7),
    (4, 9),
    (5, 7),
    (5, 8),
)
