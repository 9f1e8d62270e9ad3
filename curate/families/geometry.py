"""Geometry with exact answers: rectangles, right triangles, trapezoids, shapes with a piece cut out, boxes, cylinders.

    A ladder of 13 m leans against a wall, its foot 5 m from the wall. How high does it reach, in m?

    The square of the ladder is 13 * 13 = 169.
    The square of the distance is 5 * 5 = 25.
    What is left for the height is 169 - 25 = 144.
    The side with this square is 12, since 12 * 12 = 144.                           answer: 12

Circles are asked for as multiples of pi.
"""

import random
from math import isqrt

from curate.families.tasks import Givens, Kind, Pen, family_of
from curate.families.word_scenarios.formula import Value

LONGEST = {1: 20, 2: 40, 3: 60, 4: 90, 5: 200}
"""Difficulty to the greatest length."""
TRIPLES = ((3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29), (9, 40, 41), (12, 35, 37), (11, 60, 61))
PLACES = ("garden", "field", "courtyard", "playground", "vineyard", "parking lot", "meadow", "orchard")
BOXES = ("tank", "crate", "aquarium", "trunk", "bin", "chest", "basin", "container")
TUBES = ("pipe", "lamp", "roller", "pillar", "drum", "spool", "column", "wheel")


def _sides(rng: random.Random, difficulty: int, count: int) -> list[int]:
    return rng.sample(range(3, LONGEST[difficulty] + 1), count)


def _triple(rng: random.Random, difficulty: int) -> tuple[int, int, int]:
    """Return the sides of a right triangle, the longest last."""
    times = rng.randint(1, 2 + 3 * difficulty)
    short, long, longest = (side * times for side in rng.choice(TRIPLES[: 3 + difficulty]))
    return (short, long, longest) if rng.random() < 1 / 2 else (long, short, longest)


def _rectangle(rng: random.Random, difficulty: int) -> Givens:
    wide, long = sorted(_sides(rng, difficulty, 2))
    return {"long": long, "wide": wide, "price": rng.randint(2, 20 * difficulty)}


def _path(rng: random.Random, difficulty: int) -> Givens:
    wide, long = sorted(_sides(rng, difficulty, 2))
    return {"long": long, "wide": wide, "border": rng.randint(1, 3 * difficulty)}


def _ladder(rng: random.Random, difficulty: int) -> Givens:
    foot, _, ladder = _triple(rng, difficulty)
    return {"ladder": ladder, "foot": foot}


def _walk(rng: random.Random, difficulty: int) -> Givens:
    east, north, _ = _triple(rng, difficulty)
    back = rng.randint(1, east - 1)
    return {"east": east + back, "north": north, "back": back}


def _right_triangle(rng: random.Random, difficulty: int) -> Givens:
    leg, _, longest = _triple(rng, difficulty)
    return {"leg": leg, "longest": longest, "length": rng.randint(5, 20 * difficulty), "count": rng.randint(2, 9)}


def _trapezoid(rng: random.Random, difficulty: int) -> Givens | None:
    short, long, high = _sides(rng, difficulty, 3)
    fits = short < long and (short + long) * high % 2 == 0
    return {"long": long, "short": short, "high": high, "price": rng.randint(2, 20 * difficulty)} if fits else None


def _frame(rng: random.Random, difficulty: int) -> Givens:
    low, middle, high, highest = sorted(_sides(rng, difficulty, 4))
    return {"long": highest, "wide": high, "inner_long": middle, "inner_wide": low, "price": rng.randint(2, 30)}


def _box(rng: random.Random, difficulty: int) -> Givens:
    long, wide, high = _sides(rng, difficulty, 3)
    return {"long": long, "wide": wide, "high": high, "count": rng.randint(2, 3 * difficulty)}


def _disc(rng: random.Random, difficulty: int) -> Givens:
    inner, outer = sorted(_sides(rng, difficulty, 2))
    return {"outer": outer, "inner": inner}


def _tube(rng: random.Random, difficulty: int) -> Givens:
    inner, outer = sorted(_sides(rng, difficulty, 2))
    return {"outer": outer, "inner": inner, "length": rng.randint(5, LONGEST[difficulty]), "count": rng.randint(2, 9)}


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


def _square(pen: Pen, side: str, what: str) -> Value:
    pen.know(side=pen[side])
    return pen.work(f"{side}_squared", "side * side", f"the square of {what}", "squared, {side} gives {eq}")


def _root(pen: Pen, square: Value, what: str) -> Value:
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
    _square(pen, "ladder", "the ladder")
    _square(pen, "foot", "the distance at the foot")
    square = pen.work("high_squared", "ladder_squared - foot_squared", "the square of the height")
    return _root(pen, square, "the height")


def _distance(pen: Pen) -> Value:
    pen.work("across", "east - back", "the way to the east in the end", "going back leaves {eq}", unit="m")
    _square(pen, "across", "the way to the east")
    _square(pen, "north", "the way to the north")
    square = pen.work("direct_squared", "across_squared + north_squared", "the square of the distance")
    return _root(pen, square, "the distance")


def _tent(pen: Pen) -> Value:
    _square(pen, "longest", "the longest side")
    _square(pen, "leg", "the side that is known")
    square = pen.work("other_squared", "longest_squared - leg_squared", "the square of the other side")
    pen.know(other=_root(pen, square, "the other side"))
    pen.work(
        "base", "leg * other / 2", "the area of the triangle", "half of {leg} times {other} is {eq}", unit="square cm"
    )
    pen.work("each", "base * length", "the volume of one block", "one block has {eq}", unit="cubic cm")
    return pen.work("all", "each * count", "the volume of all blocks", "all {count} have {eq}", unit="cubic cm")


def _trapezoid_area(pen: Pen) -> Value:
    pen.work("both", "long + short", "the sum of the parallel sides", "add the parallel sides: {eq}", unit="m")
    return pen.work("area", "both * high / 2", "the area", "half of {both} times {high} is {eq}", unit="square m")


def _trapezoid_cost(pen: Pen) -> Value:
    _trapezoid_area(pen)
    return pen.work("cost", "area * price", "the cost", "at {price:$} a square meter that is {eq}", unit="dollar")


def _volume(pen: Pen) -> Value:
    pen.work("base", "long * wide", "the area of the bottom", "the bottom has {eq}", unit="square cm")
    pen.work("each", "base * high", "the volume of one", "one holds {eq}", unit="cubic cm")
    return pen.work("all", "each * count", "the volume of all", "all {count} hold {eq}", unit="cubic cm")


def _surface(pen: Pen) -> Value:
    for name, sides in (("bottom", "long * wide"), ("front", "long * high"), ("side", "wide * high")):
        pen.work(name, sides, f"the area of the {name}", f"the {name} has {{eq}}", unit="square cm")
    pen.work("half", "bottom + front + side", "half of the surface", "three of the faces have {eq}", unit="square cm")
    pen.work("each", "2 * half", "the surface of one", "all six faces have {eq}", unit="square cm")
    return pen.work("all", "each * count", "the surface of all", "all {count} together have {eq}", unit="square cm")


def _tube_volume(pen: Pen) -> Value:
    _square(pen, "outer", "the outer radius")
    _square(pen, "inner", "the inner radius")
    pen.work(
        "ring",
        "outer_squared - inner_squared",
        "the area of the ring divided by pi",
        "without the hole, {eq} remains, all of it to be multiplied by pi",
    )
    pen.work("each", "ring * length", "the volume of one divided by pi", "one has {eq} cubic cm, leaving pi aside")
    return pen.work(
        "all", "each * count", "the volume of all divided by pi", "all {count} have {eq} cubic cm, leaving pi aside"
    )


def _ring(pen: Pen) -> Value:
    _square(pen, "outer", "the outer radius")
    _square(pen, "inner", "the inner radius")
    return pen.work(
        "ring",
        "outer_squared - inner_squared",
        "the area of the ring divided by pi",
        "the ring keeps {eq}, leaving pi aside",
    )


FAMILY = family_of(
    "geometry",
    (
        "Find an area, a length, a volume or a cost in plane and solid figures, with exact answers; with "
        "difficulty the figures are composed of more parts and their measures grow."
    ),
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
        draw=_disc,
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
        solve=_ring,
        goal="the area divided by pi",
        words={"place": PLACES, "tube": TUBES},
        levels=(1, 2),
    ),
    Kind(
        "boxes",
        draw=_box,
        asks=(
            (
                "{a} has {count} {box:s}, each {long} cm long, {wide} cm wide and {high} cm high inside. How "
                "many cubic cm do they hold together?"
            ),
            (
                "One {box} measures {long} cm by {wide} cm by {high} cm. {a} fills {count} of them with water to "
                "the brim. How many cubic cm of water is that?"
            ),
        ),
        solve=_volume,
        goal="the volume in cubic cm",
        words={"box": BOXES},
        levels=(1, 2, 3),
    ),
    Kind(
        "painting",
        draw=_box,
        asks=(
            (
                "{a} paints {count} closed {box:s} on the outside, on all six faces. Each is {long} cm long, "
                "{wide} cm wide and {high} cm high. How many square cm does {a.he} paint?"
            ),
            (
                "To wrap a {box} of {long} cm by {wide} cm by {high} cm, paper must cover all six faces once. "
                "How many square cm of paper does {a} need for {count} of them?"
            ),
        ),
        solve=_surface,
        goal="the surface in square cm",
        words={"box": BOXES},
        levels=(4, 5),
    ),
    Kind(
        "blocks",
        draw=_right_triangle,
        asks=(
            (
                "{a} casts {count} blocks whose base is a right triangle. The longest side of the triangle is "
                "{longest} cm, another side {leg} cm, and each block is {length} cm tall. How many cubic cm are "
                "all the blocks together?"
            ),
            (
                "The cross section of a beam is a right triangle with a hypotenuse of {longest} cm and one leg "
                "of {leg} cm. The beam is {length} cm long. What is the volume of {count} such beams in cubic "
                "cm, as {a} computes it?"
            ),
        ),
        solve=_tent,
        goal="the volume in cubic cm",
        levels=(4, 5),
    ),
    Kind(
        "tubes",
        draw=_tube,
        asks=(
            (
                "{a} makes {count} {tube:s} that are hollow all the way through. Each is {length} cm long, with "
                "an outer radius of {outer} cm and an inner radius of {inner} cm. The material has a volume of k "
                "times pi cubic cm. What is k?"
            ),
            (
                "A hollow {tube} has an outer radius of {outer} cm, an inner radius of {inner} cm and a height "
                "of {length} cm. {a} needs material for {count} of them. How many times pi cubic cm is that?"
            ),
        ),
        solve=_tube_volume,
        goal="the volume divided by pi",
        words={"tube": TUBES},
        levels=(4, 5),
    ),
)
