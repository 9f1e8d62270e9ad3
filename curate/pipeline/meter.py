"""Watches a dispatch: tells progress what was used and paid, and quotes the rest by what the first replies cost."""

import time

from curate.engine import Account
from curate.engine.cost import money
from curate.protocols import Notice, Progress

QUOTE_AFTER = 50
"""Replies after which the rest is quoted: enough for their costs to say something."""
SECONDS_BETWEEN_WORDS = 0.5


class Meter:
    """Progress that also knows what was used and paid.

    Args:
        progress: What it passes everything on to.
        account: What is being watched.
        to_send: Samples to send in all.
        notice: Told the quote, once.
    """

    def __init__(self, progress: Progress, account: Account, to_send: int, notice: Notice) -> None:
        self._progress = progress
        self._account = account
        self._to_send = to_send
        self._notice = notice
        self._quoted = to_send <= QUOTE_AFTER
        self._spoke = time.monotonic()

    def start(self, what: str, total: int | None, unit: str) -> None:
        """Begin."""
        self._progress.start(what, total, unit)

    def advance(self, amount: int = 1) -> None:
        """Go on, with words now and then."""
        now = time.monotonic()
        if now - self._spoke > SECONDS_BETWEEN_WORDS:
            self._spoke = now
            self.tell(used(self._account))
        if not self._quoted and self._account.replies >= QUOTE_AFTER:
            self._quoted = True
            self._quote()
        self._progress.advance(amount)

    def tell(self, words: str) -> None:
        """Pass words on."""
        self._progress.tell(words)

    def finish(self) -> None:
        """End."""
        self.tell(used(self._account))
        self._progress.finish()

    def _quote(self) -> None:
        if not self._account.cost:
            return
        # What has come counts, though not all of it is on disk yet, and so not told of.
        rest, least, most = self._account.reply_costs.sum_of(max(0, self._to_send - self._account.replies))
        spent = self._account.cost
        self._notice(
            f"after {self._account.replies:,} replies, which cost {money(spent)}: about {money(spent + rest)} in all "
            f"(95 of 100 times {money(spent + least)} to {money(spent + most)})"
        )


def used(account: Account) -> str:
    """Return tokens and cost so far, in few words."""
    words = f"{account.prompt_tokens + account.completion_tokens:,} tokens"
    return words if account.cost is None else f"{words}, {money(account.cost)}"
