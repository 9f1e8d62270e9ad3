"""What the rows of a unit came to, counted."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from curate.manifests import Origins
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.planned import column_names
from curate.pipeline.filtering.state import OUTCOMES, State


class Tally(msgspec.Struct, kw_only=True):
    """Counts of lines and rows."""

    lines: int = 0
    blank: int = 0
    rows: int = 0
    unreadable: int = 0
    dropped_by: dict[str, int] = {}
    """Check to rows that it dropped."""
    shapes: dict[str, int] = {}
    """How lines were read, to how many were."""
    outcomes: dict[str, dict[str, int]] = {}
    """Check to outcome to rows."""

    def count(self, state: State, job: Job) -> None:
        """Add the rows of a piece."""
        self.lines += state.lines
        self.blank += state.blank
        self.rows += state.rows
        self.unreadable += len(state.unreadable)
        add(self.shapes, state.shapes)
        names = column_names(job.checks)
        for drop in [] if state.marked else state.drops.values():
            add(self.dropped_by, {names[drop.check]: 1})
        for place, name in enumerate(names):
            codes = state.codes[place :: state.width]
            found = {word: codes.count(code) for code, word in enumerate(OUTCOMES) if word}
            add(self.outcomes.setdefault(name, {}), {word: count for word, count in found.items() if count})

    def add(self, other: "Tally") -> None:
        """Add the counts of another one."""
        self.lines += other.lines
        self.blank += other.blank
        self.rows += other.rows
        self.unreadable += other.unreadable
        add(self.dropped_by, other.dropped_by)
        add(self.shapes, other.shapes)
        for name, counts in other.outcomes.items():
            add(self.outcomes.setdefault(name, {}), counts)


class Written(msgspec.Struct, kw_only=True):
    """What the rows of a unit came to in its files."""

    files: dict[str, tuple[int, int, str]] = {}
    """Folder to rows, bytes and SHA-256 of the unit's part of it."""
    refused: dict[str, dict[str, int]] = {}
    """Format to reason to rows that it could not carry."""
    origins: Origins = msgspec.field(default_factory=Origins)
    """Where the kept rows come from."""


class Done(msgspec.Struct, kw_only=True):
    """What came of one movement of a unit."""

    pieces: int = 0
    tally: Tally = msgspec.field(default_factory=Tally)
    written: Written = msgspec.field(default_factory=Written)


def done_path(job: Job, unit: int, movement: int) -> Path:
    """Return where the record of a movement of a unit is kept."""
    return job.unit_path(unit, f"done-{movement}")


def load_done(job: Job, unit: int, movement: int) -> Done | None:
    """Return what came of a movement of a unit, or None when it is not done."""
    path = done_path(job, unit, movement)
    return msgspec.msgpack.decode(path.read_bytes(), type=Done) if path.exists() else None


def add(total: dict[str, int], more: dict[str, int]) -> None:
    """Add counts by name."""
    for key, count in more.items():
        total[key] = total.get(key, 0) + count


def sums(tallies: Iterable[Tally]) -> Tally:
    """Return all counts together."""
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total
