"""Checks `linear_equation` by reading the equation out of the problem's text."""

import re
from collections.abc import Callable
from fractions import Fraction

from curate.families.base import Solution
from curate.families.linear_equation import Equation
from tests.families.equalities import equalities, evaluate, false_equalities

SIDE = r"(?:[-+*/()\d ]|(?<![A-Za-z])[a-z](?![A-Za-z]))+"
EQUATION = re.compile(rf"({SIDE})=({SIDE})")


def recompute(puzzle: Equation, text: str) -> str:
    """Solve the equation in the text from the difference of its sides at 0 and at 1."""
    ((left, right),) = EQUATION.findall(text)
    (unknown,) = set(re.findall(r"[a-z]", left + right))
    at_0, at_1 = (evaluate(left, **{unknown: x}) - evaluate(right, **{unknown: x}) for x in (0, 1))
    return str(at_0 / (at_0 - at_1))


def faults(puzzle: Equation, text: str, solution: Solution) -> list[str]:
    """Return the equations and equalities that do not hold at the solution, and steps without any."""
    reference = recompute(puzzle, text)
    known = {puzzle.unknown: Fraction(reference)}
    found = [f"nothing is computed: {step}" for step in solution.steps if not equalities(step, **known)]
    for step in solution.steps:
        found += false_equalities(step, **known)
    ends = (f" = {solution.answer}.", f" {solution.answer} = {puzzle.unknown}.")
    if not any(f"{step} ".find(end) > 0 for step in solution.steps[-2:] for end in ends):
        found.append(f"no step ends in {solution.answer}")
    if solution.answer != reference:
        found.append(f"{solution.answer} is not the solution")
    return found


def _measure(puzzle: Equation) -> float:
    """Count the numbers that stand in the equation; a fraction has two."""
    terms = puzzle.left + puzzle.right
    return sum(1 + (term.denominator > 1) + 2 * (term.x != 0 and term.constant != 0) for term in terms)


BOUNDS: Callable[[Equation], float] = _measure
