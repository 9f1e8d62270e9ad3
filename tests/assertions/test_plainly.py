"""What is plainly fine is passed over, and nothing else is."""

import re
from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curate.assertions.chains import chains
from curate.assertions.excuses import excused
from curate.assertions.expressions import value_of
from curate.assertions.facts import misconverted
from curate.assertions.letters import Letters
from curate.assertions.pairs import unequal_pairs
from curate.assertions.plainly import doubtful
from curate.assertions.tokens import Exact, lexemes, plain_latex

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
    "fraction": r"thus $\frac{1}{2} \times 8 = 4$, which is even",
    "half of an unknown": r"M = \frac{1}{2}L",
    "rounded": "so 22 / 7 = 3.14 of them",
    "nearly": "and 22 / 7 \u2248 3.1",
    "function": "T(154) = 76, T(155) = 77 and \\sqrt{16} = 4",
    "power of an unknown": "we know that AB^2 = 25 and x^2 + 1 = 10",
    "words in parentheses": "so 5 + 3 = 8 (in all)",
    "hyphens": "3 home-made + 3 store-bought = 6 feeders",
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
    "unit that looks like an unknown": "with 5 apples x = 3",
    "not to that digit": "so 22 / 7 = 3.16 of them",
    "far from nearly": "and 22 / 7 \u2248 4.1",
}


FIXED = {"x": 5, "y": Fraction(-1, 2)}


def _signs(line: str, fixed: Mapping[str, Exact] = {}) -> list[int]:
    return [sign for _, signs in doubtful([line], Letters(fixed)) for sign in signs]


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
    """Where several letters are, one that is set equal to a number is told, and nothing that only looks like it."""
    letters = Letters({})
    list(doubtful([line, "So Y = 5.", "So Z = 6."], letters))
    assert letters.told == {**told, "Y": 5, "Z": 6}


def _one_of(words: str) -> st.SearchStrategy[str]:
    """Draw one of some texts that bars stand between."""
    return st.sampled_from(words.split("|"))


_NUMBERS = _one_of("3|12|0.5|.5|1,200|7|2|4.50|1/2|12,5|1,2345|3.33|12:30|2020|1.2.3")
_UNKNOWNS = _one_of(
    r"x|4y|B|(x + 1)|f(3)|2(x)|\sqrt{16}|\frac{1}{2}|x_1|x^2|AB|AB^2|B1|y|3 (in all)|apples|the number|{3}|3Tri|(1/2)x"
)
_BEFORE = _one_of("||||$|(|((|-|\u2212|**|[")
_AFTER = _one_of(
    r"||||)| km|%|x| apples| per day|/hour| hours|**|!|"
    "\u00b2"
    r"| m|) apples| percent| of| is|\%|km| / day|$|.| 3"
)
_OPERANDS = st.tuples(_BEFORE, _NUMBERS | _NUMBERS | _UNKNOWNS, _AFTER).map("".join)
_SIGN = _one_of(" + | - |*| / | x |-|^| and |, | \u2013 |\u2013|x| |. | +- |/| : | \\times |\\cdot |\u00d7| \u00b7 ")
_EQUALS = _one_of(" = | = | = |=| \u2248 |= $| = -| = (| == | >= | => | &= ")
_SIDES = st.tuples(st.lists(st.tuples(_OPERANDS, _SIGN).map("".join), max_size=2).map("".join), _OPERANDS).map("".join)
_HEADS = _one_of(
    "|so |3. |- |* |is |x |the number of days |(a sum) |Total: |=> |f|2 + |2^|5 apples |5 is |which is - |A = |"
    "(we call it |and then minus |say 5, |v1.|red and blue "
)
_TAILS = _one_of(
    "|.| apples.| = 15| = 5 + 10| and so on| apples + 4| (in all)|?| x = 3|) * 2|/day| / day|!|\u00b2| apples x = 3|:30"
    "| - which|->3| hours"
)
_LINES = st.tuples(_HEADS, _SIDES, st.lists(st.tuples(_EQUALS, _SIDES), min_size=1, max_size=2), _TAILS).map(
    lambda parts: f"{parts[0]}{parts[1]}{''.join(map(''.join, parts[2]))}{parts[3]}"
)


@given(_LINES, st.sampled_from([{}, FIXED]))
@example("3% x 3 = 3", {})
@example("it is -3 - 2 = -5 x 1", FIXED)
@example("2 + 3 = 3\u00b2 apples.", {})
@example("5 apples x = 3", {})
@example("x -1,2345 * 3 = 3", {})
@example("he pays $0.50 - $.05/gumball = $0.4/gumball", {})
def test_nothing_that_is_accused_is_plain(line: str, fixed: Mapping[str, Exact]) -> None:
    """A sign at which the slow reading accuses, with or without letters of known value, is doubted."""
    plain = plain_latex(line)
    signs = [sign.start() for sign in re.finditer("[=\u2248]", plain)]
    doubted = {signs[at] for at in _signs(line, fixed)}
    for chain in chains(lexemes(plain), plain):
        for pair in unequal_pairs(chain, fixed):
            between = range(pair.left[-1].end, pair.right[0].start)
            assert excused(pair) or any(sign in between for sign in doubted), pair.said
        assert doubted or not list(misconverted(chain))


_PIECES = _one_of(r"\frac{1}|{2} = 3|\text{so|} = 4|3 + 4 = 8| x |**|\approx 5|2 \times 3 = 5|= (1|) = 7|\frac")


@given(st.lists(_LINES | st.lists(_PIECES).map("".join), min_size=2))
@example(["so x = \\frac{1}", "{2} = 3 and 3 + 4 = 8"])
def test_lines_are_read_apart(texts: list[str]) -> None:
    """What is in doubt in a line does not depend on the lines around it, as long as they define no letters."""
    lines = [text.lower() for text in texts if "=" in text]
    apart = [(place, signs) for place, line in enumerate(lines) for _, signs in doubtful([line], Letters({}))]
    assert list(doubtful(lines, Letters({}))) == apart


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
