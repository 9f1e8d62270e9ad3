"""What is to be done with every unit: plain data that travels to worker processes, and the same made ready in each.

The list of checks is cut after each corpus check. What stands between two cuts is a stretch: the rows of a unit are
judged by it in one movement. The last stretch, which may be empty, is the one that writes.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from curate.checks import CHECKS
from curate.pipeline.filtering.against import NOTHING_AGAINST, Against
from curate.pipeline.filtering.planned import PlannedCheck, PlannedOutput
from curate.records import Trace
from curate.schemas import Schema, resolve

MEMORY = 2**30
"""Bytes that the columns of a corpus check may take, unless the user says otherwise."""
STRUCTURE = "invalid_structure"
WRONG = "wrong_answer"

Call = tuple[int, Callable[[Trace], Any], Callable[[Trace], bool] | None]
"""Position of a check, its function bound to its parameters, and which rows it is for; None for all."""


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
    against: dict[int, Against] = {}
    """Position of a check to what it holds the rows against."""
    name: str = "curated"
    """What trainers may call the dataset."""
    mark: bool = False
    """Whether every check judges every row, and none drops one."""
    work: str
    """The folder that the result is built in."""

    @property
    def scratch(self) -> Path:
        """Where the states and the rows of the units are kept while they are worked on."""
        return Path(self.work, ".units")

    def held_against(self, position: int) -> Against:
        """Return what a check holds the rows against."""
        return self.against.get(position, NOTHING_AGAINST)

    def unit_path(self, unit: int, name: str) -> Path:
        """Return a scratch file of a unit."""
        return self.scratch / f"{unit:05d}.{name}"


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """The checks of one movement."""

    calls: tuple[Call, ...]
    cut: Call | None
    """The corpus check that comes next, with its signature, where that is taken of the rows which are still in."""
    signed: tuple[Call, ...] = ()
    """The signatures that are taken of every row, before any check drops one."""
    is_last: bool
    """Whether the rows are written now."""
    counts: bool = False
    """Whether the rows are counted for the pass rates of their problems: in the first movement, where all are read."""
    recalls: bool = False
    """Whether an answer that is to be judged was judged when the rows were counted."""

    @property
    def judges(self) -> bool:
        """Whether rows must be read for it."""
        return bool(self.calls or self.cut)


class Bench:
    """A job made ready in one process: schemas loaded, checks bound."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @cached_property
    def schema(self) -> Schema | None:
        """The recipe's own schema."""
        return None if self.job.schema is None else resolve(self.job.schema, Path(self.job.base))

    @cached_property
    def structure(self) -> int | None:
        """Where the check stands that drops rows which say they are traces and are not."""
        return next((place for place, check in enumerate(self.job.checks) if check.name == STRUCTURE), None)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The function of each check."""
        return tuple(
            (place, check.bind(self.schema, self.job.held_against(place)), check.applies_to if check.when else None)
            for place, check in enumerate(self.job.checks)
        )

    @cached_property
    def _stretches(self) -> tuple[Stretch, ...]:
        found, first = [], 0
        for place in cuts(self.job):
            cut = None if self.job.checks[place].is_over_all else self.calls[place]
            found.append(Stretch(calls=self.calls[first:place], cut=cut, is_last=False))
            first = place + 1
        found.append(Stretch(calls=self.calls[first:], cut=None, is_last=True))
        signed = tuple(self.calls[place] for place, check in enumerate(self.job.checks) if check.is_over_all)
        first_stretch = msgspec.structs.replace(found[0], signed=signed, counts=counts_rates(self.job))
        later = (
            msgspec.structs.replace(one, recalls=any(call[0] in self.answers for call in one.calls))
            for one in found[1:]
        )
        return (first_stretch, *later)

    @cached_property
    def answers(self) -> tuple[int, ...]:
        """Where `wrong_answer` stands in the list."""
        return tuple(place for place, check in enumerate(self.job.checks) if check.check is CHECKS[WRONG])

    @cached_property
    def answers_late(self) -> bool:
        """Whether it stands behind a corpus check, so that its turn comes in a later movement."""
        return any(stretch.recalls for stretch in self._stretches)

    @cached_property
    def counted(self) -> tuple[PlannedCheck, ...]:
        """The checks that are about right and wrong: a row is counted where one of them is for it."""
        return tuple(check for check in self.job.checks if check.check.judges_correctness)

    def signing(self, position: int) -> Stretch:
        """Return what is done with the rows of an earlier dataset: no more than to take the signatures of a check."""
        return Stretch(calls=(), cut=self.calls[position], is_last=False)

    def stretch(self, movement: int) -> Stretch:
        """Return the checks of a movement; beyond the last one there are none, and the rows are written again."""
        if movement < len(self._stretches):
            return self._stretches[movement]
        return Stretch(calls=(), cut=None, is_last=True)


def counts_rates(job: Job) -> bool:
    """Say whether pass rates are counted."""
    return any(check.check.judges_correctness for check in job.checks)


def shows_rates(job: Job) -> bool:
    """Say whether a format shows pass rates, so that its rows can only be written when all rows are counted."""
    shown = (text for output in job.outputs for text in output.wishes.render.values())
    return any(output.metadata for output in job.outputs) or any("pass_rate" in text for text in shown)


def cuts(job: Job) -> list[int]:
    """Return the positions of the corpus checks."""
    return [place for place, check in enumerate(job.checks) if check.is_corpus]


def last_movement(job: Job) -> int:
    """Return the movement that writes."""
    return len(cuts(job))
