"""What is plainly fine is passed over, and nothing else is."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curate.assertions.chains import chains
from curate.assertions.equalities import untrue
from curate.assertions.expressions import value_of
from curate.assertions.letters import Letters
from curate.assertions.plainly import doubtful
from curate.assertions.tokens import Exact, lexemes

PLAIN = {
    "sum": "so she has 5 + 3 = 8 apples.",
    "no spaces": "that is 12*.5=6 dollars",
    "money": "it costs $1,200 / 4 = $300.",
    "parentheses": "he has 30 - (6 + 13) = 11 minutes",
    "units": "it grows 2 yogurts/day * 30 days = 60 yogurts.",
    "chain": "together 2 * 20 + 5 = 40 + 5 = 45",
    "letters": "we get 4B + B + Y = 37",
    "words": "The number of fish in both ponds = 28",
    "lone number": "The total (28) = 28",
    "decimal": "at 1.5 * 3 = 4.5 km",
    "latex": r"thus \(2 \times 5 = 10\) boxes",
}
DOUBTED = {
    "wrong sum": "so she has 5 + 3 = 9 apples.",
    "wrong second part": "together 2 * 20 + 5 = 40 + 5 = 46",
    "goes on before": "5 + -3.5 = 5",
    "percent": "it is 0.06*100%.01=6",
    "unit conversion": "so 2 hours = 100 minutes",
    "side begins beyond": "1" + " + 1" * 40 + " = 1",
    "closed before opened": "3) + (4 = 3",
    "power": "and 2 + 3^2 = 5",
}


FIXED = {"x": 5, "y": Fraction(-1, 2)}


def _signs(line: str, fixed: Mapping[str, Exact] = {}) -> list[int]:
    return doubtful(line, Letters(fixed))


@pytest.mark.parametrize("line", PLAIN.values(), ids=PLAIN)
def test_plain(line: str) -> None:
    """What comes out as it is written needs no second look."""
    assert not _signs(line)


@pytest.mark.parametrize("line", DOUBTED.values(), ids=DOUBTED)
def test_doubted(line: str) -> None:
    """What is untrue, or hard to read, gets a second look."""
    assert _signs(line)


@pytest.mark.parametrize(
    "line,told",
    [
        ("So A = 12.", {"A": 12}),
        ("then 3 + A = 12.", {}),
        ("A = B = 12", {}),
        ("CO = 12", {}),
        ("A = 3 * 4 = 12", {"A": 12}),
        ("A = 3 * 4 = 13", {}),
    ],
)
def test_definitions(line: str, told: Mapping[str, int]) -> None:
    """A letter that is set equal to a number is told, and nothing that only looks like it."""
    letters = Letters({})
    doubtful(line, letters)
    assert letters.told == told


_OPERANDS = st.tuples(
    st.sampled_from(["", "", "", "$", "(", "-", "**"]),
    st.sampled_from(["3", "12", "0.5", ".5", "1,200", "7", "2", "x", "4y", "B", "(x + 1)", "3 (in all)"]),
    st.sampled_from(["", "", "", ")", " km", "%", "x", " apples", " per day", "/hour", " hours", "**", "!", "\u00b2"]),
).map("".join)
_SIGN = st.sampled_from([" + ", " - ", "*", " / ", " x ", "-", "^", " and ", ", ", " \u2013 ", "x", " ", ". "])
_LINES = st.tuples(
    st.sampled_from(
        ["", "so ", "3. ", "- ", "is ", "x ", "the number of days ", "(a sum) ", "Total: ", "=> ", "f", "2 + "]
    ),
    st.lists(st.tuples(_OPERANDS, _SIGN).map("".join), max_size=3).map("".join),
    _OPERANDS,
    st.sampled_from([" = ", "="]),
    st.lists(st.tuples(_OPERANDS, _SIGN).map("".join), max_size=2).map("".join),
    _OPERANDS,
    st.sampled_from(
        ["", ".", " apples.", " = 15", " = 5 + 10", " and so on", " apples + 4", " (in all)", "?", " x = 3"]
    ),
).map("".join)


@given(_LINES, st.sampled_from([{}, FIXED]))
@example("3% x 3 = 3", {})
@example("it is -3 - 2 = -5 x 1", FIXED)
def test_nothing_that_is_accused_is_plain(line: str, fixed: Mapping[str, Exact]) -> None:
    """A line that the slow reading accuses, with or without letters of known value, has a sign that is doubted."""
    accused = [mistake for chain in chains(lexemes(line), line) for mistake in untrue(chain, fixed)]
    assert not accused or _signs(line, fixed), accused


_SUMS = st.recursive(
    st.integers(0, 60).map(str),
    lambda sums: st.tuples(sums, st.sampled_from([" + ", " - ", " * ", "*", "+", " \u00d7 "]), sums).map(
        lambda parts: "".join(parts) if parts[1].strip() in "+-" else f"({parts[0]}){parts[1]}({parts[2]})"
    ),
    max_leaves=4,
)


@given(
    _SUMS,
    st.sampled_from(["", "so ", "It is 7. ", "Total: "]),
    st.integers(-2, 2),
    st.sampled_from(["", ".", " apples"]),
)
def test_chains(said: str, before: str, off: int, after: str) -> None:
    """A sum of whole numbers is plain exactly when it comes to what it is said to come to."""
    value = value_of(lexemes(said), {})
    assert value is not None
    assert bool(_signs(f"{before}{said} = {value + off}{after}")) == (off != 0 and not said.isdecimal())
