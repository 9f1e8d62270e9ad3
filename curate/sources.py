"""Input files: what a user named, cut into units of work, read line by line with the place of each line.

A unit is a newline-aligned range of about 64 MB of a plain file, or one compressed file. Results depend on units, and
units depend on the files alone, so the number of workers never shows.
"""

import glob
import gzip
import hashlib
import io
import os
import shutil
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, cast

import msgspec
import zstandard

from curate.errors import DataError
from curate.folders import read_manifest
from curate.jsonlines import BOM

UNIT_BYTES = 64 * 2**20
MAX_LINE_BYTES = 64 * 2**20
BLOCK_BYTES = 2**20
STDIN = "-"
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")

Compression = Literal["gzip", "zstd"]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One input file."""

    name: str
    """Its path relative to what all inputs have in common; the name that goes into results."""
    path: str
    """Where it is on this machine; goes into no result."""
    compression: Compression | None = None


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
        return self.sha256 is None and not self.data.strip()


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
    paths: dict[Path, None] = {}
    for given in inputs:
        found = [_spooled_stdin(scratch)] if given == STDIN and scratch else _expand(given)
        paths.update(dict.fromkeys(path.absolute() for path in found))
    base = os.path.commonpath([path.parent for path in paths]) if paths else ""
    return tuple(
        Source(
            name=STDIN if path.name == f".{STDIN}" else path.relative_to(base).as_posix(),
            path=str(path),
            compression=compression_of(path),
        )
        for path in paths
    )


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
        return [path]
    matches = sorted(Path(match) for match in glob.glob(given)) if glob.has_magic(given) else []  # noqa: PTH207
    if not matches:
        raise DataError(f"{given} does not exist" if not glob.has_magic(given) else f"nothing matches {given}")
    return [shard for match in matches for shard in (_shards_of(match) if match.is_dir() else [match])]


def _shards_of(folder: Path) -> list[Path]:
    """Return the shards of a folder: of a run its traces, of a curated result the kept rows, else its own files."""
    kind = (read_manifest(folder) or {}).get("kind")
    shards = {"run": folder / "traces", "curated": folder / "kept"}.get(str(kind), folder)
    found = sorted(path for path in shards.glob("*") if path.name.endswith(SUFFIXES) and not path.name.startswith("."))
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
    sources = find_sources(inputs, scratch=scratch)
    units: list[Unit] = []
    hashes: list[tuple[str, int, str]] = []
    for source in sources:
        try:
            cuts, size, sha256 = _scan(source, unit_bytes)
        except OSError as error:
            raise DataError(f"{source.name} cannot be read: {error.strerror}") from error
        hashes.append((source.name, size, sha256))
        for start, end, first_line in cuts if size else []:
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
        DataError: A compressed file is damaged.
    """
    number, offset = unit.first_line, unit.start
    last = None if unit.max_lines is None else unit.first_line + unit.max_lines
    with _explaining_damage(unit.source), open_source(unit.source) as file:
        if offset:
            file.seek(offset)
        while (unit.end is None or offset < unit.end) and number != last:
            data = file.readline(max_line_bytes + 1)
            if not data:
                return
            size, sha256 = len(data), None
            if size > max_line_bytes and not data.endswith(b"\n"):
                size, sha256 = _skip_line(file, data)
            body = data[len(BOM) :] if offset == 0 and data.startswith(BOM) else data
            yield Line(number, offset, body, size, sha256)
            number += 1
            offset += size


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


def open_source(source: Source) -> BinaryIO:
    """Open a source for reading its uncompressed bytes."""
    if source.compression == "gzip":
        return cast("BinaryIO", io.BufferedReader(gzip.open(source.path), BLOCK_BYTES))
    if source.compression == "zstd":
        file = Path(source.path).open("rb")  # noqa: SIM115 - closed with the stream
        stream = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
        return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", stream), BLOCK_BYTES))
    return Path(source.path).open("rb", BLOCK_BYTES)
