"""Problems of the built-in families, as many different ones as are asked for."""

from collections.abc import Iterator

from curate.digests import problem_id
from curate.families import FAMILIES, Hand
from curate.families.numbered import source_of, worded_at
from curate.problems.different import different
from curate.records import Problem
from curate.seeds import rng


def builtin_problem(family: str, seed: int, difficulty: int, index: int) -> Problem:
    """Return the problem behind a number; its reference is derived by solving it."""
    maker = FAMILIES[family]
    puzzle, text = worded_at(family, seed, difficulty, index)
    return Problem(
        id=problem_id(text),
        text=text,
        reference=maker.solve(puzzle, Hand(rng(seed, "reference"))).answer,
        answer_type=maker.answer_type_of(puzzle),
        domain=maker.domain,
        family=family,
        difficulty=difficulty,
        source=source_of(family, seed, difficulty, index),
    )


def builtin_problems(family: str, seed: int, count: int, difficulties: tuple[int, ...]) -> Iterator[Problem]:
    """Return `count` problems with different texts, taking turns with the difficulties.

    Raises:
        UsageError: The family has not so many different problems.
    """
    return different(
        lambda index: builtin_problem(family, seed, difficulties[index % len(difficulties)], index), count, family
    )
