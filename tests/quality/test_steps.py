"""`wrong_step` reaches what it must: on labelled steps, on human solutions, on the built-in families."""

import pytest

from benchmarks import steps
from benchmarks.planted import solver_traces
from curate.checks.steps import wrong_step

SOUND_EACH = 60


def test_labelled_steps() -> None:
    """Nearly every labelled mistake is found at its step; what else is accused is untrue by Python's own arithmetic."""
    came = steps.measure_labelled()
    if not came.mistaken:
        pytest.skip("the labelled steps are not beside the repository")
    assert (came.right + came.contradicted) / came.accused >= 0.98
    assert came.right / came.mistaken >= 0.93
    assert came.named / came.right >= 0.92
    for row in came.disputed:
        first, second = row.sides()
        assert first != second, row


def test_human_solutions() -> None:
    """Of the human solutions at most three are accused."""
    assert len(steps.accused_humans()) <= 3


def test_built_in_families() -> None:
    """Every wrong step that the noisy teacher plants is found, and the sound teacher is never accused."""
    for family, share in steps.planted(120).items():
        assert share.count == share.of > 0, family
    assert [trace.id for trace in solver_traces(SOUND_EACH, seed=11) if wrong_step(trace) is not None] == []
