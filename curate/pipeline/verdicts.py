"""`verdicts.parquet`: what every check said of every row, so that thresholds can be tuned without running again.

Columns: `id`, `problem_id`, `file`, `line`, `offset`, `dropped_by`, `reason`, then for each check `<check>` (`pass`,
`undecided`, `fail`, or null where it did not look) and `<check>.value` (its measure, or null).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from curate.errors import OutputError
from curate.layout import VERDICTS
from curate.lines import Unit
from curate.pipeline.judge import OUTCOMES, State
from curate.pipeline.plan import PlannedCheck, column_names
from curate.pipeline.write import repeated_id


def verdicts_of(unit: Unit, state: State, checks: Sequence[PlannedCheck], occurrences: dict[int, int]) -> pl.DataFrame:
    """Return the verdicts on the rows of one unit."""
    names = column_names(checks)
    drops = [state.drops.get(row) for row in range(state.rows)]
    ids = [repeated_id(id_, occurrences.get(row, 0)) for row, id_ in enumerate(state.ids)]
    columns: dict[str, pl.Series] = {
        "id": pl.Series(ids, dtype=pl.String),
        "problem_id": pl.Series(state.problem_ids, dtype=pl.String),
        "file": pl.Series([unit.source.name] * state.rows, dtype=pl.String),
        "line": pl.Series(state.row_lines, dtype=pl.UInt64),
        "offset": pl.Series(state.offsets, dtype=pl.UInt64),
        "dropped_by": pl.Series([drop and names[drop.check] for drop in drops], dtype=pl.String),
        "reason": pl.Series([drop and drop.reason for drop in drops], dtype=pl.String),
    }
    for name, outcomes, values in zip(names, state.outcomes, state.values, strict=True):
        columns[name] = pl.Series([OUTCOMES[code] for code in outcomes], dtype=pl.String)
        columns[f"{name}.value"] = pl.Series(values, dtype=pl.Float64)
    return pl.DataFrame(columns)


def write_verdicts(parts: Iterable[pl.DataFrame], scratch: Path, target: Path) -> None:
    """Write the parts, one for each unit and in order, as one Parquet file, holding one of them at a time.

    Raises:
        OutputError: The disk is full; Polars has no error of its own for that.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    paths = []
    try:
        for place, part in enumerate(parts):
            paths.append(scratch / f"{place:05d}.parquet")
            part.write_parquet(paths[-1])
        pl.scan_parquet(paths, glob=False).sink_parquet(target)
    except pl.exceptions.ComputeError as error:
        raise OutputError(f"cannot write {VERDICTS}: {error}") from error
