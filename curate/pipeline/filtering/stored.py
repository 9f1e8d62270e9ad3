"""Signatures on disk: written by the workers beside each piece, read back by the check that judges.

Keys and evidence lie in files of their own, in row order, so that a judgement reads only what it needs: one column of
keys at a time, and the evidence of single rows.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np
import polars as pl
from numpy.typing import NDArray

from curate.checks.corpus import Signature
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.state import Piece, State, load_state
from curate.similarity.mixing import Hashes
from curate.similarity.shared import Rows

OPEN_PIECES = 64
"""Pieces whose evidence is at hand at a time."""


def store_signatures(job: Job, piece: Piece, state: State) -> None:
    """Write what stored checks will need, and leave in the state only of which rows it is."""
    for position, signatures in state.signatures.items():
        signed = sorted(signatures)
        found = [signature for row in signed if isinstance(signature := signatures[row], Signature)]
        if not found:
            continue
        ends = np.cumsum([len(signature.evidence) for signature in found], dtype=np.uint64)
        np.array(signed, np.uint32).tofile(piece.path(job, f"rows-{position}"))
        ends.tofile(piece.path(job, f"ends-{position}"))
        piece.path(job, f"keys-{position}").write_bytes(b"".join(signature.keys for signature in found))
        piece.path(job, f"evidence-{position}").write_bytes(b"".join(signature.evidence for signature in found))
        state.signatures[position] = dict.fromkeys(signed, b"")


class StoredCorpus:
    """What a stored check is given: the signatures of all pieces.

    Args:
        job: The job.
        position: The check.
        pieces: Those of the earlier dataset first.
        earlier: How many these are.
        memory: Bytes that judging should stay within.
    """

    def __init__(self, job: Job, position: int, pieces: Sequence[Piece], earlier: int, memory: int) -> None:
        self.memory = memory
        self._job = job
        self._position = position
        self._pieces = [piece for piece in pieces if piece.path(job, f"rows-{position}").exists()]
        sizes = [self._size(piece) for piece in self._pieces]
        self._starts = [0, *accumulate(sizes)]
        before = set(pieces[:earlier])
        self.earlier = sum(size for piece, size in zip(self._pieces, sizes, strict=True) if piece in before)
        self._evidence = lru_cache(maxsize=OPEN_PIECES)(self._open_evidence)

    def __len__(self) -> int:
        return self._starts[-1]

    def _size(self, piece: Piece) -> int:
        return piece.path(self._job, f"rows-{self._position}").stat().st_size // np.dtype(np.uint32).itemsize

    def keys(self, place: int) -> Iterator[Hashes]:
        """Yield one number of every row's keys, piece by piece."""
        for piece in self._pieces:
            keys = np.memmap(piece.path(self._job, f"keys-{self._position}"), "<u8", "r")
            yield np.array(keys.reshape(self._size(piece), -1)[:, place])

    def places(self) -> Iterator[tuple[Piece, int, Rows]]:
        """Yield each piece with the number of its first row here, and where its rows are in it."""
        for piece, start in zip(self._pieces, self._starts, strict=False):
            yield piece, start, np.fromfile(piece.path(self._job, f"rows-{self._position}"), np.uint32)

    def about(self, rows: Rows) -> pl.DataFrame:
        """Return `row`, `id` and `problem_id` of some rows, given in order."""
        ids: list[str] = []
        problems: list[str] = []
        for piece, start, places in self.places():
            first, last = np.searchsorted(rows, [start, start + len(places)])
            if first == last:
                continue
            state = load_state(self._job, piece)
            for place in places[rows[first:last] - start].tolist():
                ids.append(state.id_of(place))
                problems.append(state.problem_ids[place])
        return pl.DataFrame(
            {
                "row": pl.Series(rows, dtype=pl.UInt32),
                "id": pl.Series(ids, dtype=pl.String),
                "problem_id": pl.Series(problems, dtype=pl.String),
            }
        )

    def evidence(self, row: int) -> bytes:
        """Return the evidence of one row."""
        number = bisect_right(self._starts, row) - 1
        data, ends = self._evidence(number)
        place = row - self._starts[number]
        start = int(ends[place - 1]) if place else 0
        return data[start : int(ends[place])].tobytes()

    def _open_evidence(self, number: int) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
        piece = self._pieces[number]
        ends = np.fromfile(piece.path(self._job, f"ends-{self._position}"), np.uint64)
        path = piece.path(self._job, f"evidence-{self._position}")
        return (np.memmap(path, np.uint8, "r") if ends[-1] else np.zeros(0, np.uint8)), ends

    def clear(self) -> None:
        """Remove what is on disk."""
        for piece in self._pieces:
            for kind in ("rows", "ends", "keys", "evidence"):
                piece.path(self._job, f"{kind}-{self._position}").unlink()
