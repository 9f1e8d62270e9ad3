"""Checks `table_reading` by reading the table and the question out of the text."""

import re
from typing import NamedTuple

from curate.families.base import Solution
from curate.families.table_reading import Puzzle
from tests.families.equalities import false_equalities
from tests.families.texts import numbers

FILTER = re.compile(r" with (more|fewer) than (\d+) (\w+)")
THINGS = re.compile(r"(?:How many|number of|the most|the fewest|how many more|most and the fewest|each of the) (\w+)")


class Table(NamedTuple):
    """The table, and the rows that count."""

    cells: dict[str, dict[str, int]]
    kept: list[str]
    question: str
    things: str


def read(text: str) -> Table:
    """Read the text."""
    _, drawn, question = text.split("\n\n")
    lines = [re.findall(r"[\w]+", line) for line in drawn.split("\n") if not line.startswith("|---")]
    header, *rows = lines
    cells = {row: dict(zip(header[1:], map(int, values), strict=True)) for row, *values in rows}
    kept = list(cells)
    if found := FILTER.search(question):
        sign = 1 if found[1] == "more" else -1
        kept = [row for row in cells if sign * (cells[row][found[3]] - int(found[2])) > 0]
    asked = FILTER.sub("", question)
    (things,) = {name for name in header[1:] if re.search(rf"\b{name}\b", asked)} or {""}
    return Table(cells, kept, question, things)


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return what the text asks for."""
    table = read(text)
    values = {table.cells[row][table.things]: row for row in table.kept} if table.things else {}
    if price := re.search(r"(\d+) coins", table.question):
        return str(sum(value * int(price[1]) for value in values))
    if re.search("how many more|difference", table.question):
        return str(max(values) - min(values))
    if re.search("which", table.question, re.IGNORECASE):
        return values[max(values) if "most" in table.question else min(values)]
    return str(sum(values) if table.things else len(table.kept))


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return rows judged wrongly, untrue sums, sums of other rows, extremes that are none, and another answer."""
    table = read(text)
    found = [fault for step in solution.steps for fault in false_equalities(step)]
    for step in solution.steps[:-1]:
        if counted := [row for row in table.cells if re.search(rf"^{row} has \d+ \w+, |^The \w+ of {row} are", step)]:
            (row,) = counted
            found += _row_faults(table, row, step)
        elif sum_ := re.search(r"([\d +]+) = \d+", step):
            if sorted(numbers(sum_[1])) != sorted(table.cells[row][table.things] for row in table.kept) and "+" in step:
                found.append(f"not the sum of what is kept: {step}")
        elif re.search("most|fewest", step):
            (row,) = [row for row in table.kept if re.search(rf"\b{row}\b", step)]
            values = [table.cells[one][table.things] for one in table.kept]
            extreme = max(values) if "most" in step else min(values)
            if numbers(step) != [extreme] or table.cells[row][table.things] != extreme:
                found.append(f"not the extreme: {step}")
    if solution.answer not in re.findall(r"[\w-]+", solution.steps[-1]):
        found.append("another answer")
    return found


def _row_faults(table: Table, row: str, step: str) -> list[str]:
    filtered = FILTER.search(table.question)
    assert filtered is not None
    said = [table.cells[row][filtered[3]], int(filtered[2])]
    keeps = row in table.kept
    if keeps and table.things:
        said.append(table.cells[row][table.things])
    if (not re.search(r"not (?:more|fewer)|left out|pass \w+ over|does not", step)) != keeps or numbers(step) != said:
        return [f"judged wrongly: {step}"]
    return []


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the size of the table."""
    return len(puzzle.rows) * len(puzzle.columns)
