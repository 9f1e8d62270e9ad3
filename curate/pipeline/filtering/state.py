"""What is known of the rows of one piece of a unit; kept on disk between the movements.

A piece is so many lines of a unit, so that memory does not grow with a compressed file, which is one unit of any size.
"""

from array import array
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import msgspec

from curate.jsonlines import valid_text
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.planned import PlannedCheck
from curate.reading.lines import Line
from curate.records import Finding

PIECE_LINES = 8_192

NOT_JUDGED, PASS, UNDECIDED, FAIL = range(4)
OUTCOMES = (None, "pass", "undecided", "fail")
_CODES = {"pass": PASS, "undecided": UNDECIDED, "fail": FAIL}
_PASSED = Finding(outcome="pass")

Part = TypeVar("Part", bound=msgspec.Struct)
Findings = Mapping[int, Finding]
"""Row to what a check says of it; of rows that are not here it says that they pass."""


class Piece(msgspec.Struct, frozen=True, order=True):
    """Some lines of a unit."""

    unit: int
    number: int
    """0, 1, 2 ... in the unit."""

    def path(self, job: Job, what: str) -> Path:
        """Return a scratch file of the piece."""
        return job.unit_path(self.unit, f"{self.number:04d}.{what}")


class Drop(msgspec.Struct, frozen=True):
    """Why a row was dropped."""

    check: int
    """Position of the check in the list."""
    reason: str
    value: float | None


class Tries(msgspec.Struct, array_like=True):
    """What some replies to a problem say of its pass rate."""

    samples: int = 0
    """Replies that could be judged: the problem has a reference."""
    right: int = 0
    stated: float | None = None
    """The greatest pass rate that a row states, which counts replies that may not be here."""


class Rate(msgspec.Struct, frozen=True, array_like=True):
    """How often all replies to a problem are right."""

    pass_rate: float
    samples: int | None
    """Over how many replies; None where rows state a rate that is not that of the replies which are here."""
    right: int | None


class State(msgspec.Struct, kw_only=True):
    """What is known of the rows of a piece; lists are in row order."""

    width: int
    """How many checks there are."""
    lines: int = 0
    """Physical lines read."""
    blank: int = 0
    unreadable: dict[int, str] = {}
    """Line to the reason why it could not be read."""
    expanded: set[int] = set()
    """Lines that are written as traces, one for each of their rows."""
    shapes: dict[str, int] = {}
    """How rows were read, to how many were."""
    ids: list[str] = []
    problem_ids: list[str] = []
    row_lines: list[int] = []
    offsets: list[int] = []
    checksums: list[int] = []
    """Of the lines: by them, and not by their place, rows of the same id are told apart."""
    codes: bytearray = bytearray()
    """Outcomes row by row, a code for each check."""
    values: list[float | None] = []
    """Measures, likewise."""
    drops: dict[int, Drop] = {}
    """Row to why it was dropped, or would have been; rows that are not here are still in."""
    broken: set[int] = set()
    """Rows that say they are traces and are not; no check but one can judge them."""
    marked: bool = False
    """Whether nothing is dropped."""
    signatures: dict[int, dict[int, Any]] = {}
    """Position of a corpus check whose turn is still to come, to row to its signature; of a stored one, to nothing."""
    tries: dict[str, Tries] = {}
    """Problem to what the rows here say of its pass rate."""
    answers: dict[int, Finding] = {}
    """Row to what `wrong_answer` says of it, where its turn is still to come; rows that are not here are right."""
    rates: dict[str, Rate] = {}
    """Problem to its pass rate over all rows of all files, where it is known."""
    repeats: dict[int, int] = {}
    """Row to how many rows of the same id come before it, where there are any."""

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return len(self.ids)

    def add(self, id_: str, problem_id: str, line: Line) -> int:
        """Make a row known, with no verdict yet; returns its position."""
        row = len(self.ids)
        self.ids.append(valid_text(id_))
        self.problem_ids.append(valid_text(problem_id))
        self.row_lines.append(line.number)
        self.offsets.append(line.offset)
        self.checksums.append(crc32(line.data.rstrip(b"\r\n")))
        self.codes += bytes(self.width)
        self.values += [None] * self.width
        return row

    def is_in(self, row: int) -> bool:
        """Say whether checks still look at a row."""
        return row not in self.drops or (self.marked and row not in self.broken)

    def drop_of(self, row: int) -> Drop | None:
        """Return why a row is not kept, or None where it is."""
        return None if self.marked else self.drops.get(row)

    def id_of(self, row: int) -> str:
        """Return the id of a row, by which it is told from identical ones before it."""
        before = self.repeats.get(row)
        return f"{self.ids[row]}-{before}" if before else self.ids[row]

    def rate_of(self, row: int) -> Rate | None:
        """Return the pass rate of a row's problem, or None where it is not known."""
        return None if row in self.broken else self.rates.get(self.problem_ids[row])

    def enter(self, row: int, position: int, finding: Finding, check: PlannedCheck) -> bool:
        """Write down a finding; returns whether the row is out by it."""
        place = row * self.width + position
        self.codes[place] = _CODES[finding.outcome]
        if finding.value is not None:
            self.values[place] = _measure(finding.value)
        if finding.outcome == "pass" or (finding.outcome == "undecided" and check.undecided != "drop"):
            return False
        self.drops.setdefault(row, Drop(position, valid_text(finding.reason), self.values[place]))
        return not self.marked

    def enter_all(self, position: int, findings: Findings, check: PlannedCheck) -> None:
        """Write down what a corpus check says of the rows that it was shown and that are still in."""
        for row in self.signatures.pop(position, {}):
            if self.is_in(row):
                self.enter(row, position, findings.get(row, _PASSED), check)


def _measure(value: float) -> float | None:
    """Return a measure as a float; a count that is beyond all floats, which a hostile row may hold, is none."""
    try:
        return float(value)
    except OverflowError:
        return None


def new_state(job: Job) -> State:
    """Return the state of a piece of which nothing is known."""
    return State(width=len(job.checks), marked=job.mark)


def save_state(job: Job, piece: Piece, state: State) -> None:
    """Keep the state of a piece on disk."""
    save(piece.path(job, "state"), state)


def load_state(job: Job, piece: Piece) -> State:
    """Return the state of a piece, with what was found of its ids and of its problems since."""
    state = load_part(job, piece, State)
    state.repeats = load_repeats(job, piece)
    state.rates = load_rates(job, piece)
    return state


def load_part(job: Job, piece: Piece, part: type[Part]) -> Part:
    """Return some fields of the state of a piece, as far as they were known when it was kept; a whole one is large."""
    return msgspec.msgpack.decode(piece.path(job, "state").read_bytes(), type=part)


def load_repeats(job: Job, piece: Piece) -> dict[int, int]:
    """Return how many rows of the same id come before a row of a piece, where there are any."""
    path = repeats_path(job, piece)
    numbers = array("I", path.read_bytes() if path.exists() else b"")
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def add_repeats(job: Job, piece: Piece, repeats: Mapping[int, int]) -> None:
    """Keep the same of some more rows of a piece; when the command is killed, all of them are found again."""
    with repeats_path(job, piece).open("ab") as file:
        array("I", chain.from_iterable(repeats.items())).tofile(file)


def load_rates(job: Job, piece: Piece) -> dict[str, Rate]:
    """Return the pass rates of the problems of a piece, where they are known."""
    path = rates_path(job, piece)
    return msgspec.msgpack.decode(path.read_bytes(), type=dict[str, Rate]) if path.exists() else {}


def repeats_path(job: Job, piece: Piece) -> Path:
    """Return where it is kept which rows of a piece repeat earlier ones."""
    return piece.path(job, "repeats")


def rates_path(job: Job, piece: Piece) -> Path:
    """Return where the pass rates of the problems of a piece are kept."""
    return piece.path(job, "rates")


def findings_path(job: Job, piece: Piece, position: int) -> Path:
    """Return where it is kept what a corpus check says of the rows of a piece."""
    return piece.path(job, f"findings-{position}")


def load_findings(job: Job, piece: Piece, position: int) -> Findings:
    """Return what a corpus check says of the rows of a piece."""
    path = findings_path(job, piece, position)
    return msgspec.msgpack.decode(path.read_bytes(), type=dict[int, Finding]) if path.exists() else {}


def save(path: Path, value: object) -> None:
    """Write a scratch file so that it is there whole or not at all, also when the command is killed."""
    beside = path.with_name(f"{path.name}.part")
    beside.write_bytes(msgspec.msgpack.encode(value))
    beside.replace(path)
