"""The first movement of a unit: read its lines, make them traces, judge them, remember what came of it.

Runs in worker processes. A state is all that the later movements need to know of a unit; it is kept on disk between
them, so that memory does not grow with the input.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from curate.digests import digest
from curate.errors import PluginError
from curate.jsonlines import valid_text
from curate.lines import Line, Unit, decode_line, read_lines
from curate.pipeline.plan import PlannedCheck, PlannedOutput
from curate.records import Finding, Trace
from curate.schemas import Schema, resolve
from curate.traces.foreign import SEVERAL, Read, StructureError, read_row

NOT_JUDGED, PASS, UNDECIDED, FAIL = range(4)
OUTCOMES = {NOT_JUDGED: None, PASS: "pass", UNDECIDED: "undecided", FAIL: "fail"}
_CODES = {"pass": PASS, "undecided": UNDECIDED, "fail": FAIL}
STRUCTURE = "invalid_structure"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker needs to know of the whole work; plain data."""

    checks: tuple[PlannedCheck, ...]
    outputs: tuple[PlannedOutput, ...] = ()
    columns: dict[str, str] = {}
    """From `--map`."""
    max_line_bytes: int
    schema: str | None = None
    """The recipe's own schema: a shipped name or a path relative to `base`."""
    base: str = "."
    work: str
    """Scratch folder for the states and the rows of each unit."""

    def state_path(self, unit: Unit) -> Path:
        """Return where the state of a unit is kept."""
        return Path(self.work, ".units", f"{unit.index:05d}.state")


class Drop(msgspec.Struct, frozen=True):
    """Why a row was dropped."""

    check: int
    """Position of the check in the list."""
    reason: str
    value: float | None


class State(msgspec.Struct, kw_only=True):
    """What is known of the rows of one unit; lists are in row order."""

    lines: int = 0
    """Physical lines read."""
    blank: int = 0
    unreadable: dict[int, str] = {}
    """Line to the reason why it could not be read."""
    expanded: set[int] = set()
    """Lines of a shape that holds several rows, so that each row is written as a trace of its own."""
    shapes: dict[str, int] = {}
    """How rows were read, to how many were."""
    ids: list[str] = []
    problem_ids: list[str] = []
    row_lines: list[int] = []
    offsets: list[int] = []
    outcomes: list[bytearray] = []
    """One array for each check, one code for each row."""
    values: list[list[float | None]] = []
    drops: dict[int, Drop] = {}
    """Row to why it was dropped; rows that are not here are still in."""
    signatures: dict[int, dict[int, bytes]] = {}
    """Position of a corpus check whose turn is still to come, to row to its signature."""

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return len(self.ids)

    def add(self, id_: str, problem_id: str, line: Line) -> int:
        """Make a row known, with no verdict yet; returns its position."""
        self.ids.append(valid_text(id_))
        self.problem_ids.append(valid_text(problem_id))
        self.row_lines.append(line.number)
        self.offsets.append(line.offset)
        for outcomes, values in zip(self.outcomes, self.values, strict=True):
            outcomes.append(NOT_JUDGED)
            values.append(None)
        return len(self.ids) - 1


class Bench:
    """A job made ready in one process: schemas loaded, checks bound."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @cached_property
    def schema(self) -> Schema | None:
        """The recipe's own schema."""
        return None if self.job.schema is None else resolve(self.job.schema, Path(self.job.base))

    @cached_property
    def calls(self) -> tuple[Callable[[Trace], Any], ...]:
        """The function of each check, bound to its parameters."""
        return tuple(check.bind(self.schema) for check in self.job.checks)

    @cached_property
    def over_all(self) -> tuple[int, ...]:
        """The positions of the checks that judge every reply, also those that a check before them drops."""
        return tuple(place for place, check in enumerate(self.job.checks) if check.is_over_all)


def judge_unit(bench: Bench, unit: Unit, first: int) -> None:
    """Judge a unit by the checks from position `first` up to and with the next corpus check, and keep its state.

    With `first` 0 the rows are read and made known; later only rows that are still in are looked at again.

    Raises:
        PluginError: A check of the user's own failed on a row; says on which.
    """
    try:
        _judge_unit(bench, unit, first)
    except PluginError as error:
        raise PluginError(f"{unit.source.name}, {error}") from None


def _judge_unit(bench: Bench, unit: Unit, first: int) -> None:
    path = bench.job.state_path(unit)
    if first == 0:
        state = State(outcomes=[bytearray() for _ in bench.job.checks], values=[[] for _ in bench.job.checks])
        for line in read_lines(unit, max_line_bytes=bench.job.max_line_bytes):
            _take_in(bench, line, state)
    else:
        state = load_state(path)
        for line, rows in lines_with_rows(bench.job, unit, state):
            if any(row not in state.drops for row in rows):
                for row, trace in zip(rows, read_traces(line, bench.job.columns).traces, strict=True):
                    _judge(bench, trace, state, row, first)
    save_state(path, state)


def lines_with_rows(job: Job, unit: Unit, state: State) -> Iterator[tuple[Line, range]]:
    """Yield each line that is not blank, with the positions of its rows; an unreadable one has none."""
    row = 0
    for line in read_lines(unit, max_line_bytes=job.max_line_bytes):
        start = row
        while row < state.rows and state.row_lines[row] == line.number:
            row += 1
        if not line.is_blank:
            yield line, range(start, row)


def read_traces(line: Line, columns: Mapping[str, str]) -> Read:
    """Return what a line holds.

    Raises:
        ValueError: It could not be read; the message says why.
    """
    return read_row(decode_line(line), columns)


def _take_in(bench: Bench, line: Line, state: State) -> None:
    """Make the rows of one line known, and judge them."""
    state.lines += 1
    if line.is_blank:
        state.blank += 1
        return
    try:
        read = read_traces(line, bench.job.columns)
    except StructureError as error:
        _take_in_broken(bench, line, state, valid_text(str(error)))
    except ValueError as error:
        state.unreadable[line.number] = valid_text(str(error))
    else:
        state.shapes[read.shape] = state.shapes.get(read.shape, 0) + 1
        if read.shape in SEVERAL:
            state.expanded.add(line.number)
        for trace in read.traces:
            row = state.add(trace.id, trace.problem.id, line)
            _sign_for_all(bench, trace, state, row)
            _judge(bench, trace, state, row, 0)


def _take_in_broken(bench: Bench, line: Line, state: State, reason: str) -> None:
    """Drop a row that says it is a trace and is not; no other check could judge it."""
    position = next((place for place, check in enumerate(bench.job.checks) if check.name == STRUCTURE), None)
    if position is None:
        state.unreadable[line.number] = f"no valid trace: {reason}"
        return
    state.shapes["trace"] = state.shapes.get("trace", 0) + 1
    row = state.add(digest("broken", line.data.decode("utf-8", "replace")), "", line)
    state.outcomes[position][row] = FAIL
    state.drops[row] = Drop(position, reason, None)


def _sign_for_all(bench: Bench, trace: Trace, state: State, row: int) -> None:
    """Take the signatures that are of every row, before any check has dropped it."""
    for position in bench.over_all:
        if bench.job.checks[position].applies_to(trace):
            _sign(bench, trace, state, row, position)


def _sign(bench: Bench, trace: Trace, state: State, row: int, position: int) -> None:
    state.signatures.setdefault(position, {})[row] = bench.calls[position](trace)


def _judge(bench: Bench, trace: Trace, state: State, row: int, first: int) -> None:
    """Judge one row by the checks from `first` on, until one drops it or a corpus check needs all the others."""
    if row in state.drops:
        return
    for position in range(first, len(bench.calls)):
        check = bench.job.checks[position]
        applies = not check.when or check.applies_to(trace)
        if check.is_corpus:
            if applies and position not in bench.over_all:
                _sign(bench, trace, state, row, position)
            return
        if not applies:
            continue
        try:
            result = bench.calls[position](trace)
        except PluginError as error:
            raise PluginError(f"line {state.row_lines[row]}: {error}") from None
        if result is not None and enter(state, position, row, result, check):
            return
        if result is None:
            state.outcomes[position][row] = PASS


def enter(state: State, position: int, row: int, finding: Finding, check: PlannedCheck) -> bool:
    """Write down a finding; returns whether it drops the row."""
    value = _measure(finding.value)
    state.outcomes[position][row] = _CODES[finding.outcome]
    state.values[position][row] = value
    dropped = finding.outcome == "fail" or (finding.outcome == "undecided" and check.undecided == "drop")
    if dropped:
        state.drops[row] = Drop(position, valid_text(finding.reason), value)
    return dropped


def _measure(value: float | None) -> float | None:
    """Return a measure as a float; a count that is beyond all floats, which a hostile row may hold, is none."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def save_state(path: Path, state: State) -> None:
    """Keep the state of a unit on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.msgpack.encode(state))


def load_state(path: Path) -> State:
    """Return the state of a unit."""
    return msgspec.msgpack.decode(path.read_bytes(), type=State)
