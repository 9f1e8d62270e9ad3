"""Greatest common divisors and least common multiples, plain and in stories: ropes, bags, tiles, buses, bells.

    Ada cuts two ropes of 48 cm and 36 cm into pieces of one length, as long as possible. How long is a piece, in cm?

    36 goes once into 48, which leaves 48 - 36 * 1 = 12.
    12 goes 3 times into 36, which leaves 36 - 12 * 3 = 0.
    The greatest common divisor of 48 and 36 is 12.                                 answer: 12

Divisors are found by Euclid's algorithm, multiples from divisors.
"""

import random
from math import lcm

from curate.families.tasks import Givens, Kind, Pen, family_of
from curate.families.word_scenarios.formula import Value
from curate.families.word_scenarios.lists import GOODS, TOWNS

HOW_MANY = {1: 2, 2: 2, 3: 3, 4: 3, 5: 4}
"""Difficulty to how many numbers there are."""
DIVISORS = {1: 12, 2: 30, 3: 24, 4: 90, 5: 99}
"""Difficulty to the largest divisor that is put into all numbers."""
FACTORS = {1: 9, 2: 16, 3: 14, 4: 24, 5: 30}
PERIODS = {1: (4, 30, 300), 2: (12, 60, 1500), 3: (6, 40, 2000), 4: (14, 99, 9000), 5: (8, 96, 20000)}
"""Difficulty to the smallest and largest number whose multiple is sought, and the largest such multiple."""


def _divisible(rng: random.Random, difficulty: int) -> Givens:
    divisor = rng.randint(2, DIVISORS[difficulty])
    factors = rng.sample(range(2, FACTORS[difficulty]), HOW_MANY[difficulty])
    return {"numbers": tuple(divisor * factor for factor in factors)}


def _numbers(rng: random.Random, difficulty: int) -> tuple[int, ...] | None:
    """Draw numbers whose least common multiple is none of them, or return None."""
    low, high, most = PERIODS[difficulty]
    numbers = tuple(rng.sample(range(low, high + 1), HOW_MANY[difficulty]))
    return numbers if max(numbers) < lcm(*numbers) <= most else None


def _periods(rng: random.Random, difficulty: int) -> Givens | None:
    numbers = _numbers(rng, difficulty)
    return {"numbers": numbers} if numbers else None


def _span(rng: random.Random, difficulty: int) -> Givens | None:
    numbers = _numbers(rng, difficulty)
    return {"numbers": numbers, "span": lcm(*numbers) * rng.randint(2, 9)} if numbers else None


def _left_over(rng: random.Random, difficulty: int) -> Givens | None:
    numbers = _numbers(rng, difficulty)
    return {"numbers": numbers, "rest": rng.randint(1, min(numbers) - 1)} if numbers else None


def _floor(rng: random.Random, difficulty: int) -> Givens:
    divisor = rng.randint(4, 4 * DIVISORS[difficulty])
    wide, long = sorted(rng.sample(range(2, FACTORS[difficulty]), 2))
    return {"long": long * divisor, "wide": wide * divisor}


def _crate(rng: random.Random, difficulty: int) -> Givens:
    divisor = rng.randint(2, DIVISORS[difficulty])
    long, wide, high = (divisor * factor for factor in rng.sample(range(2, FACTORS[difficulty]), 3))
    return {"long": long, "wide": wide, "high": high, "count": rng.randint(2, 9)}


def _divisor_of_two(pen: Pen, one: Value, other: Value) -> Value:
    large, small = max(one, other), min(one, other)
    while small:
        remainder = pen.work(
            "remainder",
            "large - small * times",
            "the next remainder",
            "divide {large} by {small}: the remainder is {eq}",
            "{small} goes into {large} {times:time}, which leaves {eq}",
            "taking {small} away from {large} as often as possible, {times:time}, leaves {eq}",
            large=large,
            small=small,
            times=large // small,
        )
        large, small = small, remainder
    pen.know(one=one, other=other, common=large)
    pen.say(
        "the remainder is 0, so the greatest common divisor of {one} and {other} is {common}",
        "nothing is left, so {common} is the greatest common divisor of {one} and {other}",
        "that makes {common} the greatest number that divides both {one} and {other}",
    )
    return large


def _divisor(pen: Pen, *numbers: Value) -> Value:
    found, *others = numbers or pen.rows["numbers"]
    for number in others:
        found = _divisor_of_two(pen, found, number)
    pen.know(common=found)
    return found


def _least_multiple(pen: Pen) -> Value:
    found: Value = pen.rows["numbers"][0]
    for number in pen.rows["numbers"][1:]:
        common = _divisor_of_two(pen, found, number)
        found = pen.work(
            "multiple",
            "first * second / common",
            "the least common multiple so far",
            "the least common multiple of {first} and {second} is {eq}",
            "dividing the product of {first} and {second} by {common} gives their least common multiple, {eq}",
            first=found,
            second=number,
            common=common,
        )
    return found


def _pieces(pen: Pen) -> Value:
    _divisor(pen)
    lengths = pen.know_each("x", pen.rows["numbers"])
    pen.work("total", " + ".join(lengths), "the whole length", "together the ropes measure {eq} cm")
    return pen.work("count", "total / common", "the number of pieces", "cut into pieces of {common} cm, that is {eq}")


def _tiles(pen: Pen) -> Value:
    _divisor(pen, pen["long"], pen["wide"])
    pen.work("rows", "long / common", "the number of tiles along the long side", "along one side lie {eq}", unit="tile")
    pen.work(
        "columns", "wide / common", "the number of tiles along the short side", "along the other lie {eq}", unit="tile"
    )
    return pen.work("count", "rows * columns", "the number of tiles", "the whole floor takes {eq}", unit="tile")


def _cubes(pen: Pen) -> Value:
    _divisor(pen, pen["long"], pen["wide"], pen["high"])
    for name, side in (("x", "long"), ("y", "wide"), ("z", "high")):
        pen.know(side=pen[side])
        pen.work(
            name, "side / common", "the number of cubes along an edge", "along the edge of {side} cm there are {eq}"
        )
    pen.work("each", "x * y * z", "the number of cubes in a crate", "one crate holds {eq} cubes")
    return pen.work("all", "each * count", "the number of cubes in all", "{count} crates hold {eq} cubes")


def _meetings(pen: Pen) -> Value:
    _least_multiple(pen)
    return pen.work("times", "span / multiple", "the number of times", "divide {span} by {multiple}: {eq}")


def _with_rest(pen: Pen) -> Value:
    _least_multiple(pen)
    return pen.work(
        "sought",
        "multiple + rest",
        "the number that is sought",
        "a number that leaves {rest} is {rest} more than a common multiple, the least one here being {eq}",
    )


FAMILY = family_of(
    "gcd_lcm",
    (
        "Find a greatest common divisor or a least common multiple, plain or as ropes, tiles, buses and bells; "
        "with difficulty there are more and larger numbers, and something to do with what was found."
    ),
    Kind(
        "plain_divisor",
        draw=_divisible,
        asks=(
            "{a} wants to know the greatest common divisor of {numbers}. What is it?",
            "What is the largest integer that divides each of {numbers}? {a} and {b} each try to find it.",
            "For homework, {a} has to find the greatest common factor of {numbers}. What should the answer be?",
        ),
        solve=_divisor,
        goal="the greatest common divisor",
    ),
    Kind(
        "ropes",
        draw=_divisible,
        asks=(
            (
                "{a} has ropes of {numbers} cm and cuts all of them into pieces of one and the same length, "
                "which is to be as long as possible, with nothing left over. How long is each piece, in cm?"
            ),
            (
                "Ropes that measure {numbers} cm are to be cut into equal pieces without any waste, all of "
                "the same whole number of cm. {a} wants the pieces as long as possible. How many cm long do "
                "they become?"
            ),
        ),
        solve=_divisor,
        goal="the length of a piece in cm",
    ),
    Kind(
        "bags",
        draw=_divisible,
        asks=(
            (
                "A shop has crates that hold {numbers} {item:s}. {a} empties each crate into bags, every bag "
                "with the same number of {item:s} and none left over. What is the greatest number that a bag "
                "can hold?"
            ),
            (
                "{a} sorts {numbers} {item:s} of different colors into packs. Each pack has one color, all "
                "packs are equally large, and nothing remains. How many {item:s} are in a pack at most?"
            ),
        ),
        solve=_divisor,
        goal="the largest number in a bag",
        words={"item": GOODS},
    ),
    Kind(
        "pieces",
        draw=_divisible,
        asks=(
            (
                "{a} cuts ropes of {numbers} cm into pieces that are all equally long, as long as possible, "
                "and use up the ropes. How many pieces are there in all?"
            ),
            (
                "Planks with lengths of {numbers} cm are sawed into equal pieces of the greatest possible "
                "length, without waste. How many pieces does {a} get altogether?"
            ),
        ),
        solve=_pieces,
        goal="the number of pieces",
    ),
    Kind(
        "tiles",
        draw=_floor,
        asks=(
            (
                "{a} covers a rectangular floor of {long} cm by {wide} cm with equal square tiles, as large "
                "as possible, without cutting any. How many tiles does {a.he} need?"
            ),
            (
                "A wall in {a}'s kitchen is {long} cm long and {wide} cm high. It is to be covered exactly "
                "by square tiles of one size, and the tiles should be as large as they can be. How many "
                "tiles does that take?"
            ),
        ),
        solve=_tiles,
        goal="the number of tiles",
        levels=(1, 2),
    ),
    Kind(
        "cubes",
        draw=_crate,
        asks=(
            (
                "{a} fills {count} crates, each {long} cm long, {wide} cm wide and {high} cm high, "
                "completely with equal cubes that are as large as possible. How many cubes does that take?"
            ),
            (
                "A block measures {long} cm by {wide} cm by {high} cm. {a} has {count} such blocks and saws "
                "them all into equal cubes of the largest possible size, with nothing left over. How many "
                "cubes come out?"
            ),
        ),
        solve=_cubes,
        goal="the number of cubes",
        levels=(3, 4, 5),
    ),
    Kind(
        "plain_multiple",
        draw=_periods,
        asks=(
            "{a} wants to know the least common multiple of {numbers}. What is it?",
            (
                "What is the smallest positive integer that is a multiple of each of {numbers}? {a} and {b} "
                "each try to find it."
            ),
            "For homework, {a} has to find the least common multiple of {numbers}. What should the answer be?",
        ),
        solve=_least_multiple,
        goal="the least common multiple",
    ),
    Kind(
        "buses",
        draw=_periods,
        asks=(
            (
                "Buses of different lines leave the station in {place} every {numbers} minutes. {a} sees all "
                "of them leave at the same moment. After how many minutes does that happen again for the "
                "first time?"
            ),
            (
                "Friends of {a} visit {place} every {numbers} days, respectively. Today they all meet there. "
                "In how many days will they all meet there next?"
            ),
        ),
        solve=_least_multiple,
        goal="the time until they meet again",
        words={"place": TOWNS},
    ),
    Kind(
        "bells",
        draw=_span,
        asks=(
            (
                "{a} watches lights that flash every {numbers} seconds. They have just flashed all at once. "
                "How many more times do they all flash together in the next {span} seconds, the last of "
                "these seconds included?"
            ),
            (
                "Bells ring every {numbers} seconds, and right now {a} hears all of them together. Counting "
                "from now on, how often will they ring together again within {span} seconds, the end of this "
                "time included?"
            ),
        ),
        solve=_meetings,
        goal="the number of times",
        levels=(2, 3, 4, 5),
    ),
    Kind(
        "with_rest",
        draw=_left_over,
        asks=(
            (
                "{a} thinks of a number greater than {rest}. Divided by any of {numbers}, it leaves a "
                "remainder of {rest}. What is the smallest number that {a.he} can have in mind?"
            ),
            (
                "{a} has more than {rest:{item}}. Packed in bags of equal size, be it {numbers:or} in a bag, "
                "exactly {rest} of them always remain. What is the smallest number of {item:s} that {a} can "
                "have?"
            ),
        ),
        solve=_with_rest,
        goal="the smallest such number",
        words={"item": GOODS},
        levels=(2, 3, 4, 5),
    ),
)
