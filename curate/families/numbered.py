"""Numbered puzzles: family, seed, difficulty and index fix one for good, and a `source` names it.

builtin:linear_equation:7:3:12      family, seed, difficulty, index
"""

import re
from typing import Any

from curate.families import FAMILIES, Family
from curate.seeds import rng

_SOURCE = re.compile(r"builtin:(?P<family>\w+):(?P<seed>-?\d{1,20}):(?P<difficulty>[1-5]):(?P<index>\d{1,20})")


def source_of(family: str, seed: int, difficulty: int, index: int) -> str:
    """Return the `source` that names a built-in problem for good."""
    return f"builtin:{family}:{seed}:{difficulty}:{index}"


def puzzle_at(family: str, seed: int, difficulty: int, index: int) -> Any:  # noqa: ANN401 - each family has its own puzzle
    """Return the puzzle behind a number."""
    return FAMILIES[family].make(rng(seed, "make", family, difficulty, index), difficulty)


def worded_at(family: str, seed: int, difficulty: int, index: int) -> tuple[Any, str]:
    """Return the puzzle behind a number, and its wording."""
    puzzle = puzzle_at(family, seed, difficulty, index)
    return puzzle, FAMILIES[family].ask(puzzle, rng(seed, "ask", family, difficulty, index))


def puzzle_of(source: str | None, text: str) -> tuple[Family[Any], Any] | None:
    """Return the family and the puzzle behind a problem.

    None when its `source` names no built-in problem, or one that is worded otherwise: then it was changed, or made by
    another version, and a solution would be that of another problem.
    """
    match = _SOURCE.fullmatch(source or "")
    if match is None or match["family"] not in FAMILIES:
        return None
    family = match["family"]
    puzzle, wording = worded_at(family, int(match["seed"]), int(match["difficulty"]), int(match["index"]))
    return (FAMILIES[family], puzzle) if wording == text else None
