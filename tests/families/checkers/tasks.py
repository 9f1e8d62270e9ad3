"""What the checkers of families made of kinds of tasks share: who told what, and which steps are true."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeAlias

from curate.families.base import Solution
from curate.families.tasks import Task
from tests.families.equalities import equalities, false_equalities

NUMBER = re.compile(r"\d+(?:/\d+)?")
EQUATION = re.compile(r"(?<![\w/])([-(\d][\d\s()+*/-]*) = (-?\d+(?:/\d+)?)")

Told: TypeAlias = Any
"""The givens of a task as attributes."""


class Checker(NamedTuple):
    """What a checker's module offers."""

    recompute: Callable[[Task, str], str]
    faults: Callable[[Task, str, Solution], list[str]]
    bounds: Callable[[Task], float]


def checker(relations: Mapping[str, Callable[[Told], object]], constants: Iterable[int]) -> Checker:
    """Return a checker from relations by kind, each a function of what was told.

    Args:
        relations: By kind.
        constants: Numbers of method that steps may use although nobody told them.
    """
    fixed = frozenset(constants)

    def recompute(task: Task, text: str) -> str:
        if missing := untold(task, text):
            raise AssertionError(f"{missing} do not stand in {text!r}")
        return str(relations[task.kind](SimpleNamespace(**task.givens)))

    def faults(task: Task, text: str, solution: Solution) -> list[str]:
        return list(_faults(task, text, solution, recompute(task, text), fixed))

    return Checker(recompute, faults, size)


def _faults(task: Task, text: str, solution: Solution, reference: str, constants: AbstractSet[int]) -> Iterator[str]:
    """Yield untrue equalities, numbers from nowhere, and an answer that the last step does not state."""
    prose = "\n".join(solution.steps)
    yield from (f"untrue: {equality}" for equality in false_equalities(prose))
    if not equalities(prose):
        yield "nothing is computed"
    known = {*map(Fraction, numbers(task)), *map(Fraction, NUMBER.findall(text))}
    for left, right in EQUATION.findall(prose):
        strange = [digits for digits in NUMBER.findall(left) if not _is_known(Fraction(digits), known, constants)]
        yield from (f"{digits} comes from nowhere in {left} = {right}" for digits in strange)
        known |= {abs(Fraction(right)), *map(Fraction, NUMBER.findall(right))}
    if solution.answer != reference:
        yield f"{solution.answer} is not {reference}"
    if solution.answer not in solution.steps[-1]:
        yield "the last step does not state the answer"


def _is_known(number: Fraction, known: AbstractSet[Fraction], constants: AbstractSet[int]) -> bool:
    """Say whether a number, or what it is the inverse of, was told, worked out, or is one of method."""
    return any(one in known or one in constants for one in (number, 1 / number if number else number))


def numbers(task: Task) -> list[int]:
    """Return the numbers that a task gives."""
    rows = [(value,) if isinstance(value, int) else value for value in task.givens.values()]
    return [number for row in rows if isinstance(row, tuple) for number in row]


def untold(task: Task, text: str) -> list[int]:
    """Return the numbers of a task that its text does not tell."""
    told = Counter(map(int, re.findall(r"\d+", text)))
    return [value for value, count in Counter(map(abs, numbers(task))).items() if told[value] < count]


def size(task: Task) -> float:
    """Return how much there is to handle: numbers, and beyond that their digits."""
    return sum(3 + len(str(abs(number))) for number in numbers(task))
