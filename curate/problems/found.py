"""What a source yields: problems to ask, and what becomes of all else that it holds."""

import msgspec

from curate.reading.lines import Line, Unit
from curate.records import Problem


class UnreadableRow(msgspec.Struct, frozen=True):
    """A line of a problem file that gave no problem."""

    unit: Unit
    line: Line
    error: str


class DroppedProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem that is not asked."""

    problem: Problem
    """The problem."""
    dropped_by: str
    """The check that dropped it."""
    reason: str
    """Why, in one sentence."""
    value: float | None = None
    """The measure that the check looked at, or null."""


class NotTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Problems of a source that are not taken, counted."""

    left_out: int
    """Those that were not chosen."""
    repeated: int
    """Those that were there before."""


Found = Problem | UnreadableRow | DroppedProblem | NotTaken
