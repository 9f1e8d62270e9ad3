"""Finds the equalities that stand in prose and says which are untrue, exactly and without `eval`.

    >>> false_equalities("First, 3 * 4 = 12, so the total is 12 + 5 = 18.")
    ['12 + 5 = 18']
    >>> false_equalities("Divide by 3: x = 15 / 3 = 5. Check: 2x + 1 = 12.", x=5)
    ['2x + 1 = 12']

Understood are integers, decimals, `1,200`, `$12`, `30%`, `5!`, parentheses, `+ - * / ^ mod` (and the typographic signs
for them), `2(3 + 4)`, and any names whose values are given. A side that holds anything else, such as an unknown `x`, is
no numeric expression: it is passed over, never guessed at. `x - 4 = 10` does not become `-4 = 10`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import factorial
from typing import Literal

Kind = Literal["number", "name", "operator", "open", "close", "equals", "other"]

SIGNS = {"\N{MINUS SIGN}": "-", "\N{MULTIPLICATION SIGN}": "*", "\N{MIDDLE DOT}": "*", "\N{DIVISION SIGN}": "/"}
LEXEME = re.compile(
    r"""(?P<other>^[ ]*[-*][ ] | \d+(?::\d+)+ | [<>!]= | \n)
      | (?P<number>[$\u20ac\u00a3]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:%|!(?!=))?)
      | (?P<name>[^\W\d]\w*)
      | (?P<operator>\*\*|[-+*/^\u2212\u00d7\u00b7\u00f7])
      | (?P<open>[(\[]) | (?P<close>[)\]]) | (?P<equals>==?) | (?P<rest>\S)""",
    re.VERBOSE | re.MULTILINE,
)
MAX_EXPONENT = 64


@dataclass(frozen=True)
class Token:
    """A lexeme: its kind, its text in one spelling, and where it stands."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def begins(self) -> bool:
        """Whether an operand may begin with it."""
        return self.kind in {"number", "name", "open"}

    @property
    def ends(self) -> bool:
        """Whether an operand may end with it."""
        return self.kind in {"number", "name", "close"}


def false_equalities(text: str, **values: Fraction | int) -> list[str]:
    """Return every untrue `left = right` of neighbours in a chain, as it is written."""
    return [written for written, holds in _judged(text, values) if not holds]


def equalities(text: str, **values: Fraction | int) -> int:
    """Return how many equalities `false_equalities` looks at."""
    return sum(1 for _ in _judged(text, values))


def evaluate(expression: str, **values: Fraction | int) -> Fraction:
    """Return the exact value of an expression that holds nothing else.

    Raises:
        ValueError: It is no expression of numbers and of the names given.
        ZeroDivisionError: It divides by zero.
    """
    return _Parser(list(_tokens(expression, values)), values).whole()


def _judged(text: str, values: dict[str, Fraction | int]) -> Iterator[tuple[str, bool]]:
    for run in _runs(_tokens(text, values)):
        sides = _sides(run)
        for left, right in pairwise(sides):
            try:
                holds = _Parser(left, values).whole() == _Parser(right, values).whole()
            except ZeroDivisionError:
                holds = False
            except ValueError:
                continue
            yield text[left[0].start : right[-1].end], holds


def _tokens(text: str, values: dict[str, Fraction | int]) -> Iterator[Token]:
    for match in LEXEME.finditer(text):
        kind, lexeme = match.lastgroup, match.group()
        if kind == "name" and lexeme in values:
            yield Token("name", lexeme, *match.span())
        elif kind == "operator" or lexeme == "mod":
            yield Token("operator", SIGNS.get(lexeme, lexeme).replace("**", "^"), *match.span())
        elif kind in {"number", "open", "close", "equals"}:
            yield Token(kind, lexeme, *match.span())  # type: ignore[arg-type] # the pattern's groups are kinds
        else:
            yield Token("other", lexeme, *match.span())


def _runs(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Cut at foreign words, and between operands that merely follow one another (`Step 1) 3 + 4 = 7`).

    A foreign word that touches a run (`3x`, `f(3)`, `x-4`) stays as its first or last token and spoils that side.
    """
    run: list[Token] = []
    for token in tokens:
        touches = bool(run) and run[-1].end == token.start
        word = token.kind == "other" and token.text[0].isalnum()
        if run and not touches and (run[-1].kind == "other" or (run[-1].ends and token.begins)):
            yield run
            run = []
        if token.kind != "other":
            run.append(token)
        else:
            yield [*run, token] if word and touches else run
            run = [token] if word else []
    yield run


def _sides(run: list[Token]) -> list[list[Token]]:
    sides: list[list[Token]] = [[]]
    for token in run:
        if token.kind == "equals":
            sides.append([])
        else:
            sides[-1].append(token)
    while _surplus(sides[0]) > 0 and sides[0][0].kind == "open":
        del sides[0][0]
    while _surplus(sides[-1]) < 0 and sides[-1][-1].kind == "close":
        del sides[-1][-1]
    return sides


def _surplus(side: list[Token]) -> int:
    return sum((token.kind == "open") - (token.kind == "close") for token in side)


class _Parser:
    """Recursive descent: sum, product, power, atom."""

    def __init__(self, tokens: list[Token], values: dict[str, Fraction | int]) -> None:
        self.tokens = tokens
        self.values = values
        self.at = 0

    def whole(self) -> Fraction:
        first, second = (*self.tokens[:2], None, None)[:2]
        if first and second and first.text == "-" and first.end != second.start:
            raise ValueError("a minus with a space after it subtracts from something that is not here")
        value = self.sum()
        if self.at != len(self.tokens):
            raise ValueError(f"unexpected {self.tokens[self.at].text!r}")
        return value

    def sum(self) -> Fraction:
        value = self.product()
        while (sign := self.take("+", "-")) is not None:
            value += self.product() if sign == "+" else -self.product()
        return value

    def product(self) -> Fraction:
        value = self.power()
        while True:
            sign = self.take("*", "/", "mod")
            if sign == "/":
                value /= self.power()
            elif sign == "mod":
                value %= self.power()
            elif sign == "*" or self.touching():
                value *= self.power()
            else:
                return value

    def power(self) -> Fraction:
        if self.take("-") is not None:
            return -self.power()
        base = self.atom()
        if self.take("^") is None:
            return base
        exponent = self.power()
        if exponent.denominator != 1 or abs(exponent) > MAX_EXPONENT:
            raise ValueError(f"exponent {exponent}")
        return base ** int(exponent)

    def atom(self) -> Fraction:
        token = self.next()
        if token.kind == "number":
            return _number(token.text)
        if token.kind == "name":
            return Fraction(self.values[token.text])
        if token.kind != "open":
            raise ValueError(f"unexpected {token.text!r}")
        value = self.sum()
        if self.next().kind != "close":
            raise ValueError("unbalanced parentheses")
        return value

    def next(self) -> Token:
        if self.at == len(self.tokens):
            raise ValueError("the expression breaks off")
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at].text in signs:
            return self.next().text
        return None

    def touching(self) -> bool:
        """Whether an operand follows at once, which means a product: `3x`, `2(3 + 4)`."""
        if not 0 < self.at < len(self.tokens):
            return False
        before, after = self.tokens[self.at - 1], self.tokens[self.at]
        return after.begins and before.end == after.start


def _number(text: str) -> Fraction:
    digits = text.lstrip("$\u20ac\u00a3").rstrip("%!").replace(",", "")
    if text.endswith("!"):
        return Fraction(factorial(int(digits)))
    return Fraction(digits) / (100 if text.endswith("%") else 1)
