"""The shards of one format: its rows in the order of their hashes, so that every shard is a fair sample."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import msgspec

from curate.pipeline.exporting.ordered import ordered
from curate.pipeline.exporting.packed import Compression, ShardFile, suffix_of
from curate.pipeline.exporting.sides import Sides, in_order
from curate.pipeline.exporting.spool import ORDER, POINT, ROW, TOKENS
from curate.shards import split_shard_name


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """How the rows of a split are cut into shards."""

    shard_rows: int
    """Most rows in each."""
    shard_bytes: int | None = None
    """Most bytes of rows in each, before they are compressed; a row that is longer is a shard of its own."""
    compression: Compression = "none"
    """How they are compressed."""


class Written(msgspec.Struct, kw_only=True):
    """What came of the rows of one format."""

    rows: dict[str, int] = {}
    """Split to rows."""
    shards: dict[str, tuple[str, ...]] = {}
    """Split to the names of its shards."""
    repeated: int = 0
    """Rows that were there before."""
    tokens: Counter[int] = msgspec.field(default_factory=Counter)
    """Tokens to rows that have so many."""


def write_shards(spools: Sequence[Path], folder: Path, sides: Sides, cut: Cut, *, once: bool = False) -> Written:
    """Write the rows of some spools into the shards of a format.

    Args:
        spools: What the units rendered.
        folder: Where the shards go; made with the first row.
        sides: Which split each problem falls into.
        cut: How they are cut.
        once: Whether only the first of the rows with one id is written: samples of a problem, where it is asked once.
    """
    written = Written()
    with ExitStack() as stack:
        splits: dict[str, _Shards] = {}
        for line in _first_of_each(spools, folder, written) if once else ordered(spools, folder.parent):
            split = sides.split_of(int(line[POINT], 16))
            if split not in splits:
                splits[split] = stack.enter_context(_Shards(folder, split, cut))
            splits[split].write(line[ROW])
            written.tokens[int(line[TOKENS], 16)] += 1
    written.rows = {split: splits[split].rows for split in in_order(splits)}
    written.shards = {split: splits[split].named() for split in in_order(splits)}
    return written


def _first_of_each(spools: Sequence[Path], folder: Path, written: Written) -> Iterator[bytes]:
    last = b""
    for line in ordered(spools, folder.parent):
        if line[ORDER] == last:
            written.repeated += 1
        else:
            last = line[ORDER]
            yield line


class _Shards:
    """The shards of one split while they are written; how many there are is known, and they are named, at the end."""

    def __init__(self, folder: Path, split: str, cut: Cut) -> None:
        self.folder = folder
        self.split = split
        self.cut = cut
        self.rows = 0
        self._parts: list[Path] = []
        self._file: ShardFile | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir(exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def write(self, row: bytes) -> None:
        """Add a row, its newline included."""
        file = self._file if self._file is not None and self._has_room(self._file, len(row)) else self._begin()
        file.write(row)
        self.rows += 1

    def _has_room(self, file: ShardFile, more: int) -> bool:
        limit = self.cut.shard_bytes
        return file.rows < self.cut.shard_rows and (limit is None or file.bytes + more <= limit)

    def _begin(self) -> ShardFile:
        self._close()
        self._parts.append(self.folder / f".{self.split}-{len(self._parts)}")
        self._file = ShardFile(self._parts[-1], self.cut.compression)
        return self._file

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def named(self) -> tuple[str, ...]:
        """Give the shards their names, and return them."""
        end = suffix_of(self.cut.compression)
        total = len(self._parts)
        names = tuple(split_shard_name(self.split, number, total) + end for number in range(total))
        for part, name in zip(self._parts, names, strict=True):
            part.replace(self.folder / name)
        return names
