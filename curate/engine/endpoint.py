"""One address of a teacher: how fast it may be asked, whether it is up, and when it is tried again."""

import math

from curate.engine.limits import Concurrency, Rate
from curate.engine.retry import FIRST_WAIT, LONGEST_WAIT
from curate.protocols import Allowance, FailureKind, Pace, Teacher

ASIDE_AFTER = 5
"""Failures in a row after which an endpoint is set aside."""


class Endpoint:
    """An endpoint while it is being asked.

    Args:
        teacher: Who answers there.
        max_concurrency: The recipe's limit on requests under way; None where it states none.
        requests_per_minute: The recipe's limit, or None.
        tokens_per_minute: The recipe's limit, or None.
    """

    def __init__(
        self,
        teacher: Teacher,
        *,
        max_concurrency: int | None = None,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> None:
        self.teacher = teacher
        self.places = 0
        """Places taken: by requests under way, and by replies that are not on disk yet."""
        self.under_way = 0
        """Requests that the endpoint is at work on."""
        self.has_replied = False
        self.times_aside = 0
        """How often in a row it was set aside; 0 while it is up."""
        self.aside_since = math.inf
        self._concurrency = Concurrency(max_concurrency)
        self._requests = Rate(requests_per_minute)
        self._tokens = Rate(tokens_per_minute)
        self._paused_until = -math.inf
        self._gated_until = -math.inf
        """Nothing is sent before this, unless a reply shows that there is room again."""
        self._failures = 0
        self._pauses = 0

    @property
    def limit(self) -> int:
        """How many places there are now; a single one to try whether an endpoint is up again."""
        return 1 if self.times_aside else self._concurrency.limit

    def wait(self, now: float) -> float:
        """Return the seconds until a request may be sent: 0 for now, infinity while every place is taken."""
        if self.places >= self.limit:
            return math.inf
        closed = max(self._paused_until, self._gated_until) - now
        return max(0.0, closed, self._requests.wait(now), self._tokens.wait(now))

    def begin(self, tokens: float) -> None:
        """Take a place for a request that is expected to use so many tokens."""
        self.places += 1
        self.under_way += 1
        self._requests.take(1.0)
        self._tokens.take(tokens)

    def replied(self, sent: float, now: float, pace: Pace, unused_tokens: float) -> None:
        """Take note of a reply to a request that was sent then."""
        self.under_way -= 1
        self.has_replied = True
        self._failures = self.times_aside = self._pauses = 0
        self.aside_since = math.inf
        self._gated_until = -math.inf
        self._concurrency.replied(sent, now)
        self._tokens.take(-unused_tokens)
        self._heed(pace, now)

    def failed(self, kind: FailureKind, sent: float, now: float, pace: Pace) -> None:
        """Take note that a request which was sent then got no reply."""
        self.under_way -= 1
        self._heed(pace, now)
        if kind == "rate_limited":
            self._failures = 0
            self._concurrency.refused(sent, now, self.under_way)
            if sent >= self._gated_until:
                self._close_gate(now, pace)
        elif kind not in {"refused", "garbled"}:
            self._concurrency.troubled(sent, now)
            self._failures += 1
            if self._failures >= ASIDE_AFTER or self.times_aside:
                self._set_aside(sent, now)

    def forgive(self) -> None:
        """Take back the place of a request that ended in a way which says nothing of the endpoint."""
        self.under_way -= 1

    def _close_gate(self, now: float, pace: Pace) -> None:
        """Ask nothing for as long as the endpoint says, else longer each time; a reply opens the gate before that."""
        ours = min(LONGEST_WAIT, FIRST_WAIT * 2.0**self._pauses)
        self._pauses = min(self._pauses + 1, 10)
        self._gated_until = now + (ours if pace.retry_after is None else pace.retry_after)

    def _set_aside(self, sent: float, now: float) -> None:
        if sent < self._paused_until:  # it was under way when the endpoint was set aside already
            return
        self.aside_since = min(self.aside_since, now)
        self._paused_until = now + min(LONGEST_WAIT, 2.0 ** min(self.times_aside, 10))
        self.times_aside += 1

    def _heed(self, pace: Pace, now: float) -> None:
        """Ask nothing until a limit is full again that the endpoint says is used up."""
        for allowance in (pace.requests, pace.tokens):
            if allowance is not None and _is_used_up(allowance):
                self._paused_until = max(self._paused_until, now + (allowance.reset or 0.0))


def _is_used_up(allowance: Allowance) -> bool:
    return allowance.remaining <= 0
