"""Traces of ours, read in one step from their bytes."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines, records
from curate.records import Trace
from curate.traces import own
from curate.traces.foreign import StructureError, read_row
from curate.traces.own import read_own
from tests.reading.strategies import Json, garbage, integers, objects, spelled, texts, values

maybe_texts = st.none() | texts
counts = st.none() | integers | values
_USAGE = dict.fromkeys(("prompt_tokens", "completion_tokens", "reasoning_tokens"), counts)
_SAMPLING: dict[Any, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("model", "provider", "style"), maybe_texts | values),
    **dict.fromkeys(("temperature", "top_p"), st.none() | st.floats(0, 2) | integers | values),
    **dict.fromkeys(("max_tokens", "seed"), counts),
}
_PROBLEM: dict[Any, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("reference", "domain", "family", "source"), maybe_texts | values),
    "difficulty": counts,
}
problems = st.fixed_dictionaries({"id": texts, "text": texts}, optional=_PROBLEM)
messages = st.lists(st.fixed_dictionaries({"role": texts, "content": texts}), max_size=2)
fields: dict[Any, st.SearchStrategy[Any]] = {
    "messages": messages | values,
    "reasoning": texts | values,
    "steps": st.lists(texts, max_size=2) | values,
    "response": texts,
    "answer": maybe_texts | values,
    "data": objects | values,
    "finish_reason": st.sampled_from(["stop", "length", None, "odd"]),
    "usage": st.fixed_dictionaries({}, optional=_USAGE) | values,
    "teacher": st.fixed_dictionaries({}, optional=_SAMPLING) | values,
    "sample": st.integers(0, 9) | st.sampled_from([2.0, 2.5, True]) | values,
    "pass_rate": st.none() | st.floats(0, 1) | integers | values,
    "origin": st.fixed_dictionaries({}, optional={"file": texts, "line": integers}) | values,
    "extra": objects | values,
    "label": values,
}
traces = st.fixed_dictionaries(
    {"schema_version": st.sampled_from([1, 1, 1, 1.0, True, 2]), "id": texts, "problem": problems | values},
    optional=fields,
)


def _slowly(line: bytes) -> Trace | str:
    """Return what the careful way makes of a line, or why it refuses it."""
    try:
        read = read_row(jsonlines.decode(line), {})
    except (StructureError, ValueError) as error:
        return str(error)
    return read.traces[0] if read.shape == "trace" else read.shape


@given(spelled(traces) | spelled(traces) | garbage | spelled(objects))
def test_the_quick_way_agrees(line: bytes) -> None:
    """What the quick way reads, the careful way reads as well, field by field the same."""
    read = read_own(line)
    if read is not None:
        slowly = _slowly(line)
        assert isinstance(slowly, Trace), slowly
        assert msgspec.structs.asdict(slowly) == _plain(msgspec.structs.asdict(read.traces[0]))
        assert read.shape == "trace"


def _plain(trace: Json) -> Json:
    """Return the fields of a trace with the records of the house in place of their strict twins."""
    twins = {twin: twin.__mro__[1] for twin in (own._Problem, own._Message, own._Usage, own._Sampling, own._Origin)}  # noqa: SLF001 - the twins are nobody else's

    def plain(value: Any) -> Any:  # noqa: ANN401 - any field
        if type(value) in twins:
            return twins[type(value)](**msgspec.structs.asdict(value))
        return tuple(map(plain, value)) if isinstance(value, tuple) else value

    return {name: plain(value) for name, value in trace.items()}


GOOD = b'{"schema_version":1,"id":"a","problem":{"id":"p","text":"Why?"}%b}'


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(b',"label":"\xff"', id="no-utf8-in-a-column-of-theirs"),
        pytest.param(b',"label":1e999', id="a-number-out-of-range"),
        pytest.param(b',"usage":{"cost":"\xff"}', id="no-utf8-further-in"),
        pytest.param(b',"sample":2.0', id="a-whole-number-with-a-point"),
        pytest.param(b',"response":"\\ud83d"', id="a-lone-surrogate"),
    ],
)
def test_what_is_left_to_the_careful_way(more: bytes) -> None:
    """Whatever one would have to look at twice is left to the careful way."""
    assert read_own(GOOD % b"") is not None
    assert read_own(GOOD % more) is None


def test_a_trace_of_every_field_is_read_quickly() -> None:
    """A trace that has all fields, as we write them, goes the quick way, and its origin and columns are hidden."""
    trace = Trace(
        id="a",
        problem=records.Problem(id="p", text="Why?", difficulty=3),
        messages=(records.Message(role="user", content="Why?"),),
        usage=records.Usage(completion_tokens=5),
        teacher=records.Sampling(temperature=1, seed=2**70),
        origin=records.Origin(fault="truncated"),
        extra={"label": 1},
        pass_rate=0.5,
    )
    read = read_own(jsonlines.encode(trace))
    assert read is not None
    assert (read.traces[0].origin, read.traces[0].extra) == (records.Origin(), {})
    assert read.traces[0].teacher.seed == 2**70
