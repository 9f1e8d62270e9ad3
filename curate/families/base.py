"""What a family of built-in problems is: a puzzle, its wording, and a solution that is derived step by step.

A family is one file with a frozen puzzle record and three plain functions:

    make(rng, difficulty) -> puzzle         the facts, harder with difficulty 1 to 5
    ask(puzzle, rng) -> str                 the problem as a person would put it, in varying words
    solve(puzzle, hand) -> Solution         the steps and the answer, derived from the puzzle alone

`solve` writes through a `Hand`: it picks among wordings with `hand.pick` and passes every number that it computes
through `hand.value` and every judgement through `hand.truth`. A hand that is told to slip changes exactly one of
them, and the solver, which only ever uses what the hand returned, carries the slip to its end like a person would.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, Literal, NamedTuple, TypeVar

import msgspec

DIFFICULTIES = (1, 2, 3, 4, 5)

Domain = Literal["math", "logic", "algorithms", "tables", "code"]
AnswerType = Literal[
    "integer", "number", "share", "time", "date", "set", "tuple", "words", "literal", "yes_no", "names"
]
"""Kinds of answers that families ask for, as `curate.answers` knows them."""


class Solution(msgspec.Struct, frozen=True, kw_only=True):
    """A worked solution."""

    steps: tuple[str, ...]
    """What a person would write, one step an item; every computed equality stands in some step."""
    answer: str
    """The final answer in its plainest form: `42`, `3/4`, `yes`, `Ada, Bo`."""


class Hand:
    """Writes a solution: picks wordings at random and, if told to, slips once.

    Args:
        rng: Where wordings (and the size of a slip) are drawn from.
        slip_at: Which computation or judgement, counted from 0 in the order they are made, goes wrong; None for none.
    """

    def __init__(self, rng: random.Random, slip_at: int | None = None) -> None:
        self.rng = rng
        self.slip_at = slip_at
        self.made = 0
        """How many computations and judgements have been made so far."""

    def pick(self, *phrases: str) -> str:
        """Return one of the phrases."""
        return self.rng.choice(phrases)

    def value(self, exact: Fraction | int) -> Fraction:
        """Return the result of one computation, off by a little if this is where the hand slips."""
        off = self.rng.choice((-10, -2, -1, 1, 2, 10)) if self._slips() else 0
        return Fraction(exact) + off

    def truth(self, exact: bool) -> bool:  # noqa: FBT001 - a judgement is what this function is about
        """Return one judgement, turned round if this is where the hand slips."""
        return exact != self._slips()

    def _slips(self) -> bool:
        self.made += 1
        return self.made - 1 == self.slip_at


class Flaw(NamedTuple):
    """Something in a solution that does not follow."""

    step: int
    """Which step, from 0."""
    said: str
    """What it says."""
    truth: str
    """What is the case instead, as a clause: `Bo is a knave`."""


P = TypeVar("P")


@dataclass(frozen=True)
class Family(Generic[P]):
    """A family of problems; see the module's docstring for its three functions."""

    name: str
    doc: str
    """One sentence: what is asked, and how difficulty makes it harder."""
    domain: Domain
    answer_type: AnswerType | Callable[[P], AnswerType]
    """What is asked for, or what a puzzle asks for where that varies."""
    make: Callable[[random.Random, int], P]
    ask: Callable[[P, random.Random], str]
    solve: Callable[[P, Hand], Solution]
    flaw: Callable[[P, Sequence[str]], Flaw | None] | None = None
    """Where the steps of somebody's solution first say something that does not follow, by what the puzzle means; for
    families whose steps are no equalities. It is silent from the first step on that it cannot read."""

    def answer_type_of(self, puzzle: P) -> AnswerType:
        """Return what kind of answer a puzzle asks for."""
        return self.answer_type(puzzle) if callable(self.answer_type) else self.answer_type


def number(value: Fraction | int) -> str:
    """Return a number as a person writes it in a solution: an integer, or a fraction in lowest terms."""
    return str(Fraction(value))
