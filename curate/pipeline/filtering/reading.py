"""The lines of a piece with the rows that stand on them: made known in the first movement, known in the later ones."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from curate.digests import digest
from curate.jsonlines import valid_text
from curate.pipeline.filtering.job import Bench
from curate.pipeline.filtering.state import FAIL, Drop, State
from curate.reading.columns import Mapped
from curate.reading.lines import Line, Source, decode_line
from curate.traces.foreign import SEVERAL, Read, StructureError, read_row
from curate.traces.own import may_be_own, read_own


class Rows(NamedTuple):
    """A line that is not blank, with its rows."""

    line: Line
    places: range
    """Positions of its rows in the state; empty where it is unreadable."""
    read: Read | None
    """What it was read as; None where it was not read now."""


class Reader:
    """Reads lines; a file of traces is read by the quick way, until it turns out to be none."""

    def __init__(self, columns: Mapped, source: Source) -> None:
        self.columns = columns
        self.is_packed_by_columns = source.packing in {"parquet", "csv"}
        self._try_own = may_be_own(columns)

    def read(self, line: Line) -> Read:
        """Return what a line holds.

        Raises:
            ValueError: It could not be read; the message says why.
        """
        if self._try_own and line.sha256 is None:
            read = read_own(line.data)
            if read is not None:
                return read
        read = read_row(decode_line(line), self.columns)
        self._try_own = read.shape == "trace" and may_be_own(self.columns)
        return read


def new_rows(bench: Bench, reader: Reader, lines: Iterable[Line], state: State) -> Iterator[Rows]:
    """Make the rows of some lines known, and yield them."""
    for line in lines:
        state.lines += 1
        if line.is_blank:
            state.blank += 1
            continue
        first = state.rows
        read = _take_in(bench, reader, line, state)
        yield Rows(line, range(first, state.rows), read)


def _take_in(bench: Bench, reader: Reader, line: Line, state: State) -> Read | None:
    """Make the rows of one line known; returns what it was read as, or None where no check can judge it."""
    try:
        read = reader.read(line)
    except StructureError as error:
        _take_in_broken(bench, line, state, valid_text(str(error)))
        return None
    except ValueError as error:
        state.unreadable[line.number] = valid_text(str(error))
        return None
    state.shapes[read.shape] = state.shapes.get(read.shape, 0) + 1
    if read.shape in SEVERAL or (reader.is_packed_by_columns and read.shape != "trace"):
        state.expanded.add(line.number)
    for trace in read.traces:
        state.add(trace.id, trace.problem.id, line)
    return read


def _take_in_broken(bench: Bench, line: Line, state: State, reason: str) -> None:
    """Drop a row that says it is a trace and is not; no other check could judge it."""
    position = bench.structure
    if position is None:
        state.unreadable[line.number] = f"no valid trace: {reason}"
        return
    state.shapes["trace"] = state.shapes.get("trace", 0) + 1
    row = state.add(digest("broken", line.data.decode("utf-8", "replace")), "", line)
    state.codes[row * state.width + position] = FAIL
    state.drops[row] = Drop(position, reason, None)
    state.broken.add(row)


def known_rows(lines: Iterable[Line], state: State) -> Iterator[Rows]:
    """Yield the lines of a piece that was taken in, with their rows."""
    row = 0
    for line in lines:
        first = row
        while row < state.rows and state.row_lines[row] == line.number:
            row += 1
        if not line.is_blank:
            yield Rows(line, range(first, row), None)
