"""Is another try worth it, and when? Pure functions of what went wrong and how often."""

from curate.protocols import FailureKind, Pace

TRIES: dict[FailureKind, int] = {
    "rate_limited": 40,
    "overloaded": 8,
    "timed_out": 4,
    "disconnected": 8,
    "garbled": 5,
    "refused": 1,
}
"""How often one request may fail in each way, at most.

Refusals for too many requests cost nothing and say nothing of the request, so there may be many. What may have been
paid for is tried less often than what was not.
"""

FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
"""Seconds between two tries, as long as the endpoint does not ask for more."""


def may_try_again(kind: FailureKind, failures: int) -> bool:
    """Say whether a request that failed so many times in this way is worth another try."""
    return failures < TRIES[kind]


def wait_before(failures: int, pace: Pace, luck: float) -> float:
    """Return the seconds to wait before the next try.

    Doubles with each failure; a half of it is left to `luck`, so that requests which failed together do not come back
    together. An endpoint that says how long to wait is not asked earlier.

    Args:
        failures: How often the request has failed, at least once.
        pace: What the endpoint said.
        luck: A random number in [0, 1).
    """
    ours = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures - 1, 10)) * (0.5 + 0.5 * luck)
    if pace.retry_after is None:
        return ours
    return max(0.0, pace.retry_after) + min(ours, FIRST_WAIT) * luck
