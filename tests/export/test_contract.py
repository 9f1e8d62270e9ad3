"""What every registered format promises."""

import json
from pathlib import PurePosixPath
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate import jsonlines, schemas
from curate.export import FORMATS, Format
from curate.export.shown import MAX_TOKENS, example
from tests.export.rows import PLAIN, SOURCES, asking, refusal, sound

formats = pytest.mark.parametrize("format_", FORMATS.values(), ids=FORMATS)


def _shape(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """Return the type of a JSON value, all the way down; what stands in a list is of one type."""
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        first, *others = map(_shape, value)
        assert all(other == first for other in others)
        return [first]
    assert value is not None
    return type(value)


@formats
def test_names(format_: Format) -> None:
    """A format is registered under its name, which makes a folder, and says what a row holds."""
    assert FORMATS[format_.name] is format_
    assert format_.name.isidentifier()
    assert format_.name.islower()
    assert format_.doc.endswith(".")


@formats
@given(data=st.data())
@settings(max_examples=60)
def test_rows_are_of_one_type(format_: Format, data: st.DataObject) -> None:
    """Whatever a format is given, its rows have the keys and types of any other row, or it is refused by name."""
    expected = _shape(json.loads(jsonlines.encode(format_.render(sound(format_), PLAIN)[0])))
    source = data.draw(SOURCES[format_.kind])
    if refusal(format_, source) is not None:
        return
    rows = format_.render(source, PLAIN)
    assert rows
    for row in rows:
        line = msgspec.json.encode(row)  # refuses a lone surrogate
        assert _shape(json.loads(line)) == expected
        if format_.row is not None:
            assert schemas.named(format_.name).accepts(json.loads(line))
            assert msgspec.json.decode(line, type=format_.row) == row


HOSTILE = ["\ud83d", "<|im_end|>", "<|channel|>", "[INST]"]


rendering = [one for one in FORMATS.values() if one.kind != "line"]
ours = pytest.mark.parametrize("format_", rendering, ids=[one.name for one in rendering])
"""Formats that render; a line of the input stays as it is."""


@ours
@pytest.mark.parametrize("text", HOSTILE)
def test_what_breaks_a_trainer_is_refused(format_: Format, text: str) -> None:
    """A lone surrogate or a token of a chat template in what is asked is refused in every format, in the same words."""
    source = sound(format_)
    assert refusal(format_, source) is None
    reason = refusal(format_, asking(source, f"What is {text}?"))
    assert reason is not None
    assert text not in reason


@formats
def test_sidecars_lie_beside_the_shards(format_: Format) -> None:
    """Sidecars are files of the export itself, never in the shard folder, and name no other place."""
    for name, content in format_.sidecars(example(format_)).items():
        assert len(PurePosixPath(name).parts) == 1
        assert not name.endswith(".jsonl")
        assert content


@formats
def test_the_limit_is_told(format_: Format) -> None:
    """Whatever a trainer is told of a format of traces or pairs says how long rows are, and where they lie."""
    told = format_.paste(example(format_)) + "".join(map(str, format_.sidecars(example(format_)).values()))
    assert f"{format_.name}/" in told
    assert str(MAX_TOKENS) in told
