"""Problems of reasoning-gym's datasets, as many different ones as are asked for."""

from collections.abc import Iterator

from curate.digests import problem_id
from curate.gym.entries import entry_at, source_of
from curate.problems.different import different
from curate.records import Problem

LICENSE = "Apache-2.0"
"""The library's licence, by its package."""


def gym_problem(dataset: str, seed: int, index: int) -> Problem:
    """Return the problem behind a number, with the dataset's own answer as its reference.

    Raises:
        UsageError: The extra is not installed.
    """
    entry = entry_at(dataset, seed, index)
    return Problem(
        id=problem_id(entry.question),
        text=entry.question,
        reference=entry.answer,
        family=f"gym:{dataset}",
        source=source_of(dataset, seed, index),
        license=LICENSE,
    )


def gym_problems(dataset: str, seed: int, count: int) -> Iterator[Problem]:
    """Return `count` problems with different texts.

    Raises:
        UsageError: The extra is not installed, or the dataset has not so many different problems.
    """
    return different(lambda index: gym_problem(dataset, seed, index), count, dataset)
