"""The problems of a recipe: from each of its sources in order, those with a fault of their own set aside."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from curate.errors import DataError
from curate.pipeline.filtering.planned import PlannedCheck
from curate.pipeline.plan import plan_problem_checks
from curate.problems import Choice, DroppedProblem, Found, builtin_problems, chosen, file_problems, gym_problems, mixed
from curate.recipe import LoadedRecipe
from curate.recipe.problems import AuthoredProblems, BuiltinProblems, FileProblems, GymProblems, Problems
from curate.records import Finding, Problem, Trace

PASSES = Finding(outcome="pass")


Author = Callable[[int, AuthoredProblems, Sequence[str]], Iterator[Found]]
"""Yields the problems of an authored source: of its position, what the recipe says, and the texts of those before."""


def problems_of(loaded: LoadedRecipe, author: Author) -> Iterator[Found]:
    """Yield the problems of a recipe in order, repeated ones included.

    Args:
        loaded: The recipe.
        author: Writes the problems of authored sources.

    Raises:
        RecipeError: A problem file is missing or holds no problem.
        UsageError: A family or dataset has not as many different problems as asked.
    """
    there: list[str] = []
    remembers = any(isinstance(source, AuthoredProblems) for source in loaded.recipe.problems)
    for position, source in enumerate(loaded.recipe.problems):
        for found in _of_source(loaded, position, source, author, there):
            if remembers and isinstance(found, Problem):
                there.append(found.text)
            yield found


def _of_source(
    loaded: LoadedRecipe, position: int, source: Problems, author: Author, there: Sequence[str]
) -> Iterator[Found]:
    seed = loaded.recipe.seed
    if isinstance(source, BuiltinProblems):
        families = source.families.items()
        yield from mixed(
            [(use.count, builtin_problems(name, seed, use.count, use.difficulty)) for name, use in families]
        )
    elif isinstance(source, FileProblems):
        yield from _of_file(loaded, position, source)
    elif isinstance(source, GymProblems):
        yield from mixed([(count, gym_problems(name, seed, count)) for name, count in source.datasets.items()])
    else:
        yield from author(position, source, tuple(there))


def _of_file(loaded: LoadedRecipe, position: int, source: FileProblems) -> Iterator[Found]:
    checks = plan_problem_checks(loaded, position, source.checks)
    choice = Choice(seed=loaded.recipe.seed, sample=source.sample, limit=source.limit, shuffle=source.shuffle)
    path = loaded.base / Path(source.path)
    found = file_problems(path, source.map, source=source.source, license_=source.license)
    try:
        yield from chosen(checked(found, checks), choice)
    except DataError as error:
        raise loaded.located.error(loaded.located.item("problems", position), str(error)) from None


def checked(problems: Iterable[Found], checks: tuple[PlannedCheck, ...]) -> Iterator[Found]:
    """Yield problems, those that a check drops with the reason, and whatever else is among them."""
    for problem in problems:
        yield (fault_of(problem, checks) or problem) if isinstance(problem, Problem) else problem


def fault_of(problem: Problem, checks: tuple[PlannedCheck, ...]) -> DroppedProblem | None:
    """Return what is wrong with a problem by the first check that drops it, or None."""
    row = Trace(id=problem.id, problem=problem)
    for check in checks:
        if not check.applies_to(row):
            continue
        finding = check.bind(None)(row) or PASSES
        if finding.outcome == "fail" or (finding.outcome == "undecided" and check.undecided == "drop"):
            return DroppedProblem(problem=problem, dropped_by=check.name, reason=finding.reason, value=finding.value)
    return None
