"""From a recipe to traces: plan, ask what the ledger does not hold yet, project.

A run that was stopped goes on with the same command: the plan is made again, and only requests that no reply in the
ledger serves are sent.
"""

import asyncio
import os
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from curate import __version__, jsonlines
from curate.checks.plugins import find_plugins
from curate.checks.registry import Plugin
from curate.engine import Counts, dispatch
from curate.errors import DataError, LedgerError, NotOursError, TeacherError
from curate.folders import OutputFolder, read_manifest, write_whole, writing_to
from curate.layout import CURATED, HISTORY, LEDGER, PLUGINS, RECIPE, RUN_RESIDENTS
from curate.ledger import Ledger
from curate.manifests import RunManifest, SampleCounts, TokenCounts
from curate.pipeline.plan import PlannedTeacher, plan_checks, plan_teachers, require_generating
from curate.pipeline.planning import Planned, Planner, read_plan
from curate.pipeline.project import Projected, project
from curate.protocols import Notice, Progress, Silent
from curate.recipe import LoadedRecipe
from curate.recipe.dump import resolved_yaml
from curate.recipe.shape import CheckUse
from curate.records import JSON
from curate.teachers import key_notices


def dry_run(
    loaded: LoadedRecipe,
    folder: Path,
    *,
    limit: int | None = None,
    progress: Progress | None = None,
    notice: Notice = lambda _: None,
) -> Planned:
    """Count what a run would do; nothing is sent and nothing is written."""
    require_generating(loaded, notice)
    teachers = plan_teachers(loaded)
    if not (folder / LEDGER).exists():
        return Planner(loaded, teachers, None, limit, progress or Silent()).count()
    with Ledger(folder / LEDGER, readonly=True) as ledger:
        return Planner(loaded, teachers, ledger, limit, progress or Silent()).count()


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
        TeacherError: The teacher cannot be used, or not one request got a reply.
    """
    require_generating(loaded, notice)
    teachers = plan_teachers(loaded)
    _refuse_another_run(folder, str(loaded.recipe.name))
    with OutputFolder(folder, kind="run", replace=True, residents=RUN_RESIDENTS) as output:
        _remember(folder, loaded, limit)
        with Ledger(folder / LEDGER) as ledger:
            _refuse_lost_ledger(folder, ledger)
            planner = Planner(loaded, teachers, ledger, limit, progress)
            plan = planner.write(output.work)
            if not planner.planned.problems:
                raise DataError("the recipe comes to no problems")
            _tell_shrinking(folder, planner.planned, notice)
            notice(f"reusing {planner.planned.reused:,} replies, sending {_to_send(planner.planned):,}")
            if _to_send(planner.planned):
                for where in key_notices(endpoint for teacher in teachers for endpoint in teacher.endpoints):
                    notice(where)
            stopped = _send(plan, teachers, ledger, progress, planner.planned)
            projected = project(read_plan(plan), ledger, output.work, str(loaded.recipe.name))
        manifest = output.commit(_manifest(loaded, planner.planned, projected))
    if stopped is not None:
        raise stopped
    return manifest


def _tell_shrinking(folder: Path, planned: Planned, notice: Notice) -> None:
    before = read_manifest(folder)
    if isinstance(before, RunManifest) and planned.requests < before.samples.planned:
        notice(
            f"this plan has {planned.requests:,} samples where the run had {before.samples.planned:,}; "
            "the replies to the others stay in the ledger"
        )


def _to_send(planned: Planned) -> int:
    return planned.requests - planned.reused


def _send(
    plan: Path, teachers: tuple[PlannedTeacher, ...], ledger: Ledger, progress: Progress, planned: Planned
) -> TeacherError | None:
    """Ask for every request that no reply serves; returns the error that stopped it: what came is still shown."""
    pending = ((entry.request, teachers[entry.teacher].endpoints[0]) for entry in read_plan(plan) if not entry.served)
    progress.start("asking", _to_send(planned), "replies")
    try:
        _finish(dispatch(pending, ledger, progress, answered=planned.reused))
    except TeacherError as error:
        return error
    finally:
        progress.finish()
    return None


def _finish(work: Coroutine[None, None, Counts]) -> None:
    """Run a coroutine to its end, in a thread of its own where the caller is inside an event loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(work)
    else:
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(asyncio.run, work).result()


def _manifest(loaded: LoadedRecipe, planned: Planned, projected: Projected) -> RunManifest:
    return RunManifest(
        curate=__version__,
        recipe=str(loaded.recipe.name),
        fingerprint=loaded.recipe.fingerprint(),
        problems=planned.problems,
        repeated=planned.repeated,
        unreadable=planned.unreadable,
        samples=SampleCounts(
            planned=planned.requests,
            traces=projected.traces,
            failed=projected.failed,
            pending=planned.requests - projected.traces - projected.failed,
        ),
        tokens=TokenCounts(prompt=projected.prompt_tokens, completion=projected.completion_tokens),
    )


def _refuse_another_run(folder: Path, name: str) -> None:
    """Check that a folder which holds a run holds this one; a run that was stopped early has its history, too.

    Raises:
        OutputError: It holds the run of another recipe, or files of somebody else under the names of ours.
    """
    history = folder / HISTORY
    found = [file for file in (RECIPE, HISTORY, CURATED) if (folder / file).exists()]
    first = _first_line(history) if history.exists() else {}
    if found and "curate" not in first and read_manifest(folder) is None:
        raise NotOursError(f"{folder} holds a {found[0]} that is not ours; choose another -o folder")
    if first and first.get("recipe") != name:
        raise NotOursError(
            f"{folder} holds the run of {first.get('recipe')!r}; give {name!r} a folder of its own with -o"
        )


def _refuse_lost_ledger(folder: Path, ledger: Ledger) -> None:
    """Check that a finished run still has its replies, before they are paid for again.

    Raises:
        LedgerError: The run has traces, and its ledger is empty.
    """
    before = read_manifest(folder)
    if isinstance(before, RunManifest) and before.samples.traces and not ledger.tally().attempts:
        raise LedgerError(
            f"{folder} has traces, but its ledger is gone; bring {LEDGER} back, or choose another -o folder"
        )


def _first_line(history: Path) -> JSON:
    try:
        with history.open("rb") as file:
            return jsonlines.decode(file.readline())
    except jsonlines.UnreadableLineError:
        return {}


def _remember(folder: Path, loaded: LoadedRecipe, limit: int | None) -> None:
    """Add a line on this invocation, and write the recipe with every default filled in, before anything is asked."""
    line = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "recipe": loaded.recipe.name,
        "fingerprint": loaded.recipe.fingerprint(),
        "curate": __version__,
        "limit": limit,
    }
    with writing_to(folder):
        with (folder / HISTORY).open("ab") as file:
            file.write(jsonlines.encode(line) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        uses = [CheckUse(name=check.name, parameters=check.written()) for check in plan_checks(loaded)]
        plugins = [_kept_plugin(plugin, folder) for plugin in find_plugins(loaded.recipe.plugins, loaded.base)]
        write_whole(folder / RECIPE, resolved_yaml(loaded.recipe, uses, loaded.base, folder, plugins))


def _kept_plugin(plugin: Plugin, folder: Path) -> str:
    """Keep a plugin that is a file in the run's folder, where its recipe finds it; returns what that calls it."""
    if plugin.entry:
        return plugin.entry
    path = Path(plugin.path)
    if path.is_relative_to(folder.resolve()):
        return f"./{path.relative_to(folder.resolve()).as_posix()}"
    copy = folder / PLUGINS / plugin.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    write_whole(copy, path.read_bytes())
    return f"./{PLUGINS}/{plugin.name}"
