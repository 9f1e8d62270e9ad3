"""Files against a schema, folders against their manifests, recipes against what exists."""

from collections.abc import Iterator
from pathlib import Path

from curate import jsonlines
from curate.errors import CurateError, DataError
from curate.folders import describe_file, read_manifest
from curate.jsonlines import UnreadableLineError
from curate.pipeline.generate import CURATED
from curate.pipeline.plan import plan_checks, plan_outputs, plan_schema, plan_teachers, require_generating
from curate.recipe import load
from curate.schemas import Schema
from curate.sources import plan_input, read_lines

RECIPE_SUFFIXES = (".yaml", ".yml")


def faults_of(target: str, schema: Schema) -> Iterator[str]:
    """Yield every fault of a target, one line each: a recipe, a folder of ours, or JSONL files judged by `schema`.

    Raises:
        DataError: The target does not exist.
    """
    path = Path(target)
    if path.suffix in RECIPE_SUFFIXES:
        yield from _faults_of_recipe(target)
    elif path.is_dir() and read_manifest(path) is not None:
        yield from _faults_of_folder(path)
        if read_manifest(path / CURATED) is not None:
            yield from _faults_of_folder(path / CURATED)
    else:
        yield from _faults_of_files(target, schema)


def _faults_of_recipe(target: str) -> Iterator[str]:
    if not Path(target).exists():
        raise DataError(f"{target} does not exist")
    try:
        loaded = load(target)
        plan_checks(loaded)
        plan_outputs(loaded)
        plan_schema(loaded)
        if loaded.recipe.problems or loaded.recipe.teacher:
            require_generating(loaded)
            plan_teachers(loaded)
    except CurateError as error:
        yield str(error)


def _faults_of_folder(folder: Path) -> Iterator[str]:
    """Hold every file against the manifest: is it there, is it whole, are its rows as many; and the sums."""
    manifest = read_manifest(folder) or {}
    for entry in manifest["files"]:
        path = folder / entry["path"]
        if not path.is_file():
            yield f"{path}: missing"
            continue
        found = describe_file(path, folder)
        if found.bytes != entry["bytes"] or found.sha256 != entry["sha256"]:
            yield f"{path}: not what the manifest says ({found.bytes:,} bytes, {entry['bytes']:,} expected)"
    rows = manifest.get("rows")
    if rows is not None and rows["in"] != rows["kept"] + rows["dropped"]:
        yield f"{folder}: rows do not add up: {rows}"
    samples = manifest.get("samples")
    if samples is not None and samples["planned"] != samples["traces"] + samples["failed"] + samples["pending"]:
        yield f"{folder}: samples do not add up: {samples}"


def _faults_of_files(target: str, schema: Schema) -> Iterator[str]:
    for unit in plan_input([target]).units:
        for line in read_lines(unit):
            if line.is_blank:
                continue
            try:
                value = jsonlines.decode(line.data)
            except UnreadableLineError as error:
                yield f"{unit.source.name}:{line.number}: {error}"
            else:
                if not schema.accepts(value):
                    yield f"{unit.source.name}:{line.number}: {schema.explain(value)}"
