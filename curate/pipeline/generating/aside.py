"""What the sources of a recipe hold and is not asked: counted, and listed in the run's folder, each with its reason."""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from curate import jsonlines
from curate.layout import DROPPED_PROBLEMS, UNREADABLE
from curate.problems import DroppedProblem, NotTaken, UnreadableRow
from curate.reading.unreadable import unreadable_record
from curate.shards import ShardWriter

SHARD_ROWS = 5000
"""Rows of a file in a run's folder; those of a format are for the recipe to say."""


class Aside:
    """Counts and lists what is not asked; a context manager.

    Args:
        work: Where the lists are written; None to count alone.
    """

    def __init__(self, work: Path | None) -> None:
        self._work = work
        self._open = ExitStack()
        self.unreadable = 0
        self.repeated = 0
        self.left_out = 0
        self.dropped: Counter[str] = Counter()

    def __enter__(self) -> Self:
        if self._work is not None:
            self._rows = self._open.enter_context(ShardWriter(self._work / UNREADABLE, SHARD_ROWS))
            self._problems = self._open.enter_context(ShardWriter(self._work / DROPPED_PROBLEMS, SHARD_ROWS))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Have everything in its file."""
        self._open.close()

    def put(self, item: UnreadableRow | DroppedProblem | NotTaken) -> None:
        """Take something in that is not asked."""
        if isinstance(item, UnreadableRow):
            self.unreadable += 1
            if self._work is not None:
                self._rows.write(unreadable_record(item.unit, item.line, item.error) + b"\n")
        elif isinstance(item, DroppedProblem):
            self.dropped[item.dropped_by] += 1
            if self._work is not None:
                self._problems.write(jsonlines.encode(item) + b"\n")
        else:
            self.left_out += item.left_out
            self.repeated += item.repeated
