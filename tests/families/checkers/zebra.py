"""Checks `zebra` by reading what there is and the clues out of the text, and searching all ways group by group."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations

from curate.families.base import Solution
from curate.families.elimination import Puzzle

Houses = dict[str, int]
Meaning = Callable[[Houses], bool]
Clue = tuple[frozenset[str], Meaning]
"""The items that a clue is about, and whether it holds of their houses."""


def _pair(one: str, other: str, holds: Callable[[int, int], bool]) -> Clue:
    return frozenset((one, other)), lambda at: holds(at[one], at[other])


TWO: tuple[tuple[str, Callable[[int, int], bool]], ...] = (
    (" lives somewhere to the left of ", lambda one, other: one < other),
    (" lives somewhere to the right of ", lambda one, other: one > other),
    (" lives directly to the right of ", lambda one, other: one == other + 1),
    (" lives directly to the left of ", lambda one, other: one == other - 1),
    (" lives next door to ", lambda one, other: abs(one - other) == 1),
)
SAME = (" is ", " owns the ", " drinks ", " works as the ", " lives in the ")


class Reader:
    """Reads texts about the items of one puzzle."""

    def __init__(self, text: str) -> None:
        self.opening, self.listing, self.question = text.split("\n\n")
        self.size = int(re.findall(r"(\d) houses", self.opening)[0])
        self.groups = list(self._groups())
        self.items = [item for group in self.groups for item in group]
        self.item = re.compile(rf"\b({'|'.join(self.items)})\b")

    def _groups(self) -> Iterator[list[str]]:
        people = re.findall(r"(?:^|live )([A-Z]\w+(?:, [A-Z]\w+)* and [A-Z]\w+)", self.opening)
        yield re.split(", | and ", people[0])
        for told in re.findall(r"(?:pets are|drinks are|profession they are|houses are) ([^.]*)\.", self.opening):
            yield [item.removeprefix("a ") for item in re.split(", | and ", told)]

    def named(self, text: str) -> str:
        """Return the only item that a text names."""
        (item,) = set(self.item.findall(text))
        assert isinstance(item, str)
        return item

    def clues(self) -> Iterator[Clue]:
        """Yield the clues."""
        for line in re.split(r"(?:^|(?<=\. )|\n)\d+\. ", self.listing)[1:]:
            yield self.clue(line[0].lower() + line[1:] if line.startswith(("The ", "House ")) else line)

    def clue(self, line: str) -> Clue:
        """Return what one clue means."""
        if house := re.search(r"house (\d)", line):
            item, number, denied = self.named(line), int(house[1]), " not " in line
            return frozenset((item,)), lambda at: (at[item] == number) != denied
        if re.search(r"first or in the last house|at one end", line):
            item = self.named(line)
            return frozenset((item,)), lambda at: at[item] in (1, self.size)
        if " live next to each other" in line:
            one, other = self.item.findall(line)
            return _pair(one, other, lambda one, other: abs(one - other) == 1)
        for words, holds in TWO:
            if words in line:
                left, _, right = line.partition(words)
                return _pair(self.named(left), self.named(right), holds)
        (words,) = [words for words in SAME if words in line]
        left, _, right = line.partition(words)
        return _pair(self.named(left), self.named(right), lambda one, other: one == other)

    def solutions(self) -> list[Houses]:
        """Return all ways in which the clues hold."""
        return list(self._extended({}, self.groups, list(self.clues())))

    def _extended(self, houses: Houses, groups: Sequence[list[str]], clues: list[Clue]) -> Iterator[Houses]:
        if not groups:
            yield houses
            return
        known = set(houses) | set(groups[0])
        due = [meaning for items, meaning in clues if items <= known]
        rest = [clue for clue in clues if not clue[0] <= known]
        for order in permutations(groups[0]):
            grown = houses | {item: at for at, item in enumerate(order, 1)}
            if all(meaning(grown) for meaning in due):
                yield from self._extended(grown, groups[1:], rest)


FACT = re.compile(r"(?:^|, |; |: |that |so )([\w ]+?) (?:is|can be) in house (\d(?:, \d)*(?: or \d)?)")


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return the person whose house it is in the only solution."""
    reader = Reader(text)
    (houses,) = reader.solutions()
    house = houses[reader.named(reader.question)]
    return next(person for person in reader.groups[0] if houses[person] == house)


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return houses that are ruled out although they are right, and another answer."""
    reader = Reader(text)
    (houses,) = reader.solutions()
    found = []
    for step in solution.steps[:-1]:
        facts = FACT.findall(step)
        if len(facts) != len(re.findall(r"(?:is|can be) in house", step)) or not facts:
            found.append(f"facts that are not read: {step}")
        for words, numbers in facts:
            item = reader.named(words)
            if str(houses[item]) not in re.findall(r"\d", numbers):
                found.append(f"{item} is in {houses[item]}: {step}")
    if not re.search(rf"\b{solution.answer}\b", solution.steps[-1]):
        found.append("another answer")
    return found


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return how many things have to be placed."""
    return len(puzzle.items)
