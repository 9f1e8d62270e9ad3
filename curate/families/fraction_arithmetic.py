"""Fractions: expressions worked out one operation after the other, and stories of shares, rests and pieces.

Compute 3/4 + 5/6 * 2/5.

The product is 5/6 * 2/5 = 10/30 = 1/3.
The sum is 3/4 + 1/3 = 9/12 + 4/12 = 13/12.                                     answer: 13/12
"""

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm, prod
from operator import add, mul, sub, truediv

from curate.families.base import number
from curate.families.tasks import Givens, Kind, Pen, family_of, row_of
from curate.families.word_scenarios.formula import Value
from curate.families.word_scenarios.lists import GOODS, TOWNS

COUNT = {1: 2, 2: 3, 3: 4, 4: 5, 5: 6}
"""Difficulty to how many fractions there are."""
LARGEST = {1: 9, 2: 12, 3: 12, 4: 12, 5: 15}
"""Difficulty to the largest denominator."""
MAX_DENOMINATOR = 10_000
MOST_THINGS = 9_000
APPLY: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"+": add, "-": sub, "*": mul, "/": truediv}
NAMES = {"+": "sum", "-": "difference", "*": "product", "/": "quotient"}
GROUPS = ("new", "painted", "handmade", "heavy", "striped", "imported", "damaged", "small")
WHOLES = ("cake", "pizza", "field", "budget", "wall", "fence", "book", "journey")


def _fraction(rng: random.Random, difficulty: int) -> Fraction:
    below = rng.randint(2, LARGEST[difficulty])
    return Fraction(rng.randint(1, below - 1), below)


def _fractions(rng: random.Random, difficulty: int, count: int) -> list[Fraction] | None:
    drawn = [_fraction(rng, difficulty) for _ in range(count)]
    return drawn if len(set(drawn)) == count else None


def _expression(rng: random.Random, difficulty: int) -> Givens | None:
    fractions = _fractions(rng, difficulty, COUNT[difficulty])
    if fractions is None:
        return None
    signs = [rng.choice("+-*/") for _ in fractions[1:]]
    try:
        value = _worth(fractions, signs)
    except ZeroDivisionError:
        return None
    if value <= 0 or value.denominator > MAX_DENOMINATOR:
        return None
    return {"row": row_of(fractions), "signs": "".join(signs), "expression": _written(fractions, signs)}


def _worth(fractions: Sequence[Fraction], signs: Sequence[str]) -> Fraction:
    numbers, left = list(fractions), list(signs)
    while left:
        place = _next(left)
        numbers[place : place + 2] = [APPLY[left.pop(place)](numbers[place], numbers[place + 1])]
    return numbers[0]


def _next(signs: Sequence[str]) -> int:
    """Return which operation comes first: the leftmost product or quotient, else the leftmost."""
    return next((place for place, sign in enumerate(signs) if sign in "*/"), 0)


def _written(fractions: Sequence[Fraction], signs: Sequence[str]) -> str:
    first, *others = fractions
    return _shown(first) + "".join(
        f" {sign} {_shown(fraction, wraps=sign == '/')}" for sign, fraction in zip(signs, others, strict=True)
    )


def _shown(value: Value, *, wraps: bool = False) -> str:
    return f"({number(value)})" if value < 0 or (wraps and Fraction(value).denominator > 1) else number(value)


def _evaluated(pen: Pen) -> Value:
    numbers, signs = pen.fractions("row"), list(str(pen.view["signs"]))
    while signs:
        place = _next(signs)
        sign = signs.pop(place)
        value = _operated(pen, sign, numbers[place], numbers[place + 1])
        numbers[place : place + 2] = [Fraction(value)]
        if signs:
            pen.know(rest=_written(numbers, signs))
            if pen.hand.rng.random() < 1 / 2:
                pen.say("what remains is {rest}", "the expression is now {rest}", "that leaves {rest}")
    return numbers[0]


def _operated(pen: Pen, sign: str, one: Fraction, other: Fraction) -> Value:
    exact = APPLY[sign](one, other) if sign != "/" or other else Fraction(0)
    between = _between(sign, one, other)
    left = f"{_shown(one)} {sign} {_shown(other, wraps=sign == '/')}"
    chain = left + (f" = {between}" if between else "")
    return pen.find(
        "found",
        exact,
        chain,
        f"the {NAMES[sign]}",
        f"work out the {NAMES[sign]}, {{eq}}",
        f"the {NAMES[sign]} comes to {{eq}}",
    )


def _between(sign: str, one: Fraction, other: Fraction) -> str:
    """Return the operation as it is written half way: with one denominator, as one fraction, or turned round."""
    if sign in "+-":
        below = lcm(one.denominator, other.denominator)
        parts = [fraction.numerator * (below // fraction.denominator) for fraction in (one, other)]
        same = {one.denominator, other.denominator} == {below} or parts[1] < 0
        return "" if same else f"{parts[0]}/{below} {sign} {parts[1]}/{below}"
    if sign == "/" and other > 0:
        return f"{_shown(one)} * {_shown(1 / other)}"
    return ""


def _eaten(rng: random.Random, difficulty: int) -> Givens | None:
    shares = _fractions(rng, difficulty, max(2, COUNT[difficulty] - 1))
    if shares is None or sum(shares) >= 1:
        return None
    return {"row": row_of(shares), "told": ", ".join(f"{share} on day {day}" for day, share in enumerate(shares, 1))}


def _left_of_whole(pen: Pen) -> Value:
    total, *others = pen.fractions("row")
    for share in others:
        total = Fraction(_operated(pen, "+", total, share))
    return _operated(pen, "-", Fraction(1), total)


def _rests(rng: random.Random, difficulty: int) -> Givens | None:
    shares = _fractions(rng, difficulty, max(2, COUNT[difficulty] - 1))
    if shares is None:
        return None
    told = "; ".join(f"on day {day}, {share} of what is left" for day, share in enumerate(shares[1:], 2))
    return {"row": row_of(shares), "told": f"on day 1, {shares[0]} of it; {told}"}


def _left_of_rests(pen: Pen) -> Value:
    left = Fraction(1)
    for share in pen.fractions("row"):
        kept = Fraction(_operated(pen, "-", Fraction(1), share))
        left = Fraction(_operated(pen, "*", left, kept)) if left != 1 else kept
    return left


def _group(rng: random.Random, difficulty: int) -> Givens | None:
    shares = _fractions(rng, difficulty, max(1, COUNT[difficulty] - 1))
    whole = shares and _countable(rng, shares)
    if not shares or not whole:
        return None
    groups = rng.sample(GROUPS, len(shares))
    told = "; ".join(f"{share} of these are {group}" for share, group in zip(shares, groups, strict=True))
    return {"whole": whole, "row": row_of(shares), "told": told.replace("these", "them", 1)}


def _countable(rng: random.Random, shares: Sequence[Fraction]) -> int | None:
    """Return a number of things of which one share after the other is a whole number, or None if it gets too large."""
    least = lcm(*(share.denominator for share in accumulate(shares, mul)))
    return least * rng.randint(1, MOST_THINGS // least) if least <= MOST_THINGS else None


def _of_group(pen: Pen) -> Value:
    found = Fraction(pen["whole"])
    for share in pen.fractions("row"):
        found = Fraction(_operated(pen, "*", share, found))
    return found


def _before(rng: random.Random, difficulty: int) -> Givens | None:
    shares = _fractions(rng, difficulty, max(1, COUNT[difficulty] - 2))
    first = shares and _countable(rng, [1 - share for share in shares])
    if not shares or not first:
        return None
    left = first * prod(1 - share for share in shares)
    told = "".join(f", then {share} of what was left" for share in shares[1:])
    return {"left": int(left), "row": row_of(shares), "told": f"first {shares[0]} of what there was{told}"}


def _at_first(pen: Pen) -> Value:
    found = Fraction(pen["left"])
    for share in reversed(pen.fractions("row")):
        kept = Fraction(_operated(pen, "-", Fraction(1), share))
        found = Fraction(_operated(pen, "/", found, kept))
    return found


FAMILY = family_of(
    "fraction_arithmetic",
    (
        "Compute with fractions: an expression, what is left of a whole or of a rest, a part of a part, or "
        "what there was at first; with difficulty there are more fractions with larger denominators."
    ),
    Kind(
        "expression",
        draw=_expression,
        asks=(
            "{a} is asked to compute {expression}. What is the result in lowest terms?",
            (
                "Compute {expression} and give the result as a fraction in lowest terms. {a} and {b} want to "
                "compare theirs with it."
            ),
            (
                "What is {expression}? {a} says that it helps to do products and quotients first. Give a "
                "fraction in lowest terms."
            ),
        ),
        solve=_evaluated,
        goal="the value of the expression",
        answer_type="number",
    ),
    Kind(
        "left_of_whole",
        draw=_eaten,
        asks=(
            "{a} finishes these shares of a whole {whole}: {told}. What fraction of the whole {whole} is left?",
            (
                "Of one and the same {whole}, {a} takes {told}, each a fraction of the whole. Which fraction "
                "of it remains?"
            ),
        ),
        solve=_left_of_whole,
        goal="the fraction that is left",
        answer_type="number",
        words={"whole": WHOLES},
    ),
    Kind(
        "left_of_rests",
        draw=_rests,
        asks=(
            "{a} works through a whole {whole}: {told}. What fraction of the whole {whole} remains after that?",
            (
                "This is how much of a {whole} {a} and {b} get through: {told}. Which fraction of all of it "
                "is then left?"
            ),
        ),
        solve=_left_of_rests,
        goal="the fraction that remains",
        answer_type="number",
        words={"whole": WHOLES},
    ),
    Kind(
        "of_group",
        draw=_group,
        asks=(
            "{a} has {whole} {item:s}: {told}. How many {item:s} are in the last group named?",
            (
                "A dealer in {place} offers {whole} {item:s}: {told}. {a} buys all of the group named last. "
                "How many {item:s} are that?"
            ),
        ),
        solve=_of_group,
        goal="the number in the last group",
        answer_type="integer",
        words={"item": GOODS, "place": TOWNS},
    ),
    Kind(
        "at_first",
        draw=_before,
        asks=(
            "{a} sold {item:s}: {told}. Now {left} of them remain. How many {item:s} did {a} have at first?",
            (
                "At a market in {place}, {a} gave away {item:s}: {told}. In the end there are still {left} "
                "of them. How many {item:s} were there at the beginning?"
            ),
        ),
        solve=_at_first,
        goal="the number at first",
        answer_type="integer",
        words={"item": GOODS, "place": TOWNS},
    ),
)
