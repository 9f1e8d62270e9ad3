"""Rows in memory, as a stored check is given them: for tests and benchmarks."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import polars as pl

from curate.checks.corpus import Signature
from curate.records import Trace
from curate.similarity.mixing import Hashes
from curate.similarity.shared import Rows


class MemoryCorpus:
    """A corpus of traces.

    Args:
        traces: The rows.
        sign: The check's signature, its parameters bound.
        earlier: How many of the first rows are of the earlier dataset.
        memory: Bytes that judging should stay within.
        piece: Rows whose keys are handed out at a time.
    """

    def __init__(
        self,
        traces: Sequence[Trace],
        sign: Callable[[Trace], Signature],
        *,
        earlier: int = 0,
        memory: int = 2**30,
        piece: int = 1_000,
    ) -> None:
        self.earlier = earlier
        self.memory = memory
        self._piece = piece
        self._names = [(trace.id, trace.problem.id) for trace in traces]
        self._signatures = [sign(trace) for trace in traces]
        joined = b"".join(signature.keys for signature in self._signatures)
        self._keys = np.frombuffer(joined, np.uint64).reshape(len(traces), -1 if traces else 1)

    def __len__(self) -> int:
        return len(self._names)

    def keys(self, place: int) -> Iterator[Hashes]:
        """Yield one number of every row's keys."""
        for start in range(0, len(self), self._piece):
            yield self._keys[start : start + self._piece, place]

    def about(self, rows: Rows) -> pl.DataFrame:
        """Return `row`, `id` and `problem_id` of some rows."""
        names = [self._names[row] for row in rows]
        frame = pl.DataFrame(names, schema={"id": pl.String, "problem_id": pl.String}, orient="row")
        return frame.insert_column(0, pl.Series("row", rows, dtype=pl.UInt32))

    def evidence(self, row: int) -> bytes:
        """Return the evidence of one row."""
        return self._signatures[row].evidence
