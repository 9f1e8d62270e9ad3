"""Who stands where in a row, from clues that compare two of them or speak of one.

Ada, Bo and Cy stand in a queue; place 1 is at the front. 1. Ada is somewhere ahead of Bo. 2. Cy is in place 1. Who is
in place 3?

Clue 2 leaves only this: Cy is in place 1. As Cy has place 1, Ada can be in place 2 or 3; Bo can be in place 2 or 3. By
clue 1, Ada is in place 2; Bo is in place 3. So the answer is Bo.
"""

import random
from typing import NamedTuple

from curate.families.base import Family
from curate.families.elimination import Clue, ClueKind, Masks, Puzzle, Speech, drawn_clues, item_at, procedure
from curate.families.logic_words import COUNTS, NAMES, ORDINALS, listed, sentence


class Level(NamedTuple):
    """What one difficulty allows; a kind of clue is drawn as often as it stands here."""

    size: int
    clues: tuple[ClueKind, ...]


LEVELS = {
    1: Level(3, ("before", "before", "right_after", "at")),
    2: Level(4, ("before", "right_after", "not_at", "at")),
    3: Level(5, ("before", "before", "right_after", "not_at", "apart")),
    4: Level(6, ("before", "before", "next", "not_at", "apart", "end")),
    5: Level(7, ("before", "before", "next", "apart", "not_at", "end")),
}


class Theme(NamedTuple):
    """A setting."""

    opening: str
    clues: dict[ClueKind, tuple[str, ...]]
    questions: tuple[str, ...]


THEMES = {
    "queue": Theme(
        "{names} stand in a queue; place 1 is at the front.",
        {
            "at": ("{one} is in place {place}.", "place {place} is where {one} stands."),
            "not_at": ("{one} is not in place {place}.", "{one} does not stand in place {place}."),
            "end": ("{one} is at the front or at the back.", "{one} stands at one end of the queue."),
            "before": ("{one} is somewhere ahead of {other}.", "{other} stands somewhere behind {one}."),
            "next": ("{one} and {other} stand next to each other.", "{one} is right beside {other}, ahead or behind."),
            "right_after": ("{one} is directly behind {other}.", "{other} is directly ahead of {one}."),
            "apart": ("between {one} and {other} there are exactly {between}.",),
        },
        ("Who is in place {place}?", "Who stands {ordinal}, counted from the front?"),
    ),
    "race": Theme(
        "{names} ran a race without ties; place 1 is that of the winner.",
        {
            "at": ("{one} finished in place {place}.", "place {place} went to {one}."),
            "not_at": ("{one} did not finish in place {place}.", "place {place} did not go to {one}."),
            "end": ("{one} was either first or last.", "{one} won or came last."),
            "before": ("{one} finished before {other}.", "{other} came in later than {one}."),
            "next": ("{one} and {other} came in one right after the other, in some order.",),
            "right_after": ("{one} finished directly after {other}.", "{other} came in directly before {one}."),
            "apart": ("between {one} and {other} exactly {between} finished.",),
        },
        ("Who finished in place {place}?", "Who came in {ordinal}?"),
    ),
    "shelf": Theme(
        "The books of {names} stand on a shelf, one of each; place 1 is on the far left.",
        {
            "at": ("the book of {one} is in place {place}.",),
            "not_at": ("the book of {one} is not in place {place}.",),
            "end": ("the book of {one} is on the far left or on the far right.",),
            "before": (
                "the book of {one} is somewhere to the left of that of {other}.",
                "the book of {other} is somewhere to the right of that of {one}.",
            ),
            "next": ("the books of {one} and {other} are neighbours.",),
            "right_after": ("the book of {one} is directly to the right of that of {other}.",),
            "apart": ("between the books of {one} and {other} there are exactly {between}.",),
        },
        ("Whose book is in place {place}?", "Whose book is the {ordinal} from the left?"),
    ),
}
INTRODUCTIONS = ("This is known:", "Some things are known about them:", "These clues are given:")


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw clues that place everybody, and a place to ask for."""
    level = LEVELS[difficulty]
    return Puzzle(
        size=level.size,
        items=tuple(rng.sample(NAMES, level.size)),
        kinds=(rng.choice(tuple(THEMES)),),
        clues=drawn_clues(rng, level.size, 1, level.clues),
        asked=rng.randrange(level.size),
        wanted=0,
    )


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Name them in some order, list the clues, and ask for a place."""
    theme, size = THEMES[puzzle.kinds[0]], puzzle.size
    clues = [f"{at}. {sentence(_told(theme, puzzle, clue, rng))}" for at, clue in enumerate(puzzle.clues, 1)]
    opening = theme.opening.format(names=listed(rng.sample(puzzle.items, size)))
    question = rng.choice(theme.questions).format(place=puzzle.asked + 1, ordinal=ORDINALS[puzzle.asked])
    listing = rng.choice(("\n", " ")).join(clues)
    return f"{opening} {rng.choice(INTRODUCTIONS)}\n\n{listing}\n\n{question}"


def _told(theme: Theme, puzzle: Puzzle, clue: Clue, rng: random.Random) -> str:
    return rng.choice(theme.clues[clue.kind]).format(
        one=puzzle.items[clue.one],
        other=puzzle.items[clue.other],
        place=clue.number + 1,
        between=f"{COUNTS[clue.number]} other{'' if clue.number == 1 else 's'}",
    )


def _answer(puzzle: Puzzle, masks: Masks) -> int:
    return item_at(puzzle, masks, 0, puzzle.asked)


SPEECH = Speech(
    place="place",
    labels={"queue": "{}", "race": "{}", "shelf": "{}"},
    has="has",
    may="may have",
    answer=_answer,
)
PROCEDURE = procedure(SPEECH)
FAMILY = Family(
    name="ordering",
    doc=(
        "Who has a place in a queue, a race or on a shelf, by clues that leave one order; from 3 people at difficulty "
        "1 to 7 people and clues about neighbours, ends and how many are between at difficulty 5."
    ),
    domain="logic",
    answer_type="names",
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
