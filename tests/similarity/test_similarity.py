"""Shingles, MinHash keys and rows that share them, against plain Python."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.similarity.minhash import MARGIN, band_rows, keys, minimums
from curate.similarity.mixing import Hashes
from curate.similarity.shared import ROW_BYTES, shared_keys
from curate.similarity.shingles import compact, distinct, jaccard, ngrams, shingles
from curate.similarity.words import words_of

words = st.lists(st.sampled_from("abcdef"), max_size=30)


def runs(text: list[str], length: int) -> set[tuple[str, ...]]:
    """Return the runs of a text, in plain Python."""
    length = min(length, len(text))
    return {tuple(text[place : place + length]) for place in range(len(text) - length + 1)} if text else set()


@given(words, words, st.integers(1, 6))
def test_similarity_is_exact_jaccard(left: list[str], right: list[str], length: int) -> None:
    """The similarity of two texts is the Jaccard similarity of their runs of words."""
    one, other = (distinct(compact(shingles(words_of(" ".join(text)).hashes, length))) for text in (left, right))
    mine, theirs = runs(left, length), runs(right, length)
    expected = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
    assert jaccard(one, other) == pytest.approx(expected)


@given(words, st.integers(1, 6))
def test_runs_come_in_order(text: list[str], length: int) -> None:
    """There is one run for each place where one begins, and equal runs have equal numbers."""
    found = ngrams(words_of(" ".join(text)).hashes, length).tolist()
    expected = [tuple(text[place : place + length]) for place in range(len(text) - length + 1)]
    assert [found.index(run) for run in found] == [expected.index(run) for run in expected]


@pytest.mark.parametrize("min_similarity", [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0])
@pytest.mark.parametrize("num_perm", [64, 112, 256])
def test_keys_find_what_is_promised(num_perm: int, min_similarity: float) -> None:
    """A pair just above the threshold shares one of its keys but once in a thousand times."""
    rows = band_rows(num_perm, min_similarity)
    similarity = min(min_similarity + MARGIN, (1 + min_similarity) / 2)
    assert 1 - (1 - similarity**rows) ** (num_perm // rows) >= 0.999


def test_agreement_estimates_similarity() -> None:
    """The share of equal minimums is near the Jaccard similarity of the runs."""
    left = " ".join(f"w{number}" for number in range(600))
    right = " ".join(f"w{number}" for number in range(200, 800))
    one, other = (shingles(words_of(text).hashes, 5) for text in (left, right))
    agreement = np.mean(minimums(one, 1024) == minimums(other, 1024))
    assert agreement == pytest.approx(jaccard(distinct(compact(one)), distinct(compact(other))), abs=0.06)


def test_equal_texts_share_every_key() -> None:
    """Keys depend on the runs alone, and another run changes some."""
    text = shingles(words_of("six boys and seven girls share ten apples").hashes, 3)
    assert keys(minimums(text, 12), 3).tolist() == keys(minimums(text, 12), 3).tolist()
    assert keys(minimums(text, 12), 3).tolist() != keys(minimums(text[:3], 12), 3).tolist()


@given(st.lists(st.integers(0, 12), max_size=60), st.integers(1, 7), st.integers(1, 60 * ROW_BYTES))
def test_shared_keys_are_found_within_any_memory(values: list[int], piece: int, memory: int) -> None:
    """The rows that share a key are the same however little memory there is; the key 0 is nobody's."""

    def read() -> Iterator[Hashes]:
        for start in range(0, len(values), piece):
            yield np.array(values[start : start + piece], np.uint64)

    counts = Counter(values)
    expected = [(row, value) for row, value in enumerate(values) if value and counts[value] > 1]
    found = shared_keys(read, memory)
    assert list(zip(found.rows.tolist(), found.keys.tolist(), strict=True)) == expected
