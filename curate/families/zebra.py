"""Small zebra puzzles: people in a row of houses, with pets, drinks and jobs; who has what, by elimination.

Ada, Bo and Cy live in houses 1 to 3. The pets are a cat, a dog and a hen. 1. Ada lives in house 1. 2. Cy lives
directly to the right of the owner of the dog. 3. Ada owns the cat. Who owns the hen?

Clue 1 leaves only this: Ada is in house 1 ... So the answer is Cy.
"""

import random
from typing import NamedTuple

from curate.families.base import Family
from curate.families.elimination import (
    Clue,
    ClueKind,
    Masks,
    Puzzle,
    Speech,
    drawn_clues,
    first_place,
    item_at,
    named,
    procedure,
)
from curate.families.logic_words import NAMES, listed, sentence


class Level(NamedTuple):
    """What one difficulty allows; a kind of clue is drawn as often as it stands here."""

    size: int
    groups: int
    clues: tuple[ClueKind, ...]


LEVELS = {
    1: Level(3, 2, ("same", "same", "at", "before", "right_after")),
    2: Level(3, 3, ("same", "same", "at", "before", "right_after")),
    3: Level(4, 3, ("same", "same", "at", "before", "right_after")),
    4: Level(5, 3, ("same", "same", "at", "before", "right_after", "next")),
    5: Level(4, 4, ("same", "same", "not_at", "before", "next", "end")),
}


class Kind(NamedTuple):
    """What the houses differ in."""

    items: tuple[str, ...]
    label: str
    does: str
    """What is said of somebody who has the item."""
    listed: str
    asks: str


KINDS = {
    "people": Kind(NAMES, "{}", "is {}", "", ""),
    "pet": Kind(
        ("cat", "dog", "hen", "goat", "parrot", "rabbit", "tortoise", "hamster"),
        "the owner of the {}",
        "owns the {}",
        "The pets are a {}.",
        "Who owns the {}?",
    ),
    "drink": Kind(
        ("tea", "coffee", "milk", "water", "juice", "cocoa", "lemonade", "cider"),
        "the drinker of {}",
        "drinks {}",
        "The drinks are {}.",
        "Who drinks {}?",
    ),
    "job": Kind(
        ("baker", "tailor", "doctor", "painter", "lawyer", "sailor", "teacher", "plumber"),
        "the {}",
        "works as the {}",
        "By profession they are {}.",
        "Who is the {}?",
    ),
    "colour": Kind(
        ("red", "green", "blue", "yellow", "white", "black", "orange", "violet"),
        "the owner of the {} house",
        "lives in the {} house",
        "The houses are {}.",
        "Who lives in the {} house?",
    ),
}
CLUES: dict[ClueKind, tuple[str, ...]] = {
    "same": ("{one} {does}.",),
    "at": ("{one} lives in house {place}.", "house {place} is where {one} lives."),
    "not_at": ("{one} does not live in house {place}.",),
    "end": ("{one} lives in the first or in the last house.", "{one} lives at one end of the row."),
    "before": (
        "{one} lives somewhere to the left of {other}.",
        "{other} lives somewhere to the right of {one}.",
    ),
    "next": ("{one} and {other} live next to each other.", "{one} lives next door to {other}."),
    "right_after": ("{one} lives directly to the right of {other}.", "{other} lives directly to the left of {one}."),
}
OPENINGS = (
    "{names} live in {size} houses in a row, numbered 1 to {size} from left to right, one person in each.",
    "In a row of {size} houses, numbered from left (1) to right ({size}), live {names}, each in a house of their own.",
)
NOBODY_SHARES = (
    "No two of them have the same {kinds}.",
    "Each of them has a different {kinds}.",
)


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw clues that place everything, and something whose owner is asked for."""
    level = LEVELS[difficulty]
    kinds = ("people", *rng.sample([kind for kind in KINDS if kind != "people"], level.groups - 1))
    return Puzzle(
        size=level.size,
        items=tuple(item for kind in kinds for item in rng.sample(KINDS[kind].items, level.size)),
        kinds=kinds,
        clues=drawn_clues(rng, level.size, level.groups, level.clues),
        asked=rng.randrange(level.size, level.size * level.groups),
        wanted=0,
    )


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Name what there is, list the clues, and ask who has something."""
    groups = [list(puzzle.items[at : at + puzzle.size]) for at in range(0, len(puzzle.items), puzzle.size)]
    for group in groups:
        rng.shuffle(group)
    opening = rng.choice(OPENINGS).format(names=listed(groups[0]), size=puzzle.size)
    things = [_listed(kind, group) for kind, group in zip(puzzle.kinds[1:], groups[1:], strict=True)]
    clues = [f"{at}. {sentence(_told(puzzle, clue, rng))}" for at, clue in enumerate(puzzle.clues, 1)]
    listing = rng.choice(("\n", " ")).join(clues)
    question = KINDS[puzzle.kinds[puzzle.asked // puzzle.size]].asks.format(puzzle.items[puzzle.asked])
    differ = rng.choice(NOBODY_SHARES).format(kinds=" or ".join(puzzle.kinds[1:]))
    return f"{opening} {' '.join(things)} {differ}\n\n{listing}\n\n{question}"


def _listed(kind: str, items: list[str]) -> str:
    several = KINDS[kind].listed
    return several.format(listed([items[0], *(f"a {item}" for item in items[1:])] if " a {}" in several else items))


def _told(puzzle: Puzzle, clue: Clue, rng: random.Random) -> str:
    one, other = clue.one, clue.other
    if clue.kind == "same" and other < puzzle.size:
        one, other = other, one
    does = KINDS[puzzle.kinds[other // puzzle.size]].does.format(puzzle.items[other])
    return rng.choice(CLUES[clue.kind]).format(
        one=named(SPEECH, puzzle, one), other=named(SPEECH, puzzle, other), does=does, place=clue.number + 1
    )


def _answer(puzzle: Puzzle, masks: Masks) -> int:
    return item_at(puzzle, masks, puzzle.wanted, first_place(masks[puzzle.asked]))


SPEECH = Speech(
    place="house",
    labels={kind: row.label for kind, row in KINDS.items()},
    has="is in",
    may="can be in",
    answer=_answer,
)
PROCEDURE = procedure(SPEECH)
FAMILY = Family(
    name="zebra",
    doc=(
        "Who has what in a row of houses, by clues that leave one way; from 3 houses with people and pets, drinks, "
        "jobs or colours at difficulty 1 to 4 houses with three of these and less direct clues at difficulty 5."
    ),
    domain="logic",
    answer_type="names",
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
