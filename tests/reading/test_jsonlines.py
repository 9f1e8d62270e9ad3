"""Lines of JSON are read as strictly as by the standard library, and written so that every reader takes them."""

import json
import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines
from curate.jsonlines import UnreadableLineError
from curate.records import Finding, Message
from tests.reading.strategies import Json, garbage, objects, spelled, texts, values

REFUSED = [
    pytest.param(b"", "ends too early", id="nothing"),
    pytest.param(b'{"a": 1', "ends too early, at character 7", id="torn"),
    pytest.param(b'{"a": "x', "broken JSON", id="torn-in-text"),
    pytest.param(b"{'a': 1}", "broken JSON at character 1", id="python"),
    pytest.param(b'{"a": 1,}', "broken JSON", id="trailing-comma"),
    pytest.param(b'{"a": "\t"}', "broken JSON", id="control-character"),
    pytest.param(b'{"a": 1}{"b": 2}', "more than one value on the line, the second at character 8", id="two-objects"),
    pytest.param(b'{"a": 1} {"b": 2}', "more than one value", id="two-objects-apart"),
    pytest.param(b'{"a": NaN}', "NaN is no JSON", id="nan"),
    pytest.param(b'{"a": -Infinity}', "-Infinity is no JSON", id="infinity"),
    pytest.param(b'{"a": 1e999}', "1e999 is out of range", id="float-out-of-range"),
    pytest.param(b'{"a": ' + b"9" * 5000 + b"}", "has 5,000 digits", id="endless-integer"),
    pytest.param(b"[1]", "an array, not an object", id="array"),
    pytest.param(b'"a"', "a string, not an object", id="string"),
    pytest.param(b"true", "a boolean, not an object", id="boolean"),
    pytest.param(b"12", "a number, not an object", id="number"),
    pytest.param(b"null", "null, not an object", id="null"),
    pytest.param(b'{"a": "\xff"}', "invalid UTF-8 at byte 7", id="invalid-utf8"),
    pytest.param(b'{"\xff": 1}', "invalid UTF-8 at byte 2", id="invalid-utf8-in-key"),
    pytest.param(b'{"a": "\xed\xa0\x80"}', "invalid UTF-8", id="surrogate-as-utf8"),
    pytest.param('{"a": 1}'.encode("utf-16"), "invalid UTF-8", id="utf16"),
    pytest.param(b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply", id="deep"),
]


@pytest.mark.parametrize("line,reason", REFUSED)
def test_refused(line: bytes, reason: str) -> None:
    """A line that is no JSON object is refused with the reason."""
    with pytest.raises(UnreadableLineError, match=reason):
        jsonlines.decode(line)


@given(objects)
def test_round_trip(row: Json) -> None:
    """What decoding can yield comes back from its line as it was, whatever text and numbers it holds."""
    line = jsonlines.encode(row)
    assert b"\n" not in line
    assert _exact(jsonlines.decode(line)) == _exact(row)


@given(spelled(objects))
def test_spellings(line: bytes) -> None:
    """However a line is spelled, its value is the one that the standard library reads."""
    assert _exact(jsonlines.decode(line)) == _exact(json.loads(line))


@given(spelled(values) | garbage, garbage, st.integers(0, 60))
def test_refuses_what_the_standard_library_refuses(line: bytes, more: bytes, cut: int) -> None:
    """Of damaged lines exactly those are read that a strict reading by the standard library accepts."""
    for damaged in (line[:cut], line + more, line[:cut] + more + line[cut:]):
        assert _outcome(damaged) == _strictly(damaged)


@given(texts)
def test_encoded_lines_are_utf8(text: str) -> None:
    """Encoded lines are UTF-8 with no raw control characters, which every reader takes."""
    line = jsonlines.encode({text: text}).decode("utf-8")
    assert not any(character < " " for character in line)
    assert json.loads(line) == {text: text}


@given(texts)
def test_lone_surrogates(text: str) -> None:
    """Lone surrogates are found, and escaped where a file cannot hold them; other text stays as it is."""
    valid = jsonlines.valid_text(text)
    assert not jsonlines.has_lone_surrogate(valid)
    assert (valid == text) is not jsonlines.has_lone_surrogate(text)


def test_record_with_big_integer_and_surrogate() -> None:
    """Records are encoded like rows, also with what msgspec refuses to encode."""
    finding = Finding(outcome="fail", reason="cut \ud83d", value=10**30)
    assert jsonlines.decode(jsonlines.encode(finding)) == {"outcome": "fail", "reason": "cut \ud83d", "value": 10**30}


def test_decode_as() -> None:
    """A line becomes a record of the type asked for, or an error that names the field."""
    line = b'{"role": "user", "content": "caf\\u00e9 \\ud83d"}'
    assert jsonlines.decode_as(line, Message) == Message(role="user", content="caf\u00e9 \ud83d")
    with pytest.raises(msgspec.ValidationError, match="content"):
        jsonlines.decode_as(b'{"role": "user", "content": 1}', Message)
    with pytest.raises(UnreadableLineError):
        jsonlines.decode_as(b'{"role"', Message)


@given(spelled(values), st.integers(0, 8))
def test_nesting(line: bytes, depth: int) -> None:
    """The depth of a line is that of its value; brackets inside of texts do not count."""
    assert jsonlines.nested_beyond(line, depth) == (_depth(json.loads(line)) > depth)


def _exact(value: object) -> str:
    """Tell 1, 1.0 and True apart, and -0.0 from 0.0, which `==` does not; the order of keys counts."""
    return repr(value)


def _outcome(line: bytes) -> str | None:
    try:
        return _exact(jsonlines.decode_value(line))
    except UnreadableLineError:
        return None


def _strictly(line: bytes) -> str | None:
    """Read as the standard library does, without what it adds to JSON."""
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except ValueError:
        return None
    return None if _holds_infinity(value) else _exact(value)


def _refuse(name: str) -> None:
    raise ValueError(name)


def _holds_infinity(value: object) -> bool:
    if isinstance(value, list | dict):
        return any(map(_holds_infinity, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) and math.isinf(value)


def _depth(value: object) -> int:
    if isinstance(value, list | dict):
        inner = value.values() if isinstance(value, dict) else value
        return 1 + max(map(_depth, inner), default=0)
    return 0
