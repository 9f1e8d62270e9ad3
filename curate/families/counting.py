"""Counting: orders, choices, committees, outfits, numbers from digits, words with repeated letters, ways on a grid.

In how many ways can 5 people line up if two of them, Ada and Ben, must stand side by side?

The pair and the others are 5 - 1 = 4 units to line up.
They have 4 * 3 * 2 * 1 = 24 orders.
The pair itself has 2 orders, so there are 24 * 2 = 48 ways.                    answer: 48
"""

import random
from collections import Counter
from collections.abc import Sequence

from curate.families.tasks import Givens, Kind, Pen, family_of
from curate.families.word_scenarios.formula import Value
from curate.families.word_scenarios.grammar import plural
from curate.families.word_scenarios.lists import GIFTS, TOWNS

SIZES = {1: (4, 6), 2: (5, 7), 3: (6, 8), 4: (7, 9), 5: (8, 11)}
"""Difficulty to how many people or things there are to put in order."""
WORDS = {
    1: ("LEVEL", "APPLE", "HELLO", "SEVEN", "RADAR", "ERROR", "DADDY", "EERIE", "ADDED", "TOTAL", "CACAO", "AROMA"),
    2: ("BANANA", "PEPPER", "LETTER", "COFFEE", "SETTLE", "ARRIVE", "BOTTOM", "CANADA", "INDIGO", "RUBBER", "TATTOO"),
    3: ("SUCCESS", "ADDRESS", "MINIMUM", "BALLOON", "SETTLER", "COLLEGE", "ENGINES", "TERRACE", "TOBACCO", "FREEZER"),
    4: ("PARALLEL", "ASSESSES", "POSSIBLE", "TENNESSEE", "COMMITTEE", "ADDITION", "TOMORROW", "REFERRED", "SEASHELL"),
    5: (
        "MISSISSIPPI",
        "ASSESSMENT",
        "STATISTICS",
        "ENGINEERING",
        "POSSESSION",
        "BOOKKEEPER",
        "COMMISSION",
        "ADDRESSEES",
    ),
}


def _line(rng: random.Random, difficulty: int) -> Givens:
    return {"count": rng.randint(*SIZES[difficulty])}


def _letters(rng: random.Random, difficulty: int) -> Givens:
    return {"letters": rng.choice(WORDS[difficulty])}


def _places(rng: random.Random, difficulty: int) -> Givens:
    return {"count": rng.randint(6, 10 + 8 * difficulty), "places": rng.randint(2, 1 + difficulty)}


def _committee(rng: random.Random, difficulty: int) -> Givens:
    first, second = rng.sample(range(5, 7 + 2 * difficulty), 2)
    return {"first": first, "second": second, "of_first": rng.randint(2, 4), "of_second": rng.randint(2, 3)}


def _at_least(rng: random.Random, difficulty: int) -> Givens:
    first, second = rng.sample(range(1 + 2 * difficulty, 7 + 3 * difficulty), 2)
    return {"first": first, "second": second, "seats": rng.randint(3, 4)}


def _outfits(rng: random.Random, difficulty: int) -> Givens:
    row = tuple(rng.sample(range(2, 7 + 4 * difficulty), 2 + difficulty))
    kinds = rng.sample(GIFTS, len(row))
    told = ", ".join(f"{number} kinds of {plural(kind)}" for number, kind in zip(row, kinds, strict=True))
    return {"row": row, "told": told}


def _grid(rng: random.Random, difficulty: int) -> Givens:
    east, north = rng.sample(range(difficulty - 1, 4 + difficulty), 2)
    return {"east": east, "north": north, "x": rng.randint(1, east - 1), "y": rng.randint(1, north - 1)}


def _product(pen: Pen, name: str, factors: Sequence[Value], what: str, *says: str) -> Value:
    """Write a product of several numbers; of one, or of none as after a slip, there is nothing to compute."""
    if len(factors) <= 1:
        alone = factors[0] if factors else 1
        pen.know(**{name: alone})
        return alone
    return pen.work(name, " * ".join(pen.know_each("f", factors)), what, *says)


def _orders(pen: Pen, count: Value) -> Value:
    factors = range(max(1, int(count)), 0, -1)
    return _product(
        pen,
        "orders",
        list(factors),
        f"the number of orders of {count}",
        f"to put {count} in order, multiply down from {count}: {{eq}}",
    )


def _chosen(pen: Pen, name: str, among: Value, count: Value) -> Value:
    """Find the number of choices without order: a falling product over the orders of what is chosen."""
    among, count = int(among), int(count)
    if count == 1:
        pen.know(**{name: among})
        pen.say(f"one out of {among} can be chosen in {among} ways")
        return among
    _product(
        pen,
        "above",
        range(among, among - count, -1),
        f"the number of ways to pick {count} of {among} one after the other",
    )
    _orders(pen, count)
    return pen.work(
        name,
        "above / orders",
        f"the number of ways to choose {count} of {among}",
        "their order does not matter, so divide by the number of orders: {eq}",
    )


def _pair_together(pen: Pen) -> Value:
    units = pen.work("units", "count - 1", "the number of units", "take the two for one: {eq}")
    _orders(pen, units)
    return pen.work("ways", "orders * 2", "the number of ways", "the two can swap places, which doubles it: {eq}")


def _distinct_words(pen: Pen) -> Value:
    letters = str(pen.view["letters"])
    ways = _orders(pen, len(letters))
    for letter, times in sorted(Counter(letters).items()):
        if times > 1:
            same = _orders(pen, times)
            pen.know(ways=ways, same=same, letter=letter)
            ways = pen.work(
                "ways", "ways / same", "the number left", "the {letter} comes more than once, which leaves {eq}"
            )
    return ways


def _ranked(pen: Pen) -> Value:
    count, places = int(pen["count"]), int(pen["places"])
    return _product(
        pen, "ways", range(count, count - places, -1), "the number of ways", "one place after the other: {eq}"
    )


def _two_choices(pen: Pen) -> Value:
    _chosen(pen, "one", pen["first"], pen["of_first"])
    _chosen(pen, "other", pen["second"], pen["of_second"])
    return pen.work("ways", "one * other", "the number of ways", "every choice goes with every other: {eq}")


def _with_someone(pen: Pen) -> Value:
    pen.work("people", "first + second", "the number of people", "add them up: {eq}")
    _chosen(pen, "everything", pen["people"], pen["seats"])
    _chosen(pen, "without", pen["first"], pen["seats"])
    return pen.work(
        "ways", "everything - without", "the number of ways that count", "take away those without any: {eq}"
    )


def _combined(pen: Pen) -> Value:
    return _product(
        pen, "ways", pen.rows["row"], "the number of ways to choose one of each", "multiply the numbers: {eq}"
    )


def _through(pen: Pen) -> Value:
    to_point = pen.work(
        "to_point", "x + y", "the number of blocks to the point between", "it takes {eq} blocks to the point between"
    )
    _chosen(pen, "ways_there", to_point, pen["x"])
    pen.work("more_east", "east - x", "the number of blocks east from there")
    pen.work("more_north", "north - y", "the number of blocks north from there")
    onward = pen.work("onward", "more_east + more_north", "the number of blocks from there on")
    _chosen(pen, "ways_on", onward, pen["more_east"])
    return pen.work(
        "ways", "ways_there * ways_on", "the number of ways", "every way there goes with every way on: {eq}"
    )


FAMILY = family_of(
    "counting",
    (
        "Count orders, choices with a condition, words from repeated letters, combinations or ways on a grid; "
        "with difficulty there are more things to choose from and more steps to combine."
    ),
    Kind(
        "pair",
        draw=_line,
        asks=(
            (
                "{count} friends from {place} line up for a photo. Two of them, {a} and {b}, want to stand side "
                "by side. In how many orders can all of them line up?"
            ),
            (
                "In how many ways can {count} different books be put on a shelf of the library in {place}, if "
                "the one by {a} and the one by {b} have to be next to each other?"
            ),
        ),
        solve=_pair_together,
        goal="the number of ways",
        words={"place": TOWNS},
        levels=(1, 2, 3),
    ),
    Kind(
        "letters",
        draw=_letters,
        asks=(
            (
                "{a} and {b} play with all the letters of {letters}. How many different arrangements of these "
                "letters are there?"
            ),
            (
                "{a} makes up passwords for {b} out of all the letters of {letters}, each used as often as it "
                "comes there. How many different passwords are possible?"
            ),
        ),
        solve=_distinct_words,
        goal="the number of arrangements",
    ),
    Kind(
        "places",
        draw=_places,
        asks=(
            (
                "{count} runners from {place} take part in a race, among them {a} and {b}. In how many ways can "
                "the first {places} places be taken, if nobody arrives at the same time as another?"
            ),
            (
                "A club in {place} has {count} members. It fills {places} different offices, and nobody may hold "
                "two. {a} asks {b} in how many ways that can be done. What is the answer?"
            ),
        ),
        solve=_ranked,
        goal="the number of ways",
        words={"place": TOWNS},
        levels=(1, 2, 3),
    ),
    Kind(
        "outfits",
        draw=_outfits,
        asks=(
            "A shop in {place} has {told}. {a} takes exactly one of each. How many choices does {a.he} have?",
            (
                "{a} and {b} furnish a flat in {place}. They find {told} and want one of each. In how many ways "
                "can they choose?"
            ),
        ),
        solve=_combined,
        goal="the number of ways",
        words={"place": TOWNS},
        levels=(1, 2),
    ),
    Kind(
        "committee",
        draw=_committee,
        asks=(
            (
                "{a} picks a team from {first} adults and {second} children in {place}: {of_first} adults and "
                "{of_second} children. How many different teams are possible?"
            ),
            (
                "From {first} red and {second} blue tickets, all with different numbers, {a} draws {of_first} "
                "red and {of_second} blue ones in {place}. The order does not matter. How many results can there "
                "be?"
            ),
        ),
        solve=_two_choices,
        goal="the number of ways",
        words={"place": TOWNS},
        levels=(2, 3),
    ),
    Kind(
        "at_least",
        draw=_at_least,
        asks=(
            (
                "A council in {place} consists of {first} women and {second} men, {a} and {b} among them. It "
                "sends {seats} of them to a meeting, at least one of whom is a man. How many such groups are "
                "there?"
            ),
            (
                "Out of {first} old and {second} new coins, all of them different, {a} gives {seats} to {b}, who "
                "lives in {place}. At least one should be new. How many choices are there?"
            ),
        ),
        solve=_with_someone,
        goal="the number of ways",
        words={"place": TOWNS},
        levels=(3, 4, 5),
    ),
    Kind(
        "grid",
        draw=_grid,
        asks=(
            (
                "In {place}, streets form a grid. {a} walks {east} blocks east and {north} blocks north to {b}, "
                "always going east or north, and passes a shop that is {x} blocks east and {y} blocks north of "
                "the start. How many ways are there?"
            ),
            (
                "A robot of {a} in {place} moves by steps of one unit, each to the right or up, from (0, 0) to "
                "({east}, {north}). On its way it has to visit ({x}, {y}), where {b} waits. How many paths can "
                "it take?"
            ),
        ),
        solve=_through,
        goal="the number of ways",
        words={"place": TOWNS},
        levels=(4, 5),
    ),
)
