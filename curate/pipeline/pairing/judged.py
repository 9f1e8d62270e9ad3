"""The replies of a result, one after the other, with what became of each: `kept/`, `dropped/` and the verdicts at once.

The n-th row that was kept is line n of `kept/`, and likewise for `dropped/`, so nothing is looked up and memory does
not grow; where a reply stands is known, so that a few can be read again.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Self

import msgspec
import polars as pl

from curate import jsonlines
from curate.layout import DROPPED, KEPT, VERDICTS
from curate.pipeline.pairing.strategies import GROUNDS
from curate.reading.columns import Mapped
from curate.records import Trace
from curate.traces.foreign import read_again
from curate.traces.own import read_own

BATCH_ROWS = 16_384
OPEN_SHARDS = 64


class Place(NamedTuple):
    """Where a reply stands in a result."""

    is_kept: bool
    """Whether in `kept/`, or in `dropped/`."""
    shard: int
    """Which shard of it, from 0."""
    offset: int
    """The byte at which its line begins."""


class Reply(NamedTuple):
    """A reply, and what became of it."""

    id: str
    dropped_by: str | None
    """The check that dropped it, or would have where rows were only marked."""
    reason: str
    """What that check saw."""
    passed: frozenset[str]
    """Of the checks that strategies go by, those that found nothing."""
    place: Place
    trace: Trace | None
    """None where the row says that it is a trace and is not."""


class Replies:
    """The replies of a result; a context manager.

    Args:
        folder: The folder that holds `kept/`, `dropped/` and the verdicts.
        columns: Field to column, as `--map` said when it was made.
    """

    def __init__(self, folder: Path, columns: Mapped) -> None:
        self._folder = folder
        self._columns = columns
        self._shards = {
            is_kept: sorted((folder / name).glob("*.jsonl")) for is_kept, name in ((True, KEPT), (False, DROPPED))
        }
        self._stack = ExitStack()
        self._open = lru_cache(maxsize=OPEN_SHARDS)(self._opened)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[Reply]:
        """Yield all of them, in the order of the verdicts."""
        lines = {is_kept: self._lines(is_kept=is_kept) for is_kept in (True, False)}
        for row in self._verdicts():
            is_kept = row["dropped_by"] is None
            place, line = next(lines[is_kept])
            fault = row.get("marked_by") or row["dropped_by"]
            yield Reply(
                id=row["id"],
                dropped_by=fault and _check(fault),
                reason=row["reason"] or "",
                passed=frozenset(name for name in GROUNDS if _passed(row, name)),
                place=place,
                trace=self._trace(line, row["id"], is_kept=is_kept),
            )

    def read(self, place: Place, id_: str) -> Trace:
        """Return a reply that was met before."""
        file = self._open(place.is_kept, place.shard)
        file.seek(place.offset)
        trace = self._trace(file.readline(), id_, is_kept=place.is_kept)
        assert trace is not None
        return trace

    def _verdicts(self) -> Iterator[dict[str, Any]]:
        verdicts = pl.scan_parquet(self._folder / VERDICTS, glob=False)
        known = verdicts.collect_schema().names()
        wanted = [name for name in known if name in _COLUMNS or (_check(name) in GROUNDS and ".value" not in name)]
        for batch in verdicts.select(wanted).collect_batches(chunk_size=BATCH_ROWS):
            yield from batch.iter_rows(named=True)

    def _lines(self, *, is_kept: bool) -> Iterator[tuple[Place, bytes]]:
        for number, shard in enumerate(self._shards[is_kept]):
            offset = 0
            with shard.open("rb") as file:
                for line in file:
                    yield Place(is_kept, number, offset), line
                    offset += len(line)

    def _opened(self, is_kept: bool, number: int) -> BinaryIO:  # noqa: FBT001 - a part of the key of a cache
        return self._stack.enter_context(self._shards[is_kept][number].open("rb"))

    def _trace(self, line: bytes, id_: str, *, is_kept: bool) -> Trace | None:
        row = line if is_kept else bytes(msgspec.json.decode(line, type=_Dropped).row)
        try:
            own = read_own(row)
            if own is not None and own.traces[0].id == id_:
                return own.traces[0]
            return read_again(jsonlines.decode(row), self._columns, id_)
        except ValueError:
            return None


class _Dropped(msgspec.Struct):
    """All that is read here of a dropped row: the row itself, as it was read."""

    row: msgspec.Raw


_COLUMNS = ("id", "dropped_by", "marked_by", "reason")


def _check(name: str) -> str:
    """Return the check behind the name of a column; one that stands twice in the list is numbered."""
    return name.partition("#")[0]


def _passed(row: dict[str, Any], check: str) -> bool:
    """Say whether a check that may stand several times in the list looked at a row and found nothing each time."""
    said = {outcome for name, outcome in row.items() if _check(name) == check}
    return "pass" in said and not said & {"fail", "undecided"}
