"""What a run's folder remembers of the recipe, and whether it is the folder of this run at all."""

import os
import time
from pathlib import Path

from curate import __version__, jsonlines
from curate.checks.plugins import find_plugins
from curate.checks.registry import Plugin
from curate.errors import LedgerError, NotOursError
from curate.folders import read_manifest, write_whole, writing_to
from curate.layout import CURATED, HISTORY, LEDGER, PLUGINS, RECIPE
from curate.ledger import Ledger
from curate.manifests import RunManifest
from curate.pipeline.filtering.planned import PlannedCheck
from curate.pipeline.plan import plan_checks
from curate.recipe import LoadedRecipe
from curate.recipe.checks import CheckUse
from curate.recipe.dump import moved, resolved_yaml
from curate.records import JSON


def refuse_another_run(folder: Path, name: str) -> None:
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


def refuse_lost_ledger(folder: Path, ledger: Ledger) -> None:
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


def remember(folder: Path, loaded: LoadedRecipe, limit: int | None) -> None:
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
        uses = [_use(check, loaded.base, folder) for check in plan_checks(loaded)]
        plugins = [_kept_plugin(plugin, folder) for plugin in find_plugins(loaded.recipe.plugins, loaded.base)]
        write_whole(folder / RECIPE, resolved_yaml(loaded.recipe, uses, loaded.base, folder, plugins))


def _use(check: PlannedCheck, base: Path, folder: Path) -> CheckUse:
    """Return a check as the recipe in the run's folder names it: paths are relative to that folder."""
    parameters = check.written()
    for kind in ("dataset", "file"):
        name = check.check.parameter_of(kind)
        if name and parameters[name] is not None:
            parameters[name] = moved(parameters[name], base, folder)
    return CheckUse(name=check.name, parameters=parameters)


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
