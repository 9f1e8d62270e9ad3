"""Checks `modular_arithmetic` with whole numbers; an expression must stand in the problem's text."""

import re
from collections.abc import Callable

from curate.families.tasks import Task
from tests.families.checkers.tasks import Told, checker
from tests.families.equalities import evaluate

EXPRESSION = re.compile(r"\d+(?: ?[*^+] ?\d+)+")


def _sum(t: Told) -> int:
    return int(evaluate(t.expression)) % int(t.modulus)


def _last_digit(t: Told) -> int:
    powers = [term.split("^") for term in t.expression.split(" + ")]
    return int(str(sum(int(base) ** int(exponent) for base, exponent in powers))[-1])


def _turn(t: Told) -> int:
    turn = t.first
    for _ in range(t.count - 1):
        turn = 1 if turn == t.players else turn + 1
    return int(turn)


RELATIONS: dict[str, Callable[[Told], int]] = {
    "sum": _sum,
    "power": lambda t: t.base**t.exponent % t.modulus,
    "last_digit": _last_digit,
    "turns": _turn,
    "two_remainders": lambda t: next(
        n for n in range(t.large + 1, 10_000) if n % t.large == t.rest and n % t.small == t.other
    ),
}

_RECOMPUTE, faults, BOUNDS = checker(RELATIONS, constants=range(20_000))


def recompute(task: Task, text: str) -> str:
    """Return the reference; an expression must stand in the text as it was drawn."""
    assert task.givens.get("expression", "") in (*EXPRESSION.findall(text), "")
    return _RECOMPUTE(task, text)
