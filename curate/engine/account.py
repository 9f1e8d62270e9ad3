"""What a dispatch came to, kept while it goes on: counts, tokens, money, and what is to be expected of the rest."""

import math
from collections import Counter

import msgspec

from curate.attempts import Attempt
from curate.protocols import FailureKind
from curate.records import Reply

SURE = 1.96
"""Standard errors on either side of a mean that hold it 95 times of 100."""


class Mean(msgspec.Struct):
    """A mean that is kept while numbers come, and how sure it is."""

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0
    """Sum of the squared distances from the mean (Welford)."""

    def add(self, value: float) -> None:
        """Take in a number."""
        self.count += 1
        distance = value - self.mean
        self.mean += distance / self.count
        self.squares += distance * (value - self.mean)

    def sum_of(self, more: int) -> tuple[float, float, float]:
        """Return what so many more numbers will add up to, and an interval that should hold it 95 times of 100."""
        if self.count < 2:  # noqa: PLR2004 - one number says nothing of how they differ
            return more * self.mean, 0.0, math.inf
        variance = self.squares / (self.count - 1)
        spread = SURE * math.sqrt(variance * (more + more * more / self.count))
        return more * self.mean, max(0.0, more * self.mean - spread), more * self.mean + spread


class Account(msgspec.Struct):
    """What was sent and what came of it."""

    requests: int = 0
    """Requests sent, every try counted."""
    replies: int = 0
    """Replies received, those that were cut off included."""
    billed: int = 0
    """Requests that were paid for, as far as anybody can know."""
    maybe_billed: int = 0
    """Requests of which nobody can know whether they were paid for."""
    retried: int = 0
    """Requests that were sent because one before got no reply, or one that was cut off."""
    truncated: int = 0
    """Replies that the limit cut off."""
    failed: Counter[FailureKind] = msgspec.field(default_factory=Counter)
    """Samples for which no reply could be had, by what went wrong last."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    """Tokens of all replies, as servers counted them."""
    cost: int | None = None
    """What was paid, at most, in 1e-12 USD; None where no price is known."""
    truncated_cost: int = 0
    """What was paid for replies that were cut off."""
    seconds: float = 0.0
    """From the first request to the last reply."""
    in_doubt: int = 0
    """What requests in flight may have cost when earlier commands were stopped, in 1e-12 USD; it counts as spent."""
    stopped_by_budget: bool = False
    """Whether the budget left no room for what is still to be sent."""
    last_failure: str = ""
    """The reason of the last sample that got no reply."""
    lengths: dict[str, int] = {}
    """Share of the finished replies (`95%`) to the `max_tokens` that would have held them."""
    reply_costs: Mean = msgspec.field(default_factory=Mean)
    """What replies cost, in 1e-12 USD."""

    def note(self, attempt: Attempt) -> None:
        """Count an attempt."""
        self.requests += 1
        self.billed += attempt.billed is True
        self.maybe_billed += attempt.billed is None
        if attempt.cost is not None:
            self.cost = (self.cost or 0) + attempt.cost
        if attempt.reply is None:
            return
        self.replies += 1
        self._note_tokens(attempt.reply)
        if attempt.is_cut:
            self.truncated += 1
            self.truncated_cost += attempt.cost or 0
        if attempt.cost is not None:
            self.reply_costs.add(attempt.cost)

    def _note_tokens(self, reply: Reply) -> None:
        prompt, completion = reply.usage.prompt_tokens, reply.usage.completion_tokens
        self.prompt_tokens += prompt if prompt is not None and prompt > 0 else 0
        self.completion_tokens += completion if completion is not None and completion > 0 else 0
