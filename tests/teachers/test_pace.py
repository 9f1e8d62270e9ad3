"""What headers say of how fast an endpoint wants to be asked."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.protocols import UNPACED, Allowance, Pace
from curate.teachers.pace import LONGEST_WAIT, pace_of, seconds_of

SECONDS: dict[str, tuple[str, float | None]] = {
    "whole": ("20", 20.0),
    "parts": ("0.35", 0.35),
    "a duration": ("1m30s", 90.0),
    "hours": ("2h0m3.5s", 7203.5),
    "milliseconds": ("250ms", 0.25),
    "seconds with a unit": ("7.66s", 7.66),
    "minutes alone": ("6m", 360.0),
    "negative": ("-5", 0.0),
    "beyond a day": ("9999999", LONGEST_WAIT),
    "nothing": ("", None),
    "words": ("in a while", None),
    "not a number": ("nan", None),
    "endless": ("inf", None),
}


@pytest.mark.parametrize("value,seconds", SECONDS.values(), ids=list(SECONDS))
def test_seconds(value: str, seconds: float | None) -> None:
    """Numbers and durations are seconds, within a day; anything else says nothing."""
    assert seconds_of(value) == pytest.approx(seconds)


def test_moments() -> None:
    """A date, in HTTP's form, in ISO's, or as seconds or milliseconds since 1970, is the time until then."""
    then = datetime.now(UTC) + timedelta(seconds=100)
    stamp = time.time() + 100
    for value in (format_datetime(then, usegmt=True), then.isoformat(), f"{stamp:.0f}", f"{stamp * 1000:.0f}"):
        assert seconds_of(value) == pytest.approx(100, abs=5), value
    assert seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


@given(st.text(max_size=200))
def test_any_header_is_read(value: str) -> None:
    """No header, however odd, makes reading it fail, and no wait is negative or endless."""
    seconds = seconds_of(value)
    assert seconds is None or 0 <= seconds <= LONGEST_WAIT


HEADERS: dict[str, tuple[dict[str, str], Pace]] = {
    "nothing": ({"content-type": "application/json"}, UNPACED),
    "a wait": ({"retry-after": "3"}, Pace(retry_after=3.0)),
    "a finer wait": ({"retry-after": "3", "retry-after-ms": "2500"}, Pace(retry_after=2.5)),
    "of OpenAI": (
        {
            "x-ratelimit-remaining-requests": "59",
            "x-ratelimit-reset-requests": "1s",
            "x-ratelimit-remaining-tokens": "149984",
            "x-ratelimit-reset-tokens": "6m0s",
        },
        Pace(requests=Allowance(59, 1.0), tokens=Allowance(149984, 360.0)),
    ),
    "without a reset": ({"x-ratelimit-remaining-requests": "0"}, Pace(requests=Allowance(0))),
    "nonsense": ({"x-ratelimit-remaining-requests": "many", "retry-after": "soon"}, UNPACED),
    "below zero": ({"x-ratelimit-remaining-tokens": "-7"}, Pace(tokens=Allowance(0))),
}


@pytest.mark.parametrize("headers,pace", HEADERS.values(), ids=list(HEADERS))
def test_headers(headers: dict[str, str], pace: Pace) -> None:
    """The headers of the usual shapes are read; those that say nothing are left out."""
    assert pace_of(headers) == pace


def test_headers_of_anthropic() -> None:
    """Anthropic names its headers in another way, and says when, not in how long."""
    reset = (datetime.now(UTC) + timedelta(seconds=30)).isoformat().replace("+00:00", "Z")
    pace = pace_of({"anthropic-ratelimit-requests-remaining": "49", "anthropic-ratelimit-requests-reset": reset})
    assert pace.requests is not None
    assert pace.requests.remaining == 49
    assert pace.requests.reset == pytest.approx(30, abs=5)
