"""The plan of a run: every request in order, counted, and kept in a scratch file; memory does not grow with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from curate import jsonlines
from curate.attempts import Attempt, best_serving
from curate.engine import with_limit, worst_case
from curate.engine.cost import in_usd
from curate.layout import UNREADABLE
from curate.ledger import NEVER_ASKED, Ledger
from curate.pipeline.generating.prompting import PlannedPrompt
from curate.pipeline.generating.requests import problems_of, requests_of
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.problems import UnreadableRow
from curate.protocols import Progress, Silent
from curate.reading.unreadable import unreadable_record
from curate.recipe import LoadedRecipe
from curate.records import JSON, Request
from curate.shards import ShardWriter

CHARACTERS_PER_TOKEN = 4
"""The usual rule of thumb; a quote made with it is called an estimate."""
SHARD_ROWS = 5000
PLAN = ".plan.jsonl"
TAKEN_AT_ONCE = 500
"""Attempts in a transaction of those that are taken over from another run."""


class Planned(msgspec.Struct):
    """What a recipe comes to, before anything is sent."""

    problems: int = 0
    requests: int = 0
    reused: int = 0
    """Requests that a reply in the ledger serves, or one in another run's."""
    unreadable: int = 0
    """Rows of problem files that hold no problem."""
    repeated: int = 0
    """Problems that were there before; they are asked once."""
    prompt_tokens: int = 0
    """Tokens of the prompts to send, estimated."""
    max_completion_tokens: int = 0
    """Tokens of completions at the worst, if every request to send used up its limit."""
    reused_cost: int = 0
    """What the replies that are reused have cost, in 1e-12 USD."""
    in_doubt: int = 0
    """What requests in flight may have cost when earlier commands were stopped, in 1e-12 USD; a budget counts it."""
    worst_cost: int | None = None
    """What is to be sent may cost at most, in 1e-12 USD; null where a price is not known."""
    likely_cost: int | None = None
    """What it will cost if replies cost what those that are reused did, in 1e-12 USD; null where none are known."""

    @property
    def to_send(self) -> int:
        """Requests that no reply serves."""
        return self.requests - self.reused

    def quoted(self) -> JSON:
        """Return all of it, money in USD."""
        amounts = {name: getattr(self, name) for name in ("reused_cost", "in_doubt", "likely_cost", "worst_cost")}
        return {**msgspec.to_builtins(self), **{name: in_usd(amount) for name, amount in amounts.items()}}


class PlanEntry(msgspec.Struct, frozen=True):
    """One request of the plan."""

    request: Request
    teacher: int
    """Position of its teacher in the recipe."""
    served: bool
    """Whether a reply was in the ledger when the plan was made."""
    limit: int | None = None
    """The limit to begin with, where it is not the request's own: replies were cut off at lower ones."""

    def to_send(self) -> Request:
        """Return the request with the limit to begin with."""
        return self.request if self.limit is None else with_limit(self.request, self.limit)


@dataclass
class Planner:
    """Makes the plan of a run, counting as it goes.

    Args:
        loaded: The recipe.
        teachers: Its teachers.
        prompt: Its prompt.
        ledger: What was answered before; None when nothing was.
        limit: Take only so many problems.
        progress: Told of every problem.
        others: Ledgers of other runs, whose replies are taken over where ours has none.
        keeps: Whether they are written into our ledger.
    """

    loaded: LoadedRecipe
    teachers: tuple[PlannedTeacher, ...]
    prompt: PlannedPrompt
    ledger: Ledger | None
    limit: int | None
    progress: Progress = field(default_factory=Silent)
    others: Sequence[Ledger] = ()
    keeps: bool = True
    planned: Planned = field(default_factory=Planned)
    _taken: list[Attempt] = field(default_factory=list)
    """Attempts to take over, until there are enough for a transaction."""

    def entries(self) -> Iterator[PlanEntry | UnreadableRow]:
        """Yield the plan in order, and the rows of problem files that hold no problem."""
        seen: set[str] = set()
        for problem in problems_of(self.loaded):
            if isinstance(problem, UnreadableRow):
                self.planned.unreadable += 1
                yield problem
            elif problem.id in seen:
                self.planned.repeated += 1
            elif self.planned.problems == self.limit:
                return
            else:
                seen.add(problem.id)
                self.planned.problems += 1
                self.progress.advance()
                for request, teacher in requests_of(problem, self.prompt, self.loaded, self.teachers):
                    yield self._counted(request, teacher)

    def _counted(self, request: Request, teacher: int) -> PlanEntry:
        planned, asked = self.planned, self.teachers[teacher]
        wanted = asked.highest_limit
        ours = self.ledger.standing(request.key, wanted) if self.ledger is not None else NEVER_ASKED
        served = ours.served or self._serves_elsewhere(request.key, wanted)
        planned.requests += 1
        if served:
            planned.reused += 1
            planned.reused_cost += ours.cost
            return PlanEntry(request, teacher, served)
        begin = request if ours.cut_at is None else with_limit(request, asked.limit_after(ours.cut_at))
        planned.prompt_tokens += sum(len(message.content) for message in request.messages) // CHARACTERS_PER_TOKEN
        planned.max_completion_tokens += begin.sampling.max_tokens or 0
        if asked.tariff is not None:
            planned.worst_cost = (planned.worst_cost or 0) + worst_case(begin, asked.tariff)
        return PlanEntry(request, teacher, served, None if begin is request else begin.sampling.max_tokens)

    def _serves_elsewhere(self, key: str, wanted: int | None) -> bool:
        """Say whether another run's ledger has a reply; then it is taken over into ours."""
        for other in self.others:
            standing = other.standing(key, wanted)
            if standing.served:
                self.planned.reused_cost += standing.cost
                if self.keeps:
                    self._take_over(other, key, wanted)
                return True
        return False

    def _take_over(self, other: Ledger, key: str, wanted: int | None) -> None:
        attempt = best_serving(other.attempts(key), wanted)
        assert attempt is not None
        self._taken.append(msgspec.structs.replace(attempt, reused=True))
        if len(self._taken) >= TAKEN_AT_ONCE:
            self._keep_taken()

    def _keep_taken(self) -> None:
        if self.ledger is not None and self._taken:
            self.ledger.record(self._taken)
            self._taken.clear()

    def _finish(self) -> Planned:
        """Keep what was taken over, and quote what is to be sent by what is reused."""
        self._keep_taken()
        planned = self.planned
        planned.in_doubt = self.ledger.in_doubt() if self.ledger is not None else 0
        if any(teacher.tariff is None for teacher in self.teachers) and planned.to_send:
            planned.worst_cost = None
        if planned.reused and planned.worst_cost is not None:
            planned.likely_cost = min(planned.worst_cost, planned.reused_cost * planned.to_send // planned.reused)
        return planned

    def count(self) -> Planned:
        """Make the plan and keep nothing of it but the counts."""
        self.progress.start("planning", None, "problems")
        for _ in self.entries():
            pass
        self.progress.finish()
        return self._finish()

    def write(self, work: Path) -> Path:
        """Make the plan below `work`, unreadable rows beside it; returns its file."""
        plan = work / PLAN
        self.progress.start("planning", None, "problems")
        with plan.open("wb") as file, ShardWriter(work / UNREADABLE, SHARD_ROWS) as aside:
            for entry in self.entries():
                if isinstance(entry, UnreadableRow):
                    aside.write(unreadable_record(entry.unit, entry.line, entry.error) + b"\n")
                else:
                    file.write(jsonlines.encode(entry) + b"\n")
        self.progress.finish()
        self._finish()
        return plan


def read_plan(plan: Path) -> Iterator[PlanEntry]:
    """Yield the entries of a plan that was written."""
    with plan.open("rb") as file:
        for line in file:
            yield jsonlines.decode_as(line, PlanEntry)
