"""The faults that the noisy teacher plants are found, and sound traces are left alone."""

import pytest

from benchmarks.quality import CAUGHT_BY, by_fault, judged, noisy_traces, report, scores
from curate.teachers.builtin import FAULTS

MIN_RECALL = 0.99
MIN_PRECISION = 0.99


@pytest.fixture(scope="module")
def rows() -> list[tuple[str | None, str | None]]:
    """Return fault planted and check that dropped the row, over every family."""
    return [(trace.origin.fault, judged(trace)) for trace in noisy_traces(problems_each=160, seed=2)]


def test_every_fault_has_a_check() -> None:
    """No fault is planted that nothing looks for."""
    assert set(FAULTS) == set(CAUGHT_BY)


def test_recall_and_precision(rows: list[tuple[str | None, str | None]], capsys: pytest.CaptureFixture[str]) -> None:
    """Of each fault nearly all are found by its check, and what a check drops is nearly always its own."""
    with capsys.disabled():
        print(f"\n{report(rows)}")  # noqa: T201 - the figures are part of the test's output
    for fault, (planted, found) in by_fault(rows).items():
        assert planted >= 15, fault
        assert found / planted >= MIN_RECALL, fault
    for score in scores(rows):
        assert score.precision >= MIN_PRECISION, score


def test_sound_traces_are_kept(rows: list[tuple[str | None, str | None]]) -> None:
    """Not one trace without a planted fault is dropped."""
    assert [check for fault, check in rows if fault is None and check is not None] == []
