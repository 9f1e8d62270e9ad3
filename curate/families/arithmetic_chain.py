"""Arithmetic chains: one expression, worked out one operation after the other.

    Compute 5 * (12 - 4) + 84 / 7.

    Inside the parentheses, 12 - 4 = 8, so the expression becomes 5 * 8 + 84 / 7.
    The product is 5 * 8 = 40, which leaves 40 + 84 / 7.
    The quotient is 84 / 7 = 12, which leaves 40 + 12.
    Finally, 40 + 12 = 52.

Expressions grow from their value down to their operands, so every division is exact and no number grows out of hand.
"""

import random
from collections.abc import Iterator
from fractions import Fraction
from operator import add, mul, sub, truediv
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from curate.families.base import Family, Hand, Solution, number

Sign = Literal["+", "-", "*", "/"]

APPLY: dict[str, Any] = {"+": add, "-": sub, "*": mul, "/": truediv}
RANK = {"+": 0, "-": 0, "*": 1, "/": 1}
RESULT = {"+": "sum", "-": "difference", "*": "product", "/": "quotient"}
DOING = {"+": "Adding", "-": "Subtracting", "*": "Multiplying", "/": "Dividing"}

NAMES = (("A", "B"), ("P", "Q"), ("M", "N"), ("R", "S"), ("U", "V"), ("X", "Y"), ("C", "D"), ("F", "G"))
LETTERS = "ABCDEFGHJKL"
PEOPLE = ("Ada", "Bruno", "Chidi", "Dana", "Elif", "Farah", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Lena")

PLAIN = (
    "Compute {}.",
    "Calculate {}.",
    "Evaluate {}.",
    "What is {}?",
    "Find the value of {}.",
    "Evaluate the expression {}.",
    "What number does {} equal?",
    "What integer is equal to {}?",
    "Simplify {} to a single integer.",
    "Using the usual order of operations, compute {}.",
    "By the usual order of operations, what is {}?",
    "Evaluate the following expression: {}",
    "The expression {} is written on the board. What is its value?",
    "A worksheet asks for the value of {}. What is the correct answer?",
    "{person} is asked to compute {}. What is the correct result?",
    "{person} enters {} into a calculator that respects the order of operations. What number does it show?",
)
NAMED = (
    "Let {a} = {} and {b} = {}. Compute {both}.",
    "Let {a} = {} and {b} = {}. What is {both}?",
    "If {a} = {} and {b} = {}, what is the value of {both}?",
    "Given that {a} = {} and {b} = {}, calculate {both}.",
    "Two numbers are defined by {a} = {} and {b} = {}. Evaluate {both}.",
    "{person} writes {a} for {} and {b} for {}. What is {both}?",
)

FIRST = ("First, ", "To begin with, ", "We start with ", "Begin with ", "First of all, ", "Start with ")
LATER = ("Next, ", "Now ", "Then ", "After that, ", "We go on with ", "In the same way, ", "Continue with ")
SIDES = (("the left part: ", "the right part: "), ("the first part: ", "the second part: "), ("", ""), ("", ""))


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """Two operands and what is done with them."""

    sign: Sign
    """What is done."""
    left: "Operation | int"
    """The first operand."""
    right: "Operation | int"
    """The second operand; of a division never zero, not even when one of its computations is off."""


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """An expression to compute."""

    expression: Operation
    """The whole expression; its value and that of every part is an integer."""
    names: tuple[str, str] | None = None
    """Names under which the problem gives the two operands of the expression, or null when it is written out."""


class Level(NamedTuple):
    """What one difficulty allows."""

    operations: tuple[int, int]
    depth: int
    """How deep parentheses nest at least."""
    signs: tuple[Sign, ...]
    """A sign is drawn as often as it stands here."""
    size: int
    """Bound of every value, parts of a product or quotient included."""
    negative: bool


FEW: tuple[Sign, ...] = ("+", "-", "*", "*")
ALL: tuple[Sign, ...] = ("+", "-", "*", "*", "/")
LEVELS = {
    1: Level((3, 3), 1, FEW, 180, negative=False),
    2: Level((4, 4), 1, ALL, 200, negative=False),
    3: Level((5, 6), 2, ALL, 270, negative=True),
    4: Level((7, 8), 2, ALL, 300, negative=True),
    5: Level((9, 11), 3, ALL, 500, negative=True),
}
DIVISORS = (2, 3, 4, 5, 6, 7, 8, 9, 11, 12)
SAFE_DIVISORS = frozenset(DIVISORS) - {2}
"""Divisors that may be computed: none of them comes out as zero when the hand is off by 1, 2 or 10."""


class Node(NamedTuple):
    """An operation while it is worked out: a slip can make any operand a fraction."""

    sign: Sign
    left: "Tree"
    right: "Tree"


Tree: TypeAlias = Fraction | Node


class Ready(NamedTuple):
    """An operation whose operands are numbers; the smallest is done first."""

    outside: int
    """Minus the number of parentheses round it."""
    rank: int
    """Minus the rank of its sign."""
    path: str
    """The way to it from the root: `l` and `r`."""
    sign: Sign


def make(rng: random.Random, difficulty: int) -> Chain:
    """Draw an expression, and at times names for its two operands."""
    level = LEVELS[difficulty]
    while True:
        expression = _grow(rng, level, _drawn(rng, level), rng.randint(*level.operations))
        if isinstance(expression, Operation) and -_first(_tree(expression)).outside >= level.depth:
            break
    in_two = isinstance(expression.left, Operation) and isinstance(expression.right, Operation)
    return Chain(expression=expression, names=rng.choice(NAMES) if in_two and rng.choice((True, False)) else None)


def ask(puzzle: Chain, rng: random.Random) -> str:
    """Write the expression into a question, with `*` and `/` or with their typographic signs."""
    tree, person = _tree(puzzle.expression), rng.choice(PEOPLE)
    if puzzle.names is None:
        text = rng.choice(PLAIN).format(_show(tree), person=person)
    else:
        a, b = puzzle.names
        both = f"{a} {tree.sign} {b}"
        text = rng.choice(NAMED).format(_show(tree.left), _show(tree.right), a=a, b=b, both=both, person=person)
    if rng.choice((True, False)):
        text = text.replace(" * ", " \N{MULTIPLICATION SIGN} ").replace(" / ", " \N{DIVISION SIGN} ")
    return text


def solve(puzzle: Chain, hand: Hand) -> Solution:
    """Work the expression out: operation by operation, with letters for what comes out, or in two parts."""
    tree = _tree(puzzle.expression)
    ways = [_by_operation, _by_operation, _with_letters]
    if isinstance(tree.left, Node) and isinstance(tree.right, Node):
        ways.append(_in_parts)
    steps, value = _in_parts(tree, hand, puzzle.names) if puzzle.names else hand.rng.choice(ways)(tree, hand)
    steps[-1] += hand.pick("", "", "", " The answer is {}.", " So the answer is {}.", " That makes {}.").format(value)
    return Solution(steps=tuple(steps), answer=number(value))


def _grow(rng: random.Random, level: Level, value: int, operations: int) -> Operation | int:
    """Return an expression of that value with that many operations; fewer if a divisor takes its share."""
    if operations == 0:
        return value
    sign, left, right = _split(rng, level, value)
    on_right = rng.randint(0, operations - 1)
    if sign == "/":
        on_right = min(on_right, int(right in SAFE_DIVISORS))
    return Operation(
        sign=sign,
        left=_grow(rng, level, left, operations - 1 - on_right),
        right=_grow(rng, level, right, on_right),
    )


def _split(rng: random.Random, level: Level, value: int) -> tuple[Sign, int, int]:
    smallest = -level.size if level.negative else 2
    while True:
        sign, right = rng.choice(level.signs), _drawn(rng, level)
        if sign == "+":
            left = value - right
        elif sign == "-":
            left = value + right
        elif sign == "/":
            right = rng.choice(DIVISORS)
            left = value * right
        else:
            left, right = rng.sample(_factors(rng, value), 2)
        if smallest <= left <= level.size and abs(left) > 1 and abs(right) > 1:
            return sign, left, right


def _factors(rng: random.Random, value: int) -> tuple[int, int]:
    factor = rng.choice([divisor for divisor in DIVISORS if value % divisor == 0] or [1])
    return value // factor, factor


def _drawn(rng: random.Random, level: Level) -> int:
    sign = rng.choice((1, 1, -1)) if level.negative else 1
    return sign * rng.randint(4, level.size // 3)


def _tree(expression: Operation) -> Node:
    left, right = (
        _tree(side) if isinstance(side, Operation) else Fraction(side) for side in (expression.left, expression.right)
    )
    return Node(expression.sign, left, right)


def _wraps(sign: Sign, child: Tree, *, right: bool) -> bool:
    """Whether an operation that is an operand stands in parentheses; a right operand of the same rank does."""
    return isinstance(child, Node) and RANK[child.sign] < RANK[sign] + right


def _show(tree: Tree) -> str:
    """Return a tree as it is written, with no more parentheses than it needs."""
    return number(tree) if isinstance(tree, Fraction) else _written(tree, leads=True)


def _written(tree: Tree, *, leads: bool) -> str:
    if isinstance(tree, Fraction):
        bare = tree.denominator == 1 and (tree >= 0 or leads)
        return number(tree) if bare else f"({number(tree)})"
    left, right = _wraps(tree.sign, tree.left, right=False), _wraps(tree.sign, tree.right, right=True)
    first, second = _written(tree.left, leads=leads or left), _written(tree.right, leads=right)
    return f"{f'({first})' if left else first} {tree.sign} {f'({second})' if right else second}"


def _ready(tree: Node, outside: int = 0, path: str = "") -> Iterator[Ready]:
    if isinstance(tree.left, Fraction) and isinstance(tree.right, Fraction):
        yield Ready(outside, -RANK[tree.sign], path, tree.sign)
    for side, turn in ((tree.left, "l"), (tree.right, "r")):
        if isinstance(side, Node):
            yield from _ready(side, outside - _wraps(tree.sign, side, right=turn == "r"), path + turn)


def _first(tree: Node) -> Ready:
    """Return what is done first: innermost parentheses, in them products, of these the leftmost."""
    return min(_ready(tree))


def _fold(tree: Tree, path: str, hand: Hand) -> tuple[Tree, str]:
    """Do the operation at the end of the path; return the shorter tree, and the equality as it is written."""
    assert isinstance(tree, Node)
    if not path:
        value = hand.value(APPLY[tree.sign](tree.left, tree.right))
        return value, f"{_show(tree)} = {number(value)}"
    if path[0] == "l":
        side, equality = _fold(tree.left, path[1:], hand)
        return tree._replace(left=side), equality
    side, equality = _fold(tree.right, path[1:], hand)
    return tree._replace(right=side), equality


def _by_operation(whole: Node, hand: Hand) -> tuple[list[str], Fraction]:
    steps: list[str] = []
    tree: Tree = whole
    while isinstance(tree, Node):
        before, done = _show(tree), _first(tree)
        tree, equality = _fold(tree, done.path, hand)
        steps.append(_told(equality, before, tree, done, hand))
    return steps, tree


def _told(equality: str, before: str, after: Tree, done: Ready, hand: Hand) -> str:
    if isinstance(after, Fraction):
        return _last(equality, hand)
    if done.outside:
        lead = hand.pick(
            "Inside the parentheses, ",
            "Inside the innermost parentheses, ",
            "Parentheses come first: ",
            "The innermost parentheses come first: ",
            "Work inside the parentheses: ",
            "Take the innermost parentheses: ",
            f"{DOING[done.sign]} inside the parentheses gives ",
        )
    else:
        lead = hand.pick(
            "Next, ",
            "Now ",
            "Then ",
            "We have ",
            f"The {RESULT[done.sign]} is ",
            f"{DOING[done.sign]} gives ",
            f"Work out the {RESULT[done.sign]}: ",
            f"The next {RESULT[done.sign]} is ",
        )
    return lead + equality + _rest(before, after, hand)


def _rest(before: str, after: Tree, hand: Hand) -> str:
    return hand.pick(
        ", so the expression becomes {}.",
        ", which leaves {}.",
        ". What remains is {}.",
        ", and we are left with {}.",
        "; the expression is now {}.",
        ", so we now have {}.",
        ". The expression reduces to {}.",
        f". Therefore {before} = {{}}.",
    ).format(_show(after))


def _last(equality: str, hand: Hand) -> str:
    return hand.pick(
        "Finally, {}.",
        "The last operation gives {}.",
        "Only one operation is left: {}.",
        "The result is {}.",
        "Hence the value is {}.",
        "All that is left is {}.",
        "It remains to compute {}.",
    ).format(equality)


def _with_letters(tree: Node, hand: Hand) -> tuple[list[str], Fraction]:
    """Give a letter to every result but the last."""
    steps: list[str] = []

    def worth(at: Tree, *, leads: bool) -> tuple[str, Fraction]:
        if isinstance(at, Fraction):
            return _written(at, leads=leads), at
        (left, x), (right, y) = worth(at.left, leads=True), worth(at.right, leads=False)
        value, worked = _fold(Node(at.sign, x, y), "", hand)
        assert isinstance(value, Fraction)
        letter, spelt = LETTERS[len(steps)], f"{left} {at.sign} {right}"
        chain = worked if worked.startswith(spelt) else f"{spelt} = {worked}"
        steps.append(_last(chain, hand) if at is tree else _lettered(letter, chain, at.sign, hand))
        return letter, value

    return steps, worth(tree, leads=True)[1]


def _lettered(letter: str, chain: str, sign: Sign, hand: Hand) -> str:
    return hand.pick(
        "Let {a} = {}.",
        "Put {a} = {}.",
        "Write {a} = {}.",
        "Call this {result} {a}: {a} = {}.",
        "Let {a} be the {result}: {a} = {}.",
        "Define {a} = {}.",
        "{doing} gives {a} = {}.",
    ).format(chain, a=letter, result=RESULT[sign], doing=DOING[sign])


def _in_parts(tree: Node, hand: Hand, names: tuple[str, str] | None = None) -> tuple[list[str], Fraction]:
    """Work out the two operands of the whole, in either order, and then the whole."""
    parts = tuple(f"{name} = " for name in names) if names else hand.rng.choice(SIDES)
    values, steps = [Fraction(0), Fraction(0)], []
    for which, leads in zip(hand.rng.sample((0, 1), 2), (FIRST, LATER), strict=True):
        chain, values[which] = _chain((tree.left, tree.right)[which], hand)
        steps.append(f"{hand.pick(*leads)}{parts[which]}{chain}.")
    value, equality = _fold(Node(tree.sign, *values), "", hand)
    assert isinstance(value, Fraction)
    whole = f"{names[0]} {tree.sign} {names[1]} = " if names else ""
    return [*steps, _last(whole + equality, hand)], value


def _chain(tree: Tree, hand: Hand) -> tuple[str, Fraction]:
    """Reduce an expression step by step, all in one chain of equalities."""
    shown = [_show(tree)]
    while isinstance(tree, Node):
        tree, _ = _fold(tree, _first(tree).path, hand)
        shown.append(_show(tree))
    return " = ".join(shown), tree


FAMILY = Family(
    name="arithmetic_chain",
    doc=(
        "Compute an expression of + - * and exact /, whose value is an integer; with difficulty it grows from three "
        "operations to eleven, parentheses nest deeper, numbers get bigger and, from 3 on, negative."
    ),
    domain="math",
    answer_type="integer",
    make=make,
    ask=ask,
    solve=solve,
)
