"""Problems that a teacher gets right too often, or hardly ever: counted over all replies, in whatever rows they are."""

from typing import Any

import polars as pl
import pytest

from curate.checks.difficulty import too_easy, too_easy_signature, too_hard, too_hard_signature
from curate.records import Problem, Trace
from tests.filtering.results import filtered, jsonl

CHECKS: dict[str, tuple[Any, Any]] = {
    "too_easy": (too_easy, too_easy_signature),
    "too_hard": (too_hard, too_hard_signature),
}


def reply(answer: str | None, rate: float | None = None, reference: str | None = "12") -> Trace:
    """Return a reply to the problem."""
    return Trace(id="x", problem=Problem(id="p", text="q", reference=reference), answer=answer, pass_rate=rate)


def findings(name: str, traces: list[Trace], **parameters: Any) -> list[tuple[str, str, float | None]]:  # noqa: ANN401 - any parameter
    """Return outcome, reason and measure of each reply."""
    judge, signature = CHECKS[name]
    frame = pl.DataFrame(
        {
            "row": pl.Series(range(len(traces)), dtype=pl.UInt32),
            "problem_id": [trace.problem.id for trace in traces],
            "signature": pl.Series([signature(trace) for trace in traces], dtype=pl.Binary),
        }
    )
    judged: pl.DataFrame = judge(frame, **parameters)
    return judged.select("outcome", "reason", "value").rows()


COUNTED: dict[str, tuple[str, list[str | None], dict[str, Any], tuple[str, str, float | None]]] = {
    "always right": ("too_easy", ["12", "12.0"], {}, ("fail", "2 of 2 replies", 1.0)),
    "mostly right": ("too_easy", ["12", "12", "13"], {}, ("pass", "", 2 / 3)),
    "never right": ("too_hard", ["11", "13"], {}, ("fail", "0 of 2 replies", 0.0)),
    "once right": ("too_hard", ["12", "13"], {}, ("pass", "", 0.5)),
    "no answer is not right": ("too_easy", ["12", None], {}, ("pass", "", 0.5)),
    "an undecided answer is not right": ("too_hard", ["a dozen of eggs, or so", "13"], {}, ("fail", "0 of 2", 0.0)),
    "one reply": ("too_easy", ["12"], {}, ("undecided", "1 reply to the problem, 2 are needed", None)),
    "too few": ("too_hard", ["1", "2", "3"], {"min_samples": 4}, ("undecided", "3 replies", None)),
    "another bound": ("too_easy", ["12", "13"], {"max_pass_rate": 0.4}, ("fail", "1 of 2 replies", 0.5)),
}


@pytest.mark.parametrize("name,answers,parameters,said", COUNTED.values(), ids=list(COUNTED))
def test_counted(
    name: str, answers: list[str | None], parameters: dict[str, Any], said: tuple[str, str, float | None]
) -> None:
    """Where rows state no pass rate, the share of all replies that are right is the measure, and says so."""
    outcome, reason, value = said
    for found in findings(name, [reply(answer) for answer in answers], **parameters):
        assert (found[0], found[2]) == (outcome, value)
        assert reason in found[1]


STATED: dict[str, tuple[str, float | None, dict[str, float], tuple[str, str]]] = {
    "easy, at the bound": ("too_easy", 0.9, {}, ("pass", "")),
    "easy, above it": ("too_easy", 1.0, {}, ("fail", "100% of the replies")),
    "easy, never right": ("too_easy", 0.0, {}, ("pass", "")),
    "easy, a lower bound": ("too_easy", 0.75, {"max_pass_rate": 0.5}, ("fail", "75% of")),
    "hard, at the bound": ("too_hard", 0.1, {}, ("pass", "")),
    "hard, below it": ("too_hard", 0.0625, {}, ("fail", "6% of the replies")),
    "hard, always right": ("too_hard", 1.0, {}, ("pass", "")),
    "hard, a higher bound": ("too_hard", 0.25, {"min_pass_rate": 0.5}, ("fail", "25% of")),
}


@pytest.mark.parametrize("name,rate,parameters,said", STATED.values(), ids=list(STATED))
def test_stated(name: str, rate: float, parameters: dict[str, float], said: tuple[str, str]) -> None:
    """The pass rate that a row of a run states holds, also for a row alone."""
    ((outcome, reason, value),) = findings(name, [reply("12", rate)], **parameters)
    assert (outcome, value) == (said[0], rate)
    assert said[1] in reason


@pytest.mark.parametrize("name", list(CHECKS))
def test_without_a_reference(name: str) -> None:
    """Without a reference nothing is claimed."""
    for outcome, reason, value in findings(name, [reply("12", reference=None)] * 3):
        assert (outcome, value) == ("undecided", None)
        assert "not known" in reason


@pytest.mark.parametrize("unit_bytes", [1, 2**20])
def test_over_rows_of_files(unit_bytes: int) -> None:
    """In a filtering the rows of one problem are counted together, dropped ones and all generations of a row too."""
    easy = {"question": "How much is 3 * 4?", "gold": "12"}
    mixed = {"question": "How much is 3 * 5?", "gold": "15"}
    told = "Three times that much gives it. The answer is {}."
    rows: list[dict[str, Any]] = [
        {**easy, "output": told.format(12)},
        {**mixed, "generations": [told.format(15), told.format(14), told.format(15)]},
        {**easy, "output": told.format(12)},
        {**mixed, "output": told.format(10)},
    ]
    result = filtered(jsonl(*rows), {"checks": ["wrong_answer", "too_easy"]}, unit_bytes=unit_bytes)
    places = zip(result.column("dropped_by"), result.column("too_easy.value"), strict=True)
    assert sorted(map(str, places)) == ["('too_easy', 1.0)"] * 2 + ["('wrong_answer', None)"] * 2 + ["(None, 0.5)"] * 2
