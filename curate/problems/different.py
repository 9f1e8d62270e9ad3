"""As many different problems as are asked for, of a maker that numbers them and may repeat itself."""

from collections.abc import Callable, Iterator

from curate.errors import UsageError
from curate.records import Problem

TRIES_EACH = 50
"""How often a maker may repeat itself, on average, before it is taken to have no more different problems."""


def different(problem_at: Callable[[int], Problem], count: int, maker: str) -> Iterator[Problem]:
    """Yield the first `count` problems with different texts, by their numbers from 0.

    Raises:
        UsageError: The maker, named so, has not so many.
    """
    seen: set[str] = set()
    for index in range(count * TRIES_EACH):
        problem = problem_at(index)
        if problem.id not in seen:
            seen.add(problem.id)
            yield problem
        if len(seen) == count:
            return
    raise UsageError(f"{maker} gave only {len(seen)} different problems where {count} were asked")
