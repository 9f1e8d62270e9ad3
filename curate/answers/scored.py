"""The verdict of a problem's own scorer, for problems of reasoning-gym: a score of 1.0 alone is right."""

from functools import lru_cache

from curate.answers.verdicts import Sameness, Verdict
from curate.errors import UsageError
from curate.gym.entries import PACKAGE, Entry, Numbered, entry_at, numbered
from curate.gym.sets import measured_sets
from curate.limits import bounded
from curate.records import Problem

MAX_CHARACTERS = 10_000
"""Length of an answer that is scored: scorers may take time and memory that grow faster than it does."""
MAX_SECONDS = 5.0
"""Time that a scorer may take for an answer; the slowest takes less than a thousandth of it for a right one."""


def scored(problem: Problem, answer: str) -> Verdict | None:
    """Return what the problem's own scorer says of an answer; None for a problem that has none.

    Undecided where the scorer cannot be asked: the extra is not installed, the text of the problem was changed, the
    answer is too long, or it makes the scorer fail or take too much time or memory. The library gives parts of a point
    to wrong answers too, for their form or for trying, so anything below 1.0 is wrong.
    """
    number = numbered(problem.source)
    if number is None:
        return None
    if len(answer) > MAX_CHARACTERS:
        return _verdict("undecided", number, f"an answer of {len(answer)} characters is not scored")
    try:
        entry = _made(number)
    except UsageError as error:
        return _verdict("undecided", number, str(error))
    if entry.question != problem.text:
        return _verdict("undecided", number, f"the text is not that of {problem.source}, whose scorer would be asked")
    return _asked(entry, number, answer)


@lru_cache(maxsize=32)
def _made(number: Numbered) -> Entry:
    """Make an entry once for the samples of a problem, which come near one another: scoring is far quicker."""
    return entry_at(*number)


def _asked(entry: Entry, number: Numbered, answer: str) -> Verdict:
    try:
        with bounded("the scorer", seconds=MAX_SECONDS):
            score = entry.score(answer)
    except UsageError as error:
        return _verdict("undecided", number, str(error))
    except Exception as error:  # noqa: BLE001 - code of others, which raises anything for an answer that it cannot read
        return _verdict("undecided", number, f"the scorer failed: {type(error).__name__}")
    if score == 1:
        return _verdict("same", number, "")
    return _verdict("different", number, f"{answer[:100]!r} scores {score:.3g}, not 1, by its dataset's scorer")


def _verdict(sameness: Sameness, number: Numbered, why: str) -> Verdict:
    return Verdict(sameness=sameness, rule=number.dataset, why=why, verifier=PACKAGE, version=measured_sets().version)
