"""Which split each problem falls into: fixed by its id, so that it stays where it is when rows are added."""

from collections.abc import Mapping

import msgspec

TRAIN = "train"


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """The splits, and the problems that do not go where their own id says."""

    shares: Mapping[str, float] = {}
    """Split to its share of the problems; the rest is `train`."""
    leaders: Mapping[int, int] = {}
    """The point of a problem that is like others, to the point of the one among them that all of them follow."""

    def split_of(self, point: int) -> str:
        """Return the split of a problem by its point."""
        place = self.leaders.get(point, point) / 2**64
        for split, size in self.shares.items():
            if place < size:
                return split
            place -= size
        return TRAIN


def in_order(splits: Mapping[str, object]) -> list[str]:
    """Return names of splits, `train` first and then by name."""
    return sorted(splits, key=lambda split: (split != TRAIN, split))
