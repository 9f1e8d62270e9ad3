"""Finite automata run by hand on a word: is it accepted, or how often is a state entered?

A machine starts in state A. In state A, it goes to B on x and stays in A on y. In state B, it goes to A on x and on y.
It accepts a word if it ends in B. Does it accept xyx?

Letter 1 is x: from A it goes to B. Letter 2 is y: from B it goes to A. Letter 3 is x: from A it goes to B. It ends in
B, which is an accepting state, so the word is accepted: yes.
"""

import random
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from curate.families.base import AnswerType, Family, Hand
from curate.families.logic_words import listed
from curate.families.procedure import NUMBER, Move, Procedure, woven


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """A complete automaton, which starts in its first state, and a word."""

    states: tuple[str, ...]
    letters: str
    moves: tuple[tuple[int, ...], ...]
    """By state, then by letter: the state that is entered."""
    accepting: tuple[int, ...]
    word: str
    asked: Literal["accepts", "entered"]
    """What is asked: whether the word is accepted, or how often a state is entered."""
    counted: int
    """The state that is counted."""


class Level(NamedTuple):
    """What one difficulty allows."""

    states: int
    letters: int
    word: int


LEVELS = {1: Level(3, 2, 4), 2: Level(3, 2, 6), 3: Level(4, 2, 8), 4: Level(5, 3, 11), 5: Level(6, 3, 14)}
STATES = (tuple("ABCDEF"), tuple("PQRSTU"), ("q0", "q1", "q2", "q3", "q4", "q5"), ("S1", "S2", "S3", "S4", "S5", "S6"))
LETTERS = ("xyz", "abc", "012", "uvw")

OPENINGS = (
    "A finite automaton has the states {states} and starts in {first}.",
    "A machine with the states {states} reads words letter by letter, beginning in state {first}.",
    "Consider the deterministic automaton with states {states} and start state {first}.",
)
RULES = ("In state {state}, {moves}.", "From {state}, {moves}.")
GOES = ("{letter} leads to {state}", "it goes to {state} on {letter}")
ACCEPTS = (
    "A word is accepted if the automaton ends in {accepting}. Does it accept {word}?",
    "It accepts exactly the words after which it is in {accepting}. Is {word} accepted?",
)
ENTERED = (
    "It reads the word {word}. How many times does it enter state {counted}, not counting the start?",
    "How many of the letters of {word} lead it into state {counted}, whether or not it was there before?",
)
SENTENCES: dict[str, tuple[str, ...]] = {
    "letter": woven(
        ("letter {number} is {letter}", "letter {number}, {letter}, comes next", "we read {letter} as letter {number}"),
        (": from {state} it goes to {next}.", ": state {state} changes to {next}.", ", which takes {state} to {next}."),
    ),
    "verdict:yes": (
        "it ends in {state}, which is an accepting state, so the answer is {answer}.",
        "after the last letter it is in {state}, an accepting state: {answer}.",
        "{state} is among the accepting states, so the word is accepted: {answer}.",
    ),
    "verdict:no": (
        "it ends in {state}, which is no accepting state, so the answer is {answer}.",
        "after the last letter it is in {state}, where no word is accepted: {answer}.",
        "{state} is not among the accepting states, so the word is not accepted: {answer}.",
    ),
    "count": (
        "state {counted} was entered {answer} times.",
        "counting these letters, {answer} of them led into {counted}.",
        "the number of times that {counted} was entered is {answer}.",
    ),
}
SHAPES = {"next": r"\w+", "answer": rf"yes|no|{NUMBER}"}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw an automaton in which no state is a trap, and a word."""
    level = LEVELS[difficulty]
    states, letters = rng.choice(STATES)[: level.states], rng.choice(LETTERS)[: level.letters]
    places = range(level.states)
    moves = tuple(_moves(rng, state, level) for state in places)
    return Puzzle(
        states=states,
        letters=letters,
        moves=moves,
        accepting=tuple(sorted(rng.sample(places, rng.randint(1, level.states - 1)))),
        word="".join(rng.choice(letters) for _ in range(level.word)),
        asked=rng.choice(("accepts", "entered")),
        counted=rng.choice(places),
    )


def _moves(rng: random.Random, state: int, level: Level) -> tuple[int, ...]:
    others = [other for other in range(level.states) if other != state]
    targets = [rng.choice(others), *(rng.randrange(level.states) for _ in range(level.letters - 1))]
    rng.shuffle(targets)
    return tuple(targets)


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Describe the automaton state by state, and ask."""
    goes, rule = rng.choice(GOES), rng.choice(RULES)
    parts = [rng.choice(OPENINGS).format(states=listed(puzzle.states), first=puzzle.states[0])]
    for state, targets in zip(puzzle.states, puzzle.moves, strict=True):
        moves = [
            goes.format(letter=letter, state=puzzle.states[target])
            for letter, target in zip(puzzle.letters, targets, strict=True)
        ]
        parts.append(rule.format(state=state, moves=listed(moves)))
    question = rng.choice(ACCEPTS if puzzle.asked == "accepts" else ENTERED)
    accepting = listed([puzzle.states[state] for state in puzzle.accepting], "or")
    parts.append(question.format(accepting=accepting, word=puzzle.word, counted=puzzle.states[puzzle.counted]))
    return rng.choice((" ", "\n")).join(parts)


def _work(puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Read letter by letter, then judge or count."""
    state, entered = 0, 0
    for number, letter in enumerate(puzzle.word, 1):
        given = {"number": str(number), "letter": letter, "state": puzzle.states[state]}
        state = puzzle.moves[state][puzzle.letters.index(letter)]
        if not hand.truth(exact=True):
            state = (state + 1) % len(puzzle.states)
        entered += state == puzzle.counted
        yield Move("letter", given, {"next": puzzle.states[state]})
    if puzzle.asked == "accepts":
        accepts = hand.truth(state in puzzle.accepting)
        answer = "yes" if accepts else "no"
        yield Move(f"verdict:{answer}", {"state": puzzle.states[state]}, {"answer": answer})
    else:
        yield Move("count", {"counted": puzzle.states[puzzle.counted]}, {"answer": str(hand.value(entered))})


PROCEDURE = Procedure(SENTENCES, SHAPES, _work)


def _answer_type(puzzle: Puzzle) -> AnswerType:
    return "yes_no" if puzzle.asked == "accepts" else "integer"


FAMILY = Family(
    name="automaton",
    doc=(
        "Whether a finite automaton accepts a word, or how often it enters a state; from 3 states and 4 letters at "
        "difficulty 1 to 6 states and 14 letters at difficulty 5."
    ),
    domain="algorithms",
    answer_type=_answer_type,
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
