"""The shapes that layers hand to one another."""

from collections.abc import Callable
from typing import Literal, Protocol

import msgspec

from curate.records import Reply, Request

FailureKind = Literal["rate_limited", "overloaded", "timed_out", "disconnected", "garbled", "refused"]
"""What went wrong with one request.

    rate_limited   429 and its like: the endpoint wants fewer of them
    overloaded     5xx: the endpoint has trouble of its own
    timed_out      nothing, or not all, came in time
    disconnected   the connection could not be made, or was cut
    garbled        something came that is no reply: JSON that does not parse, HTML, no choices
    refused        the endpoint will never answer this very request: too long a context, a parameter, its content filter
"""


class Allowance(msgspec.Struct, frozen=True):
    """What is left of one of an endpoint's limits, as its headers say."""

    remaining: int
    """Requests or tokens that may still be sent."""
    reset: float | None = None
    """Seconds until the limit is full again, or None when not said."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """What an endpoint says, beside its reply, of how fast it wants to be asked."""

    retry_after: float | None = None
    """Seconds to wait before the next request, or None when not said."""
    requests: Allowance | None = None
    """What is left of the limit on requests."""
    tokens: Allowance | None = None
    """What is left of the limit on tokens."""


UNPACED = Pace()


class Answered(msgspec.Struct, frozen=True):
    """What one request brought."""

    reply: Reply
    """The reply, verbatim; with finish reason `interrupted` where the connection was cut after a part of it."""
    pace: Pace = UNPACED
    """What the endpoint says of its limits."""


class RequestFailedError(Exception):
    """Raised by a teacher for one request that got no reply; the run goes on, and the reason is recorded.

    Args:
        reason: What happened, in one sentence, without keys, headers or credentials.
        kind: What sort of trouble it was; decides whether another try is worth it.
        pace: What the endpoint said of its limits.
        billed: Whether the request was paid for all the same; None where nobody can know, because it had been sent.
    """

    def __init__(
        self, reason: str, kind: FailureKind = "refused", *, pace: Pace = UNPACED, billed: bool | None = False
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.pace = pace
        self.billed = billed


class Teacher(Protocol):
    """Whatever solves problems; of a model behind several addresses, one of them."""

    async def reply(self, request: Request) -> Answered:
        """Return the answer to one request.

        Raises:
            RequestFailedError: No reply to this request, or none within the time limit; others may succeed.
            TeacherError: No request can succeed.
        """
        ...

    async def close(self) -> None:
        """Give back what it holds, such as connections; it may be asked again afterwards, in another event loop."""
        ...


class Progress(Protocol):
    """Told how far a long piece of work has come."""

    def start(self, what: str, total: int | None, unit: str) -> None:
        """Begin a piece of work of `total` units; None when that is not known."""
        ...

    def advance(self, amount: int = 1) -> None:
        """Some units are done."""
        ...

    def tell(self, words: str) -> None:
        """Show some words beside the count: what was used, what it cost."""
        ...

    def finish(self) -> None:
        """The piece of work is over."""
        ...


class Silent:
    """Progress that nobody watches."""

    def start(self, what: str, total: int | None, unit: str) -> None:
        """Begin."""

    def advance(self, amount: int = 1) -> None:
        """Go on."""

    def tell(self, words: str) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """End."""


Notice = Callable[[str], None]
"""Takes one line that a user should read; the command line prints it on stderr."""
