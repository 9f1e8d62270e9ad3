"""The second movement of a unit: copy the kept lines, set the others aside, render the formats.

Runs in worker processes. Kept lines are copied byte for byte; where one line is several rows, each is written as a
trace. The rows of a unit go to files of its own, which the coordinator puts together in unit order, so the result
does not depend on who was quicker.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Self

import msgspec

from curate import jsonlines
from curate.export import FORMATS, RefusedError
from curate.layout import DROPPED, KEPT, UNREADABLE
from curate.lines import Line, Unit, decode_line
from curate.pipeline.judge import Bench, Drop, Job, State, lines_with_rows, load_state, read_traces
from curate.pipeline.plan import PlannedOutput, column_names
from curate.records import JSON, Origin, Trace
from curate.seeds import share
from curate.traces.foreign import extra_of, read_row
from curate.unreadable import unreadable_record


class DroppedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that a check dropped."""

    origin: Origin
    """Where it stands in the input."""
    id: str
    """The trace's id."""
    dropped_by: str
    """The check."""
    reason: str
    """What was seen."""
    value: float | None
    """The check's measure, or null."""
    row: JSON
    """The row as it was read, or the trace of one of several generations."""


class Written(msgspec.Struct):
    """What the rows of one unit came to in the formats."""

    rows: dict[str, dict[str, int]] = {}
    """Format to split to rows."""
    refused: dict[str, dict[str, int]] = {}
    """Format to reason to rows that it could not carry."""


def unit_file(job: Job, unit: Unit, *name: str) -> Path:
    """Return a file of a unit's own rows."""
    return Path(job.work, ".units", f"{unit.index:05d}.{'.'.join(name)}.jsonl")


class UnitFiles:
    """The files that the rows of one unit go to, opened with their first row; a context manager."""

    def __init__(self, job: Job, unit: Unit) -> None:
        self.job = job
        self.unit = unit
        self._files: dict[tuple[str, ...], BinaryIO] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def write(self, line: bytes, *name: str) -> None:
        """Add one line, given without its newline."""
        if name not in self._files:
            self._files[name] = self._stack.enter_context(unit_file(self.job, self.unit, *name).open("wb"))
        self._files[name].write(line if line.endswith(b"\n") else line + b"\n")


def write_unit(bench: Bench, unit: Unit, occurrences: dict[int, int]) -> Written:
    """Write the rows of a judged unit.

    Args:
        bench: The job, made ready.
        unit: The unit.
        occurrences: Row to how many identical rows came before it, for rows of which there are several.
    """
    state = load_state(bench.job.state_path(unit))
    state.ids = [repeated_id(id_, occurrences.get(row, 0)) for row, id_ in enumerate(state.ids)]
    written = Written()
    with UnitFiles(bench.job, unit) as files:
        for line, rows in lines_with_rows(bench.job, unit, state):
            if not rows:
                files.write(unreadable_record(unit, line, state.unreadable[line.number]), UNREADABLE)
            elif line.number in state.expanded:
                _write_generations(bench, files, line, rows, state)
            else:
                _write_line(bench, files, line, rows.start, state)
            if bench.job.outputs and any(row not in state.drops for row in rows):
                _write_formats(bench, files, line, rows, state, written)
    return written


def _write_line(bench: Bench, files: UnitFiles, line: Line, row: int, state: State) -> None:
    """Copy a line that is one row."""
    drop = state.drops.get(row)
    if drop is None:
        files.write(line.data, KEPT)
    else:
        origin = Origin(file=files.unit.source.name, line=line.number)
        files.write(dropped_record(bench.job, origin, state.ids[row], drop, line.data.strip()), DROPPED)


def _write_generations(bench: Bench, files: UnitFiles, line: Line, rows: range, state: State) -> None:
    """Write each of several rows of one line as a trace of its own."""
    row_object = decode_line(line)
    read = read_row(row_object, bench.job.columns)
    extra = extra_of(row_object, read.used)
    origin = Origin(file=files.unit.source.name, line=line.number)
    for row, trace in zip(rows, read.traces, strict=True):
        whole = jsonlines.encode(msgspec.structs.replace(trace, id=state.ids[row], origin=origin, extra=extra))
        drop = state.drops.get(row)
        if drop is None:
            files.write(whole, KEPT)
        else:
            files.write(dropped_record(bench.job, origin, state.ids[row], drop, whole), DROPPED)


def dropped_record(job: Job, origin: Origin, id_: str, drop: Drop, row: bytes) -> bytes:
    """Return the JSON of a dropped row; `row` is embedded as it was read."""
    about = {
        "origin": {"file": origin.file, "line": origin.line},
        "id": id_,
        "dropped_by": column_names(job.checks)[drop.check],
        "reason": drop.reason,
        "value": drop.value,
    }
    return jsonlines.encode(about)[:-1] + b',"row":' + row + b"}"


def _write_formats(bench: Bench, files: UnitFiles, line: Line, rows: range, state: State, written: Written) -> None:
    for row, trace in zip(rows, read_traces(line, bench.job.columns).traces, strict=True):
        if row in state.drops:
            continue
        known = trace if trace.id == state.ids[row] else msgspec.structs.replace(trace, id=state.ids[row])
        for output in bench.job.outputs:
            _write_format(files, output, known, written)


def _write_format(files: UnitFiles, output: PlannedOutput, trace: Trace, written: Written) -> None:
    try:
        rendered = FORMATS[output.format].render(trace, output.wishes)
    except RefusedError as refusal:
        reasons = written.refused.setdefault(output.format, {})
        reasons[str(refusal)] = reasons.get(str(refusal), 0) + 1
        return
    split = split_of(trace.problem.id, output.splits)
    files.write(jsonlines.encode(rendered), output.format, split)
    rows = written.rows.setdefault(output.format, {})
    rows[split] = rows.get(split, 0) + 1


def split_of(problem_id: str, splits: dict[str, float]) -> str:
    """Return the split of a problem: fixed by its id, so it stays where it is when rows are added."""
    place = share(problem_id, "split")
    for split, size in splits.items():
        if place < size:
            return split
        place -= size
    return "train"


def repeated_id(id_: str, occurrence: int) -> str:
    """Return the id of a row that has identical ones before it."""
    return f"{id_}-{occurrence}" if occurrence else id_
