"""From a recipe to traces: plan, ask what the ledger does not hold yet, project.

A run that was stopped goes on with the same command: the plan is made again, and only requests that no reply in the
ledger serves are sent.
"""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from curate import __version__, jsonlines
from curate.engine import Counts, dispatch
from curate.errors import DataError, OutputError
from curate.folders import OutputFolder, write_whole
from curate.ledger import Ledger
from curate.manifests import RunManifest, SampleCounts, TokenCounts
from curate.pipeline.plan import PlannedTeacher, plan_teachers, require_generating
from curate.pipeline.project import Projected, project
from curate.pipeline.requests import problems_of, requests_of
from curate.problems import UnreadableRow
from curate.protocols import Notice, Progress, Teacher
from curate.recipe import LoadedRecipe
from curate.recipe.dump import resolved_yaml
from curate.records import Request
from curate.unreadable import unreadable_record

LEDGER = "ledger.sqlite"
HISTORY = "history.jsonl"
RECIPE = "recipe.yaml"
CURATED = "curated"
RESIDENTS = (LEDGER, f"{LEDGER}-wal", f"{LEDGER}-shm", HISTORY, RECIPE, CURATED)
CHARACTERS_PER_TOKEN = 4
"""The usual rule of thumb; a quote made with it is called an estimate."""


class Planned(msgspec.Struct):
    """What a recipe comes to, before anything is sent."""

    problems: int = 0
    requests: int = 0
    reused: int = 0
    """Requests that a reply in the ledger serves."""
    unreadable: int = 0
    """Rows of problem files that hold no problem."""
    prompt_tokens: int = 0
    """Tokens of the prompts to send, estimated."""
    max_completion_tokens: int = 0
    """Tokens of completions at the worst, if every request to send used up its limit."""


class PlanEntry(msgspec.Struct, frozen=True):
    """One request of the plan, as the scratch file holds it."""

    request: Request
    teacher: int
    """Position of its teacher in the recipe."""


def dry_run(loaded: LoadedRecipe, folder: Path, *, limit: int | None = None) -> Planned:
    """Count what a run would do; nothing is sent and nothing is written."""
    require_generating(loaded)
    teachers = plan_teachers(loaded)
    planned = Planned()
    if not (folder / LEDGER).exists():
        for _ in _entries(loaded, teachers, None, planned, [], limit):
            pass
        return planned
    with Ledger(folder / LEDGER, readonly=True) as ledger:
        for _ in _entries(loaded, teachers, ledger, planned, [], limit):
            pass
    return planned


def generate(
    loaded: LoadedRecipe, folder: Path, *, limit: int | None = None, progress: Progress, notice: Notice
) -> RunManifest:
    """Run a recipe up to its traces; returns the run's manifest.

    Args:
        loaded: The recipe.
        folder: The run's folder.
        limit: Take only so many problems.
        progress: Told of every reply.
        notice: Told what is reused and what is sent.

    Raises:
        OutputError: The folder holds something else, or another run is going on in it.
        TeacherError: The teacher cannot be used.
    """
    require_generating(loaded)
    teachers = plan_teachers(loaded)
    _refuse_another_run(folder, str(loaded.recipe.name))
    with (
        OutputFolder(folder, kind="run", replace=True, residents=RESIDENTS) as output,
        Ledger(folder / LEDGER) as ledger,
    ):
        write_whole(folder / RECIPE, resolved_yaml(loaded.recipe))
        planned, scratch = _write_plan(loaded, teachers, ledger, output.work, limit)
        if not planned.problems:
            raise DataError("the recipe comes to no problems")
        notice(f"reusing {planned.reused:,} replies, sending {planned.requests - planned.reused:,}")
        counts = _send(scratch, [planned.teacher for planned in teachers], ledger, progress, planned)
        projected = project(_read_plan(scratch), ledger, output.work, str(loaded.recipe.name))
        manifest = output.commit(_manifest(loaded, planned, projected))
        _remember(folder, loaded, planned, counts)
        return manifest


def _entries(
    loaded: LoadedRecipe,
    teachers: tuple[PlannedTeacher, ...],
    ledger: Ledger | None,
    planned: Planned,
    unreadable: list[UnreadableRow],
    limit: int | None,
) -> Iterator[PlanEntry]:
    """Yield the plan in order, counting as it goes."""
    for problem in problems_of(loaded):
        if isinstance(problem, UnreadableRow):
            planned.unreadable += 1
            unreadable.append(problem)
            continue
        if limit is not None and planned.problems >= limit:
            return
        planned.problems += 1
        for request, teacher in requests_of(problem, loaded, teachers):
            planned.requests += 1
            if ledger is not None and ledger.serving(request.key, request.sampling.max_tokens):
                planned.reused += 1
            else:
                characters = sum(len(message.content) for message in request.messages)
                planned.prompt_tokens += characters // CHARACTERS_PER_TOKEN
                planned.max_completion_tokens += request.sampling.max_tokens or 0
            yield PlanEntry(request, teacher)


def _write_plan(
    loaded: LoadedRecipe, teachers: tuple[PlannedTeacher, ...], ledger: Ledger, work: Path, limit: int | None
) -> tuple[Planned, Path]:
    """Make the plan once and keep it beside, so that memory does not grow with it."""
    planned = Planned()
    unreadable: list[UnreadableRow] = []
    scratch = work / ".plan.jsonl"
    with scratch.open("wb") as file:
        for entry in _entries(loaded, teachers, ledger, planned, unreadable, limit):
            file.write(jsonlines.encode(entry) + b"\n")
    if unreadable:
        aside = work / "unreadable" / "part-00000.jsonl"
        aside.parent.mkdir()
        aside.write_bytes(b"".join(unreadable_record(row.unit, row.line, row.error) + b"\n" for row in unreadable))
    return planned, scratch


def _read_plan(scratch: Path) -> Iterator[PlanEntry]:
    with scratch.open("rb") as file:
        for line in file:
            yield jsonlines.decode_as(line, PlanEntry)


def _send(scratch: Path, teachers: list[Teacher], ledger: Ledger, progress: Progress, planned: Planned) -> Counts:
    """Ask for every request that no reply serves; a nested event loop is never needed, whoever calls."""
    pending = (
        (entry.request, teachers[entry.teacher])
        for entry in _read_plan(scratch)
        if not ledger.serving(entry.request.key, entry.request.sampling.max_tokens)
    )
    progress.start("asking", planned.requests - planned.reused, "replies")
    try:
        return asyncio.run(dispatch(pending, ledger, progress))
    finally:
        progress.finish()


def _manifest(loaded: LoadedRecipe, planned: Planned, projected: Projected) -> RunManifest:
    return RunManifest(
        curate=__version__,
        recipe=str(loaded.recipe.name),
        fingerprint=loaded.recipe.fingerprint(),
        problems=planned.problems,
        samples=SampleCounts(
            planned=planned.requests,
            traces=projected.traces,
            failed=projected.failed,
            pending=planned.requests - projected.traces - projected.failed,
        ),
        unreadable=planned.unreadable,
        tokens=TokenCounts(prompt=projected.prompt_tokens, completion=projected.completion_tokens),
    )


def _refuse_another_run(folder: Path, name: str) -> None:
    """Check that a folder which holds a run holds this one.

    Raises:
        OutputError: It holds the run of another recipe.
    """
    history = folder / HISTORY
    if not history.exists():
        return
    with history.open("rb") as file:
        before = jsonlines.decode(file.readline()).get("recipe")
    if before != name:
        raise OutputError(f"{folder} holds the run of {before!r}; give {name!r} a folder of its own with -o")


def _remember(folder: Path, loaded: LoadedRecipe, planned: Planned, counts: Counts) -> None:
    line = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "recipe": loaded.recipe.name,
        "fingerprint": loaded.recipe.fingerprint(),
        "curate": __version__,
        "reused": planned.reused,
        "sent": counts.sent,
        "replies": counts.replies,
        "failed": counts.failed,
    }
    with (folder / HISTORY).open("ab") as file:
        file.write(jsonlines.encode(line) + b"\n")
