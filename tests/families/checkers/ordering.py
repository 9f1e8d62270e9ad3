"""Checks `ordering` by reading the clues out of the text and trying every order."""

import re
from collections.abc import Callable, Iterator
from itertools import permutations

from curate.families.base import Solution
from curate.families.elimination import Puzzle

NAME = r"(?-i:([A-Z][a-z]+))"
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
Places = dict[str, int]
Clue = Callable[[Places], bool]


def _ahead(one: str, other: str) -> Clue:
    return lambda at: at[one] < at[other]


def _behind(one: str, other: str) -> Clue:
    return _ahead(other, one)


def _directly_behind(one: str, other: str) -> Clue:
    return lambda at: at[one] - at[other] == 1


def _directly_ahead(one: str, other: str) -> Clue:
    return _directly_behind(other, one)


def _beside(one: str, other: str) -> Clue:
    return lambda at: abs(at[one] - at[other]) == 1


def _between(one: str, other: str, count: str) -> Clue:
    return lambda at: abs(at[one] - at[other]) == NUMBERS[count] + 1


def _in_place(one: str, place: str) -> Clue:
    return lambda at: at[one] == int(place)


def _place_of(place: str, one: str) -> Clue:
    return _in_place(one, place)


def _not_in_place(one: str, place: str) -> Clue:
    return lambda at: at[one] != int(place)


def _not_place_of(place: str, one: str) -> Clue:
    return _not_in_place(one, place)


def _at_an_end(one: str) -> Clue:
    return lambda at: at[one] in (1, len(at))


BOOK = "the book of "
THAT = "that of "
TABLE: tuple[tuple[str, Callable[..., Clue]], ...] = (
    (rf"{NAME} (?:is|stands) somewhere ahead of {NAME}", _ahead),
    (rf"{NAME} stands somewhere behind {NAME}", _behind),
    (rf"{NAME} finished before {NAME}", _ahead),
    (rf"{NAME} came in later than {NAME}", _behind),
    (rf"{BOOK}{NAME} is somewhere to the left of {THAT}{NAME}", _ahead),
    (rf"{BOOK}{NAME} is somewhere to the right of {THAT}{NAME}", _behind),
    (rf"{NAME} is directly behind {NAME}", _directly_behind),
    (rf"{NAME} finished directly after {NAME}", _directly_behind),
    (rf"{BOOK}{NAME} is directly to the right of {THAT}{NAME}", _directly_behind),
    (rf"{NAME} is directly ahead of {NAME}", _directly_ahead),
    (rf"{NAME} came in directly before {NAME}", _directly_ahead),
    (rf"{NAME} and {NAME} (?:stand next to|came in one right after)", _beside),
    (rf"{NAME} is right beside {NAME}", _beside),
    (rf"the books of {NAME} and {NAME} are neighbours", _beside),
    (rf"between (?:the books of )?{NAME} and {NAME} (?:there are )?exactly (\w+)", _between),
    (rf"{NAME} (?:is|finished) in place (\d)", _in_place),
    (rf"{BOOK}{NAME} is in place (\d)", _in_place),
    (rf"place (\d) (?:is where|went to) {NAME}", _place_of),
    (rf"{NAME} (?:is not|does not stand|did not finish) in place (\d)", _not_in_place),
    (rf"{BOOK}{NAME} is not in place (\d)", _not_in_place),
    (rf"place (\d) did not go to {NAME}", _not_place_of),
    (rf"{NAME} (?:is at the front or|stands at one end|was either first or|won or came last)", _at_an_end),
    (rf"{BOOK}{NAME} is on the far left or", _at_an_end),
)
CLUES = [(re.compile(pattern, re.IGNORECASE), meaning) for pattern, meaning in TABLE]
FACT = re.compile(r"([A-Z][a-z]+) (?:has|may have) place (\d(?:, \d)*(?: or \d)?)")


def _clues(text: str) -> Iterator[Clue]:
    for line in re.split(r"(?:^|(?<=\. )|\n)\d+\. ", text.split("\n\n")[1])[1:]:
        (found,) = [meaning(*match.groups()) for pattern, meaning in CLUES if (match := pattern.match(line))]
        yield found


def orders(text: str) -> list[Places]:
    """Return every order in which the clues hold."""
    opening = text.partition(":")[0].partition(";")[0]
    names = re.findall(r"\b(?!The |Some |These |This )[A-Z][a-z]+", re.sub(r"^The books", "", opening))
    clues = list(_clues(text))
    orders = ({name: at for at, name in enumerate(order, 1)} for order in permutations(names))
    return [order for order in orders if all(clue(order) for clue in clues)]


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return who has the place that is asked for in the only order there is."""
    (order,) = orders(text)
    question = text.split("\n\n")[2]
    named = re.search(r"place (\d)", question)
    place = int(named[1]) if named else next(at for at, word in enumerate(ORDINALS, 1) if word in question)
    return next(name for name, at in order.items() if at == place)


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return places that are ruled out although they are right, and another answer."""
    (order,) = orders(text)
    found, decided = [], set()
    for step in solution.steps[:-1]:
        facts = FACT.findall(step)
        if not facts:
            found.append(f"nothing is found: {step}")
        for name, places in facts:
            numbers = re.findall(r"\d", places)
            decided |= {name} if len(numbers) == 1 else set()
            if str(order[name]) not in numbers:
                found.append(f"{name} is at {order[name]}: {step}")
    if recompute(puzzle, text) != solution.answer or not re.search(rf"\b{solution.answer}\b", solution.steps[-1]):
        found.append("another answer")
    if decided != set(order):
        found.append("not everybody has a place")
    return found


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return how many there are."""
    return puzzle.size
