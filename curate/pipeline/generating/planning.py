"""The plan of a run: every request in order, counted, and kept in a scratch file; memory does not grow with it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from curate import jsonlines
from curate.attempts import Attempt, best_serving
from curate.engine import with_limit
from curate.ledger import NEVER_ASKED, Ledger, Standing
from curate.pipeline.generating.aside import Aside
from curate.pipeline.generating.prompting import PlannedPrompt
from curate.pipeline.generating.quoting import Planned, begin_with
from curate.pipeline.generating.requests import first_requests, with_sample
from curate.pipeline.generating.resampling import Resampling
from curate.pipeline.generating.sources import Author, problems_of
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.protocols import Progress, Silent
from curate.recipe import LoadedRecipe
from curate.records import Problem, Request

PLAN = ".plan.jsonl"
TAKEN_AT_ONCE = 500
"""Attempts in a transaction of those that are taken over from another run."""


class PlanEntry(msgspec.Struct, frozen=True):
    """One request of the plan."""

    request: Request
    teacher: int
    """Position of its teacher in the recipe."""
    is_open: bool
    """Whether it is to be sent next: no reply served it when it was planned, and it was not sent since."""
    limit: int | None = None
    """The limit to begin with, where it is not the request's own: replies were cut off at lower ones."""

    def to_send(self) -> Request:
        """Return the request with the limit to begin with."""
        return self.request if self.limit is None else with_limit(self.request, self.limit)


@dataclass
class Planner:
    """Makes the plan of a run, stretch by stretch, counting as it goes; a context manager.

    Args:
        loaded: The recipe.
        teachers: Its teachers.
        prompts: Its prompts.
        ledger: What was answered before; None when nothing was.
        work: Where the plan is written, rows that hold no problem beside it; None to count alone.
        limit: Take only so many problems.
        author: Writes the problems of authored sources.
        progress: Told of every problem.
        others: Ledgers of other runs, whose replies are taken over where ours has none.
    """

    loaded: LoadedRecipe
    teachers: tuple[PlannedTeacher, ...]
    prompts: tuple[PlannedPrompt, ...]
    ledger: Ledger | None
    work: Path | None
    limit: int | None
    author: Author
    progress: Progress = field(default_factory=Silent)
    others: Sequence[Ledger] = ()
    planned: Planned = field(default_factory=Planned)
    """What the last stretch came to."""
    problems: int = 0
    """Different problems in the plan."""
    asked: int = 0
    """Bytes of the plan before what is to be sent next."""
    requests: int = 0

    def __post_init__(self) -> None:
        ours = () if self.ledger is None else (self.ledger,)
        self._resampling = Resampling([*ours, *self.others], self.loaded.recipe.seed)
        self._drawn = problems_of(self.loaded, self.author)
        self._seen: set[str] = set()
        self._taken: list[Attempt] = []
        self.aside = Aside(self.work)

    def __enter__(self) -> Self:
        self.aside.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Have all that was set aside in its file."""
        self.aside.close()

    @property
    def file(self) -> Path:
        """The plan."""
        assert self.work is not None
        return self.work / PLAN

    def extend(self, problems: int | None = None) -> Planned:
        """Take more problems into the plan, up to so many in all, or all there are; returns what they come to."""
        self.progress.start("planning", None, "problems")
        self.planned = Planned()
        with ExitStack() as stack:
            file = None if self.work is None else stack.enter_context(self.file.open("ab"))
            self.asked = 0 if file is None else file.tell()
            for problem in self._next_problems(problems):
                self.progress.advance()
                for first, teacher in first_requests(problem, self.prompts, self.loaded, self.teachers):
                    self._plan(first, teacher, file)
        self.progress.finish()
        return self._finish()

    def resample(self) -> Planned:
        """Take further samples of hard problems into the plan, as the ledger now calls for them.

        All that was in the plan before has been sent by then, and is not sent again.
        """
        self.planned = Planned()
        grown = self.file.with_name(f"{PLAN}.new")
        with grown.open("wb") as file:
            for group in groups(read_plan(self.file)):
                for entry in group:
                    file.write(jsonlines.encode(msgspec.structs.replace(entry, is_open=False)) + b"\n")
                self._plan(group[0].request, group[0].teacher, file, planned=len(group))
        grown.replace(self.file)
        self.asked = 0
        return self._finish()

    def _next_problems(self, most: int | None) -> Iterator[Problem]:
        """Yield problems that were not there before, until the plan holds so many."""
        bounds = [bound for bound in (most, self.limit) if bound is not None]
        while not bounds or self.problems < min(bounds):
            problem = next(self._drawn, None)
            if problem is None:
                return
            if not isinstance(problem, Problem):
                self.aside.put(problem)
            elif problem.id in self._seen:
                self.aside.repeated += 1
            else:
                self._seen.add(problem.id)
                self.problems += 1
                self.planned.problems += 1
                yield problem

    def _plan(self, first: Request, teacher: int, file: BinaryIO | None, *, planned: int = 0) -> None:
        """Take the samples of one problem and teacher into the plan, of which so many are there already."""
        asked = self.teachers[teacher]
        extent = self._resampling.extent(first, asked)
        for sample in range(planned, extent.planned):
            entry = self._counted(with_sample(first, sample, asked.seed(self.loaded.recipe.seed)), teacher)
            self.requests += 1
            if file is not None:
                file.write(jsonlines.encode(entry) + b"\n")
        self.planned.count_further(first, extent.most - extent.planned, asked.tariff)

    def _counted(self, request: Request, teacher: int) -> PlanEntry:
        asked = self.teachers[teacher]
        wanted = asked.highest_limit
        ours = self.ledger.standing(request.key, wanted) if self.ledger is not None else NEVER_ASKED
        standing = ours if ours.served else self._standing_elsewhere(request.key, wanted) or ours
        if standing.served:
            self.planned.count_served(standing)
            return PlanEntry(request, teacher, is_open=False)
        begin = begin_with(request, ours, asked)
        self.planned.count_to_send(begin, asked.tariff)
        limit = None if begin is request else begin.sampling.max_tokens
        return PlanEntry(request, teacher, is_open=True, limit=limit)

    def _standing_elsewhere(self, key: str, wanted: int | None) -> Standing | None:
        """Return how a request stands in another run's ledger that has a reply, which is taken over into ours."""
        for other in self.others:
            standing = other.standing(key, wanted)
            if standing.served:
                self._take_over(other, key, wanted)
                return standing
        return None

    def _take_over(self, other: Ledger, key: str, wanted: int | None) -> None:
        if self.work is None:
            return
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
        """Keep what was taken over, and quote the stretch."""
        self._keep_taken()
        self.planned.count_aside(self.aside)
        self.planned.finish(self.teachers, self.ledger)
        return self.planned


def read_plan(plan: Path, start: int = 0) -> Iterator[PlanEntry]:
    """Yield the entries of a plan that was written, from a byte on."""
    with plan.open("rb") as file:
        file.seek(start)
        for line in file:
            yield jsonlines.decode_as(line, PlanEntry)


def groups(plan: Iterator[PlanEntry]) -> Iterator[list[PlanEntry]]:
    """Yield all samples of one problem that are the same question to the same teacher, group by group."""
    for _, group in groupby(plan, key=lambda entry: (entry.request.problem.id, entry.teacher, entry.request.messages)):
        yield list(group)
