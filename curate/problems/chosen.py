"""Some of a source's problems, and their order, by hash: who is chosen stays so when rows come or change places."""

import heapq
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

import msgspec

from curate import jsonlines
from curate.digests import raw_digest
from curate.problems.found import Found, NotTaken
from curate.records import Problem

SLACK = 10_000
"""How many more problems than are chosen are remembered, so that they are rarely sorted."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which problems of a source are taken."""

    seed: int
    """The recipe's."""
    sample: int | None = None
    """So many of them, those with the lowest hashes."""
    limit: int | None = None
    """So many of these, the first ones."""
    shuffle: bool = False
    """In the order of their hashes, and not in that of the source."""


def chosen(problems: Iterable[Found], choice: Choice) -> Iterator[Found]:
    """Yield the problems that are taken, whatever else the source yields, and at last how many were not taken.

    With a limit alone what lies behind it is not read.
    """
    if choice.sample is None and not choice.shuffle:
        yield from _first(problems, choice.limit)
        return
    with TemporaryFile() as spool:
        places = _Places(choice)
        for item in problems:
            if isinstance(item, Problem):
                if places.add(item.id, spool.tell()):
                    spool.write(jsonlines.encode(item) + b"\n")
            else:
                yield item
        taken = places.in_order()
        yield from _read(spool, taken)
        yield NotTaken(left_out=places.found - len(taken), repeated=places.repeated)


def _first(problems: Iterable[Found], limit: int | None) -> Iterator[Found]:
    seen: set[str] = set()
    for item in problems:
        if limit is not None and isinstance(item, Problem):
            if len(seen) == limit and item.id not in seen:
                return
            seen.add(item.id)
        yield item


class _Places:
    """Where the problems lie that may yet be chosen, by the rank that their hash gives them."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._places: dict[bytes, int] = {}
        self.found = 0
        """Different problems."""
        self.repeated = 0

    def add(self, identity: str, place: int) -> bool:
        """Take note of a problem; returns whether it is a new one."""
        rank = raw_digest(str(self._choice.seed), "sample", identity)
        if rank in self._places:
            self.repeated += 1
            return False
        self.found += 1
        self._places[rank] = place
        if self._choice.sample is not None and len(self._places) > self._choice.sample + SLACK:
            self._places = dict(self._lowest(self._choice.sample))
        return True

    def _lowest(self, count: int) -> list[tuple[bytes, int]]:
        return heapq.nsmallest(count, self._places.items())

    def in_order(self) -> list[int]:
        """Return the places of those that are taken, in their order."""
        sample = self._choice.sample
        taken = sorted(self._places.items()) if sample is None else self._lowest(sample)
        places = [place for _, place in taken]
        return (places if self._choice.shuffle else sorted(places))[: self._choice.limit]


def _read(spool: IO[bytes], places: list[int]) -> Iterator[Problem]:
    for place in places:
        spool.seek(place)
        yield jsonlines.decode_as(spool.readline(), Problem)
