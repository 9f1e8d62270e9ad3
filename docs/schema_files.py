"""`schemas/*.schema.json` from the records: types from the annotations, words from the sentence below each field."""

import ast
import inspect
import textwrap
from pathlib import Path
from typing import Any

import msgspec

from curate import export, manifests, records
from curate.pipeline.filtering.write import DroppedRow
from curate.pipeline.generating.project import Failed
from curate.problems import DroppedProblem
from curate.reading.unreadable import Unreadable
from curate.recipe import Recipe
from curate.schemas import DIALECT, SUFFIX

RECORDS: dict[str, type[msgspec.Struct]] = {
    "problem.v1": records.Problem,
    "trace.v1": records.Trace,
    "pair.v1": records.PreferencePair,
    "dropped.v1": DroppedRow,
    "unreadable.v1": Unreadable,
    "failed.v1": Failed,
    "dropped_problem.v1": DroppedProblem,
    "run_manifest.v1": manifests.RunManifest,
    "curated_manifest.v1": manifests.CuratedManifest,
    "export_manifest.v1": manifests.ExportManifest,
    **{format_.name: format_.row for format_ in export.FORMATS.values() if format_.row is not None},
}


def build() -> dict[Path, bytes]:
    """Return path to content of every schema."""
    documents = {name: _of_struct(struct) for name, struct in RECORDS.items()}
    documents["recipe"] = Recipe.model_json_schema(by_alias=True)
    return {
        Path("schemas", f"{name}{SUFFIX}"): _pretty({"$schema": DIALECT, **document})
        for name, document in documents.items()
    }


def _pretty(document: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _of_struct(struct: type[msgspec.Struct]) -> dict[str, Any]:
    document = msgspec.json.schema(struct)
    for name, definition in document.get("$defs", {}).items():
        known = _structs(struct).get(name)
        if known is not None:
            _describe(definition, known)
    return document


def _describe(definition: dict[str, Any], struct: type[msgspec.Struct]) -> None:
    words = field_words(struct)
    for field in msgspec.structs.fields(struct):
        about = definition["properties"][field.encode_name]
        about.pop("default", None)
        if field.name in words:
            about["description"] = words[field.name]


def _structs(top: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct]]:
    """Return every struct that `top` is made of, by name."""
    _, components = msgspec.json.schema_components([top])
    modules = [inspect.getmodule(top), records, manifests]
    return {name: getattr(module, name) for module in modules for name in components if hasattr(module, name)}


def field_words(cls: type) -> dict[str, str]:
    """Return field to the sentence that stands below it in the source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(tree, ast.ClassDef)
    words = {}
    for field, below in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(sentence))):
                    words[field.target.id] = " ".join(sentence.split())
    return words
