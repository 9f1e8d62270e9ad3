"""Checks `word_problem`: states the relations of each scenario a second time, and reads the text for its numbers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

from curate.families.base import Solution
from curate.families.word_problem import Puzzle
from tests.families.equalities import equalities, false_equalities

NUMBER = re.compile(r"\d+(?:/\d+)?")
EQUATION = re.compile(r"(?<![\w/])([-(\d][\d\s()+*/-]*) = (-?\d+(?:/\d+)?)")
CONSTANTS = frozenset(map(Fraction, (1, 2, 3, 100)))
"""Numbers of method that no text tells: one more, half, a third, per cent."""

AGES = range(1, 200)


class Told:
    """The numbers of a puzzle as attributes."""

    def __init__(self, puzzle: Puzzle) -> None:
        self._numbers = {name: Fraction(value) for name, value in puzzle.givens}

    def __getattr__(self, name: str) -> Fraction:
        """Return a number; 1 stands for one that the puzzle does not reach, whose results are not looked at."""
        return self._numbers.get(name, Fraction(1))


Relations: TypeAlias = Callable[[Told], Iterable[Fraction]]
"""From the numbers to the results asked for at each part, in the order of the parts."""


def only(values: Iterable[int]) -> Fraction:
    """Return the one value that a search finds."""
    (found,) = values
    return Fraction(found)


def less(share: Fraction) -> Fraction:
    """Return what is left of 1 after taking away so many percent."""
    return 1 - share / 100


def _basket(t: Told) -> Iterable[Fraction]:
    bill = sum([t.price] * int(t.count), t.extra)
    taxed = (bill - t.coupon) + (bill - t.coupon) * t.tax / 100
    return bill, bill - t.coupon, taxed, taxed / t.heads


def _tickets(t: Told) -> Iterable[Fraction]:
    each = only(p for p in range(1, 2000) if p * t.count + t.fee == t.total)
    group = sum([each + t.more] * int(t.group), Fraction(0))
    return each, each + t.more, group, less(t.off) * group


def _packs(t: Told) -> Iterable[Fraction]:
    number = only(n for n in range(1, 1000) if n * t.size == t.need)
    saved = t.need * t.single - number * t.price
    return number * t.price, saved, saved - t.ship, (saved - t.ship) * t.share / 100


def _sale(t: Told) -> Iterable[Fraction]:
    price = t.price * less(t.off)
    charge = price * t.count + t.ship
    return price, price * t.count, charge, charge * (1 - t.num / t.den)


def _lessons(t: Told) -> Iterable[Fraction]:
    earned = t.weeks * t.jobs * t.fee
    left = earned + t.saved - t.cost
    return earned, earned + t.saved, left, left / t.den * t.num


def _overtime(t: Told) -> Iterable[Fraction]:
    extra = t.over * t.rate + t.over * t.bonus
    gross = (t.hours + t.over) * t.rate + t.over * t.bonus
    return extra, gross, gross * less(t.tax), gross * less(t.tax) - t.spent


def _stall(t: Told) -> Iterable[Fraction]:
    profit = t.boxes * (t.per * t.sell - t.buy)
    return t.boxes * t.per * t.sell, profit, profit - t.rent, (profit - t.rent) * t.share / 100


def _plan(t: Told) -> Iterable[Fraction]:
    month = t.fee + t.per * t.count
    gain = month * t.months - t.flat
    return month, month * t.months, gain, gain * t.num / t.den


def _trip(t: Told) -> Iterable[Fraction]:
    left = t.dist - t.speed * t.time
    arrival = t.time + t.pause + left / t.later
    return left, left / t.later, arrival, t.dist / arrival


def _meeting(t: Told) -> Iterable[Fraction]:
    time = only(h for h in range(1, 100) if t.first * h == t.dist - t.second * h)
    return time, t.first * time, t.second * time, t.second * time / t.slow


def _chase(t: Told) -> Iterable[Fraction]:
    time = only(h for h in range(1, 100) if t.fast * h == t.ahead + t.slow * h)
    tour = t.ahead + t.slow * time + t.joint
    return time, t.fast * time, tour, tour / (t.num / t.den)


def _fuel(t: Told) -> Iterable[Fraction]:
    cost = t.dist * t.price / t.per
    share = (cost + t.toll) / t.heads
    return cost, cost + t.toll, share, share / (t.num / t.den)


def _machines(t: Told) -> Iterable[Fraction]:
    made = t.first * t.time + t.second * t.time
    rest = (t.order - made) / t.second
    return made, t.order - made, rest, rest + t.time + t.pause


def _tank(t: Told) -> Iterable[Fraction]:
    gained = t.inflow * t.time - t.leak_rate * t.time
    room = t.full - t.start - gained
    return gained, gained + t.start, room, room / (t.inflow + t.boost)


def _book(t: Told) -> Iterable[Fraction]:
    left = t.pages - t.pace * t.days
    pace = left / t.more
    return left, pace, pace - t.pace, (pace / t.pace - 1) * 100


def _crew(t: Told) -> Iterable[Fraction]:
    food = t.crew * t.days * t.meals
    return t.days / (t.other / t.crew), food, food + t.tools, (food + t.tools) * less(t.share)


def _age_chain(t: Told) -> Iterable[Fraction]:
    old = t.gap + t.times * t.young
    both = old + t.young + 2 * t.later
    return old, old + t.later, both, old + t.young + t.later


def _age_sum(t: Told) -> Iterable[Fraction]:
    young = only(y for y in AGES if y + (y + t.gap) == t.sum)
    future = t.sum - young + t.later
    return young, t.sum - young, future, future / t.den * t.num


def _age_multiple(t: Told) -> Iterable[Fraction]:
    young = only(y for y in AGES if y + t.times * y == t.sum)
    past = t.sum - young - t.ago
    return young, t.sum - young, past, past / t.den * t.num


def _age_later(t: Told) -> Iterable[Fraction]:
    young = only(y for y in AGES if y + t.gap + t.later == t.times * (y + t.later))
    old = young + t.gap
    return young, old, old - t.less, (young + 2 * old - t.less) / 3


def _births(t: Told) -> Iterable[Fraction]:
    born = t.year + t.first + t.second
    ages = t.now - t.year, t.now - t.year - t.first, t.now - born
    return born, ages[2], ages[0] + ages[2], sum(ages, Fraction(0)) / 3


def _club(t: Told) -> Iterable[Fraction]:
    with_a = t.members * t.mean + t.joins
    average = t.mean + (t.joins - t.leaves) / t.members
    return with_a, with_a - t.leaves, average, average / (t.num / t.den)


def _age_past(t: Told) -> Iterable[Fraction]:
    then = only(a for a in range(1, 1000) if a == t.times * (t.now - t.ago))
    third = (then + t.ago) / t.den * t.num
    return then, then + t.ago, third, t.now + third + 2 * t.later


def _pure(t: Told) -> Iterable[Fraction]:
    stuff = t.base - t.base * less(t.strength) + t.add
    share = stuff / (t.base + t.add)
    return stuff, share * 100, share * t.sample, 100 * share * t.sample / (t.sample + t.water)


def _dilute(t: Told) -> Iterable[Fraction]:
    volume = t.base * t.strength / t.target
    water = t.base * (t.strength / t.target - 1)
    return volume, water, water * t.times, water * t.times / t.can


def _join(t: Told) -> Iterable[Fraction]:
    stuff = (t.one * t.weak + t.two * t.strong) / 100
    share = stuff / (t.one + t.two)
    return stuff, share * 100, share * t.glass


def _reach(t: Told) -> Iterable[Fraction]:
    strong = t.volume * (t.target - t.weak) / (t.strong - t.weak)
    return strong, t.volume - strong


def _drain(t: Told) -> Iterable[Fraction]:
    share = t.strength / 100 * (1 - t.out / t.full)
    return share * t.full, share * 100, share * t.jug


def _blend(t: Told) -> Iterable[Fraction]:
    cost = t.one * t.low + t.two * t.high
    each = cost / (t.one + t.two)
    return cost, each, each + each * t.gain / 100


def _parts(t: Told) -> Iterable[Fraction]:
    water = t.volume * t.water_parts / (t.syrup_parts + t.water_parts)
    return t.volume - water, water, water + t.more, 100 - 100 * (t.volume - water) / (t.volume + t.more)


def _nuts(t: Told) -> Iterable[Fraction]:
    rest = t.weight * (1 - t.num / t.den)
    fruit = rest / t.kinds
    return rest, fruit, fruit + t.add, 100 * (fruit + t.add) / (t.weight + t.add)


def _dough(t: Told) -> Iterable[Fraction]:
    flour = t.flour * (t.guests / t.serves)
    kept = (flour + t.add) * less(t.loss)
    return flour, flour + t.add, kept, kept / t.pieces


RELATIONS: dict[str, Relations] = {
    relations.__name__[1:]: relations
    for relations in (
        *(_basket, _tickets, _packs, _sale, _lessons, _overtime, _stall, _plan),
        *(_trip, _meeting, _chase, _fuel, _machines, _tank, _book, _crew),
        *(_age_chain, _age_sum, _age_multiple, _age_later, _births, _club, _age_past),
        *(_pure, _dilute, _join, _reach, _drain, _blend, _parts, _nuts, _dough),
    )
}


def recompute(puzzle: Puzzle, text: str) -> str:
    """Return the reference from the relations of the scenario; the text must tell the numbers that it rests on."""
    if missing := missing_numbers(puzzle, text):
        raise AssertionError(f"numbers {missing} do not stand in {text!r}")
    results = tuple(RELATIONS[puzzle.scenario](Told(puzzle)))
    return str(results[len(results) + min(puzzle.difficulty, 4) - 5])


def missing_numbers(puzzle: Puzzle, text: str) -> list[int]:
    """Return the numbers of the puzzle, that of the aside included, that the text does not tell."""
    told = Counter(int(digits) for digits in re.findall(r"\d+", text))
    needed = Counter(value for _, value in puzzle.givens)
    needed.update([puzzle.noise] if puzzle.aside is not None else [])
    return [value for value, count in needed.items() if told[value] < count]


def faults(puzzle: Puzzle, text: str, solution: Solution) -> list[str]:
    """Return what is wrong in the steps: untrue equalities, numbers from nowhere, an answer that no step found."""
    prose = "\n".join(solution.steps)
    known = CONSTANTS | told_numbers(puzzle)
    found = [f"untrue: {equality}" for equality in false_equalities(prose)]
    if equalities(prose) < 1 + puzzle.difficulty - (puzzle.difficulty == 5):
        found.append("too few equalities")
    for left, right in EQUATION.findall(prose):
        strange = [digits for digits in NUMBER.findall(left) if Fraction(digits) not in known]
        found += [f"{digits} comes from nowhere in {left} = {right}" for digits in strange]
        known |= {abs(Fraction(right)), Fraction(right)}
    results = [right for _, right in EQUATION.findall(prose)]
    if not results or results[-1] != solution.answer:
        found.append(f"the answer {solution.answer} is not what the last step found")
    if (
        solution.answer not in NUMBER.findall(solution.steps[-1])
        and solution.answer.lstrip("-") not in solution.steps[-1]
    ):
        found.append("the last step does not state the answer")
    return found


def told_numbers(puzzle: Puzzle) -> set[Fraction]:
    """Return the givens, and the fraction that two of them may make up."""
    givens = {name: Fraction(value) for name, value in puzzle.givens}
    share = {givens["num"] / givens["den"]} if "num" in givens else set()
    return {*givens.values(), *share}


def BOUNDS(puzzle: Puzzle) -> float:  # noqa: N802 - the contract's name
    """Return the number of parts and facts to handle, and beyond that the length of the numbers."""
    digits = sum(len(str(value)) for _, value in puzzle.givens)
    return 10.0 * min(puzzle.difficulty, 4) + digits + 5 * (puzzle.aside is not None)
