"""Input files: what a user named, hashed and cut into units of work.

Results depend on units, and units depend on the files alone, so the number of workers never shows.
"""

import glob
import hashlib
import heapq
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import msgspec

from curate.errors import DataError
from curate.folders import kind_of
from curate.jsonlines import BOM, valid_text
from curate.layout import KEPT, LEDGER, TRACES
from curate.reading.lines import BLOCK_BYTES, Line, Packing, Source, Unit, damage_of, open_source, read_lines, stamped

UNIT_BYTES = 32 * 2**20
STDIN = "-"
SPOOLED = f".{STDIN}"
"""The name of the copy of standard input."""
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
_PACKINGS: dict[str, Packing] = {
    ".gz": "gzip",
    ".zst": "zstd",
    ".parquet": "parquet",
    ".csv": "csv",
    ".tsv": "csv",
}


Hashes = tuple[tuple[str, int, str], ...]
"""Name, bytes and SHA-256 of files."""


class Input(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that a command reads, planned."""

    sources: tuple[Source, ...]
    units: tuple[Unit, ...]

    @cached_property
    def hashes(self) -> Hashes:
        """What each source is on disk; takes as long as reading all of them."""
        return tuple(map(_described, self.sources))


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
            packing=packing_of(path),
        )
        for path in paths.values()
    )


def _tails(paths: list[Path]) -> dict[Path, str]:
    """Return path to the shortest ending that tells it from the others: nothing of where they lie goes into results."""
    depth = 1
    while len({path.parts[-depth:] for path in paths}) < len(paths):
        depth += 1
    return {path: Path(*path.parts[-depth:]).as_posix() for path in paths}


def packing_of(path: Path) -> Packing | None:
    """Return how the lines of a file are packed, by its name."""
    return _PACKINGS.get(path.suffix)


def _spooled_stdin(scratch: Path) -> Path:
    path = scratch / SPOOLED
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
    inputs: Sequence[str],
    *,
    limit: int | None = None,
    sample: int | None = None,
    unit_bytes: int = UNIT_BYTES,
    scratch: Path | None = None,
) -> Input:
    """Find the files and cut them into units.

    Args:
        inputs: As given on the command line.
        limit: Read only so many lines, blank ones included, from the start; None for all.
        sample: Read only so many lines of these, blank ones aside, chosen by the hash of their bytes: the same rows
            wherever they stand; None for all.
        unit_bytes: Size of a unit in bytes, before alignment to the next newline.
        scratch: Where standard input is copied to.

    Raises:
        DataError: Something does not exist, cannot be read, or all of it is empty.
    """
    sources = find_sources(inputs, scratch=scratch)
    return plan_sources(sources, limit=limit, sample=sample, unit_bytes=unit_bytes)


def plan_sources(
    sources: Iterable[Source], *, limit: int | None = None, sample: int | None = None, unit_bytes: int = UNIT_BYTES
) -> Input:
    """Cut files into units; arguments and errors are those of `plan_input`."""
    sources = tuple(map(stamped, sources))
    units: list[Unit] = []
    for source in sources:
        with _reading(source):
            for start, end, first_line in [] if _holds_nothing(source) else _cuts(source, unit_bytes):
                units.append(Unit(index=len(units), source=source, start=start, end=end, first_line=first_line))
    if not units:
        raise DataError(f"{', '.join(source.name for source in sources)}: empty, there is nothing to read")
    chosen = tuple(units) if limit is None else _limited(units, limit)
    return Input(sources=sources, units=chosen if sample is None else _sampled(chosen, sample))


def most_units(source: Source, unit_bytes: int) -> int:
    """Return how many units a file is cut into at the most, by its size alone."""
    with _reading(source):
        return 1 if source.packing is not None else -(-Path(source.path).stat().st_size // unit_bytes)


def _cuts(source: Source, unit_bytes: int) -> Iterator[tuple[int, int | None, int]]:
    """Yield start, end and first line of the units of a file; a packed one is one."""
    start, first_line, position, lines = 0, 1, 0, 0
    with Path(source.path).open("rb") as file:
        while source.packing is None and (block := file.read(min(BLOCK_BYTES, unit_bytes))):
            newline = block.rfind(b"\n") if position + len(block) - start >= unit_bytes else -1
            if newline >= 0:
                lines += block.count(b"\n", 0, newline + 1)
                yield start, position + newline + 1, first_line
                start, first_line = position + newline + 1, lines + 1
            lines += block.count(b"\n", newline + 1)
            position += len(block)
    if position > start or not position:
        yield start, None, first_line


def _described(source: Source) -> tuple[str, int, str]:
    digest, size = hashlib.sha256(), 0
    with _reading(source), Path(source.path).open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            size += len(block)
    return source.name, size, digest.hexdigest()


@contextmanager
def _reading(source: Source) -> Iterator[None]:
    """Turn what the operating system says of a file into one sentence.

    Raises:
        DataError: With the file's name and the reason.
    """
    try:
        yield
    except OSError as error:
        raise DataError(f"{source.name} cannot be read: {error.strerror}") from error


def _holds_nothing(source: Source) -> bool:
    """Say whether a file holds no bytes but a byte order mark: a compressed one that is not empty may well."""
    with open_source(source) as file:
        return file.read(len(BOM) + 1) in {b"", BOM} and damage_of(file) is None


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


def _sampled(units: Sequence[Unit], count: int) -> tuple[Unit, ...]:
    """Return the units with the lines of the lowest hashes alone; of identical lines the first ones."""
    lines = ((unit.index, line) for unit in units for line in read_lines(unit) if not line.is_blank)
    chosen: dict[int, list[int]] = {unit.index: [] for unit in units}
    for _, index, number in heapq.nsmallest(count, ((_hash(line), index, line.number) for index, line in lines)):
        chosen[index].append(number)
    return tuple(msgspec.structs.replace(unit, chosen=tuple(sorted(chosen[unit.index]))) for unit in units)


def _hash(line: Line) -> bytes:
    return hashlib.blake2b((line.sha256 or "").encode() or line.data.strip(), digest_size=8).digest()
