"""Lines of input files, one after the other, each with its place; compressed files are read as a stream.

A unit of work is a newline-aligned range of a plain file, or one compressed file.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import msgspec
import zstandard

from curate.errors import DataError
from curate.jsonlines import BOM, UnreadableLineError, decode, nested_beyond
from curate.records import JSON

MAX_LINE_BYTES = 64 * 2**20
BLOCK_BYTES = 2**20
MAX_DEPTH = 500
"""Levels of arrays and objects on a line. Python's own bound depends on how deep its caller stands in calls, so what
it refuses would depend on the number of workers."""

_BLANKS = (b"", b" ", b"\t", b"\r", b"\n")

Compression = Literal["gzip", "zstd"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One input file."""

    name: str
    """The shortest ending of its path that tells it from the other inputs; the name that goes into results."""
    path: str
    """Where it is on this machine; goes into no result."""
    compression: Compression | None = None
    stamp: tuple[int, int, int] | None = None
    """Inode, size and time of change (ns) when the input was planned; None for a file that is only looked at."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of one source that one worker reads."""

    index: int
    source: Source
    start: int
    """Byte offset of its first line."""
    end: int | None
    """Byte offset after its last line; None for the end of the file."""
    first_line: int
    """Physical number of its first line, from 1."""
    max_lines: int | None = None
    """How many lines to read at most; None for all."""


class Line(msgspec.Struct, frozen=True):
    """One physical line."""

    number: int
    """From 1, blank lines included."""
    offset: int
    """Bytes before it, in the uncompressed file."""
    data: bytes
    """Its bytes with their line ending, without a byte order mark; the first part of a line that is too long."""
    size: int
    """Bytes in all, also where `data` is only the first part."""
    sha256: str | None = None
    """Digest of the whole line, where it is too long to be read; else None."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands on it."""
        return self.data[:1] in _BLANKS and self.sha256 is None and not self.data.strip(b" \t\r\n")


def read_lines(unit: Unit, *, max_line_bytes: int = MAX_LINE_BYTES) -> Iterator[Line]:
    """Yield the lines of a unit, blank ones included, with their places.

    A line beyond `max_line_bytes` is skipped in a stream: it comes with its size and digest, and only its first part.

    Raises:
        DataError: A compressed file is damaged, or the file has changed since the input was planned.
    """
    number, offset = unit.first_line, unit.start
    last = None if unit.max_lines is None else unit.first_line + unit.max_lines
    with _as_planned(unit.source), explaining_damage(unit.source), open_source(unit.source) as file:
        if offset:
            file.seek(offset)
        elif file.peek(len(BOM)).startswith(BOM):
            offset += len(file.read(len(BOM)))
        while (unit.end is None or offset < unit.end) and number != last:
            data = file.readline(max_line_bytes + 1)
            if not data:
                return
            size, sha256 = len(data), None
            if size > max_line_bytes and not data.endswith(b"\n"):
                size, sha256 = _skip_line(file, data)
            yield Line(number, offset, data, size, sha256)
            number += 1
            offset += size


def decode_line(line: Line) -> JSON:
    """Return the object on a line; a last line that is torn off is called so.

    Raises:
        UnreadableLineError: It is none, or too long, or nested too deeply; the message says why.
    """
    if line.sha256 is not None:
        raise UnreadableLineError(f"the line is too long: {line.size:,} bytes")
    if nested_beyond(line.data, MAX_DEPTH):
        raise UnreadableLineError(f"nested more than {MAX_DEPTH} levels deep")
    try:
        return decode(line.data)
    except UnreadableLineError as error:
        if line.data.endswith(b"\n"):
            raise
        raise UnreadableLineError(f"{error}; the file ends here without a newline") from None


def stamp_of(source: Source) -> tuple[int, int, int]:
    """Return what changes when a file does.

    Raises:
        DataError: The file is gone, or cannot be looked at.
    """
    try:
        about = Path(source.path).stat()
    except OSError as error:
        raise DataError(f"{source.name} cannot be read: {error.strerror}") from error
    return about.st_ino, about.st_size, about.st_mtime_ns


@contextmanager
def _as_planned(source: Source) -> Iterator[None]:
    """Hold a file against its stamp before and after it is read: what is written must be what was judged."""
    if source.stamp is not None and stamp_of(source) != source.stamp:
        raise DataError(f"{source.name} has changed while it was worked on; nothing was written")
    yield
    if source.stamp is not None and stamp_of(source) != source.stamp:
        raise DataError(f"{source.name} has changed while it was worked on; nothing was written")


@contextmanager
def explaining_damage(source: Source) -> Iterator[None]:
    """Turn what a decompressor says of a damaged file into one sentence.

    Raises:
        DataError: With the file's name.
    """
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
        raise DataError(f"{source.name} is damaged: {error}") from error


def _skip_line(file: BinaryIO, head: bytes) -> tuple[int, str]:
    """Read to the end of a line that is too long, and return its whole size and digest."""
    digest, size = hashlib.sha256(head), len(head)
    while piece := file.readline(BLOCK_BYTES):
        digest.update(piece)
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size, digest.hexdigest()


def open_source(source: Source) -> io.BufferedReader:
    """Open a source for reading its uncompressed bytes."""
    if source.compression == "gzip":
        return io.BufferedReader(cast("io.RawIOBase", gzip.open(source.path)), BLOCK_BYTES)
    if source.compression == "zstd":
        return io.BufferedReader(_ZstdFile(source.path), BLOCK_BYTES)
    return io.BufferedReader(io.FileIO(source.path), BLOCK_BYTES)


class _ZstdFile(io.RawIOBase):
    """The uncompressed bytes of a .zst file.

    zstandard has a reader of its own, which takes a file that is torn off for one that ends there. Little is fed at a
    time, because four bytes may stand for 128 KB.
    """

    FEED_BYTES = 512

    def __init__(self, path: str) -> None:
        super().__init__()
        self._file = Path(path).open("rb")  # noqa: SIM115 - closed with this one
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._ahead = b""
        self._plain = memoryview(b"")

    def readable(self) -> bool:
        """Whether it can be read; what a buffer asks."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - anything writable, as the base class has it
        """Fill `buffer`, less at the end of the file alone.

        Raises:
            EOFError: The file ends inside a frame.
        """
        filled = 0
        while filled < len(buffer) and (self._plain or self._decompress_more()):
            piece = self._plain[: len(buffer) - filled]
            buffer[filled : filled + len(piece)] = piece
            self._plain = self._plain[len(piece) :]
            filled += len(piece)
        return filled

    def _decompress_more(self) -> bool:
        data = self._ahead or self._file.read(self.FEED_BYTES)
        if not data and self._frame is not None:
            raise EOFError("the file ends inside a frame")
        if data:
            frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
            self._plain = memoryview(frame.decompress(data))
            self._ahead = frame.unused_data if frame.eof else b""
            self._frame = None if frame.eof else frame
        return bool(data)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()
