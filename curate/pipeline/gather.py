"""The rows of all units put together, in unit order, and counted."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import msgspec
import polars as pl

from curate.layout import DROPPED, KEPT, UNREADABLE, VERDICTS
from curate.lines import Unit
from curate.manifests import FormatCounts
from curate.pipeline.judge import FAIL, PASS, UNDECIDED, Job, State, load_state
from curate.pipeline.plan import PlannedCheck, PlannedOutput, column_names
from curate.pipeline.verdicts import verdicts_of, write_verdicts
from curate.pipeline.write import Written, unit_file
from curate.shards import split_shard_name

Occurrences = Mapping[int, dict[int, int]]
"""Unit to row to how many identical rows came before it."""


class Gathered(msgspec.Struct):
    """What a filtering came to."""

    outcomes: dict[str, dict[str, int]]
    """Check to outcome to rows."""
    formats: dict[str, FormatCounts]
    lines: int = 0
    blank: int = 0
    rows: int = 0
    unreadable: int = 0
    dropped_by: dict[str, int] = {}
    shapes: dict[str, int] = {}

    def count(self, state: State, checks: Sequence[PlannedCheck]) -> None:
        """Add the rows of one unit."""
        self.lines += state.lines
        self.blank += state.blank
        self.rows += state.rows
        self.unreadable += len(state.unreadable)
        _add(self.shapes, state.shapes)
        names = column_names(checks)
        for drop in state.drops.values():
            _add(self.dropped_by, {names[drop.check]: 1})
        for name, codes in zip(names, state.outcomes, strict=True):
            _add(self.outcomes[name], {word: codes.count(code) for code, word in _COUNTED.items() if codes.count(code)})


_COUNTED = {PASS: "pass", UNDECIDED: "undecided", FAIL: "fail"}


def gather(job: Job, units: Sequence[Unit], written: Sequence[Written], occurrences: Occurrences) -> Gathered:
    """Put what the units wrote together below the job's work folder, and count it."""
    work = Path(job.work)
    for name in (KEPT, DROPPED, UNREADABLE):
        _gather_parts([unit_file(job, unit, name) for unit in units], work / name)
    formats = {output.format: _gather_format(job, units, output, written) for output in job.outputs}
    gathered = Gathered(outcomes={name: {} for name in column_names(job.checks)}, formats=formats)
    write_verdicts(_verdicts(job, units, occurrences, gathered), work / ".verdicts", work / VERDICTS)
    return gathered


def _verdicts(job: Job, units: Sequence[Unit], occurrences: Occurrences, gathered: Gathered) -> Iterator[pl.DataFrame]:
    """Yield the verdicts of each unit, counting its rows on the way: a state is loaded once."""
    for unit in units:
        state = load_state(job.state_path(unit))
        gathered.count(state, job.checks)
        yield verdicts_of(unit, state, job.checks, occurrences.get(unit.index, {}))


def _gather_format(job: Job, units: Sequence[Unit], output: PlannedOutput, written: Sequence[Written]) -> FormatCounts:
    """Write the shards of one format; returns its rows by split, and what it refused."""
    rows: dict[str, int] = {}
    refused: dict[str, int] = {}
    for one in written:
        _add(rows, one.rows.get(output.format, {}))
        _add(refused, one.refused.get(output.format, {}))
    for split, count in rows.items():
        paths = [unit_file(job, unit, output.format, split) for unit in units]
        _gather_shards(paths, Path(job.work) / output.format, split, count, output.shard_rows)
    return FormatCounts(rows=dict(sorted(rows.items())), refused=dict(sorted(refused.items())))


def _add(total: dict[str, int], more: dict[str, int]) -> None:
    for key, count in more.items():
        total[key] = total.get(key, 0) + count


def _gather_parts(paths: list[Path], folder: Path) -> None:
    """Make the rows of each unit a part, numbered without gaps."""
    present = [path for path in paths if path.exists()]
    for place, path in enumerate(present):
        folder.mkdir(exist_ok=True)
        path.rename(folder / f"part-{place:05d}.jsonl")


def _gather_shards(paths: list[Path], folder: Path, split: str, rows: int, shard_rows: int) -> None:
    """Write the rows of one split, in unit order, into shards whose names say how many there are."""
    folder.mkdir(exist_ok=True)
    total = -(-rows // shard_rows)
    lines = _all_lines(paths)
    for number in range(total):
        with (folder / split_shard_name(split, number, total)).open("wb") as file:
            file.writelines(islice(lines, shard_rows))


def _all_lines(paths: list[Path]) -> Iterator[bytes]:
    for path in paths:
        if path.exists():
            with path.open("rb") as file:
                yield from file
