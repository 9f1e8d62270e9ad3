"""JSON Schema (2020-12): load one by name, judge values by it, explain what it refuses.

The committed files in `schemas/` are what is applied at run time. `jsonschema-rs` decides, because it is fast;
`jsonschema`, the reference, is asked only to explain a refusal, and a test holds that the two agree.
"""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from curate import jsonlines, shipped
from curate.errors import UsageError
from curate.escaping import clipped
from curate.records import JSON

if TYPE_CHECKING:
    import jsonschema_rs
    from jsonschema.protocols import Validator

SUFFIX = ".schema.json"
BASE = "file:///schemas/"
"""What relative references are resolved against; only the last part of the result, a file's name, is ever used."""
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Schema:
    """A schema, ready to judge.

    Args:
        document: The schema itself.
        folder: Where `$ref` to files is looked up, beside the shipped schemas; nothing else is ever opened.
    """

    def __init__(self, document: JSON, folder: Path | None = None) -> None:
        self.document = document
        self.folder = folder

    def accepts(self, value: Any) -> bool:  # noqa: ANN401 - any JSON value
        """Say whether `value`, as decoded from JSON, fits."""
        try:
            return self._fast.is_valid(value)
        except UnicodeEncodeError:  # a lone surrogate in a key
            return bool(self._reference.is_valid(value))

    def explain(self, value: Any) -> str | None:  # noqa: ANN401 - any JSON value
        """Return the most telling fault as `/pointer: sentence`, or None when `value` fits."""
        from jsonschema.exceptions import best_match  # noqa: PLC0415 - slow to import, rarely needed

        if self._has_patterns:
            return self._explained_fast(value)
        error = best_match(self._reference.iter_errors(value))
        return None if error is None else _told(error.absolute_path, error.message)

    @cached_property
    def _has_patterns(self) -> bool:
        """Whether regular expressions meet values: Python's may take for ever on some, the fast ones do not."""
        return b'"pattern' in jsonlines.encode(self.document)

    def _explained_fast(self, value: Any) -> str | None:  # noqa: ANN401 - any JSON value
        error = next(self._fast.iter_errors(value), None)
        return None if error is None else _told(error.instance_path, error.message)

    @cached_property
    def _fast(self) -> "jsonschema_rs.Validator":
        import jsonschema_rs  # noqa: PLC0415 - only where rows are validated

        try:
            return jsonschema_rs.validator_for(self.document, retriever=self._retrieve, base_uri=BASE)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
            raise UsageError(f"the schema cannot be used: {error}") from None

    @cached_property
    def _reference(self) -> "Validator":
        from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, rarely needed
        from referencing import Registry, Resource  # noqa: PLC0415 - likewise
        from referencing.jsonschema import DRAFT202012  # noqa: PLC0415 - likewise

        def retrieve(uri: str) -> "Resource[Any]":
            return Resource.from_contents(self._retrieve(uri), default_specification=DRAFT202012)

        document = {"$id": BASE, **self.document}
        return Draft202012Validator(document, registry=Registry(retrieve=retrieve))  # type: ignore[call-arg] # attrs hides the parameter

    def _retrieve(self, uri: str) -> JSON:
        """Return the document behind a `$ref`: a file of the schema's own folder, or a shipped schema."""
        name = Path(unquote(urlsplit(uri).path)).name
        for folder in (self.folder, shipped.shelf("schemas")):
            if folder is not None and (folder / name).is_file():
                return jsonlines.decode((folder / name).read_bytes())
        raise UsageError(f"the schema refers to {uri}, which is neither in its folder nor one of ours")


MESSAGE_LENGTH = 300


def _told(path: Iterable[str | int], fault: str) -> str:
    """Return a fault with the JSON pointer to where it is."""
    pointer = "".join(f"/{_escaped(part)}" for part in path)
    return f"{pointer or '/'}: {clipped(fault, MESSAGE_LENGTH)}"


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def names() -> list[str]:
    """Return the names of the shipped schemas."""
    return shipped.names("schemas", SUFFIX)


@cache
def named(name: str) -> Schema:
    """Return a shipped schema by its name, such as `trace.v1`.

    Raises:
        UsageError: There is no schema of that name.
    """
    path = shipped.shelf("schemas") / f"{name}{SUFFIX}"
    if name not in names():
        raise UsageError(f"there is no schema {name!r}; there are {', '.join(names())}")
    return Schema(jsonlines.decode(path.read_bytes()))


def from_file(path: Path) -> Schema:
    """Return the schema in a file of the user's.

    Raises:
        UsageError: The file is missing, no JSON, or no schema.
    """
    try:
        document = jsonlines.decode(path.read_bytes())
    except OSError as error:
        raise UsageError(f"the schema {path} cannot be read: {error.strerror}") from error
    except jsonlines.UnreadableLineError as error:
        raise UsageError(f"the schema {path} is no JSON object: {error}") from error
    fault = next(_faults_of_schema(document), None)
    if fault:
        raise UsageError(f"{path} is no JSON Schema: {fault}")
    schema = Schema(document, path.parent)
    schema.accepts(None)  # a `$ref` that leads nowhere shows now, not at the first row
    return schema


def resolve(reference: str, base: Path) -> Schema:
    """Return a schema by its shipped name, or from its file; see `place_of`."""
    return named(reference) if reference in names() else from_file(place_of(reference, base))


def place_of(reference: str, base: Path) -> Path:
    """Return the file that is meant: relative to `base`, or beside the shipped recipes, for copies of them."""
    of_recipes = {f"{name}{SUFFIX}" for name in shipped.names("recipes", SUFFIX)}
    is_ours = reference in of_recipes and not (base / reference).exists()
    return (shipped.shelf("recipes") if is_ours else base) / reference


def _faults_of_schema(document: JSON) -> Iterator[str]:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, rarely needed

    for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(document):
        yield f"{error.json_path}: {clipped(error.message, MESSAGE_LENGTH)}"
