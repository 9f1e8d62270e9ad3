"""Sets: unions, intersections and differences of sets given by rules, and how many are in which of overlapping groups.

A holds the numbers 3n + 2 for n from 1 to 4, and B = {5, 9, 11}. What is the intersection of A and B?

For n = 1, 3 * 1 + 2 = 5.  ...
So A is {5, 8, 11, 14}. Of these, 5 and 11 are in B.                            answer: {5, 11}
"""

import random
from collections.abc import Callable
from functools import partial
from operator import and_, or_, sub

from curate.families.base import number
from curate.families.tasks import Givens, Kind, Pen, family_of
from curate.families.word_scenarios.formula import Value
from curate.families.word_scenarios.lists import TOWNS

SIZES = {1: 4, 2: 5, 3: 7, 4: 8, 5: 10}
"""Difficulty to how many numbers the rule of the first set makes."""
OPERATIONS: dict[str, Callable[[set[Value], set[Value]], set[Value]]] = {
    "union": or_,
    "intersection": and_,
    "difference": sub,
}
HOBBIES = ("chess", "tennis", "painting", "singing", "cooking", "sailing", "hiking", "drawing", "dancing", "swimming")


def _rule(rng: random.Random, difficulty: int) -> tuple[dict[str, int], list[int]]:
    """Draw a rule, and return it with the numbers that it makes."""
    count, times, more = SIZES[difficulty], rng.randint(2, 5 + difficulty), rng.randint(1, 9)
    return {"times": times, "more": more, "last": count}, [times * n + more for n in range(1, count + 1)]


def _overlapping(rng: random.Random, made: list[int]) -> tuple[int, ...]:
    half = max(2, len(made) // 2)
    return tuple(sorted({*rng.sample(made, half), *rng.sample(range(1, made[-1] + 10), half)}))


def _two(operation: str, rng: random.Random, difficulty: int) -> Givens | None:
    """Draw a rule, and a set that overlaps with what the rule makes."""
    rule, made = _rule(rng, difficulty)
    listed = _overlapping(rng, made)
    fits = len(OPERATIONS[operation](set(made), set(listed))) > 1
    return {**rule, "listed": listed} if fits else None


def _three(rng: random.Random, difficulty: int) -> Givens:
    rule, made = _rule(rng, difficulty)
    return {**rule, "listed": _overlapping(rng, made), "third": _overlapping(rng, made)}


def _listed(numbers: set[Value]) -> str:
    return "{" + ", ".join(map(number, sorted(numbers))) + "}"


def _first_set(pen: Pen) -> set[Value]:
    """Work out the numbers of the rule, one by one."""
    made = {
        pen.work("made", "times * n + more", f"number {n} of A", "for n = {n} we get {eq}", n=n)
        for n in range(1, int(pen["last"]) + 1)
    }
    pen.know(members=_listed(made))
    pen.say("so A is {members}", "that makes A the set {members}", "altogether, A is {members}")
    return made


def _combined(operation: str, pen: Pen) -> str:
    made, listed = _first_set(pen), set[Value](pen.rows["listed"])
    pen.know(both=_listed(made & listed))
    pen.say("the numbers in both A and B are {both}", "A and B share {both}", "what A has in common with B is {both}")
    return _listed(OPERATIONS[operation](made, listed))


def _without_third(pen: Pen) -> str:
    made, listed, third = _first_set(pen), set[Value](pen.rows["listed"]), set[Value](pen.rows["third"])
    pen.know(union=_listed(made | listed), dropped=_listed((made | listed) & third))
    pen.say("the union of A and B is {union}", "in A or in B are {union}", "put A and B together: {union}")
    pen.say("of these, C holds {dropped}", "what C has of them is {dropped}", "those that are in C, too, are {dropped}")
    return _listed((made | listed) - third)


def _groups(rng: random.Random, difficulty: int) -> Givens:
    both, only_one, only_other, none = (rng.randint(2, 30 * difficulty) for _ in range(4))
    total = both + only_one + only_other + none
    one, other = rng.sample(HOBBIES, 2)
    return {"total": total, "one": only_one + both, "other": only_other + both, "both": both, "x": one, "y": other}


def _neither(pen: Pen) -> Value:
    pen.work("sum", "one + other", "the sum of the two groups", "those who like {x} and those who like {y}: {eq}")
    pen.work("some", "sum - both", "the number who like at least one", "{both} were counted twice: {eq}")
    return pen.work("none", "total - some", "the number who like neither", "the rest is {eq}")


def _exactly_one(pen: Pen) -> Value:
    pen.work("only_one", "one - both", "the number who like {x} alone", "of those who like {x}, {eq} like only that")
    pen.work(
        "only_other", "other - both", "the number who like {y} alone", "of those who like {y}, {eq} like only that"
    )
    return pen.work("exactly", "only_one + only_other", "the number who like exactly one", "together these are {eq}")


def _three_groups(rng: random.Random, difficulty: int) -> Givens:
    names = ("a", "b", "c", "ab", "ac", "bc", "abc", "none")
    count = {name: rng.randint(2, 8 * difficulty) for name in names}
    holding = {
        part: sum(n for name, n in count.items() if name != "none" and set(part) <= set(name)) for part in names[:7]
    }
    one, other, third = rng.sample(HOBBIES, 3)
    words = {"x": one, "y": other, "z": third}
    numbers = dict(zip(("one", "other", "third", "xy", "xz", "yz", "all"), holding.values(), strict=True))
    return {**words, **numbers, "total": sum(count.values())}


def _none_of_three(pen: Pen) -> Value:
    pen.work("sum", "one + other + third", "the sum of the three groups", "add the three groups: {eq}")
    pen.work("pairs", "xy + xz + yz", "the sum of those who like two", "add those who like two of them: {eq}")
    pen.work("less", "sum - pairs", "the sum without the pairs", "take away the pairs, which were counted twice: {eq}")
    pen.work(
        "some",
        "less + all",
        "the number who like at least one",
        "who likes all three was taken away too often, so add {all}: {eq}",
    )
    return pen.work("none", "total - some", "the number who like none", "the rest is {eq}")


def _sets(operation: str, question: tuple[str, ...]) -> Kind:
    told = "A is the set of the numbers {times}n + {more} for n from 1 to {last}, and B is the set of {listed}."
    return Kind(
        operation,
        draw=partial(_two, operation),
        asks=tuple(
            f"{{a}} and {{b}} look at two sets. {told} {asked} Write it like {{{{1, 2}}}}." for asked in question
        ),
        solve=partial(_combined, operation),
        goal=f"the {operation}",
        answer_type="set",
        levels=(1, 2, 3),
    )


FAMILY = family_of(
    "set_operations",
    (
        "Find the union, the intersection or the difference of sets, or how many are in which of overlapping "
        "groups; with difficulty the sets get larger and a third one joins."
    ),
    _sets("union", ("What is the union of A and B?", "Which numbers are in A or in B or in both?")),
    _sets("intersection", ("What is the intersection of A and B?", "Which numbers are in A as well as in B?")),
    _sets(
        "difference",
        ("Which numbers are in A but not in B?", "What remains of A when all members of B are taken away?"),
    ),
    Kind(
        "without_third",
        draw=_three,
        asks=(
            (
                "{a} writes down three sets for {b}. A holds the numbers {times}n + {more} for n from 1 to "
                "{last}, B holds {listed}, and C holds {third}. Which numbers are in A or in B, but not in C? "
                "Write the set like {{1, 2}}."
            ),
            (
                "Let A be the set of the numbers {times}n + {more} with n from 1 to {last}, B the set of "
                "{listed}, and C the set of {third}. {a} unites A and B and takes away what is in C. Which set "
                "is left? Write it like {{1, 2}}."
            ),
        ),
        solve=_without_third,
        goal="the set that is left",
        answer_type="set",
        levels=(4, 5),
    ),
    Kind(
        "neither",
        draw=_groups,
        asks=(
            (
                "Of {total} people in {place} whom {a} asked, {one} like {x} and {other} like {y}; {both} of "
                "them like both. How many like neither?"
            ),
            (
                "In a school in {place}, {one} of the {total} pupils take lessons in {x}, {other} in {y}, and "
                "{both} in both. {a} counts those who take neither. How many are there?"
            ),
        ),
        solve=_neither,
        goal="the number who like neither",
        words={"place": TOWNS},
        levels=(1, 2, 3),
    ),
    Kind(
        "exactly_one",
        draw=_groups,
        asks=(
            (
                "Of {total} people in {place} whom {a} asked, {one} like {x} and {other} like {y}; {both} of "
                "them like both. How many like exactly one of the two?"
            ),
            (
                "In a school in {place}, {one} of the {total} pupils take lessons in {x}, {other} in {y}, and "
                "{both} in both. {a} counts those who take exactly one of the two. How many are there?"
            ),
        ),
        solve=_exactly_one,
        goal="the number who like exactly one",
        words={"place": TOWNS},
        levels=(1, 2, 3),
    ),
    Kind(
        "none_of_three",
        draw=_three_groups,
        asks=(
            (
                "{a} asked {total} people in {place}. {one} of them like {x}, {other} like {y} and {third} like "
                "{z}. {xy} like both {x} and {y}, {xz} both {x} and {z}, {yz} both {y} and {z}, and {all} like "
                "all three. How many like none of the three?"
            ),
            (
                "A club in {place} has {total} members. {one} do {x}, {other} do {y}, {third} do {z}; {xy} of "
                "them do {x} and {y}, {xz} do {x} and {z}, {yz} do {y} and {z}, and {all} do all of it. How many "
                "members, {a} among them, do none of it?"
            ),
        ),
        solve=_none_of_three,
        goal="the number who like none",
        words={"place": TOWNS},
        levels=(4, 5),
    ),
)
