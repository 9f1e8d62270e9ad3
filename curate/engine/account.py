"""What a dispatch came to, kept while it goes on: counts, tokens, money, and what is to be expected of the rest."""

import math
from collections import Counter

import msgspec

from curate.attempts import Attempt
from curate.figures import Z
from curate.protocols import FailureKind
from curate.records import Reply


class Outlay(msgspec.Struct):
    """What is paid for each sample that is done, tries that failed and replies that were cut off included.

    A ratio, and not a mean over samples: those that are done first are the ones that needed one try, and cheap.
    """

    done: int = 0
    """Samples that are done."""
    spent: int = 0
    """What all tries cost, in 1e-12 USD, those of samples that are not done yet included."""
    squares: int = 0
    """Sum of the squared costs of tries."""
    last_tries: int = 0
    """What the tries cost that were the last of their samples."""

    def add(self, cost: int, *, done: bool) -> None:
        """Take in a try, and whether its sample is done with it."""
        self.done += done
        self.spent += cost
        self.squares += cost * cost
        self.last_tries += cost * done

    def sum_of(self, more: int) -> tuple[float, float, float]:
        """Return what so many more samples will cost, and an interval that should hold it 95 times of 100.

        The spread is that of a ratio estimator (Cochran, Sampling Techniques, 6.4), and of the samples to come.
        """
        if self.done < 2:  # noqa: PLR2004 - one sample says nothing of how they differ
            return float(more * self.spent), 0.0, math.inf
        ratio = self.spent / self.done
        residuals = max(0.0, self.squares - 2 * ratio * self.last_tries + ratio * ratio * self.done)
        spread = Z * math.sqrt(residuals / (self.done - 1) * (more + more * more / self.done))
        return more * ratio, max(0.0, more * ratio - spread), more * ratio + spread


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
    """From the first request to the last reply, of all dispatches together."""
    in_doubt: int = 0
    """What requests in flight may have cost when earlier commands were stopped, in 1e-12 USD; it counts as spent."""
    stopped_by_budget: bool = False
    """Whether the budget left no room for what is still to be sent."""
    last_failure: str = ""
    """The reason of the last sample that got no reply."""
    lengths: dict[str, int] = {}
    """Share of the finished replies (`95%`) to the `max_tokens` that would have held them."""
    outlay: Outlay = msgspec.field(default_factory=Outlay)
    """What is paid for each sample that is done."""

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

    def _note_tokens(self, reply: Reply) -> None:
        prompt, completion = reply.usage.prompt_tokens, reply.usage.completion_tokens
        self.prompt_tokens += prompt if prompt is not None and prompt > 0 else 0
        self.completion_tokens += completion if completion is not None and completion > 0 else 0
