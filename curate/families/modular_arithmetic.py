"""Remainders: of sums and products, of powers, last digits, dealing in turn, two remainders at once.

    What is the remainder when 7^6 is divided by 11?

    The square of 7 is 7 * 7 = 49.
    Taking 11 away 4 times leaves 49 - 11 * 4 = 5, so 7^2 leaves 5.  ...            answer: 4

Numbers are reduced as soon as they reach the modulus, and powers are found by squaring.
"""

import random
from math import gcd

from curate.families.tasks import Givens, Kind, Pen, family_of, pairs
from curate.families.word_scenarios.formula import Value
from curate.families.word_scenarios.lists import GOODS

TERMS = {1: "*", 2: "*+", 3: "*+*", 4: "*+*+", 5: "*+*+*"}
"""Difficulty to the signs between the numbers of a sum of products."""
LARGEST = {1: 60, 2: 150, 3: 300, 4: 600, 5: 999}
MODULI = {1: (3, 9), 2: (5, 13), 3: (6, 19), 4: (7, 29), 5: (11, 49)}
EXPONENTS = {1: (3, 7), 2: (6, 15), 3: (12, 60), 4: (40, 300), 5: (200, 2000)}
POWERS = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3}
"""Difficulty to how many powers are added before the last digit is sought."""


def _sum(rng: random.Random, difficulty: int) -> Givens:
    signs = TERMS[difficulty]
    row = tuple(rng.randint(11, LARGEST[difficulty]) for _ in range(len(signs) + 1))
    expression = str(row[0]) + "".join(f" {sign} {number}" for sign, number in zip(signs, row[1:], strict=True))
    return {"expression": expression, "row": row, "modulus": rng.randint(*MODULI[difficulty])}


def _power(rng: random.Random, difficulty: int) -> Givens:
    base, modulus = rng.randint(2, LARGEST[difficulty] // 4), rng.randint(*MODULI[difficulty])
    return {"base": base, "exponent": rng.randint(*EXPONENTS[difficulty]), "modulus": modulus}


def _digit(rng: random.Random, difficulty: int) -> Givens:
    count = POWERS[difficulty]
    row = tuple(n for _ in range(count) for n in (rng.randint(12, 99), rng.randint(*EXPONENTS[difficulty])))
    powers = [f"{base}^{exponent}" for base, exponent in pairs(row)]
    return {"expression": " + ".join(powers), "row": row}


def _turns(rng: random.Random, difficulty: int) -> Givens | None:
    players, count = rng.randint(4, 19), rng.randint(60, 400 * difficulty)
    first = rng.randint(2, players)
    return {"players": players, "count": count, "first": first} if (first + count - 1) % players else None


def _two_remainders(rng: random.Random, difficulty: int) -> Givens | None:
    small, large = sorted(rng.sample(range(3, 7 + 3 * difficulty), 2))
    sought = rng.randint(large + 1, small * large - 1)
    one, other = sought % large, sought % small
    drawn = {"large": large, "rest": one, "small": small, "other": other}
    return drawn if gcd(small, large) == 1 and one != other and one and other else None


def _reduced(pen: Pen, number: Value, says: str = "") -> Value:
    """Return a number, or what it leaves when it reaches the modulus."""
    modulus = pen["modulus"]
    if 0 <= number < modulus:
        return number
    return pen.work(
        "left",
        "number - modulus * times",
        f"the remainder of {number}",
        "take away {modulus} from {number}, {times:time} over: {eq}" + says,
        "{number} divided by {modulus} leaves {eq}" + says,
        number=number,
        times=number // modulus,
    )


def _sum_left(pen: Pen) -> Value:
    row = [_reduced(pen, number) for number in pen.rows["row"]]
    total = _product_left(pen, row[:2])
    for place in range(2, len(row), 2):
        term = _product_left(pen, row[place : place + 2])
        total = _sum_left_of(pen, total, term, "remainders")
    return total


def _sum_left_of(pen: Pen, one: Value, other: Value, what: str) -> Value:
    return _reduced(pen, pen.work("sum", "x + y", f"the sum of the {what}", f"add the {what}: {{eq}}", x=one, y=other))


def _product_left(pen: Pen, factors: list[Value]) -> Value:
    if len(factors) == 1:
        return factors[0]
    pen.know(x=factors[0], y=factors[1])
    product = pen.work("product", "x * y", "the product of the remainders", "multiply the remainders: {eq}")
    return _reduced(pen, product)


def _power_left(pen: Pen, base: Value, exponent: Value) -> Value:
    """Square for each binary digit of the exponent after the first, and multiply once more where it is 1."""
    start = found = _reduced(pen, base)
    reached = 1
    for digit in f"{int(exponent):b}"[1:]:
        reached *= 2
        found = _next_power(pen, found, found, f"{base}^{reached}")
        if digit == "1":
            reached += 1
            found = _next_power(pen, found, start, f"{base}^{reached}")
    return found


def _next_power(pen: Pen, found: Value, factor: Value, power: str) -> Value:
    product = pen.work(
        "product",
        "x * y",
        f"the product for {power}",
        f"for {power}, multiply: {{eq}}",
        f"{power} leaves the same remainder as {{eq}}",
        x=found,
        y=factor,
    )
    return _reduced(pen, product, f", and so does {power}")


def _last_digit(pen: Pen) -> Value:
    pen.know(modulus=10)
    total, *digits = [_power_left(pen, base, exponent) for base, exponent in pairs(pen.rows["row"])]
    for digit in digits:
        total = _sum_left_of(pen, total, digit, "last digits")
    return total


def _last_turn(pen: Pen) -> Value:
    pen.know(modulus=pen["players"])
    total = pen.work(
        "places", "first + count - 1", "the place without going round", "counting straight on leads to {eq}"
    )
    return _reduced(pen, total, ", and places that differ by {modulus} are the same")


def _common_number(pen: Pen) -> Value:
    """Try the numbers that leave the first remainder, one after the other."""
    pen.know(candidate=pen["rest"])
    while True:
        pen.work("candidate", "candidate + large", "the next candidate", "add {large} to get the next candidate: {eq}")
        left = pen.work(
            "left",
            "candidate - small * times",
            "what the candidate leaves",
            "{candidate} divided by {small} leaves {eq}",
            times=pen["candidate"] // pen["small"],
        )
        if left == pen["other"]:
            return pen["candidate"]


FAMILY = family_of(
    "modular_arithmetic",
    (
        "Find a remainder: of a sum of products, of a power, a last digit, a place in turn, or the number "
        "behind two remainders; with difficulty terms, exponents and moduli grow."
    ),
    Kind(
        "sum",
        draw=_sum,
        asks=(
            (
                "What is the remainder when {expression} is divided by {modulus}? {a} and {b} both work it "
                "out; what should they get?"
            ),
            "{a} is to find the remainder of {expression} on division by {modulus}. What is it?",
            "{a} computes {expression} and divides the result by {modulus}. What remainder is left?",
            (
                "Without computing it in full, {a} wants to know what {expression} leaves when it is divided "
                "by {modulus}. What is the remainder?"
            ),
        ),
        solve=_sum_left,
        goal="the remainder",
    ),
    Kind(
        "power",
        draw=_power,
        asks=(
            "{a} wonders what remainder {base}^{exponent} leaves when it is divided by {modulus}. What is it?",
            (
                "What is the remainder when {base}^{exponent} is divided by {modulus}? {a} and {b} compare "
                "their answers; what should both have found?"
            ),
            (
                "{a} has to find {base}^{exponent} modulo {modulus}. Which number from 0 up to but not "
                "including {modulus} is it?"
            ),
        ),
        solve=lambda pen: _power_left(pen, pen["base"], pen["exponent"]),
        goal="the remainder",
    ),
    Kind(
        "last_digit",
        draw=_digit,
        asks=(
            "{a} and {b} argue about the last digit of {expression}. What is it?",
            "{a} asks {b} for the last digit of {expression}. What should {b} say?",
            ("{a} wants to know which digit {expression} ends in when it is written out in full. Which one is it?"),
            "In a quiz, {a} is asked for the units digit of {expression}. What is the right answer?",
        ),
        solve=_last_digit,
        goal="the last digit",
    ),
    Kind(
        "turns",
        draw=_turns,
        asks=(
            (
                "{a} deals {count} {item:s} one at a time to {players} players, who sit in a circle and are "
                "numbered from 1 to {players}. The first one goes to player {first}, and then it goes round "
                "in order. Which player gets the last one?"
            ),
            (
                "{players} children, numbered from 1 to {players}, stand in a circle and pass on a ball in "
                "the order of their numbers, from the last child back to the first. Child {first} says 1, "
                "the next one 2, and so on. {a} waits for the number {count}. Which child says it?"
            ),
            (
                "The {players} seats of a carousel are numbered from 1 to {players}. {a} watches them pass "
                "in this order, again and again, beginning with seat {first}. Which is the seat that passes "
                "as number {count}?"
            ),
        ),
        solve=_last_turn,
        goal="the number that is sought",
        words={"item": GOODS},
        levels=(1, 2),
    ),
    Kind(
        "two_remainders",
        draw=_two_remainders,
        asks=(
            (
                "{a} has some {item:s}. When {a.he} puts them in rows of {large}, the number left over is "
                "{rest}; in rows of {small}, it is {other}. {a.He} has more than {large} of them. What is "
                "the smallest number of {item:s} that {a} can have?"
            ),
            (
                "{b} thinks of a number greater than {large}. It leaves the remainder {rest} when {a} "
                "divides it by {large}, and {other} when {a.he} divides it by {small}. What is the smallest "
                "number that {b} can have in mind?"
            ),
        ),
        solve=_common_number,
        goal="the smallest such number",
        words={"item": GOODS},
        levels=(3, 4, 5),
    ),
)
