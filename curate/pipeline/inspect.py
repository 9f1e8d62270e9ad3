"""Rows to read by eye, chosen by what the checks said of them: kept, dropped, near a threshold, or one by its name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from curate import jsonlines
from curate.attempts import Attempt
from curate.checks.registry import RATES
from curate.errors import DataError, UsageError
from curate.folders import kind_of, read_manifest
from curate.layout import CURATED, DROPPED, KEPT, LEDGER, VERDICTS
from curate.ledger import Ledger
from curate.lives import Row, Threshold, Verdict
from curate.manifests import CuratedManifest
from curate.recipe.located import nearest
from curate.records import JSON, Trace
from curate.traces.foreign import read_again

Side = Literal["kept", "dropped"]


def curated_folder(folder: Path) -> Path:
    """Return the curated result behind a folder: itself, or what a run curated.

    Raises:
        DataError: There is none.
    """
    for candidate in (folder, folder / CURATED):
        if kind_of(candidate) == "curated":
            return candidate
    raise DataError(f"{folder} holds no curated result of ours; make one with `curate filter`")


def curated_manifest(folder: Path) -> CuratedManifest:
    """Return the manifest of a curated result."""
    manifest = read_manifest(folder)
    assert isinstance(manifest, CuratedManifest)
    return manifest


class Chosen:
    """Rows chosen from a curated result by their verdicts; their text is read only when they are asked for.

    Args:
        folder: The result.

    Raises:
        DataError: Its verdicts are missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = curated_manifest(folder)
        self.checks = tuple(self.manifest.dropped_by)
        self.thresholds = _thresholds(self.manifest)
        self._verdicts = _with_places(folder / VERDICTS)

    def kept(self, count: int) -> list[Row]:
        """Return the first rows that were kept."""
        return self._rows(self._first(pl.col("is_kept"), count))

    def dropped(self, count: int, check: str | None = None) -> list[Row]:
        """Return the first rows that were dropped (or only marked), by one check if it is named.

        Raises:
            UsageError: The result has no check of that name.
        """
        by = pl.col("dropped_by")
        return self._rows(self._first(by.is_not_null() if check is None else by == self._known(check), count))

    def borderline(self, count: int, check: str | None = None) -> list[Row]:
        """Return the rows whose measure lies nearest to a threshold, as many that fail it as that pass, if there are.

        Args:
            count: How many, of both sides together.
            check: Whose threshold; None for all that have one. Distances are then shares of the threshold.

        Raises:
            UsageError: The result has no check of that name, or its measure is held against no single number.
        """
        if check is not None and self._known(check) not in self.thresholds:
            with_one = ", ".join(self.thresholds) or "none of them"
            raise UsageError(f"{check} holds its measure against no single number; these do: {with_one}")
        return self._rows(self._borderline(list(self.thresholds) if check is None else [check], count))

    def of_every_kind(self, count: int) -> list[Row]:
        """Return up to so many rows that each check dropped, that were kept, and that lie near a threshold."""
        kinds = [pl.col("dropped_by") == check for check in self.checks] + [pl.col("is_kept")]
        frames = [self._borderline(list(self.thresholds), count), *(self._first(kind, count) for kind in kinds)]
        whole = pl.concat(frames, how="diagonal_relaxed").unique("row", keep="first", maintain_order=True)
        return self._rows(whole.sort("row"))

    def named(self, wanted: str) -> Row:
        """Return one row.

        Args:
            wanted: The trace's id, a unique beginning of it, or FILE:LINE of the input.

        Raises:
            UsageError: No row, or more than one, is meant.
        """
        here = pl.col("id").str.starts_with(wanted)
        if match := _FILE_LINE.fullmatch(wanted):
            files = self._verdicts.select("file").unique().collect().to_series().to_list()
            here = here | ((pl.col("line") == int(match["line"])) & pl.col("file").is_in(_meant(match["file"], files)))
        rows = self._verdicts.filter(here).collect()
        exact = rows.filter(pl.col("id") == wanted)
        found = exact if len(exact) else rows
        if not len(found):
            named = "give an id, or FILE:LINE of the input"
            raise UsageError(f"no row {wanted!r} in {self.folder}; {named}{_lines_left_out(self.manifest)}")
        if len(found) > 1:
            some = ", ".join(found["id"].head(4))
            raise UsageError(f"{wanted!r} could be {len(found)} rows: {some} ...")
        return self._rows(found)[0]

    def _known(self, check: str) -> str:
        if check not in self.checks:
            known = f"there are {', '.join(self.checks)}{nearest(check, self.checks)}"
            raise UsageError(f"no check {check!r} in {self.folder}; {known}")
        return check

    def _first(self, chosen: pl.Expr, count: int) -> pl.DataFrame:
        return self._verdicts.filter(chosen).head(count).collect()

    def _borderline(self, checks: Sequence[str], count: int) -> pl.DataFrame:
        """Return the verdicts on rows near the thresholds of some checks; `near` says of which."""
        if not checks:
            return self._verdicts.head(0).collect()
        failing, passing = (self._nearest(checks, outcome, count) for outcome in ("fail", "pass"))
        return _balanced(failing, passing, count).unique("row", keep="first", maintain_order=True)

    def _nearest(self, checks: Sequence[str], outcome: str, count: int) -> pl.DataFrame:
        """Return the rows with one outcome that lie nearest to their threshold, each once, nearest first."""
        near = pl.concat([self._near(check, outcome, count) for check in checks]).collect()
        return near.sort("distance", "row").unique("row", keep="first", maintain_order=True).head(count)

    def _near(self, check: str, outcome: str, count: int) -> pl.LazyFrame:
        bound = self.thresholds[check].bound
        distance = (pl.col(f"{check}.value") - bound).abs() / (abs(bound) or 1.0)
        judged = (pl.col(check) == outcome) & distance.is_not_null()
        frame = self._verdicts.filter(judged).with_columns(distance=distance, near=pl.lit(check))
        return frame.sort("distance", "row").head(count)

    def _rows(self, chosen: pl.DataFrame) -> list[Row]:
        """Return what is known of some rows, with their text, in the order given."""
        found = chosen.to_dicts()
        sides: dict[Side, dict[int, JSON]] = {"kept": {}, "dropped": {}}
        for side in sides:
            places = {row["place"] for row in found if row["is_kept"] == (side == "kept")}
            sides[side] = dict(_lines_at(self.folder / (KEPT if side == "kept" else DROPPED), places))
        return [self._row(row, sides["kept" if row["is_kept"] else "dropped"].get(row["place"])) for row in found]

    def _row(self, row: Mapping[str, object], line: JSON | None) -> Row:
        raw = line if line is None or row["is_kept"] else line.get("row")
        verdicts = tuple(
            Verdict(check=check, outcome=row[check], value=row[f"{check}.value"], threshold=self.thresholds.get(check))  # type: ignore[arg-type] # what we wrote there
            for check in self.checks
        )
        known = {name: row[name] for name in ("id", "file", "line", "offset", "dropped_by", "reason", "is_kept")}
        known |= {name: row.get(name) for name in RATES}
        near = row.get("near")
        trace = None if raw is None else _trace(raw, self.manifest.columns, str(row["id"]))
        return Row(**known, verdicts=verdicts, near=near, raw=raw, trace=trace)  # type: ignore[arg-type] # likewise


def _with_places(path: Path) -> pl.LazyFrame:
    """Return the verdicts with `row`, `is_kept`, and `place`: the n-th kept row is line n of kept/."""
    verdicts = pl.scan_parquet(path, glob=False).with_columns(is_kept=pl.col("dropped_by").is_null())
    if "marked_by" in verdicts.collect_schema():
        verdicts = verdicts.with_columns(dropped_by="marked_by")
    kept = pl.col("is_kept").cum_sum()
    place = pl.when(pl.col("is_kept")).then(kept).otherwise((~pl.col("is_kept")).cum_sum())
    return verdicts.with_columns(place=place.cast(pl.Int64) - 1).with_row_index("row")


def _thresholds(manifest: CuratedManifest) -> dict[str, Threshold]:
    """Return what the measure of each check is held against, for those where one number decides."""
    found = {}
    for name, check in zip(manifest.dropped_by, manifest.checks, strict=True):
        bound = check["parameters"].get(check.get("threshold"))
        if isinstance(bound, int | float):
            found[name] = Threshold(name=check["threshold"], bound=float(bound))
    return found


def _balanced(failing: pl.DataFrame, passing: pl.DataFrame, count: int) -> pl.DataFrame:
    """Return half of each side, and more of one where the other has not so many, from the failing side to the other."""
    of_failing = min(len(failing), max(-(-count // 2), count - len(passing)))
    return pl.concat([failing.head(of_failing), passing.head(count - of_failing)])


def _lines_at(folder: Path, places: set[int]) -> Iterator[tuple[int, JSON]]:
    """Yield the lines at some places of all shards of a folder, counted from 0."""
    place = 0
    left = len(places)
    for shard in sorted(folder.glob("*.jsonl")) if places else []:
        with shard.open("rb") as file:
            for line in file:
                if place in places:
                    yield place, jsonlines.decode(line)
                    left -= 1
                place += 1
                if not left:
                    return


def _trace(raw: JSON, columns: dict[str, str], id_: str) -> Trace | None:
    try:
        return read_again(raw, columns, id_)
    except ValueError:
        return None


def _lines_left_out(manifest: CuratedManifest) -> str:
    """Say why a row of the input may not be in a result, where not all lines were read."""
    read = f"{manifest.lines.in_:,} lines of the input were read"
    if manifest.sample is not None:
        return f". Only {read}, a sample of them (--sample {manifest.sample}): a row that is not in it was not judged"
    if manifest.limit is not None:
        return f". Only the first {read} (--limit {manifest.limit}): a row behind them was not judged"
    return ""


def _meant(typed: str, files: list[str]) -> list[str]:
    """Return the input files behind a name: that very one, or those of which one path ends like the other."""
    same = [file for file in files if file == typed]
    return same or [file for file in files if f"/{file}".endswith(f"/{typed}") or f"/{typed}".endswith(f"/{file}")]


_FILE_LINE = re.compile(r"(?P<file>.+):(?P<line>[0-9]{1,18})", re.DOTALL)


def attempts_of(folder: Path, id_: str) -> list[Attempt]:
    """Return the attempts behind a generated trace; none where the result was not made from a run."""
    path = folder.parent / LEDGER
    if not path.exists():
        return []
    with Ledger(path, readonly=True) as ledger:
        return ledger.attempts(id_)
