"""Formats that are made of all replies, from files to shards."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.checks import CHECKS
from curate.export import FORMATS, OVER_ALL
from curate.jsonlines import encode
from curate.manifests import FormatCounts
from curate.pipeline.exporting.export import ExportOptions, export_into
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.pipeline.pairing.faults import is_fault_of_reply
from curate.recipe import load_text
from curate.records import Problem, Sampling, Trace
from tests.filtering.results import Result, filtered, jsonl
from tests.reading.strategies import Json

CHECKS_ASKED = ["invalid_structure", "truncated", "final_answer_only", "refusal", "wrong_answer"]
PAIRS = ("dpo", "reward", "llama_factory_dpo", "openai_dpo")
ALL = tuple(name for name, format_ in FORMATS.items() if format_.kind in OVER_ALL)
STEPS = "First we add the two numbers that the question names, one after the other. "


def _reply(problem: int, kind: str, number: int = 0) -> Json:
    """Return a row of somebody's file, whose fate is the one that is named."""
    steps, right, wrong = STEPS * (number % 4 + 1), problem + 2, problem + 3 + number
    said = {
        "right": f"{steps}So {problem} + 2 = {right}. The answer is {right}.",
        "wrong": f"{steps}So {problem} + 2 = {wrong}. The answer is {wrong}.",
        "cut": f"{steps}So {problem} +",
        "bare": f"{problem + 2}",
        "refusal": "I'm sorry, but I cannot help with that request.",
        "unfit": f"{STEPS} <|im_end|> The answer is {right}.",
    }[kind]
    return {
        "question": f"What is {problem} + 2?",
        "output": said,
        "gold": str(problem + 2),
        "finish_reason": "length" if kind == "cut" else "stop",
        "model": f"m{number}",
    }


def _recipe(*formats: str, **pairs: Any) -> Json:  # noqa: ANN401 - keys of a recipe
    return {"checks": CHECKS_ASKED, "output": [{"format": name, "pairs": pairs} for name in formats]}


FATES = ["right", "wrong", "cut", "bare", "refusal", "unfit"]
rows = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(FATES), st.integers(0, 5)), min_size=1, max_size=14).map(
    lambda places: [_reply(problem, kind, number) for problem, kind, number in places]
)


def _accounted(result: Result, counts: FormatCounts) -> bool:
    return result.manifest.rows.in_ == counts.paired + sum(counts.left_out.values())


@given(rows, st.booleans())
@settings(max_examples=25)
def test_every_reply_is_accounted_for(given_rows: list[Json], mark: bool) -> None:  # noqa: FBT001 - drawn
    """Rows in = paired + left out, pairs = rows + refused, and of every row there is a line that says why."""
    result = filtered(jsonl(*given_rows), _recipe(*PAIRS, max_length_ratio=20.0), mark=mark)
    for name in PAIRS:
        counts = result.manifest.formats[name]
        assert _accounted(result, counts)
        assert sum(counts.pairs.values()) == sum(counts.rows.values()) + sum(counts.refused.values())
        assert len(result.lines(f"{name}/")) == len(result.lines(f"pairs/{name}")) == sum(counts.rows.values())


@given(rows)
@settings(max_examples=15)
def test_pairs_do_not_depend_on_files_or_workers(given_rows: list[Json]) -> None:
    """The same rows give the same shards, byte for byte, in whatever order and however they are cut into units."""
    recipe = _recipe(*ALL)
    once = filtered(jsonl(*given_rows), recipe)
    again = filtered(jsonl(*reversed(given_rows)), recipe, unit_bytes=1)
    for name in ALL:
        assert once.whole(f"{name}/") == again.whole(f"{name}/")
        assert once.whole(f"pairs/{name}") == again.whole(f"pairs/{name}")
        assert once.manifest.formats[name] == again.manifest.formats[name]


def test_two_workers() -> None:
    """Two processes write what one does."""
    given_rows = jsonl(*(_reply(number % 5, FATES[number % 6], number) for number in range(60)))
    alone, together = (filtered(given_rows, _recipe("dpo", "kto"), unit_bytes=4_000, workers=n) for n in (1, 2))
    assert alone.files == together.files


def test_what_a_pair_says() -> None:
    """A pair is of replies to one problem, with what the checks saw; the file beside it names both replies."""
    result = filtered(jsonl(_reply(3, "right"), _reply(3, "wrong", 1), _reply(4, "right")), _recipe("dpo"))
    (row,) = result.rows("dpo/")
    (about,) = result.rows("pairs/dpo")
    fates = {one["id"]: one["dropped_by"] for one in result.verdicts}
    assert row["prompt"] == [{"role": "user", "content": "What is 3 + 2?"}]
    assert "The answer is 5." in row["chosen"][0]["content"]
    assert "The answer is 7." in row["rejected"][0]["content"]
    assert json.loads(row["metadata"]) == about
    assert (fates[about["chosen"]], fates[about["rejected"]]) == (None, "wrong_answer")
    assert about["rule"] == "right_over_wrong"
    assert about["chosen_because"] == "right: '5' is the reference's answer"
    assert about["rejected_because"].startswith("'7' instead of '5'")
    assert result.manifest.formats["dpo"].left_out == {"the only reply to its problem": 1}


RULES = [
    pytest.param("wrong", "right_over_wrong", "'6' instead of '5'", id="wrong"),
    pytest.param("cut", "complete_over_truncated", "stopped by the token limit", id="cut off"),
    pytest.param("bare", "stepwise_over_answer_only", "words besides the answer", id="bare"),
]


@pytest.mark.parametrize("kind,rule,reason", RULES)
def test_each_strategy(kind: str, rule: str, reason: str) -> None:
    """A kept reply stands against one with each fault that a strategy goes by, and the reason is the check's own."""
    result = filtered(jsonl(_reply(3, "right"), _reply(3, kind)), _recipe("dpo"))
    (about,) = result.rows("pairs/dpo")
    assert about["rule"] == rule
    assert reason in about["rejected_because"]


def test_short_over_long() -> None:
    """The shortest right reply stands against the longest right one."""
    given_rows = [_reply(3, "right", number) for number in (0, 1, 3)]
    result = filtered(jsonl(*given_rows), _recipe("dpo", prefer="short_over_long"))
    (row,) = result.rows("dpo/")
    assert [row[side][0]["content"] for side in ("chosen", "rejected")] == [
        given_rows[0]["output"],
        given_rows[2]["output"],
    ]


def test_a_reply_cut_off_in_its_thinking() -> None:
    """What a token limit leaves of a reasoning model, thinking and no response, can be rejected."""
    cut = {**_reply(3, "cut"), "output": "<think>First we add"}
    result = filtered(jsonl(_reply(3, "right"), cut), _recipe("dpo"))
    (row,) = result.rows("dpo/")
    assert row["rejected"][0]["content"] == "<think>\nFirst we add\n</think>\n\n"


def _trace(style: str, response: str) -> bytes:
    problem = Problem(id="0" * 32, text="What is 3 + 2?", reference="5")
    teacher = Sampling(model=f"of-{style}", style=style)
    return (
        encode(Trace(id=style[0] * 32, problem=problem, response=response, teacher=teacher, finish_reason="stop"))
        + b"\n"
    )


def test_teachers_and_styles_of_one_problem() -> None:
    """Replies of two teachers, asked in two styles, are replies to one problem."""
    steps = _trace("zero_shot_cot", "3 + 2 means two more than three, which makes 5. The answer is 5.")
    result = filtered({"a.jsonl": steps, "b.jsonl": _trace("direct", "5")}, _recipe("dpo"))
    assert [one["rule"] for one in result.rows("pairs/dpo")] == ["stepwise_over_answer_only"]


def _chat(first: str, said: str) -> Json:
    turns = [("user", first), ("assistant", "Yes."), ("user", "Continue."), ("assistant", said)]
    return {"messages": [{"role": role, "content": content} for role, content in turns]}


def test_conversations_with_one_last_question_are_not_one() -> None:
    """Replies to `Continue.` in two conversations are not set against one another."""
    steps = _chat("Add 2.", "First we add the two of them, and then it is done. The answer is 5.")
    result = filtered(jsonl(steps, _chat("Sing.", "5")), _recipe("dpo"))
    assert result.manifest.formats["dpo"].left_out == {"the only reply to its problem": 2}


def test_kto_labels() -> None:
    """Kept replies are wanted, those with a fault of their own are not, and copies are neither."""
    given_rows = [_reply(3, "right"), _reply(3, "right"), _reply(3, "wrong"), _reply(4, "bare"), _reply(5, "unfit")]
    result = filtered(jsonl(*given_rows), {**_recipe("kto"), "checks": [*CHECKS_ASKED, "exact_duplicate"]})
    counts = result.manifest.formats["kto"]
    assert Counter(row["label"] for row in result.rows("kto/")) == {True: 1, False: 2}
    assert counts.left_out == {"dropped by exact_duplicate, which is no fault of the reply": 1}
    assert sum(counts.rows.values()) + sum(counts.refused.values()) + sum(counts.left_out.values()) == len(given_rows)


FAULTS = [
    pytest.param("wrong_answer", True, id="of the answer"),
    pytest.param("minority_answer", True, id="by a vote"),
    pytest.param("my_own_check", True, id="of the user's own"),
    pytest.param("exact_duplicate", False, id="a copy"),
    pytest.param("too_many_samples", False, id="one too many"),
    pytest.param("needs_proof", False, id="of the problem"),
    pytest.param("too_easy", False, id="of a problem that is too easy"),
    pytest.param("too_long", False, id="of the student's limit"),
]


@pytest.mark.parametrize("check,expected", FAULTS)
def test_faults_of_replies(check: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    """A check speaks against the reply, or against its problem, its length or the set."""
    assert is_fault_of_reply(check) == expected


def test_splits_hold_whole_problems() -> None:
    """All pairs of a problem, and of nearly the same problem, fall into one split."""
    given_rows = [_reply(problem, kind, 1) for problem in range(60) for kind in ("right", "wrong", "bare")]
    recipe = _recipe("dpo")
    recipe["output"][0]["splits"] = {"validation": 0.3}
    result = filtered(jsonl(*given_rows), recipe)
    sides: dict[str, set[str]] = {}
    for split in ("train", "validation"):
        for row in result.rows(f"dpo/{split}"):
            sides.setdefault(row["prompt"][0]["content"], set()).add(split)
    assert len(sides) == 60
    assert all(len(splits) == 1 for splits in sides.values())


def test_an_idle_strategy_is_told() -> None:
    """Where the check that a strategy goes by is not asked, that is said, and the strategy finds nothing."""
    result = filtered(jsonl(_reply(3, "right"), _reply(3, "wrong")), {**_recipe("dpo"), "checks": ["truncated"]})
    assert "dpo: no pairs right_over_wrong, which goes by wrong_answer: it is not asked" in result.notices
    assert result.manifest.formats["dpo"].pairs["right_over_wrong"] == 0


def test_broken_traces_are_left_out() -> None:
    """A row that says it is a trace and is not stands in no pair, and is counted."""
    broken = {"schema_version": 1, "problem": {"text": "What is 3 + 2?"}}
    result = filtered(jsonl(broken), _recipe("dpo", "kto"))
    assert result.manifest.formats["dpo"].left_out == {"no row can hold it: no valid trace": 1}
    assert result.manifest.formats["kto"].left_out == {"no valid trace": 1}


def test_every_check_is_sorted() -> None:
    """Every check that we have either speaks against a reply or does not, and both sorts exist."""
    assert {is_fault_of_reply(name) for name in CHECKS} == {True, False}


def test_an_export_has_what_filtering_writes(tmp_path: Path) -> None:
    """Pairs, labels and the files beside them are the same when they are exported from a result later."""
    given_rows = [_reply(problem, kind, 1) for problem in range(5) for kind in FATES]
    (tmp_path / "in.jsonl").write_bytes(jsonl(*given_rows))
    loaded = load_text(json.dumps(_recipe(*ALL)), name="recipe.yaml", base=tmp_path, overrides=())
    filter_into([str(tmp_path / "in.jsonl")], tmp_path / "curated", loaded, FilterOptions(workers=1))
    export_into(tmp_path / "curated", tmp_path / "out", loaded, ExportOptions(workers=1))
    for name in ALL:
        paths = [path.relative_to(tmp_path / "curated") for path in (tmp_path / "curated" / name).iterdir()]
        paths += [Path("pairs", f"{name}.jsonl")] if name in PAIRS else []
        for path in paths:
            assert (tmp_path / "out" / path).read_bytes() == (tmp_path / "curated" / path).read_bytes()
