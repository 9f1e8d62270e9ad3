"""The plan of a run: every request in order, counted, and kept in a scratch file; memory does not grow with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from curate import jsonlines
from curate.layout import UNREADABLE
from curate.ledger import Ledger
from curate.pipeline.plan import PlannedTeacher
from curate.pipeline.requests import problems_of, requests_of
from curate.problems import UnreadableRow
from curate.protocols import Progress, Silent
from curate.recipe import LoadedRecipe
from curate.records import Request
from curate.shards import ShardWriter
from curate.unreadable import unreadable_record

CHARACTERS_PER_TOKEN = 4
"""The usual rule of thumb; a quote made with it is called an estimate."""
SHARD_ROWS = 5000
PLAN = ".plan.jsonl"


class Planned(msgspec.Struct):
    """What a recipe comes to, before anything is sent."""

    problems: int = 0
    requests: int = 0
    reused: int = 0
    """Requests that a reply in the ledger serves."""
    unreadable: int = 0
    """Rows of problem files that hold no problem."""
    repeated: int = 0
    """Problems that were there before; they are asked once."""
    prompt_tokens: int = 0
    """Tokens of the prompts to send, estimated."""
    max_completion_tokens: int = 0
    """Tokens of completions at the worst, if every request to send used up its limit."""


class PlanEntry(msgspec.Struct, frozen=True):
    """One request of the plan."""

    request: Request
    teacher: int
    """Position of its teacher in the recipe."""
    served: bool
    """Whether a reply was in the ledger when the plan was made."""


@dataclass
class Planner:
    """Makes the plan of a run, counting as it goes.

    Args:
        loaded: The recipe.
        teachers: Its teachers.
        ledger: What was answered before; None when nothing was.
        limit: Take only so many problems.
        progress: Told of every problem.
    """

    loaded: LoadedRecipe
    teachers: tuple[PlannedTeacher, ...]
    ledger: Ledger | None
    limit: int | None
    progress: Progress = field(default_factory=Silent)
    planned: Planned = field(default_factory=Planned)

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
                for request, teacher in requests_of(problem, self.loaded, self.teachers):
                    yield self._counted(request, teacher)

    def _counted(self, request: Request, teacher: int) -> PlanEntry:
        limit = request.sampling.max_tokens
        served = self.ledger is not None and self.ledger.serves(request.key, limit)
        self.planned.requests += 1
        if served:
            self.planned.reused += 1
        else:
            characters = sum(len(message.content) for message in request.messages)
            self.planned.prompt_tokens += characters // CHARACTERS_PER_TOKEN
            self.planned.max_completion_tokens += limit or 0
        return PlanEntry(request, teacher, served)

    def count(self) -> Planned:
        """Make the plan and keep nothing of it but the counts."""
        self.progress.start("planning", None, "problems")
        for _ in self.entries():
            pass
        self.progress.finish()
        return self.planned

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
        return plan


def read_plan(plan: Path) -> Iterator[PlanEntry]:
    """Yield the entries of a plan that was written."""
    with plan.open("rb") as file:
        for line in file:
            yield jsonlines.decode_as(line, PlanEntry)
