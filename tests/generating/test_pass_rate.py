"""The share of a problem's samples that are right: over all replies, before anything is dropped."""

from pathlib import Path

import pytest

from curate.pipeline.generating.rating import rated
from curate.records import Problem, Trace
from tests.generating.running import run_here, traces

RATES: dict[str, tuple[str | None, list[str | None], float | None]] = {
    "all right": ("4", ["4", "4"], 1.0),
    "none right": ("4", ["5", "3"], 0.0),
    "half right": ("4", ["4", "5"], 0.5),
    "right in other words": ("4", ["4.0", "$4", "5", "6"], 0.5),
    "no answer is not right": ("4", ["4", None, None, None], 0.25),
    "no reference": (None, ["4", "5"], None),
    "one sample": ("4", ["4"], 1.0),
    "no sample": ("4", [], None),
    "undecided is not right": ("the red house", ["the red house", "a house that is red", None, None], 0.25),
    "all undecided": ("the red house", ["a house that is red"], 0.0),
}


@pytest.mark.parametrize("reference,answers,rate", RATES.values(), ids=RATES)
def test_pass_rate(reference: str | None, answers: list[str | None], rate: float | None) -> None:
    """Every trace of a problem carries the share of all its samples that are right."""
    problem = Problem(id="p", text="t", reference=reference)
    found = rated([Trace(id=str(place), problem=problem, answer=answer) for place, answer in enumerate(answers)])
    assert [trace.pass_rate for trace, _ in found] == [rate] * len(answers)
    assert [trace.answer for trace, _ in found] == answers
    assert sum(right for _, right in found) == (rate or 0) * len(answers)


FAULTY = """\
name: faulty
problems: {from: builtin, families: {arithmetic_chain: 10}}
teacher: {model: builtin/noisy, samples: 4, extra_body: {faults: {wrong_answer: 0.4, truncated: 0.3}}}
"""
SPOILING = {
    "wrong_answer",
    "wrong_step",
    "truncated",
    "looping",
    "missing_answer",
    "unclosed_thinking",
    "answer_mismatch",
    "refusal",
}
"""Faults that leave a reply without the right answer."""


def test_pass_rate_of_a_run(tmp_path: Path) -> None:
    """In a run of the noisy teacher the pass rate of each problem is the share of its samples without such a fault."""
    run_here(tmp_path / "run", FAULTY)
    found = traces(tmp_path / "run")
    assert {trace.pass_rate for trace in found} - {0.0, 1.0}
    for problem in {trace.problem.id for trace in found}:
        samples = [trace for trace in found if trace.problem.id == problem]
        right = sum(trace.origin.fault not in SPOILING for trace in samples)
        assert {trace.pass_rate for trace in samples} == {right / 4}
