"""Which rows stay: every other one is similar to one that stays, by the real similarity and not by its estimate.

Rows are looked at in a fixed order. A row that is similar to one that was kept before it goes, and points at it; any
other stays. So a chain of small changes is not followed to its end: what has drifted too far from the row that was kept
is kept itself. Connected components would merge a whole corpus along such chains; these are stars, cut out of them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curate.similarity.mixing import Hashes

MAX_KEPT = 64
"""Kept rows remembered under one key. A key that more dissimilar rows than that share is a template's."""
MAX_COMPARED = 64
"""Kept rows that one row is compared with: those with which it shares the most keys."""

Places = NDArray[np.uint32]


class Twin(NamedTuple):
    """A row that goes, and why."""

    place: int
    kept: int
    similarity: float


class Buckets:
    """Rows by the keys that they share; a row is named by its place in the order in which rows are looked at.

    Args:
        shared: For each band, the places of rows that share a key, and these keys.
        count: How many places there are.
    """

    def __init__(self, shared: Sequence[tuple[Places, Hashes]], count: int) -> None:
        places = np.concatenate([places for places, _ in shared])
        labels, sizes = _labelled([keys for _, keys in shared])
        self._labels = labels[np.argsort(places, kind="stable")]
        self._first = np.concatenate([[0], np.cumsum(np.bincount(places, minlength=count))])
        self._starts = np.concatenate([[0], np.cumsum(np.minimum(sizes, MAX_KEPT))])
        self._filled = np.zeros(len(sizes), np.uint32)
        self._slots = np.zeros(self._starts[-1], np.uint32)

    def keep(self, place: int) -> None:
        """Remember that a row stays, under every key that has room."""
        labels = self._labels_of(place)
        labels = labels[self._filled[labels] < self._starts[labels + 1] - self._starts[labels]]
        self._slots[self._starts[labels] + self._filled[labels]] = place
        self._filled[labels] += 1

    def kept_near(self, place: int) -> list[int]:
        """Return kept rows that share a key with this one: those with which it shares the most first."""
        labels = self._labels_of(place)
        labels = labels[self._filled[labels] > 0]
        if not len(labels):
            return []
        starts = self._starts[labels]
        found = [self._slots[start:end] for start, end in zip(starts, starts + self._filled[labels], strict=True)]
        near, times = np.unique(np.concatenate(found), return_counts=True)
        return near[np.argsort(-times, kind="stable")][:MAX_COMPARED].tolist()  # type: ignore[no-any-return]

    def _labels_of(self, place: int) -> Places:
        return self._labels[self._first[place] : self._first[place + 1]]


def _labelled(bands: Sequence[Hashes]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the number of each key, counted through all bands, and how many rows have it."""
    labels, sizes, start = [], [], 0
    for keys in bands:
        _, label, size = np.unique(keys, return_inverse=True, return_counts=True)
        labels.append((label + start).astype(np.uint32))
        sizes.append(size)
        start += len(size)
    return np.concatenate(labels), np.concatenate(sizes)


def twins(
    buckets: Buckets, count: int, similarity: Callable[[int, int], float], *, min_similarity: float, settled: int = 0
) -> Iterator[Twin]:
    """Yield the rows that go.

    Args:
        buckets: Which rows share keys.
        count: How many rows there are.
        similarity: The real similarity of two rows.
        min_similarity: The least at which one of two goes.
        settled: So many of the first rows stay whatever they are like: those of an earlier dataset.
    """
    for place in range(count):
        twin = None if place < settled else _twin(buckets, place, similarity, min_similarity)
        if twin is None:
            buckets.keep(place)
        else:
            yield twin


def _twin(buckets: Buckets, place: int, similarity: Callable[[int, int], float], min_similarity: float) -> Twin | None:
    for other in buckets.kept_near(place):
        found = similarity(place, other)
        if found >= min_similarity:
            return Twin(place, other, found)
    return None
