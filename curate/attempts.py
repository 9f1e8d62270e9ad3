"""One try at a request, and what of several tries serves it.

What serves a request is decided by meaning: a finished reply serves any `max_tokens`, one that was cut off serves only
limits up to its own, so raising the limit asks again only for what was cut off.
"""

from collections.abc import Iterable

import msgspec

from curate.protocols import FailureKind
from curate.records import Reply

PICO = 10**12
"""Money is counted in whole millionths of a millionth of a USD: the price of a token is a whole number of them."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try at a request, with the reply that came back or the reason why none did."""

    key: str
    """The request's key."""
    max_tokens: int | None
    """The limit that this try was sent with; None for the server's own."""
    started: float
    """When it was sent, in seconds since the epoch."""
    seconds: float
    """How long it took."""
    reply: Reply | None = None
    """The reply, verbatim, or None."""
    error: str | None = None
    """Why there is no reply, or None."""
    kind: FailureKind | None = None
    """What sort of trouble it was, or None."""
    cut_off: bool = False
    """Whether the reply was cut off by the limit, whatever its finish reason says."""
    billed: bool | None = None
    """Whether it was paid for; None where nobody can know."""
    cost: int | None = None
    """What it cost, at most, in 1e-12 USD; None where no price is known."""
    reused: bool = False
    """Whether it was taken over from the ledger of another run, which had paid for it."""

    @property
    def is_cut(self) -> bool:
        """Whether the limit cut the reply off."""
        return self.cut_off or (self.reply is not None and self.reply.finish_reason == "length")

    @property
    def is_partial(self) -> bool:
        """Whether the connection was cut when a part of the reply had come."""
        return self.reply is not None and self.reply.finish_reason == "interrupted"

    def serves(self, max_tokens: int | None) -> bool:
        """Say whether the reply, if there is one, serves a request with this limit."""
        if self.reply is None or self.is_partial:
            return False
        return not self.is_cut or reaches(self.max_tokens, max_tokens)


def reaches(limit: int | None, wanted: int | None) -> bool:
    """Say whether a reply cut off at `limit` would also be cut off at `wanted`; None is no limit of ours."""
    return limit is None or (wanted is not None and limit >= wanted)


def best_serving(attempts: Iterable[Attempt], max_tokens: int | None) -> Attempt | None:
    """Return the attempt whose reply a request with this limit would use.

    The first finished one; else, of those that were cut off at a limit at least as high, the one with the highest.
    """
    cut: Attempt | None = None
    for attempt in attempts:
        if not attempt.serves(max_tokens):
            continue
        if not attempt.is_cut:
            return attempt
        if cut is None or reaches(attempt.max_tokens, cut.max_tokens):
            cut = attempt
    return cut


def last_partial(attempts: Iterable[Attempt]) -> Attempt | None:
    """Return the last attempt whose connection was cut: text that was paid for, where nothing better came."""
    partial = None
    for attempt in attempts:
        if attempt.is_partial:
            partial = attempt
    return partial
