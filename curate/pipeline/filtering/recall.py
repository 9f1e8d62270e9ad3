"""What an earlier result says of a row, where it need not be judged again.

Of a check that is just as it was the outcome is known, unless the row was out before its turn. Of one whose threshold
alone is another, the outcome is known where the row passed with a measure that the new threshold lets pass as well.
Nothing else is taken over: of a row that fails anew the check is asked, for its reason.
"""

from functools import cached_property
from pathlib import Path
from typing import Protocol

import msgspec

from curate.pipeline.filtering.job import Job
from curate.records import Finding

NEVER = -1
"""In the place of the position of a check: no check dropped the row."""


class Said(Protocol):
    """What is known of one row."""

    def finding(self, position: int) -> Finding | None:
        """Return what the check at a position says, or None where it must be asked."""
        ...


class Threshold(msgspec.Struct, frozen=True):
    """The one parameter in which a check differs from what it was."""

    is_least: bool
    """Whether a measure below it fails; else one above it."""
    limit: float

    def passes(self, measure: float) -> bool:
        """Say whether a measure is on its good side."""
        return measure >= self.limit if self.is_least else measure <= self.limit


class Recall(msgspec.Struct, frozen=True, kw_only=True):
    """Where the verdicts of a check stand in the earlier result."""

    position: int
    """Its position in the list now."""
    column: str
    """Its column there."""
    place: int
    """Its position in the list there."""
    threshold: Threshold | None
    """Its threshold now; None where nothing of it has changed."""
    drops_undecided: bool
    """Whether a row on which it cannot tell is dropped."""


class Known(msgspec.Struct, kw_only=True, dict=True):
    """What an earlier result says of the rows of a unit; lists are in row order."""

    lines: list[int]
    outcomes: list[list[str | None]]
    """Of each recalled check."""
    values: list[list[float | None]]
    dropped_at: list[int]
    """Position, in the list there, of the check that dropped a row, or `NEVER`."""
    reasons: list[str | None]
    recalls: tuple[Recall, ...]

    @cached_property
    def _first(self) -> dict[int, int]:
        return {line: row for row, line in reversed(list(enumerate(self.lines)))}

    @cached_property
    def _recalled(self) -> dict[int, tuple[int, Recall]]:
        return {recall.position: (number, recall) for number, recall in enumerate(self.recalls)}

    def row(self, line: int, number: int) -> "KnownRow | None":
        """Return the n-th row of a line, or None where there was none."""
        place = self._first.get(line, len(self.lines)) + number
        is_there = place < len(self.lines) and self.lines[place] == line
        return KnownRow(self, place) if is_there else None

    def finding(self, place: int, position: int) -> Finding | None:
        """Return what a check says of a row, or None where it must be asked."""
        if position not in self._recalled:
            return None
        number, recall = self._recalled[position]
        outcome, value = self.outcomes[number][place], self.values[number][place]
        if outcome == "pass":
            still = recall.threshold is None or (value is not None and recall.threshold.passes(value))
            return Finding(outcome="pass", value=value) if still else None
        if recall.threshold is not None:
            return None
        if outcome is not None and self.dropped_at[place] == recall.place:
            return Finding(outcome=outcome, reason=self.reasons[place] or "", value=value)  # type: ignore[arg-type] # as we wrote it
        if outcome == "undecided" and not recall.drops_undecided:
            return Finding(outcome="undecided", value=value)
        return None


class KnownRow(msgspec.Struct, frozen=True):
    """What an earlier result says of one row."""

    known: Known
    place: int

    def finding(self, position: int) -> Finding | None:
        """Return what the check at a position says, or None where it must be asked."""
        return self.known.finding(self.place, position)


def known_path(job: Job, unit: int) -> Path:
    """Return where it is kept what an earlier result says of a unit."""
    return job.unit_path(unit, "known")


def load_known(job: Job, unit: int) -> Known | None:
    """Return what an earlier result says of a unit, or None when none is asked."""
    path = known_path(job, unit)
    return msgspec.msgpack.decode(path.read_bytes(), type=Known) if path.exists() else None
