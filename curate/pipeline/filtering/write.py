"""The rows of a unit written: kept lines copied, the others set aside, the formats rendered.

Runs in worker processes. Kept lines are copied byte for byte; where one line is several rows, each is written as a
trace. The rows of a unit go to files of its own, which the coordinator puts together in unit order, so the result
does not depend on who was quicker.
"""

from typing import TYPE_CHECKING, Self

import msgspec

from curate import jsonlines
from curate.export import FORMATS, OVER_ALL
from curate.layout import DROPPED, KEPT, UNREADABLE
from curate.pipeline.exporting.rendering import rows_of
from curate.pipeline.exporting.spool import point_of
from curate.pipeline.filtering.job import Bench, Job
from curate.pipeline.filtering.origins import count_origin
from curate.pipeline.filtering.planned import PlannedOutput, column_names
from curate.pipeline.filtering.reading import Reader, Rows
from curate.pipeline.filtering.state import Drop, State
from curate.pipeline.filtering.tally import Written, add
from curate.pipeline.filtering.unit_files import UnitFiles, problems_stem
from curate.reading.lines import Unit, decode_line
from curate.reading.unreadable import unreadable_record
from curate.records import JSON, Origin, Problem, Trace
from curate.traces.foreign import Read, extra_of

if TYPE_CHECKING:
    from curate.pipeline.exporting.alike import ProblemSigner


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


class RowWriter:
    """Writes the rows of a unit, line by line and in order; a context manager.

    Args:
        bench: The job, made ready.
        unit: The unit.
        reader: Reads lines that were not read yet.
    """

    def __init__(self, bench: Bench, unit: Unit, reader: Reader) -> None:
        self.job = bench.job
        self.source = unit.source.name
        self.unit = unit
        self.reader = reader
        self.names = column_names(bench.job.checks)
        self.files = UnitFiles(bench.job, unit)
        self._written = Written()
        self._problems = _signer(bench.job, unit)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self.files.__exit__(kind, error, trace)
        if self._problems is not None:
            self._problems.close()

    @property
    def written(self) -> Written:
        """What was written; known when all is."""
        return msgspec.structs.replace(self._written, files=dict(self.files.parts()))

    def write(self, rows: Rows, state: State) -> None:
        """Write the rows of one line."""
        if not rows.places:
            record = unreadable_record(self.unit, rows.line, state.unreadable[rows.line.number])
            self.files.write(record, UNREADABLE)
        elif rows.line.number in state.expanded:
            self._write_each(rows, state)
        else:
            self._write_line(rows, state)
        if self.job.outputs:
            self._write_formats(rows, state)

    def _write_line(self, rows: Rows, state: State) -> None:
        """Copy a line that is one row."""
        row = rows.places[0]
        drop = state.drop_of(row)
        if drop is None:
            self.files.write(rows.line.data, KEPT)
        else:
            origin = Origin(file=self.source, line=rows.line.number)
            self.files.write(self._dropped(origin, state.id_of(row), drop, rows.line.data.strip()), DROPPED)

    def _write_each(self, rows: Rows, state: State) -> None:
        """Write each of several rows of one line as a trace of its own."""
        read = rows.read or self.reader.read(rows.line)
        origin = Origin(file=self.source, line=rows.line.number)
        for row, trace in zip(rows.places, read.traces, strict=True):
            id_ = state.id_of(row)
            whole = self._whole(self._known(trace, row, state), rows, read)
            drop = state.drop_of(row)
            if drop is None:
                self.files.write(whole, KEPT)
            else:
                self.files.write(self._dropped(origin, id_, drop, whole), DROPPED)

    def _known(self, trace: Trace, row: int, state: State) -> Trace:
        """Return a trace with its id, and its pass rate where that is known by now."""
        id_, rate = state.id_of(row), state.rate_of(row)
        if rate is not None:
            return msgspec.structs.replace(trace, id=id_, pass_rate=rate.pass_rate)
        return trace if trace.id == id_ else msgspec.structs.replace(trace, id=id_)

    def _whole(self, known: Trace, rows: Rows, read: Read) -> bytes:
        """Return one of several rows of a line as a trace of its own."""
        origin = Origin(file=self.source, line=rows.line.number)
        extra = extra_of(decode_line(rows.line), read.used)
        return jsonlines.encode(msgspec.structs.replace(known, origin=origin, extra=extra))

    def _dropped(self, origin: Origin, id_: str, drop: Drop, row: bytes) -> bytes:
        """Return the JSON of a dropped row; `row` is embedded as it was read."""
        about = {
            "origin": {"file": origin.file, "line": origin.line},
            "id": id_,
            "dropped_by": self.names[drop.check],
            "reason": drop.reason,
            "value": drop.value,
        }
        return jsonlines.encode(about)[:-1] + b',"row":' + row + b"}"

    def _write_formats(self, rows: Rows, state: State) -> None:
        kept = [row for row in rows.places if state.drop_of(row) is None]
        broken = [row for row in kept if row in state.broken]
        outputs = [output for output in self.job.outputs if FORMATS[output.format].kind not in OVER_ALL]
        for output in outputs if broken else ():
            self._refuse(output, "no valid trace")
        if not kept or broken or not self.job.outputs:
            return
        read = rows.read or self.reader.read(rows.line)
        for row in kept:
            known = self._known(read.traces[row - rows.places.start], row, state)
            count_origin(self._written.origins, known)
            for output in outputs:
                kind = FORMATS[output.format].kind
                if kind == "line":
                    single = rows.line.number not in state.expanded
                    line = rows.line.data.rstrip(b"\n") if single else self._whole(known, rows, read)
                    self._write_format(output, line, known.id, known.problem)
                elif kind == "problem":
                    self._write_format(output, known.problem, known.problem.id, known.problem)
                else:
                    self._write_format(output, known, known.id, known.problem)

    def _write_format(self, output: PlannedOutput, source: bytes | Problem | Trace, id_: str, problem: Problem) -> None:
        point = point_of(problem.id)
        for row in rows_of(output, source, id_, point):
            if isinstance(row, str):
                self._refuse(output, row)
                continue
            self.files.write(row, output.format)
            if self._problems is not None:
                self._problems.add(problem, point)

    def _refuse(self, output: PlannedOutput, reason: str) -> None:
        add(self._written.refused.setdefault(output.format, {}), {reason: 1})


def _signer(job: Job, unit: Unit) -> "ProblemSigner | None":
    """Return what signs the problems of a unit, where an output has splits."""
    if not any(output.splits for output in job.outputs):
        return None
    from curate.pipeline.exporting.alike import ProblemSigner  # noqa: PLC0415 - heavy, and few jobs split

    return ProblemSigner(problems_stem(job, unit))
