"""Which replies are right, and the share of a problem's that are."""

import msgspec

from curate.answers import compare
from curate.records import Trace


def is_right(trace: Trace) -> bool:
    """Say whether an answer is right by the reference, compared as `wrong_answer` does; what is undecided is not."""
    reference, answer = trace.problem.reference, trace.answer
    if reference is None or answer is None:
        return False
    verdict = compare(reference, answer, trace.problem.answer_type, problem_text=trace.problem.text)
    return verdict.sameness == "same"


def rated(traces: list[Trace]) -> list[tuple[Trace, bool]]:
    """Return the traces of one problem with the share of them that are right, each with whether it is.

    Over all replies, before anything is dropped. A reply without an answer, or whose answer cannot be decided, is not
    right. Without a reference the share stays null.
    """
    right = [is_right(trace) for trace in traces]
    if not traces or traces[0].problem.reference is None:
        return list(zip(traces, right, strict=True))
    rate = sum(right) / len(right)
    return [(msgspec.structs.replace(trace, pass_rate=rate), one) for trace, one in zip(traces, right, strict=True)]
