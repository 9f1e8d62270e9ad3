"""What a check that compares rows is given, and what it gives back: keys and evidence, and a frame of findings."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from curate.records import Outcome

if TYPE_CHECKING:
    import polars as pl

    from curate.similarity.mixing import Hashes
    from curate.similarity.shared import Rows


def judgements(judged: Sequence[tuple[int, Outcome, str, float | None]]) -> "pl.DataFrame":
    """Return what a check says of rows as a frame: `row`, `outcome`, `reason`, `value`."""
    import polars as pl  # noqa: PLC0415 - heavy, and workers that only judge rows never need it

    schema = {"row": pl.UInt32, "outcome": pl.String, "reason": pl.String, "value": pl.Float64}
    return pl.DataFrame(judged, schema=schema, orient="row")


class Signature(NamedTuple):
    """What a row is compared by, where that stays on disk until it is needed."""

    keys: bytes
    """Numbers of 64 bits, little-endian, as many for every row."""
    evidence: bytes = b""
    """What tells whether two rows that share a key are really alike; read for such rows alone."""


class Corpus(Protocol):
    """All rows that a stored check looks at, numbered from 0; those of an earlier dataset come first."""

    earlier: int
    """How many rows are of the earlier dataset that the check's `against` names."""
    memory: int
    """Bytes that judging should stay within."""

    def __len__(self) -> int: ...

    def keys(self, place: int) -> "Iterator[Hashes]":
        """Yield one number of every row's keys, in row order and in pieces."""
        ...

    def about(self, rows: "Rows") -> "pl.DataFrame":
        """Return `row`, `id` and `problem_id` of some rows, given in order."""
        ...

    def evidence(self, row: int) -> bytes:
        """Return the evidence of one row."""
        ...
