"""Input files: what a user named, cut into units of work, read line by line with the place of each line.

A unit is a newline-aligned range of about 64 MB of a plain file, or one compressed file. Results depend on units, and
units depend on the files alone, so the number of workers never shows.
"""

import glob
import gzip
import hashlib
import io
import shutil
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import msgspec
import zstandard

from curate.errors import DataError
from curate.folders import kind_of
from curate.jsonlines import BOM, UnreadableLineError, decode, nested_beyond, valid_text
from curate.layout import KEPT, LEDGER, TRACES
from curate.records import JSON

UNIT_BYTES = 64 * 2**20
MAX_LINE_BYTES = 64 * 2**20
BLOCK_BYTES = 2**20
MAX_DEPTH = 500
"""Levels of arrays and objects on a line. Python's own bound depends on how deep its caller stands in calls, so what
it refuses would depend on the number of workers."""
STDIN = "-"
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")

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
        return self.sha256 is None and not self.data.strip(b" \t\r\n")


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """All that a command reads, planned."""

    sources: tuple[Source, ...]
    units: tuple[Unit, ...]
    hashes: tuple[tuple[str, int, str], ...]
    """Name, bytes and SHA-256 of each source as it lies on disk."""


def find_sources(inputs: Sequence[str], *, scratch: Path | None = None) -> tuple[Source, ...]:
    """Return the files behind what a user named: files, folders of shards, runs, globs, `-`.

    Args:
        inputs: As given on the command line.
        scratch: Where standard input is copied to, so that it can be read again; needed for `-` alone.

    Raises:
        DataError: Something does not exist, or a folder holds no shards.
    """
    spooled: Path | None = None
    paths: dict[Path, Path] = {}
    for given in inputs:
        if given == STDIN and scratch is not None:
            spooled = spooled or _spooled_stdin(scratch)
            paths[spooled] = spooled
            continue
        for path in _expand(given):
            paths.setdefault(path.resolve(), path.absolute())
    names = _tails([path for path in paths.values() if path != spooled])
    return tuple(
        Source(
            name=STDIN if path == spooled else valid_text(names[path]),
            path=str(path),
            compression=compression_of(path),
        )
        for path in paths.values()
    )


def _tails(paths: list[Path]) -> dict[Path, str]:
    """Return path to the shortest ending that tells it from the others: nothing of where they lie goes into results."""
    depth = 1
    while len({path.parts[-depth:] for path in paths}) < len(paths):
        depth += 1
    return {path: Path(*path.parts[-depth:]).as_posix() for path in paths}


def compression_of(path: Path) -> Compression | None:
    """Return how a file is compressed, by its name."""
    return {".gz": "gzip", ".zst": "zstd"}.get(path.suffix)  # type: ignore[return-value]


def _spooled_stdin(scratch: Path) -> Path:
    path = scratch / f".{STDIN}"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def _expand(given: str) -> list[Path]:
    path = Path(given)
    if path.is_dir():
        return _shards_of(path)
    if path.exists():
        return [_regular(path)]
    matches = sorted(Path(match) for match in glob.glob(given)) if glob.has_magic(given) else []  # noqa: PTH207
    if not matches:
        raise DataError(f"{given} does not exist" if not glob.has_magic(given) else f"nothing matches {given}")
    return [shard for match in matches for shard in (_shards_of(match) if match.is_dir() else [_regular(match)])]


def _regular(path: Path) -> Path:
    """Check that a file can be read twice: a pipe would be empty the second time, and its rows lost in silence."""
    if not path.is_file():
        raise DataError(f"{path} is no regular file; pipe it to standard input, and give - for it")
    return path


def _shards_of(folder: Path) -> list[Path]:
    """Return the shards of a folder: of a run its traces, of a curated result the kept rows, else its own files."""
    kind = "run" if (folder / LEDGER).exists() else kind_of(folder)
    shards = {"run": folder / TRACES, "curated": folder / KEPT}.get(str(kind), folder)
    if kind == "run" and not shards.is_dir():
        raise DataError(f"{folder} is a run without traces yet; the command that began it goes on with it")
    found = sorted(
        path
        for path in shards.glob("*")
        if path.name.endswith(SUFFIXES) and not path.name.startswith(".") and path.is_file()
    )
    if not found:
        inside = sorted({path.parent.relative_to(folder).as_posix() for path in folder.rglob("*.jsonl*")})
        hint = f"; there are some in {', '.join(inside[:5])}" if inside else f" ({', '.join(SUFFIXES)})"
        raise DataError(f"{folder} holds no shards{hint}")
    return found


def plan_input(
    inputs: Sequence[str], *, limit: int | None = None, unit_bytes: int = UNIT_BYTES, scratch: Path | None = None
) -> Input:
    """Find the files, hash them and cut them into units.

    Args:
        inputs: As given on the command line.
        limit: Read only so many lines, blank ones included, from the start; None for all.
        unit_bytes: Size of a unit in bytes, before alignment to the next newline.
        scratch: Where standard input is copied to.

    Raises:
        DataError: Something does not exist, cannot be read, or all of it is empty.
    """
    sources = tuple(map(_stamped, find_sources(inputs, scratch=scratch)))
    units: list[Unit] = []
    hashes: list[tuple[str, int, str]] = []
    for source in sources:
        try:
            cuts, size, sha256 = _scan(source, unit_bytes)
        except OSError as error:
            raise DataError(f"{source.name} cannot be read: {error.strerror}") from error
        hashes.append((source.name, size, sha256))
        for start, end, first_line in cuts if size and not _holds_nothing(source) else []:
            units.append(Unit(index=len(units), source=source, start=start, end=end, first_line=first_line))
    if not units:
        raise DataError(f"{', '.join(source.name for source in sources)}: empty, there is nothing to read")
    chosen = tuple(units) if limit is None else _limited(units, limit)
    return Input(sources=sources, units=chosen, hashes=tuple(hashes))


def _scan(source: Source, unit_bytes: int) -> tuple[list[tuple[int, int | None, int]], int, str]:
    """Return the cuts (start, end, first line) of a file, its size and its SHA-256; reads it once."""
    digest = hashlib.sha256()
    cuts: list[tuple[int, int | None, int]] = []
    start, first_line, position, lines = 0, 1, 0, 0
    with Path(source.path).open("rb") as file:
        while block := file.read(min(BLOCK_BYTES, unit_bytes)):
            digest.update(block)
            full = source.compression is None and position + len(block) - start >= unit_bytes
            newline = block.rfind(b"\n") if full else -1
            if newline >= 0:
                end = position + newline + 1
                lines += block.count(b"\n", 0, newline + 1)
                cuts.append((start, end, first_line))
                start, first_line = end, lines + 1
                lines += block.count(b"\n", newline + 1)
            else:
                lines += block.count(b"\n")
            position += len(block)
    if position > start or not cuts:
        cuts.append((start, None, first_line))
    return cuts, position, digest.hexdigest()


def _holds_nothing(source: Source) -> bool:
    """Say whether a file that is not empty holds no bytes but a byte order mark: a compressed one may well."""
    with _explaining_damage(source), open_source(source) as file:
        return file.read(len(BOM) + 1) in {b"", BOM}


def _limited(units: list[Unit], limit: int) -> tuple[Unit, ...]:
    """Return the units that hold the first `limit` lines."""
    chosen: list[Unit] = []
    left = limit
    for unit in units:
        if left <= 0:
            break
        chosen.append(msgspec.structs.replace(unit, max_lines=left))
        left -= sum(1 for _ in read_lines(chosen[-1]))
    return tuple(chosen)


def read_lines(unit: Unit, *, max_line_bytes: int = MAX_LINE_BYTES) -> Iterator[Line]:
    """Yield the lines of a unit, blank ones included, with their places.

    A line beyond `max_line_bytes` is skipped in a stream: it comes with its size and digest, and only its first part.

    Raises:
        DataError: A compressed file is damaged, or the file has changed since the input was planned.
    """
    number, offset = unit.first_line, unit.start
    last = None if unit.max_lines is None else unit.first_line + unit.max_lines
    with _as_planned(unit.source), _explaining_damage(unit.source), open_source(unit.source) as file:
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


def _stamped(source: Source) -> Source:
    return msgspec.structs.replace(source, stamp=_stamp(source))


def _stamp(source: Source) -> tuple[int, int, int]:
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
    if source.stamp is not None and _stamp(source) != source.stamp:
        raise DataError(f"{source.name} has changed while it was worked on; nothing was written")
    yield
    if source.stamp is not None and _stamp(source) != source.stamp:
        raise DataError(f"{source.name} has changed while it was worked on; nothing was written")


@contextmanager
def _explaining_damage(source: Source) -> Iterator[None]:
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
