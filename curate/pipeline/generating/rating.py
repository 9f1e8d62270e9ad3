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


def with_pass_rate(traces: list[Trace]) -> list[Trace]:
    """Return the traces of one problem with the share of them that are right.

    Over all replies, before anything is dropped. A reply without an answer, or whose answer cannot be decided, is not
    right. Without a reference it stays null.
    """
    if not traces or traces[0].problem.reference is None:
        return traces
    rate = sum(map(is_right, traces)) / len(traces)
    return [msgspec.structs.replace(trace, pass_rate=rate) for trace in traces]
