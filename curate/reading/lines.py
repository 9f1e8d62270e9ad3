"""Lines of input files, one after the other, each with its place; compressed files are read as a stream.

A unit of work is a newline-aligned range of a plain file, or one compressed file.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from curate.errors import DataError
from curate.jsonlines import BOM, UnreadableLineError, decode, nested_beyond
from curate.reading.compressed import Decompressed
from curate.reading.delimited import csv_records
from curate.reading.parquet import DamagedParquetError, parquet_lines
from curate.records import JSON

MAX_LINE_BYTES = 64 * 2**20
BLOCK_BYTES = 2**20
MAX_DEPTH = 500
"""Levels of arrays and objects on a line. Python's own bound depends on how deep its caller stands in calls, so what
it refuses would depend on the number of workers."""

MAX_BLANK_LINES = 1_000_000
"""In a row, in a compressed file: a few kilobytes may stand for more of them than could be counted in a day."""
_BLANKS = (b"", b" ", b"\t", b"\r", b"\n")

Packing = Literal["gzip", "zstd", "parquet", "csv"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One input file."""

    name: str
    """The shortest ending of its path that tells it from the other inputs; the name that goes into results."""
    path: str
    """Where it is on this machine; goes into no result."""
    packing: Packing | None = None
    """How its lines are packed; None where they lie open."""
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
    chosen: tuple[int, ...] | None = None
    """The numbers of the lines to read of them; None for all."""


class Line(msgspec.Struct, frozen=True):
    """One physical line."""

    number: int
    """From 1, blank lines included."""
    offset: int
    """Bytes before it, in the uncompressed file; of a Parquet file, rows."""
    data: bytes
    """Its bytes with their line ending, without a byte order mark; the first part of a line that is too long."""
    size: int
    """Bytes in all, also where `data` is only the first part."""
    sha256: str | None = None
    """Digest of the whole line, where it is too long to be read; else None."""
    damage: str | None = None
    """What is wrong with the file from here on, where that is so; `data` is what could still be read."""
    fault: str | None = None
    """Why it is no row by the rules of its file, where that is so; None of a line of JSON."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing but white space stands on it."""
        bare = self.data[:1] in _BLANKS and not self.data.strip(b" \t\r\n")
        return bare and self.sha256 is None and self.damage is None and self.fault is None


def read_lines(unit: Unit, *, max_line_bytes: int = MAX_LINE_BYTES) -> Iterator[Line]:
    """Yield the lines of a unit, blank ones included, with their places.

    A line beyond `max_line_bytes` is skipped in a stream: it comes with its size and digest, and only its first part.
    Where a compressed file is damaged, or goes on with blank lines and nothing else, the last line says so.

    Raises:
        DataError: The file has changed since the input was planned.
    """
    with _as_planned(unit.source):
        lines = _READERS.get(unit.source.packing, _lines)(unit, max_line_bytes)
        if unit.source.packing in {"gzip", "zstd"}:
            lines = _up_to_a_flood(lines)
        if unit.chosen is None:
            yield from lines
        else:
            chosen = frozenset(unit.chosen)
            yield from (line for line in lines if line.number in chosen)


def _lines(unit: Unit, max_line_bytes: int) -> Iterator[Line]:
    number, offset = unit.first_line, unit.start
    last = _last(unit)
    with open_source(unit.source) as file:
        if offset:
            file.seek(offset)
        elif file.peek(len(BOM)).startswith(BOM):
            offset += len(file.read(len(BOM)))
        while (unit.end is None or offset < unit.end) and number != last:
            data = file.readline(max_line_bytes + 1)
            size, sha256, damage = len(data), None, None
            if not data.endswith(b"\n"):
                if size > max_line_bytes:
                    size, sha256 = _skip_line(file, data)
                damage = damage_of(file)
                if not data and damage is None:
                    return
            yield Line(number, offset, data, size, sha256, damage)
            if damage is not None:
                return
            number += 1
            offset += size


def _up_to_a_flood(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines up to too many blank ones in a row: nobody meant them, and what is behind them is not looked for."""
    blank = 0
    for line in lines:
        blank = blank + 1 if line.is_blank else 0
        if blank > MAX_BLANK_LINES:
            damage = f"more than {MAX_BLANK_LINES:,} blank lines in a row, and nothing behind them is read"
            yield msgspec.structs.replace(line, damage=damage)
            return
        yield line


def _rows(unit: Unit, max_line_bytes: int) -> Iterator[Line]:
    """Yield the rows of a Parquet file as lines."""
    number, last = unit.first_line, _last(unit)
    try:
        for data in parquet_lines(unit.source.path):
            if number == last:
                return
            is_long = len(data) > max_line_bytes + 1
            sha256 = hashlib.sha256(data).hexdigest() if is_long else None
            yield Line(number, number - 1, data[:max_line_bytes] if is_long else data, len(data), sha256)
            number += 1
    except DamagedParquetError as error:
        yield Line(number, number - 1, b"", 0, None, str(error))


def _records(unit: Unit, max_line_bytes: int) -> Iterator[Line]:
    """Yield the rows of a CSV file as lines; one is known by the first line that it takes."""
    for number, offset, data, size, sha256, fault in islice(
        csv_records(unit.source.path, max_line_bytes), unit.max_lines
    ):
        yield Line(number, offset, data, size, None if fault is None else sha256, None, fault)


_READERS: dict[Packing | None, Callable[[Unit, int], Iterator[Line]]] = {"parquet": _rows, "csv": _records}
"""How the lines of a file are read whose rows are something else."""


def _last(unit: Unit) -> int | None:
    """Return the number of the first line that is not read any more, or None when all are."""
    return None if unit.max_lines is None else unit.first_line + unit.max_lines


def decode_line(line: Line) -> JSON:
    """Return the object on a line; a last line that is torn off is called so.

    Raises:
        UnreadableLineError: It is none, or too long, or nested too deeply; the message says why.
    """
    if line.damage is not None:
        raise UnreadableLineError(f"the file is damaged from here on: {line.damage}")
    if line.fault is not None:
        raise UnreadableLineError(line.fault)
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


def stamped(source: Source) -> Source:
    """Return a source that knows what its file is like now, so that a change while it is read is noticed.

    Raises:
        DataError: The file is gone, or cannot be looked at.
    """
    return msgspec.structs.replace(source, stamp=_stamp_of(source))


def _stamp_of(source: Source) -> tuple[int, int, int]:
    """Return what changes when a file does."""
    try:
        about = Path(source.path).stat()
    except OSError as error:
        raise DataError(f"{source.name} cannot be read: {error.strerror}") from error
    return about.st_ino, about.st_size, about.st_mtime_ns


@contextmanager
def _as_planned(source: Source) -> Iterator[None]:
    """Hold a file against its stamp before and after it is read: what is written must be what was judged."""
    if source.stamp is not None and _stamp_of(source) != source.stamp:
        raise DataError(f"{source.name} has changed while it was worked on; nothing was written")
    yield
    if source.stamp is not None and _stamp_of(source) != source.stamp:
        raise DataError(f"{source.name} has changed while it was worked on; nothing was written")


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
    """Open a source of lines for reading its uncompressed bytes."""
    if source.packing in {"gzip", "zstd"}:
        return io.BufferedReader(Decompressed(source.path, source.packing), BLOCK_BYTES)
    return io.BufferedReader(io.FileIO(source.path), BLOCK_BYTES)


def damage_of(file: io.BufferedReader) -> str | None:
    """Return what is wrong with a file that was read to its end, or None."""
    return file.raw.damage if isinstance(file.raw, Decompressed) else None
