"""Formulas over named quantities: `price * (100 - off) / 100`, evaluated exactly and written out with numbers.

A formula is stated once, as text; its value, the names it needs and the equality that a person writes come from it.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from curate.families.base import number

Value: TypeAlias = Fraction | int
Known: TypeAlias = Mapping[str, Value]

_OPERATIONS: dict[type[ast.operator], Callable[[Value, Value], Value]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: Fraction,
}
_NAME = re.compile(r"[a-z_]\w*")
_PLACED = re.compile(r"([-+*/] )?([a-z_]\w*)")


@cache
def names(formula: str) -> frozenset[str]:
    """Return the quantities that a formula needs."""
    return frozenset(_NAME.findall(formula))


def worth(formula: str, known: Known) -> Value:
    """Return the exact value of a formula.

    Raises:
        ZeroDivisionError: A quantity that it divides by is 0, which only follows a slip.
    """
    return _compiled(formula)(known)


def written(formula: str, known: Known) -> str:
    """Return a formula with its numbers put in, with the parentheses that they need: `12 - (-3)`, `5 / (3/4)`."""

    def numbered(match: re.Match[str]) -> str:
        operation, value = match[1] or "", Fraction(known[match[2]])
        bare = not operation or (value >= 0 and (value.denominator == 1 or operation != "/ "))
        return operation + (number(value) if bare else f"({number(value)})")

    return _PLACED.sub(numbered, formula)


@cache
def _compiled(formula: str) -> Callable[[Known], Value]:
    return _closure(ast.parse(formula, mode="eval").body)


def _closure(node: ast.expr) -> Callable[[Known], Value]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            first, second, operation = _closure(left), _closure(right), _OPERATIONS[type(op)]
            return lambda known: operation(first(known), second(known))
        case ast.Name(id=name):
            return lambda known: known[name]
        case ast.Constant(value=int(value)):
            return lambda _: value
        case _:
            raise ValueError(f"no part of a formula: {ast.dump(node)}")
