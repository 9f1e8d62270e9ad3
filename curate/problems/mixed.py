"""Several makers of problems in turn, so that any prefix of what they give has its share of each."""

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice

from curate.records import Problem

Maker = tuple[int, Iterator[Problem]]
"""How many problems it gives, and the problems."""


def mixed(makers: Sequence[Maker]) -> Iterator[Problem]:
    """Yield the problems of several makers, each in its order and as often as it has them."""
    for _, place in merge(*(_turns(count, place) for place, (count, _) in enumerate(makers))):
        yield from islice(makers[place][1], 1)


def _turns(count: int, place: int) -> Iterator[tuple[float, int]]:
    """Yield when a maker is due, on a scale from 0 to 1 for all of them."""
    for number in range(count):
        yield (number + 0.5) / count, place
