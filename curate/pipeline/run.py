"""Generate, filter, and hold the result against what the recipe expects."""

from pathlib import Path

from curate.layout import CURATED
from curate.manifests import CuratedManifest
from curate.pipeline.filter import FilterOptions, filter_into
from curate.pipeline.generate import Generated, GenerateOptions, generate
from curate.protocols import Notice, Progress
from curate.recipe import LoadedRecipe
from curate.recipe.shape import Expect


def run(
    loaded: LoadedRecipe,
    folder: Path,
    options: GenerateOptions | None = None,
    *,
    progress: Progress,
    notice: Notice,
) -> tuple[Generated, CuratedManifest]:
    """Run a recipe to its end; returns what generating came to, and the manifest of what was curated."""
    generated = generate(loaded, folder, options, progress=progress, notice=notice)
    curated = filter_into(
        [str(folder)], folder / CURATED, loaded, FilterOptions(replace=True), progress=progress, notice=notice
    )
    return generated, curated


def violated(
    expect: Expect, *, generated: Generated | None = None, curated: CuratedManifest | None = None
) -> list[str]:
    """Return what a recipe expects and the result does not reach, as far as there is one; a used up budget as well."""
    found = []
    if generated is not None and generated.account.stopped_by_budget:
        found.append(f"the budget has no room for the {generated.manifest.samples.pending:,} samples that are pending")
    if curated is not None and expect.min_kept_share is not None:
        kept = curated.rows.kept / curated.rows.in_ if curated.rows.in_ else 0.0
        if kept < expect.min_kept_share:
            found.append(f"kept {kept:.1%} of the traces, expected at least {expect.min_kept_share:.1%}")
    if generated is not None and expect.max_failed_share is not None:
        samples = generated.manifest.samples
        failed = samples.failed / samples.planned if samples.planned else 0.0
        if failed > expect.max_failed_share:
            found.append(f"{failed:.1%} of the samples failed, expected at most {expect.max_failed_share:.1%}")
    return found
