"""Checks `sorting` by what is known of each method: heaps for bubble sort, sorted beginnings, positions, inversions."""

import heapq
import re
from collections.abc import Sequence
from typing import NamedTuple

from curate.families.base import Solution
from curate.families.sorting import Puzzle
from tests.families.equalities import false_equalities
from tests.families.texts import LIST, lists, numbers, one


class Asked(NamedTuple):
    """What the text asks."""

    method: str
    values: list[int]
    """Turned round in sign where the largest comes first, so that all lists rise."""
    sign: int
    passes: int
    counts: bool


def read(text: str) -> Asked:
    """Read the text."""
    sign = -1 if re.search(r"decreasing|descending", text) else 1
    return Asked(
        method=re.findall(r"bubble|insertion|selection", text)[0],
        values=[sign * value for value in lists(text)[0]],
        sign=sign,
        passes=int(one(r"(\d+) passes", text)),
        counts="How many" in text,
    )


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return the answer by other means than by sorting step by step."""
    asked = read(text)
    state, changes = after(asked, asked.passes)
    return str(changes) if asked.counts else str(state)


def after(asked: Asked, passes: int) -> tuple[list[int], int]:
    """Return the list after some passes, in the signs of the text, and the number of changes until then."""
    state, changes = STATES[asked.method](asked.values, passes)
    return [asked.sign * value for value in state], changes


def _bubbled(values: Sequence[int], passes: int) -> tuple[list[int], int]:
    """A pass carries the largest number so far, so k passes carry a heap of k."""
    heap: list[int] = []
    out = []
    for value in values:
        heapq.heappush(heap, value)
        if len(heap) > passes:
            out.append(heapq.heappop(heap))
    larger = [sum(other > value for other in values[:at]) for at, value in enumerate(values)]
    return out + sorted(heap), sum(min(passes, count) for count in larger)


def _inserted(values: Sequence[int], passes: int) -> tuple[list[int], int]:
    start = values[: passes + 1]
    inversions = sum(one > other for at, other in enumerate(start) for one in start[:at])
    return sorted(start) + list(values[passes + 1 :]), inversions


def _selected(values: Sequence[int], passes: int) -> tuple[list[int], int]:
    """Follow where each number is, rather than what stands at each place."""
    where = {value: at for at, value in enumerate(values)}
    changes = 0
    for place, value in enumerate(sorted(values)[:passes]):
        other = next(one for one, at in where.items() if at == place)
        where[other], where[value] = where[value], place
        changes += other != value
    return sorted(where, key=where.__getitem__), changes


STATES = {"bubble": _bubbled, "insertion": _inserted, "selection": _selected}


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return passes that start, end or change otherwise than they must, untrue sums, and another last answer."""
    asked = read(text)
    *passes, last = solution.steps
    found = [fault for step in solution.steps for fault in false_equalities(step)]
    if len(passes) != asked.passes:
        found.append("not every pass is made")
    for number, step in enumerate(passes, 1):
        (old, before), (new, now) = after(asked, number - 1), after(asked, number)
        if lists(step) != [old, new] or numbers(step)[0] != number:
            found.append(f"not pass {number}: {step}")
        if _named(asked.method, step) != now - before:
            found.append(f"not {now - before} changes: {step}")
    if numbers(last)[-len(numbers(solution.answer)) :] != numbers(solution.answer):
        found.append(f"another answer than {solution.answer}: {last}")
    return found


def _named(method: str, step: str) -> int:
    """Return how many changes a step names."""
    if re.search(r"nothing|every pair|no number|may stay|already in|where it belongs", step):
        return 0
    middle = LIST.sub("", step).partition(":")[2].rpartition(", ")[0]
    return len(re.findall(r"-?\d+ and -?\d+", middle)) if method == "bubble" else _moved(method, middle)


def _moved(method: str, middle: str) -> int:
    return len(numbers(middle)) if method == "insertion" else 1


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return how many comparisons the passes take at most."""
    return len(puzzle.numbers) * puzzle.passes
