"""Which split each problem falls into: fixed by its id, so that it stays where it is when rows are added."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate

import msgspec

TRAIN = "train"


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """The splits, and the problems that do not go where their own id says."""

    shares: Mapping[str, float] = {}
    """Split to its share of the problems; the rest is `train`."""
    leaders: Mapping[int, int] = {}
    """The point of a problem that is like others, to the point of the one among them that all of them follow."""
    strata: Mapping[int, str] | None = None
    """Where splits are stratified: the point of each problem that leads, to its split."""

    def split_of(self, point: int) -> str:
        """Return the split of a problem by its point."""
        leader = self.leaders.get(point, point)
        return self.by_share(leader / 2**64) if self.strata is None else self.strata[leader]

    def by_share(self, place: float) -> str:
        """Return the split of a place in [0, 1)."""
        for split, size in self.shares.items():
            if place < size:
                return split
            place -= size
        return TRAIN


def stratified(shares: Mapping[str, float], leaders: Mapping[int, int], domains: Mapping[int, str]) -> Sides:
    """Return splits that have their share of each domain, to a problem; those that lead count for all that follow.

    Within a domain problems stand in the order of their points, and each split takes its share of them. So when rows
    are added, problems at the border between two splits may change sides, which they never do without strata.

    Args:
        shares: Split to its share.
        leaders: Problems that follow another one.
        domains: Point of each problem to its domain.
    """
    by_domain: dict[str, list[int]] = {}
    for point, domain in domains.items():
        if point not in leaders:
            by_domain.setdefault(domain, []).append(point)
    strata = {point: split for points in by_domain.values() for point, split in _dealt(shares, sorted(points))}
    return Sides(shares=shares, leaders=leaders, strata=strata)


def _dealt(shares: Mapping[str, float], points: list[int]) -> Iterable[tuple[int, str]]:
    names = [*shares, TRAIN]
    borders = [round(bound * len(points)) for bound in accumulate(shares.values())]
    for place, point in enumerate(points, start=1):
        yield point, names[bisect_left(borders, place)]


def in_order(splits: Mapping[str, object]) -> list[str]:
    """Return names of splits, `train` first and then by name."""
    return sorted(splits, key=lambda split: (split != TRAIN, split))
