"""Near-duplicates and leaks on planted edits and look-alikes, in small; `make quality` prints the big measurement."""

import pytest

from benchmarks.likeness import (
    LEAKS,
    builtin_look_alikes,
    by_ours,
    counted,
    merged,
    pairs,
    planted_leaks,
    real_look_alikes,
    renumbered,
)


@pytest.mark.parametrize("rate", [0.01, 0.05])
def test_edited_copies_are_found(rate: float) -> None:
    """Every copy well above the bound is found, and none below it is reported, by exact similarity."""
    found = pairs(rate, most=30)
    result = counted(found, by_ours(found))
    assert result.above > 50
    assert (result.found, result.wrong) == (result.above, 0)


def test_problems_with_different_answers_stay() -> None:
    """No two problems with different answers are taken for one; of the built-in ones none at all."""
    assert merged(real_look_alikes())[1] == 0
    assert merged(builtin_look_alikes(100), with_references=False) == (0, 0)


@pytest.mark.parametrize("written", LEAKS.values(), ids=list(LEAKS))
def test_planted_leaks_are_found(written: object) -> None:
    """Every planted question is found, and no clean row is accused."""
    assert callable(written)
    planted, clean = planted_leaks(written)
    assert set(planted) == {"fail"}
    assert "fail" not in clean


def test_copies_with_other_numbers_are_reported() -> None:
    """Every question with other numbers is reported."""
    planted, _ = planted_leaks(renumbered)
    assert "pass" not in planted
