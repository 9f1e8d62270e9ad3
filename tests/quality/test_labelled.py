"""The default checks on real model outputs with labels; the committed sample always, the full files where they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.labels import FULL, SAMPLES
from curate.pipeline.filtering.filter import FilterOptions, filter_into
from curate.recipe import load_text

Fates = list[tuple[dict[str, Any], str | None]]


def fates(path: Path, out: Path, checks: tuple[str, ...] = ()) -> Fates:
    """Return each row of a file with the check that dropped it, or None; kept lines are held against the input."""
    loaded = load_text("{}", name="(test)", base=Path())
    filter_into([str(path)], out, loaded, FilterOptions(checks=checks, workers=1))
    kept = b"".join(part.read_bytes() for part in sorted((out / "kept").glob("*"))).splitlines(keepends=True)
    dropped = [json.loads(line) for part in (out / "dropped").glob("*") for line in part.read_bytes().splitlines()]
    lines = path.read_bytes().splitlines(keepends=True)
    fell = {row["origin"]["line"]: row["dropped_by"] for row in dropped}
    assert kept == [line for number, line in enumerate(lines, 1) if number not in fell]
    return [(json.loads(line), fell.get(number)) for number, line in enumerate(lines, 1)]


@pytest.fixture(params=["sample", "full"])
def judged(request: pytest.FixtureRequest, tmp_path: Path) -> Any:  # noqa: ANN401 - a function
    """Return a function from a file's name to its rows and their fates."""

    def of(name: str, *checks: str) -> Fates:
        path = SAMPLES / f"{name}.sample.jsonl" if request.param == "sample" else FULL / f"{name}.jsonl"
        if not path.exists():
            pytest.skip("the full labelled files are not beside the repository; the sample is tested")
        return fates(path, tmp_path / name, checks)

    return of


def test_human_solutions_are_kept(judged: Any) -> None:  # noqa: ANN401 - a function
    """Every human solution of GSM8K is kept, byte for byte."""
    assert {check for _, check in judged("gsm8k_sample")} == {None}


def test_truncated_is_exact_with_token_counts(judged: Any) -> None:  # noqa: ANN401 - a function
    """With the token count known, exactly the truncated outputs are called truncated."""
    assert all((check == "truncated") is row["truncated"] for row, check in judged("truncated_llama3b_aime24"))


def test_answers_alone_are_told_from_reasoning(judged: Any) -> None:  # noqa: ANN401 - a function
    """Bare answers fall as such, reasoned ones stay; what is empty is called so."""
    for row, check in judged("answer_only_vs_text_rg"):
        expected = {"answer_tag_only": "final_answer_only", "has_text_outside_tag": None, "empty": "empty_response"}
        assert row["style"] == "other" or check == expected[row["style"]], row["output"]


def test_direct_is_told_from_cot(judged: Any) -> None:  # noqa: ANN401 - a function
    """Direct answers fall as answers alone; chains of thought stay, but for the odd one that loops to its end."""
    rows = judged("direct_vs_cot_bbh")
    assert all(check == "final_answer_only" for row, check in rows if row["style"] == "direct")
    cot = [check for row, check in rows if row["style"] == "cot"]
    assert cot.count(None) >= 0.99 * len(cot)
    assert "final_answer_only" not in cot


def test_complete_long_reasoning_is_kept(judged: Any) -> None:  # noqa: ANN401 - a function
    """Complete outputs of reasoning models are kept, wherever their thinking tags are."""
    assert [row["id"] for row, check in judged("long_reasoning_gsm8k") if check is not None] == []


def test_model_solutions_fall_only_for_a_reason(judged: Any) -> None:  # noqa: ANN401 - a function
    """No right solution of a small model is dropped by a structural check."""
    assert [row["id"] for row, check in judged("gsm8k_model_solutions_labelled") if check and row["is_correct"]] == []


TEXT_CHECKS = ("looping", "mixed_language", "refusal", "leaked_reference", "special_tokens", "broken_text")


@pytest.mark.parametrize("name", ["gsm8k_sample", "answer_only_vs_text_rg"])
def test_sound_text_is_left_alone(judged: Any, name: str) -> None:  # noqa: ANN401 - a function
    """None of the checks of text and conduct accuses a human solution or an ordinary model output."""
    assert [row["id"] for row, check in judged(name, *TEXT_CHECKS) if check is not None] == []


def test_loops_are_found_where_outputs_were_cut(judged: Any) -> None:  # noqa: ANN401 - a function
    """Loops are found among outputs that ran into their limit, and hardly ever among those that ended."""
    rows = judged("truncated_llama3b_aime24", "looping")
    assert any(check for row, check in rows if row["truncated"])
    ended = [check for row, check in rows if not row["truncated"]]
    assert sum(check is not None for check in ended) <= 0.01 * len(ended)
