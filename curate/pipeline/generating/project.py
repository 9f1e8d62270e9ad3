"""`traces/`: a pure function of plan and ledger, in plan order, so it can be made again at any time."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from curate import jsonlines
from curate.attempts import Attempt, best_serving, last_partial
from curate.layout import FAILED, TRACES
from curate.ledger import Ledger
from curate.pipeline.generating.planning import SHARD_ROWS, PlanEntry
from curate.pipeline.generating.rating import with_pass_rate
from curate.records import Request
from curate.shards import ShardWriter
from curate.traces.build import trace_of


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """A sample for which no reply could be had."""

    problem_id: str
    """The problem."""
    sample: int
    """Which of its samples."""
    attempts: int
    """How often it was tried."""
    reason: str
    """Why the last try failed."""


class Projected(msgspec.Struct):
    """What a projection came to."""

    traces: int = 0
    failed: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


def project(plan: Iterable[PlanEntry], ledger: Ledger, work: Path, recipe: str) -> Projected:
    """Write `traces/` and `failed.jsonl` below `work`."""
    projected = Projected()
    with ShardWriter(work / TRACES, SHARD_ROWS) as shards, (work / FAILED).open("wb") as failed:
        for _, group in groupby(plan, key=lambda entry: entry.request.problem.id):
            traces = []
            for entry, attempts in _with_attempts(group, ledger):
                served = best_serving(attempts, entry.request.sampling.max_tokens) or last_partial(attempts)
                if served is not None and served.reply is not None:
                    traces.append(trace_of(_as_sent(entry, served), served.reply, recipe=recipe))
                elif attempts:
                    failed.write(jsonlines.encode(_failed(entry, attempts)) + b"\n")
                    projected.failed += 1
            for trace in with_pass_rate(traces):
                shards.write(jsonlines.encode(trace) + b"\n")
                projected.traces += 1
                projected.prompt_tokens += trace.usage.prompt_tokens or 0
                projected.completion_tokens += trace.usage.completion_tokens or 0
    if not projected.failed:
        (work / FAILED).unlink()
    return projected


def _with_attempts(group: Iterator[PlanEntry], ledger: Ledger) -> Iterator[tuple[PlanEntry, list[Attempt]]]:
    for entry in group:
        yield entry, ledger.attempts(entry.request.key)


def _as_sent(entry: PlanEntry, served: Attempt) -> Request:
    """Return the request with the limit that the reply was really sent with."""
    sampling = msgspec.structs.replace(entry.request.sampling, max_tokens=served.max_tokens)
    return msgspec.structs.replace(entry.request, sampling=sampling)


def _failed(entry: PlanEntry, attempts: list[Attempt]) -> Failed:
    return Failed(
        problem_id=entry.request.problem.id,
        sample=entry.request.sample,
        attempts=len(attempts),
        reason=attempts[-1].error or "no reply",
    )
