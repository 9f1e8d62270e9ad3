"""Entries of reasoning-gym's datasets: dataset, seed and index fix one for good, and a `source` names it.

gym:basic_arithmetic:7:12      dataset, seed, index

The seed of each entry is hashed from all three: the library itself adds index to seed, so that neighbouring seeds would
share nearly all of their problems.
"""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple

from curate.errors import UsageError
from curate.gym.sets import measured_sets
from curate.records import JSON
from curate.seeds import derived

PACKAGE = "reasoning-gym"
EXTRA = "curate[gym]"
_SOURCE = re.compile(r"gym:(?P<dataset>\w+):(?P<seed>-?\d{1,20}):(?P<index>\d{1,20})")


class Entry(NamedTuple):
    """A problem of a dataset, with what its scorer needs."""

    dataset: Any
    """The dataset that made it, of a class of the library's."""
    content: JSON
    """`question`, `answer` and `metadata`."""

    @property
    def question(self) -> str:
        """The problem's text."""
        return str(self.content["question"])

    @property
    def answer(self) -> str:
        """The dataset's own answer."""
        return str(self.content["answer"])

    def score(self, answer: str) -> float:
        """Return what the dataset's scorer gives an answer, from 0 to 1; raises whatever the scorer raises."""
        with _silent():
            return float(self.dataset.score_answer(answer, self.content))


class Numbered(NamedTuple):
    """What a `source` names: a dataset, and the seed and the number of an entry."""

    dataset: str
    seed: int
    number: int


def source_of(dataset: str, seed: int, index: int) -> str:
    """Return the `source` that names an entry for good."""
    return f"gym:{dataset}:{seed}:{index}"


def numbered(source: str | None) -> Numbered | None:
    """Return what a `source` names; None where it is no sound dataset of ours."""
    match = _SOURCE.fullmatch(source or "")
    if match is None or match["dataset"] not in measured_sets().sound:
        return None
    return Numbered(match["dataset"], int(match["seed"]), int(match["index"]))


def entry_at(dataset: str, seed: int, index: int) -> Entry:
    """Return the entry behind a number, made anew.

    Raises:
        UsageError: The extra is not installed, or another version than was measured.
    """
    require_installed()
    from reasoning_gym import create_dataset  # noqa: PLC0415 - an extra, and heavy

    with _silent():
        made = create_dataset(dataset, seed=derived(seed, "gym", dataset, index, bits=62), size=1)
        return Entry(made, made[0])


@contextmanager
def _silent() -> Iterator[None]:
    """Keep the library from printing, moves of a hostile answer among it, and from warning."""
    with redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@cache
def require_installed() -> None:
    """Check that the library is there.

    Raises:
        UsageError: It is not installed, or in another version than was measured.
    """
    wanted = measured_sets().version
    try:
        there = version(PACKAGE)
    except PackageNotFoundError:
        raise UsageError(f"{PACKAGE} is not installed; install it with: pip install '{EXTRA}'") from None
    if there != wanted:
        raise UsageError(
            f"{PACKAGE} {there} is installed, and its datasets are known in version {wanted} alone; install that one "
            f"with: pip install '{EXTRA}'"
        )
