"""Rows to read by eye, and one row's life: request, reply, verdicts, measures."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from curate import jsonlines
from curate.attempts import Attempt
from curate.errors import DataError, UsageError
from curate.folders import kind_of, read_manifest
from curate.layout import CURATED, DROPPED, KEPT, LEDGER, VERDICTS
from curate.ledger import Ledger
from curate.manifests import CuratedManifest
from curate.records import JSON, Trace
from curate.traces.foreign import read_row


def curated_folder(folder: Path) -> Path:
    """Return the curated result behind a folder: itself, or what a run curated.

    Raises:
        DataError: There is none.
    """
    for candidate in (folder, folder / CURATED):
        if kind_of(candidate) == "curated":
            return candidate
    raise DataError(f"{folder} holds no curated result of ours; make one with `curate filter`")


def kept_rows(folder: Path) -> Iterator[tuple[str, Trace]]:
    """Yield a heading and the trace of each kept row, in order."""
    columns = _columns(folder)
    for shard in sorted((folder / KEPT).glob("*.jsonl")):
        for line in _lines(shard):
            for trace in read_row(line, columns).traces:
                yield f"kept  {trace.id}", trace


def dropped_rows(folder: Path, check: str | None) -> Iterator[tuple[str, Trace | None]]:
    """Yield a heading and the trace of each dropped row, of one check if asked; None where it could not be made one.

    Raises:
        UsageError: The result has no check of that name.
    """
    known = list(curated_manifest(folder).dropped_by)
    if check is not None and check not in known:
        raise UsageError(f"no check {check!r} in {folder}; there are {', '.join(known)}")
    for shard in sorted((folder / DROPPED).glob("*.jsonl")):
        for line in _lines(shard):
            if check in {None, line["dropped_by"]}:
                place = f"{line['origin']['file']}:{line['origin']['line']}"
                yield f"dropped by {line['dropped_by']}: {line['reason']}  ({place})", _trace(line, _columns(folder))


def curated_manifest(folder: Path) -> CuratedManifest:
    """Return the manifest of a curated result."""
    manifest = read_manifest(folder)
    assert isinstance(manifest, CuratedManifest)
    return manifest


def _columns(folder: Path) -> dict[str, str]:
    """Return the `--map` that the result was made with."""
    return curated_manifest(folder).columns


def _trace(line: JSON, columns: dict[str, str]) -> Trace | None:
    try:
        return next((trace for trace in read_row(line["row"], columns).traces), None)
    except ValueError:
        return None


def _lines(shard: Path) -> Iterator[JSON]:
    with shard.open("rb") as file:
        for line in file:
            yield jsonlines.decode(line)


def find_row(folder: Path, wanted: str) -> dict[str, Any]:
    """Return the verdicts on one row.

    Args:
        folder: A curated result.
        wanted: The trace's id, a unique beginning of it, or FILE:LINE of the input.

    Raises:
        UsageError: No row, or more than one, is meant.
    """
    verdicts = pl.scan_parquet(folder / VERDICTS, glob=False)
    here = pl.col("id").str.starts_with(wanted)
    if match := _FILE_LINE.fullmatch(wanted):
        files = verdicts.select("file").unique().collect().to_series().to_list()
        here = here | ((pl.col("line") == int(match["line"])) & pl.col("file").is_in(_meant(match["file"], files)))
    rows = verdicts.filter(here).collect().to_dicts()
    exact = [row for row in rows if row["id"] == wanted] or rows
    if not exact:
        raise UsageError(f"no row {wanted!r} in {folder}; give an id, or FILE:LINE of the input")
    if len(exact) > 1:
        some = ", ".join(row["id"] for row in exact[:4])
        raise UsageError(f"{wanted!r} could be {len(exact)} rows: {some} ...")
    return exact[0]


def _meant(typed: str, files: list[str]) -> list[str]:
    """Return the input files behind a name: that very one, or those of which one path ends like the other."""
    same = [file for file in files if file == typed]
    return same or [file for file in files if f"/{file}".endswith(f"/{typed}") or f"/{typed}".endswith(f"/{file}")]


_FILE_LINE = re.compile(r"(?P<file>.+):(?P<line>[0-9]{1,18})", re.DOTALL)


def trace_of_row(folder: Path, row: dict[str, Any]) -> Trace | None:
    """Return the trace behind a row's verdicts: the n-th kept row is the n-th kept line; a dropped one has its id."""
    if row["dropped_by"] is not None:
        for shard in sorted((folder / DROPPED).glob("*.jsonl")):
            for line in _lines(shard):
                if line["id"] == row["id"]:
                    return _trace(line, _columns(folder))
        return None
    kept = pl.scan_parquet(folder / VERDICTS, glob=False).filter(pl.col("dropped_by").is_null()).with_row_index("place")
    place = kept.filter(pl.col("id") == row["id"]).select("place").collect().item(0, 0)
    return next((trace for number, (_, trace) in enumerate(kept_rows(folder)) if number == place), None)


def attempts_of(folder: Path, id_: str) -> list[Attempt]:
    """Return the attempts behind a generated trace; none where the result was not made from a run."""
    path = folder.parent / LEDGER
    if not path.exists():
        return []
    with Ledger(path, readonly=True) as ledger:
        return ledger.attempts(id_)
