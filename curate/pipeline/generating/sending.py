"""How requests are sent within a run: all of them out of one budget, into one ledger and one account."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from curate.engine import Account, Asking, Budget, Terms, amount_of, dispatch
from curate.engine.asking import OPENING
from curate.ledger import Ledger
from curate.pipeline.generating.meter import Meter
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.pipeline.generating.truncation import was_cut
from curate.protocols import Notice, Progress
from curate.records import Request
from curate.teachers import elsewhere, key_notices

T = TypeVar("T")

OPENING_ELSEWHERE = 2.0
"""Seconds in which a server on another machine says that a key or a model is wrong: a few round trips, and its work."""


@dataclass(frozen=True)
class Sending:
    """Sends requests.

    Args:
        ledger: Where every try is recorded.
        progress: Told of every sample that is over.
        notice: Told the quote, and which key goes to which host.
        max_cost: What the run may cost, in USD; None for no limit.
        account: What was sent so far, and what came of it.
    """

    ledger: Ledger
    progress: Progress
    notice: Notice
    max_cost: Decimal | None
    account: Account = field(default_factory=Account)
    told: set[str] = field(default_factory=set)
    """What was said of keys and hosts; it is said once."""

    def send(self, askings: Sequence[Asking], to_send: int, *, answered: int) -> None:
        """Send all of it and record what comes back.

        Args:
            askings: The teachers, and what each is asked.
            to_send: How many samples that is in all.
            answered: How many others had a reply before.

        Raises:
            TeacherError: No request can succeed; what came before is in the ledger.
        """
        if to_send:
            self._tell_keys(askings)
        self.account.in_doubt = self.ledger.in_doubt()
        most = None if self.max_cost is None else amount_of(self.max_cost)
        terms = Terms(
            answered=answered,
            budget=Budget(most, spent=self.ledger.tally().cost + self.account.in_doubt),
            is_cut=was_cut,
            account=self.account,
        )
        meter = Meter(self.progress, self.account, to_send, self.notice)
        meter.start("asking", to_send, "replies")
        try:
            finish(dispatch(askings, self.ledger, meter, terms))
        finally:
            meter.finish()

    def _tell_keys(self, askings: Sequence[Asking]) -> None:
        for where in key_notices(endpoint for asking in askings for endpoint in asking.endpoints):
            if where not in self.told:
                self.told.add(where)
                self.notice(where)


def asking_of(teacher: PlannedTeacher, requests: Iterator[Request]) -> Asking:
    """Return how a teacher is asked these requests."""
    return Asking(
        endpoints=teacher.endpoints,
        requests=requests,
        tariff=teacher.tariff,
        escalation=teacher.escalation,
        max_concurrency=teacher.shape.max_concurrency,
        requests_per_minute=teacher.shape.requests_per_minute,
        tokens_per_minute=teacher.shape.tokens_per_minute,
        opening=OPENING_ELSEWHERE if elsewhere(teacher.endpoints) else OPENING,
        total_timeout=teacher.shape.total_timeout,
    )


def finish(work: Coroutine[None, None, T]) -> T:
    """Run a coroutine to its end, in a thread of its own where the caller is inside an event loop already."""
    with closing(work):  # a signal may come before the loop has begun with it
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run(work)
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(asyncio.run, work).result()
