"""Is another try worth it, and when: tables of cases for the two pure functions that decide."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.engine.retry import LONGEST_WAIT, TRIES, may_try_again, wait_before
from curate.protocols import UNPACED, FailureKind, Pace

KINDS: tuple[FailureKind, ...] = get_args(FailureKind)

TRANSIENT: dict[FailureKind, bool] = {
    "rate_limited": True,
    "overloaded": True,
    "timed_out": True,
    "disconnected": True,
    "garbled": True,
    "refused": False,
}


def test_every_kind_is_decided() -> None:
    """No kind of failure is left out of the tables."""
    assert set(TRANSIENT) == set(TRIES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_transient(kind: FailureKind) -> None:
    """What the endpoint will never answer is not sent again; everything else is, and not for ever."""
    assert may_try_again(kind, 1) is TRANSIENT[kind]
    assert not may_try_again(kind, 1000)


def test_what_may_have_been_paid_for_is_tried_less_often() -> None:
    """Replies that were paid for and came to nothing are asked for less often than refusals that cost nothing."""
    assert TRIES["timed_out"] < TRIES["overloaded"] < TRIES["rate_limited"]
    assert TRIES["garbled"] < TRIES["overloaded"]


WAITS: dict[str, tuple[int, float | None, float, float, float]] = {
    "the first": (1, None, 0.0, 0.25, 0.25),
    "the first, at most": (1, None, 0.999, 0.49, 0.5),
    "the second": (2, None, 0.0, 0.5, 0.5),
    "the fifth": (5, None, 0.0, 4.0, 4.0),
    "the hundredth": (100, None, 0.0, LONGEST_WAIT / 2, LONGEST_WAIT / 2),
    "as long as it says": (1, 3.0, 0.0, 3.0, 3.0),
    "and not all at once": (1, 3.0, 0.999, 3.4, 3.5),
    "longer than we would": (1, 300.0, 0.5, 300.0, 300.5),
    "shorter than we would": (9, 0.1, 0.0, 0.1, 0.1),
    "no time at all": (1, 0.0, 0.0, 0.0, 0.0),
    "a time that has passed": (1, -5.0, 0.0, 0.0, 0.0),
}


@pytest.mark.parametrize("failures,retry_after,luck,least,most", WAITS.values(), ids=WAITS)
def test_wait(failures: int, retry_after: float | None, luck: float, least: float, most: float) -> None:
    """The wait doubles with each failure, half of it left to luck; what the endpoint says goes before."""
    pace = UNPACED if retry_after is None else Pace(retry_after=retry_after)
    assert least <= wait_before(failures, pace, luck) <= most


@given(st.integers(1, 10**6), st.none() | st.floats(0, 10**5), st.floats(0, 1, exclude_max=True))
def test_never_before_the_endpoint_says(failures: int, retry_after: float | None, luck: float) -> None:
    """Whatever happened, nobody is asked earlier than he said, and nothing waits for ever."""
    wait = wait_before(failures, Pace(retry_after=retry_after), luck)
    assert (retry_after or 0.0) <= wait <= (retry_after or 0.0) + LONGEST_WAIT
