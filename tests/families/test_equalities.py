"""The equalities that hold our solutions to account are read right themselves."""

from fractions import Fraction

import pytest

from tests.families.equalities import equalities, evaluate, false_equalities

TRUE = {
    "plain": ("We get 3 * 4 = 12.", 1),
    "chain": ("A = 3 + 4 * 2 = 3 + 8 = 11, as wanted.", 2),
    "negative": ("So -4 + 3 = -1 and 5 * (-2) = -10.", 2),
    "fraction": ("Then 3/4 + 1/4 = 1, and 6 / 8 = 3/4.", 2),
    "typographic": ("6 \N{MULTIPLICATION SIGN} 7 = 42 \N{DIVISION SIGN} 1 \N{MINUS SIGN} 0", 1),
    "nested": ("2 * ((3 + 4) * (5 - 2)) = 42", 1),
    "implied product": ("2(3 + 4) = 14 = (1 + 1)(7)", 2),
    "in parentheses": ("Add them (3 + 4 = 7) and go on (8 - (2 + 1) = 5).", 2),
    "numbered": ("1) 3 + 4 = 7\n2. 5 - 5 = 0\n- 1 + 1 = 2\nStep 3 6 / 2 = 3", 4),
    "one line": ("(1 + 1 = 2) (2 + 2 = 4)", 2),
    "thousands": ("1,200 + 34 = 1,234", 1),
    "money": ("2 * $3.50 = $7", 1),
    "percent": ("20% = 20/100 = 1/5", 2),
    "factorial": ("4! = 4 * 3 * 2 * 1 = 24", 2),
    "modulo": ("17 mod 5 = 2", 1),
    "power": ("2^10 = 1024 = 2 ** 10", 2),
    "unit after": ("He pays 3 * 4 = 12 dollars.", 1),
    "tight": ("12+30=42, 4!=24 is no claim and 3!/2=3", 2),
    "subtracting a sum": ("10 - 3 - 2 = 5", 1),
}
PASSED_OVER = {
    "unknown first": "x + 3 = 10",
    "unknown minus": "x - 4 = 10, or x-4 = 10",
    "coefficient": "3x = 10 and 10 = 3x + 4",
    "unknown in parentheses": "2 * (x + 3) = 10 and 10 = 4(x - 1)",
    "unknown last": "7 = 3 * a, 7 = 3 + a",
    "function": "f(3) = 7 and P(A) = 3/8 and C(5, 2) = 10",
    "inequality": "3 <= 5, 3 >= 2 and 3 != 4",
    "clock": "9:40 + 35 = 10:15",
    "unit": "5km = 5000m",
    "dangling": "12 = 3 + and - 3 = 4",
    "none": "There is nothing here.",
    "empty": "",
}
FALSE = {
    "plain": ("3 * 4 = 13", ["3 * 4 = 13"]),
    "late": ("A = 1 + 1 = 2 = 3.", ["2 = 3"]),
    "both": ("1 = 2 and (3 = 4)", ["1 = 2", "3 = 4"]),
    "exact": ("1 / 3 = 0.333", ["1 / 3 = 0.333"]),
    "by zero": ("5 / 0 = 0", ["5 / 0 = 0"]),
    "precedence": ("2 + 3 * 4 = 20", ["2 + 3 * 4 = 20"]),
    "sign": ("so -3 = 3", ["-3 = 3"]),
}


@pytest.mark.parametrize("text,count", TRUE.values(), ids=TRUE)
def test_true(text: str, count: int) -> None:
    """Equalities that hold are found, all of them, and not blamed."""
    assert (equalities(text), false_equalities(text)) == (count, [])


@pytest.mark.parametrize("text", PASSED_OVER.values(), ids=PASSED_OVER)
def test_passed_over(text: str) -> None:
    """What is no equality of numbers is not looked at."""
    assert equalities(text) == 0


@pytest.mark.parametrize("text,faults", FALSE.values(), ids=FALSE)
def test_false(text: str, faults: list[str]) -> None:
    """Untrue equalities are returned as they are written."""
    assert false_equalities(text) == faults


@pytest.mark.parametrize(
    "text,count,faults",
    [
        ("3x + 4 = 19, so 3x = 15 and x = 5.", 3, []),
        ("3x + 4 = 19, so 3x = 14.", 2, ["3x = 14"]),
        ("2(x - 1) = 8 = x + 3", 2, []),
        ("-x/5 = (1/5)x - 2", 1, []),
        ("The x 3 + 4 = 7", 1, []),
        ("3y = 15", 0, []),
        ("x - y = 5", 0, []),
        ("6 = xy", 0, []),
    ],
)
def test_names(text: str, count: int, faults: list[str]) -> None:
    """A name that is given a value is a number like any other, and other names still spoil their side."""
    assert (equalities(text, x=5), false_equalities(text, x=5)) == (count, faults)


def test_evaluate() -> None:
    """An expression is worked out exactly, with the usual precedence."""
    assert evaluate("2(x + 1/2) - 3 * (-4) / 8", x=Fraction(1, 3)) == Fraction(5, 3) + Fraction(3, 2)


@pytest.mark.parametrize("text", ["", "3 +", "(3", "3 4", "y", "3 = 3", "- 3", "-"])
def test_not_an_expression(text: str) -> None:
    """What is no expression is refused, not guessed at."""
    with pytest.raises(ValueError):  # noqa: PT011 - the kind of error is the promise
        evaluate(text)
