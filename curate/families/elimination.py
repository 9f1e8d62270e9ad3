"""Puzzles about who is where, solved by elimination: each clue narrows the places that are left for those it names.

    3 names, places 1 to 3; Ada before Bo        Ada goes to 1 or 2; Bo goes to 2 or 3
    Cy at 1                                      Cy goes to 1; so Ada goes to 2; so Bo goes to 3

Places are bits of a mask. A puzzle of ours is solved by clues, by places that are taken and by places that only one
can have; whatever these steps find follows, so the solution is the only one.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Literal, NamedTuple

import msgspec

from curate.families.base import Hand
from curate.families.logic_words import listed
from curate.families.procedure import WORD, Move, Procedure

ClueKind = Literal["at", "not_at", "end", "same", "before", "next", "right_after", "apart"]

RELATIONS: Mapping[ClueKind, Callable[[int, int, int, int], bool]] = {
    "at": lambda one, _, number, __: one == number,
    "not_at": lambda one, _, number, __: one != number,
    "end": lambda one, _, __, size: one in (0, size - 1),
    "same": lambda one, other, _, __: one == other,
    "before": lambda one, other, _, __: one < other,
    "next": lambda one, other, _, __: abs(one - other) == 1,
    "right_after": lambda one, other, _, __: one == other + 1,
    "apart": lambda one, other, number, __: abs(one - other) == number + 1,
}
"""Whether places of one and another fit, given the clue's number and how many places there are."""
ALONE = ("at", "not_at", "end")
"""Clues about one alone."""


class Clue(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one, or of one and another."""

    kind: ClueKind
    one: int
    other: int
    """The same as `one` where a clue is about one alone."""
    number: int = 0
    """A place, from 0, or how many are between."""


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """Items in groups; each group has one item for each place."""

    size: int
    """How many places there are."""
    items: tuple[str, ...]
    """Group by group."""
    kinds: tuple[str, ...]
    """What each group is, a key of its family's words."""
    clues: tuple[Clue, ...]
    asked: int
    """An item, of which the family asks something; with one group a place, from 0."""
    wanted: int
    """The group of the item that is the answer."""


Masks = list[int]
"""Item to the places that are left for it."""


class Deduction(NamedTuple):
    """What one step finds."""

    by: Literal["clue", "taken", "only"]
    number: int
    """Which clue, which item takes its place, or which item alone can have a place."""
    changes: Mapping[int, int]
    """Item to the places that are left for it."""


@lru_cache(maxsize=8192)
def _reached(kind: ClueKind, number: int, size: int, mask: int, *, back: bool) -> int:
    """Return the places that fit some place of the mask: of the other item or, back, of the first."""
    relation = RELATIONS[kind]
    places = [place for place in range(size) if mask >> place & 1]
    reached = 0
    for place in range(size):
        pairs = ((place, there) if back else (there, place) for there in places)
        if any(relation(*pair, number, size) for pair in pairs):
            reached |= 1 << place
    return reached


@lru_cache(maxsize=256)
def _mates(item: int, size: int) -> tuple[int, ...]:
    start = item - item % size
    return tuple(other for other in range(start, start + size) if other != item)


class Grid:
    """The places that are left, while clues are used.

    Args:
        size: How many places there are.
        groups: How many groups of items there are.
        masks: Where to begin; everything open if not given.
    """

    def __init__(self, size: int, groups: int, masks: Masks | None = None) -> None:
        self.size = size
        self.groups = groups
        self.masks = masks or [(1 << size) - 1] * (size * groups)

    def by_clue(self, clue: Clue) -> dict[int, int]:
        """Return what a clue changes."""
        one, other = self.masks[clue.one], self.masks[clue.other]
        left = one & _reached(clue.kind, clue.number, self.size, other, back=True)
        if clue.kind in ALONE:
            return {clue.one: left} if left and left != one else {}
        right = other & _reached(clue.kind, clue.number, self.size, one, back=False)
        found = {clue.one: left} if left != one else {}
        if right != other:
            found[clue.other] = right
        return found if left and right else {}

    def taken(self, item: int) -> dict[int, int]:
        """Return what changes because an item has its place."""
        mask = self.masks[item]
        if mask & (mask - 1):
            return {}
        return {
            other: self.masks[other] & ~mask
            for other in self.mates(item)
            if self.masks[other] & mask and self.masks[other] != mask
        }

    def only(self, item: int) -> dict[int, int]:
        """Return the place that an item alone can have, if it can have others as well."""
        others = 0
        for other in self.mates(item):
            others |= self.masks[other]
        lone = self.masks[item] & ~others
        return {item: lone} if lone and lone != self.masks[item] and not lone & (lone - 1) else {}

    def mates(self, item: int) -> tuple[int, ...]:
        """Return the other items of an item's group."""
        return _mates(item, self.size)

    def deductions(self, clues: Sequence[Clue]) -> Iterator[Deduction]:
        """Yield one step after the other until none is left; whoever takes them enters their changes in the masks."""
        while (found := next(self._found(clues), None)) is not None:
            yield found

    def _found(self, clues: Sequence[Clue]) -> Iterator[Deduction]:
        items = range(len(self.masks))
        for item in items:
            if changes := self.taken(item):
                yield Deduction("taken", item, changes)
        for number, clue in enumerate(clues):
            if changes := self.by_clue(clue):
                yield Deduction("clue", number, changes)
        for item in items:
            if changes := self.only(item):
                yield Deduction("only", item, changes)

    def settle(self, clues: Sequence[Clue]) -> bool:
        """Take all steps, in no order that matters; return whether every item has its place."""
        before: Masks = []
        while before != self.masks:
            before = list(self.masks)
            for clue in clues:
                for item, mask in self.by_clue(clue).items():
                    self.masks[item] = mask
            for start in range(0, len(before), self.size):
                self.masks[start : start + self.size] = _settled(self.masks[start : start + self.size])
        return not any(mask & (mask - 1) for mask in self.masks)


def _settled(masks: Masks) -> Masks:
    """Return what is left for the items of one group by the places that are taken, or that only one can have."""
    taken = seen = twice = 0
    for mask in masks:
        taken |= 0 if mask & (mask - 1) else mask
        twice |= seen & mask
        seen |= mask
    lone = seen & ~twice
    return [mask if not mask & (mask - 1) else mask & lone or mask & ~taken or mask for mask in masks]


def drawn_clues(rng: random.Random, size: int, groups: int, kinds: Sequence[ClueKind]) -> tuple[Clue, ...]:
    """Return clues that place everything and of which none can be spared."""
    places = [place for _ in range(groups) for place in rng.sample(range(size), size)]
    grid, clues = Grid(size, groups), list[Clue]()
    solved = False
    while not solved:
        clue = _drawn(rng, size, kinds, places)
        if clue is not None and grid.by_clue(clue):
            clues.append(clue)
            solved = grid.settle(clues)
    for clue in rng.sample(clues, len(clues)):
        rest = [other for other in clues if other is not clue]
        if Grid(size, groups).settle(rest):
            clues = rest
    rng.shuffle(clues)
    return tuple(clues)


def _drawn(rng: random.Random, size: int, kinds: Sequence[ClueKind], places: Sequence[int]) -> Clue | None:
    """Return a clue that is true, or none."""
    kind = rng.choice(kinds)
    one, other = rng.sample(range(len(places)), 2)
    number = 0
    if kind == "not_at":
        number = rng.choice([place for place in range(size) if place != places[one]])
    elif kind == "at":
        number = places[one]
    elif kind == "apart":
        number = abs(places[one] - places[other]) - 1
    if kind in ALONE:
        other = one
    is_true = RELATIONS[kind](places[one], places[other], number, size)
    is_said = kind != "apart" or number > 0
    return Clue(kind=kind, one=one, other=other, number=number) if is_true and is_said else None


class Speech(NamedTuple):
    """How a family speaks of items and places."""

    place: str
    """What a place is called: `house`."""
    labels: Mapping[str, str]
    """Kind of a group to how its items are called: `the owner of the {}`."""
    has: str
    """How it is said that an item has a place: `is in`."""
    may: str
    """How it is said that it may have one: `can be in`."""
    answer: Callable[[Puzzle, Masks], int]
    """Returns the item of the wanted group that the places show to be asked for."""


SENTENCES: dict[str, tuple[str, ...]] = {
    "clue": (
        "by clue {number}, {facts}.",
        "clue {number} tells us that {facts}.",
        "from clue {number} it follows that {facts}.",
        "clue {number} leaves only this: {facts}.",
    ),
    "taken": (
        "as {item} has {place}, {facts}.",
        "{place} belongs to {item}, so {facts}.",
        "because {place} is taken by {item}, {facts}.",
    ),
    "only": (
        "nothing else of its kind can have {place}, so {facts}.",
        "{place} is left for {item} alone: {facts}.",
        "for {place} there is only {item} left, so {facts}.",
    ),
    "result": (
        "so the answer is {answer}.",
        "that makes {answer} the answer.",
        "now we can read it off: {answer}.",
        "which leads to the answer {answer}.",
    ),
}
_ITEM = r"(?:[A-Z][a-z]+|the (?:owner of the |drinker of )?[a-z]+(?: house)?)"
_FACT = rf"{_ITEM} (?:is in|can be in|has|may have) [a-z]+ \d(?:, \d)*(?: or \d)?"
SHAPES = {
    "facts": rf"{_FACT}(?:; {_FACT})*",
    "answer": WORD,
}


def procedure(speech: Speech) -> Procedure[Puzzle]:
    """Return how a family solves its puzzles."""
    return Procedure(SENTENCES, SHAPES, partial(_work, speech))


def _work(speech: Speech, puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Take one step after the other until everything has its place; a slip leaves just what had to go."""
    grid = Grid(puzzle.size, len(puzzle.kinds))
    for step in grid.deductions(puzzle.clues):
        changes = dict(step.changes)
        if not hand.truth(exact=True):
            item = min(changes)
            changes[item] = grid.masks[item] & ~changes[item]
        yield _move(speech, puzzle, grid, step, changes)
        for item, mask in changes.items():
            grid.masks[item] = mask
    item = speech.answer(puzzle, grid.masks)
    if not hand.truth(exact=True):
        item = item - item % puzzle.size + (item + 1) % puzzle.size
    yield Move("result", {}, {"answer": puzzle.items[item]})


def _move(speech: Speech, puzzle: Puzzle, grid: Grid, step: Deduction, changes: Mapping[int, int]) -> Move:
    facts = {"facts": "; ".join(_fact(speech, puzzle, item, mask) for item, mask in sorted(changes.items()))}
    if step.by == "clue":
        return Move("clue", {"number": str(step.number + 1)}, facts)
    item = named(speech, puzzle, step.number)
    mask = grid.masks[step.number] if step.by == "taken" else step.changes[step.number]
    given = {"item": item, "place": f"{speech.place} {mask.bit_length()}"}
    return Move(step.by, given, facts)


def named(speech: Speech, puzzle: Puzzle, item: int) -> str:
    """Return how an item is called."""
    return speech.labels[puzzle.kinds[item // puzzle.size]].format(puzzle.items[item])


def _fact(speech: Speech, puzzle: Puzzle, item: int, mask: int) -> str:
    """Return where an item may be, in words."""
    places = [str(place + 1) for place in range(puzzle.size) if mask >> place & 1]
    verb = speech.has if len(places) == 1 else speech.may
    return f"{named(speech, puzzle, item)} {verb} {speech.place} {listed(places, 'or')}"


def first_place(mask: int) -> int:
    """Return the first place of a mask, from 0."""
    return (mask & -mask).bit_length() - 1


def item_at(puzzle: Puzzle, masks: Masks, group: int, place: int) -> int:
    """Return the item of a group that has a place; if none surely has it, the first that may."""
    items = range(group * puzzle.size, (group + 1) * puzzle.size)
    having = [item for item in items if masks[item] == 1 << place]
    maybe = [item for item in items if masks[item] >> place & 1]
    return (having or maybe or list(items))[0]
