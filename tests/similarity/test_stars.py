"""Which rows stay, against comparing all with all."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curate.similarity.stars import MAX_KEPT, Buckets, Twin, twins


def similarity(one: int, other: int) -> float:
    """Return how near two points on a line are, from 1 (the same) to 0."""
    return max(0.0, 1 - abs(one - other) / 10)


def found_among(points: list[int], bands: list[list[int]], min_similarity: float, settled: int = 0) -> list[Twin]:
    """Return the twins of points that share the keys they are given."""
    places = np.arange(len(points), dtype=np.uint32)
    shared = [(places, np.array(keys, np.uint64)) for keys in bands]

    def alike(place: int, other: int) -> float:
        return similarity(points[place], points[other])

    return list(twins(Buckets(shared, len(points)), len(points), alike, min_similarity=min_similarity, settled=settled))


def one_key(points: list[int]) -> list[list[int]]:
    """Return keys by which every point is compared with every other."""
    return [[7] * len(points)]


@given(st.lists(st.integers(0, 60), max_size=25), st.sampled_from([0.5, 0.8, 1.0]))
def test_every_row_that_goes_is_like_one_that_stays(points: list[int], min_similarity: float) -> None:
    """What goes is similar to a kept row before it; no two kept rows are."""
    gone = {twin.place: twin for twin in found_among(points, one_key(points), min_similarity)}
    kept = [place for place in range(len(points)) if place not in gone]
    for twin in gone.values():
        assert twin.kept in kept
        assert twin.kept < twin.place
        assert twin.similarity == similarity(points[twin.place], points[twin.kept]) >= min_similarity
    assert not any(
        similarity(points[one], points[other]) >= min_similarity for one in kept for other in kept if one != other
    )


def test_chain_does_not_merge() -> None:
    """A chain of small changes is cut: what is far from the kept row is kept itself."""
    points = list(range(0, 40, 2))
    gone = found_among(points, one_key(points), 0.8)
    assert [twin.place for twin in gone] == [place for place in range(20) if place % 2]


def test_settled_rows_stay() -> None:
    """Rows of an earlier dataset stay though they are alike, and others go for them."""
    assert [twin.place for twin in found_among([1, 1, 1], one_key([1, 1, 1]), 0.8, settled=2)] == [2]


def test_rows_without_a_common_key_are_not_compared() -> None:
    """Only rows that share a key in the same band are compared."""
    assert found_among([1, 1], [[5, 6], [6, 5]], 0.8) == []
    assert [twin.place for twin in found_among([1, 1], [[5, 6], [5, 5]], 0.8)] == [1]


def test_key_of_very_many_is_bounded() -> None:
    """Under a key that very many dissimilar rows share, so many are remembered and the work stays bounded."""
    points = range(3 * MAX_KEPT)
    asked: list[int] = []

    def dissimilar(_place: int, other: int) -> float:
        asked.append(other)
        return 0.0

    shared = [(np.arange(len(points), dtype=np.uint32), np.full(len(points), 3, np.uint64))]
    assert list(twins(Buckets(shared, len(points)), len(points), dissimilar, min_similarity=0.5)) == []
    assert max(asked) < MAX_KEPT
