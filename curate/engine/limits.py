"""How fast an endpoint may be asked: how many requests at once, and how many requests and tokens a minute.

Nothing here reads a clock: whoever asks says what time it is, in seconds of any steady clock.
"""

import math

FIRST = 16
"""Requests under way at once where nothing is stated, until the first of them are answered."""
MOST = 1024
"""Requests under way at once where nothing is stated, at most: beyond it this machine is the limit."""

TOO_MUCH = 0.4
"""Share of refusals, or of failures, among the last outcomes above which the limit falls.

Below it requests are simply tried again: an endpoint that fails now and then does not fail because of how many we send,
while one that has no room for one more refuses about every second one that is tried.
"""
CALM = 0.2
"""Share below which the limit may rise; where it has fallen, the share starts from here again."""
FALL = 0.7
"""What is left of the limit when an endpoint has trouble of its own."""
SHORTEST_HOLD = 1.0
LONGEST_HOLD = 4.0
"""Seconds after a fall until one more is tried; doubles each time that one more turns out too many."""
SATURATED = 1.7
"""How much longer replies take after the limit was doubled where doubling it has brought nothing."""
PLATEAU_HOLD = 20.0
"""Seconds until a limit beyond the one that brought nothing is tried again."""


class Share:
    """The share of hits among the last outcomes.

    Args:
        memory: About how many outcomes count.
    """

    def __init__(self, memory: int) -> None:
        self.value = 0.0
        self._weight = 1 / memory

    def note(self, *, hit: bool) -> float:
        """Take in an outcome; returns the share."""
        self.value += (hit - self.value) * self._weight
        return self.value


class Concurrency:
    """How many requests may be under way at one endpoint.

    Doubles with every round (as many replies as the limit, to requests sent since it was set) until the endpoint
    refuses, or replies only take longer; falls to what the endpoint took when it refuses; then feels its way up again,
    first by one, and by doubling when that went well.

    Args:
        stated: The limit that a recipe states: the start, and never exceeded. None: found out.
    """

    def __init__(self, stated: int | None = None) -> None:
        self.limit = stated or FIRST
        self._ceiling = stated or MOST
        self._refusals = Share(memory=8)
        self._failures = Share(memory=16)
        self.fell = -math.inf
        """When the limit fell last."""
        self._hold = SHORTEST_HOLD
        self._rise_after = -math.inf
        self._may_probe = False
        self._before = 0.0
        """What a reply took on average in the last round; 0 when that is not known."""
        self._begin_round(-math.inf)

    def _begin_round(self, now: float) -> None:
        self._since, self._replies, self._seconds = now, 0, 0.0

    def replied(self, sent: float, now: float) -> bool:
        """Take note of a reply to a request that was sent then; returns whether the limit has changed."""
        is_calm = self._refusals.note(hit=False) <= CALM and self._failures.note(hit=False) <= TOO_MUCH
        if self.limit >= self._ceiling or sent < self._since or now < self._rise_after or not is_calm:
            return False
        if self._may_probe:
            self._may_probe = False
            self.limit += 1
            self._begin_round(now)
            return True
        self._replies += 1
        self._seconds += now - sent
        if self._replies < self.limit:
            return False
        self._end_round(now)
        return True

    def _end_round(self, now: float) -> None:
        """Double the limit, or go back to what it was before doubling it brought nothing."""
        mean = self._seconds / self._replies
        if self._before and mean > self._before * SATURATED:
            self.limit = max(1, self.limit // 2)
            self._rise_after = now + PLATEAU_HOLD
        else:
            self.limit = min(self._ceiling, self.limit * 2)
            self._before = mean
            self._hold = SHORTEST_HOLD
        self._begin_round(now)

    def refused(self, sent: float, now: float, taken: int) -> None:
        """Take note that the endpoint refused a request, as there were too many, while it was at work on `taken`."""
        if self._refusals.note(hit=True) > TOO_MUCH:
            self._fall(max(1, min(self.limit, taken)), sent, now)

    def troubled(self, sent: float, now: float) -> None:
        """Take note that the endpoint failed to answer a request; the limit falls once a round, not for each."""
        if self._failures.note(hit=True) > TOO_MUCH and sent >= self.fell:
            self._fall(max(1, math.floor(self.limit * FALL)), sent, now)

    def _fall(self, limit: int, sent: float, now: float) -> None:
        if sent >= self.fell > -math.inf:  # the first of its round: what was tried since the last fall was too much
            self._hold = min(LONGEST_HOLD, self._hold * 2)
        self.limit = limit
        self._refusals.value = self._failures.value = CALM
        self.fell, self._rise_after = now, now + self._hold
        self._may_probe, self._before = True, 0.0
        self._begin_round(now)


class Rate:
    """How many requests, or tokens, may be used a minute: what is not used gathers for a second, and no longer.

    Args:
        per_minute: The limit; None for none.
    """

    def __init__(self, per_minute: float | None) -> None:
        limit = per_minute or 0.0
        self._room = max(1.0, limit / 60)
        # In no minute more than the limit: what has gathered and what comes in within it, together.
        self._per_second = None if per_minute is None else max(limit - self._room, limit / 2) / 60
        self._level = self._room
        self._at = -math.inf

    def wait(self, now: float) -> float:
        """Return the seconds until something may be taken; 0 for now."""
        if self._per_second is None:
            return 0.0
        self._level = min(self._room, self._level + max(0.0, now - self._at) * self._per_second)
        self._at = now
        return max(0.0, (1.0 - self._level) / self._per_second)

    def take(self, amount: float) -> None:
        """Use an amount; more than there is delays what comes after. A negative one gives back what was not used."""
        self._level -= amount
