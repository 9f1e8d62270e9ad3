"""What is plainly fine is passed over, and nothing else is."""

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curate.assertions.chains import chains
from curate.assertions.equalities import untrue
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


def _signs(line: str) -> list[int]:
    return doubtful(line, lambda *_: None, letters=False)


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
    [("So A = 12.", {"A": 12}), ("then 3 + A = 12.", {}), ("A = B = 12", {}), ("CO = 12", {}), ("A = 3 * 4 = 12", {})],
)
def test_definitions(line: str, told: Mapping[str, int]) -> None:
    """A letter that is set equal to a number is told, and nothing that only looks like it."""
    found: dict[str, Exact] = {}
    doubtful(line, found.__setitem__, letters=False)
    assert found == told


_OPERANDS = st.tuples(
    st.sampled_from(["", "$", "("]),
    st.sampled_from(["3", "12", "0.5", ".5", "1,200", "7"]),
    st.sampled_from(["", ")", " km", "%", "x"]),
).map("".join)
_SIGN = st.sampled_from([" + ", " - ", "*", " / ", " x ", "-", "^", " and ", ", "])
_LINES = st.tuples(
    st.sampled_from(["", "so ", "3. ", "- ", "is "]),
    st.lists(st.tuples(_OPERANDS, _SIGN).map("".join), max_size=3).map("".join),
    _OPERANDS,
    st.sampled_from([" = ", "="]),
    st.lists(st.tuples(_OPERANDS, _SIGN).map("".join), max_size=1).map("".join),
    _OPERANDS,
    st.sampled_from(["", ".", " apples.", " = 15"]),
).map("".join)


@given(_LINES)
@example("3% x 3 = 3")
def test_nothing_that_is_accused_is_plain(line: str) -> None:
    """A line that the slow reading accuses has a sign that is doubted."""
    accused = [mistake for chain in chains(lexemes(line), line) for mistake in untrue(chain, {})]
    assert not accused or _signs(line), accused
