"""The schemas, and the two validators behind them."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate import schemas, shipped
from curate.errors import UsageError
from curate.recipe import shipped_recipes
from curate.recipe.located import Located
from curate.records import Message, Origin, Problem, Sampling, Trace, Usage
from curate.schemas import Schema
from curate.traces.foreign import StructureError, read_row

text = st.text(max_size=20)
maybe_text = st.none() | text
count = st.none() | st.integers(0, 2**70)
problem = st.builds(
    Problem, id=text, text=text, reference=maybe_text, domain=maybe_text, difficulty=st.none() | st.integers(1, 5)
)
trace = st.builds(
    Trace,
    id=text,
    problem=problem,
    messages=st.lists(st.builds(Message, role=text, content=text), max_size=2).map(tuple),
    reasoning=text,
    steps=st.lists(text, max_size=3).map(tuple),
    response=text,
    answer=maybe_text,
    finish_reason=st.none() | st.sampled_from(["stop", "length"]),
    usage=st.builds(Usage, prompt_tokens=count, completion_tokens=count),
    teacher=st.builds(Sampling, model=maybe_text, temperature=st.none() | st.floats(0, 2)),
    pass_rate=st.none() | st.floats(0, 1),
    origin=st.builds(Origin, file=maybe_text, line=count),
    extra=st.dictionaries(text, st.integers() | text, max_size=2),
)

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3), max_leaves=8
)
WRONG: list[Any] = [None, True, 1, 1.5, 3.0, "x", [], {}, ["x"], {"a": 1}]


@given(trace)
@settings(max_examples=100)
def test_every_trace_validates_and_reads_back(one: Trace) -> None:
    """A trace that we write fits its schema, and is read back as it was, but for what no check may see."""
    row = json.loads(msgspec.json.encode(one))
    assert schemas.named("trace.v1").accepts(row)
    assert schemas.named("trace.v1").explain(row) is None
    read = read_row(row, {}).traces[0]
    assert read == msgspec.structs.replace(one, origin=Origin(), extra={})


@given(trace, st.data())
@settings(max_examples=200)
def test_validators_agree_on_broken_traces(one: Trace, data: st.DataObject) -> None:
    """The fast validator and the reference agree on a trace with anything in any place, and so does reading it."""
    row = json.loads(msgspec.json.encode(one))
    holder = data.draw(st.sampled_from([row, row["problem"], row["usage"], row["teacher"], row["origin"]]))
    holder[data.draw(st.sampled_from(sorted(holder)))] = data.draw(st.sampled_from(WRONG))
    schema = schemas.named("trace.v1")
    accepted = schema.accepts(row)
    assert accepted is (schema.explain(row) is None)
    if row.get("schema_version") == 1 and isinstance(row["problem"], dict):
        if accepted:
            assert read_row(row, {}).shape == "trace"
        else:
            with pytest.raises(StructureError, match="/"):
                read_row(row, {})


KEYWORDS: list[dict[str, Any]] = [
    {"type": "object", "required": ["a"]},
    {"properties": {"a": {"type": ["string", "null"]}}},
    {"additionalProperties": {"type": "integer"}},
    {"enum": [1, "x", None]},
    {"anyOf": [{"type": "string"}, {"type": "null"}]},
    {"type": "array", "items": {"type": "number"}, "minItems": 1},
    {"const": 3},
    {"minimum": 0, "exclusiveMaximum": 5, "multipleOf": 2},
    {"pattern": "^[a-z]+$", "minLength": 2, "maxLength": 4},
    {"$ref": "#/$defs/x", "$defs": {"x": {"type": "boolean"}}},
    {"oneOf": [{"type": "integer"}, {"minimum": 2}], "not": {"const": 4}},
    {"maximum": 3, "exclusiveMinimum": 0},
    {"minProperties": 1, "maxProperties": 2, "propertyNames": {"maxLength": 1}},
    {"patternProperties": {"^[a-m]": {"type": "integer"}}},
    {"type": "array", "uniqueItems": True, "prefixItems": [{"type": "string"}]},
]


@pytest.mark.parametrize("document", KEYWORDS, ids="-".join)
@given(values)
@settings(max_examples=60)
def test_validators_agree_on_every_keyword(document: dict[str, Any], value: object) -> None:
    """The fast validator and the reference agree on any value, keyword by keyword."""
    schema = Schema(document)
    assert schema.accepts(value) is (schema.explain(value) is None)


def _keywords_of(document: Any) -> set[str]:  # noqa: ANN401 - any JSON value
    """Return the keywords that a schema uses, in it and below it."""
    if isinstance(document, list):
        return {keyword for item in document for keyword in _keywords_of(item)}
    if not isinstance(document, dict):
        return set()
    found = set(document)
    for keyword, value in document.items():
        below = value.values() if keyword in {"properties", "$defs", "patternProperties"} else [value]
        if keyword not in {"enum", "const", "default", "examples", "required", "discriminator"}:
            found |= {inner for item in below for inner in _keywords_of(item)}
    return found


SAYS_NOTHING = {"$schema", "title", "description", "default", "discriminator"}
"""Keywords with which nothing is accepted or refused."""


def test_every_keyword_of_ours_is_held_against_the_reference() -> None:
    """The agreement of the validators is tested on every keyword that a shipped schema uses."""
    used = {keyword for name in schemas.names() for keyword in _keywords_of(schemas.named(name).document)}
    assert used - SAYS_NOTHING <= {keyword for document in KEYWORDS for keyword in _keywords_of(document)}


types = st.sampled_from(["object", "array", "string", "integer", "number", "boolean", "null"])
small = st.integers(0, 4)


def _objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    properties = st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": types | st.lists(types, min_size=1, max_size=3, unique=True),
            "properties": properties,
            "required": st.lists(st.sampled_from("abc"), max_size=2, unique=True),
            "additionalProperties": st.booleans() | inner,
            "items": inner,
            "minItems": small,
            "maxItems": small,
            "minLength": small,
            "maxLength": small,
            "minProperties": small,
            "maxProperties": small,
            "minimum": st.integers(-3, 3) | st.floats(-3, 3),
            "exclusiveMaximum": st.integers(-3, 3),
            "multipleOf": st.sampled_from([1, 2, 0.5]),
            "enum": st.lists(values, min_size=1, max_size=3),
            "const": values,
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "oneOf": st.lists(inner, min_size=1, max_size=2),
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "not": inner,
        },
    )


documents = st.recursive(_objects(st.booleans()), _objects, max_leaves=4)
near = st.recursive(
    scalars | st.sampled_from([0, 1, 2, -1, 0.5, 1.0, "", "ab"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
"""Values of the kind that generated schemas speak of."""


@given(documents, st.lists(near, min_size=1, max_size=5))
@settings(max_examples=300)
def test_validators_agree_on_generated_schemas(document: dict[str, Any], candidates: list[Any]) -> None:
    """The fast validator and the reference agree on any value under any schema."""
    schema = Schema(document)
    for value in candidates:
        assert schema.accepts(value) is (schema.explain(value) is None), value


def test_lone_surrogates_are_judged() -> None:
    """A lone surrogate, in a key or a value, is a character like any other."""
    schema = Schema({"additionalProperties": {"type": "string"}})
    assert schema.accepts({"\ud800": "\udfff"})
    assert not schema.accepts({"\ud800": 1})


def test_fault_is_a_pointer_and_a_sentence() -> None:
    """A refusal says where, as a JSON pointer, and what."""
    schema = Schema({"properties": {"a/b": {"items": {"type": "integer"}}}})
    assert schema.explain({"a/b": [1, "x"]}) == "/a~1b/1: 'x' is not of type 'integer'"


def test_references_stay_in_the_folder(tmp_path: Path) -> None:
    """`$ref` reaches files beside the schema and shipped ones, and nothing else."""
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.schema.json").write_text('{"type": "string"}')
    (tmp_path / "inside" / "part.schema.json").write_text('{"type": "integer"}')
    schema = schema_in(tmp_path / "inside", {"properties": {"a": {"$ref": "part.schema.json"}}})
    assert schema.accepts({"a": 1})
    assert not schema.accepts({"a": "x"})
    shipped = schema_in(tmp_path / "inside", {"$ref": "problem.v1.schema.json"})
    assert shipped.accepts({"id": "a", "text": "b"})
    for reference in ("../secret.schema.json", "https://example.org/part.json", "/etc/hostname"):
        with pytest.raises(UsageError, match="neither in its folder nor one of ours"):
            schema_in(tmp_path / "inside", {"$ref": reference}).accepts({})


def schema_in(folder: Path, document: dict[str, Any]) -> Schema:
    """Return a schema that stands in a folder."""
    path = folder / "own.schema.json"
    path.write_text(json.dumps(document))
    return schemas.from_file(path)


@pytest.mark.parametrize(
    "content,words",
    [
        pytest.param(b"{", "no JSON object", id="broken"),
        pytest.param(b"[1]", "no JSON object", id="an array"),
        pytest.param(b'{"type": "text"}', "no JSON Schema", id="no schema"),
    ],
)
def test_bad_schema_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """A file that is no schema is refused with its name."""
    path = tmp_path / "own.schema.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=words):
        schemas.from_file(path)


@pytest.mark.parametrize("name", schemas.names())
def test_shipped_schemas_are_schemas(name: str) -> None:
    """Every shipped schema is valid, says its dialect, and describes every property."""
    path = shipped.shelf("schemas") / f"{name}{schemas.SUFFIX}"
    document = schemas.from_file(path).document
    assert document["$schema"] == schemas.DIALECT
    for definition in [document, *document.get("$defs", {}).values()]:
        for key, about in definition.get("properties", {}).items():
            assert "description" in about or "$ref" in about or about.get("const"), f"{name}: {key}"


@pytest.mark.parametrize("name", shipped_recipes())
def test_recipes_fit_their_schema(name: str) -> None:
    """The recipe's schema accepts what a person writes: one or a list, a count or a mapping, a name or parameters."""
    plain = Located((shipped.shelf("recipes") / f"{name}.yaml").read_text("utf-8"), name).plain()
    assert schemas.named("recipe").explain(plain) is None
    assert schemas.named("recipe").explain({**plain, "techer": 1}) is not None
