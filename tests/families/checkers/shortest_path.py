"""Checks `shortest_path` by reading the roads out of the text and trying every place as a stop on every way."""

import re
from itertools import pairwise, product

from curate.families.base import Solution
from curate.families.shortest_path import Puzzle
from tests.families.equalities import false_equalities
from tests.families.texts import numbers, one

TOWN = r"([A-Z]\w*)"
ROAD = re.compile(
    rf"between {TOWN} and {TOWN} is (\d+)|From {TOWN} to {TOWN} it is (\d+)"
    rf"|{TOWN} and {TOWN} are joined by a road of (\d+)"
)
ASKED = rf"from {TOWN} to {TOWN}[?,]"
FINAL = re.compile(
    rf"nearest is {TOWN}, at (-?\d+)|nearest of .* is {TOWN}, so (-?\d+)|take {TOWN}, whose distance (-?\d+)"
)
OPEN = re.compile(rf"{TOWN} at (-?\d+)(?!\d| [+=])")

Distances = dict[tuple[str, str], int]


def _roads(text: str) -> Distances:
    roads: Distances = {}
    for found in ROAD.findall(text):
        x, y, length = [part for part in found if part]
        roads[x, y] = roads[y, x] = int(length)
    return roads


def _distances(roads: Distances) -> Distances:
    """Return all distances, by Floyd and Warshall."""
    towns = sorted({town for road in roads for town in road})
    far: Distances = {(x, y): 0 if x == y else roads.get((x, y), 10**6) for x, y in product(towns, towns)}
    for stop, x, y in product(towns, towns, towns):
        far[x, y] = min(far[x, y], far[x, stop] + far[stop, y])
    return far


def _asked(text: str) -> tuple[str, str]:
    ((start, goal),) = re.findall(ASKED, text)
    return start, goal


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return the distance that is asked for."""
    return str(_distances(_roads(text))[_asked(text)])


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return distances that are not final, places out of order, sums that are untrue, and a way that is not so long."""
    roads, (start, goal) = _roads(text), _asked(text)
    far = _distances(roads)
    found = [fault for step in solution.steps for fault in false_equalities(step)]
    settled = []
    for step in solution.steps[1:-1]:
        ((town, distance),) = [tuple(part for part in match if part) for match in FINAL.findall(step)]
        settled.append(int(distance))
        if far[start, town] != int(distance):
            found.append(f"{town} is not at {distance}: {step}")
    for step in solution.steps[:-1]:
        found += [
            f"{town} cannot be at {distance}: {step}"
            for town, distance in OPEN.findall(step)
            if far[start, town] > int(distance)
        ]
    if settled != sorted(settled):
        found.append("places are not settled in order")
    path = re.findall(TOWN, one(r"way (?:is )?((?:[A-Z]\w*, )+[A-Z]\w*)", solution.steps[-1]))
    if path[0] != start or path[-1] != goal or sum(roads[road] for road in pairwise(path)) != far[start, goal]:
        found.append(f"not the way: {path}")
    if numbers(solution.steps[-1]) != [far[start, goal]]:
        found.append(f"not the distance: {solution.steps[-1]}")
    return found


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the number of roads."""
    return len(puzzle.edges)
