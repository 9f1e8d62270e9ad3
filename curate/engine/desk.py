"""One teacher while it is being asked: its queue, its endpoints, and when either has something to do."""

import asyncio
import math

from curate.engine.asking import Asking, Queue, Work
from curate.engine.cost import Budget, most_prompt_tokens, tokens_of
from curate.engine.endpoint import Endpoint
from curate.records import Reply, Request

HANDFUL = 4
"""Requests sent until the first reply, or until it takes longer than errors take: a wrong key must not cost more."""
ASIDE_BEFORE_FIRST_REPLY = 3
"""How often all endpoints of a teacher may be set aside before it has answered once."""
PATIENCE = 600.0
"""Seconds that all endpoints of a teacher may be down after they have answered."""


class Desk:
    """Where the work of one teacher is handed out.

    Args:
        asking: The teacher, and what it is asked.
        budget: What may be spent.
    """

    def __init__(self, asking: Asking, budget: Budget) -> None:
        self.asking = asking
        self.queue = Queue(asking, budget)
        self.endpoints = [
            Endpoint(
                teacher,
                max_concurrency=asking.max_concurrency,
                requests_per_minute=asking.requests_per_minute,
                tokens_per_minute=asking.tokens_per_minute,
            )
            for teacher in asking.endpoints
        ]
        self.timer: asyncio.TimerHandle | None = None
        self._handful = max(1, HANDFUL // len(self.endpoints))
        self._mean_tokens = 0.0
        """What a reply used lately; 0 before the first."""

    def work_for(self, endpoint: Endpoint, now: float, *, is_open: bool) -> Work | None:
        """Take a place at an endpoint, if one is free and there is work for it.

        Args:
            endpoint: One of ours.
            now: What time it is.
            is_open: Whether more than a handful may be under way.
        """
        if endpoint.wait(now) > 0 or (endpoint.places >= self._handful and not is_open):
            return None
        work = self.queue.take(now)
        if work is not None:
            endpoint.begin(self._expected_tokens(work.request))
        return work

    def opens(self, now: float) -> float:
        """Return when an endpoint has a place and there is work for it, as far as that depends on time alone."""
        return max(self.queue.due(), now + min(endpoint.wait(now) for endpoint in self.endpoints))

    def unused_tokens(self, request: Request, reply: Reply) -> float:
        """Return what a reply left of the tokens that were expected; and expect of others what it used."""
        if self.asking.tokens_per_minute is None:
            return 0.0
        expected = self._expected_tokens(request)
        tokens = tokens_of(reply)
        if tokens is None:
            return 0.0
        used = float(sum(tokens))
        self._mean_tokens = used if not self._mean_tokens else self._mean_tokens + (used - self._mean_tokens) / 16
        return expected - used

    def _expected_tokens(self, request: Request) -> float:
        if self.asking.tokens_per_minute is None:
            return 0.0
        return self._mean_tokens or most_prompt_tokens(request.messages) + (request.sampling.max_tokens or 0)

    def is_down(self, now: float) -> bool:
        """Say whether there is no more hope that any endpoint comes up."""
        if any(endpoint.has_replied for endpoint in self.endpoints):
            return all(now - endpoint.aside_since > PATIENCE for endpoint in self.endpoints)
        return all(endpoint.times_aside >= ASIDE_BEFORE_FIRST_REPLY for endpoint in self.endpoints)

    def is_in_time(self, work: Work, due: float) -> bool:
        """Say whether some work may still be sent then."""
        return due < self.deadline(work)

    def deadline(self, work: Work) -> float:
        """Return when the total time of a sample is up."""
        total, first = self.asking.total_timeout, work.first_sent
        return math.inf if total is None or first is None else first + total
