"""Replies by their length: those that are no more than so many times as long as another, nor it as they are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from curate.pipeline.pairing.strategies import Sample


class ByLength:
    """Some replies, shortest first; those of one length stay in the order given."""

    def __init__(self, replies: Iterable[Sample]) -> None:
        self.replies = sorted(replies, key=_length)

    def near(self, sample: Sample, ratio: float | None) -> range:
        """Return the places of those whose length is within a ratio of another's; None for all."""
        if ratio is None:
            return range(len(self.replies))
        first = bisect_left(self.replies, float(sample.length), key=lambda one: one.length * ratio)
        return range(first, bisect_right(self.replies, sample.length * ratio, key=_length))

    def shorter(self, sample: Sample, ratio: float | None) -> range:
        """Return the places of those of them that are shorter than it."""
        near = self.near(sample, ratio)
        return range(near.start, bisect_left(self.replies, sample.length, near.start, near.stop, key=_length))

    def longer(self, sample: Sample, ratio: float | None) -> range:
        """Return the places of those of them that are longer than it."""
        near = self.near(sample, ratio)
        return range(bisect_right(self.replies, sample.length, near.start, near.stop, key=_length), near.stop)

    def at(self, places: Iterable[int]) -> Iterator[Sample]:
        """Yield the replies at some places."""
        return (self.replies[place] for place in places)


def _length(sample: Sample) -> int:
    return sample.length
