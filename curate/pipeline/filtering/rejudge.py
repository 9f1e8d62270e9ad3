"""An earlier result of the same rows, held against what is to be done now: which of its verdicts still stand."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from curate import __version__
from curate.checks import RowCheck
from curate.errors import UsageError
from curate.folders import read_manifest
from curate.layout import VERDICTS
from curate.manifests import CuratedManifest
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.planned import PlannedCheck, column_names
from curate.pipeline.filtering.recall import NEVER, Known, Recall, Threshold, known_path
from curate.pipeline.filtering.state import save
from curate.protocols import Notice
from curate.reading.lines import Unit
from curate.reading.sources import Hashes
from curate.records import JSON


class Earlier:
    """An earlier result.

    Args:
        folder: Where it lies.

    Raises:
        UsageError: There is none.
    """

    def __init__(self, folder: Path) -> None:
        manifest = read_manifest(folder)
        if not isinstance(manifest, CuratedManifest):
            raise UsageError(f"--rejudge {folder}: no result of `curate filter` lies there")
        self.folder = folder
        self.manifest = manifest

    def require_same_rows(self, job: Job, inputs: Hashes) -> None:
        """Check that the rows are those that it has judged, read as it read them.

        Raises:
            UsageError: They are not.
        """
        theirs = {(entry.path, entry.sha256) for entry in self.manifest.inputs}
        others = [name for name, _, sha256 in inputs if (name, sha256) not in theirs]
        if others:
            raise UsageError(f"--rejudge {self.folder}: it was not made from {others[0]} as it is now; filter anew")
        if self.manifest.columns != job.columns:
            raise UsageError(f"--rejudge {self.folder}: it was made with another --map; filter anew")
        if self.manifest.curate != __version__:
            raise UsageError(f"--rejudge {self.folder}: curate {self.manifest.curate} made it; filter anew")

    def recalls(self, job: Job, notice: Notice) -> tuple[Recall, ...]:
        """Return the checks whose verdicts still stand, in full or in part; tells of each where its verdict is from."""
        found = []
        for position, (name, check) in enumerate(zip(column_names(job.checks), job.checks, strict=True)):
            recall = self._recall(position, check)
            if recall is not None:
                found.append(recall)
            notice(f"{name}: {_told(recall)}")
        return tuple(found)

    def _recall(self, position: int, check: PlannedCheck) -> Recall | None:
        """Return where the verdicts of a check stand, or None where it must judge every row again."""
        if not isinstance(check.check, RowCheck) or check.is_of_the_user or check.check.takes_schema:
            return None
        for place, (column, theirs) in enumerate(zip(self.manifest.dropped_by, self.manifest.checks, strict=True)):
            if theirs["name"] == check.name:
                changed = _changed(theirs["parameters"], check.parameters)
                threshold = _threshold(check, changed)
                if not changed or threshold is not None:
                    return Recall(
                        position=position,
                        column=column,
                        place=place,
                        threshold=threshold,
                        drops_undecided=check.undecided == "drop",
                    )
        return None

    def keep_known(self, job: Job, units: Sequence[Unit], recalls: tuple[Recall, ...]) -> None:
        """Keep what it says of the rows of each unit where the workers find it."""
        verdicts = pl.scan_parquet(self.folder / VERDICTS, glob=False)
        places = {column: place for place, column in enumerate(self.manifest.dropped_by)}
        blamed = "marked_by" if self.manifest.marked else "dropped_by"
        for unit, is_in in zip(units, _ranges(units), strict=True):
            rows = verdicts.filter(is_in).collect()
            known = Known(
                lines=rows["line"].to_list(),
                outcomes=[rows[recall.column].to_list() for recall in recalls],
                values=[rows[f"{recall.column}.value"].to_list() for recall in recalls],
                dropped_at=[places.get(name, NEVER) for name in rows[blamed]],
                reasons=rows["reason"].to_list(),
                recalls=recalls,
            )
            save(known_path(job, unit.index), known)


def _told(recall: Recall | None) -> str:
    if recall is None:
        return "must run again on every row"
    if recall.threshold is None:
        return f"as {recall.column} said; runs only on rows that it has not seen"
    return "from its measures; runs again on rows that do not pass by them"


def _changed(before: JSON, now: JSON) -> set[str]:
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


def _threshold(check: PlannedCheck, changed: set[str]) -> Threshold | None:
    """Return the threshold of a check that differs in nothing else."""
    assert isinstance(check.check, RowCheck)
    name = check.check.threshold
    limit = check.parameters.get(name or "")
    if name is None or changed != {name} or not isinstance(limit, int | float):
        return None
    return Threshold(name.startswith("min_"), float(limit))


def _ranges(units: Sequence[Unit]) -> Iterator[pl.Expr]:
    """Yield which rows of the verdicts belong to each unit."""
    for unit, following in zip(units, [*units[1:], None], strict=True):
        is_in = (pl.col("file") == unit.source.name) & (pl.col("line") >= unit.first_line)
        if following is not None and following.source == unit.source:
            is_in &= pl.col("line") < following.first_line
        yield is_in
