"""Datasets by the accepted row: the plan is asked stretch by stretch, until so many rows pass every check.

What is asked is always a prefix of the whole plan, and what is written is what generating and filtering that prefix
comes to. How long the next stretch is depends on what the last ones gave, which depends on the ledger alone: a command
that was stopped goes the same way again, and sends nothing twice.
"""

import math
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import msgspec

from curate.engine.cost import in_usd, money
from curate.layout import CURATED, TRACES
from curate.manifests import CuratedManifest
from curate.pipeline.estimate import Round, Yield, is_barren, next_problems, yield_of
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.generating.generate import Generated, GenerateOptions, Generation, dry_run, generating
from curate.pipeline.generating.quoting import Planned
from curate.pipeline.generating.requests import most_samples
from curate.pipeline.generating.teaching import plan_teachers
from curate.protocols import Notice, Progress
from curate.recipe import LoadedRecipe
from curate.wording import counted

COUNTING = ".counting"
"""Below a run's work: where a prefix is filtered to count what it gives."""

Ending = Literal["reached", "problems", "budget", "barren", "teacher"]
"""Why it ended: the rows are there; problems or budget are spent; twice the problems gave no row more; an error."""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """What all the rows wanted will take, as the first stretch lets expect."""

    problems: int | None
    """In all; null where not one row was accepted."""
    problems_low: int
    problems_high: int | None
    """An interval that should hold it 95 times of 100; null for no upper end."""
    requests: int | None
    """In all."""
    cost: float | None
    """USD that this command will have spent then; null where no price is known, or not one row was accepted."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """How asking by accepted rows went."""

    wanted: int
    kept: int
    ended: Ending
    rounds: tuple[Round, ...]
    per_problem: Yield = msgspec.field(name="yield")
    """Accepted rows of each problem, at the end."""
    estimate: Estimate | None = None
    """What the first stretch let expect; null where it was enough, or was stopped."""

    def attention(self) -> list[str]:
        """Return why there are fewer rows than were wanted, if there are."""
        found = f"{self.kept:,} of the {counted(self.wanted, 'row')} wanted are there"
        problems = self.rounds[-1].problems if self.rounds else 0
        why = {
            "reached": "",
            "problems": f"the problems are spent: {problems:,} gave no more",
            "budget": "the budget is spent",
            "barren": f"{problems:,} problems were asked, and the last half or more gave not one row",
            "teacher": "the teacher cannot be used",
        }[self.ended]
        return [f"{found}; {why}"] if why else []


def least_and_most(
    loaded: LoadedRecipe,
    folder: Path,
    accept: int,
    options: GenerateOptions | None = None,
    *,
    progress: Progress,
    notice: Notice,
) -> tuple[Planned, Planned]:
    """Count what so many accepted rows take, if every sample is accepted, and at most; nothing is sent or written."""
    options = options or GenerateOptions()
    most = dry_run(loaded, folder, options, progress=progress, notice=notice)
    teachers = plan_teachers(loaded, allow_insecure=options.allow_insecure)
    needed = -(-accept // most_samples(teachers, len(loaded.recipe.prompt)))
    fewer = replace(options, limit=min(needed, most.problems))
    return dry_run(loaded, folder, fewer, progress=progress), most


def run_until(
    loaded: LoadedRecipe,
    folder: Path,
    accept: int,
    options: GenerateOptions | None = None,
    *,
    progress: Progress,
    notice: Notice,
) -> tuple[Generated, CuratedManifest, Accepted]:
    """Run a recipe until so many rows have passed every check, or money or problems are spent.

    Raises:
        OutputError: The folder holds something else, or another run is going on in it.
        TeacherError: The teacher cannot be used; what came is in the run's folder, and not filtered.
    """
    with generating(loaded, folder, options, progress=progress, notice=notice) as generation:
        accepted = _Accepting(loaded, generation, accept, progress, notice).all()
        generated = generation.commit()
    # Not the last round's count moved here: what is curated names its inputs, and is told of, as those of this folder.
    curated = filter_into(
        [str(folder)], folder / CURATED, loaded, FilterOptions(replace=True), progress=progress, notice=notice
    )
    return generated, curated, msgspec.structs.replace(accepted, kept=curated.rows.kept)


@dataclass
class _Accepting:
    """The asking of longer and longer prefixes."""

    loaded: LoadedRecipe
    generation: Generation
    wanted: int
    progress: Progress
    notice: Notice
    rounds: list[Round] = field(default_factory=list)
    estimate: Estimate | None = None

    def all(self) -> Accepted:
        """Ask until it ends."""
        most = most_samples(self.generation.planner.teachers, len(self.generation.planner.prompts))
        while (ended := self._stretch(next_problems(self.wanted, most, self.rounds), most)) is None:
            pass
        last = self.rounds[-1]
        return Accepted(
            wanted=self.wanted,
            kept=last.kept,
            ended=ended,
            rounds=tuple(self.rounds),
            per_problem=yield_of(last.kept, last.problems, most),
            estimate=self.estimate,
        )

    def _stretch(self, problems: int, most: int) -> Ending | None:
        """Ask one stretch and count what there is then; returns why it ends with that, if it does."""
        self.generation.extend(problems)
        planner = self.generation.planner
        self.rounds.append(Round(problems=planner.problems, samples=planner.requests, kept=self._kept()))
        ended = self._ended(problems)
        if ended is None:
            self._expect(most)
        return ended

    def _ended(self, problems: int) -> Ending | None:
        last = self.rounds[-1]
        reasons: dict[Ending, bool] = {
            "reached": last.kept >= self.wanted,
            "teacher": self.generation.stopped is not None,
            "budget": self.generation.account.stopped_by_budget,
            "problems": last.problems < problems,
            "barren": is_barren(self.rounds),
        }
        return next((reason for reason, holds in reasons.items() if holds), None)

    def _kept(self) -> int:
        """Return how many rows of the prefix pass every check."""
        scratch = self.generation.output.work / COUNTING
        scratch.mkdir()
        try:
            if not self.generation.project(scratch).total("traces"):
                return 0
            found = [str(scratch / TRACES)]
            return filter_into(found, scratch / CURATED, self.loaded, FilterOptions(), progress=self.progress).rows.kept
        finally:
            shutil.rmtree(scratch)

    def _expect(self, most: int) -> None:
        """Tell what is there, and what the rest will take."""
        last = self.rounds[-1]
        rate = yield_of(last.kept, last.problems, most)
        about, low, high = rate.problems_for(self.wanted - last.kept)
        requests = about * last.samples / last.problems
        outlay = self.generation.account.outlay
        cost = outlay.sum_of(round(requests))[0] if math.isfinite(requests) and outlay.spent else None
        if not self.estimate and len(self.rounds) == 1:
            self.estimate = Estimate(
                problems=_whole(last.problems + about),
                problems_low=math.ceil(last.problems + low),
                problems_high=_whole(last.problems + high),
                requests=_whole(last.samples + requests),
                cost=None if cost is None else in_usd(round(outlay.spent + cost)),
            )
        self.notice(f"{self._so_far(last, rate)}; {_rest(about, low, high, requests, cost)}")

    def _so_far(self, last: Round, rate: Yield) -> str:
        often = f"95 of 100 times {rate.low:.2f} to {rate.high:.2f}"
        return (
            f"round {len(self.rounds)}: {counted(last.problems, 'problem')}, {counted(last.samples, 'sample')}, "
            f"{last.kept:,} of {counted(self.wanted, 'row')} accepted, {rate.mean:.2f} a problem ({often})"
        )


def _rest(about: float, low: float, high: float, requests: float, cost: float | None) -> str:
    if not math.isfinite(about):
        return "no telling what the rest takes"
    most = f"to {math.ceil(high):,}" if math.isfinite(high) else "or more"
    price = "" if cost is None else f", {money(cost)}"
    return (
        f"the rest takes about {counted(math.ceil(about), 'problem')} ({math.ceil(low):,} {most}), "
        f"{counted(math.ceil(requests), 'request')}{price}"
    )


def _whole(number: float) -> int | None:
    return math.ceil(number) if math.isfinite(number) else None
