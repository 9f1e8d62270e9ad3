"""Problems of a built-in family with their solutions, to show, and how fast they are made."""

import time
from collections.abc import Iterator

from curate.families import FAMILIES, Hand, Solution
from curate.families.base import DIFFICULTIES, AnswerType
from curate.families.numbered import puzzle_at, puzzle_of
from curate.problems.builtin import builtin_problem, builtin_problems
from curate.records import Problem
from curate.seeds import rng

TIMED_PROBLEMS = 500


def solved(family: str, seed: int, count: int) -> Iterator[tuple[Problem, Solution]]:
    """Yield problems from easy to hard, each with a solution in words of its own; the same ones for the same seed."""
    for problem in builtin_problems(family, seed, count, DIFFICULTIES):
        found = puzzle_of(problem.source, problem.text)
        assert found is not None
        yield problem, found[0].solve(found[1], Hand(rng(seed, "show", problem.id)))


def answer_types(family: str, count: int = 100) -> list[AnswerType]:
    """Return what kinds of answers a family asks for, as far as so many problems show."""
    puzzles = (puzzle_at(family, 0, DIFFICULTIES[n % len(DIFFICULTIES)], n) for n in range(count))
    return sorted(set(map(FAMILIES[family].answer_type_of, puzzles)))


def problems_a_minute(family: str) -> float:
    """Return how many problems with their solutions one core makes in a minute; measured, so never twice the same."""
    began = time.process_time()
    for index in range(TIMED_PROBLEMS):
        builtin_problem(family, 0, DIFFICULTIES[index % len(DIFFICULTIES)], index)
    return 60 * TIMED_PROBLEMS / (time.process_time() - began)


def described(family: str) -> dict[str, str]:
    """Return what there is to know about a family, by label."""
    return {
        "asks": FAMILIES[family].doc,
        "domain": FAMILIES[family].domain,
        "answers": ", ".join(answer_types(family)),
        "in a recipe": f"{family}: 100, or {family}: {{count: 100, difficulty: [1, 2, 3]}} with any of 1 (easy) to 5",
    }
