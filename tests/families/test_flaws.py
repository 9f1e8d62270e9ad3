"""Families that can tell where a solution stops following: they find what slips, and let what is sound alone."""

from typing import Any

import pytest

from curate.families import FAMILIES, Family, Hand
from curate.families.base import DIFFICULTIES
from curate.seeds import rng

AUDITED = [family for family in FAMILIES.values() if family.flaw is not None]
PUZZLES = 25

families = pytest.mark.parametrize("family", AUDITED, ids=[family.name for family in AUDITED])


def puzzles(family: Family[Any]) -> list[Any]:
    """Return puzzles of every difficulty."""
    return [family.make(rng(3, "flaws", family.name, one, n), one) for one in DIFFICULTIES for n in range(PUZZLES)]


def hand(family: Family[Any], number: int, slip_at: int | None = None) -> Hand:
    """Return a hand that writes the same words each time it is made."""
    return Hand(rng(3, "hand", family.name, number), slip_at)


def test_families_without_equalities_are_audited() -> None:
    """Families whose steps are no equalities, all but those of mathematics, tell where a solution stops following."""
    assert {name for name, family in FAMILIES.items() if family.domain != "math"} <= {family.name for family in AUDITED}


@families
def test_sound_solutions_are_let_alone(family: Family[Any]) -> None:
    """Nothing is said against a sound solution, however it is laid out."""
    assert family.flaw is not None
    for number, puzzle in enumerate(puzzles(family)):
        steps = family.solve(puzzle, hand(family, number)).steps
        laid_out = ("Let me work through this step by step.", *(f"Step {n}: {step}" for n, step in enumerate(steps, 1)))
        assert family.flaw(puzzle, laid_out) is None


@families
def test_every_slip_that_changes_the_answer_is_found(family: Family[Any]) -> None:
    """A judgement that goes wrong is named no later than the step that it makes untrue."""
    assert family.flaw is not None
    for number, puzzle in enumerate(puzzles(family)):
        counting = hand(family, number)
        sound = family.solve(puzzle, counting)
        for place in range(counting.made):
            slipped = family.solve(puzzle, hand(family, number, place))
            if slipped.answer != sound.answer:
                flaw = family.flaw(puzzle, slipped.steps)
                assert flaw is not None, slipped.steps
                first = next(
                    n for n, (one, two) in enumerate(zip(sound.steps, slipped.steps, strict=False)) if one != two
                )
                assert flaw.step >= first
                assert flaw.said
                assert flaw.truth


@families
def test_a_step_in_other_words_ends_the_audit(family: Family[Any]) -> None:
    """After a step that cannot be read nothing is said any more: it may have supposed anything."""
    assert family.flaw is not None
    for number, puzzle in enumerate(puzzles(family)[::5]):
        counting = hand(family, number)
        family.solve(puzzle, counting)
        for slip in range(counting.made):
            steps = list(family.solve(puzzle, hand(family, number, slip)).steps)
            flaw = family.flaw(puzzle, steps)
            if flaw is not None:
                steps[flaw.step] += " Or so it seems to me."
                assert family.flaw(puzzle, steps) is None


@families
@pytest.mark.parametrize(
    "step",
    [
        pytest.param("", id="empty"),
        pytest.param("Therefore the answer is yes, obviously.", id="free words"),
        pytest.param("Premise 9 says that all cats are dogs; hence Ada is a cat.", id="no such premise"),
        pytest.param("Zzz is a knight, so what Zzz says is true: Zzz is a knave.", id="nobody"),
        pytest.param("Suppose that " + "Ada and " * 5_000, id="long"),
        pytest.param("\0\ud800 {name}", id="odd characters"),
    ],
)
def test_what_cannot_be_read_is_passed_over(family: Family[Any], step: str) -> None:
    """A step in other words breaks nothing, and nothing is said of it."""
    assert family.flaw is not None
    assert family.flaw(puzzles(family)[0], [step]) is None
