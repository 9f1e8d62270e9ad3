"""Watches a dispatch: tells progress what was used and paid, and quotes the rest by what the first replies cost."""

import time

from curate.engine import Account
from curate.engine.cost import money
from curate.protocols import Notice, Progress

QUOTE_AFTER = 50
"""Samples that are done when the rest is quoted: enough for their costs to say something."""
SECONDS_BETWEEN_WORDS = 0.5


class Meter:
    """Progress that also knows what was used and paid.

    Args:
        progress: What it passes everything on to.
        account: What is being watched.
        to_send: Samples to send in all.
        notice: Told the quote, once, in the first dispatch of a command.
    """

    def __init__(self, progress: Progress, account: Account, to_send: int, notice: Notice) -> None:
        self._progress = progress
        self._account = account
        self._to_send = to_send
        self._notice = notice
        self._quoted = to_send <= QUOTE_AFTER or account.outlay.done > 0
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
        if not self._quoted and self._account.outlay.done >= QUOTE_AFTER:
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
        outlay = self._account.outlay
        spent, rest = outlay.spent, outlay.sum_of(max(0, self._to_send - outlay.done))
        about, least, most = (money(spent + amount) for amount in rest)
        self._notice(
            f"after {outlay.done:,} samples, which cost {money(spent)}: about {about} in all "
            f"(95 of 100 times {least} to {most})"
        )


def used(account: Account) -> str:
    """Return tokens and cost so far, in few words."""
    words = f"{account.prompt_tokens + account.completion_tokens:,} tokens"
    return words if account.cost is None else f"{words}, {money(account.cost)}"
