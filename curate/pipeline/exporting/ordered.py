"""The lines of many spools in one order, within bounded memory: dealt into buckets by their hash, each sorted alone."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from curate.pipeline.exporting.spool import HASH_BYTES, ORDER

BUCKET_BYTES = 2**26
"""What is sorted at a time."""
MAX_BUCKETS = 256
"""Files open at a time; beyond so many buckets they grow."""


def ordered(spools: Sequence[Path], scratch: Path) -> Iterator[bytes]:
    """Yield the lines of spools in the order of their bytes, whatever order the spools and their lines are in.

    Args:
        spools: The files; those that do not exist hold nothing.
        scratch: A folder for the buckets, which are removed as they are read.
    """
    there = [spool for spool in spools if spool.exists()]
    total = sum(spool.stat().st_size for spool in there)
    count = min(MAX_BUCKETS, -(-total // BUCKET_BYTES))
    buckets = there if count <= 1 else _dealt(there, scratch, count)
    if count <= 1:
        yield from sorted(_lines(there))
        return
    for bucket in buckets:
        yield from sorted(_lines([bucket]))
        bucket.unlink()


def _dealt(spools: Sequence[Path], scratch: Path, count: int) -> list[Path]:
    """Deal lines into so many files, each of which holds a range of the hashes."""
    paths = [scratch / f".bucket-{number:03d}" for number in range(count)]
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("wb")) for path in paths]
        for line in _lines(spools):
            files[int(line[ORDER], 16) * count >> 8 * HASH_BYTES].write(line)
    return paths


def _lines(paths: Sequence[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as file:
            yield from file
