"""Problems that are nearly the same, which belong on one side of a split: found as `near_duplicate` finds them.

The workers sign each problem of the rows that they keep; the coordinator links those that are alike, and of all that
hang together one leads: the others go where it goes. That costs some two kilobytes of disk for each problem, and memory
for those that share a key.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

from curate import jsonlines
from curate.checks import nearness
from curate.records import Problem
from curate.similarity.mixing import Hashes, mixed
from curate.similarity.shared import Rows

SKETCH = nearness.Sketch(min_similarity=0.8, num_perm=112, ngram=5, ignore_numbers=False)
"""What counts as alike: the defaults of `near_duplicate`."""
POINTS, KEYS, SIZES, EVIDENCE, DOMAINS = FILES = ("points", "keys", "sizes", "evidence", "domains")
KEYS_OF_A_PROBLEM = SKETCH.bands + 1
OPEN_UNITS = 64
"""Units whose evidence is at hand at a time."""


class ProblemSigner:
    """Writes down the problems of one unit, each once.

    Args:
        stem: Where the files go, which are named after it.
    """

    def __init__(self, stem: Path) -> None:
        self._seen: set[int] = set()
        self._files = {name: _file(stem, name).open("wb") for name in FILES}

    def close(self) -> None:
        """End."""
        for file in self._files.values():
            file.close()

    def add(self, problem: Problem, point: int) -> None:
        """Add a problem; `point` is where it lies among all."""
        if point in self._seen:
            return
        self._seen.add(point)
        # a reference that somebody got wrong does not make another problem of it
        signature = nearness.sign_problem(msgspec.structs.replace(problem, reference=None), SKETCH)
        self._files[POINTS].write(point.to_bytes(8, "little"))
        self._files[KEYS].write(signature.keys)
        self._files[SIZES].write(len(signature.evidence).to_bytes(8, "little"))
        self._files[EVIDENCE].write(signature.evidence)
        self._files[DOMAINS].write(jsonlines.encode(jsonlines.valid_text(problem.domain or "")) + b"\n")


def _file(stem: Path, name: str) -> Path:
    return stem.with_name(f"{stem.name}-{name}")


class SignedProblems:
    """The problems of all units, numbered in unit order: the corpus that `nearness` looks at.

    Args:
        stems: What the files of each unit are named after.
        memory: Bytes that looking for what is alike should stay within.
    """

    earlier = 0

    def __init__(self, stems: Sequence[Path], memory: int) -> None:
        self.memory = memory
        self._stems = [stem for stem in stems if _file(stem, POINTS).exists() and _file(stem, POINTS).stat().st_size]
        points = [np.fromfile(_file(stem, POINTS), "<u8") for stem in self._stems]
        self._starts = np.cumsum([0, *map(len, points)])
        self.points: Hashes = np.concatenate([np.zeros(0, np.uint64), *points])
        self._evidence = lru_cache(maxsize=OPEN_UNITS)(self._open_evidence)

    def __len__(self) -> int:
        return len(self.points)

    def keys(self, place: int) -> Iterator[Hashes]:
        """Yield one number of every problem's keys, unit by unit."""
        for stem in self._stems:
            yield np.memmap(_file(stem, KEYS), "<u8", "r").reshape(-1, KEYS_OF_A_PROBLEM)[:, place].copy()

    def about(self, rows: Rows) -> pl.DataFrame:
        """Return `row`, `id` and `problem_id` of some problems; their points are what they are known by here."""
        names = pl.Series([f"{point:016x}" for point in self.points[rows].tolist()], dtype=pl.String)
        return pl.DataFrame({"row": pl.Series(rows, dtype=pl.UInt32), "id": names, "problem_id": names})

    def evidence(self, row: int) -> bytes:
        """Return the evidence of one problem."""
        number = int(np.searchsorted(self._starts, row, side="right")) - 1
        data, ends = self._evidence(number)
        place = row - int(self._starts[number])
        return data[int(ends[place]) : int(ends[place + 1])].tobytes()

    def _open_evidence(self, number: int) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
        sizes = np.fromfile(_file(self._stems[number], SIZES), "<u8")
        ends = np.concatenate([np.zeros(1, np.uint64), np.cumsum(sizes, dtype=np.uint64)])
        return np.memmap(_file(self._stems[number], EVIDENCE), np.uint8, "r"), ends

    def domains(self) -> dict[int, str]:
        """Return the domain of each problem by its point; empty where it is not known."""
        lines = (line for stem in self._stems for line in _file(stem, DOMAINS).read_bytes().splitlines())
        return dict(zip(self.points.tolist(), map(str, map(jsonlines.decode_value, lines)), strict=True))


def leaders_of(problems: SignedProblems) -> dict[int, int]:
    """Return the point of each problem that follows another one, to the point of that."""
    parents: dict[int, int] = {}
    for one, other in nearness.links(problems, SKETCH):
        roots = sorted({_root(parents, int(problems.points[row])) for row in (one, other)}, key=_rank)
        for root in roots[1:]:
            parents[root] = roots[0]
    return {point: _root(parents, point) for point in parents}


def _root(parents: dict[int, int], point: int) -> int:
    """Return the point that leads, and shorten the way to it."""
    while point in parents:
        parent = parents[point]
        parents[point] = parents.get(parent, parent)
        point = parent
    return point


def _rank(point: int) -> int:
    """Return by what the leader is chosen: not its point, or those that lead would lie in the first split too often."""
    return int(mixed(np.array([point], np.uint64))[0])
