"""Plane figures: rectangles with a border or a pond, right triangles, trapezoids, rings; lengths, areas, costs.

    A ladder of 13 m leans against a wall, its foot 5 m from the wall. How high does it reach, in m?

    The square of the ladder is 13 * 13 = 169.
    The square of the distance is 5 * 5 = 25.
    What is left for the height is 169 - 25 = 144.
    The side with this square is 12, since 12 * 12 = 144.                           answer: 12

Circles are asked for as multiples of pi.
"""

import random
from functools import partial
from math import isqrt

from curate.families.tasks import Givens, Kind, Pen
from curate.families.word_scenarios.formula import Value

LONGEST = {1: 20, 2: 40, 3: 60, 4: 90, 5: 200}
"""Difficulty to the greatest length."""
TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41), (12, 35, 37), (11, 60, 61))
PLACES = ("garden", "field", "courtyard", "playground", "vineyard", "parking lot", "meadow", "orchard")
TUBES = ("pipe", "lamp", "roller", "pillar", "drum", "spool", "column", "wheel")


def sides(rng: random.Random, difficulty: int, count: int) -> list[int]:
    """Return different lengths."""
    return rng.sample(range(3, LONGEST[difficulty] + 1), count)


def right_sides(rng: random.Random, difficulty: int) -> tuple[int, int, int]:
    """Return the sides of a right triangle, the longest last."""
    times = rng.randint(1, 2 + 3 * difficulty)
    short, long, longest = (side * times for side in rng.choice(TRIPLES[: 3 + difficulty]))
    return (short, long, longest) if rng.random() < 1 / 2 else (long, short, longest)


def _rectangle(rng: random.Random, difficulty: int) -> Givens:
    wide, long = sorted(sides(rng, difficulty, 2))
    return {"long": long, "wide": wide, "price": rng.randint(2, 20 * difficulty)}


def _path(rng: random.Random, difficulty: int) -> Givens:
    wide, long = sorted(sides(rng, difficulty, 2))
    return {"long": long, "wide": wide, "border": rng.randint(1, 3 * difficulty)}


def _ladder(rng: random.Random, difficulty: int) -> Givens:
    foot, _, ladder = right_sides(rng, difficulty)
    return {"ladder": ladder, "foot": foot}


def _walk(rng: random.Random, difficulty: int) -> Givens:
    east, north, _ = right_sides(rng, difficulty)
    back = rng.randint(1, east - 1)
    return {"east": east + back, "north": north, "back": back}


def _trapezoid(rng: random.Random, difficulty: int) -> Givens | None:
    short, long, high = sides(rng, difficulty, 3)
    fits = short < long and (short + long) * high % 2 == 0
    return {"long": long, "short": short, "high": high, "price": rng.randint(2, 20 * difficulty)} if fits else None


def _frame(rng: random.Random, difficulty: int) -> Givens:
    low, middle, high, highest = sorted(sides(rng, difficulty, 4))
    return {"long": highest, "wide": high, "inner_long": middle, "inner_wide": low, "price": rng.randint(2, 30)}


def disc(rng: random.Random, difficulty: int) -> Givens:
    """Draw the radii of two circles with one middle."""
    inner, outer = sorted(sides(rng, difficulty, 2))
    return {"outer": outer, "inner": inner}


def _area(pen: Pen) -> Value:
    return pen.work("area", "long * wide", "the area", "length times width is {eq}", unit="square m")


def _fence(pen: Pen) -> Value:
    pen.work("half", "long + wide", "half of the perimeter", "a long and a short side measure {eq}", unit="m")
    pen.work("around", "2 * half", "the perimeter", "all four sides measure {eq}", unit="m")
    return pen.work("cost", "around * price", "the cost", "at {price:$} a meter that is {eq}", unit="dollar")


def _lawn(pen: Pen) -> Value:
    _area(pen)
    return pen.work("cost", "area * price", "the cost", "at {price:$} a square meter that is {eq}", unit="dollar")


def _path_area(pen: Pen) -> Value:
    pen.work(
        "outer_long", "long + 2 * border", "the length with the path", "with the path, the length is {eq}", unit="m"
    )
    pen.work("outer_wide", "wide + 2 * border", "the width with the path", "with the path, the width is {eq}", unit="m")
    pen.work("whole", "outer_long * outer_wide", "the whole area", unit="square m")
    _area(pen)
    return pen.work("path", "whole - area", "the area of the path", "the path takes up {eq}", unit="square m")


def _frame_cost(pen: Pen) -> Value:
    _area(pen)
    pen.work("inner", "inner_long * inner_wide", "the area of the pond", "the pond takes up {eq}", unit="square m")
    pen.work("left", "area - inner", "the area that remains", "without the pond, there are {eq}", unit="square m")
    return pen.work("cost", "left * price", "the cost", "at {price:$} a square meter that is {eq}", unit="dollar")


def squared(pen: Pen, side: str, what: str) -> Value:
    """Return the square of a side, known from then on as `{side}_squared`."""
    pen.know(side=pen[side])
    return pen.work(f"{side}_squared", "side * side", f"the square of {what}", "squared, {side} gives {eq}")


def rooted(pen: Pen, square: Value, what: str) -> Value:
    """Return a side from its square; where a slip left no square number, the nearest smaller root must do."""
    root = pen.hand.value(isqrt(max(0, int(square))))
    pen.know(root=root, square=square)
    pen.say(
        f"{what} is {{root}}, because {{root}} * {{root}} = {{square}}",
        f"since {{root}} * {{root}} = {{square}}, {what} is {{root}}",
        f"{what} is the square root of {{square}}, which is {{root}}, because {{root}} * {{root}} = {{square}}",
    )
    return root


def _height(pen: Pen) -> Value:
    squared(pen, "ladder", "the ladder")
    squared(pen, "foot", "the distance at the foot")
    square = pen.work("high_squared", "ladder_squared - foot_squared", "the square of the height")
    return rooted(pen, square, "the height")


def _distance(pen: Pen) -> Value:
    pen.work("across", "east - back", "the way to the east in the end", "going back leaves {eq}", unit="m")
    squared(pen, "across", "the way to the east")
    squared(pen, "north", "the way to the north")
    square = pen.work("direct_squared", "across_squared + north_squared", "the square of the distance")
    return rooted(pen, square, "the distance")


def _trapezoid_cost(pen: Pen) -> Value:
    pen.work("both", "long + short", "the sum of the parallel sides", "add the parallel sides: {eq}", unit="m")
    pen.work("area", "both * high / 2", "the area", "half of {both} times {high} is {eq}", unit="square m")
    return pen.work("cost", "area * price", "the cost", "at {price:$} a square meter that is {eq}", unit="dollar")


def ring(pen: Pen, says: str) -> Value:
    """Return the area between two circles with one middle, pi left aside."""
    squared(pen, "outer", "the outer radius")
    squared(pen, "inner", "the inner radius")
    return pen.work("ring", "outer_squared - inner_squared", "the area of the ring divided by pi", says)


PLANE_FIGURES = (
    Kind(
        "fence",
        draw=_rectangle,
        asks=(
            (
                "{a} puts a fence around a rectangular {place} of {long} m by {wide} m. The fence costs "
                "{price:$} a meter. How many dollars does it cost?"
            ),
            (
                "A rectangular {place} is {long} m long and {wide} m wide. {a} has a hedge planted all around "
                "it, for {price:$} a meter. What does that cost, in dollars?"
            ),
        ),
        solve=_fence,
        goal="the cost in dollars",
        words={"place": PLACES},
        levels=(1, 2),
    ),
    Kind(
        "lawn",
        draw=_rectangle,
        asks=(
            (
                "{a} has new turf laid on a rectangular {place} of {long} m by {wide} m, at {price:$} a square "
                "meter. How many dollars does that cost?"
            ),
            (
                "The {place} of {a} is a rectangle, {long} m long and {wide} m wide. Watering one square meter "
                "of it costs {price:$} a year. How many dollars a year does the whole {place} cost?"
            ),
        ),
        solve=_lawn,
        goal="the cost in dollars",
        words={"place": PLACES},
        levels=(1, 2),
    ),
    Kind(
        "ladder",
        draw=_ladder,
        asks=(
            (
                "{a} leans a ladder of {ladder} dm against a vertical wall of the {place}, with its foot {foot} "
                "dm away from the wall. How high does it reach, in dm?"
            ),
            (
                "A straight wire of {ladder} dm runs from the top of a mast to the ground, {foot} dm from the "
                "foot of the mast. {a} wants to know how tall the mast in the {place} is. How many dm is that?"
            ),
        ),
        solve=_height,
        goal="the height in dm",
        words={"place": PLACES},
        levels=(1, 2),
    ),
    Kind(
        "walk",
        draw=_walk,
        asks=(
            (
                "{a} walks {east} m to the east, {north} m to the north, and then {back} m back to the west. How "
                "many m from the start is {a.he} in a straight line?"
            ),
            (
                "A drone that {a} steers flies {east} m east, then {north} m north, then {back} m west. How far "
                "is it from where it began, in m?"
            ),
        ),
        solve=_distance,
        goal="the distance in m",
        levels=(2, 3),
    ),
    Kind(
        "path",
        draw=_path,
        asks=(
            (
                "A rectangular {place} of {long} m by {wide} m is surrounded on all sides by a path that is "
                "{border} m wide. {a} wants to pave the path. How many square m is that?"
            ),
            (
                "{a} lays a path of {border} m in width all around a rectangular {place}, which measures {long} "
                "m by {wide} m itself. What is the area of the path in square m?"
            ),
        ),
        solve=_path_area,
        goal="the area of the path in square m",
        words={"place": PLACES},
        levels=(3, 4),
    ),
    Kind(
        "pond",
        draw=_frame,
        asks=(
            (
                "In a rectangular {place} of {long} m by {wide} m there is a rectangular pond of {inner_long} m "
                "by {inner_wide} m. {a} covers the rest with gravel, at {price:$} a square meter. How many "
                "dollars does the gravel cost?"
            ),
            (
                "{a} owns a {place} that is {long} m long and {wide} m wide. A rectangular pond of {inner_long} "
                "m by {inner_wide} m takes up part of it. Grass for the rest costs {price:$} a square meter. How "
                "many dollars is that?"
            ),
        ),
        solve=_frame_cost,
        goal="the cost in dollars",
        words={"place": PLACES},
        levels=(3, 4, 5),
    ),
    Kind(
        "trapezoid",
        draw=_trapezoid,
        asks=(
            (
                "The {place} of {a} has the shape of a trapezoid. Its parallel sides are {long} m and {short} m "
                "long and {high} m apart. One square meter is worth {price:$}. How many dollars is the {place} "
                "worth?"
            ),
            (
                "{a} sells a {place} at {price:$} a square meter. It is a trapezoid with parallel sides of "
                "{long} m and {short} m and a height of {high} m. How many dollars does {a.he} get?"
            ),
        ),
        solve=_trapezoid_cost,
        goal="the amount in dollars",
        words={"place": PLACES},
        levels=(2, 3),
    ),
    Kind(
        "ring",
        draw=disc,
        asks=(
            (
                "{a} saws a ring out of a board for a {tube}. Its outer radius is {outer} cm and its inner "
                "radius {inner} cm. The area is k times pi square cm. What is k?"
            ),
            (
                "A round {place} with a radius of {outer} m has a round pond with a radius of {inner} m in its "
                "middle. The area around the pond is a multiple of pi square m, as {a} finds out. How many times "
                "pi is it?"
            ),
        ),
        solve=partial(ring, says="the ring keeps {eq}, leaving pi aside"),
        goal="the area divided by pi",
        words={"place": PLACES, "tube": TUBES},
        levels=(1, 2),
    ),
)
