"""Untrue equalities are found, and whatever leaves a doubt is let pass."""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.assertions import first_mistake

UNTRUE = {
    "a sum": ("3 + 4 = 8", "3 + 4 is 7"),
    "in a sentence": ("So he pays 3 * 4 = 13 dollars in all.", "3 * 4 is 12"),
    "without spaces": ("that makes 7*8=54 of them", "7*8 is 56"),
    "a chain": ("2 * 3 + 4 = 6 + 4 = 11", "6 + 4 is 10"),
    "the first link of a chain": ("2 * 3 + 4 = 7 + 4 = 11", "2 * 3 + 4 is 10"),
    "precedence": ("2 + 3 * 4 = 20", "2 + 3 * 4 is 14"),
    "brackets": ("(2 + 3) * [4 - 1] = 14", "(2 + 3) * [4 - 1] is 15"),
    "brackets dropped": ("8 - (3 - 2) = 8 - 3 - 2", "8 - (3 - 2) is 7"),
    "a sign lost": ("5 - -3 = 5 - 3", "5 - -3 is 8"),
    "a term counted twice": ("5 + 3 + 2 = 8 + 2 + 2 = 12", "5 + 3 + 2 is 10"),
    "a mark": ("He sold 48/2 = <<48/2=23>>23 clips.", "48/2 is 24"),
    "money": ("$17 * 10 = $160.00", "$17 * 10 is 170"),
    "thousands": ("1,200 + 34 = 1,236", "1,200 + 34 is 1234"),
    "a power": ("2^10 = 1000", "2^10 is 1024"),
    "two stars": ("2**5 = 30", "2**5 is 32"),
    "a written power": ("5\u00b2 + 1 = 25", "5\u00b2 + 1 is 26"),
    "a factorial": ("5! = 100", "5! is 120"),
    "typographic signs": ("6 \u00d7 7 \u2212 2 = 41", "6 \u00d7 7 \u2212 2 is 40"),
    "a division sign": ("84 \u00f7 7 = 13", "84 \u00f7 7 is 12"),
    "the letter x for times": ("5 x 3 = 16", "5 x 3 is 15"),
    "latex": (r"\[ 6 \times 7 = 43 \]", "6 \u00d7 7 is 42"),
    "a latex fraction": (r"\frac{84}{7} \cdot 2 = 25", "((84)/(7)) \u22c5 2 is 24"),
    "latex words": (r"5 \text{ boxes} \times 4 = 21", "5 boxes \u00d7 4 is 20"),
    "a product side by side": ("2(3 + 4) = 15", "2(3 + 4) is 14"),
    "the same unit": ("5 apples + 3 apples = 9 apples", "5 apples + 3 apples is 8"),
    "a decimal": ("2.5 * 4 = 12", "2.5 * 4 is 10"),
    "not to that digit": ("10 / 3 = 3.5", "10 / 3 is 10/3"),
    "no rounding is needed": ("10 / 4 = 2.6", "10 / 4 is 2.5"),
    "percent": ("100% - 20% = 70%", "100% - 20% is 0.8"),
    "percent of": ("30% * 50 = 20", "30% * 50 is 15"),
    "percent in words": ("494 * 100 / 988 = 52 percent", "494 * 100 / 988 is 50"),
    "up to a sum": ("This raises the sum to 352 + 38 = 388.", "352 + 38 is 390"),
    "the first operand alone": ("7 - 2 = 7", "7 - 2 is 5"),
    "a tight difference": ("So 7-2 = 4.", "7-2 is 5"),
    "a negative result": ("4 - 9 = -6", "4 - 9 is -5"),
    "a leading sign": ("The product is -5 * 3 = -14.", "-5 * 3 is -15"),
    "bold": ("**3 + 4 = 9**", "3 + 4 is 7"),
    "in brackets": ("he has some left (12 - 5 = 8)", "12 - 5 is 7"),
    "a numbered line": ("1. 12 - 5 = 8", "12 - 5 is 7"),
    "far into a line": (f"{'He walks on. ' * 100}Then 3 + 4 = 8. {'And on. ' * 100}", "3 + 4 is 7"),
}
"""What each asserts, and what is said to be true instead."""

LET_PASS = {
    "a true sum": "3 + 4 = 7",
    "a true chain": "2 * (3 + 4) = 2 * 7 = 14",
    "a unary minus": "-3 - -4 = 1",
    "a power of a negative": "(-2)^2 = 4",
    "powers from the right": "2^3^2 = 512",
    "a running total": "3 * 4 = 12 + 5 = 17",
    "a long running total": "5 + 5 = 10 * 3 = 30 - 6 = 24",
    "a running total with its unit": "5 + 3 = 8 apples * 2 = 16",
    "step by step": "4*5*2 = 4*5 = 20",
    "an operand in words": "half of 48 = 24",
    "an operand before the sum": "twice 3 + 4 = 14",
    "a total before the sum": "Total - 5 + 3 = 40",
    "a name in the sum": "5 * price = 40",
    "an unknown": "3x + 4 = 19",
    "a coefficient of a word": "2cats + 3cats = 5cats",
    "a call": "f(3) = 9 and g(2) + 1 = 4",
    "a choose function": "C(5, 2) + 3 = 13",
    "an index": "x_2 + 3 = 9",
    "an item's number": "Step 2 - 3 + 4 = 7",
    "an item in brackets": "(1) 3 + 4 = 7",
    "a bullet": "- 3 + 4 = 7",
    "two numbers in a row": "In 2020 5 + 3 = 8",
    "a mixed number": "11 / 2 = 5 1/2",
    "a remainder": "17 / 5 = 3 remainder 2",
    "rounded": "10 / 3 = 3.33",
    "rounded up": "20 / 3 = 6.67",
    "cut off": "20 / 3 = 6.66",
    "whole boxes": "10 / 3 = 4 boxes",
    "whole boxes down": "10 / 3 = 3 boxes",
    "a rounded operand": "3.33 * 3 = 10",
    "a printed float": "0.1 + 0.2 = 0.30000000000000004",
    "nearly": "22 / 7 \u2248 3.1",
    "about": "365 * 24 is about 350 * 24 = 8000",
    "added to a sum": "Add 2 to 3 + 4 = 9.",
    "percent rounded": "1 / 3 * 100 = 33.3 percent",
    "a share rounded to percent": "1 / 3 = 33%",
    "percent as a number": "0.2 * 100 = 20%",
    "percent as a share": "20 / 50 = 40%",
    "a percentage added": "50 + 20% = 60",
    "units converted": "3 feet * 12 = 36 inches",
    "units mixed": "2 hours + 30 minutes = 150 minutes",
    "cents": "$1.00 - $0.75 = 25 cents",
    "a dozen": "3 * 4 = 1 dozen",
    "hours and minutes": "90 / 60 = 1 hour and 30 minutes",
    "weeks of days": "2 weeks * 5 = 70 days",
    "the clock": "10 + 4 = 2 o'clock",
    "a time": "10:30 + 2 = 12:30",
    "a fraction with a gap": "$2000 / 2/3 = $3000",
    "implicit product after a division": "6 / 2(1 + 2) = 1",
    "million": "2 * 3 = 6 million = 6000000",
    "a supposition": "If 3 + 4 = 8 then pigs fly.",
    "a denial": "It is not true that 3 + 4 = 8.",
    "a question": "Is 3 + 4 = 8?",
    "an exclamation": "So 3 + 4 = 7! And 5 = 5!",
    "taken back": "3 + 4 = 8. Wait, that is wrong.",
    "called wrong": "3 + 4 = 8 is wrong",
    "unequal": "3 + 4 != 8 and 3 + 4 \u2260 9",
    "an arrow": "3 + 4 => 8",
    "an assignment": "x += 3 + 4 = 9",
    "a european decimal": "3 + 4 = 7,5",
    "modular": "17 mod 5 = 2 and 9 + 5 = 2 mod 12",
    "another base": "101_2 + 1 = 6 and 0x1F = 31",
    "a hexadecimal number": "0x2778 = 9992",
    "a date": "2020-01-05 + 3 = 8",
    "a set": "{1, 2} + {3} = {1, 2, 3}",
    "an absolute value": "|3 - 5| = 2",
    "division by zero": "5 / 0 = 0",
    "too large": "9^9^9^9 = 1",
    "too many digits": f"1 + {'9' * 200} = 3",
    "per": "$15 / hour * 2 hours = $30",
}

TIMES = {"+": "+", "-": "-", "*": "*"}


@pytest.mark.parametrize("step,truth", UNTRUE.values(), ids=list(UNTRUE))
def test_untrue(step: str, truth: str) -> None:
    """An untrue equality is found, with what is true instead."""
    found = first_mistake("", [step])
    assert found is not None
    assert found[1].truth == truth


@pytest.mark.parametrize("step", LET_PASS.values(), ids=list(LET_PASS))
def test_let_pass(step: str) -> None:
    """What is true, or may be meant in a way that is true, is not accused."""
    assert first_mistake("", [step]) is None


def test_the_first_step_is_named() -> None:
    """Of several wrong steps the first is named."""
    assert first_mistake("", ["All is well.", "1 + 1 = 2", "1 + 2 = 4", "4 + 1 = 6"])[0] == 2  # type: ignore[index]


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction]:
    """Return an expression in brackets wherever it is not a number, and its value by Python's own fractions."""
    if depth == 0 or draw(st.booleans()):
        number = draw(st.integers(0, 200))
        return str(number), Fraction(number)
    (left, one), (right, two) = draw(expressions(depth - 1)), draw(expressions(depth - 1))
    sign = draw(st.sampled_from("+-*/"))
    if sign == "/" and two == 0:
        sign = "+"
    gap = draw(st.sampled_from((" ", "")))
    value = {"+": one + two, "-": one - two, "*": one * two, "/": one / two if two else one}[sign]
    return f"({left}{gap}{sign}{gap}{right})", value


@given(expressions(), st.integers(-3, 3))
def test_agrees_with_fractions(expression: tuple[str, Fraction], off: int) -> None:
    """An equality is accused exactly when it is off, whatever the expression."""
    text, value = expression
    shown = f"({value + off})" if value.denominator > 1 or value + off < 0 else str(value + off)
    accused = first_mistake("", [f"We get {text} + 0 = {shown} + 0 + 0."]) is not None
    assert accused == (off != 0)


@given(st.text(alphabet="0123456789+-*/^()=.,%$ xab\\{}<>!\u2248\u00b2\n", max_size=60))
def test_any_text(text: str) -> None:
    """No text breaks it."""
    first_mistake(text, [text])


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("(", id="open"),
        pytest.param("1 + ", id="a sum"),
        pytest.param("1 = ", id="a chain"),
        pytest.param("2^", id="powers"),
        pytest.param("-", id="signs"),
        pytest.param("1/3*", id="fractions"),
        pytest.param("a", id="a word"),
        pytest.param("1 apple ", id="units"),
        pytest.param("\\frac{", id="latex"),
        pytest.param("<<1=1", id="marks"),
        pytest.param("if a =", id="trials"),
        pytest.param("= (1 ", id="sides"),
        pytest.param("x) + (", id="parentheses"),
        pytest.param("()", id="pairs of parentheses"),
    ],
)
def test_linear_in_length(piece: str) -> None:
    """Ten times the text takes about ten times as long, never a hundred times."""

    def cost(repeats: int) -> float:
        text = piece * repeats + "1 + 1 = 3"
        start = time.process_time()
        first_mistake("x = 3", [text])
        return time.process_time() - start

    short, long = min(cost(2_000) for _ in range(3)), cost(40_000)
    assert long < 60 * short + 0.5


def test_a_text_that_breaks_off() -> None:
    """Where the text may have been cut off, a number at its end may not be whole."""
    assert first_mistake("", ["12 * 12 = 14"], is_cut=True) is None
    assert first_mistake("", ["12 * 12 = 14."], is_cut=True) is not None
    assert first_mistake("", ["12 * 12 = 14", "So we are done."], is_cut=True) is not None


@given(expressions(depth=1), st.integers(-3, 3), st.sampled_from(["So {}.", "We get {} apples.", "{}", "\\[ {} \\]"]))
def test_the_quick_look_hides_nothing(expression: tuple[str, Fraction], off: int, frame: str) -> None:
    """Plain sums of two numbers, which are seldom read slowly, are accused exactly when they are off."""
    text, value = expression
    if value.denominator == 1 and value + off >= 0 and text.startswith("("):
        said = f"{text[1:-1]} = {value + off}"
        assert (first_mistake("", [frame.format(said)]) is not None) == (off != 0)
