"""The share of the replies to a problem that are right."""

import msgspec

from curate.checks.correctness import is_right
from curate.records import Trace


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
