"""Percentages: parts of parts, changes one after another, what it was before, prices with discount and tax.

A coat cost $80. Its price was raised by 25% and then lowered by 10%. What does it cost now, in dollars?

After the first change the price is 80 * 125 / 100 = 100 dollars.
Then it is 100 * 90 / 100 = 90 dollars.                                         answer: 90
"""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from curate.families.tasks import Givens, Kind, Pen, family_of
from curate.families.word_scenarios.formula import Value
from curate.families.word_scenarios.lists import GIFTS, GOODS, TOWNS

PERCENTS = (5, 8, 10, 12, 15, 20, 24, 25, 30, 35, 40, 45, 50, 60, 65, 70, 75, 80, 85, 90, 95)
CHANGES = (4, 5, 8, 10, 12, 15, 16, 20, 25, 28, 30, 32, 35, 36, 40, 44, 45, 48, 50, 60)
OFFS = (5, 10, 15, 20, 25, 30, 40, 50)
TAXES = (4, 5, 6, 8, 10, 12, 15, 20, 25)
COUNT = {1: 1, 2: 2, 3: 2, 4: 3, 5: 4}
"""Difficulty to how many percentages follow one another."""
BASES = {
    1: range(20, 2_000, 20),
    2: range(100, 4_000, 50),
    3: range(200, 20_000, 50),
    4: range(1_000, 100_000, 250),
    5: range(10_000, 900_000, 1_000),
}
"""Difficulty to the amounts that one begins with."""
RISES = ("rose by {}%", "went up by {}%", "grew by {}%", "increased by {}%")
FALLS = ("fell by {}%", "went down by {}%", "shrank by {}%", "decreased by {}%")
GROUPS = ("new", "small", "local", "seasonal", "tested", "painted", "numbered", "insured", "damp", "heavy")
HOLDERS = ("library", "choir", "sports club", "gym", "charity", "orchestra", "chess club", "book club", "garden club")


def _amounts(first: int, factors: Sequence[int]) -> list[int] | None:
    """Return what an amount becomes by factors in percent, or None if it is no whole number at some point."""
    amounts = [first]
    for factor in factors:
        if amounts[-1] * factor % 100:
            return None
        amounts.append(amounts[-1] * factor // 100)
    return amounts


def _parts(rng: random.Random, difficulty: int) -> Givens | None:
    whole, shares = rng.choice(BASES[difficulty]), tuple(rng.sample(PERCENTS, COUNT[difficulty]))
    groups = rng.sample(GROUPS, len(shares))
    said = [f"of these, {share}% are {group}" for share, group in zip(shares, groups, strict=True)]
    told = "; ".join([said[0].replace("these", "them"), *said[1:]])
    return {"whole": whole, "factors": shares, "told": told} if _amounts(whole, shares) else None


class Course(NamedTuple):
    """An amount that changes by percentages."""

    first: int
    changes: tuple[int, ...]
    """In percent, negative where it falls."""
    last: int
    told: str


def _course(rng: random.Random, difficulty: int, count: int | None = None) -> Course | None:
    first = rng.choice(BASES[difficulty])
    percents = rng.sample(CHANGES, count or COUNT[difficulty])
    changes = tuple(rng.choice((1, -1)) * percent for percent in percents)
    amounts = _amounts(first, [100 + change for change in changes])
    return Course(first, changes, amounts[-1], _told(rng, changes)) if amounts else None


def _told(rng: random.Random, changes: Sequence[int]) -> str:
    said = [rng.choice(RISES if change > 0 else FALLS).format(abs(change)) for change in changes]
    return ", then ".join([f"first {said[0]}" if len(said) > 1 else said[0], *said[1:]])


def _after(rng: random.Random, difficulty: int) -> Givens | None:
    course = _course(rng, difficulty)
    return course and {"first": course.first, "changes": course.changes, "told": course.told}


def _before(rng: random.Random, difficulty: int) -> Givens | None:
    course = _course(rng, difficulty)
    return course and {"last": course.last, "changes": course.changes, "told": course.told}


def _change(rng: random.Random, difficulty: int) -> Givens | None:
    course = _course(rng, difficulty, count=1)
    return course and {
        "first": course.first,
        "last": course.last,
        "way": "increase" if course.last > course.first else "decrease",
    }


def _overall(rng: random.Random, difficulty: int) -> Givens | None:
    course = _course(rng, difficulty)
    if course is None or course.first == course.last:
        return None
    way = "more" if course.last > course.first else "less"
    return {"changes": course.changes, "told": course.told, "way": way}


def _score(rng: random.Random, difficulty: int) -> Givens | None:
    totals = tuple(rng.choice(range(10, 60 * difficulty, 5)) for _ in range(difficulty))
    right = tuple(rng.randint(total // 3, total - 1) for total in totals)
    return {"right": right, "totals": totals} if sum(right) * 100 % sum(totals) == 0 else None


def _purchase(told: tuple[str, ...], rng: random.Random, difficulty: int) -> Givens | None:
    """Draw a purchase; of discounts, voucher and tax, those that are not told do not exist."""
    givens = {"count": rng.randint(2, 3 + 2 * difficulty), "price": rng.choice(range(20, 200 * difficulty, 10))}
    givens |= {
        "off": rng.choice(OFFS),
        "more": rng.choice(OFFS),
        "voucher": rng.randint(5, 40),
        "tax": rng.choice(TAXES),
    }
    givens = {name: given for name, given in givens.items() if name in told}
    due = _due(givens)
    return givens if due > 0 and due.denominator == 1 else None


def _due(givens: Mapping[str, int]) -> Fraction:
    due = Fraction(givens["count"] * givens["price"] * (100 - givens["off"]), 100)
    due = due * (100 - givens.get("more", 0)) / 100 - givens.get("voucher", 0)
    return due * (100 + givens.get("tax", 0)) / 100


def _last_part(pen: Pen) -> Value:
    pen.know(part=pen["whole"])
    for share in pen.rows["factors"]:
        pen.work(
            "part",
            "part * share / 100",
            f"the number that makes up {share}%",
            "{share}% of {part} is {eq}",
            "take {share}% of {part}: {eq}",
            share=share,
        )
    return pen["part"]


def _changed(pen: Pen, amount: Value) -> Value:
    for change in pen.rows["changes"]:
        pen.know(amount=amount, factor=100 + change, percent=abs(change))
        amount = pen.work(
            "amount",
            "amount * factor / 100",
            "the amount after a change of {percent}%",
            f"{'adding' if change > 0 else 'taking off'} {{percent}}% makes {{eq}} out of {{amount}}",
            f"{{percent}}% {'more' if change > 0 else 'less'} than {{amount}} is {{eq}}",
        )
    return amount


def _unchanged(pen: Pen) -> Value:
    """Go back, from the last change to the first."""
    amount = pen["last"]
    for change in reversed(pen.rows["changes"]):
        pen.know(amount=amount, factor=100 + change, percent=abs(change))
        amount = pen.work(
            "amount",
            "amount * 100 / factor",
            "the amount before the change of {percent}%",
            "{amount} is {factor}% of what it was before, which is {eq}",
            f"before it {'rose' if change > 0 else 'fell'} by {{percent}}%, it was {{eq}}",
        )
    return amount


def _change_in_percent(pen: Pen) -> Value:
    forth = pen["last"] > pen["first"]
    pen.work("difference", "last - first" if forth else "first - last", "the difference", "the two differ: {eq}")
    return pen.work(
        "percent", "difference * 100 / first", "the difference in percent of {first}", "in percent, it is {eq}"
    )


def _overall_percent(pen: Pen) -> Value:
    pen.know(start=100)
    pen.say("suppose that it was 100 at first", "let it start at 100", "we may begin with 100")
    pen.know(end=_changed(pen, 100))
    formula = "end - start" if pen.view["way"] == "more" else "start - end"
    return pen.work("percent", formula, "the change in percent", "compared with 100 that makes {eq} percent")


def _percent_right(pen: Pen) -> Value:
    pen.work("good", " + ".join(pen.know_each("good", pen.rows["right"])), "the number of right answers")
    pen.work("all", " + ".join(pen.know_each("all", pen.rows["totals"])), "the number of questions")
    return pen.work("percent", "good * 100 / all", "the share in percent", "{good} of {all} is {eq} percent")


def _paid(pen: Pen) -> Value:
    due = pen.work(
        "due", "count * price", "the price without any discount", "{count} at {price:$} each cost {eq} dollars"
    )
    for name, says in DISCOUNTS.items():
        if name in pen.known:
            due = pen.work("due", f"due * (100 - {name}) / 100", f"the price with {{{name}}}% off", says)
    if "voucher" in pen.known:
        due = pen.work(
            "due", "due - voucher", "the price with the voucher", "the voucher brings it down to {eq} dollars"
        )
    if "tax" in pen.known:
        due = pen.work(
            "due", "due * (100 + tax) / 100", "the price with tax", "with {tax}% tax it comes to {eq} dollars"
        )
    return due


DISCOUNTS = {
    "off": "{off}% off {due:$} leaves {eq} dollars",
    "more": "another {more}% off brings it down to {eq} dollars",
}

FAMILY = family_of(
    "percentage",
    (
        "Find a part, a change, an amount before it changed, or a price with discount and tax, all by "
        "percentages; with difficulty more of them follow one another, from larger amounts."
    ),
    Kind(
        "parts",
        draw=_parts,
        asks=(
            "{a} counts {whole} {item:s}: {told}. How many {item:s} are in the group named last?",
            (
                "There are {whole} {item:s} in a warehouse in {place}: {told}. {a} wants to know how many "
                "{item:s} belong to the group named last. How many do?"
            ),
            (
                "A store that {a} works for has {whole} {item:s}: {told}. Find the number of {item:s} in the "
                "group named last."
            ),
        ),
        solve=_last_part,
        goal="the number in the last group",
        words={"item": GOODS, "place": TOWNS},
    ),
    Kind(
        "after",
        draw=_after,
        asks=(
            (
                "The {holder} in {place} had {first} members when {a} joined. Since then this number {told}. "
                "How many members are there now?"
            ),
            (
                "{a} looks up how many members the {holder} in {place} had over the years. At first there "
                "were {first}; the number {told}. How many were there in the end?"
            ),
        ),
        solve=lambda pen: _changed(pen, pen["first"]),
        goal="the number of members at the end",
        words={"holder": HOLDERS, "place": TOWNS},
    ),
    Kind(
        "before",
        draw=_before,
        asks=(
            (
                "The number of members of the {holder} in {place} {told}. Now it is {last}, as {a} reads. "
                "What was it before?"
            ),
            (
                "{a} knows that the {holder} in {place} has {last} members now, and that this number {told} "
                "to get there. How many members were there before that?"
            ),
        ),
        solve=_unchanged,
        goal="the number of members before",
        words={"holder": HOLDERS, "place": TOWNS},
    ),
    Kind(
        "change",
        draw=_change,
        asks=(
            (
                "The number of members of the {holder} in {place} went from {first} to {last}. {a} wants to "
                "know by what percent. How large is the {way} in percent?"
            ),
            (
                "{a} reads that the {holder} in {place} had {first} members last year and has {last} this "
                "year. What is the percent {way}?"
            ),
        ),
        solve=_change_in_percent,
        goal="the {way} in percent",
        words={"holder": HOLDERS, "place": TOWNS},
        levels=(1, 2),
    ),
    Kind(
        "overall",
        draw=_overall,
        asks=(
            (
                "In one year, the value of {a}'s {item} {told}. By how many percent is it worth {way} at the "
                "end than at the beginning?"
            ),
            (
                "The price of {item:a} that {a} has an eye on {told}. All in all, how many percent {way} "
                "does it cost now?"
            ),
        ),
        solve=_overall_percent,
        goal="the overall change in percent",
        answer_type="number",
        words={"item": GIFTS},
        levels=(2, 3, 4, 5),
    ),
    Kind(
        "score",
        draw=_score,
        asks=(
            (
                "{a} got {right} questions right in tests of {totals} questions, in this order. What percent "
                "of all the questions is that?"
            ),
            (
                "In quizzes with {totals} questions, {a} answered {right} of them correctly, respectively, "
                "and {b} fewer. What percent of all the questions did {a} answer correctly?"
            ),
        ),
        solve=_percent_right,
        goal="the share of right answers in percent",
        levels=(2, 3),
    ),
    Kind(
        "sale",
        draw=partial(_purchase, ("count", "price", "off")),
        asks=(
            (
                "{a} buys {count} {item:s}, each with a list price of {price:$}, at a discount of {off}%. "
                "How many dollars does {a.he} pay?"
            ),
            (
                "A shop in {place} takes {off}% off the price of {price:$} for {item:a}. How many dollars do "
                "{count} {item:s} cost {a} there?"
            ),
        ),
        solve=_paid,
        goal="the price in dollars",
        words={"item": GIFTS, "place": TOWNS},
        levels=(1,),
    ),
    Kind(
        "sale_with_tax",
        draw=partial(_purchase, ("count", "price", "off", "tax")),
        asks=(
            (
                "{a} buys {count} {item:s} at a list price of {price:$} each. There is a discount of {off}%, "
                "and then a tax of {tax}% is added. How many dollars does {a.he} pay?"
            ),
            (
                "A shop in {place} takes {off}% off the price of {price:$} for {item:a} and adds a tax of "
                "{tax}% to what remains. How many dollars do {count} {item:s} cost {a} there?"
            ),
        ),
        solve=_paid,
        goal="the final price in dollars",
        words={"item": GIFTS, "place": TOWNS},
        levels=(2, 3),
    ),
    Kind(
        "sale_with_all",
        draw=partial(_purchase, ("count", "price", "off", "more", "voucher", "tax")),
        asks=(
            (
                "{a} buys {count} {item:s} at a list price of {price:$} each. There is a discount of {off}%, "
                "and members like {a} get another {more}% off the reduced price. Then a voucher takes off "
                "{voucher:$}, and at last a tax of {tax}% is added. How many dollars does {a.he} pay?"
            ),
            (
                "In {place}, {a} wants {count} {item:s}, which are {price:$} each. The shop takes {off}% off "
                "the bill, then {more}% off what remains, then {voucher:$} for a voucher, and adds a tax of "
                "{tax}% to the rest. How many dollars is the bill in the end?"
            ),
        ),
        solve=_paid,
        goal="the final price in dollars",
        words={"item": GIFTS, "place": TOWNS},
        levels=(4, 5),
    ),
)
