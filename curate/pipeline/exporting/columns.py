"""The shards once more as Parquet, row for row."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

PARQUET = "parquet"
"""The folder that holds one for each format: a format's own folder has nothing in it but its shards."""


def write_columns(work: Path, format_: str, shards: Sequence[str]) -> None:
    """Write a Parquet file for each JSONL shard of a format, under its name, below `parquet/`.

    Args:
        work: The folder of the result.
        format_: The format's folder in it.
        shards: Names of its shards, compressed or not.
    """
    folder = work / PARQUET / format_
    folder.mkdir(parents=True, exist_ok=True)
    for shard in shards:
        rows = pl.read_ndjson((work / format_ / shard).read_bytes(), infer_schema_length=None)
        rows.write_parquet(folder / f"{shard.partition('.jsonl')[0]}.parquet")
