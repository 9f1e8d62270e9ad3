"""What is known of all replies without their texts: some hundred bytes each, on disk where they are many.

Replies that answer the same thing have one group: the problem and, in conversations, all that was said before.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from curate.digests import raw_digest
from curate.export import RefusedError, Wishes
from curate.export.turns import context_of, said_of
from curate.pipeline.filtering.spill import Spill
from curate.pipeline.pairing.judged import Place, Reply
from curate.pipeline.pairing.strategies import GROUNDS, Sample
from curate.records import Trace

SHARE_ROWS = 100_000
"""About how many replies are paired at a time: those whose groups are of one share."""
HELD_BYTES = 2**24
GROUPS = 2**64
_SHAPE = {
    "group": pl.UInt64,
    "id": pl.String,
    "is_kept": pl.Boolean,
    "shard": pl.UInt32,
    "offset": pl.UInt64,
    "length": pl.UInt64,
    "text": pl.UInt64,
    "dropped_by": pl.String,
    "passed": pl.UInt8,
    "reason": pl.String,
}


class Known(NamedTuple):
    """A reply to be paired."""

    sample: Sample
    place: Place
    reason: str
    """What the check saw that dropped it."""


class Facts:
    """The replies that can be paired, group by group.

    Args:
        replies: All replies.
        wishes: What the student reads, by which replies to different conversations are told apart.
        scratch: A folder for what does not fit into memory.
    """

    def __init__(self, replies: Iterable[Reply], wishes: Wishes, scratch: Path) -> None:
        self.unusable: Counter[str] = Counter()
        """Why replies cannot stand in a pair, to how many cannot."""
        self._spill = Spill(scratch, HELD_BYTES)
        rows = []
        for reply in replies:
            try:
                rows.append(_row(reply, wishes))
            except RefusedError as refusal:
                self.unusable[f"no row can hold it: {refusal}"] += 1
            if len(rows) == SHARE_ROWS // 10:
                self._add(rows)
        self._add(rows)

    def _add(self, rows: list[tuple[object, ...]]) -> None:
        self._spill.add(pl.DataFrame(rows, schema=_SHAPE, orient="row"))
        rows.clear()

    def groups(self) -> Iterator[list[Known]]:
        """Yield the replies of each group, in the order of the groups, which says nothing of where they come from."""
        shares = max(1, -(-self._spill.rows // SHARE_ROWS))
        borders = [GROUPS * number // shares for number in range(shares)]
        for first, last in zip(borders, [*borders[1:], GROUPS], strict=True):
            within = pl.col("group").is_between(pl.lit(first, pl.UInt64), pl.lit(last - 1, pl.UInt64))
            share = pl.concat(frame.filter(within) for frame in self._spill).sort("group", "id")
            for _, rows in share.group_by("group", maintain_order=True):
                yield [_known(row) for row in rows.iter_rows(named=True)]
        self._spill.clear()


def _row(reply: Reply, wishes: Wishes) -> tuple[object, ...]:
    if reply.trace is None:
        raise RefusedError("no valid trace")
    reasoning, response = said_of(reply.trace, may_end_in_thinking=reply.dropped_by is not None)
    passed = sum(1 << place for place, name in enumerate(GROUNDS) if name in reply.passed)
    length = len(reasoning) + len(response)
    text = _number("text", reasoning, response)
    group = _group(reply.trace, wishes)
    return (group, reply.id, *reply.place, length, text, reply.dropped_by, passed, reply.reason)


def _group(trace: Trace, wishes: Wishes) -> int:
    said = (part for turn in context_of(trace, wishes) for part in (turn.role, turn.content))
    return _number("group", trace.problem.id, *said)


def _number(*parts: str) -> int:
    return int.from_bytes(raw_digest(*parts)[:8], "big")


def _known(row: dict[str, Any]) -> Known:
    passed = frozenset(name for place, name in enumerate(GROUNDS) if row["passed"] >> place & 1)
    of_sample = {name: row[name] for name in ("id", "length", "text", "dropped_by")}
    place = Place(row["is_kept"], row["shard"], row["offset"])
    return Known(Sample(**of_sample, passed=passed), place, row["reason"])
