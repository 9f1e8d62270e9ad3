"""The life of a row: where it comes from, what each check said of it, what became of it."""

import msgspec

from curate.records import JSON, Trace


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    """What the measure of a check is held against."""

    name: str
    """The parameter, `min_...` or `max_...`."""
    bound: float
    """Its value in this result."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one check said of one row."""

    check: str
    outcome: str | None
    """`pass`, `undecided`, `fail`, or None where it did not look."""
    value: float | None
    """Its measure, or None."""
    threshold: Threshold | None = None
    """What that is held against, or None where no single number decides."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a result, with all that is known of it."""

    id: str
    file: str
    """The input file, as the result names it."""
    line: int
    """The physical line in it."""
    offset: int
    """The byte at which that line begins."""
    dropped_by: str | None
    """The check that dropped it, or would have where rows were only marked."""
    is_kept: bool
    reason: str | None
    """What that check saw."""
    verdicts: tuple[Verdict, ...]
    pass_rate: float | None = None
    """The share of all replies to its problem that are right, or None where that is not known."""
    samples: int | None = None
    """Over how many replies, or None where a row states the rate of replies that are not here."""
    right: int | None = None
    """How many of them are right."""
    near: str | None = None
    """The check near whose threshold its measure lies, where it was chosen for that."""
    raw: JSON | None = None
    """The row as it stands in kept/ or dropped/."""
    trace: Trace | None = None
    """The same as a trace; None where it could not be made one."""
