"""Recipes loaded, runs and filterings done, from Python; also from inside a running event loop."""

import json
import logging
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

from curate.api.given import Given, Rows, checks_given, paths_of, spool
from curate.api.result import Result
from curate.checks import Registry
from curate.layout import CURATED, RUNS
from curate.pipeline.accepting import run_until
from curate.pipeline.expectations import violated
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.generating.generate import GenerateOptions
from curate.pipeline.run import run as run_recipe
from curate.protocols import Progress, Silent
from curate.recipe import LoadedRecipe, load_text
from curate.recipe import load as load_recipe
from curate.records import JSON

_log = logging.getLogger("curate")


def load(recipe: str | Path | Mapping[str, object] | LoadedRecipe, overrides: Sequence[str] = ()) -> LoadedRecipe:
    """Load a recipe.

    Args:
        recipe: A path, the name of a recipe that comes with curate, or its keys as a mapping; paths in a mapping are
            relative to the working folder.
        overrides: `key=value`, as with `--set`.

    Raises:
        RecipeError: It does not exist, or does not fit.
    """
    if isinstance(recipe, LoadedRecipe):
        return recipe
    if isinstance(recipe, Mapping):
        return load_text(json.dumps(recipe), name="recipe", base=Path(), overrides=overrides)
    return load_recipe(str(recipe), overrides)


def run(
    recipe: str | Path | Mapping[str, object] | LoadedRecipe,
    folder: str | Path | None = None,
    *,
    limit: int | None = None,
    accept: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Run a recipe to its end: generate what the ledger does not hold yet, then filter.

    Args:
        recipe: As with `load`.
        folder: The run's folder; `datasets_out/<name>` when None.
        limit: Take only the first so many problems.
        accept: Go on only until so many rows have passed every check, as with `--accept`.
        progress: Told how far it has come.

    Raises:
        RecipeError: It does not fit.
        TeacherError: The teacher cannot be used.
        OutputError: The folder holds something else.
    """
    loaded = load(recipe)
    into = RUNS / str(loaded.recipe.name) if folder is None else Path(folder)
    options = GenerateOptions(limit=limit)
    watched, attention = progress or Silent(), []
    if accept is None:
        generated, curated = run_recipe(loaded, into, options, progress=watched, notice=_log.info)
    else:
        generated, curated, accepted = run_until(loaded, into, accept, options, progress=watched, notice=_log.info)
        attention = accepted.attention()
    attention = [*violated(loaded.recipe.expect, generated=generated, curated=curated), *attention]
    return Result(into / CURATED, curated, generated=generated.manifest, attention=tuple(attention))


def filter_rows(  # noqa: PLR0913 - what the command takes
    rows: Rows,
    checks: Sequence[Given] | None = None,
    *,
    recipe: str | Path | Mapping[str, object] | LoadedRecipe | None = None,
    into: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    workers: int = 1,
    mark: bool = False,
    replace: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Keep the sound rows of anything, and say why each other was dropped.

    Args:
        rows: Files (a path, several, folders, globs), or rows: an iterable of dicts or traces, a Hugging Face dataset,
            a Polars frame.
        checks: Names, functions, or either with parameters; None for the recipe's, or the default list.
        recipe: With checks, output, schema, plugins, as with `load`.
        into: The folder of the result; None for one that goes when the result does.
        columns: Field to column, as with `--map`.
        workers: Processes. More than one needs the caller's module to be importable, as with multiprocessing; checks
            that are given as functions are called in this process alone.
        mark: Judge every row by every check, and drop none.
        replace: Whether a finished result of ours in `into` may be replaced.
        progress: Told how far it has come.

    Raises:
        UsageError: A name does not exist, or something is no row.
        DataError: There is nothing to read, or no row is of a shape that we know.
        PluginError: A check of your own cannot be used, or failed on a row.
        OutputError: `into` holds something that is not to be replaced, or cannot be written.
    """
    loaded, own = _with_checks(recipe, checks)
    scratch = Path(tempfile.mkdtemp(prefix="curate-"))
    try:
        paths = paths_of(rows)
        inputs = [str(spool(rows, scratch))] if paths is None else paths
        folder = scratch / "result" if into is None else Path(into)
        options = FilterOptions(own=own, columns=dict(columns or {}), workers=workers, mark=mark, replace=replace)
        manifest = filter_into(inputs, folder, loaded, options, progress=progress, notice=_log.info)
    except BaseException:  # whatever it is, nothing stays behind; it is raised again
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    result = Result(folder, manifest, attention=tuple(violated(loaded.recipe.expect, curated=manifest)))
    if into is None:
        weakref.finalize(result, shutil.rmtree, scratch, ignore_errors=True)
    else:
        shutil.rmtree(scratch, ignore_errors=True)
    return result


def _with_checks(
    recipe: str | Path | Mapping[str, object] | LoadedRecipe | None, checks: Sequence[Given] | None
) -> tuple[LoadedRecipe, Registry]:
    """Return the recipe with the checks that were given in the place of its own, and the functions among them."""
    if checks is None:
        return load({} if recipe is None else recipe), {}
    uses, own = checks_given([checks] if isinstance(checks, str) else checks)
    listed: JSON = {"checks": uses}
    if recipe is None:
        return load_text(json.dumps(listed), name="checks", base=Path()), own
    if isinstance(recipe, LoadedRecipe):
        kept = load_text(json.dumps(listed), name="checks", base=recipe.base)
        changed = recipe.recipe.model_copy(update={"checks": kept.recipe.checks})
        return LoadedRecipe(changed, kept.located, recipe.base), own
    return load(recipe, [f"checks={json.dumps(uses)}"]), own
