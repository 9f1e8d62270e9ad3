"""Checks `arithmetic_chain` by reading the expression out of the problem's text."""

import re
from collections.abc import Callable
from fractions import Fraction

from curate.families.arithmetic_chain import Chain, Operation
from curate.families.base import Solution
from tests.families.equalities import equalities, evaluate, false_equalities

SIGNS = "-+*/\N{MULTIPLICATION SIGN}\N{DIVISION SIGN}"
EXPRESSION = re.compile(rf"[-(\d][{SIGNS}()\d ]*[{SIGNS}][{SIGNS}()\d ]*[)\d]")
DEFINITION = re.compile(rf"\b([A-Z]) (?:=|for) ({EXPRESSION.pattern})")
OF_NAMES = re.compile(rf"\b[A-Z] [{SIGNS}] [A-Z]\b")
STATED = re.compile(r"(?<![-+*/] )\b([A-Z]) = [^=.]*(?:= [^=.]*)*= (-?\d+(?:/\d+)?)")


def recompute(puzzle: Chain, text: str) -> str:
    """Evaluate the expression that the text asks for."""
    names = _defined(text)
    if names:
        asked = OF_NAMES.findall(text)
        return str(evaluate(asked[-1], **names))
    (expression,) = EXPRESSION.findall(text)
    return str(evaluate(expression))


def faults(puzzle: Chain, text: str, solution: Solution) -> list[str]:
    """Return untrue equalities, expressions rewritten to another value, and an answer that is not the last number."""
    answer = recompute(puzzle, text)
    names: dict[str, Fraction] = {}
    found = []
    for step in solution.steps:
        names |= {name: Fraction(value) for name, value in STATED.findall(step)}
        if not equalities(step, **names):
            found.append(f"nothing is computed: {step}")
        found += false_equalities(step, **names)
        found += [
            f"{expression} is not {answer}" for expression in _bare(step) if evaluate(expression) != Fraction(answer)
        ]
    found += [f"{name} is not {value}" for name, value in _defined(text).items() if names.get(name) != value]
    if re.findall(r"-?\d+(?:/\d+)?", solution.steps[-1])[-1] != solution.answer:
        found.append(f"the last step does not end with {solution.answer}")
    return found


def _defined(text: str) -> dict[str, Fraction]:
    return {name: evaluate(expression) for name, expression in DEFINITION.findall(text)}


def _bare(step: str) -> list[str]:
    """Return the expressions that stand alone in a step, on no side of an equality: what the problem has become."""
    found = EXPRESSION.finditer(step)
    return [
        match.group()
        for match in found
        if "=" not in step[max(match.start() - 2, 0) : match.start()] + step[match.end() : match.end() + 2]
    ]


def _operations(expression: Operation | int) -> int:
    if isinstance(expression, int):
        return 0
    return 1 + _operations(expression.left) + _operations(expression.right)


def _measure(puzzle: Chain) -> float:
    return _operations(puzzle.expression)


BOUNDS: Callable[[Chain], float] = _measure
