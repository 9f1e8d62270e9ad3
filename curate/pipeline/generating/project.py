"""`traces/`: a pure function of plan and ledger, in plan order, so it can be made again at any time."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal

import msgspec

from curate import jsonlines
from curate.attempts import Attempt, best_serving, last_partial
from curate.engine.cost import in_usd
from curate.engine.retry import may_try_again
from curate.layout import FAILED, TRACES
from curate.ledger import Ledger
from curate.manifests import WayCounts
from curate.pipeline.generating.aside import SHARD_ROWS
from curate.pipeline.generating.planning import PlanEntry
from curate.pipeline.generating.rating import rated
from curate.records import Request, Sampling, Trace
from curate.shards import ShardWriter
from curate.traces.build import trace_of


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """A sample for which no reply could be had."""

    problem_id: str
    """The problem."""
    model: str
    """Who was asked, `provider/model`."""
    style: str
    """The prompt."""
    sample: int
    """Which of its samples."""
    attempts: int
    """How often it was tried."""
    reason: str
    """Why the last try failed."""


class Way(msgspec.Struct):
    """One teacher and prompt, being counted."""

    traces: int = 0
    judged: int = 0
    right: int = 0
    truncated: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: int | None = None
    """In 1e-12 USD."""

    def count(self, trace: Trace, *, right: bool) -> None:
        """Count a trace."""
        self.traces += 1
        self.judged += trace.problem.reference is not None
        self.right += right
        self.truncated += trace.finish_reason == "length"
        self.prompt_tokens += trace.usage.prompt_tokens or 0
        self.completion_tokens += trace.usage.completion_tokens or 0

    def pay(self, attempts: list[Attempt]) -> None:
        """Count what the tries at a sample cost."""
        known = [attempt.cost for attempt in attempts if attempt.cost is not None]
        if known:
            self.cost = (self.cost or 0) + sum(known)


class Projected(msgspec.Struct):
    """What a projection came to."""

    failed: int = 0
    ways: dict[tuple[str, str], Way] = {}
    """Model and prompt to what came of them."""

    def total(self, name: Literal["traces", "prompt_tokens", "completion_tokens"]) -> int:
        """Return a count over all ways."""
        return sum(getattr(way, name) for way in self.ways.values())

    def way_of(self, sampling: Sampling) -> Way:
        """Return the way that a sample was asked."""
        return self.ways.setdefault((f"{sampling.provider}/{sampling.model}", str(sampling.style)), Way())

    def way_counts(self) -> tuple[WayCounts, ...]:
        """Return what came of each way, for a manifest."""
        return tuple(
            WayCounts(model=model, style=style, **msgspec.structs.asdict(way) | {"cost": in_usd(way.cost)})
            for (model, style), way in self.ways.items()
        )


def project(
    plan: Iterable[PlanEntry], ledger: Ledger, work: Path, recipe: str, *, is_cut_short: bool = False
) -> Projected:
    """Write `traces/` and `failed.jsonl` below `work`.

    Args:
        plan: The plan, in order.
        ledger: What came of it.
        work: Where both go.
        recipe: The name of the recipe, for the origin of traces.
        is_cut_short: Whether the budget ended it: samples that failed, and were worth another try, are pending then.
    """
    projected = Projected()
    with ShardWriter(work / TRACES, SHARD_ROWS) as shards, (work / FAILED).open("wb") as failed:
        for _, group in groupby(plan, key=lambda entry: entry.request.problem.id):
            traces = []
            for entry, attempts in _with_attempts(group, ledger):
                projected.way_of(entry.request.sampling).pay(attempts)
                served = best_serving(attempts, entry.request.sampling.max_tokens) or last_partial(attempts)
                if served is not None and served.reply is not None:
                    traces.append(trace_of(_as_sent(entry, served), served.reply, recipe=recipe))
                elif attempts and not (is_cut_short and _is_worth_another(attempts)):
                    failed.write(jsonlines.encode(_failed(entry, attempts)) + b"\n")
                    projected.failed += 1
            for trace, right in rated(traces):
                shards.write(jsonlines.encode(trace) + b"\n")
                projected.way_of(trace.teacher).count(trace, right=right)
    if not projected.failed:
        (work / FAILED).unlink()
    return projected


def _with_attempts(group: Iterator[PlanEntry], ledger: Ledger) -> Iterator[tuple[PlanEntry, list[Attempt]]]:
    for entry in group:
        yield entry, ledger.attempts(entry.request.key)


def _is_worth_another(attempts: list[Attempt]) -> bool:
    """Say whether a sample without a reply would have been tried again."""
    kind = attempts[-1].kind
    return kind is None or may_try_again(kind, sum(attempt.kind == kind for attempt in attempts))


def _as_sent(entry: PlanEntry, served: Attempt) -> Request:
    """Return the request with the limit that the reply was really sent with."""
    sampling = msgspec.structs.replace(entry.request.sampling, max_tokens=served.max_tokens)
    return msgspec.structs.replace(entry.request, sampling=sampling)


def _failed(entry: PlanEntry, attempts: list[Attempt]) -> Failed:
    return Failed(
        problem_id=entry.request.problem.id,
        model=f"{entry.request.sampling.provider}/{entry.request.sampling.model}",
        style=str(entry.request.sampling.style),
        sample=entry.request.sample,
        attempts=len(attempts),
        reason=attempts[-1].error or "no reply",
    )
