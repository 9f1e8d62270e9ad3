"""One movement of one unit: its rows judged by one stretch of checks, and written if it is the last.

Runs in worker processes. All that comes of it is on disk when it ends, a small record of it last: a unit with that
record is done, also for the same command after it was killed. What is done twice comes out the same.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain, count, islice

from curate.errors import PluginError
from curate.pipeline.filtering.job import Bench, Stretch, cuts
from curate.pipeline.filtering.judge import judge, sign_row
from curate.pipeline.filtering.reading import Reader, Rows, known_rows, new_rows
from curate.pipeline.filtering.recall import Known, load_known
from curate.pipeline.filtering.state import (
    PIECE_LINES,
    Piece,
    State,
    load_findings,
    load_state,
    new_state,
    save,
    save_state,
)
from curate.pipeline.filtering.tally import Done, done_path
from curate.pipeline.filtering.tries import Recalled, count_try
from curate.pipeline.filtering.write import RowWriter
from curate.reading.lines import Line, Unit, read_lines

Pieces = Iterator[tuple[Piece, State, Iterator[Rows]]]


def work_on(bench: Bench, unit: Unit, movement: int, pieces: int) -> None:
    """Do one movement of a unit.

    Args:
        bench: The job, made ready.
        unit: The unit.
        movement: Which stretch its rows are judged by; beyond the last one they are written again, by other ids.
        pieces: How many pieces the unit has; not known in the first movement, which makes them.

    Raises:
        PluginError: A check of the user's own failed on a row; says on which.
    """
    try:
        done = _work_on(bench, unit, bench.stretch(movement), movement, pieces)
    except PluginError as error:
        raise PluginError(f"{unit.source.name}, {error}") from None
    save(done_path(bench.job, unit.index, movement), done)


def sign(bench: Bench, unit: Unit, position: int) -> None:
    """Take the signatures of a unit of an earlier dataset for one check."""
    save(done_path(bench.job, unit.index, 0), _work_on(bench, unit, bench.signing(position), 0, 0))


def _work_on(bench: Bench, unit: Unit, stretch: Stretch, movement: int, pieces: int) -> Done:
    done = Done()
    known = load_known(bench.job, unit.index)
    reader = Reader(bench.job.columns, unit.source)
    lines = read_lines(unit, max_line_bytes=bench.job.max_line_bytes)
    found = _known(bench, unit, movement, lines, pieces) if movement else _new(bench, unit, reader, lines)
    with RowWriter(bench, unit, reader) if stretch.is_last else nullcontext() as writer:
        for piece, state, all_rows in found:
            for rows in all_rows:
                judged = _judged(bench, stretch, reader, rows, state, known)
                if writer is not None:
                    writer.write(judged, state)
            _store_signatures(bench, piece, state)
            save_state(bench.job, piece, state)
            done.pieces += 1
            if writer is not None:
                done.tally.count(state, bench.job)
        next(lines, None)  # at its end it holds the file against what it was
    if writer is not None:
        done.written = writer.written
    return done


def _store_signatures(bench: Bench, piece: Piece, state: State) -> None:
    """Write what stored checks will need beside the piece."""
    if state.signatures:
        from curate.pipeline.filtering.stored import store_signatures  # noqa: PLC0415 - heavy, and few jobs compare rows

        store_signatures(bench.job, piece, state)


def _new(bench: Bench, unit: Unit, reader: Reader, lines: Iterator[Line]) -> Pieces:
    """Yield the pieces of a unit that was not looked at before."""
    for number in count():
        head = list(islice(lines, 1))
        if not head and number:  # there is at least one piece, be it empty
            return
        state = new_state(bench.job)
        own = chain(head, islice(lines, PIECE_LINES - 1))
        yield Piece(unit.index, number), state, new_rows(bench, reader, own, state)


def _known(bench: Bench, unit: Unit, movement: int, lines: Iterator[Line], pieces: int) -> Pieces:
    """Yield the pieces of a unit with what the last corpus check says of their rows."""
    judged = cuts(bench.job)[movement - 1 : movement]
    for number in range(pieces):
        piece = Piece(unit.index, number)
        state = load_state(bench.job, piece)
        for position in judged:
            state.enter_all(position, load_findings(bench.job, piece, position), bench.job.checks[position])
        yield piece, state, known_rows(islice(lines, state.lines), state)


def _judged(bench: Bench, stretch: Stretch, reader: Reader, rows: Rows, state: State, known: Known | None) -> Rows:
    """Judge the rows of a line that are still in; returns them with what the line was read as, where it was."""
    read = rows.read
    if read is None:
        if not stretch.judges or not any(map(state.is_in, rows.places)):
            return rows
        read = reader.read(rows.line)
        rows = Rows(rows.line, rows.places, read)
    for row, trace in zip(rows.places, read.traces, strict=True):
        said = None if known is None else known.row(rows.line.number, row - rows.places.start)
        for call in stretch.signed:
            sign_row(call, trace, state, row)
        if state.is_in(row):
            judge(bench, stretch, trace, state, row, Recalled(bench, state, row, said) if stretch.recalls else said)
        if stretch.counts:
            count_try(bench, trace, state, row, said)
    return rows
