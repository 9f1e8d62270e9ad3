"""Formats that are made of all replies, also of those that were dropped: their rows, rendered and spooled.

Done when `kept/`, `dropped/` and the verdicts are there, in one process and within bounded memory.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

import msgspec

from curate import jsonlines
from curate.export import FORMATS, OVER_ALL, Judged, Pair
from curate.layout import PAIRS
from curate.manifests import FormatCounts
from curate.pipeline.exporting.rendering import rows_of
from curate.pipeline.exporting.spool import point_of
from curate.pipeline.filtering.job import Job
from curate.pipeline.filtering.planned import PlannedOutput
from curate.pipeline.pairing.facts import Facts
from curate.pipeline.pairing.faults import is_fault_of_reply
from curate.pipeline.pairing.finding import Pairs
from curate.pipeline.pairing.judged import Replies
from curate.records import Problem

Sign = Callable[[Problem, int], None]
"""Told of each problem of which a row is written, and of where it lies among all."""


class Rendered(msgspec.Struct, kw_only=True):
    """What came of one output."""

    spools: tuple[Path, ...] = ()
    """Files with its rows, on their way to their shards."""
    refused: Counter[str] = msgspec.field(default_factory=Counter)
    """Reason to rows that the format could not carry."""
    left_out: Counter[str] = msgspec.field(default_factory=Counter)
    """Reason to replies of which no row was to be made."""
    pairs: Counter[str] = msgspec.field(default_factory=Counter)
    """Strategy to its pairs, for formats of pairs."""
    paired: int = 0
    """Replies that stand in a pair."""

    def added_to(self, counts: FormatCounts) -> FormatCounts:
        """Return the counts of the output with what is counted here."""
        about = {"pairs": dict(self.pairs), "left_out": dict(sorted(self.left_out.items()))}
        return msgspec.structs.replace(counts, paired=self.paired, **about)


def render_over_all(job: Job, result: Path, sign: Sign) -> Mapping[str, Rendered]:
    """Render those outputs of a job that are made of all replies; returns format to what came of it.

    Args:
        job: The job; `pairs/` goes into its work folder.
        result: The folder that holds `kept/`, `dropped/` and the verdicts.
        sign: Told of the problems.
    """
    wanted = [output for output in job.outputs if FORMATS[output.format].kind in OVER_ALL]
    return {output.format: _rendered(job, result, output, sign) for output in wanted}


def _rendered(job: Job, result: Path, output: PlannedOutput, sign: Sign) -> Rendered:
    with Replies(result, job.columns) as replies, _Rows(output, job.scratch, sign) as rows:
        if FORMATS[output.format].kind == "pair":
            facts = Facts(replies, output.wishes, job.scratch / f"{output.format}-facts")
            _render_pairs(Pairs(replies, facts, output.pairs), rows, Path(job.work, PAIRS, f"{output.format}.jsonl"))
        else:
            _render_judged(replies, rows)
    return rows.rendered


def _render_pairs(pairs: Pairs, rows: "_Rows", beside: Path) -> None:
    """Write the pairs; `beside` says of each why one reply is better, also where a row has no place for it."""
    beside.parent.mkdir(exist_ok=True)
    with beside.open("wb") as file:
        for pair in pairs:
            if rows.write(pair, pair.about.id, pair.chosen.problem):
                file.write(jsonlines.encode(pair.about) + b"\n")
    rendered = rows.rendered
    rendered.pairs, rendered.left_out, rendered.paired = pairs.by_rule, pairs.left_out, pairs.paired


def _render_judged(replies: Replies, rows: "_Rows") -> None:
    """Write every reply that was kept, or dropped for a fault of its own."""
    left_out = rows.rendered.left_out
    for reply in replies:
        if reply.trace is None:
            left_out["no valid trace"] += 1
        elif reply.dropped_by is not None and not is_fault_of_reply(reply.dropped_by):
            left_out[f"dropped by {reply.dropped_by}, which is no fault of the reply"] += 1
        else:
            judged = Judged(trace=reply.trace, dropped_by=reply.dropped_by, reason=reply.reason)
            rows.write(judged, reply.id, reply.trace.problem)


class _Rows:
    """The rows of one output, rendered and spooled; a context manager."""

    def __init__(self, output: PlannedOutput, scratch: Path, sign: Sign) -> None:
        self._output = output
        self._sign = sign
        spool = scratch / f"{output.format}-all.jsonl"
        self.rendered = Rendered(spools=(spool,))
        self._file = spool.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, source: Pair | Judged, id_: str, problem: Problem) -> bool:
        """Write the row of something; returns whether there is one."""
        point = point_of(problem.id)
        (row,) = rows_of(self._output, source, id_, point)
        if isinstance(row, str):
            self.rendered.refused[row] += 1
            return False
        self._file.write(row)
        self._sign(problem, point)
        return True
