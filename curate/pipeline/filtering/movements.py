"""The movements of one filtering over all units, and the corpus checks between them.

A movement judges the rows of each unit by one stretch of checks; the last one writes them as well, so what is written
is written once, and where there is no corpus check a row is read once. Rows of the same id are numbered when all ids
are known, and pass rates when all rows are; where that was too late for what a unit has written, it is written again.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from curate.pipeline.filtering.job import Job, counts_rates, cuts, last_movement
from curate.pipeline.filtering.occurrences import find_occurrences
from curate.pipeline.filtering.state import Drop, Piece, load_part, load_repeats
from curate.pipeline.filtering.tally import Done, load_done
from curate.pipeline.filtering.units import sign, work_on
from curate.pipeline.filtering.workers import Work, Workers
from curate.protocols import Progress
from curate.reading.lines import Unit


class _Written(msgspec.Struct):
    """All that is read of a state to tell whether ids stand in what was written: the workers are still there."""

    expanded: set[int]
    drops: dict[int, Drop]


class Movements:
    """All of them, for one job.

    Args:
        job: The job.
        units: What is read, in order.
        workers: Who works on the units.
        progress: Told of every unit.
        memory: Bytes that the columns of a corpus check may take.
    """

    def __init__(self, job: Job, units: Sequence[Unit], workers: Workers, progress: Progress, memory: int) -> None:
        self.job = job
        self.units = units
        self.workers = workers
        self.progress = progress
        self.memory = memory

    def run(self) -> list[Done]:
        """Return what came of the last movement of each unit."""
        done = self._move(0, self.units, [0] * len(self.units))
        counts = [one.pieces for one in done]
        pieces = [
            Piece(unit.index, number)
            for unit, one in zip(self.units, done, strict=True)
            for number in range(one.pieces)
        ]
        repeating = [piece for piece in find_occurrences(self.job, pieces) if self._shows_ids(piece)]
        rated = self._rated(pieces)
        for movement, position in enumerate(cuts(self.job), start=1):
            self._judge_corpus(pieces, position)
            done = self._move(movement, self.units, counts)
        return done if cuts(self.job) else self._rewritten(done, [*repeating, *rated])

    def _rated(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Find the pass rates of all problems; returns the pieces in which they are written."""
        if not counts_rates(self.job):
            return []
        from curate.pipeline.filtering.rates import rate_problems  # noqa: PLC0415 - Polars is heavy

        return rate_problems(self.job, pieces, self.memory)

    def _judge_corpus(self, pieces: Sequence[Piece], position: int) -> None:
        from curate.pipeline.filtering.corpus import judge_corpus  # noqa: PLC0415 - as above

        judge_corpus(self.job, pieces, position, self.memory, self._signed_earlier(position))

    def _signed_earlier(self, position: int) -> list[Piece]:
        """Take the signatures of the earlier dataset that a check holds the rows against; returns its pieces."""
        units = self.job.held_against(position).units
        tasks = [(unit, position) for unit in units if load_done(self.job, unit.index, 0) is None]
        self._each("reading the earlier dataset", sign, tasks)
        return [
            Piece(unit.index, number)
            for unit in units
            if (done := load_done(self.job, unit.index, 0))
            for number in range(done.pieces)
        ]

    def _each(self, what: str, work: Work[None], tasks: Sequence[tuple[Any, ...]]) -> None:
        self.progress.start(what, len(tasks), "units")
        for _ in self.workers.each(work, tasks):
            self.progress.advance()
        self.progress.finish()

    def _move(self, movement: int, units: Sequence[Unit], pieces: Sequence[int]) -> list[Done]:
        """Do one movement of some units; those of which it is done already are left as they are."""
        tasks = [
            (unit, movement, count)
            for unit, count in zip(units, pieces, strict=True)
            if load_done(self.job, unit.index, movement) is None
        ]
        self._each("judging" if movement < last_movement(self.job) else "filtering", work_on, tasks)
        done = [load_done(self.job, unit.index, movement) for unit in units]
        return [one for one in done if one is not None]

    def _rewritten(self, done: list[Done], pieces: Sequence[Piece]) -> list[Done]:
        """Write the units of some pieces again."""
        again = sorted({piece.unit for piece in pieces})
        units = [unit for unit in self.units if unit.index in again]
        if units:
            counts = {unit.index: one.pieces for unit, one in zip(self.units, done, strict=True)}
            rewritten = dict(zip(again, self._move(1, units, [counts[index] for index in again]), strict=True))
            return [rewritten.get(unit.index, one) for unit, one in zip(self.units, done, strict=True)]
        return done

    def _shows_ids(self, piece: Piece) -> bool:
        """Say whether ids of repeating rows stand in what was written of a piece."""
        if self.job.outputs:
            return True
        written = load_part(self.job, piece, _Written)
        repeats = () if self.job.mark else load_repeats(self.job, piece)
        return bool(written.expanded) or any(row in written.drops for row in repeats)
