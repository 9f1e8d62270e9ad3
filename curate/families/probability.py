"""Probabilities as exact fractions: drawing with and without putting back, two dice, independent events.

A bag holds 3 red and 5 blue balls. Two are drawn without putting back. How likely are both red?

There are 3 + 5 = 8 balls.
The first is red with probability 3 / 8 = 3/8, and then the second with 2 / 7 = 2/7.
Together that is 3/8 * 2/7 = 3/28.                                              answer: 3/28
"""

import random
from fractions import Fraction
from functools import partial

from curate.families.logic_words import ORDINALS
from curate.families.tasks import Givens, Kind, Pen, family_of, row_of
from curate.families.word_scenarios.formula import Value
from curate.families.word_scenarios.lists import GOODS, TOWNS

DRAWS = {1: 2, 2: 3, 3: 3, 4: 4, 5: 5}
"""Difficulty to how many things are drawn."""


def _bag(rng: random.Random, difficulty: int) -> Givens:
    draws = DRAWS[difficulty]
    return {
        "good": rng.randint(draws + 1, 8 + 2 * difficulty),
        "bad": rng.randint(draws, 8 + 3 * difficulty),
        "draws": draws,
    }


def _chances(rng: random.Random, difficulty: int) -> Givens | None:
    count = max(2, difficulty)
    chances = [
        Fraction(rng.randint(1, below - 1), below) for below in (rng.randint(3, 7 + difficulty) for _ in range(count))
    ]
    if len(set(chances)) < count:
        return None
    told = ", ".join(f"{chance} for the {which}" for chance, which in zip(chances, ORDINALS, strict=False))
    return {"told": told, "row": row_of(chances)}


def _dice(rng: random.Random, difficulty: int) -> Givens:
    one, other = rng.sample(range(4, 9 + 4 * difficulty), 2)
    return {"one": min(one, other), "other": max(one, other), "sum": rng.randint(3, one + other - 1)}


def _total(pen: Pen) -> Value:
    return pen.work("total", "good + bad", "the number of all of them", "count all of them: {eq}")


def _all_good(pen: Pen, kind: str = "good", *, back: bool = False) -> Value:
    """Multiply the chances of one draw after the other."""
    pen.know(product=1)
    for draw in range(int(pen["draws"])):
        if draw == 0 or not back:
            pen.know(wanted=pen[kind] - draw, left=pen["total"] - draw)
            pen.work(
                "chance",
                "wanted / left",
                f"the chance at draw {draw + 1}",
                f"at draw {draw + 1}, {{wanted}} of {{left}} will do: {{eq}}",
            )
        if draw == 0:
            pen.know(product=pen["chance"])
        else:
            pen.work(
                "product",
                "product * chance",
                f"the chance that all of the first {draw + 1} are like that",
                "multiply: {eq}",
            )
    return pen["product"]


def _same(pen: Pen, *, back: bool = False) -> Value:
    _total(pen)
    return _all_good(pen, back=back)


def _some(pen: Pen) -> Value:
    _total(pen)
    none = _all_good(pen, "bad")
    return pen.work("some", "1 - none", "the chance of at least one", "it is the opposite of none: {eq}", none=none)


def _multiplied(pen: Pen, chances: list[Value], what: str) -> Value:
    product, *others = chances
    for chance in others:
        product = pen.work("product", "x * y", what, "multiply, as they are independent: {eq}", x=product, y=chance)
    return product


def _all_happen(pen: Pen) -> Value:
    return _multiplied(pen, list(pen.fractions("row")), "the chance that these all happen")


def _any_happens(pen: Pen) -> Value:
    misses: list[Value] = [
        pen.work("miss", "1 - chance", f"the chance of missing number {place}", chance=chance)
        for place, chance in enumerate(pen.fractions("row"), 1)
    ]
    none = _multiplied(pen, misses, "the chance of missing all of these")
    return pen.work("any", "1 - none", "the chance of at least one", "the opposite of that is {eq}", none=none)


def _sum_of_dice(pen: Pen) -> Value:
    """Count the rolls of the first die that leave a possible roll of the second."""
    least, most = max(1, int(pen["sum"] - pen["other"])), min(int(pen["one"]), int(pen["sum"]) - 1)
    pen.know(least=least, most=most)
    pen.say(
        "the first die can show from {least} to {most}, each with one roll of the second",
        "with {least} to {most} on the first die, the second can make up the sum",
    )
    pen.work("ways", "most - least + 1", "the number of rolls with this sum", "from {least} to {most} there are {eq}")
    pen.work("rolls", "one * other", "the number of all rolls", "all in all there are {eq}")
    return pen.work("chance", "ways / rolls", "the probability", "divide: {eq}")


FAMILY = family_of(
    "probability",
    (
        "Find a probability as a fraction: of draws with or without putting back, of independent events, of a "
        "sum of two dice; with difficulty there are more draws and events."
    ),
    Kind(
        "without_back",
        draw=_bag,
        asks=(
            (
                "A bag of {a} holds {good} red and {bad} blue {item:s}. {b} draws {draws} of them at random "
                "without putting any back. What is the probability that all of them are red? Give a fraction in "
                "lowest terms."
            ),
            (
                "Of the tickets in a box in {place}, {good} win and {bad} lose. {a} takes {draws} at random, all "
                "different. What is the probability, as a fraction in lowest terms, that every one of them wins?"
            ),
        ),
        solve=_same,
        goal="the probability",
        answer_type="share",
        words={"item": GOODS, "place": TOWNS},
    ),
    Kind(
        "with_back",
        draw=_bag,
        asks=(
            (
                "A bag of {a} holds {good} red and {bad} blue {item:s}. {draws} times, {b} draws one at random "
                "and puts it back. What is the probability that it is red every time? Give a fraction in lowest "
                "terms."
            ),
            (
                "A wheel of fortune in {place} has {good} fields that win and {bad} that lose, all equally "
                "likely. {a} spins it {draws} times. What is the probability of winning every time, as a "
                "fraction in lowest terms?"
            ),
        ),
        solve=partial(_same, back=True),
        goal="the probability",
        answer_type="share",
        words={"item": GOODS, "place": TOWNS},
        levels=(1, 2, 3),
    ),
    Kind(
        "at_least_one",
        draw=_bag,
        asks=(
            (
                "A bag of {a} holds {good} red and {bad} blue {item:s}. {b} draws {draws} of them at random "
                "without putting any back. What is the probability that at least one is red? Give a fraction in "
                "lowest terms."
            ),
            (
                "Of the tickets in a box in {place}, {good} win and {bad} lose. {a} takes {draws} at random, all "
                "different. What is the probability, as a fraction in lowest terms, that at least one of them "
                "wins?"
            ),
        ),
        solve=_some,
        goal="the probability",
        answer_type="share",
        words={"item": GOODS, "place": TOWNS},
        levels=(2, 3, 4, 5),
    ),
    Kind(
        "all_happen",
        draw=_chances,
        asks=(
            (
                "{a} aims at targets in {place}. The probabilities of a hit are {told}, independently of one "
                "another. What is the probability that {a.he} hits all of them? Give a fraction in lowest terms."
            ),
            (
                "{a} owns old clocks, which work independently of one another on a given day: the probabilities "
                "are {told}. What is the probability that all of them work when {b} visits? Give a fraction in "
                "lowest terms."
            ),
        ),
        solve=_all_happen,
        goal="the probability",
        answer_type="share",
        words={"place": TOWNS},
        levels=(1, 2, 3),
    ),
    Kind(
        "any_happens",
        draw=_chances,
        asks=(
            (
                "{a} aims at targets in {place}. The probabilities of a hit are {told}, independently of one "
                "another. What is the probability that {a.he} hits at least one of them? Give a fraction in "
                "lowest terms."
            ),
            (
                "{a} owns old clocks, which work independently of one another on a given day: the probabilities "
                "are {told}. What is the probability that at least one of them works when {b} visits? Give a "
                "fraction in lowest terms."
            ),
        ),
        solve=_any_happens,
        goal="the probability",
        answer_type="share",
        words={"place": TOWNS},
        levels=(3, 4, 5),
    ),
    Kind(
        "dice",
        draw=_dice,
        asks=(
            (
                "{a} rolls two fair dice, one with the numbers 1 to {one}, the other with the numbers 1 to "
                "{other}. {b} bets on a sum of {sum}. What is the probability of that, as a fraction in lowest "
                "terms?"
            ),
            (
                "A game in {place} has two wheels. One shows a number from 1 to {one}, the other a number from 1 "
                "to {other}, all equally likely. What is the probability that {a} gets the sum {sum}? Give a "
                "fraction in lowest terms."
            ),
        ),
        solve=_sum_of_dice,
        goal="the probability",
        answer_type="share",
        words={"place": TOWNS},
        levels=(1, 2),
    ),
)
