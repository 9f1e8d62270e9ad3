"""Checks `string_operations` by reading the orders out of the text and applying them to lists of letters."""

import re
import string
from collections import deque
from collections.abc import Callable

from curate.families.base import Solution
from curate.families.string_operations import Puzzle
from tests.families.texts import one

NUMBERS = {"letter": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
Letters = list[str]


def _rotated(letters: Letters, count: str) -> Letters:
    queue = deque(letters)
    queue.rotate(-NUMBERS[count])
    return list(queue)


def _shifted(letters: Letters, count: str) -> Letters:
    places = NUMBERS[count]
    table = str.maketrans(string.ascii_lowercase, string.ascii_lowercase[places:] + string.ascii_lowercase[:places])
    return list("".join(letters).translate(table))


ORDERS: tuple[tuple[str, Callable[..., Letters]], ...] = (
    (r"reverse it|write it backwards", lambda letters: list(reversed(letters))),
    (r"first (\w+)(?: letters)? (?:to the end|away and)", _rotated),
    (r"(?:the one|forward by) (\w+) places?", _shifted),
    (r"replace every (\w) by (\w)\b", lambda letters, old, new: [new if one == old else one for one in letters]),
    (r"put (\w) wherever there is (\w)\b", lambda letters, new, old: [new if one == old else one for one in letters]),
    (r"(?:leave out every|remove all letters) (\w)\b", lambda letters, old: [one for one in letters if one != old]),
    (r"(?:all vowels|every vowel) \(", lambda letters: [one for one in letters if not re.match("[aeiou]", one)]),
    (
        r"first and last letter change|swap the first letter with the last",
        lambda letters: [letters[-1], *letters[1:-1], letters[0]],
    ),
    (r"first letter twice|double its first", lambda letters: letters[:1] + letters),
)


def states(text: str) -> list[str]:
    """Return the word at the beginning and after each order."""
    letters = list(one(r'"(\w+)"', text))
    found = ["".join(letters)]
    orders = re.split(r"First, |\. Then, |Do this: |; ", re.sub(r"(?:Which|What|How|Count) .*", "", text))[1:]
    for order in orders:
        ((match, change),) = [(hit, apply) for pattern, apply in ORDERS if (hit := re.search(pattern, order))]
        letters = change(letters, *match.groups())
        found.append("".join(letters))
    return found


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return the word at the end, or how many vowels it has."""
    last = states(text)[-1]
    return str(len(re.findall("[aeiou]", last))) if re.search("How many", text) else last


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return steps that start from another word, or end with another."""
    words = states(text)
    *changes, last = solution.steps
    found = [] if len(changes) == len(words) - 1 else ["not every order is followed"]
    for before, after, step in zip(words, words[1:], changes, strict=False):
        if before not in step.split() or not step.endswith(f" {after}."):
            found.append(f"not from {before} to {after}: {step}")
    if not last.endswith(f" {solution.answer}."):
        found.append(f"another answer: {last}")
    return found


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the number of changes and the length of the word."""
    return 3 * len(puzzle.operations) + len(puzzle.word)
