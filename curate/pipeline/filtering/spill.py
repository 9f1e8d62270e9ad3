"""A table that grows piece by piece: in memory while it is small, on disk beyond that."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl


class Spill:
    """Frames of one shape, one after the other.

    Args:
        folder: Where they go when they are too large; made when it is needed.
        most: Bytes that are held in memory.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self.folder = folder
        self.most = most
        self.bytes = 0
        """Bytes of all of them."""
        self.rows = 0
        self._held: list[pl.DataFrame] = []
        self._held_bytes = 0
        self._paths: list[Path] = []

    def add(self, frame: pl.DataFrame) -> None:
        """Add the rows of a frame after those that are there."""
        self._held.append(frame)
        size = int(frame.estimated_size())
        self.rows += frame.height
        self.bytes += size
        self._held_bytes += size
        if self._held_bytes > self.most:
            self._write()

    def _write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{len(self._paths):05d}.arrow"
        pl.concat(self._held).write_ipc(path)
        self._paths.append(path)
        self._held, self._held_bytes = [], 0

    def __iter__(self) -> Iterator[pl.DataFrame]:
        for path in self._paths:
            yield pl.read_ipc(path)
        if self._held:
            yield pl.concat(self._held)

    def share(self, column: str, number: int, shares: int) -> pl.DataFrame:
        """Return the rows whose `column` falls into one of so many shares, in order; equal ones are in the same."""
        if shares == 1:
            return pl.concat(self)
        return pl.concat(frame.filter(pl.col(column).hash() % shares == number) for frame in self)

    def clear(self) -> None:
        """Remove what is on disk."""
        for path in self._paths:
            path.unlink()
