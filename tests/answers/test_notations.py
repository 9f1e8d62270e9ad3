"""One value in many notations is the same answer; the nearest wrong value is another."""

from collections import Counter

import pytest

from curate.answers import canonical, compare
from tests.answers.notations import Case, cases

ALL = list(cases())
KINDS = sorted({case.kind for case in ALL})
MAX_UNDECIDED_SHARE = 0.05


def verdicts(kind: str) -> list[tuple[Case, str]]:
    """Return each pair of a kind with its verdict."""
    chosen = [case for case in ALL if case.kind == kind]
    return [(case, compare(case.gold, case.answer, case.asked, problem_text=case.problem).sameness) for case in chosen]


def test_there_are_enough() -> None:
    """There are a thousand pairs and more, in both directions."""
    assert min(Counter(case.same for case in ALL).values()) >= 1_000


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_mistaken(kind: str) -> None:
    """No two notations of a value are called different, and no wrong value is called the same."""
    opposite = {True: "different", False: "same"}
    assert [case for case, sameness in verdicts(kind) if sameness == opposite[case.same]] == []


def test_hardly_anything_is_left_open() -> None:
    """Nearly every pair is decided."""
    left_open = [case for kind in KINDS for case, sameness in verdicts(kind) if sameness == "undecided"]
    assert len(left_open) <= MAX_UNDECIDED_SHARE * len(ALL), left_open


@pytest.mark.parametrize("kind", KINDS)
def test_direction_does_not_matter(kind: str) -> None:
    """Turning a pair round changes neither the verdict nor the rule."""
    for case in (case for case in ALL if case.kind == kind):
        there = compare(case.gold, case.answer, case.asked, problem_text=case.problem)
        back = compare(case.answer, case.gold, case.asked, problem_text=case.problem)
        assert (there.sameness, there.rule) == (back.sameness, back.rule), case
        assert (there.gold, there.answer) == (back.answer, back.gold), case


def form(case: Case, text: str) -> str:
    """Return the normal form of one side."""
    return canonical(text, case.asked, problem_text=case.problem)


NOT_TRANSITIVE = {"angle", "decimal", "named", "numeral", "sentence", "symbolic"}
"""Kinds with notations whose sameness depends on the other one: a unit, base or name left away, a decimal comma."""


@pytest.mark.parametrize("kind", KINDS)
def test_votes_are_counted_as_verdicts_fall(kind: str) -> None:
    """Wrong values never share a normal form with the right one; notations do, unless it takes two to read them."""
    forms = [(case, form(case, case.gold), form(case, case.answer)) for case in ALL if case.kind == kind]
    assert [case for case, one, other in forms if not case.same and one == other] == []
    if kind not in NOT_TRANSITIVE:
        assert [(case, one, other) for case, one, other in forms if case.same and one != other] == []
