"""Identical rows told apart: which of them comes first, second, third ... whatever the order of the files.

Rows of one id may stand on lines that are not the same, by columns that nobody reads: they are ordered by a checksum
of their lines, so that it is always the same one of them that stays. Equal lines are ordered by their place.

A row is a record of 24 bytes whose order as bytes is that order. The records of each piece are sorted and lie in one
scratch file; those of all pieces that begin with the same byte are a bucket, and one bucket is in memory at a time.
"""

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, groupby, islice, repeat
from operator import itemgetter
from struct import Struct
from tempfile import TemporaryFile
from typing import BinaryIO
from zlib import crc32

import msgspec

from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.state import Piece, add_repeats, load_part, repeats_path

_RECORD = Struct(">qIIII")
"""Two hashes of the id, the checksum, piece and place."""
_ID_BYTES = 12
"""The two hashes: 96 bits, so that ids themselves need not be held against one another."""
_BUCKETS = 256
HELD_ROWS = 10_000
"""Rows that repeat an earlier one, held until they are written beside their pieces."""

Repeat = tuple[int, int, int]
"""Position of a piece, row, and how many rows of the same id come before it."""


class _Ids(msgspec.Struct):
    """All that is read here of a state."""

    ids: list[str]
    checksums: list[int]


def find_occurrences(job: Job, pieces: Sequence[Piece]) -> list[Piece]:
    """Keep, beside each piece, how many rows of the same id come before each of its rows, where there are any.

    Returns:
        The pieces in which a row repeats an earlier one.
    """
    for piece in pieces:
        repeats_path(job, piece).unlink(missing_ok=True)
    with TemporaryFile(dir=job.scratch) as file:
        runs = [_write_run(file, _records(index, load_part(job, piece, _Ids))) for index, piece in enumerate(pieces)]
        file.flush()
        repeats = chain.from_iterable(_repeats(_bucket(file, runs, number)) for number in range(_BUCKETS))
        found: set[Piece] = set()
        while held := list(islice(repeats, HELD_ROWS)):
            found |= _keep(job, pieces, held)
    return sorted(found)


def _records(index: int, known: _Ids) -> Iterator[bytes]:
    """Return the records of a piece; the first hash is good for this process alone."""
    others = (crc32(id_.encode()) for id_ in known.ids)
    return map(_RECORD.pack, map(hash, known.ids), others, known.checksums, repeat(index), count())


def _write_run(file: BinaryIO, records: Iterable[bytes]) -> "array[int]":
    """Write the records of a piece in order; returns where each bucket of them begins, and where the last one ends."""
    run = sorted(records)
    start = file.tell()
    file.writelines(run)
    places = [bisect_left(run, bytes((first,))) for first in range(_BUCKETS)]
    return array("Q", [start + place * _RECORD.size for place in (*places, len(run))])


def _bucket(file: BinaryIO, runs: Iterable["array[int]"], number: int) -> list[bytes]:
    """Return the records of one bucket in order."""
    parts = (os.pread(file.fileno(), run[number + 1] - run[number], run[number]) for run in runs)
    data = b"".join(parts)
    return sorted(data[start : start + _RECORD.size] for start in range(0, len(data), _RECORD.size))


def _repeats(records: Iterable[bytes]) -> Iterator[Repeat]:
    """Yield the rows, of some in order, that have the id of the row before them."""
    last, before = b"", 0
    for record in records:
        id_ = record[:_ID_BYTES]
        before = before + 1 if id_ == last else 0
        last = id_
        if before:
            _, _, _, piece, row = _RECORD.unpack(record)
            yield piece, row, before


def _keep(job: Job, pieces: Sequence[Piece], repeats: Iterable[Repeat]) -> set[Piece]:
    """Add repeating rows to those that are kept beside their pieces; returns these pieces."""
    found = set()
    for index, rows in groupby(sorted(repeats), key=itemgetter(0)):
        add_repeats(job, pieces[index], {row: before for _, row, before in rows})
        found.add(pieces[index])
    return found
