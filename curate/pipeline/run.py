"""Generate, then filter what came of it."""

from pathlib import Path

from curate.layout import CURATED
from curate.manifests import CuratedManifest
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.generating.generate import Generated, GenerateOptions, generate
from curate.protocols import Notice, Progress
from curate.recipe import LoadedRecipe


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
