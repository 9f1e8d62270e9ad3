"""Checks `automaton` by reading its moves out of the text and running it backwards over sets of states."""

import re

from curate.families.automaton import Puzzle
from curate.families.base import Solution
from tests.families.texts import numbers, one

STATE = r"(?:[qS]\d|[A-FP-U])"
RULE = re.compile(rf"(?:In state|From) ({STATE}), ([^.?]*)\.")
TARGET = re.compile(rf"(\w) leads to ({STATE})|it goes to ({STATE}) on (\w)")
STEP = re.compile(rf"(?:from |state |takes )({STATE})(?: it goes| changes)? to ({STATE})\.")


def _moves(text: str) -> dict[tuple[str, str], str]:
    moves = {}
    for state, told in RULE.findall(text):
        for letter, target, other, other_letter in TARGET.findall(told):
            moves[state, letter or other_letter] = target or other
    return moves


def _word(text: str) -> str:
    return one(r"(?:accept|Is|word|letters of) (?!is )(\w+)(?:\?| accepted|\. How| lead)", text)


def path(text: str) -> list[str]:
    """Return the states that are entered: at each letter the one from which the rest of the word leads to the end."""
    moves, word = _moves(text), _word(text)
    first = one(rf"(?:starts in|beginning in state|start state) ({STATE})", text)
    states = {state for state, _ in moves}
    ends = {state: [state] for state in states}
    for letter in reversed(word):
        ends = {state: [state, *ends[moves[state, letter]]] for state in states}
    return ends[first][1:]


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return whether the word is accepted, or how often the state is entered."""
    entered = path(text)
    if "How many" in text:
        return str(entered.count(one(rf"(?:enter|into) state ({STATE})", text)))
    accepting = re.findall(STATE, one(r"(?:ends in|it is in) ([^.]*)\.", text))
    return "yes" if entered[-1] in accepting else "no"


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return steps that enter another state, read another letter, or judge wrongly."""
    entered, word = path(text), _word(text)
    before = [one(rf"(?:starts in|beginning in state|start state) ({STATE})", text), *entered]
    *letters, last = solution.steps
    found = [] if len(letters) == len(word) else ["not every letter is read"]
    for number, step in enumerate(letters, 1):
        if STEP.findall(step) != [(before[number - 1], entered[number - 1])]:
            found.append(f"not from {before[number - 1]} to {entered[number - 1]}: {step}")
        if f"etter {number}" not in step or not re.search(rf"(?:is|,|read) {word[number - 1]}\b", step):
            found.append(f"another letter: {step}")
    if solution.answer not in (*last.replace(".", "").split(" "), *map(str, numbers(last))):
        found.append(f"another answer: {last}")
    if solution.answer in ("yes", "no") and (" no" in last.replace(f" {solution.answer}.", "")) != (
        solution.answer == "no"
    ):
        found.append(f"the verdict is not its reason's: {last}")
    return found


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the length of the word and the number of states."""
    return len(puzzle.word) + len(puzzle.states)
