"""The value of an expression, exactly: our own evaluator, one pass over its tokens, with a bound on every number."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import factorial
from typing import Any, TypeAlias

from curate.assertions.tokens import Exact, Token, number

MAX_EXPONENT = 64
MAX_FACTORIAL = 20
BOUND = 1 << 512
"""No value gets larger than this; whoever writes such a number does not compute with it."""

RANK = {"(": 0, "+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "^": 4}
"""How tightly an operator binds."""
SUPERSCRIPTS = {"\N{SUPERSCRIPT TWO}": 2, "\N{SUPERSCRIPT THREE}": 3}

Leaf: TypeAlias = Callable[[Token], Any]
"""Returns the value of a number or a name, exact or of any other kind to compute with, or None when it has none."""
PASSED = ("unit", "money")


def value_of(tokens: Sequence[Token], names: Mapping[str, Exact], *, percent: int = 100) -> Exact | None:
    """Return the exact value of an expression, or None when it is none, or too large.

    Args:
        tokens: The whole expression; units and money signs are passed over.
        names: The values of the letters that may stand in it.
        percent: What a number is divided by that has a percent sign.
    """

    def leaf(token: Token) -> Exact | None:
        return number(token.text) if token.kind == "number" else names.get(token.text)

    value: Exact | None = evaluate(tokens, leaf, percent)
    return value


def evaluate(tokens: Sequence[Token], leaf: Leaf, percent: int = 100) -> Any:  # noqa: ANN401 - of the leaves' kind
    """Return the value of an expression over exact numbers, or over anything else that can be computed with."""
    try:
        return _Stack(leaf, percent).run(tokens)
    except ZeroDivisionError:
        return None


class _Stack:
    """Operands and operators that wait for their right side."""

    def __init__(self, leaf: Leaf, percent: int) -> None:
        self.leaf = leaf
        self.percent = percent
        self.values: list[Any] = []
        self.operators: list[str] = []
        self.wanted = True
        """Whether an operand has to come next."""

    def run(self, tokens: Sequence[Token]) -> Any:  # noqa: ANN401 - of the leaves' kind
        """Return the value of the whole, or None."""
        end = -1
        for token in tokens:
            if token.kind in PASSED:
                continue
            if not self.take(token, touching=token.start == end):
                return None
            end = token.end
        return None if self.wanted else self.finish()

    def take(self, token: Token, *, touching: bool) -> bool:
        """Take the next token; return whether the expression can go on."""
        if token.kind == "operator":
            return self.sign(token.text)
        if token.kind == "close":
            return not self.wanted and self.close()
        if token.kind == "percent":
            return not self.wanted and self.share()
        return (self.wanted or self.juxtapose(touching=touching)) and self.operand(token)

    def share(self) -> bool:
        """Take the number before a percent sign for a share."""
        self.values[-1] = divided(self.values[-1], self.percent)
        return True

    def operand(self, token: Token) -> bool:
        """Take an opening parenthesis, or a number or name that has a value."""
        if token.kind == "open":
            self.operators.append("(")
            return True
        value = self.leaf(token)
        self.values.append(value)
        self.wanted = False
        return value is not None

    def juxtapose(self, *, touching: bool) -> bool:
        """Take two operands side by side for a product, `2(3 + 4)`; after a division it is open what is meant."""
        if not touching or (self.operators and self.operators[-1] == "/"):
            return False
        return self.sign("*")

    def sign(self, sign: str) -> bool:
        """Take an operator."""
        if self.wanted:
            if sign != "-" or (self.operators and self.operators[-1] == "neg"):
                return False
            self.operators.append("neg")
            return True
        if sign == "!" or sign in SUPERSCRIPTS:
            return self.postfix(sign)
        rank = RANK[sign]
        while sign != "^" and self.operators and RANK[self.operators[-1]] >= rank:
            if not self.reduce():
                return False
        self.operators.append(sign)
        self.wanted = True
        return True

    def postfix(self, sign: str) -> bool:
        """Apply a factorial or a written power to the operand before it."""
        value = self.values[-1]
        if sign in SUPERSCRIPTS:
            result = powered(value, SUPERSCRIPTS[sign])
        else:
            result = factorial(value) if isinstance(value, int) and 0 <= value <= MAX_FACTORIAL else None
        self.values[-1] = result
        return result is not None

    def close(self) -> bool:
        """Work out what stands in the parentheses that end here."""
        while self.operators and self.operators[-1] != "(":
            if not self.reduce():
                return False
        return bool(self.operators) and bool(self.operators.pop())

    def finish(self) -> Any:  # noqa: ANN401 - of the leaves' kind
        """Work out what is left."""
        while self.operators:
            if self.operators[-1] == "(" or not self.reduce():
                return None
        return self.values[0] if len(self.values) == 1 else None

    def reduce(self) -> bool:
        """Apply the operator that binds most tightly; return whether there is a value."""
        sign = self.operators.pop()
        right = self.values.pop()
        if sign == "neg":
            self.values.append(-right)
            return True
        left = self.values.pop()
        result = _APPLY[sign](left, right)
        self.values.append(result)
        return result is not None and _is_within_bounds(result)


def _is_within_bounds(value: Any) -> bool:  # noqa: ANN401 - an exact value or an interval
    return bool(-BOUND < value < BOUND) if isinstance(value, int | Fraction) else bool(value.is_within(BOUND))


def divided(left: Any, right: Any) -> Any:  # noqa: ANN401 - exact values or intervals
    """Return an exact quotient: an integer where it is one."""
    if isinstance(left, int) and isinstance(right, int):
        quotient, rest = divmod(left, right)
        return Fraction(left, right) if rest else quotient
    return left / right


def powered(base: Any, exponent: Any) -> Any:  # noqa: ANN401 - exact values or intervals
    """Return a power with an integer exponent, or None for any other or one that is too large."""
    if not isinstance(exponent, int) or abs(exponent) > MAX_EXPONENT or not isinstance(base, int | Fraction):
        return None
    return Fraction(base) ** exponent if exponent < 0 else base**exponent


_APPLY: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": divided,
    "^": powered,
}
