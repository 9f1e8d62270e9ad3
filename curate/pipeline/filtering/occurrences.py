"""Identical rows told apart: which of them comes first, second, third ... whatever the order of the files.

Rows of one id may stand on lines that are not the same, by columns that nobody reads: they are ordered by a checksum
of their lines, so that it is always the same one of them that stays. Equal lines are ordered by their place.
"""

from collections.abc import Sequence

import msgspec
import polars as pl

from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.spill import Spill
from curate.pipeline.filtering.state import Piece, load_part, load_repeats, repeats_path, save

SHARE_ROWS = 50_000
"""About how many rows are compared at a time: those whose ids have hashes of one share."""
ROW_BYTES = 28
"""What a row takes while it is compared: two hashes, checksum, piece and place."""
HASHES = ("hash", "other_hash")
"""The columns by which ids are the same: 128 bits, so that ids themselves need not be held against one another."""


class _Ids(msgspec.Struct):
    """All that is read here of a state."""

    ids: list[str]
    checksums: list[int]


def find_occurrences(job: Job, pieces: Sequence[Piece]) -> list[Piece]:
    """Keep, beside each piece, how many rows of the same id come before each of its rows, where there are any.

    The rows of one share are in memory at a time, by the hashes of their ids.

    Returns:
        The pieces in which a row repeats an earlier one.
    """
    hashes = Spill(job.scratch / "hashes", SHARE_ROWS * ROW_BYTES)
    for index, piece in enumerate(pieces):
        repeats_path(job, piece).unlink(missing_ok=True)
        hashes.add(_hashes(index, load_part(job, piece, _Ids)))
    found: set[Piece] = set()
    shares = max(1, -(-hashes.rows // SHARE_ROWS))
    for number in range(shares):
        rows = hashes.share("hash", number, shares)
        found |= _keep(job, pieces, rows.filter(pl.col("hash").is_duplicated()))
    hashes.clear()
    return sorted(found)


def _hashes(index: int, known: _Ids) -> pl.DataFrame:
    """Return the rows of a piece; the hashes are good for this process alone."""
    ids = pl.Series(known.ids, dtype=pl.String)
    return pl.DataFrame(
        {
            "piece": pl.Series([index], dtype=pl.UInt32).new_from_index(0, len(ids)),
            "place": pl.int_range(len(ids), dtype=pl.UInt32, eager=True),
            "checksum": pl.Series(known.checksums, dtype=pl.UInt32),
            **{name: ids.hash(seed) for seed, name in enumerate(HASHES)},
        }
    )


def _keep(job: Job, pieces: Sequence[Piece], repeated: pl.DataFrame) -> set[Piece]:
    """Count the rows of each id, and keep the counts beside their pieces."""
    before = (pl.col("hash").cum_count() - 1).over(HASHES)
    later = repeated.sort("checksum", "piece", "place").with_columns(before=before).filter(pl.col("before") > 0)
    found = set()
    for (index,), part in later.partition_by("piece", as_dict=True).items():
        piece = pieces[index]
        save(
            repeats_path(job, piece),
            {**load_repeats(job, piece), **dict(part.select("place", "before").iter_rows())},
        )
        found.add(piece)
    return found
