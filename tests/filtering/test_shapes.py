"""Which columns of a stranger's rows hold what, and what is said of those that hold nothing."""

import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import schemas
from curate.errors import DataError, UsageError
from curate.pipeline.filtering.filter import FilterOptions, preview
from curate.reading.columns import PROBLEM_COLUMNS, REFERENCE_COLUMNS
from curate.recipe import load_text
from curate.traces.foreign import REPLY_COLUMNS
from tests.filtering.results import filtered, jsonl, sound
from tests.filtering.rows import FREE_NAMES, some
from tests.reading.strategies import Json, objects, texts, values

PROBLEM = "What is 3 * 4 + 2?"
TRACE = {"schema_version": 1, "id": "t", "problem": {"id": "p", "text": PROBLEM}}
BATCH = {"custom_id": PROBLEM, "response": {"body": {"choices": [{"message": {"content": "from batch"}}]}}}
TURNS = [{"role": "user", "content": PROBLEM}, {"role": "assistant", "content": "from conversation"}]

IN_ORDER: dict[str, Json] = {
    "trace": {**TRACE, "response": "from trace"},
    "batch": BATCH,
    "generations": {"question": PROBLEM, "generations": ["from generations"]},
    "reply": {"question": PROBLEM, "output": "from reply"},
    "conversation": {"messages": TURNS},
    "solution": {"question": PROBLEM, "solution": "from solution"},
    "answer": {"question": PROBLEM, "answer": "from answer"},
}
"""A row of each shape, in the order in which they are tried."""


@pytest.mark.parametrize("first", range(len(IN_ORDER)), ids=list(IN_ORDER))
def test_order(first: int) -> None:
    """Of several shapes that fit the first one counts, and the file's shape is told once."""
    shape = list(IN_ORDER)[first]
    row: Json = {}
    for later in list(IN_ORDER)[first:]:
        row = {**IN_ORDER[later], **row}
    result = filtered(jsonl(row, {**row, "label": 1}), {"checks": []})
    assert result.manifest.shapes == {shape: 2}
    assert [line["messages"][-1]["content"] for line in result.rows("messages")] == [f"from {shape}"] * 2
    assert len(result.notices) == 1
    assert result.notices[0].startswith(f"in.jsonl: read as {shape}")


@pytest.mark.parametrize("reply", REPLY_COLUMNS)
@pytest.mark.parametrize("problem", PROBLEM_COLUMNS)
def test_reply_beside_a_problem(problem: str, reply: str) -> None:
    """Each reply column goes with each problem column, and the notice names both."""
    result = filtered(jsonl({problem: PROBLEM, reply: "The answer is 14."}), {"checks": []})
    (row,) = result.rows("messages")
    assert [turn["content"] for turn in row["messages"]] == [PROBLEM, "The answer is 14."]
    (notice,) = result.notices
    assert notice.startswith("in.jsonl: read as reply (")
    assert f"problem from {problem!r}" in notice
    assert f"reply from {reply!r}" in notice


@pytest.mark.parametrize("answer,outcome", [("14", "pass"), (14, "pass"), ("12 + 2 #### 14", "pass"), ("15", "fail")])
@pytest.mark.parametrize("column", REFERENCE_COLUMNS)
def test_reference(column: str, answer: Any, outcome: str) -> None:  # noqa: ANN401 - any JSON value
    """Each reference column is what a reply is held against; of a worked solution the part after `####`."""
    row = {"question": PROBLEM, "output": "The answer is 14.", column: answer}
    assert filtered(jsonl(row), {"checks": ["wrong_answer"]}).column("wrong_answer") == [outcome]


def test_question_and_answer_alone() -> None:
    """With a question and an answer alone, the answer is the reply and its reference stands after `####`."""
    rows = [{"question": PROBLEM, "answer": f"3 * 4 = 12, and 12 + 2 = 14.\n#### {end}"} for end in (14, "14 apples")]
    result = filtered(jsonl(*rows, {"question": PROBLEM, "answer": "The answer is 14."}), {"checks": ["wrong_answer"]})
    assert result.column("wrong_answer") == ["pass", "pass", "undecided"]


def test_conversations_in_the_other_dialect() -> None:
    """`conversations` with `from` and `value` is read like `messages`; the last assistant turn is the reply."""
    said = [("human", "Hello"), ("gpt", "Hello."), ("human", PROBLEM), ("gpt", "The answer is 14.")]
    row = {"conversations": [{"from": who, "value": what} for who, what in said], "system": "Be brief."}
    (line,) = filtered(jsonl(row), {"checks": []}).rows("messages")
    assert [turn["role"] for turn in line["messages"]] == ["system", "user", "assistant", "user", "assistant"]
    assert line["messages"][-1]["content"] == "The answer is 14."


def test_what_a_row_says_of_its_reply() -> None:
    """Finish reason, tokens, limit, model and reasoning are used when they are there."""
    about = {"finish_reason": "length", "n_tokens": 99, "max_tokens": 100, "model": "m", "reasoning": "3 * 4 = 12."}
    row = {"question": PROBLEM, "output": "The answer is 14.", **about}
    result = filtered(jsonl(row), {"checks": [{"truncated": {"when": {"model": "m"}}}]})
    assert (result.column("truncated"), result.column("truncated.value")) == (["fail"], [99.0])
    assert result.column("reason") == ["stopped at 99 of 100 tokens, after it had stated its answer"]
    assert "reasoning from 'reasoning'" in result.notices[0]


REFUSED = [
    pytest.param({"prompt_text": "x", "target_text": "y"}, "prompt_text, target_text", id="unknown-columns"),
    pytest.param({"question": "x"}, "question", id="no-reply"),
    pytest.param({"output": "x"}, "output", id="no-problem"),
    pytest.param({"question": 1, "output": "x"}, "question, output", id="a-problem-that-is-no-text"),
    pytest.param({"messages": [{"role": "user", "content": "x"}]}, "messages", id="a-conversation-without-a-reply"),
    pytest.param({}, "(none)", id="no-columns"),
]


@pytest.mark.parametrize("row,columns", REFUSED)
def test_refusal(row: Json, columns: str) -> None:
    """A file of no shape that we know is refused with its columns and the `--map` that would help."""
    with pytest.raises(DataError) as error:
        filtered(jsonl(row, row))
    assert str(error.value) == (
        f"in.jsonl: no problem and reply found among the columns {columns}; say which columns hold them, "
        "for example --map problem=COLUMN --map reply=COLUMN --map reference=COLUMN"
    )


def test_one_row_that_we_know_is_enough() -> None:
    """Among rows that are read, one of no known shape is unreadable, and says which columns it has."""
    result = filtered(jsonl({"a": 1}, sound()))
    assert [row["error"] for row in result.rows("unreadable")] == ["no problem and reply found among the columns a"]


def test_map() -> None:
    """`--map` says which columns hold what, before anything else is tried; every field may be mapped."""
    row = {
        **IN_ORDER["conversation"],
        "q": PROBLEM,
        "a": "The answer is 14.",
        "gold_text": "15",
        "cot": "3 * 4 = 12.",
        "why": "length",
        "used": 99,
        "cap": 100,
        "who": "m",
    }
    columns = {"problem": "q", "reference": "gold_text", "reply": "a", "reasoning": "cot", "model": "who"}
    columns |= {"finish_reason": "why", "completion_tokens": "used", "max_tokens": "cap"}
    recipe = {"checks": [{"wrong_answer": {"when": {"model": "m"}}}]}
    result = filtered(jsonl(row), recipe, columns=columns)
    assert result.column("wrong_answer") == ["fail"]
    assert result.manifest.columns == columns
    result = filtered(jsonl(row), {"checks": ["truncated"]}, columns=columns)
    assert result.column("reason") == ["stopped at 99 of 100 tokens, after it had stated its answer"]
    (line,) = filtered(jsonl(row), {"checks": []}, columns=columns).rows("messages")
    assert line["messages"] == [
        {"role": "user", "content": PROBLEM},
        {"role": "assistant", "content": "<think>\n3 * 4 = 12.\n</think>\n\nThe answer is 14."},
    ]


def test_map_of_a_reference_alone() -> None:
    """`--map` of some fields leaves the others to their usual columns."""
    row = {"question": PROBLEM, "output": "The answer is 14.", "answer": "15", "truth": "14"}
    assert filtered(jsonl(row), {"checks": ["wrong_answer"]}).column("wrong_answer") == ["fail"]
    result = filtered(jsonl(row), {"checks": ["wrong_answer"]}, columns={"reference": "truth"})
    assert result.column("wrong_answer") == ["pass"]


def test_map_of_an_unknown_field() -> None:
    """An unknown field of `--map` is an error that lists the fields that there are."""
    with pytest.raises(UsageError, match=r"^--map repyl=\.\.\.: unknown field; there are problem, reference, reply, "):
        filtered(jsonl(sound()), columns={"repyl": "output"})


def test_preview(tmp_path: Path) -> None:
    """A dry run tells how each file would be read, or refuses it, and writes nothing."""
    (tmp_path / "a.jsonl").write_bytes(jsonl(sound()))
    (tmp_path / "b.jsonl").write_bytes(jsonl({"x": 1}))
    loaded = load_text("checks: [truncated, exact-duplicate]", name="r.yaml", base=tmp_path, overrides=())
    notices: list[str] = []
    assert preview([str(tmp_path / "a.jsonl")], loaded, FilterOptions(), notices.append) == [
        "truncated",
        "exact_duplicate",
    ]
    assert [notice.split(" (")[0] for notice in notices] == ["a.jsonl: read as reply"]
    with pytest.raises(DataError, match="--map problem=COLUMN"):
        preview([str(tmp_path)], loaded, FilterOptions(), notices.append)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


ALL_CHECKS = {
    "checks": [
        "invalid_structure",
        "truncated",
        "missing_answer",
        "final_answer_only",
        "wrong_answer",
        "exact_duplicate",
    ]
}
labels = st.dictionaries(st.sampled_from(FREE_NAMES) | st.text(min_size=12), values, max_size=4)
origins = st.fixed_dictionaries({}, optional={"fault": st.none() | texts, "file": texts, "line": st.integers(0)})
labels_of_traces = st.fixed_dictionaries({"origin": origins, "extra": objects})


@st.composite
def labelled_rows(draw: st.DrawFn) -> tuple[Json, Json]:
    """Return a row of some shape, bare and with labels."""
    shape = draw(st.sampled_from(list(IN_ORDER)))
    row = {**IN_ORDER[shape], **draw(st.sampled_from([{}, {"answer": "14"}] if shape != "answer" else [{}]))}
    return row, {**row, **draw(labels), **(draw(labels_of_traces) if shape == "trace" else {})}


def _as_read(rows: tuple[Json, Json]) -> str:
    """Return what tells rows apart; of rows that are read alike, labels decide which counts as the first."""
    return repr({name: value for name, value in rows[0].items() if name != "answer"})


@some
@given(st.lists(labelled_rows(), min_size=1, max_size=5, unique_by=_as_read))
def test_columns_that_no_check_may_read(rows: list[tuple[Json, Json]]) -> None:
    """Labels, and all that no field of a trace comes from, change no verdict, of whatever shape the row is."""
    bare, told = (filtered(jsonl(*some_rows), ALL_CHECKS) for some_rows in zip(*rows, strict=True))
    assert _without_offset(told.verdicts) == _without_offset(bare.verdicts)
    assert told.whole("messages") == bare.whole("messages")


def _without_offset(verdicts: list[Json]) -> list[Json]:
    return [{name: value for name, value in row.items() if name != "offset"} for row in verdicts]


def test_map_to_a_path() -> None:
    """A dotted path says where a field lies inside a column, which stays whole; a column of that name goes first."""
    reply = {"choices": [{"message": {"content": "The answer is 14."}}], "model": "m"}
    row = {"task": {"text": PROBLEM}, "result": reply, "a.b": "15"}
    columns = {"problem": "task.text", "reply": "result.choices.0.message.content", "reference": "a.b"}
    result = filtered(jsonl(row), {"checks": ["wrong_answer"]}, columns=columns)
    assert result.column("wrong_answer") == ["fail"]
    assert "reply from 'result.choices.0.message.content'" in result.notices[0]
    with pytest.raises(DataError, match=r"--map reply=result.text: no such column"):
        filtered(jsonl(row), columns={**columns, "reply": "result.text"})


def test_prompt_and_completion_as_turns() -> None:
    """`prompt` and `completion` that are lists of turns are one conversation."""
    system, user, assistant = ({"role": role, "content": role} for role in ("system", "user", "assistant"))
    result = filtered(jsonl({"prompt": [system, user], "completion": [assistant]}), {"checks": []})
    assert result.manifest.shapes == {"conversation": 1}
    assert result.rows("messages")[0]["messages"] == [system, user, assistant]


OTHER_FORMATS = [
    pytest.param("a.json", b'[{"question": "x", "output": "y"}]', r"jq -c '.\[\]' a.json > a.jsonl", id="an-array"),
    pytest.param("a.json", b'[\n  {"question": "x"}\n]\n', r"jq -c '.\[\]' a.json > a.jsonl", id="an-indented-array"),
    pytest.param("a.json", b'{\n  "question": "x"\n}\n', r"jq -c . a.json > a.jsonl", id="an-indented-object"),
    pytest.param("a.txt", b"question,output\nx,y\n", "looks like CSV; call it .*a.csv, or .tsv", id="csv"),
]


@pytest.mark.parametrize("name,data,message", OTHER_FORMATS)
def test_other_formats(name: str, data: bytes, message: str) -> None:
    """JSON over several lines, or a table under another name, is refused with what would make it readable."""
    with pytest.raises(DataError, match=message):
        filtered({name: data})


@pytest.mark.parametrize("name,mark", [("a.csv", b","), ("a.tsv", b"\t")])
def test_tables(name: str, mark: bytes) -> None:
    """Rows of a file with commas or tabs between its columns are read, quoted line breaks and all."""
    reply = b'"Two and three,\nthat makes five. The answer is 5."'
    result = filtered({name: b"question" + mark + b"output\n2 + 3?" + mark + reply + b"\n"})
    assert (result.manifest.rows.in_, result.manifest.lines.unreadable) == (1, 0)


def test_lines_of_nothing_that_we_know_are_set_aside() -> None:
    """A file of no format that we know is set aside line by line."""
    result = filtered(b"hello\nworld\n")
    assert (result.manifest.rows.in_, result.manifest.lines.unreadable) == (0, 2)


def test_parquet() -> None:
    """Rows of a Parquet file are written as traces, one of ours as it is, and what no field holds is in `extra`."""
    rows = [{**sound(number), "label": number} for number in range(3)]
    trace = {**TRACE, "response": "Two and three make five. The answer is 5."}
    parts = {"a.parquet": rows, "b.parquet": [trace], "c.parquet": [IN_ORDER["conversation"]] * 2}
    result = filtered({name: _parquet(part) for name, part in parts.items()}, {"checks": ["exact_duplicate"]})
    kept = result.rows("kept")
    assert [row["id"] for row in kept] == [row["id"] for row in result.verdicts if row["dropped_by"] is None]
    assert [row["extra"] for row in kept[:3]] == [{"label": number} for number in range(3)]
    assert [row["origin"]["line"] for row in kept[:3]] == [1, 2, 3]
    assert {key: kept[3][key] for key in trace} == trace
    assert all(schemas.named("trace.v1").accepts(row) for row in kept)
    assert result.manifest.shapes == {"conversation": 2, "reply": 3, "trace": 1}
    assert [row["row"]["response"] for row in result.rows("dropped")] == ["from conversation"]


def _parquet(rows: list[Json]) -> bytes:
    file = io.BytesIO()
    pl.DataFrame(rows).write_parquet(file)
    return file.getvalue()
