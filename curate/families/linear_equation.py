"""Linear equations in one unknown.

    Solve for x: 4(2x - 3) + 5 = 3x + 13.

    Expand the parentheses: 4(2x - 3) = 8x - 12. The equation becomes 8x - 12 + 5 = 3x + 13.
    Combine like terms on the left: -12 + 5 = -7, so 8x - 7 = 3x + 13.
    Subtract 3x from both sides: 8x - 3x = 5x, which gives 5x - 7 = 13.
    Add 7 to both sides: 13 + 7 = 20, so 5x = 20.
    Divide both sides by 5: x = 20 / 5 = 4.

A side is a row of terms, and every term is a factor times (a multiple of the unknown plus a constant): 7 is 7(0x + 1),
5x is 5(1x + 0). Working an equation out is rewriting its rows until one side is the unknown.
"""

import random
from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

import msgspec

from curate.families.base import Family, Hand, Solution, number
from curate.families.logic_words import listed

UNKNOWNS = "xyztnmkpqrsuvwhdcbg"
NAMES = ("Amara", "Ben", "Clara", "Deniz", "Emil", "Fatima", "Gita", "Hugo", "Ivo", "Jun", "Karin", "Luis")
TASKS = (
    "Solve for {x}: {}.",
    "Solve {} for {x}.",
    "What value of {x} makes {} true?",
    "If {}, what is {x}?",
    "Determine {x} from the equation {}.",
    "Find the value of {x} that satisfies {}.",
    "Given that {}, what is the value of {x}?",
    "For which number {x} does {} hold?",
    "The number {x} satisfies {}. Find {x}.",
    "The equation {} has exactly one solution. What is it?",
    "Which number {x} solves the equation {}?",
    "{name} has to solve {} for {x}. What is the correct value of {x}?",
    "{name} writes down the equation {}. What is {x}?",
)
FORMS = (
    " Give an integer or a fraction in lowest terms.",
    " If it is not an integer, write it as a fraction in lowest terms.",
    " Express the answer exactly, as an integer or a fraction in lowest terms.",
)
CLEAR = (
    "Multiply both sides by {by} to clear the {noun}: ",
    "Clear the {noun} by multiplying every term by {by}: ",
    "To get rid of the {noun}, multiply both sides by {by}: ",
)
EARLY = ("Divide both sides by {by} first: ", "Both sides can be divided by {by}: ", "Begin by dividing by {by}: ")
EXPAND = ("Expand: ", "Multiply out: ", "Distribute: ", "Remove the parentheses: ", "Multiplying out gives ")
COMBINE = ("Combine like terms on the {side}: ", "On the {side} side, ", "Simplify the {side} side: ")
MOVE = ("{Action} both sides: ", "We {action} both sides: ", "Let us {action} both sides: ")
MOVE_ON = (*MOVE, "Now {action} both sides: ", "Next, {action} both sides: ", "Then {action} both sides: ")
DIVIDE = ("Divide both sides by {by}: ", "Finally, divide by {by}: ", "Division by {by} gives ", "Divide by {by}: ")
THEN = (", so ", ", which gives ", ", and therefore ", ". Hence ", ". This leaves ", ". We now have ")
CHECK = ("Check with {x} = {value}: ", "To check, put in {x} = {value}: ", "Indeed, for {x} = {value} we have ")
CLOSE = ("", "", " The solution is {x} = {value}.", " The answer is {value}.", " So the answer is {value}.")


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One term of a side: numerator/denominator * (x * unknown + constant)."""

    numerator: int
    """Numerator of the factor, not zero."""
    denominator: int = 1
    """Denominator of the factor, in lowest terms."""
    x: int
    """How often the unknown is taken; 0 with constant 1 for a plain number."""
    constant: int
    """The number added to it; 0 with x 1 for a plain multiple of the unknown."""


class Equation(msgspec.Struct, frozen=True, kw_only=True):
    """An equation with exactly one solution, which is not 0 and makes no parentheses 0, so that no slip is lost."""

    left: tuple[Term, ...]
    """The terms of the left side."""
    right: tuple[Term, ...]
    """The terms of the right side."""
    unknown: str
    """The letter to solve for."""


class Level(NamedTuple):
    """What one difficulty allows."""

    shapes: tuple[str, ...]
    """Sides as rows of kinds of terms, see `_term`; terms and sides are shuffled when drawn."""
    size: int
    """Bound of a coefficient."""
    constant: int
    """Bound of a constant that is drawn; the one that balances the equation may be three times as large."""
    answer: int
    """Bound of the solution's numerator; next comes that of its denominator."""
    denominator: int
    negative: bool


LEVELS = {
    1: Level(("v c = c",), 15, 80, 30, 1, negative=False),
    2: Level(("g = c", "g c = c", "v v c = c", "g v = c"), 9, 50, 20, 1, negative=True),
    3: Level(("v c = v c", "g c = v c", "g v = v c", "g v c = v"), 9, 50, 20, 1, negative=True),
    4: Level(("f c = v c", "f c = f c", "h c = v c", "g v c = g c", "w c = v"), 9, 30, 40, 9, negative=True),
    5: Level(("h v c = w c", "w g c = f c", "h c = h f", "h g = w c", "w f c = h v c"), 9, 30, 60, 12, negative=True),
}


DENOMINATORS = (2, 3, 4, 5, 6)
SCALE = lcm(*DENOMINATORS)


class Part(NamedTuple):
    """A term while it is worked on: only its factor ever changes."""

    factor: Fraction
    x: int
    constant: int

    @property
    def grouped(self) -> bool:
        """Whether it stands in parentheses."""
        return self.x != 0 and self.constant != 0

    def bared(self) -> list["Part"]:
        """Return it without its parentheses, if nothing stands before them."""
        return self.opened(self.x, self.constant) if self.grouped and self.factor == 1 else [self]

    def opened(self, x: Fraction | int, constant: Fraction | int) -> list["Part"]:
        """Return what comes of it when its parentheses are removed: a multiple of the unknown and a number."""
        return [part for part in (Part(Fraction(x), 1, 0), Part(Fraction(constant), 0, 1)) if part.factor]


def make(rng: random.Random, difficulty: int) -> Equation:
    """Draw terms until the solution is a number that a person would set."""
    while not _suits(equation := _drawn(rng, LEVELS[difficulty]), LEVELS[difficulty]):
        pass
    return equation


def ask(puzzle: Equation, rng: random.Random) -> str:
    """Write the equation into a task; where fractions may come up, say in which form the answer is wanted."""
    sides = _parts(puzzle.left), _parts(puzzle.right)
    equation = " = ".join(_side(side, puzzle.unknown) for side in sides)
    task = rng.choice(TASKS).format(equation, x=puzzle.unknown, name=rng.choice(NAMES))
    numbers = [_solution(puzzle), *(part.factor for side in sides for part in side)]
    return task + rng.choice(FORMS) if any(one and one.denominator > 1 for one in numbers) else task


def solve(puzzle: Equation, hand: Hand) -> Solution:
    """Clear fractions, expand, combine, gather the unknown on one side, divide; each only where there is need."""
    work = Work(puzzle, hand)
    for rewrite in (work.clear, work.divide_early, work.expand, work.combine, work.gather):
        rewrite()
    answer = work.finish()
    return Solution(steps=tuple(work.steps), answer=answer)


def _term(rng: random.Random, level: Level, kind: str) -> Term:
    """Draw a term: c 7, v 5x, f (2/3)x, g 4(2x - 3), w (2/3)(2x - 3), h (2x - 3)/4."""
    if kind == "c":
        return Term(numerator=rng.choice((1, -1)) * rng.randint(1, level.constant), x=0, constant=1)
    x, constant, denominator = 1, 0, rng.choice(DENOMINATORS) if kind in "fwh" else 1
    if kind in "gwh":
        x = rng.choice((1, 1, 1, -1)) * rng.randint(1, 7)
        constant = rng.choice([n for n in range(-12 if x > 0 else 1, 13) if n and gcd(n, x) == 1])
    sign = rng.choice((1, 1, -1)) if level.negative else 1
    least, most = (1, 1) if kind == "h" else (1 + (denominator == 1), level.size)
    numerator = sign * rng.choice([n for n in range(least, most + 1) if gcd(n, denominator) == 1])
    return Term(numerator=numerator, denominator=denominator, x=x, constant=constant)


def _drawn(rng: random.Random, level: Level) -> Equation:
    sides = [
        [_term(rng, level, kind) for kind in rng.sample(row, len(row))]
        for row in (side.split() for side in rng.sample(rng.choice(level.shapes).split(" = "), 2))
    ]
    if level.denominator == 1 or rng.choice((True, False)):
        _balance(sides, level, rng)
    return Equation(left=tuple(sides[0]), right=tuple(sides[1]), unknown=rng.choice(UNKNOWNS))


def _balance(sides: list[list[Term]], level: Level, rng: random.Random) -> None:
    """Change one constant so that the solution becomes an integer, where an integer constant can do that."""
    at_0, at_1 = (_excess(sides, x) for x in (0, 1))
    answers = range(-level.answer if level.negative else 1, level.answer + 1)
    fit = [answer for answer in answers if (at_0 + (at_1 - at_0) * answer) % SCALE == 0]
    places = [(side, at) for side in sides for at, term in enumerate(side) if term.x == 0]
    if fit and places:
        side, at = places[-1]
        missing = _excess(sides, rng.choice(fit)) // SCALE * (1 if side is sides[1] else -1)
        side[at] = msgspec.structs.replace(side[at], numerator=side[at].numerator + missing)


def _suits(equation: Equation, level: Level) -> bool:
    answer, terms = _solution(equation), equation.left + equation.right
    return (
        answer is not None
        and 0 < abs(answer.numerator) <= level.answer
        and answer.denominator <= level.denominator
        and all(term.x * answer.numerator + term.constant * answer.denominator for term in terms)
        and all(term.x or 0 < abs(term.numerator) <= 3 * level.constant for term in terms)
        and (level.negative or (equation.left[0].numerator > 0 and equation.right[0].numerator > 0))
    )


def _solution(equation: Equation) -> Fraction | None:
    """Return the solution, from the difference of the sides at 0 and at 1; None if that is the same."""
    at_0, at_1 = (_excess((equation.left, equation.right), x) for x in (0, 1))
    return Fraction(at_0, at_0 - at_1) if at_0 != at_1 else None


def _excess(sides: Sequence[Sequence[Term]], x: int) -> int:
    """Return SCALE times the amount by which the left side is greater than the right one."""
    left, right = (
        sum(SCALE // term.denominator * term.numerator * (term.x * x + term.constant) for term in side)
        for side in sides
    )
    return left - right


def _parts(terms: Sequence[Term]) -> list[Part]:
    return [Part(Fraction(term.numerator, term.denominator), term.x, term.constant) for term in terms]


def _side(parts: Sequence[Part], unknown: str) -> str:
    text = ""
    for part in parts:
        minus = part.factor.numerator < 0
        sign = (" - " if minus else " + ") if text else ("-" if minus else "")
        text += sign + _unsigned(part, unknown)
    return text or "0"


def _unsigned(part: Part, unknown: str) -> str:
    top, bottom, inside = abs(part.factor.numerator), part.factor.denominator, unknown
    if part.x == 0:
        return f"{top}/{bottom}" if bottom > 1 else str(top)
    if part.grouped:
        row = part.opened(part.x, part.constant)
        inside = f"({_side(row[::-1] if part.x < 0 < part.constant else row, unknown)})"
    if bottom == 1:
        return inside if top == 1 else f"{top}{inside}"
    return f"{inside}/{bottom}" if top == 1 else f"({top}/{bottom}){inside}"


def _operand(value: Fraction, *, leads: bool = False) -> str:
    return number(value) if value.denominator == 1 and (leads or value >= 0) else f"({value})"


def _listed(items: Sequence[str]) -> str:
    return listed(list(dict.fromkeys(items)))


class Work:
    """A sheet of paper with an equation on it, rewritten step by step."""

    def __init__(self, puzzle: Equation, hand: Hand) -> None:
        self.sides = [_parts(puzzle.left), _parts(puzzle.right)]
        self.unknown = puzzle.unknown
        self.puzzle = puzzle
        self.hand = hand
        self.steps: list[str] = []

    def __str__(self) -> str:
        return " = ".join(_side(side, self.unknown) for side in self.sides)

    def say(self, leads: Sequence[str], done: str, **words: str) -> None:
        """Write a step: a lead, what is computed, and the equation as it stands now."""
        then = self.hand.pick(*THEN) if done else ""
        self.steps.append(f"{self.hand.pick(*leads).format(**words)}{done}{then}{self}.")

    def clear(self) -> None:
        """Multiply both sides by a common denominator, if there is one and the hand does not prefer fractions."""
        factors = [part.factor for side in self.sides for part in side]
        times = lcm(*(factor.denominator for factor in factors))
        if times == 1 or self.hand.rng.choice((False, False, True)):
            return
        done = []
        for which, side in enumerate(self.sides):
            worth = [self.hand.value(times * part.factor) for part in side]
            done += [f"{times} * {_operand(part.factor)} = {new}" for part, new in zip(side, worth, strict=True)]
            scaled = (part._replace(factor=new) for part, new in zip(side, worth, strict=True) if new)
            self.sides[which] = [one for part in scaled for one in part.bared()]
        noun = "fractions" if sum(factor.denominator > 1 for factor in factors) > 1 else "fraction"
        self.say(CLEAR, _listed(done), by=str(times), noun=noun)

    def divide_early(self) -> None:
        """Divide by the factor of the parentheses, at times, if they are a whole side and it divides the other."""
        for group, other in (self.sides, self.sides[::-1]):
            if len(group) != 1 or not group[0].grouped or [part.x for part in other] != [0]:
                continue
            by, constant = group[0].factor, other[0].factor
            if (constant / by).denominator == 1 and self.hand.rng.choice((True, False)):
                value = self.hand.value(constant / by)
                group[:], other[:] = group[0].opened(group[0].x, group[0].constant), [Part(value, 0, 1)]
                done = f"{_operand(constant, leads=True)} / {_operand(by)} = {number(value)}"
                self.say(EARLY, done, by=number(by))

    def expand(self) -> None:
        """Multiply out all parentheses."""
        done = []
        for which, side in enumerate(self.sides):
            row: list[Part] = []
            for part in side:
                products = [part]
                if part.grouped:
                    inside = part.x, part.constant
                    products = part.opened(*(self.hand.value(part.factor * each) for each in inside))
                    done.append(f"{_side([part], self.unknown)} = {_side(products, self.unknown)}")
                row += products
            self.sides[which] = row
        if done:
            self.say(EXPAND, _listed(done))

    def combine(self) -> None:
        """Collect like terms on each side."""
        for which, name in self.hand.rng.sample(((0, "left"), (1, "right")), 2):
            kinds = [[part for part in self.sides[which] if part.x == x] for x in (1, 0)]
            done = [self.add(kind) for kind in kinds if len(kind) > 1]
            if done:
                self.sides[which] = [part for kind in kinds for part in kind]
                self.say(COMBINE, _listed(done), side=name)

    def add(self, like: list[Part]) -> str:
        """Put the sum in the place of like terms, and return the equality as it is written."""
        total = like[0]._replace(factor=self.hand.value(sum(part.factor for part in like)))
        before = _side(like, self.unknown)
        like[:] = [total] if total.factor else []
        return f"{before} = {_side(like, self.unknown)}"

    def gather(self) -> None:
        """Bring the unknown to one side and the constants to the other, in either order."""
        home = self.home()
        for x in self.hand.rng.choice(((1, 0), (1, 0), (0, 1))):
            self.move(x, self.sides[1 - home if x else home], self.sides[home if x else 1 - home])

    def home(self) -> int:
        """Return the side where the unknown is to stay: the one that has it, else left or where there is more of it."""
        left, right = (sum(part.factor for part in side if part.x) for side in self.sides)
        return int(left == 0) if 0 in (left, right) else self.hand.rng.choice((0, int(right > left)))

    def move(self, x: int, source: list[Part], goal: list[Part]) -> None:
        """Take the term of this kind from both sides."""
        moved = [part for part in source if part.x == x]
        if not moved:
            return
        source[:] = [part for part in source if part.x != x]
        like = [part for part in goal if part.x == x] + [moved[0]._replace(factor=-moved[0].factor)]
        done = self.add(like) if len(like) > 1 else ""
        goal[:] = sorted((*like, *(part for part in goal if part.x != x)), key=lambda part: -part.x)
        action = ("add {} to" if moved[0].factor < 0 else "subtract {} from").format(_unsigned(moved[0], self.unknown))
        self.say(MOVE_ON if self.steps else MOVE, done, action=action, Action=action.capitalize())

    def finish(self) -> str:
        """Divide by the coefficient, and return the answer."""
        home = self.home()
        coefficient = sum((part.factor for part in self.sides[home] if part.x), Fraction(0))
        constant = sum((part.factor for part in self.sides[1 - home] if not part.x), Fraction(0))
        if coefficient == 0:
            self.steps[-1] += f" This is false for every value of {self.unknown}, so there is no solution."
            return "no solution"
        value = constant
        if coefficient != 1:
            value = self.hand.value(constant / coefficient)
            quotient = f"{_operand(constant, leads=True)} / {_operand(coefficient)}"
            worked = "" if quotient.replace(" ", "") == number(value) else f"{quotient} = "
            self.steps.append(
                f"{self.hand.pick(*DIVIDE).format(by=coefficient)}{self.unknown} = {worked}{number(value)}."
            )
        self.close(value)
        return number(value)

    def close(self, value: Fraction) -> None:
        """Check the result at times, where that comes out, and state it."""
        words = {"x": self.unknown, "value": number(value)}
        if self.hand.rng.choice((True, False, False)):
            sides = _parts(self.puzzle.left), _parts(self.puzzle.right)
            left, right = (sum(part.factor * (part.x * value + part.constant) for part in side) for side in sides)
            checks = [f"{shown} = {left}" for side in sides if (shown := _side(side, self.unknown)) != str(left)]
            if left == right:
                self.steps.append(f"{self.hand.pick(*CHECK).format(**words)}{_listed(checks)}.")
        self.steps[-1] += self.hand.pick(*CLOSE).format(**words)


FAMILY = Family(
    name="linear_equation",
    doc=(
        "Solve a linear equation in one unknown; with difficulty come parentheses and negative numbers (2), the "
        "unknown on both sides (3), fractions in equation and solution (4), several of them with parentheses (5)."
    ),
    domain="math",
    answer_type="number",
    make=make,
    ask=ask,
    solve=solve,
)
