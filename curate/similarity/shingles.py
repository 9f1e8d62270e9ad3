"""Runs of n words as one number each, and how alike two texts are by the runs that they have in common."""

import numpy as np
from numpy.typing import NDArray

from curate.similarity.mixing import Hashes, mixed

Shingles = NDArray[np.uint32]
"""Sorted."""


def ngrams(hashes: Hashes, length: int) -> Hashes:
    """Return one number for each run of `length` words, in order; none where there are fewer words."""
    count = max(0, len(hashes) - length + 1)
    total = hashes[:count].copy()
    for place in range(1, length):
        total *= _BASE
        total += hashes[place : place + count]
    return mixed(total)


_BASE = np.uint64(0xA0761D6478BD642F)
"""Another base than that of the words: a letter moved to the next word makes another run."""


def shingles(hashes: Hashes, length: int) -> Hashes:
    """Return the runs of `length` words, in order; a shorter text is one run, an empty one has none."""
    return ngrams(hashes, max(1, min(length, len(hashes))))


def compact(runs: Hashes) -> Shingles:
    """Return the runs as 32 bits each, sorted; equal ones stand side by side.

    Two different runs are taken for one with a chance of 2**-32: in a pair of texts of 1,000 words once in 4,000 times,
    and then their similarity is off by a thousandth.
    """
    short = (runs >> np.uint64(32)).astype(np.uint32)
    short.sort()
    return short


def distinct(sorted_runs: Shingles) -> Shingles:
    """Return sorted runs, each once."""
    is_first = np.ones(len(sorted_runs), bool)
    np.not_equal(sorted_runs[1:], sorted_runs[:-1], out=is_first[1:])
    return sorted_runs[is_first]


def jaccard(one: Shingles, other: Shingles) -> float:
    """Return the share of runs that both have among those that either has, each once; 0 where there are none."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    either = len(one) + len(other) - common
    return common / either if either else 0.0
