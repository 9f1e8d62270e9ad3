"""Rows of several generations, identical rows, and the ids by which they go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import jsonlines, schemas
from tests.filtering.results import filtered, jsonl, sound
from tests.filtering.rows import generations, some
from tests.reading.strategies import Json

GOOD = "Three times four is twelve, and two more make fourteen. The answer is 14."
CUT = "Three times four is twelve, and two more"
ROW = {
    "question": "What is 3 * 4 + 2?",
    "generations": [GOOD, CUT, GOOD],
    "finish_reasons": ["stop", "length", "stop"],
    "gold": "14",
    "model": "m",
    "max_tokens": 7,
    "label": {"good": [True, False, True]},
}


def test_each_generation_is_a_row() -> None:
    """Each of several generations is a trace with its own reply, finish reason, sample and id."""
    result = filtered(jsonl(sound(), ROW))
    assert result.manifest.shapes == {"generations": 1, "reply": 1}
    assert result.manifest.rows.in_ == 4
    kept = result.rows("kept")[1:]
    (dropped,) = result.rows("dropped")
    traces = [kept[0], dropped["row"], kept[1]]
    assert [trace["response"] for trace in traces] == ROW["generations"]
    assert [trace["finish_reason"] for trace in traces] == ROW["finish_reasons"]
    assert [trace["sample"] for trace in traces] == [0, 1, 2]
    assert [trace["id"] for trace in traces] == result.column("id")[1:]
    assert len({trace["id"] for trace in traces}) == 3
    assert {trace["problem"]["id"] for trace in traces} == {result.column("problem_id")[1]}


@pytest.mark.parametrize("reasons", [None, ["length"], ["length", "length"], "length", [1, 2, 3]])
def test_finish_reasons_that_do_not_fit(reasons: object) -> None:
    """Finish reasons that are not one for each generation are not used, and are kept as they were."""
    result = filtered(jsonl({**ROW, "finish_reasons": reasons}), {"checks": []})
    assert [row["finish_reason"] for row in result.rows("kept")] == [None, None, None]
    assert all(row["extra"]["finish_reasons"] == reasons for row in result.rows("kept"))


def test_finish_reasons_of_which_one_is_unknown() -> None:
    """Of finish reasons those that are known are used, and where one is not they are all kept as they were."""
    result = filtered(jsonl({**ROW, "finish_reasons": ["odd", "length", None]}), {"checks": []})
    assert [row["finish_reason"] for row in result.rows("kept")] == [None, "length", None]
    assert all(row["extra"]["finish_reasons"] == ["odd", "length", None] for row in result.rows("kept"))


@some
@given(generations, st.integers(2, 3))
def test_no_column_is_lost(row: Json, count: int) -> None:
    """A row of several generations is written as traces that hold each of its columns, used or unharmed in `extra`."""
    row["generations"] = [f"{text} {place}" for place, text in enumerate((row["generations"] * 3)[:count])]
    result = filtered(jsonl(sound(), row), {"checks": []})
    for trace in result.rows("kept")[1:]:
        assert schemas.named("trace.v1").explain(trace) is None
        for name, value in row.items():
            assert trace["extra"].get(name, _in_fields(trace, row).get(name)) == value or _is_reference(trace, name)


def _in_fields(trace: Json, row: Json) -> Json:
    """Return by column what the fields of a trace hold of it."""
    stated = row.get("finish_reasons", [])
    used = len(stated) == len(row["generations"]) and trace["finish_reason"] == stated[trace["sample"]]
    return {
        "question": trace["problem"]["text"],
        "model": trace["teacher"]["model"],
        "max_tokens": trace["teacher"]["max_tokens"],
        "generations": row["generations"],
        "finish_reasons": stated if used else None,
    }


def _is_reference(trace: Json, name: str) -> bool:
    return name == "gold" and trace["problem"]["reference"] is not None


def test_kept_traces_are_read_again() -> None:
    """What was written of several generations is read again as traces of ours, with the same ids and verdicts."""
    first = filtered(jsonl(ROW, ROW), {"checks": ["wrong_answer"]})
    again = filtered(first.whole("kept"), {"checks": ["wrong_answer"]})
    assert again.manifest.shapes == {"trace": 6}
    assert again.whole("kept") == first.whole("kept")
    assert [again.column(name) for name in ("id", "problem_id", "wrong_answer")] == [
        first.column(name) for name in ("id", "problem_id", "wrong_answer")
    ]
    assert again.whole("messages") == first.whole("messages")


def test_one_generation_is_a_trace_as_well() -> None:
    """A row of one generation is written like its neighbours of several."""
    (trace,) = filtered(jsonl({**ROW, "generations": [GOOD], "finish_reasons": ["stop"]})).rows("kept")
    assert (trace["schema_version"], trace["response"], trace["finish_reason"]) == (1, GOOD, "stop")


SAME = sound(7)
LAST = sound(8)


@pytest.mark.parametrize("unit_bytes", [1, 2**20])
def test_identical_rows(unit_bytes: int) -> None:
    """Identical rows are numbered alike in any order of files, and equal lines of them in input order."""
    labelled = {**SAME, "label": 1}
    data = {"a.jsonl": jsonl(SAME, LAST, labelled), "b.jsonl": jsonl(SAME)}
    result = filtered(data, {"checks": []}, unit_bytes=unit_bytes)
    first, other, marked, second = ids = result.column("id")
    bare = min(ids, key=len).split("-")[0]
    assert sorted([first, marked, second]) == [bare, f"{bare}-1", f"{bare}-2"]
    assert first < second
    assert sorted(row["id"] for row in result.rows("messages")) == sorted(ids)
    turned = filtered({"a.jsonl": jsonl(SAME), "b.jsonl": jsonl(labelled, LAST, SAME)}, {"checks": []})
    assert turned.column("id") == [first, marked, other, second]


@pytest.mark.parametrize("unit_bytes", [1, 2**20])
def test_identical_rows_that_are_dropped(unit_bytes: int) -> None:
    """Of identical rows the first one is kept; the others go by their own ids, and the reason names the first."""
    data = jsonl(SAME, LAST, SAME, SAME)
    result = filtered(data, {"checks": ["exact_duplicate"]}, unit_bytes=unit_bytes)
    first = result.column("id")[0]
    assert result.whole("kept") == jsonl(SAME, LAST)
    assert [row["id"] for row in result.rows("dropped")] == [f"{first}-1", f"{first}-2"]
    assert {row["reason"] for row in result.rows("dropped")} == {f"the same trace as {first}"}


def test_a_dropped_generation_is_out() -> None:
    """Of several generations those that were dropped are not looked at by the checks that come after."""
    result = filtered(jsonl(ROW), {"checks": ["truncated", "exact_duplicate", "missing_answer"]})
    assert result.column("dropped_by") == [None, "truncated", "exact_duplicate"]
    assert result.column("missing_answer") == ["pass", None, None]


def test_a_corpus_check_looks_only_where_it_applies() -> None:
    """A corpus check with `when` compares the rows that it is for, and no later one of its kind looks in its place."""
    rows = [{**SAME, "model": model} for model in ("m", "m", "n", "n")]
    checks = [{"exact_duplicate": {"when": {"model": "m"}}}, "missing_answer", {"exact_duplicate": {"of": "problem"}}]
    result = filtered(jsonl(*rows, {"question": "Why?", "output": ""}), {"checks": checks})
    assert result.column("exact_duplicate") == ["pass", "fail", None, None, None]
    assert result.column("missing_answer") == ["pass", None, "pass", "pass", "fail"]
    assert result.column("exact_duplicate#2") == ["pass", None, "pass", "pass", None]


def test_lone_surrogates_in_ids() -> None:
    """Ids of the input that no file can hold are escaped, alike in verdicts, drops and formats."""
    trace = {"schema_version": 1, "id": "a\ud83d", "problem": {"id": "p\ud83d", "text": "Why?"}, "response": "5"}
    result = filtered(jsonl(trace, trace), {"checks": ["exact_duplicate"]})
    assert result.column("id") == ["a\\ud83d", "a\\ud83d-1"]
    assert [row["id"] for row in result.rows("messages")] == ["a\\ud83d"]
    assert [row["id"] for row in result.rows("dropped")] == ["a\\ud83d-1"]
    assert result.whole("kept") == jsonlines.encode(trace) + b"\n"
