"""What an endpoint's headers say of how fast it wants to be asked."""

import math
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from curate.protocols import UNPACED, Allowance, Pace

LONGEST_WAIT = 24 * 3600.0
"""A wait beyond this many seconds is taken for this many."""

_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:([\d.]+)ms)?\Z")
_UNITS = (3600.0, 60.0, 1.0, 0.001)
_OF_REQUESTS = ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests")
_OF_TOKENS = ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens")
_ANTHROPIC = (
    ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
    ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"),
)


def pace_of(headers: Mapping[str, str]) -> Pace:
    """Return what the headers of a reply or a refusal say; names are looked up in lower case."""
    retry_after = _retry_after(headers)
    requests = _allowance(headers, *_OF_REQUESTS) or _allowance(headers, *_ANTHROPIC[0])
    tokens = _allowance(headers, *_OF_TOKENS) or _allowance(headers, *_ANTHROPIC[1])
    if retry_after is None and requests is None and tokens is None:
        return UNPACED
    return Pace(retry_after=retry_after, requests=requests, tokens=tokens)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds to wait; `retry-after-ms`, which some endpoints send beside it, is the finer one."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return _bounded(milliseconds / 1000)
    value = headers.get("retry-after")
    return None if value is None else seconds_of(value)


def _allowance(headers: Mapping[str, str], remaining: str, reset: str) -> Allowance | None:
    left = _number(headers.get(remaining))
    if left is None:
        return None
    until = headers.get(reset)
    return Allowance(remaining=max(0, int(left)), reset=None if until is None else seconds_of(until))


def seconds_of(value: str) -> float | None:
    """Return the seconds that a header means: a number, a duration such as `6m0.5s`, or a date; None for anything else.

    A number so large that it can only be a date is one, in seconds or milliseconds since the epoch.
    """
    text = value.strip()[:MAX_CHARACTERS]
    number = _number(text)
    if number is not None:
        return _bounded(_from_now(number))
    duration = _DURATION.match(text)
    if text and duration:
        numbers = [_number(part) or 0.0 for part in duration.groups()]
        return _bounded(sum(number * unit for number, unit in zip(numbers, _UNITS, strict=True)))
    moment = _date(text)
    return None if moment is None else _bounded(moment.timestamp() - time.time())


MAX_CHARACTERS = 100
_EPOCH = 1e9
_EPOCH_MILLISECONDS = 1e12


def _from_now(number: float) -> float:
    if number > _EPOCH_MILLISECONDS:
        return number / 1000 - time.time()
    return number - time.time() if number > _EPOCH else number


def _date(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _bounded(seconds: float) -> float:
    return min(max(0.0, seconds), LONGEST_WAIT)
