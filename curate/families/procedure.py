"""Solutions by a fixed procedure: what each step finds, the words for it, and where somebody's steps go astray.

A family of this kind yields its moves one after the other. The same moves, made by a hand that never slips, tell what
the steps of any solution in our words must say: a step that speaks of the same thing and finds another is a flaw.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Generic, NamedTuple, TypeVar

from curate.families.base import Flaw, Hand, Solution
from curate.families.logic_words import sentence
from curate.families.wordings import MAX_STEP_CHARACTERS, unnumbered
from curate.seeds import rng

Words = Mapping[str, str]
P = TypeVar("P")

NUMBER = r"-?\d+"
NUMBERS = rf"{NUMBER}(?:, {NUMBER})*"
LIST = rf"\[(?:{NUMBERS})?\]"
SUM = rf"{NUMBER}(?: [-+*] {NUMBER})* = {NUMBER}"
WORD = r"[A-Za-z]\w*"
WORDS = rf"{WORD}(?:(?:, | and | )\w+)*"
"""Shapes of what a step may find."""

_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands on both sides of a placeholder that is left open."""


class Move(NamedTuple):
    """One step before it is put into words."""

    moment: str
    """Which wordings it is written in; moments that answer the same question share what stands before the colon."""
    given: Words
    """What the step speaks of; together with the question it tells one step of a solution from all others."""
    found: Words
    """What it finds; the last step of a solution finds `answer`."""


Work = Callable[[P, Hand], Iterator[Move]]
"""Yields the moves that solve a puzzle. Whatever the hand returns is found by the very next move."""


def woven(*parts: Sequence[str]) -> tuple[str, ...]:
    """Return all wordings that are made of one of each of the parts, in order."""
    return tuple(map("".join, product(*parts)))


@dataclass(frozen=True)
class Procedure(Generic[P]):
    """How a family solves its puzzles.

    Args:
        sentences: Moment to wordings, whose placeholders are words that its moves give and find.
        shapes: Placeholder to the pattern of whatever its moves may find, also by a slip.
        work: The moves; a hand that never slips makes the same ones every time.
    """

    sentences: Mapping[str, Sequence[str]]
    shapes: Mapping[str, str]
    work: Work[P]

    def solve(self, puzzle: P, hand: Hand) -> Solution:
        """Make the moves, and write them down."""
        steps, answer = [], ""
        for move in self.work(puzzle, hand):
            steps.append(_written(hand.pick(*self.sentences[move.moment]), move))
            answer = move.found.get("answer", "")
        return Solution(steps=tuple(steps), answer=answer)

    def flaw(self, puzzle: P, steps: Sequence[str]) -> Flaw | None:
        """Return the first step that finds what is not so; of the steps, the first may be an opening in other words."""
        plain = [unnumbered(" ".join(step.split())) for step in steps]
        moves = list(self.work(puzzle, Hand(rng(0, "audit"))))
        start = 0 if plain and self._speaks(moves[0], plain[0]) else 1
        for place, (move, step) in enumerate(zip(moves, plain[start:], strict=False), start):
            if not self._says(move, step):
                plainly = _written(self.sentences[move.moment][0], move).rstrip(".")
                return Flaw(place, step, f"what follows is: {plainly}") if self._speaks(move, step) else None
        return None

    def _says(self, move: Move, step: str) -> bool:
        return any(_written(wording, move) == step for wording in self.sentences[move.moment])

    def _speaks(self, move: Move, step: str) -> bool:
        """Return whether a step answers the question of a move, whatever it finds."""
        if len(step) > MAX_STEP_CHARACTERS:
            return False
        open_words, question = _Open(move.given), _question(move.moment)
        return any(
            self._fits(step, sentence(wording.format_map(open_words)))
            for moment, wordings in self.sentences.items()
            if _question(moment) == question
            for wording in wordings
        )

    def _fits(self, step: str, wording: str) -> bool:
        """Return whether a step is a wording with words of the right shapes for its open placeholders."""
        first, *others = wording.split(_MARK)
        if not step.startswith(first):
            return False
        pattern = "".join(
            f"({self.shapes[piece]})" if at % 2 == 0 else re.escape(piece) for at, piece in enumerate(others)
        )
        return re.compile(pattern).fullmatch(step, len(first)) is not None


class _Open(dict[str, str]):
    """Words of which those that are not given are left open."""

    def __missing__(self, name: str) -> str:
        return f"{_MARK}{name}{_MARK}"


def _question(moment: str) -> str:
    return moment.partition(":")[0]


def _written(wording: str, move: Move) -> str:
    return sentence(wording.format(**move.given, **move.found))
