"""Do the steps hold when they are recomputed?"""

from curate.assertions import first_mistake
from curate.records import Finding, Trace

SHOWN_CHARACTERS = 120


def wrong_step(trace: Trace) -> Finding | None:
    """A step asserts something that is untrue when it is recomputed.

    Recomputed are equalities, chains of them and `<<48/2=24>>` marks, with numbers as they are written: rounding,
    percent, units and running totals (`5 + 3 = 8 * 2 = 16`) are given the benefit of the doubt; and equations in
    letters that the problem's own equations fix. The first such step is named, with what it says and what is true;
    the measure is its number, from 1. A step that cannot be recomputed with certainty is passed over.

    Args:
        trace: The trace to judge.
    """
    found = first_mistake(trace.problem.text, trace.steps)
    if found is None:
        return None
    place, mistake = found
    said, truth = mistake.said[:SHOWN_CHARACTERS], mistake.truth[:SHOWN_CHARACTERS]
    return Finding(outcome="fail", reason=f"step {place + 1} says {said!r}, but {truth}", value=float(place + 1))
