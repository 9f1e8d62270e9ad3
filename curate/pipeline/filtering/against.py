"""What some checks hold the rows against: earlier datasets, and benchmarks."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from curate.checks import Check
from curate.errors import UsageError
from curate.reading.lines import Source, Unit, stamped
from curate.reading.sources import packing_of, plan_input
from curate.records import JSON

if TYPE_CHECKING:
    from curate.similarity.leaks import LeakIndex, Question


class Against(msgspec.Struct, frozen=True):
    """What one check holds the rows against; plain data, stamped, so that it is known when a file has changed."""

    units: tuple[Unit, ...] = ()
    """An earlier dataset."""
    questions: tuple[Source, ...] = ()
    """Files of benchmarks, by name."""
    file: Source | None = None
    """A file that the check reads by itself."""


NOTHING_AGAINST = Against()


def find_against(check: Check, parameters: JSON, base: Path) -> Against:
    """Return what a check is held against; empty for one that names nothing.

    Args:
        check: The check.
        parameters: Its parameters.
        base: The folder that paths are relative to.

    Raises:
        InputError: A file, a folder or a name does not exist, or holds nothing.
    """
    dataset, named = check.parameter_of("dataset"), check.parameter_of("benchmarks")
    if dataset and parameters[dataset] is not None:
        return Against(units=plan_input([str(base / parameters[dataset])]).units)
    if named:
        return Against(questions=tuple(_benchmark(reference, base) for reference in _references(parameters[named])))
    file = check.parameter_of("file")
    if file and parameters[file] is not None:
        return Against(file=stamped(Source(name=parameters[file], path=str(base / parameters[file]))))
    return NOTHING_AGAINST


def _references(given: str | list[str]) -> Sequence[str]:
    """Return what is named, or all benchmarks that were added.

    Raises:
        UsageError: There are none.
    """
    from curate import benchmarks  # noqa: PLC0415 - workers never look one up

    found = ([given] if isinstance(given, str) else given) or list(benchmarks.registered())
    if not found:
        raise UsageError("no benchmark is named, and none was added: curate benchmarks add NAME FILE")
    return found


def _benchmark(reference: str, base: Path) -> Source:
    from curate import benchmarks  # noqa: PLC0415 - workers never look one up

    name, path = benchmarks.find(reference, base)
    return stamped(Source(name=name, path=str(path), packing=packing_of(path)))


def given_to(check: Check, parameters: Mapping[str, object], against: Against) -> JSON:
    """Return what the pipeline gives to a check beside its parameters, or in place of one."""
    if check.parameter_of("benchmarks"):
        return {"index": _leak_index(against.questions, parameters["ngram"])}
    file = check.parameter_of("file")
    return {file: against.file.path} if file and against.file else {}


@lru_cache(maxsize=4)
def _leak_index(sources: tuple[Source, ...], ngram: int) -> "LeakIndex":
    from curate.similarity.leaks import LeakIndex  # noqa: PLC0415 - heavy, and for one check alone

    return LeakIndex([question for source in sources for question in _questions(source)], ngram)


def _questions(source: Source) -> "Iterator[Question]":
    """Yield the questions of a benchmark.

    Raises:
        DataError: The file holds none.
    """
    from curate.problems import UnreadableRow, file_problems  # noqa: PLC0415 - heavy, and for one check alone
    from curate.similarity.leaks import Question  # noqa: PLC0415 - likewise

    for item, problem in enumerate(file_problems(Path(source.path), {}), 1):
        if not isinstance(problem, UnreadableRow):
            yield Question(source.name, item, problem.text)


def count_questions(file: Path) -> int:
    """Return how many questions a file holds.

    Raises:
        DataError: It does not exist, or holds none.
    """
    from curate.problems import UnreadableRow, file_problems  # noqa: PLC0415 - heavy, and for this alone

    return sum(not isinstance(problem, UnreadableRow) for problem in file_problems(file, {}))
