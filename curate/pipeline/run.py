"""Generate, filter, and hold the result against what the recipe expects."""

from pathlib import Path

from curate.manifests import CuratedManifest, RunManifest
from curate.pipeline.filter import FilterOptions, filter_into
from curate.pipeline.generate import CURATED, generate
from curate.pipeline.plan import plan_checks, plan_outputs, plan_schema
from curate.protocols import Notice, Progress
from curate.recipe import LoadedRecipe


def run(
    loaded: LoadedRecipe, folder: Path, *, limit: int | None = None, progress: Progress, notice: Notice
) -> tuple[RunManifest, CuratedManifest]:
    """Run a recipe to its end; returns the manifests of the run and of what was curated.

    The names of checks and formats are resolved before anything is sent: a typing error must not wait until the
    replies are paid for.
    """
    plan_checks(loaded)
    plan_outputs(loaded)
    plan_schema(loaded)
    generated = generate(loaded, folder, limit=limit, progress=progress, notice=notice)
    curated = filter_into(
        [str(folder)], folder / CURATED, loaded, FilterOptions(replace=True), progress=progress, notice=notice
    )
    return generated, curated


def violated(loaded: LoadedRecipe, generated: RunManifest, curated: CuratedManifest) -> list[str]:
    """Return what the recipe expects and the run did not reach."""
    expect = loaded.recipe.expect
    found = []
    kept = curated.rows.kept / curated.rows.in_ if curated.rows.in_ else 0.0
    if expect.min_kept_share is not None and kept < expect.min_kept_share:
        found.append(f"kept {kept:.1%} of the traces, expected at least {expect.min_kept_share:.1%}")
    failed = generated.samples.failed / generated.samples.planned if generated.samples.planned else 0.0
    if expect.max_failed_share is not None and failed > expect.max_failed_share:
        found.append(f"{failed:.1%} of the samples failed, expected at most {expect.max_failed_share:.1%}")
    return found
