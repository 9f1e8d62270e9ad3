"""`verdicts.parquet`: what every check said of every row, so that thresholds can be tuned without running again.

Columns: `id`, `problem_id`, `file`, `line`, `offset`, `dropped_by`, `reason`, then for each check `<check>` (`pass`,
`undecided`, `fail`, or null where it did not look) and `<check>.value` (its measure, or null).
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from curate.pipeline.judge import OUTCOMES, State
from curate.pipeline.plan import PlannedCheck
from curate.pipeline.write import repeated_id
from curate.sources import Unit

VERDICTS = "verdicts.parquet"


def column_names(checks: Sequence[PlannedCheck]) -> list[str]:
    """Return the column of each check; one that stands twice in the list is numbered."""
    names: list[str] = []
    for check in checks:
        before = sum(1 for name in names if name.split("#")[0] == check.name)
        names.append(f"{check.name}#{before + 1}" if before else check.name)
    return names


def verdicts_of(unit: Unit, state: State, checks: Sequence[PlannedCheck], occurrences: dict[int, int]) -> pl.DataFrame:
    """Return the verdicts on the rows of one unit."""
    drops = [state.drops.get(row) for row in range(state.rows)]
    ids = [_valid(repeated_id(id_, occurrences.get(row, 0))) for row, id_ in enumerate(state.ids)]
    columns: dict[str, pl.Series] = {
        "id": pl.Series(ids, dtype=pl.String),
        "problem_id": pl.Series(list(map(_valid, state.problem_ids)), dtype=pl.String),
        "file": pl.Series([unit.source.name] * state.rows, dtype=pl.String),
        "line": pl.Series(state.row_lines, dtype=pl.UInt64),
        "offset": pl.Series(state.offsets, dtype=pl.UInt64),
        "dropped_by": pl.Series([drop and checks[drop.check].name for drop in drops], dtype=pl.String),
        "reason": pl.Series([drop and _valid(drop.reason) for drop in drops], dtype=pl.String),
    }
    for name, outcomes, values in zip(column_names(checks), state.outcomes, state.values, strict=True):
        columns[name] = pl.Series([OUTCOMES[code] for code in outcomes], dtype=pl.String)
        columns[f"{name}.value"] = pl.Series(values, dtype=pl.Float64)
    return pl.DataFrame(columns)


def _valid(text: str) -> str:
    """Return text that Parquet can hold: lone surrogates of the input as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def write_verdicts(parts: Iterable[pl.DataFrame], scratch: Path, target: Path) -> None:
    """Write the parts, one for each unit and in order, as one Parquet file, holding one of them at a time."""
    scratch.mkdir(parents=True, exist_ok=True)
    paths = []
    for place, part in enumerate(parts):
        paths.append(scratch / f"{place:05d}.parquet")
        part.write_parquet(paths[-1])
    pl.scan_parquet(paths).sink_parquet(target)
