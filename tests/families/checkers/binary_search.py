"""Checks `binary_search` by cutting the list that stands in the text into halves."""

import re
from collections.abc import Sequence

from curate.families.base import Solution
from curate.families.binary_search import Puzzle
from tests.families.texts import lists, numbers, one

RIGHT = r"to the right|to its right|up to it"
LEFT = r"to the left|to its left|from it on"


def probes(values: Sequence[int], target: int) -> list[int]:
    """Return the values at the middles of the halves that are left."""
    if not values:
        return []
    middle = (len(values) - 1) // 2
    value = values[middle]
    half = values[middle + 1 :] if value < target else values[:middle] if value > target else []
    return [value, *probes(half, target)]


def _read(text: str) -> tuple[list[int], int]:
    return lists(text)[0], int(one(r"(?:looks? for|\] for) (\d+)", text))


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return the values looked at, or their number."""
    looked = probes(*_read(text))
    return str(len(looked)) if re.search(r"how many", text, re.IGNORECASE) else str(looked)


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return steps that look at another place, go the wrong way, or end with another answer."""
    values, target = _read(text)
    looked = probes(values, target)
    found = []
    low, high = 0, len(values) - 1
    for value, step in zip(looked, solution.steps, strict=False):
        middle = values.index(value)
        if numbers(step) != [low, high, middle, value, target]:
            found.append(f"other numbers than {[low, high, middle, value, target]}: {step}")
        way = RIGHT if value < target else LEFT if value > target else rf"that is {target}|the number {target}"
        if not re.search(way, step) or (value != target and re.search(LEFT if way == RIGHT else RIGHT, step)):
            found.append(f"the wrong way: {step}")
        low, high = (middle + 1, high) if value < target else (low, middle - 1)
    if numbers(solution.steps[-1]) != numbers(solution.answer):
        found.append("the last step has another answer")
    if len(solution.steps) != len(looked) + 1 + (target not in values):
        found.append("steps are missing, or too many")
    return found


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the length of the list."""
    return len(puzzle.numbers)
