"""Checks `propositional` by reading the statements out of the text and trying every row of the truth table."""

import re
from collections.abc import Callable, Iterator
from itertools import product

from curate.families.base import Solution
from curate.families.propositional import Puzzle

PART = r"((?:the) \w+ is (?:not )?\w+)"
Row = dict[str, bool]
Meaning = Callable[[Row], bool]


def _part(text: str) -> Meaning:
    atom, affirmed = text.lower().replace(" is not ", " is "), " is not " not in text
    return lambda row: row[atom] == affirmed


TABLE: tuple[tuple[str, Callable[[bool, bool], bool]], ...] = (
    (rf"(?:if|whenever) {PART}, (?:then )?{PART}", lambda one, other: other or not one),
    (rf"{PART} only if {PART}", lambda one, other: other or not one),
    (rf"{PART} if {PART}", lambda one, other: one or not other),
    (rf"{PART} or {PART}, or both", lambda one, other: one or other),
    (rf"at least one of these holds: {PART}, {PART}", lambda one, other: one or other),
    (rf"it is not the case that both {PART} and {PART}", lambda one, other: not (one and other)),
    (rf"these do not both hold: {PART}, {PART}", lambda one, other: not (one and other)),
)
STATEMENTS = [(re.compile(pattern + r"\.$", re.IGNORECASE), holds) for pattern, holds in TABLE]
FACT = re.compile(rf"(?:it is a fact that )?{PART}\.$", re.IGNORECASE)
GAINED = re.compile(rf"(?:outright: |by statement \d+, |statement \d+: |that ){PART}\.$", re.IGNORECASE)


def _statement(line: str) -> Meaning:
    if fact := FACT.match(line):
        return _part(fact[1])
    ((match, holds),) = [(hit, holds) for pattern, holds in STATEMENTS if (hit := pattern.match(line))]
    one, other = _part(match[1]), _part(match[2])
    return lambda row: holds(one(row), other(row))


class Reader:
    """What a text says."""

    def __init__(self, text: str) -> None:
        _, listing, question = text.lower().split("\n\n")
        lines = re.split(r"(?:^|(?<=\. )|\n)\d+\. ", listing)[1:]
        self.statements = [_statement(line.strip()) for line in lines]
        atoms = {atom.replace(" is not ", " is ") for atom in re.findall(PART, listing)}
        (asked,) = re.findall(PART, question)
        self.conclusion = _part(asked)
        table = product((True, False), repeat=len(atoms))
        rows = (dict(zip(sorted(atoms), values, strict=True)) for values in table)
        self.rows = [row for row in rows if all(holds(row) for holds in self.statements)]

    def follows(self, meaning: Meaning) -> bool:
        """Return whether something is so in every row in which the statements hold."""
        return all(meaning(row) for row in self.rows)


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return whether the conclusion holds in every row in which the statements do."""
    reader = Reader(text)
    assert reader.rows
    return "yes" if reader.follows(reader.conclusion) else "no"


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return what does not follow, a case in which the statements fail or the conclusion holds, and a wrong answer."""
    reader = Reader(text)
    found = list(_step_faults(reader, solution))
    if recompute(puzzle, text) != solution.answer or not solution.steps[-1].endswith(f" {solution.answer}."):
        found.append("another answer")
    if re.search(r"contrary|conclusion is false then|no such case|ruled out", solution.steps[-1]):
        found.append("an untrue verdict")
    return found


def _step_faults(reader: Reader, solution: Solution) -> Iterator[str]:
    for step in solution.steps[:-1]:
        parts = re.findall(PART, step, re.IGNORECASE)
        if re.search(r"\bcase (?:in which|that)", step):
            case = {atom.replace(" is not ", " is "): " is not " not in atom for atom in parts}
            if case not in reader.rows or reader.conclusion(case):
                yield f"no case against the conclusion: {step}"
        elif "this case" in step:
            if re.search("false|fails", step):
                yield f"judged wrongly: {step}"
        elif not GAINED.search(step) or not all(reader.follows(_part(part)) for part in parts):
            yield f"does not follow: {step}"


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the number of statements."""
    return len(puzzle.statements)
