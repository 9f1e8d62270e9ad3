"""Words changed step by step: reversed, rotated, shifted through the alphabet, letters replaced or left out.

Take the word "planet". Reverse it, then replace every e by o, then move the first 2 letters to the end. What comes out?

Reversed, "planet" is "tenalp". With o for e, "tenalp" becomes "tonalp". Moving the first 2 letters of "tonalp" to the
end gives "nalpto". So the result is nalpto.
"""

import random
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import msgspec

from curate.families.base import AnswerType, Family, Hand
from curate.families.logic_words import COUNTS, MADE_UP, NAMES, PEOPLE
from curate.families.procedure import NUMBER, Move, Procedure, woven

Kind = Literal["reverse", "rotate", "shift", "replace", "remove", "vowels", "swap", "double"]
Asked = Literal["word", "vowels"]

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
VOWELS = "aeiou"


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One change of a word."""

    kind: Kind
    count: int = 0
    """How many letters are moved, or how many places of the alphabet each letter moves on."""
    old: str = ""
    """The letter that is replaced or left out."""
    new: str = ""
    """The letter that is put in its place."""


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """A word and what is done with it."""

    word: str
    operations: tuple[Operation, ...]
    asked: Asked
    """What is asked: the word that comes out, or how many vowels it has."""


class Level(NamedTuple):
    """What one difficulty allows."""

    letters: range
    operations: int
    kinds: tuple[Kind, ...]


EASY: tuple[Kind, ...] = ("reverse", "rotate", "replace", "remove", "swap")
ALL: tuple[Kind, ...] = ("reverse", "rotate", "replace", "remove", "vowels", "swap", "double", "shift", "shift")
LEVELS = {
    1: Level(range(5, 8), 2, EASY),
    2: Level(range(6, 9), 2, ALL),
    3: Level(range(6, 10), 3, ALL),
    4: Level(range(8, 11), 4, ALL),
    5: Level(range(9, 14), 5, ALL),
}
WORDS = {size: tuple(word for word in PEOPLE + MADE_UP if len(word) == size) for size in range(5, 14)}
ASKED: tuple[Asked, ...] = ("word", "word", "vowels")
SHORTEST = 3
"""A word is never made shorter."""

OPENINGS = (
    "Take the word {word}.",
    "Start with the word {word}.",
    "{name} writes down the word {word} and changes it.",
)
ORDERS: dict[Kind, tuple[str, ...]] = {
    "reverse": ("reverse it", "write it backwards"),
    "rotate": ("move its first {letters} to the end", "take its first {letters} away and put them at the end"),
    "shift": (
        "replace every letter by the one {places} later in the alphabet (after z comes a)",
        "shift each letter forward by {places} in the alphabet, going on with a after z",
    ),
    "replace": ("replace every {old} by {new}", "put {new} wherever there is {old}"),
    "remove": ("leave out every {old}", "remove all letters {old}"),
    "vowels": ("leave out all vowels (a, e, i, o, u)", "remove every vowel (a, e, i, o, u)"),
    "swap": ("let its first and last letter change places", "swap the first letter with the last one"),
    "double": ("write its first letter twice", "double its first letter"),
}
LAYOUTS = (("First, {}.", ". Then, "), ("Do this: {}.", "; "))
"""Where the orders stand, and what stands between them."""
QUESTIONS = {
    "word": ("Which word comes out?", "What is the result?", "What does it say at the end?"),
    "vowels": (
        "How many vowels (a, e, i, o, u) does the result have?",
        "Count the vowels (a, e, i, o, u) in what comes out. How many are there?",
    ),
}
_GIVES = (" gives {after}.", " turns it into {after}.", " makes it {after}.")
SENTENCES: dict[str, tuple[str, ...]] = {
    "reverse": woven(("reading {before} backwards", "reversing {before}"), _GIVES),
    "rotate": woven(("moving the first {letters} of {before} to the end", "rotating {before} by {letters}"), _GIVES),
    "shift": woven(("going {places} on from each letter of {before}", "shifting {before} by {places}"), _GIVES),
    "replace": woven(("putting {new} for {old} in {before}", "replacing {old} by {new} in {before}"), _GIVES),
    "remove": woven(("leaving {old} out of {before}", "removing {old} from {before}"), _GIVES),
    "vowels": woven(("leaving the vowels out of {before}", "taking {before} without its vowels"), _GIVES),
    "swap": woven(("swapping the first and last letter of {before}", "exchanging the ends of {before}"), _GIVES),
    "double": woven(("doubling the first letter of {before}", "writing the first letter of {before} twice"), _GIVES),
    "result:word": ("so the result is {answer}.", "what comes out is {answer}.", "in the end it says {answer}."),
    "result:vowels": (
        "going through {before}, we count its vowels: {answer}.",
        "the number of vowels in {before} is {answer}.",
        "among the letters of {before}, vowels come up this many times: {answer}.",
    ),
}
SHAPES = {"after": "[a-z]*", "answer": rf"[a-z]+|{NUMBER}"}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw a word and operations of which each changes something."""
    level = LEVELS[difficulty]
    word = rng.choice(WORDS[rng.choice([size for size in level.letters if WORDS[size]])])
    operations: list[Operation] = []
    state = word
    while len(operations) < level.operations:
        operation = _operation(rng, rng.choice(level.kinds), state)
        after = CHANGES[operation.kind](state, operation)
        unlike = not operations or operations[-1].kind != operation.kind
        if unlike and after != state and len(after) >= SHORTEST:
            operations.append(operation)
            state = after
    has_vowels = any(letter in VOWELS for letter in state)
    asked = rng.choice(ASKED) if has_vowels else "word"
    return Puzzle(word=word, operations=tuple(operations), asked=asked)


def _operation(rng: random.Random, kind: Kind, word: str) -> Operation:
    if kind in ("rotate", "shift"):
        return Operation(kind=kind, count=rng.randint(1, min(5, len(word) - 1)))
    if kind in ("replace", "remove"):
        new = rng.choice(ALPHABET) if kind == "replace" else ""
        return Operation(kind=kind, old=rng.choice(word), new=new)
    return Operation(kind=kind)


def _shifted(letter: str, count: int) -> str:
    return ALPHABET[(ALPHABET.index(letter) + count) % len(ALPHABET)]


CHANGES: dict[Kind, Callable[[str, Operation], str]] = {
    "reverse": lambda word, _: word[::-1],
    "rotate": lambda word, how: word[how.count :] + word[: how.count],
    "shift": lambda word, how: "".join(_shifted(letter, how.count) for letter in word),
    "replace": lambda word, how: word.replace(how.old, how.new),
    "remove": lambda word, how: word.replace(how.old, ""),
    "vowels": lambda word, _: "".join(letter for letter in word if letter not in VOWELS),
    "swap": lambda word, _: word[-1] + word[1:-1] + word[0],
    "double": lambda word, _: word[0] + word,
}


def _words(operation: Operation) -> dict[str, str]:
    count = COUNTS[operation.count]
    return {
        "letters": "letter" if operation.count == 1 else f"{count} letters",
        "places": f"{count} place{'' if operation.count == 1 else 's'}",
        "old": operation.old,
        "new": operation.new,
    }


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Tell what is done with the word, and ask."""
    opening = rng.choice(OPENINGS).format(word=f'"{puzzle.word}"', name=rng.choice(NAMES))
    orders = [rng.choice(ORDERS[one.kind]).format_map(_words(one)) for one in puzzle.operations]
    layout, joint = rng.choice(LAYOUTS)
    return f"{opening} {layout.format(joint.join(orders))} {rng.choice(QUESTIONS[puzzle.asked])}"


def _work(puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Change the word step by step; a slip gets its last letter wrong."""
    word = puzzle.word
    for operation in puzzle.operations:
        given = _words(operation) | {"before": word}
        word = CHANGES[operation.kind](word, operation)
        if not hand.truth(exact=True):
            word = word[:-1] + _shifted(word[-1], 1)
        yield Move(operation.kind, given, {"after": word})
    if puzzle.asked == "word":
        yield Move("result:word", {}, {"answer": word})
    else:
        vowels = hand.value(sum(letter in VOWELS for letter in word))
        yield Move("result:vowels", {"before": word}, {"answer": str(vowels)})


PROCEDURE = Procedure(SENTENCES, SHAPES, _work)


def _answer_type(puzzle: Puzzle) -> AnswerType:
    return "words" if puzzle.asked == "word" else "integer"


FAMILY = Family(
    name="string_operations",
    doc=(
        "What becomes of a word that is reversed, rotated, shifted through the alphabet and has letters replaced or "
        "left out, or how many vowels are left; 2 such changes at difficulty 1, 5 of longer words at difficulty 5."
    ),
    domain="algorithms",
    answer_type=_answer_type,
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
