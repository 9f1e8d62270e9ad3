"""One teacher and what it is asked: the plan's requests in order, those that are due again before them."""

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import msgspec

from curate.engine.cost import Budget, Tariff, worst_case
from curate.protocols import FailureKind, Teacher
from curate.records import Request

OPENING = 0.06
"""Seconds in which a server on this machine says that a key or a model is wrong."""


class Escalation(msgspec.Struct, frozen=True):
    """How a reply that was cut off is asked for again."""

    factor: float
    """What the limit is multiplied with each time."""
    most: int
    """Where that ends."""

    def after(self, limit: int | None) -> int | None:
        """Return the limit to try after this one; None when there is none."""
        return None if limit is None or limit >= self.most else min(self.most, math.ceil(limit * self.factor))


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A teacher, how it is asked, and what."""

    endpoints: Sequence[Teacher]
    """The teacher, once for each of its addresses."""
    requests: Iterator[Request]
    """What to send, in order; drawn one at a time, as places become free."""
    tariff: Tariff | None = None
    """What its tokens cost; None where that is not known."""
    escalation: Escalation | None = None
    """What is done about replies that were cut off; None to keep them."""
    max_concurrency: int | None = None
    """Requests under way at each endpoint, at most; None to find out."""
    requests_per_minute: float | None = None
    """Requests sent to each endpoint in a minute, at most."""
    tokens_per_minute: float | None = None
    """Tokens used at each endpoint in a minute, at most."""
    opening: float = OPENING
    """Seconds until more than a handful is sent where no reply comes before that."""
    total_timeout: float | None = None
    """Seconds that one sample may take over all its tries."""


class Work(msgspec.Struct):
    """A sample that is being asked for."""

    request: Request
    first_sent: float | None = None
    """When it was sent first, on the steady clock; None before that."""
    failures: dict[FailureKind, int] = msgspec.field(default_factory=dict)
    """How often it has failed, by what went wrong."""
    reserved: int = 0
    """What is set aside for the try under way."""

    def raise_limit(self, limit: int) -> None:
        """Ask with another limit from now on; it stays the same request, and starts afresh."""
        self.request = with_limit(self.request, limit)
        self.failures = {}


def with_limit(request: Request, limit: int | None) -> Request:
    """Return a request with another limit; its key stays."""
    return msgspec.structs.replace(request, sampling=msgspec.structs.replace(request.sampling, max_tokens=limit))


class Queue:
    """Hands out work: what is due again first, then the next request of the plan, as long as the budget has room.

    Args:
        asking: The teacher and what it is asked.
        budget: What the work may cost, together with that of other teachers.
    """

    def __init__(self, asking: Asking, budget: Budget) -> None:
        self._asking = asking
        self._budget = budget
        self._again: list[tuple[float, int, Work]] = []
        self._order = count()
        self._held: Work | None = None
        self._drawn_out = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to be sent, now or later."""
        return self._drawn_out and not self._again and self._held is None

    @property
    def is_held(self) -> bool:
        """Whether the budget has no room for what is next."""
        return self._held is not None

    def due(self) -> float:
        """Return when there is work: minus infinity for now."""
        if not self._drawn_out or self._held is not None:
            return float("-inf")
        return self._again[0][0] if self._again else float("inf")

    def put_back(self, work: Work, due: float) -> None:
        """Have some work handed out again, not before it is due."""
        heapq.heappush(self._again, (due, next(self._order), work))

    def take(self, now: float) -> Work | None:
        """Return the next work, its worst case reserved; None when there is none now, or the budget has no room."""
        work = self._held or self._next(now)
        self._held = None
        if work is None or self._asking.tariff is None:
            return work
        work.reserved = worst_case(work.request, self._asking.tariff)
        if self._budget.reserve(work.reserved):
            return work
        self._held = work
        return None

    def _next(self, now: float) -> Work | None:
        if self._again and self._again[0][0] <= now:
            return heapq.heappop(self._again)[2]
        request = None if self._drawn_out else next(self._asking.requests, None)
        self._drawn_out = request is None
        return None if request is None else Work(request)
