"""Small tables of numbers read: sums, differences, products and the largest or smallest, of all rows or of some.

    | shop | pens | cups |
    | Ada  |   12 |    7 |
    | Bo   |    5 |   20 |
    | Cy   |   31 |    9 |

How many pens did the shops with more than 8 cups have altogether?

Ada has 7 cups, not more than 8, so this row is left out. Bo has 20 cups, more than 8, so the 5 pens count. Cy has 9
cups, more than 8, so the 31 pens count. Adding up the pens, 5 + 31 = 36. The answer is 36.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from curate.families.base import AnswerType, Family, Hand
from curate.families.logic_words import ISLANDS, NAMES, listed
from curate.families.procedure import NUMBER, SUM, WORD, WORDS, Move, Procedure, woven

Asked = Literal["sum", "count", "most", "least", "gap", "worth"]


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows count."""

    column: int
    over: bool
    """Whether the number in the column must be larger, rather than smaller, than the bound."""
    bound: int


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """A table and a question about it."""

    kind: str
    """What a row is, a key of `KINDS`."""
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    """By row, then by column."""
    asked: Asked
    """The sum of a column, how many rows count, which of them has most or least, how far these are apart, or the sum
    of a column times a price."""
    column: int
    filter: Filter | None
    price: int
    """Of one of what the column counts; for `worth`."""


class Level(NamedTuple):
    """What one difficulty allows."""

    rows: int
    columns: int
    largest: int
    asked: tuple[Asked, ...]
    filtered: bool


LEVELS = {
    1: Level(3, 2, 30, ("sum", "most", "gap"), filtered=False),
    2: Level(4, 2, 60, ("sum", "count", "most"), filtered=True),
    3: Level(5, 3, 99, ("sum", "count", "most", "least", "gap"), filtered=True),
    4: Level(7, 3, 300, ("sum", "most", "least", "gap", "worth"), filtered=True),
    5: Level(9, 4, 999, ("sum", "most", "least", "gap", "worth"), filtered=True),
}


class Kind(NamedTuple):
    """What the rows of a table may be."""

    rows: Sequence[str]
    things: str
    """What its columns may count, in the plural."""
    did: str
    """What the rows did with them."""


KINDS = {
    "shop": Kind(NAMES, "pens cups lamps books kites clocks scarves candles", "sold"),
    "island": Kind(ISLANDS, "boats goats mills wells bridges lighthouses farms chapels", "had"),
    "gardener": Kind(NAMES, "tulips roses ferns lilies beans melons pumpkins leeks", "grew"),
    "team": Kind(ISLANDS, "goals passes corners fouls saves shots throws tackles", "had"),
}
OPENINGS = (
    "The table shows what some {all} {did}.",
    "Here is how many of each thing the {all} {did}.",
    "What the {all} {did} stands in this table:",
)
QUESTIONS: dict[Asked, tuple[str, ...]] = {
    "sum": (
        "How many {things} did the {all}{which} have altogether?",
        "What is the total number of {things} of the {all}{which}?",
    ),
    "count": ("How many {all} are there{which}?", "Count the {all}{which}. How many are there?"),
    "most": (
        "Of the {all}{which}, which one has the most {things}?",
        "Which of the {all}{which} has the most {things}?",
    ),
    "least": (
        "Of the {all}{which}, which one has the fewest {things}?",
        "Which of the {all}{which} has the fewest {things}?",
    ),
    "gap": (
        "Of the {all}{which}, how many more {things} does the one with the most have than the one with the fewest?",
        "Among the {all}{which}, what is the difference between the most and the fewest {things}?",
    ),
    "worth": (
        "Each of the {things} is worth {price} coins. How many coins are the {things} of the {all}{which} worth?",
        "One takes {price} coins for each of the {things}. How many coins is that for the {all}{which} altogether?",
    ),
}
SENTENCES: dict[str, tuple[str, ...]] = {
    "row:kept": woven(
        ("{row} has {other} {others}, {over} {bound}", "the {others} of {row} are {other}, {over} {bound}"),
        (", so the {value} {things} count.", ", so we keep {row} with {value} {things}.", ": {value} {things} count."),
    ),
    "row:left": woven(
        (
            "{row} has {other} {others}, not {over} {bound}",
            "the {others} of {row} are {other}, which is not {over} {bound}",
        ),
        (", so this row is left out.", ", so we pass {row} over.", ": this row does not count."),
    ),
    "row:counts": woven(
        ("{row} has {other} {others}, {over} {bound}", "the {others} of {row} are {other}, {over} {bound}"),
        (", so it counts.", ", so we keep {row}.", ": this row counts."),
    ),
    "count": ("what is left is {who}, {number} in all.", "those that count are {who}; they are {number}."),
    "sum": ("adding up the {things}, {sum}.", "the {things} together are {sum}.", "the total of {things} is {sum}."),
    "price": ("at {price} coins each that makes {sum}.", "times {price} coins, this is {sum}."),
    "most": ("the most {things} are {extreme}, of {who}.", "{who} has the most {things}, {extreme}."),
    "least": (
        "the fewest {things} are {extreme}, those of {who}.",
        "{who} has the fewest {things}, {extreme}.",
    ),
    "gap": ("the difference is {sum}.", "between them lies {sum}."),
    "result": ("the answer is {answer}.", "so it is {answer}.", "that makes the answer {answer}."),
}
SHAPES = {
    "value": NUMBER,
    "who": WORDS,
    "number": NUMBER,
    "sum": SUM,
    "extreme": NUMBER,
    "answer": rf"{NUMBER}|{WORD}",
}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw a table and a question, of at least two rows that count."""
    level = LEVELS[difficulty]
    kind = rng.choice(tuple(KINDS))
    columns = tuple(rng.sample(KINDS[kind].things.split(), level.columns))
    by_column = [rng.sample(range(2, level.largest), level.rows) for _ in columns]
    column, other = rng.sample(range(level.columns), 2)
    return Puzzle(
        kind=kind,
        rows=tuple(rng.sample(KINDS[kind].rows, level.rows)),
        columns=columns,
        cells=tuple(zip(*by_column, strict=True)),
        asked=rng.choice(level.asked),
        column=column,
        filter=_filter(rng, other, by_column[other]) if level.filtered else None,
        price=rng.randint(3, 12),
    )


def _filter(rng: random.Random, column: int, numbers: Sequence[int]) -> Filter:
    """Return a filter that keeps two of the numbers or more, but not all."""
    kept, over = rng.randint(2, len(numbers) - 1), rng.choice((True, False))
    order = sorted(numbers, reverse=over)
    inside, outside = order[kept - 1], order[kept]
    bound = rng.randrange(outside, inside) if over else rng.randint(inside + 1, outside)
    return Filter(column=column, over=over, bound=bound)


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Draw the table with bars or as comma-separated values, and ask."""
    kind = KINDS[puzzle.kind]
    words = {"all": f"{puzzle.kind}s", "did": kind.did, "price": str(puzzle.price)}
    words |= {"things": puzzle.columns[puzzle.column], "which": _which(puzzle)}
    parts = (rng.choice(OPENINGS), rng.choice((_bars, _commas))(puzzle), rng.choice(QUESTIONS[puzzle.asked]))
    return "\n\n".join(parts).format_map(words)


def _which(puzzle: Puzzle) -> str:
    if puzzle.filter is None:
        return ""
    return f" with {_over(puzzle.filter)} {puzzle.filter.bound} {puzzle.columns[puzzle.filter.column]}"


def _over(filter_: Filter) -> str:
    return "more than" if filter_.over else "fewer than"


def _lines(puzzle: Puzzle) -> list[list[str]]:
    rows = zip(puzzle.rows, puzzle.cells, strict=True)
    return [[puzzle.kind, *puzzle.columns], *([row, *map(str, cells)] for row, cells in rows)]


def _bars(puzzle: Puzzle) -> str:
    header, *rows = [f"| {' | '.join(line)} |" for line in _lines(puzzle)]
    return "\n".join([header, f"|{'---|' * (len(puzzle.columns) + 1)}", *rows])


def _commas(puzzle: Puzzle) -> str:
    return "\n".join(",".join(line) for line in _lines(puzzle))


Kept = dict[str, int]
"""Row to the number that counts."""


def _work(puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Leave rows out, then find what is asked for from those that are kept."""
    things = {"things": puzzle.columns[puzzle.column]}
    kept: Kept = {}
    for row, cells in zip(puzzle.rows, puzzle.cells, strict=True):
        value = cells[puzzle.column]
        counts = puzzle.filter is None
        if puzzle.filter is not None:
            other, bound = cells[puzzle.filter.column], puzzle.filter.bound
            counts = hand.truth(other > bound if puzzle.filter.over else other < bound)
            given = {"row": row, "other": str(other), "others": puzzle.columns[puzzle.filter.column]}
            given |= {"over": _over(puzzle.filter), "bound": str(bound)}
            kept_moment = "row:counts" if puzzle.asked == "count" else "row:kept"
            yield Move(kept_moment if counts else "row:left", given | things, {"value": str(value)})
        if counts:
            kept[row] = value
    yield from WAYS[puzzle.asked](puzzle, hand, kept)


def _counted(_puzzle: Puzzle, hand: Hand, kept: Kept) -> Iterator[Move]:
    number = str(hand.value(len(kept)))
    yield Move("count", {}, {"who": listed(list(kept)), "number": number})
    yield Move("result", {}, {"answer": number})


def _summed(puzzle: Puzzle, hand: Hand, kept: Kept) -> Iterator[Move]:
    total = hand.value(sum(kept.values()))
    things = {"things": puzzle.columns[puzzle.column]}
    yield Move("sum", things, {"sum": f"{' + '.join(map(str, kept.values()))} = {total}"})
    if puzzle.asked == "worth":
        worth = hand.value(total * puzzle.price)
        yield Move("price", {"price": str(puzzle.price)}, {"sum": f"{total} * {puzzle.price} = {worth}"})
        total = worth
    yield Move("result", {}, {"answer": str(total)})


def _extremes(puzzle: Puzzle, hand: Hand, kept: Kept) -> Iterator[Move]:
    things = {"things": puzzle.columns[puzzle.column]}
    which = ("most", "least") if puzzle.asked == "gap" else (puzzle.asked,)
    values, answer = [], ""
    for end in which:
        order = sorted(kept, key=kept.__getitem__, reverse=end == "most")
        answer = order[0 if hand.truth(exact=True) or len(order) == 1 else 1]
        values.append(kept[answer])
        yield Move(end, things, {"who": answer, "extreme": str(kept[answer])})
    if puzzle.asked == "gap":
        most, least = values
        answer = str(hand.value(most - least))
        yield Move("gap", {}, {"sum": f"{most} - {least} = {answer}"})
    yield Move("result", {}, {"answer": answer})


WAYS: dict[Asked, Callable[[Puzzle, Hand, Kept], Iterator[Move]]] = {
    "sum": _summed,
    "worth": _summed,
    "count": _counted,
    **dict.fromkeys(("most", "least", "gap"), _extremes),
}
PROCEDURE = Procedure(SENTENCES, SHAPES, _work)


def _answer_type(puzzle: Puzzle) -> AnswerType:
    return "names" if puzzle.asked in ("most", "least") else "integer"


FAMILY = Family(
    name="table_reading",
    doc=(
        "A sum, count, difference or extreme of a column of a small table, of the rows that pass a bound; from 3 rows "
        "and 2 columns, all of which count, at difficulty 1 to 9 rows and 4 columns at difficulty 5."
    ),
    domain="tables",
    answer_type=_answer_type,
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
