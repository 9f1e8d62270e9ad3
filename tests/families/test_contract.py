"""What every family promises, asked of every family that is registered."""

import importlib
import json
import random
from itertools import pairwise
from types import ModuleType

import msgspec
import pytest

from curate.answers import compare
from curate.families import FAMILIES, Hand
from curate.families.base import DIFFICULTIES
from curate.families.numbered import puzzle_at, puzzle_of
from curate.problems import builtin_problem, builtin_problems
from curate.records import Problem
from tests.families.equalities import false_equalities

EACH = 60
SEEDS_APART = 300

families = pytest.mark.parametrize("family", FAMILIES)
difficulties = pytest.mark.parametrize("difficulty", DIFFICULTIES)


def checker(family: str) -> ModuleType:
    """Return the independent checker of a family."""
    return importlib.import_module(f"tests.families.checkers.{family}")


def problems(family: str, difficulty: int, count: int = EACH, seed: int = 3) -> list[Problem]:
    """Return the first problems of a family and difficulty."""
    return [builtin_problem(family, seed, difficulty, index) for index in range(count)]


@families
def test_same_seed_same_problem(family: str) -> None:
    """A number names the same problem every time, also through its `source`."""
    for problem in problems(family, 2, 20):
        again = builtin_problem(family, 3, 2, int((problem.source or "").rsplit(":", 1)[1]))
        assert again == problem
        found = puzzle_of(problem.source, problem.text)
        assert found is not None
        assert found[0].name == family


@families
@difficulties
def test_seeds_share_no_problem(family: str, difficulty: int) -> None:
    """Two neighbouring seeds have no problem in common."""
    ids = [{problem.id for problem in problems(family, difficulty, SEEDS_APART, seed)} for seed in (42, 43)]
    assert not ids[0] & ids[1]


@families
@difficulties
def test_reference_is_right(family: str, difficulty: int) -> None:
    """The reference is what an independent checker finds without the solver."""
    for index, problem in enumerate(problems(family, difficulty)):
        puzzle = puzzle_at(family, 3, difficulty, index)
        assert checker(family).recompute(puzzle, problem.text) == problem.reference, problem.text


@families
@difficulties
def test_every_step_is_sound(family: str, difficulty: int) -> None:
    """Nothing in the steps of a sound solution is untrue, in whatever words it is told."""
    for index, problem in enumerate(problems(family, difficulty)):
        puzzle = puzzle_at(family, 3, difficulty, index)
        for telling in range(3):
            solution = FAMILIES[family].solve(puzzle, Hand(random.Random(telling)))
            assert checker(family).faults(puzzle, problem.text, solution) == []
            assert solution.answer == problem.reference


@families
@difficulties
def test_slip_changes_the_answer_and_is_caught(family: str, difficulty: int) -> None:
    """Every puzzle has a slip that leads to another answer, and the answer check calls it different."""
    for index, problem in enumerate(problems(family, difficulty, 15)):
        puzzle = puzzle_at(family, 3, difficulty, index)
        counting = Hand(random.Random(0))
        FAMILIES[family].solve(puzzle, counting)
        slipped = [FAMILIES[family].solve(puzzle, Hand(random.Random(place), place)) for place in range(counting.made)]
        wrong = [solution.answer for solution in slipped if solution.answer != problem.reference]
        assert wrong, problem.text
        reference = problem.reference or ""
        for answer in wrong:
            assert compare(reference, answer, problem.answer_type).sameness != "same", (reference, answer)


@families
def test_puzzles_and_problems_are_json(family: str) -> None:
    """A puzzle and its problem survive JSON unchanged."""
    for index in range(10):
        puzzle = puzzle_at(family, 5, 4, index)
        plain = json.loads(msgspec.json.encode(puzzle))
        assert msgspec.json.encode(msgspec.convert(plain, type(puzzle))) == msgspec.json.encode(puzzle)
        problem = builtin_problem(family, 5, 4, index)
        assert msgspec.convert(json.loads(msgspec.json.encode(problem)), Problem) == problem


@families
def test_difficulty_really_rises(family: str) -> None:
    """On average each difficulty is larger, and its solutions are longer, than the one below."""
    sizes = []
    lengths = []
    for difficulty in DIFFICULTIES:
        puzzles = [puzzle_at(family, 9, difficulty, index) for index in range(EACH)]
        sizes.append(sum(checker(family).BOUNDS(puzzle) for puzzle in puzzles) / EACH)
        solutions = [FAMILIES[family].solve(puzzle, Hand(random.Random(0))) for puzzle in puzzles]
        lengths.append(sum(len(" ".join(solution.steps)) for solution in solutions) / EACH)
    assert all(easier < harder for easier, harder in pairwise(sizes)), sizes
    assert lengths[-1] > 1.5 * lengths[0], lengths


@families
def test_wording_varies(family: str) -> None:
    """Two samples of one problem are told in different words nearly always."""
    same = 0
    for index in range(EACH):
        puzzle = puzzle_at(family, 11, 3, index)
        same += len({FAMILIES[family].solve(puzzle, Hand(random.Random(telling))).steps for telling in (1, 2)}) == 1
    assert same <= EACH * 0.05


@families
def test_steps_are_several_and_whole(family: str) -> None:
    """Even an easy solution takes two steps, and none of them is empty."""
    for difficulty in DIFFICULTIES:
        for index in range(20):
            solution = FAMILIES[family].solve(puzzle_at(family, 13, difficulty, index), Hand(random.Random(index)))
            assert len(solution.steps) >= 2
            assert all(step == step.strip() and len(step) > 5 for step in solution.steps)
            assert all(not false_equalities(step) for step in solution.steps) or family == "linear_equation"


@families
def test_texts_do_not_repeat(family: str) -> None:
    """A thousand problems of one seed are a thousand different texts, but for one in a hundred."""
    ids = {builtin_problem(family, 17, 3, index).id for index in range(1000)}
    assert len(ids) >= 990
    assert len({problem.id for problem in builtin_problems(family, 17, 50, (1, 5))}) == 50
