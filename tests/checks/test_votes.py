"""The majority vote among the samples of a problem."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.checks.votes import minority_answer, minority_answer_signature
from curate.records import Problem, Trace
from tests.filtering.results import filtered, jsonl


def row(answer: str | None, problem: str = "p", **changes: Any) -> Trace:  # noqa: ANN401 - any field of a trace
    """Return a sample of a problem without a reference."""
    return Trace(id="x", problem=Problem(id=problem, text="How many?"), answer=answer, **changes)


def outcomes(traces: list[Trace], **parameters: Any) -> list[str | None]:  # noqa: ANN401 - any parameter
    """Return what the vote says of each row; None where it says nothing."""
    frame = pl.DataFrame(
        {
            "row": pl.Series(range(len(traces)), dtype=pl.UInt32),
            "id": [trace.id for trace in traces],
            "problem_id": [trace.problem.id for trace in traces],
            "signature": pl.Series([minority_answer_signature(trace) for trace in traces], dtype=pl.Binary),
        }
    )
    judged = minority_answer(frame, **parameters)
    said = dict(zip(judged["row"], judged["outcome"], strict=True))
    return [said.get(place) for place in range(len(traces))]


VOTES = {
    "a majority": (["7", "7", "8"], ["pass", "pass", "fail"]),
    "other notations": (["7", "7.0", "$7$", "\\frac{14}{2}", "8"], ["pass"] * 4 + ["fail"]),
    "a tie": (["7", "7", "8", "8"], ["undecided"] * 4),
    "three ways": (["7", "8", "9"], ["undecided"] * 3),
    "a plurality that is too small": (["7", "7", "8", "9", "6"], ["undecided"] * 5),
    "too few": (["7", "7"], ["undecided"] * 2),
    "one alone": (["7"], ["undecided"]),
    "no answer": (["7", "7", "7", None], ["pass"] * 3 + ["undecided"]),
    "no answer is no vote": (["7", "7", None], ["undecided"] * 3),
    "no valid text": (["\ud800", "\ud800", "\ud800", "8"], ["pass"] * 3 + ["undecided"]),
    "it may be the same": (["1/3", "1/3", "1/3", "0.333"], ["pass"] * 3 + ["undecided"]),
}


@pytest.mark.parametrize("answers,said", VOTES.values(), ids=list(VOTES))
def test_vote(answers: list[str | None], said: list[str]) -> None:
    """The answer of most samples passes, another one fails, and what is no clear majority is undecided."""
    assert outcomes([row(answer) for answer in answers]) == said


def test_problems_vote_apart() -> None:
    """Each problem has a vote of its own."""
    traces = [row("7"), row("7"), row("7"), row("8"), row("8", "q"), row("8", "q"), row("8", "q")]
    assert outcomes(traces) == ["pass"] * 3 + ["fail"] + ["pass"] * 3


def test_with_a_reference_there_is_no_vote() -> None:
    """Where the right answer is known the majority has no say."""
    known = Problem(id="p", text="How many?", reference="8")
    assert outcomes([Trace(id="x", problem=known, answer=answer) for answer in ("7", "7", "7", "8")]) == [None] * 4


def test_a_reply_that_was_cut_off_has_no_vote() -> None:
    """A truncated reply does not count, but is judged by the vote of the others."""
    traces = [row("7"), row("7"), row("8"), row("8", finish_reason="length"), row("7", finish_reason="length")]
    assert outcomes(traces) == ["pass", "pass", "fail", "fail", "pass"]


@pytest.mark.parametrize("min_share,said", [(0.6, "pass"), (0.61, "undecided")])
def test_share(min_share: float, said: str) -> None:
    """The majority needs its share of the votes, and has it at the bound."""
    assert outcomes([row(answer) for answer in ("7", "7", "7", "8", "9")], min_share=min_share)[0] == said


@pytest.mark.parametrize("min_votes,said", [(4, "pass"), (5, "undecided")])
def test_votes_needed(min_votes: int, said: str) -> None:
    """A vote needs its number, and is decided at the bound."""
    assert outcomes([row("7") for _ in range(4)], min_votes=min_votes)[0] == said


@given(st.lists(st.sampled_from(["7", "8", "9", None]), max_size=12), st.randoms())
def test_order_does_not_matter(answers: list[str | None], rng: Any) -> None:  # noqa: ANN401 - hypothesis' own generator
    """What is said of an answer does not depend on the order of the samples."""
    said = dict(zip(answers, outcomes([row(answer) for answer in answers]), strict=True))
    shuffled = list(answers)
    rng.shuffle(shuffled)
    assert dict(zip(shuffled, outcomes([row(answer) for answer in shuffled]), strict=True)) == said


def test_votes_of_dropped_rows_count() -> None:
    """The vote is over all replies: what a check before it dropped has voted."""
    replies = ["It is seven, as anybody can count on their own fingers. The answer is 7."] * 2
    replies += ["It is eight, as anybody can count on their own fingers. The answer is 8.", "The answer is 7."]
    rows = [{"question": "How many?", "output": reply} for reply in replies]
    result = filtered(jsonl(*rows), {"checks": ["final_answer_only", {"minority_answer": {"min_votes": 4}}]})
    assert result.column("dropped_by") == [None, None, "minority_answer", "final_answer_only"]
