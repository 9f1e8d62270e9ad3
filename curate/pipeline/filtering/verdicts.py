"""`verdicts.parquet`: what every check said of every row, so that thresholds can be tuned without running again.

Columns: `id`, `problem_id`, `file`, `line`, `offset`, `dropped_by`, `reason`, then for each check `<check>` (`pass`,
`undecided`, `fail`, or null where it did not look) and `<check>.value` (its measure, or null). With `--mark`, where
nothing is dropped, `marked_by` after `dropped_by` names the first check that would have, and `reason` is its reason.
Where a check is about right and wrong, `pass_rate`, `samples` and `right` come after `reason`: of all replies to the
problem, or null where not known.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from curate.errors import OutputError
from curate.layout import VERDICTS
from curate.pipeline.filtering.job import Job, counts_rates
from curate.pipeline.filtering.planned import column_names
from curate.pipeline.filtering.state import OUTCOMES, PIECE_LINES, State
from curate.reading.lines import Unit


def verdicts_of(job: Job, unit: Unit, state: State) -> pl.DataFrame:
    """Return the verdicts on the rows of one piece."""
    names = column_names(job.checks)
    rows = range(state.rows)
    drops = [state.drops.get(row) for row in rows]
    blamed = pl.Series([drop and names[drop.check] for drop in drops], dtype=pl.String)
    columns: dict[str, pl.Series] = {
        "id": pl.Series([state.id_of(row) for row in rows] if state.repeats else state.ids, dtype=pl.String),
        "problem_id": pl.Series(state.problem_ids, dtype=pl.String),
        "file": pl.Series([unit.source.name] * state.rows, dtype=pl.String),
        "line": pl.Series(state.row_lines, dtype=pl.UInt64),
        "offset": pl.Series(state.offsets, dtype=pl.UInt64),
        "dropped_by": pl.Series([None] * state.rows, dtype=pl.String) if job.mark else blamed,
        **({"marked_by": blamed} if job.mark else {}),
        "reason": pl.Series([drop and drop.reason for drop in drops], dtype=pl.String),
    }
    columns |= _rates(state) if counts_rates(job) else {}
    for place, name in enumerate(names):
        codes = state.codes[place :: state.width]
        columns[name] = pl.Series([OUTCOMES[code] for code in codes], dtype=pl.String)
        columns[f"{name}.value"] = pl.Series(state.values[place :: state.width], dtype=pl.Float64)
    return pl.DataFrame(columns)


def _rates(state: State) -> dict[str, pl.Series]:
    """Return the pass rate of each row's problem, and over how many replies it is."""
    rates = [state.rate_of(row) for row in range(state.rows)]
    return {
        "pass_rate": pl.Series([rate and rate.pass_rate for rate in rates], dtype=pl.Float64),
        "samples": pl.Series([rate and rate.samples for rate in rates], dtype=pl.UInt32),
        "right": pl.Series([rate and rate.right for rate in rates], dtype=pl.UInt32),
    }


def write_verdicts(parts: Iterable[pl.DataFrame], target: Path) -> None:
    """Write the parts, one for each piece and in order, as one Parquet file; some of them are in memory at a time.

    Raises:
        OutputError: The disk is full; Polars has no error of its own for that.
    """
    parts = iter(parts)
    first = next(parts)

    def source(*_: object) -> Iterator[pl.DataFrame]:
        yield first
        yield from parts

    try:
        # Larger row groups would be collected in memory until one is full.
        register_io_source(source, schema=first.schema).sink_parquet(target, row_group_size=PIECE_LINES)
    except (OSError, pl.exceptions.ComputeError) as error:
        raise OutputError(f"cannot write {VERDICTS}: {error}") from error
