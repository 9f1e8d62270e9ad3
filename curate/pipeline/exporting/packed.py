"""One shard as a file, plain or compressed; the same rows always come to the same bytes."""

import gzip
from pathlib import Path
from typing import IO, Literal, Protocol

import zstandard

Compression = Literal["none", "gzip", "zstd"]
_SUFFIXES: dict[Compression, str] = {"none": "", "gzip": ".gz", "zstd": ".zst"}
GZIP_LEVEL = 6
ZSTD_LEVEL = 3


def suffix_of(compression: Compression) -> str:
    """Return what the name of a compressed file ends with."""
    return _SUFFIXES[compression]


class ShardFile:
    """A shard while it is written.

    Args:
        path: The file.
        compression: How it is compressed.
    """

    def __init__(self, path: Path, compression: Compression) -> None:
        self.rows = 0
        self.bytes = 0
        """Before compression."""
        self._plain = path.open("wb")
        self._packed = _packed(self._plain, compression)

    def write(self, row: bytes) -> None:
        """Add a row, its newline included."""
        self._packed.write(row)
        self.rows += 1
        self.bytes += len(row)

    def close(self) -> None:
        """Finish the file."""
        if self._packed is not self._plain:
            self._packed.close()
        self._plain.close()


class _Stream(Protocol):
    def write(self, data: bytes, /) -> int: ...

    def close(self) -> None: ...


def _packed(file: IO[bytes], compression: Compression) -> _Stream:
    """Return a stream into a file; neither a name nor a time gets into it."""
    if compression == "gzip":
        return gzip.GzipFile("", "wb", GZIP_LEVEL, file, mtime=0)
    if compression == "zstd":
        return zstandard.ZstdCompressor(ZSTD_LEVEL).stream_writer(file, closefd=False)
    return file
