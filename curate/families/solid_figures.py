"""Solid figures: boxes by volume and surface, blocks on a right triangle, tubes.

Ada has 3 crates, each 20 cm long, 10 cm wide and 5 cm high inside. How many cubic cm do they hold together?

The bottom has 20 * 10 = 200 square cm.
One holds 200 * 5 = 1000 cubic cm.
All 3 hold 1000 * 3 = 3000 cubic cm.                                            answer: 3000
"""

import random

from curate.families.plane_figures import LONGEST, TUBES, disc, right_sides, ring, rooted, sides, squared
from curate.families.tasks import Givens, Kind, Pen
from curate.families.word_scenarios.formula import Value

BOXES = ("tank", "crate", "aquarium", "trunk", "bin", "chest", "basin", "container")


def _right_triangle(rng: random.Random, difficulty: int) -> Givens:
    leg, _, longest = right_sides(rng, difficulty)
    return {"leg": leg, "longest": longest, "length": rng.randint(5, 20 * difficulty), "count": rng.randint(2, 9)}


def _box(rng: random.Random, difficulty: int) -> Givens:
    long, wide, high = sides(rng, difficulty, 3)
    return {"long": long, "wide": wide, "high": high, "count": rng.randint(2, 3 * difficulty)}


def _tube(rng: random.Random, difficulty: int) -> Givens:
    radii = disc(rng, difficulty)
    return {**radii, "length": rng.randint(5, LONGEST[difficulty]), "count": rng.randint(2, 9)}


def _blocks(pen: Pen) -> Value:
    squared(pen, "longest", "the longest side")
    squared(pen, "leg", "the side that is known")
    square = pen.work("other_squared", "longest_squared - leg_squared", "the square of the other side")
    pen.know(other=rooted(pen, square, "the other side"))
    pen.work(
        "base", "leg * other / 2", "the area of the triangle", "half of {leg} times {other} is {eq}", unit="square cm"
    )
    pen.work("each", "base * length", "the volume of one block", "one block has {eq}", unit="cubic cm")
    return pen.work("all", "each * count", "the volume of all blocks", "all {count} have {eq}", unit="cubic cm")


def _volume(pen: Pen) -> Value:
    pen.work("base", "long * wide", "the area of the bottom", "the bottom has {eq}", unit="square cm")
    pen.work("each", "base * high", "the volume of one", "one holds {eq}", unit="cubic cm")
    return pen.work("all", "each * count", "the volume of all", "all {count} hold {eq}", unit="cubic cm")


def _surface(pen: Pen) -> Value:
    for name, area in (("bottom", "long * wide"), ("front", "long * high"), ("side", "wide * high")):
        pen.work(name, area, f"the area of the {name}", f"the {name} has {{eq}}", unit="square cm")
    pen.work("half", "bottom + front + side", "half of the surface", "three of the faces have {eq}", unit="square cm")
    pen.work("each", "2 * half", "the surface of one", "all six faces have {eq}", unit="square cm")
    return pen.work("all", "each * count", "the surface of all", "all {count} together have {eq}", unit="square cm")


def _tube_volume(pen: Pen) -> Value:
    ring(pen, "without the hole, {eq} remains, all of it to be multiplied by pi")
    pen.work("each", "ring * length", "the volume of one divided by pi", "one has {eq} cubic cm, leaving pi aside")
    return pen.work(
        "all", "each * count", "the volume of all divided by pi", "all {count} have {eq} cubic cm, leaving pi aside"
    )


SOLID_FIGURES = (
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
        solve=_blocks,
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
