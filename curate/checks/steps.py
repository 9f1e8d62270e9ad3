"""Do the steps hold when they are recomputed?"""

from typing import NamedTuple

from curate.assertions import first_mistake
from curate.records import Finding, Trace

SHOWN_CHARACTERS = 120


def wrong_step(trace: Trace) -> Finding | None:
    """A step asserts something that is untrue when it is recomputed.

    Recomputed are equalities, chains of them and `<<48/2=24>>` marks, with numbers as they are written: rounding,
    percent, units and running totals (`5 + 3 = 8 * 2 = 16`) are given the benefit of the doubt; equations in letters
    that the problem's own equations fix; conversions of units, days of the calendar and sizes of sets; and for logic
    puzzles of the built-in families whether each step follows. The first such step is named, with what it says and
    what is true; the measure is its number, from 1. A step that cannot be recomputed with certainty is passed over.

    Args:
        trace: The trace to judge.
    """
    found = _flaw(trace) or _mistake(trace)
    if found is None:
        return None
    said, truth = found.said[:SHOWN_CHARACTERS], found.truth[:SHOWN_CHARACTERS]
    number = found.step + 1
    return Finding(outcome="fail", reason=f"step {number} says {said!r}, but {truth}", value=float(number))


class _Untrue(NamedTuple):
    """A step that does not hold."""

    step: int
    said: str
    truth: str


def _mistake(trace: Trace) -> _Untrue | None:
    is_cut = trace.answer is None or trace.finish_reason not in (None, "stop")
    found = first_mistake(trace.problem.text, trace.steps, is_cut=is_cut)
    return None if found is None else _Untrue(found[0], found[1].said, found[1].truth)


def _flaw(trace: Trace) -> _Untrue | None:
    """Return what a step of a built-in logic puzzle says that does not follow."""
    if not trace.problem.family or not trace.steps:
        return None
    from curate.families import FAMILIES  # noqa: PLC0415 - slow to import, and most rows are of no family
    from curate.families.numbered import puzzle_of  # noqa: PLC0415 - likewise

    family = FAMILIES.get(trace.problem.family)
    if family is None or family.flaw is None:
        return None
    found = puzzle_of(trace.problem.source, trace.problem.text)
    flaw = family.flaw(found[1], trace.steps) if found is not None and found[0] is family else None
    return None if flaw is None else _Untrue(flaw.step, flaw.said, flaw.truth)
