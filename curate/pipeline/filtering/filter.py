"""Any JSONL in; kept lines, dropped rows with their reasons, unreadable lines, formats and verdicts out."""

import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from curate import __version__
from curate.checks import Registry
from curate.errors import UsageError
from curate.escaping import one_line
from curate.export.card import Card, dataset_card
from curate.figures import shipped_figures
from curate.folders import WORK, OutputFolder
from curate.layout import CARD
from curate.manifests import CuratedManifest, InputEntry, LineCounts, RowCounts
from curate.pipeline.exporting.planning import idle_strategies, plan_outputs
from curate.pipeline.exporting.provenance import run_behind
from curate.pipeline.filtering.against import NOTHING_AGAINST, Against, find_against
from curate.pipeline.filtering.job import MEMORY, Job
from curate.pipeline.filtering.movements import Movements
from curate.pipeline.filtering.planned import column_names, plugin_entries
from curate.pipeline.filtering.shapes import check_columns, refuse_unknown_shape
from curate.pipeline.filtering.tally import Done
from curate.pipeline.filtering.workers import Workers, processes, usual_count
from curate.pipeline.plan import plan_checks, plan_schema
from curate.protocols import Notice, Progress, Silent
from curate.reading.lines import MAX_LINE_BYTES, Source, Unit
from curate.reading.sources import SPOOLED, STDIN, UNIT_BYTES, Hashes, Input, find_sources, most_units, plan_sources
from curate.recipe import LoadedRecipe
from curate.schemas import resolve

if TYPE_CHECKING:
    from curate.pipeline.filtering.gather import Gathered
    from curate.pipeline.filtering.rejudge import Earlier


@dataclass(frozen=True)
class FilterOptions:
    """How to filter, beside the recipe."""

    checks: Sequence[str] = ()
    """Checks named on the command line; empty for the recipe's, or the default list."""
    own: Registry = field(default_factory=dict)
    """Checks that live in this process alone, by name; with any of them this process does all the work."""
    formats: Sequence[str] = ()
    """Formats named on the command line; empty for the recipe's."""
    columns: dict[str, str] = field(default_factory=dict)
    """From `--map`: field to column."""
    limit: int | None = None
    """Read only so many lines of the input."""
    workers: int | None = None
    """Worker processes; None for one each processor."""
    max_line_bytes: int = MAX_LINE_BYTES
    unit_bytes: int = UNIT_BYTES
    mark: bool = False
    """Whether every check judges every row, and none drops one."""
    memory: int = MEMORY
    """Bytes that the columns of a corpus check may take."""
    sample: int | None = None
    """Read only so many lines, chosen by their hash."""
    rejudge: Path | None = None
    """An earlier result of the same rows, whose verdicts are taken where they still stand."""
    replace: bool = False
    """Whether a finished result of ours may be replaced."""


def filter_into(
    inputs: Sequence[str],
    folder: Path,
    loaded: LoadedRecipe,
    options: FilterOptions,
    *,
    progress: Progress | None = None,
    notice: Notice = lambda _: None,
) -> CuratedManifest:
    """Filter files into a folder; returns the manifest.

    Args:
        inputs: Files, folders, globs, runs or `-`.
        folder: Where the result goes.
        loaded: The recipe with checks and outputs; an empty one for the defaults.
        options: How.
        progress: Told of every unit.
        notice: Told how each file is read, and what looks odd.

    Raises:
        DataError: There is nothing to read, or a file is of no shape that we know.
        OutputError: The folder is not ours, has another writer, or cannot be written.
    """
    job = _job(loaded, options, folder, notice)
    earlier = None if options.rejudge is None else _earlier(options.rejudge)
    named = find_sources([given for given in inputs if given != STDIN])
    _refuse_own_output(named, folder)
    _say_how_read(named, job, notice)
    with OutputFolder(folder, kind="curated", replace=options.replace, resumable=True) as output:
        sources = find_sources(inputs, scratch=output.work)
        _say_how_read([source for source in sources if source.name == STDIN], job, notice)
        with ThreadPoolExecutor(1) as beside, processes(_worker_count(options, sources)) as pool:
            planned = plan_sources(sources, limit=options.limit, sample=options.sample, unit_bytes=options.unit_bytes)
            job = msgspec.structs.replace(job, against=_against(job, len(planned.units)))
            output.begin(None if options.own else _identity(job, planned), spare=(SPOOLED,))
            job.scratch.mkdir(exist_ok=True)
            if earlier is not None:
                earlier.require_same_rows(job, planned.hashes)
                earlier.keep_known(job, planned.units, earlier.recalls(job, notice))
            hashes = beside.submit(lambda: planned.hashes)
            workers = Workers(job, pool)
            done = Movements(job, planned.units, workers, progress or Silent(), options.memory).run()
        gathered = _gathered(job, planned.units, done, options.memory)
        manifest = _manifest(loaded, job, hashes.result(), gathered, options)
        (output.work / CARD).write_text(_card(inputs, manifest, gathered), "utf-8")
        return output.commit(manifest, known=gathered.files)


def _earlier(folder: Path) -> "Earlier":
    from curate.pipeline.filtering.rejudge import Earlier  # noqa: PLC0415 - Polars is heavy, and few judge again

    return Earlier(folder)


def _gathered(job: Job, units: Sequence[Unit], done: Sequence[Done], memory: int) -> "Gathered":
    from curate.pipeline.filtering.gather import gather  # noqa: PLC0415 - Polars is heavy: not beside busy workers

    return gather(job, units, done, memory)


def _refuse_own_output(sources: Iterable[Source], folder: Path) -> None:
    """Check that no input lies where the result would go.

    Raises:
        UsageError: One does.
    """
    for source in sources:
        if Path(source.path).resolve().is_relative_to(folder.resolve()):
            raise UsageError(f"{one_line(source.name)} lies in {folder}, where the result would go; choose another -o")


def _say_how_read(sources: Iterable[Source], job: Job, notice: Notice) -> None:
    """Say how each file is read, or refuse it."""
    for source in sources:
        refuse_unknown_shape(source, job.columns, notice, max_line_bytes=job.max_line_bytes)


def _job(loaded: LoadedRecipe, options: FilterOptions, folder: Path, notice: Notice) -> Job:
    """Return what is to be done, every name resolved."""
    check_columns(options.columns)
    checks = plan_checks(loaded, options.checks, own=options.own, notice=notice)
    outputs = plan_outputs(loaded, options.formats)
    for said in idle_strategies(outputs, [check.name for check in checks]):
        notice(said)
    plan_schema(loaded)
    return Job(
        checks=checks,
        outputs=outputs,
        columns=options.columns,
        max_line_bytes=options.max_line_bytes,
        schema=loaded.recipe.schema_,
        base=str(loaded.base),
        name=loaded.recipe.name or "curated",
        mark=options.mark,
        work=str(folder / WORK),
    )


def _against(job: Job, units: int) -> dict[int, Against]:
    """Return what each check holds the rows against; units of earlier datasets are numbered after our own."""
    found: dict[int, Against] = {}
    for position, check in enumerate(job.checks):
        against = find_against(check.check, check.parameters, Path(job.base))
        if against == NOTHING_AGAINST:
            continue
        earlier = tuple(
            msgspec.structs.replace(unit, index=units + number) for number, unit in enumerate(against.units)
        )
        units += len(earlier)
        found[position] = msgspec.structs.replace(against, units=earlier)
    return found


def _identity(job: Job, planned: Input) -> bytes:
    """Return what must be the same for a command to go on where the same one was killed."""
    schema = None if job.schema is None else resolve(job.schema, Path(job.base)).document
    return msgspec.msgpack.encode((__version__, sys.version, job, planned.units, schema))


def _worker_count(options: FilterOptions, sources: Iterable[Source]) -> int:
    """Return how many workers to use, no more than there will be units, before the input is cut into them."""
    units = sum(most_units(source, options.unit_bytes) for source in sources)
    return 1 if options.own else min(options.workers or usual_count(units), units)


def preview(inputs: Sequence[str], loaded: LoadedRecipe, options: FilterOptions, notice: Notice) -> list[str]:
    """Say how each file would be read and return the names of the checks; nothing is written."""
    job = _job(loaded, options, Path(), notice)
    with TemporaryDirectory() as scratch:
        _say_how_read(find_sources(inputs, scratch=Path(scratch)), job, notice)
    return [check.name for check in job.checks]


def _card(inputs: Sequence[str], manifest: CuratedManifest, gathered: "Gathered") -> str:
    card = Card(
        curated=manifest,
        formats=manifest.formats,
        facts=gathered.facts,
        run=run_behind(inputs),
        figures=shipped_figures(),
    )
    return dataset_card(card)


def _manifest(
    loaded: LoadedRecipe, job: Job, inputs: Hashes, gathered: "Gathered", options: FilterOptions
) -> CuratedManifest:
    tally = gathered.tally
    names = column_names(job.checks)
    dropped = sum(tally.dropped_by.values())
    return CuratedManifest(
        curate=__version__,
        recipe=loaded.recipe.name,
        fingerprint=loaded.recipe.fingerprint(),
        marked=job.mark,
        rows=RowCounts(in_=tally.rows, kept=tally.rows - dropped, dropped=dropped, unreadable=tally.unreadable),
        lines=LineCounts(
            in_=tally.lines, with_rows=sum(tally.shapes.values()), unreadable=tally.unreadable, blank=tally.blank
        ),
        dropped_by={name: tally.dropped_by.get(name, 0) for name in names},
        outcomes={name: tally.outcomes.get(name, {}) for name in names},
        shapes=dict(sorted(tally.shapes.items())),
        formats=gathered.formats,
        origins=gathered.origins,
        checks=tuple(check.described() for check in job.checks),
        plugins=plugin_entries(job.checks),
        columns=job.columns,
        inputs=tuple(InputEntry(path=name, bytes=size, sha256=sha256) for name, size, sha256 in inputs),
        limit=options.limit,
        sample=options.sample,
    )
