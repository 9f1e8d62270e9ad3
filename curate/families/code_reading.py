"""Short Python programs read: what do they print? Our own interpreter runs the puzzle's statements, never any text.

    total = 4
    for i in range(1, 4):
        if i % 2 == 1:
            total += i * 3
    print(total)

At first, total is 4. The loop takes i through 1, 2, 3. With i at 1, the remainder of 1 by 2 is 1, so the condition
holds. With i at 1, total becomes 4 + 1 * 3 = 7 ... So the program prints 16.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import add, mul, sub
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from curate.families.base import AnswerType, Family, Hand
from curate.families.logic_words import NAMES
from curate.families.procedure import LIST, NUMBER, NUMBERS, Move, Procedure, woven

Sign = Literal["+", "-", "*"]


class Binary(msgspec.Struct, frozen=True, kw_only=True):
    """Two operands and a sign between them."""

    sign: Sign
    left: "Expression"
    right: "Expression"


Expression: TypeAlias = int | str | Binary
"""A number, a variable, or an operation."""


class Set(msgspec.Struct, frozen=True, kw_only=True, tag="set"):
    """Gives a variable a value."""

    target: str
    value: Expression


class Append(msgspec.Struct, frozen=True, kw_only=True, tag="append"):
    """Appends a value to a list."""

    target: str
    value: Expression


class If(msgspec.Struct, frozen=True, kw_only=True, tag="if"):
    """Branches: on the remainder of a variable by a divisor or, where there is none, on its being larger."""

    name: str
    divisor: int | None
    bound: int
    then: tuple["Statement", ...]
    otherwise: tuple["Statement", ...]


class Loop(msgspec.Struct, frozen=True, kw_only=True, tag="loop"):
    """Takes a variable through some numbers: a list, or a range of three."""

    name: str
    over: tuple[int, ...]
    is_range: bool
    """Whether `over` is start, stop and step of a range."""
    body: tuple["Statement", ...]


Statement: TypeAlias = Set | Append | If | Loop


class Puzzle(msgspec.Struct, frozen=True, kw_only=True):
    """A program that prints a value at its end."""

    statements: tuple[Statement, ...]
    out: str
    """The name of a list that is empty at the beginning; empty where there is none."""
    printed: Expression
    """What is printed; the list where its name stands here."""


class Level(NamedTuple):
    """What one difficulty allows."""

    rounds: int
    updates: int
    branches: bool
    lists: bool
    inner: int
    """How many rounds an inner loop makes; 0 for none."""


LEVELS = {
    1: Level(3, 1, branches=False, lists=False, inner=0),
    2: Level(3, 2, branches=False, lists=False, inner=0),
    3: Level(4, 1, branches=True, lists=False, inner=0),
    4: Level(5, 1, branches=True, lists=True, inner=0),
    5: Level(3, 1, branches=True, lists=True, inner=3),
}
VARIABLES = ("total", "count", "score", "x", "y", "a", "b", "worth", "value", "acc")
COUNTERS = ("i", "j", "k", "n", "m", "step")
LISTS = ("out", "items", "seen", "values", "found")
APPLY: dict[Sign, Callable[[int, int], int]] = {"+": add, "-": sub, "*": mul}

QUESTIONS = (
    "What does this Python program print?",
    "What is the output of this Python program?",
    "Work out by hand what the following Python code prints.",
    "{name} runs this Python program. What does it print?",
    "Read this Python code. What is printed when it runs?",
)
_WHEN = ("{when}, ", "{when}: ")
SENTENCES: dict[str, tuple[str, ...]] = {
    "first": (
        "at first, {target} is {value}.",
        "to begin with, {target} is {value}.",
        "start with {target} at {value}.",
    ),
    "loop": ("{when}the loop takes {name} through {values}.", "{when}the loop runs with {name} at {values}."),
    "set": woven(_WHEN, ("{target} becomes {calc} = {value}.", "{target} changes to {calc} = {value}.")),
    "copy": woven(_WHEN, ("{target} becomes {value}.", "{target} changes to {value}.")),
    "append": woven(
        _WHEN, ("{calc} = {value} is appended, which makes it {list}.", "we append {calc} = {value}: {list}.")
    ),
    "append plain": woven(_WHEN, ("{value} is appended, which makes it {list}.", "we append {value} and have {list}.")),
    "if:holds": woven(
        _WHEN, ("{left} is {value}, so the condition holds.", "the condition holds, as {left} is {value}.")
    ),
    "if:fails": woven(
        _WHEN, ("{left} is {value}, so the condition fails.", "the condition fails, as {left} is {value}.")
    ),
    "print": ("so the program prints {answer}.", "what is printed is {answer}.", "at the end it prints {answer}."),
    "print sum": ("so it prints {calc} = {answer}.", "at the end, {calc} = {answer} is printed."),
}
SHAPES = {"value": NUMBER, "values": NUMBERS, "list": LIST, "answer": rf"{LIST}|{NUMBER}"}


def make(rng: random.Random, difficulty: int) -> Puzzle:
    """Draw a program with a loop whose branches are all taken."""
    while True:
        puzzle = _drawn(rng, LEVELS[difficulty])
        moments = {move.moment for move in _work(puzzle, Hand(rng))}
        if not LEVELS[difficulty].branches or {"if:holds", "if:fails"} <= moments:
            return puzzle


def _drawn(rng: random.Random, level: Level) -> Puzzle:
    first, second = rng.sample(VARIABLES, 2)
    counters = rng.sample(COUNTERS, 2)
    out = rng.choice(LISTS) if level.lists and rng.choice((True, False)) else ""
    visible = [first, second, counters[0]]
    body: list[Statement] = [_update(rng, (first, second)[at % 2], visible) for at in range(level.updates)]
    if level.branches:
        body.append(_branch(rng, (first, second), visible, out))
    if level.inner:
        inner = Loop(name=counters[1], over=_range(rng, level.inner), is_range=True, body=tuple(body[1:]))
        body = [body[0], inner]
    loop = _loop(rng, level, counters[0], tuple(body))
    starts = (Set(target=first, value=rng.randint(0, 20)), Set(target=second, value=rng.randint(1, 20)))
    printed: Expression = out or rng.choice((first, Binary(sign=rng.choice(("+", "-")), left=first, right=second)))
    return Puzzle(statements=(*starts, loop), out=out, printed=printed)


def _loop(rng: random.Random, level: Level, name: str, body: tuple[Statement, ...]) -> Loop:
    if level.lists and rng.choice((True, False)):
        return Loop(name=name, over=tuple(rng.sample(range(1, 30), level.rounds)), is_range=False, body=body)
    return Loop(name=name, over=_range(rng, level.rounds), is_range=True, body=body)


def _range(rng: random.Random, rounds: int) -> tuple[int, ...]:
    start, step = rng.randint(0, 5), rng.choice((1, 1, 2, 3))
    return (start, start + (rounds - 1) * step + 1, step)


def _update(rng: random.Random, target: str, visible: Sequence[str]) -> Set:
    other = rng.choice([name for name in visible if name != target])
    if rng.choice((True, False)):
        return Set(target=target, value=Binary(sign=rng.choice(("+", "-")), left=target, right=_term(rng, other)))
    return Set(target=target, value=Binary(sign=rng.choice(("+", "-")), left=_term(rng, other), right=target))


def _term(rng: random.Random, name: str) -> Expression:
    sign = rng.choice(("+", "*", "*"))
    if sign == "+":
        return name
    return Binary(sign="*", left=name, right=rng.randint(2, 4))


def _branch(rng: random.Random, targets: tuple[str, str], visible: Sequence[str], out: str) -> If:
    counter = visible[-1]
    if rng.choice((True, True, False)):
        divisor = rng.choice((2, 3))
        name, bound = counter, rng.randrange(divisor)
    else:
        divisor, (name, bound) = None, (rng.choice(visible), rng.randint(3, 20))
    one: Statement = (
        Append(target=out, value=_term(rng, rng.choice(visible))) if out else _update(rng, targets[0], visible)
    )
    other: tuple[Statement, ...] = (_update(rng, targets[1], visible),) if rng.choice((True, True, False)) else ()
    return If(name=name, divisor=divisor, bound=bound, then=(one,), otherwise=other)


def ask(puzzle: Puzzle, rng: random.Random) -> str:
    """Show the program."""
    lines = [f"{puzzle.out} = []"] if puzzle.out else []
    lines += [line for statement in puzzle.statements for line in _lines(statement)]
    lines.append(f"print({_shown(puzzle.printed)})")
    code = "\n".join(lines)
    return f"{rng.choice(QUESTIONS).format(name=rng.choice(NAMES))}\n\n```python\n{code}\n```"


def _lines(statement: Statement) -> Iterator[str]:
    match statement:
        case Set(target=target, value=Binary(sign=sign, left=left, right=right)) if left == target:
            yield f"{target} {sign}= {_shown(right)}"
        case Set(target=target, value=value):
            yield f"{target} = {_shown(value)}"
        case Append(target=target, value=value):
            yield f"{target}.append({_shown(value)})"
        case If():
            left = statement.name if statement.divisor is None else f"{statement.name} % {statement.divisor}"
            yield f"if {left} {'>' if statement.divisor is None else '=='} {statement.bound}:"
            yield from _block(statement.then)
            if statement.otherwise:
                yield "else:"
                yield from _block(statement.otherwise)
        case Loop():
            yield f"for {statement.name} in {_over(statement)}:"
            yield from _block(statement.body)


def _block(statements: Sequence[Statement]) -> Iterator[str]:
    for statement in statements:
        for line in _lines(statement):
            yield f"    {line}"


def _over(loop: Loop) -> str:
    if not loop.is_range:
        return str(list(loop.over))
    start, stop, step = loop.over
    return f"range({start}, {stop})" if step == 1 else f"range({start}, {stop}, {step})"


def _shown(expression: Expression, values: Mapping[str, int] | None = None) -> str:
    """Return an expression as it is written; with values, these in the place of its variables."""
    match expression:
        case Binary(sign=sign, left=left, right=right):
            shown, other = _shown(left, values), _shown(right, values)
            if sign != "+" and isinstance(right, Binary) and right.sign != "*":
                other = f"({other})"
            return f"{shown} {sign} {_bracketed(other)}"
        case str() if values is not None:
            return str(values[expression])
        case _:
            return str(expression)


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") and text[1:].isdigit() else text


def _work(puzzle: Puzzle, hand: Hand) -> Iterator[Move]:
    """Run the program statement by statement."""
    run = _Run(hand)
    if puzzle.out:
        run.lists[puzzle.out] = []
    for statement in puzzle.statements:
        yield from run.run(statement, "")
    if puzzle.printed == puzzle.out:
        yield Move("print", {}, {"answer": str(run.lists[puzzle.out])})
    elif isinstance(puzzle.printed, Binary):
        calc = _shown(puzzle.printed, run.values)
        yield Move("print sum", {"calc": calc}, {"answer": str(run.worth(puzzle.printed))})
    else:
        yield Move("print", {}, {"answer": str(run.worth(puzzle.printed))})


class _Run:
    """A program while it runs."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.values: dict[str, int] = {}
        self.lists: dict[str, list[int]] = {}

    def run(self, statement: Statement, when: str) -> Iterator[Move]:
        """Yield the moves of one statement.

        Args:
            statement: What is done.
            when: Where the loops are: `with i at 2`, or empty outside of them.
        """
        match statement:
            case Set():
                yield self.set(statement, when)
            case Append():
                yield self.append(statement, when)
            case If():
                yield from self.branch(statement, when)
            case Loop():
                yield from self.loop(statement, when)

    def worth(self, expression: Expression) -> int:
        """Return what an expression comes to, by this hand."""
        return int(self.hand.value(self._exact(expression)))

    def _exact(self, expression: Expression) -> int:
        match expression:
            case Binary(sign=sign, left=left, right=right):
                return APPLY[sign](self._exact(left), self._exact(right))
            case str():
                return self.values[expression]
            case _:
                return expression

    def set(self, statement: Set, when: str) -> Move:
        """Give a variable its value."""
        calc = _shown(statement.value, self.values)
        value = self.values[statement.target] = self.worth(statement.value)
        given = {"target": statement.target}
        if not when:
            return Move("first", given, {"value": str(value)})
        moment = "set" if isinstance(statement.value, Binary) else "copy"
        return Move(moment, given | {"when": when, "calc": calc}, {"value": str(value)})

    def append(self, statement: Append, when: str) -> Move:
        """Append a value to a list."""
        calc, value = _shown(statement.value, self.values), self.worth(statement.value)
        numbers = self.lists[statement.target]
        numbers.append(value)
        moment = "append" if isinstance(statement.value, Binary) else "append plain"
        given = {"when": when, "calc": calc}
        return Move(moment, given, {"value": str(value), "list": str(numbers)})

    def branch(self, statement: If, when: str) -> Iterator[Move]:
        """Judge the condition and go into one of the branches."""
        value = self.values[statement.name]
        left = statement.name
        holds = value > statement.bound
        if statement.divisor is not None:
            left = f"the remainder of {value} by {statement.divisor}"
            value %= statement.divisor
            holds = value == statement.bound
        holds = self.hand.truth(holds)
        yield Move("if:holds" if holds else "if:fails", {"when": when, "left": left}, {"value": str(value)})
        for inner in statement.then if holds else statement.otherwise:
            yield from self.run(inner, when)

    def loop(self, statement: Loop, when: str) -> Iterator[Move]:
        """Make the rounds; a slip makes one too few."""
        rounds = list(range(*statement.over)) if statement.is_range else list(statement.over)
        if not self.hand.truth(exact=True):
            rounds.pop()
        before = f"{when}, " if when else ""
        yield Move("loop", {"when": before, "name": statement.name}, {"values": ", ".join(map(str, rounds))})
        for value in rounds:
            self.values[statement.name] = value
            inside = f"{when} and {statement.name} at {value}" if when else f"with {statement.name} at {value}"
            for inner in statement.body:
                yield from self.run(inner, inside)


PROCEDURE = Procedure(SENTENCES, SHAPES, _work)


def _answer_type(puzzle: Puzzle) -> AnswerType:
    return "literal" if puzzle.printed == puzzle.out else "integer"


FAMILY = Family(
    name="code_reading",
    doc=(
        "What a short Python program prints; a loop of 3 rounds with one assignment at difficulty 1, branches and "
        "lists from difficulty 3 and 4 on, and a loop within a loop at difficulty 5."
    ),
    domain="code",
    answer_type=_answer_type,
    make=make,
    ask=ask,
    solve=PROCEDURE.solve,
    flaw=PROCEDURE.flaw,
)
