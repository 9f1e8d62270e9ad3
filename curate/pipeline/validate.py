"""Files against a schema, folders against their manifests, recipes against what exists."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from curate.errors import CurateError, DataError
from curate.export import FORMATS
from curate.folders import describe_file, read_manifest
from curate.jsonlines import UnreadableLineError
from curate.layout import CURATED
from curate.manifests import CuratedManifest, ExportManifest, FormatCounts
from curate.pipeline.exporting.planning import plan_outputs
from curate.pipeline.generating.prompting import plan_prompts
from curate.pipeline.generating.teaching import plan_teachers, require_generating
from curate.pipeline.plan import plan_checks, plan_schema
from curate.protocols import Notice
from curate.reading.lines import decode_line, read_lines
from curate.reading.sources import plan_input
from curate.recipe import load, shipped_recipes
from curate.schemas import Schema

RECIPE_SUFFIXES = (".yaml", ".yml")


def faults_of(target: str, schema: Schema, notice: Notice = lambda _: None) -> Iterator[str]:
    """Yield every fault of a target, one line each: a recipe, a folder of ours, or JSONL files judged by `schema`.

    The plugins of a recipe are run, and `notice` is told so.

    Raises:
        DataError: The target does not exist.
    """
    path = Path(target)
    if path.suffix in RECIPE_SUFFIXES or (not path.exists() and target in shipped_recipes()):
        yield from _faults_of_recipe(target, notice)
    elif path.is_dir() and read_manifest(path) is not None:
        yield from _faults_of_folder(path)
        if read_manifest(path / CURATED) is not None:
            yield from _faults_of_folder(path / CURATED)
            yield from _faults_of_age(path)
    else:
        yield from _faults_of_files(target, schema)


def _faults_of_recipe(target: str, notice: Notice) -> Iterator[str]:
    if not Path(target).exists() and target not in shipped_recipes():
        raise DataError(f"{target} does not exist")
    try:
        loaded = load(target)
        plan_checks(loaded, notice=notice)
        plan_outputs(loaded)
        plan_schema(loaded)
        if loaded.recipe.problems or loaded.recipe.teacher:
            require_generating(loaded)
            plan_teachers(loaded)
            plan_prompts(loaded)
    except CurateError as error:
        yield str(error)


def _faults_of_folder(folder: Path) -> Iterator[str]:
    """Hold every file against the manifest: is it there, and is it whole; and hold the sums against one another."""
    manifest = read_manifest(folder)
    assert manifest is not None
    for entry in manifest.files:
        path = folder / entry.path
        if not path.is_file():
            yield f"{path}: missing"
            continue
        found = describe_file(path, folder)
        if found != entry:
            yield f"{path}: not what the manifest says ({found.bytes:,} bytes, {entry.bytes:,} expected)"
    if isinstance(manifest, CuratedManifest):
        rows, lines = manifest.rows, manifest.lines
        if rows.in_ != rows.kept + rows.dropped or rows.dropped != sum(manifest.dropped_by.values()):
            yield f"{folder}: rows do not add up: {rows}"
        if lines.in_ != lines.with_rows + lines.unreadable + lines.blank:
            yield f"{folder}: lines do not add up: {lines}"
        yield from _faults_of_formats(folder, manifest.formats, rows.kept)
    elif isinstance(manifest, ExportManifest):
        yield from _faults_of_formats(folder, manifest.formats, manifest.rows)
    else:
        samples = manifest.samples
        if samples.planned != samples.traces + samples.failed + samples.pending:
            yield f"{folder}: samples do not add up: {samples}"


def _faults_of_formats(folder: Path, formats: Mapping[str, FormatCounts], kept: int) -> Iterator[str]:
    """Hold the rows of each format against those that were kept; pairs and judged samples are counted another way."""
    for name, counts in formats.items():
        found = sum(counts.rows.values()) + counts.repeated + sum(counts.refused.values())
        if name in FORMATS and FORMATS[name].kind in {"trace", "line", "problem"} and found != kept:
            yield f"{folder}: rows of {name} do not add up: {found:,} written, repeated or refused, {kept:,} kept"


def _faults_of_age(run: Path) -> Iterator[str]:
    """Hold what was curated against the traces that are there now."""
    traces, curated = read_manifest(run), read_manifest(run / CURATED)
    assert traces is not None
    now = {entry.sha256 for entry in traces.files}
    if isinstance(curated, CuratedManifest) and {entry.sha256 for entry in curated.inputs} - now:
        yield f"{run / CURATED}: made from other traces than are there now; run `curate filter {run}` again"


def _faults_of_files(target: str, schema: Schema) -> Iterator[str]:
    for unit in plan_input([target]).units:
        for line in read_lines(unit):
            if line.is_blank:
                continue
            try:
                value = decode_line(line)
            except UnreadableLineError as error:
                yield f"{unit.source.name}:{line.number}: {error}"
            else:
                if not schema.accepts(value):
                    yield f"{unit.source.name}:{line.number}: {schema.explain(value)}"
