"""Answers of labelled outputs, in the files beside the repository where they are there; what is asked of them holds."""

import pytest

from benchmarks.comparisons import labelled_solutions, library_cases, long_reasoning
from benchmarks.labels import FULL, rows_of
from curate.answers import find_answer
from curate.checks.correctness import wrong_answer
from curate.checks.structure import missing_answer
from curate.records import Problem, Trace

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="the full labelled files are not beside the repository")

FEWEST_AS_EXPECTED = 132
FEWEST_SAME = 200


def test_every_labelled_solution_agrees() -> None:
    """Every solution with an answer agrees with its label; the few that end before one have none."""
    counts = labelled_solutions()
    assert set(counts) == {"agree", "without an answer"}


def test_checks_say_the_same() -> None:
    """`missing_answer` fails where no answer is found, and `wrong_answer` by the label where there is one."""
    for number, row in enumerate(rows_of("gsm8k_model_solutions_labelled")):
        found = find_answer(row["output"])
        problem = Problem(id="p", text="How many?", reference=str(row["gold"]))
        trace = Trace(id=str(number), problem=problem, response=row["output"], answer=found.text if found else None)
        if found is None:
            finding = missing_answer(trace)
            assert finding is not None
            assert finding.outcome == "fail"
        else:
            assert (wrong_answer(trace) is None) is row["is_correct"]


def test_library_cases() -> None:
    """Of Math-Verify's own cases all but a handful come out as it expects; those are explained in docs/answers.md."""
    assert sum(fits for *_, fits in library_cases()) >= FEWEST_AS_EXPECTED


def test_long_outputs_state_their_answers() -> None:
    """An answer is found in every complete output of the reasoning models, and nearly all agree with the reference."""
    verdicts = [verdict for *_, verdict in long_reasoning()]
    assert "not found" not in verdicts
    assert "undecided" not in verdicts
    assert verdicts.count("same") >= FEWEST_SAME
