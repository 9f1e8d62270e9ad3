"""Is the problem worth its place: does the teacher get it right now and then, and not always?"""

from curate.records import Finding, Trace


def too_easy(trace: Trace, *, max_pass_rate: float = 0.9) -> Finding | None:
    """The teacher gets the problem right nearly every time, so that there is little to learn from it.

    The pass rate is the share of all replies to the problem that are right by its reference, those included that other
    checks drop. Without a reference it is not known, and nothing is claimed. Open R1 keeps problems between 0.1 and
    0.9; with few samples the bounds mean: not all of them right, and not all of them wrong.

    Args:
        trace: The trace to judge.
        max_pass_rate: The greatest pass rate; the measure is the problem's.
    """
    rate = trace.pass_rate
    if rate is None:
        return _UNKNOWN
    if rate <= max_pass_rate:
        return Finding(outcome="pass", value=rate)
    return Finding(outcome="fail", reason=f"{rate:.0%} of the replies to the problem are right", value=rate)


def too_hard(trace: Trace, *, min_pass_rate: float = 0.1) -> Finding | None:
    """The teacher hardly ever gets the problem right, so that its reference or its right replies may be luck.

    See `too_easy` for the pass rate. A teacher's `resample_until` asks more samples of such problems first.

    Args:
        trace: The trace to judge.
        min_pass_rate: The least pass rate; the measure is the problem's.
    """
    rate = trace.pass_rate
    if rate is None:
        return _UNKNOWN
    if rate >= min_pass_rate:
        return Finding(outcome="pass", value=rate)
    return Finding(outcome="fail", reason=f"{rate:.0%} of the replies to the problem are right", value=rate)


_UNKNOWN = Finding(outcome="undecided", reason="the pass rate of the problem is not known")
