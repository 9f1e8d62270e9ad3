"""Binary search traced by hand: which numbers of a sorted list are looked at, or how many.

Binary search looks for 31 in [4, 9, 15, 22, 31, 40, 58]; positions count from 0. Which numbers does it look at?

Of positions 0 to 6 the middle one is 3, which holds 22, less than 31, so we go on to the right of it. Of positions 4
to 6 the middle one is 5, which holds 40, more than 31 ... The numbers looked at are [22, 40, 31].
"""

import random
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from curate.families.base import AnswerType, Family, Hand
from curate.families.logic_words import NAMES
from curate.families.procedure import LIST, NUMBER, Move, Procedure, woven


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """A sorted list and what is looked for."""

    numbers: tuple[int, ...]
    target: int
    """Need not be in the list."""
    asked: Literal["list", "count"]
    """What is asked: the numbers that are looked at, or how many they are."""


class Level(NamedTuple):
    """What one difficulty allows."""

    size: int
    probes: int
    """How many numbers are looked at, at least."""
    missing: bool
    """Whether the number may be missing."""


LEVELS = {
    1: Level(7, 2, missing=False),
    2: Level(12, 3, missing=False),
    3: Level(18, 3, missing=True),
    4: Level(28, 4, missing=True),
    5: Level(45, 5, missing=True),
}
OPENINGS = (
    "Binary search looks for {target} in the sorted list {numbers}.",
    "{name} searches the sorted list {numbers} for {target} by binary search.",
    "Take the sorted list {numbers}. Binary search is used to look for {target} in it.",
    "{name} has the numbers {numbers} in increasing order and looks for {target} with binary search.",
)
RULES = (
    "Positions count from 0, and the middle of positions a to b is (a + b) / 2, rounded down.",
    "Counting positions from 0, it always looks at position (a + b) / 2, rounded down, when positions a to b are left.",
    "Of positions a to b, counted from 0, it looks first at (a + b) / 2, rounded down.",
)
ENDS = (
    "It stops when the number is found or no position is left.",
    "The search ends when it finds the number, or when nothing is left to search.",
)
QUESTIONS = {
    "list": (
        "Which numbers does it look at, in order?",
        "List the numbers that are looked at, in the order in which they are.",
    ),
    "count": (
        "How many numbers does it look at?",
        "At how many numbers does the search look before it ends?",
    ),
}
_PROBED = (
    "of positions {low} to {high} the middle one is {middle}, which holds {value}",
    "positions {low} to {high} are left, so we look at position {middle} and find {value}",
    "with positions {low} to {high} left, the next one is {middle}, and {value} stands there",
)
SENTENCES: dict[str, tuple[str, ...]] = {
    "probe:less": woven(
        _PROBED,
        (", less than {target}", ", which is smaller than {target}"),
        (
            "; we go on to the right of it.",
            ", so what is to its right is left.",
            ", so everything up to it is out.",
        ),
    ),
    "probe:more": woven(
        _PROBED,
        (", more than {target}", ", which is larger than {target}"),
        (
            "; we go on to the left of it.",
            ", so what is to its left is left.",
            ", so everything from it on is out.",
        ),
    ),
    "probe:found": woven(
        _PROBED,
        ("; that is {target}", ", the number {target} that is looked for"),
        (".", ", and the search ends.", ", so we are done."),
    ),
    "missing": (
        "no position is left after that, so {target} is not in the list.",
        "now nothing is left to search, which means that {target} is missing.",
        "with no position left, the search ends without {target}.",
    ),
    "result:list": (
        "the numbers looked at are {answer}.",
        "in order, we looked at {answer}.",
        "so the search looks at {answer}.",
    ),
    "result:count": (
        "that makes {answer} in all.",
        "counting them, we looked at {answer}.",
        "the number of values looked at is {answer}.",
    ),
}
SHAPES = {"middle": NUMBER, "value": NUMBER, "answer": rf"{LIST}|{NUMBER}"}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw a list and a number that is not found too soon."""
    level = LEVELS[difficulty]
    numbers = tuple(sorted(rng.sample(range(1, 8 * level.size), level.size)))
    while True:
        missing = level.missing and rng.choice((True, False))
        target = rng.randrange(numbers[0], numbers[-1]) if missing else rng.choice(numbers)
        puzzle = Puzzle(numbers=numbers, target=target, asked="count")
        *_, result = _work(puzzle, Hand(rng))
        if int(result.found["answer"]) >= level.probes:
            return msgspec.structs.replace(puzzle, asked=rng.choice(("list", "list", "count")))


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Name the list, the number and the rule, and ask."""
    parts = [rng.choice(texts) for texts in (OPENINGS, RULES, ENDS, QUESTIONS[puzzle.asked])]
    return " ".join(parts).format(name=rng.choice(NAMES), numbers=list(puzzle.numbers), target=puzzle.target)


def _work(puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Look at one number after the other, and sum up."""
    low, high, looked = 0, len(puzzle.numbers) - 1, list[int]()
    target = {"target": str(puzzle.target)}
    while low <= high:
        given = target | {"low": str(low), "high": str(high)}
        middle = min(max(int(hand.value((low + high) // 2)), low), high)
        value = puzzle.numbers[middle]
        looked.append(value)
        found = {"middle": str(middle), "value": str(value)}
        if value == puzzle.target:
            yield Move("probe:found", given, found)
            break
        less = hand.truth(value < puzzle.target)
        yield Move("probe:less" if less else "probe:more", given, found)
        low, high = (middle + 1, high) if less else (low, middle - 1)
    else:
        yield Move("missing", target, {})
    answer = str(looked) if puzzle.asked == "list" else str(hand.value(len(looked)))
    yield Move(f"result:{puzzle.asked}", {}, {"answer": answer})


PROCEDURE = Procedure(SENTENCES, SHAPES, _work)


def _answer_type(puzzle: Puzzle) -> AnswerType:
    return "literal" if puzzle.asked == "list" else "integer"


FAMILY = Family(
    name="binary_search",
    doc=(
        "Which numbers, or how many, binary search looks at in a sorted list; from 7 numbers at difficulty 1 to 45 "
        "at difficulty 5, from difficulty 3 on also for a number that is missing."
    ),
    domain="algorithms",
    answer_type=_answer_type,
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
