"""Write rows into numbered shards."""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self


class ShardWriter:
    """Writes lines to `part-00000.jsonl`, `part-00001.jsonl` ..., so many rows in each; a context manager.

    Args:
        folder: Where the shards go; made with the first row, so that there is none for nothing.
        shard_rows: Rows in each shard.
    """

    def __init__(self, folder: Path, shard_rows: int) -> None:
        self.folder = folder
        self.shard_rows = shard_rows
        self.rows = 0
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def write(self, line: bytes) -> None:
        """Write one line, its newline included."""
        if self.rows % self.shard_rows == 0:
            self._close()
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = (self.folder / f"part-{self.rows // self.shard_rows:05d}.jsonl").open("wb")
        assert self._file is not None
        self._file.write(line)
        self.rows += 1

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def split_shard_name(split: str, number: int, total: int) -> str:
    """Return the name of one shard of a split: `train-00003-of-00016.jsonl`."""
    return f"{split}-{number:05d}-of-{total:05d}.jsonl"
