"""Text as hashed words."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.similarity.words import CHUNK_BYTES, words_of


def hashes(text: str) -> list[int]:
    """Return the words of a text as plain numbers."""
    return [int(word) for word in words_of(text).hashes]


@pytest.mark.parametrize(
    "left,right",
    [
        pytest.param("Two eggs.", "two EGGS", id="case and punctuation"),
        pytest.param("two\neggs\tmore", "two eggs  more", id="spacing"),
        pytest.param("he said \u201cgo\u201d", "he said 'go'", id="quotes"),
        pytest.param("5 \u2212 3", "5 - 3", id="typographic minus"),
        pytest.param("5-3", "5 - 3", id="spaces in a formula"),
        pytest.param(r"$x\,+\,1$", "$x+1$", id="thin spaces of LaTeX"),
        pytest.param(r"x \quad = \; 2", "x = 2", id="wide spaces of LaTeX"),
        pytest.param(r"\left( x \right)", "(x)", id="sizes of LaTeX"),
        pytest.param(r"\( x \)", "$x$", id="borders of a formula"),
        pytest.param(r"\frac{1}{2}", r"\frac {1} {2}", id="braces"),
        pytest.param("3 * 4", "3 \u00d7 4", id="multiplication"),
        pytest.param("\ufb01ve", "five", id="compatibility forms"),
        pytest.param("cafe\u0301", "caf\u00e9", id="composed and decomposed"),
        pytest.param("\u4e09\u4e2a\u82f9\u679c\u3002", "\u4e09 \u4e2a \u82f9 \u679c", id="a script without spaces"),
    ],
)
def test_same_words(left: str, right: str) -> None:
    """What is only another way to write the same is the same words."""
    assert hashes(left) == hashes(right)


@pytest.mark.parametrize(
    "left,right",
    [
        pytest.param("5 - 3", "5 + 3", id="an operator"),
        pytest.param("not (a or b)", "not a or b", id="a parenthesis"),
        pytest.param("3 eggs", "4 eggs", id="a number"),
        pytest.param("two eggs", "eggs two", id="order"),
        pytest.param("ab c", "a bc", id="a letter in the next word"),
        pytest.param("\u4e09\u4e2a", "\u4e2a\u4e09", id="order in a script without spaces"),
    ],
)
def test_other_words(left: str, right: str) -> None:
    """What says something else is other words."""
    assert hashes(left) != hashes(right)


_PLAIN = re.compile(r"[a-z\x80-\U0010ffff]+|[0-9]+|[-+/=<>^%()]")


@given(st.text(alphabet=st.sampled_from("abz 01\n.,;-+=()\u00e9\u00fc$'\""), max_size=80))
def test_words_are_those_of_a_plain_pattern(text: str) -> None:
    """There are as many words as a pattern finds, and two are equal exactly where theirs are."""
    expected = _PLAIN.findall(text.lower())
    found = hashes(text)
    assert len(found) == len(expected)
    assert [found.index(word) for word in found] == [expected.index(word) for word in expected]


def test_long_text_is_cut_at_spaces_only() -> None:
    """The words of a text of many chunks are those of its pieces."""
    piece = "the answer is 42 because 6 * 7 = 42 and nothing else " * 50
    long = piece * (3 * CHUNK_BYTES // len(piece))
    once = words_of(piece)
    found = words_of(long)
    assert found.hashes.tolist() == once.hashes.tolist() * (len(long) // len(piece))
    assert np.all(np.diff(found.starts) > 0)


def test_word_of_any_length_is_taken() -> None:
    """A run of letters without an end makes some words, and no error."""
    assert len(words_of("a" * (3 * CHUNK_BYTES))) > 0
    assert len(words_of("")) == 0
    assert len(words_of("\ud800 x")) == 2


def test_numbers_can_be_made_one() -> None:
    """Without numbers, a text is the same whatever its numbers are."""
    left, right = words_of("3 eggs and 12 hens"), words_of("7 eggs and 5 hens")
    assert left.without_numbers().hashes.tolist() == right.without_numbers().hashes.tolist()
    assert len(left.numbers()) == 2
