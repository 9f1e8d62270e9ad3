"""`curate export`: the kept rows of a curated result in other formats, with other splits, in a folder of their own."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from curate import __version__
from curate.export import Facts
from curate.export.card import Card, dataset_card
from curate.export.proof import Proof
from curate.export.tokenizer_folder import TokenizerFolder
from curate.figures import shipped_figures
from curate.folders import OutputFolder, read_manifest
from curate.layout import CARD, KEPT, MANIFEST, RECIPE
from curate.manifests import CuratedManifest, ExportManifest, RunManifest
from curate.pipeline.exporting.counting import tokenizer_file
from curate.pipeline.exporting.output import Made
from curate.pipeline.exporting.planning import idle_strategies, plan_outputs
from curate.pipeline.exporting.provenance import run_behind
from curate.pipeline.exporting.proving import prove_export
from curate.pipeline.filtering.gather import gather_formats
from curate.pipeline.filtering.job import MEMORY, Job
from curate.pipeline.filtering.movements import Movements
from curate.pipeline.filtering.planned import PlannedOutput
from curate.pipeline.filtering.workers import Workers, processes, usual_count
from curate.pipeline.inspect import curated_folder, curated_manifest
from curate.protocols import Notice, Progress, Silent
from curate.reading.lines import MAX_LINE_BYTES
from curate.reading.sources import plan_input
from curate.recipe import LoadedRecipe, load, load_text


@dataclass(frozen=True)
class ExportOptions:
    """How to export, beside the recipe."""

    formats: Sequence[str] = ()
    """Formats named on the command line; empty for the recipe's."""
    tokenizer: Path | None = None
    """What counts tokens, a file or a folder with one; None for what the recipe says."""
    student: TokenizerFolder | None = None
    """Through whose chat template the rows are put before anything is in place; None for no proof."""
    workers: int | None = None
    """Worker processes; None for one each processor."""
    memory: int = MEMORY
    """Bytes to stay within where problems are compared."""
    replace: bool = False
    """Whether a finished export of ours may be replaced."""


@dataclass(frozen=True)
class Exported:
    """What came of it."""

    manifest: ExportManifest
    facts: tuple[Facts, ...]
    """What the trainer of each format is to be told."""
    proofs: tuple[Proof, ...]
    """What of each format survives the student's chat template."""


def recipe_of(folder: Path, overrides: Sequence[str] = ()) -> LoadedRecipe:
    """Return the recipe of the run that a result is of, or an empty one.

    Args:
        folder: The run, or what it curated, or any curated result.
        overrides: From `--set`.
    """
    for candidate in (folder, folder.parent):
        if (candidate / RECIPE).is_file() and isinstance(read_manifest(candidate), RunManifest):
            return load(str(candidate / RECIPE), overrides)
    return load_text("{}", name="(no recipe)", base=Path(), overrides=overrides)


def export_into(
    folder: Path,
    out: Path,
    loaded: LoadedRecipe,
    options: ExportOptions,
    *,
    progress: Progress | None = None,
    notice: Notice = lambda _: None,
) -> Exported:
    """Write the kept rows of a curated result in the formats of a recipe.

    Args:
        folder: A curated result, or a run that has one.
        out: Where the export goes.
        loaded: The recipe with the outputs.
        options: How.
        progress: Told of every unit.
        notice: Told of formats that come to nothing.

    Raises:
        DataError: There is no curated result.
        RecipeError: A format cannot be had.
        UsageError: The student's chat template does not come to an end; nothing is written then.
        OutputError: `out` is not ours, has another writer, or cannot be written.
    """
    curated = curated_folder(folder)
    source = curated_manifest(curated)
    outputs = _outputs(loaded, options)
    with OutputFolder(out, kind="export", replace=options.replace) as output:
        job = _job(outputs, source, loaded.base, output.work)
        made = _made(job, curated, source, options, progress or Silent())
        for said in _come_to_nothing(outputs, made, source):
            notice(said)
        facts = tuple(one.facts for one in made if one.facts is not None)
        proofs = () if options.student is None else prove_export(output.work, facts, options.student)
        manifest = ExportManifest(
            curate=__version__,
            recipe=source.recipe,
            curated=hashlib.sha256((curated / MANIFEST).read_bytes()).hexdigest(),
            rows=source.rows.kept,
            formats={one.format: made_.counts for one, made_ in zip(outputs, made, strict=True)},
        )
        (output.work / CARD).write_text(_card(source, manifest, facts, curated.parent), "utf-8")
        return Exported(output.commit(manifest), facts, proofs)


def _outputs(loaded: LoadedRecipe, options: ExportOptions) -> tuple[PlannedOutput, ...]:
    outputs = plan_outputs(loaded, options.formats)
    if options.tokenizer is None:
        return outputs
    file = str(tokenizer_file(options.tokenizer))
    return tuple(msgspec.structs.replace(output, tokenizer=file) for output in outputs)


def _job(outputs: tuple[PlannedOutput, ...], source: CuratedManifest, base: Path, work: Path) -> Job:
    return Job(
        checks=(),
        outputs=outputs,
        columns=source.columns,
        max_line_bytes=MAX_LINE_BYTES,
        base=str(base),
        name=source.recipe or "curated",
        work=str(work),
    )


def _made(job: Job, curated: Path, source: CuratedManifest, options: ExportOptions, progress: Progress) -> list[Made]:
    """Write the shards and sidecars of every output below the job's work folder."""
    job.scratch.mkdir()
    units = plan_input([str(curated / KEPT)], scratch=Path(job.work)).units if source.rows.kept else ()
    with processes(options.workers or usual_count(len(units))) as pool:
        done = Movements(job, units, Workers(job, pool), progress, options.memory).run()
    return gather_formats(job, units, done, options.memory, result=curated)


def _come_to_nothing(outputs: Sequence[PlannedOutput], made: Sequence[Made], source: CuratedManifest) -> Iterator[str]:
    """Yield a sentence on each strategy that could find no pairs, and on each format without a row."""
    yield from idle_strategies(outputs, list(source.outcomes))
    for output, one in zip(outputs, made, strict=True):
        if not one.counts.rows:
            yield f"{output.format}: no rows, so there is nothing to train on"


def _card(source: CuratedManifest, manifest: ExportManifest, facts: Sequence[Facts], run: Path) -> str:
    return dataset_card(
        Card(
            curated=source,
            formats=manifest.formats,
            facts=facts,
            run=run_behind([str(run)]),
            figures=shipped_figures(),
            holds_rows=False,
        )
    )
