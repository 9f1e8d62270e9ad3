"""Identical rows told apart: which of them comes first, second, third ... whatever the order of the files.

Rows of one id may stand on lines that are not the same, by columns that nobody reads: they are ordered by a checksum
of their lines, so that it is always the same one of them that stays. Equal lines are ordered by their place.
"""

from collections.abc import Sequence

import msgspec
import polars as pl

from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.spill import Spill
from curate.pipeline.filtering.state import Piece, repeats_path, save

SHARE_ROWS = 50_000
"""About how many rows are compared at a time: those whose ids have hashes of one share."""
ROW_BYTES = 16
"""What a row takes while it is compared: hash, piece and place."""


class _Ids(msgspec.Struct):
    """All that is read here of a state."""

    ids: list[str]
    checksums: list[int]


def find_occurrences(job: Job, pieces: Sequence[Piece]) -> list[Piece]:
    """Keep, beside each piece, how many rows of the same id come before each of its rows, where there are any.

    The rows of one share are in memory at a time; only ids whose hash repeats are looked at.

    Returns:
        The pieces in which a row repeats an earlier one.
    """
    hashes = Spill(job.scratch / "hashes", SHARE_ROWS * ROW_BYTES)
    for index, piece in enumerate(pieces):
        repeats_path(job, piece).unlink(missing_ok=True)
        hashes.add(_hashes(index, _ids_of(job, piece).ids))
    found: set[Piece] = set()
    shares = max(1, -(-hashes.rows // SHARE_ROWS))
    for number in range(shares):
        rows = hashes.share("hash", number, shares)
        repeated = rows.filter(pl.col("hash").is_duplicated())
        if repeated.height:
            found |= _keep(job, pieces, repeated)
    hashes.clear()
    return sorted(found)


def _ids_of(job: Job, piece: Piece) -> _Ids:
    return msgspec.msgpack.decode(piece.path(job, "state").read_bytes(), type=_Ids)


def _hashes(index: int, ids: list[str]) -> pl.DataFrame:
    """Return the rows of a piece; a hash is Python's own, which is good for this process alone."""
    return pl.DataFrame(
        {
            "piece": pl.Series([index] * len(ids), dtype=pl.UInt32),
            "place": pl.Series(range(len(ids)), dtype=pl.UInt32),
            "hash": pl.Series(list(map(hash, ids)), dtype=pl.Int64),
        }
    )


def _keep(job: Job, pieces: Sequence[Piece], repeated: pl.DataFrame) -> set[Piece]:
    """Count the rows of each id, and keep the counts beside their pieces."""
    parts = []
    for (index,), part in repeated.partition_by("piece", as_dict=True).items():
        known = _ids_of(job, pieces[index])
        ids = pl.Series([known.ids[place] for place in part["place"]], dtype=pl.String)
        checksums = pl.Series([known.checksums[place] for place in part["place"]], dtype=pl.UInt32)
        parts.append(part.with_columns(id=ids, checksum=checksums))
    before = (pl.col("id").cum_count() - 1).over("id")
    later = pl.concat(parts).sort("checksum", "piece", "place").with_columns(before=before).filter(pl.col("before") > 0)
    found = set()
    for (index,), part in later.partition_by("piece", as_dict=True).items():
        path = repeats_path(job, pieces[index])
        earlier = msgspec.msgpack.decode(path.read_bytes()) if path.exists() else {}
        save(path, {**earlier, **dict(part.select("place", "before").iter_rows())})
        found.add(pieces[index])
    return found
