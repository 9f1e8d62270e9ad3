"""The verdict of a problem's own scorer, for problems of reasoning-gym: a score of 1.0 alone is right."""

from curate.answers.verdicts import Sameness, Verdict
from curate.errors import UsageError
from curate.gym.entries import PACKAGE, Entry, Numbered, entry_at, numbered
from curate.gym.sets import measured_sets
from curate.records import Problem

MAX_CHARACTERS = 10_000
"""Length of an answer that is scored: the time that scorers take is not bounded by theirs."""


def scored(problem: Problem, answer: str) -> Verdict | None:
    """Return what the problem's own scorer says of an answer; None for a problem that has none.

    Undecided where the scorer cannot be asked: the extra is not installed, the text of the problem was changed, the
    answer is too long, or it makes the scorer fail. The library gives parts of a point to wrong answers too, for their
    form or for trying, so anything below 1.0 is wrong.
    """
    number = numbered(problem.source)
    if number is None:
        return None
    if len(answer) > MAX_CHARACTERS:
        return _verdict("undecided", number, f"an answer of {len(answer)} characters is not scored")
    try:
        entry = entry_at(*number)
    except UsageError as error:
        return _verdict("undecided", number, str(error))
    if entry.question != problem.text:
        return _verdict("undecided", number, f"the text is not that of {problem.source}, whose scorer would be asked")
    return _asked(entry, number, answer)


def _asked(entry: Entry, number: Numbered, answer: str) -> Verdict:
    try:
        score = entry.score(answer)
    except Exception as error:  # noqa: BLE001 - code of others, which raises anything for an answer that it cannot read
        return _verdict("undecided", number, f"the scorer failed: {type(error).__name__}")
    if score == 1:
        return _verdict("same", number, "")
    return _verdict("different", number, f"{answer[:100]!r} scores {score:.3g}, not 1, by its dataset's scorer")


def _verdict(sameness: Sameness, number: Numbered, why: str) -> Verdict:
    return Verdict(sameness=sameness, rule=number.dataset, why=why, verifier=PACKAGE, version=measured_sets().version)
