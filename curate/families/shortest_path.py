"""Shortest paths by hand: how long is the shortest way through a small graph? Dijkstra's method.

Roads: A to B is 4 long, A to C 1, C to B 2, B to D 5. How long is the shortest way from A to D?

Start: from A, B is at 4 and C at 1. Nearest is C, at 1: B is now at 1 + 2 = 3. Nearest is B, at 3: D is now at
3 + 5 = 8. D is the nearest now, at 8. So the shortest way is A, C, B, D, and it is 8 long.
"""

import random
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from typing import NamedTuple

import msgspec

from curate.families.base import Family, Hand
from curate.families.logic_words import ISLANDS, NAMES, listed
from curate.families.procedure import NUMBER, SUM, Move, Procedure, woven


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """A graph whose edges can be walked in both directions, and its first and last node as start and goal."""

    nodes: tuple[str, ...]
    edges: tuple[tuple[int, int, int], ...]
    """From, to, and length, in the order in which they are told."""
    start: int
    goal: int


class Level(NamedTuple):
    """What one difficulty allows."""

    nodes: int
    edges: int
    length: int
    hops: int
    """How many edges the shortest way has at least."""


LEVELS = {
    1: Level(4, 5, 9, 2),
    2: Level(5, 7, 12, 2),
    3: Level(6, 8, 15, 2),
    4: Level(7, 10, 20, 3),
    5: Level(8, 12, 30, 3),
}
OPENINGS = (
    "{name} looks at a map with the towns {towns}.",
    "There are only these towns: {towns}.",
    "A network joins the places {towns}.",
)
ROADS = (
    "The road between {x} and {y} is {length} km long.",
    "From {x} to {y} it is {length} km.",
    "{x} and {y} are joined by a road of {length} km.",
)
QUESTIONS = (
    "All roads can be used in both directions. How many km long is the shortest way from {start} to {goal}?",
    "Roads may be taken either way. What is the shortest distance from {start} to {goal}, in km?",
    "There are no other roads. At least how many km is it from {start} to {goal}?",
)
_CHOSEN = (
    "of {open} the nearest is {node}, at {distance}",
    "the nearest of {open} is {node}, so {distance} is final for it",
    "among {open} we take {node}, whose distance {distance} is the smallest",
)
SENTENCES: dict[str, tuple[str, ...]] = {
    "start": (
        "we begin at {start} with distance 0 and get {reached}.",
        "from {start}, where the way begins, we reach {reached}.",
        "the roads from {start} give {reached}.",
    ),
    "settle:news": woven(_CHOSEN, (": from there {news}.", "; this gives {news}.", ", which brings {news}.")),
    "settle:none": woven(_CHOSEN, (": from there nothing gets nearer.", "; no other place gets nearer by it.")),
    "settle:goal": woven(_CHOSEN, (", and that is where we want to go.", ", which is our goal.")),
    "result": (
        "so the shortest way is {path}, and it is {answer} km long.",
        "going back over the steps, the way is {path}, {answer} km in all.",
        "the way {path} is the shortest, with {answer} km.",
    ),
}
_TOWN = r"[A-Z]\w*"
_AT = rf"{_TOWN} at {NUMBER}"
_NEWS = rf"{_TOWN} at {SUM}"
SHAPES = {
    "reached": rf"{_AT}(?:, {_AT})*",
    "node": _TOWN,
    "distance": NUMBER,
    "news": rf"{_NEWS}(?:, {_NEWS})*",
    "path": rf"{_TOWN}(?:, {_TOWN})*",
    "answer": NUMBER,
}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw a connected graph whose shortest way is no single road."""
    level = LEVELS[difficulty]
    letters = rng.choice((True, False))
    nodes = tuple("ABCDEFGH"[: level.nodes]) if letters else tuple(sorted(rng.sample(ISLANDS, level.nodes)))
    while True:
        edges = _edges(rng, level)
        start, goal = rng.sample(range(level.nodes), 2)
        puzzle = Puzzle(nodes=nodes, edges=edges, start=start, goal=goal)
        *_, result = _work(puzzle, Hand(rng))
        if result.found["path"].count(",") >= level.hops:
            return puzzle


def _edges(rng: random.Random, level: Level) -> tuple[tuple[int, int, int], ...]:
    order = rng.sample(range(level.nodes), level.nodes)
    pairs = {(min(pair), max(pair)) for pair in pairwise(order)}
    others = [pair for pair in combinations(range(level.nodes), 2) if pair not in pairs]
    drawn = sorted(pairs) + rng.sample(others, level.edges - len(pairs))
    rng.shuffle(drawn)
    ends = [rng.sample(pair, 2) for pair in drawn]
    return tuple((one, other, rng.randint(2, level.length)) for one, other in ends)


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Name the places and the roads, and ask."""
    towns, road = puzzle.nodes, rng.choice(ROADS)
    roads = [road.format(x=towns[one], y=towns[other], length=length) for one, other, length in puzzle.edges]
    opening = rng.choice(OPENINGS).format(name=rng.choice(NAMES), towns=listed(towns))
    question = rng.choice(QUESTIONS).format(start=towns[puzzle.start], goal=towns[puzzle.goal])
    return rng.choice((" ", "\n")).join((opening, *roads, question))


def _neighbours(puzzle: Puzzle) -> Mapping[int, Mapping[int, int]]:
    """Return, by node, its neighbours in order and how far they are."""
    far: dict[int, dict[int, int]] = {node: {} for node in range(len(puzzle.nodes))}
    for one, other, length in puzzle.edges:
        far[one][other] = far[other][one] = length
    return {node: dict(sorted(others.items())) for node, others in far.items()}


def _work(puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Settle the nearest place again and again until it is the goal."""
    roads, start = _neighbours(puzzle), puzzle.start
    reached, before = dict(roads[start]), dict.fromkeys(roads[start], start)
    settled = {start}
    yield Move("start", {"start": puzzle.nodes[start]}, {"reached": _told(puzzle, reached)})
    while puzzle.goal not in settled:
        given = {"open": _told(puzzle, {node: reached[node] for node in sorted(reached) if node not in settled})}
        node = _nearest(reached, settled, hand)
        settled.add(node)
        found = {"node": puzzle.nodes[node], "distance": str(reached[node])}
        if node == puzzle.goal:
            yield Move("settle:goal", given, found)
            break
        news = []
        for other in (place for place in roads[node] if place not in settled):
            length = roads[node][other]
            total = int(hand.value(reached[node] + length))
            if total < reached.get(other, total + 1):
                news.append(f"{puzzle.nodes[other]} at {reached[node]} + {length} = {total}")
                reached[other], before[other] = total, node
        yield Move("settle:news" if news else "settle:none", given, found | {"news": ", ".join(news)})
    way = ", ".join(puzzle.nodes[node] for node in _path(before, puzzle.goal))
    yield Move("result", {}, {"path": way, "answer": str(hand.value(reached[puzzle.goal]))})


def _nearest(reached: Mapping[int, int], settled: set[int], hand: Hand) -> int:
    """Return the nearest place that is not settled; by a slip, one that is farther."""
    order = sorted((distance, node) for node, distance in reached.items() if node not in settled)
    right = hand.truth(exact=True)
    return order[0 if right or len(order) == 1 else -1][1]


def _path(before: Mapping[int, int], goal: int) -> list[int]:
    path = [goal]
    while path[-1] in before:
        path.append(before[path[-1]])
    return path[::-1]


def _told(puzzle: Puzzle, reached: Mapping[int, int]) -> str:
    return ", ".join(f"{puzzle.nodes[node]} at {distance}" for node, distance in reached.items())


PROCEDURE = Procedure(SENTENCES, SHAPES, _work)
FAMILY = Family(
    name="shortest_path",
    doc=(
        "How long the shortest way through a small network of roads is; from 4 places and 5 roads at difficulty 1 to "
        "8 places and 12 roads at difficulty 5."
    ),
    domain="algorithms",
    answer_type="integer",
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
