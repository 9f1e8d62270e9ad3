"""Identical rows told apart: which of them came first, second, third ... in input order."""

from collections.abc import Sequence

import polars as pl

from curate.lines import Unit
from curate.pipeline.judge import Job, load_state


def find_occurrences(job: Job, units: Sequence[Unit]) -> dict[int, dict[int, int]]:
    """Return unit to row to how many rows of the same id came before it, for repeated ids alone.

    Eight bytes a row are held at a time; only units in which a hash repeats are looked at again.
    """
    hashes = [pl.Series(load_state(job.state_path(unit)).ids, dtype=pl.String).hash() for unit in units]
    repeated = pl.concat(hashes).is_duplicated()
    if not repeated.any():
        return {}
    found: dict[int, dict[int, int]] = {}
    seen: dict[str, int] = {}
    start = 0
    for unit, series in zip(units, hashes, strict=True):
        rows = repeated.slice(start, len(series)).arg_true().to_list()
        start += len(series)
        ids = load_state(job.state_path(unit)).ids if rows else []
        found[unit.index] = _count(ids, rows, seen)
    return found


def _count(ids: Sequence[str], rows: Sequence[int], seen: dict[str, int]) -> dict[int, int]:
    places = {}
    for row in rows:
        places[row] = seen.get(ids[row], 0)
        seen[ids[row]] = places[row] + 1
    return places
