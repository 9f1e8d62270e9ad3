"""`clusters.parquet`: which rows were dropped for being like which.

Columns: `check`, `like` (what was kept: the id of a row, or with `of: problem` of a problem), `id` (the row that was
dropped for it) and `similarity` (null for exact copies).
"""

from pathlib import Path

import polars as pl

from curate.checks.corpus import Corpus
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.planned import column_names


def keep_clusters(job: Job, position: int, corpus: Corpus, judged: pl.DataFrame) -> None:
    """Keep in the scratch folder which rows fell for which, where a check says so."""
    if "like" in judged.columns:
        found = judged.sort("row")
        about = corpus.about(found["row"].to_numpy())
        frame = found.select("like", about["id"], similarity=pl.col("value").cast(pl.Float64))
        frame.write_parquet(_scratch(job, position))


def write_clusters(job: Job, target: Path) -> None:
    """Write the clusters of all checks as one file, if any check compares rows."""
    names = column_names(job.checks)
    parts = [
        pl.read_parquet(path, glob=False).with_columns(check=pl.lit(name))
        for position, name in enumerate(names)
        if (path := _scratch(job, position)).exists()
    ]
    if parts:
        whole = pl.concat(parts).select("check", "like", "id", "similarity")
        whole.sort("check", "like", "id").write_parquet(target)


def _scratch(job: Job, position: int) -> Path:
    return job.scratch / f"clusters-{position}"
