"""Ask the teachers of a run for every sample that no reply serves."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from curate.engine import Account, Asking, Budget, Terms, amount_of, dispatch
from curate.engine.asking import OPENING
from curate.errors import TeacherError
from curate.ledger import Ledger
from curate.pipeline.generating.meter import Meter
from curate.pipeline.generating.planning import read_plan
from curate.pipeline.generating.quoting import Planned
from curate.pipeline.generating.teaching import PlannedTeacher
from curate.pipeline.generating.truncation import was_cut
from curate.protocols import Notice, Progress
from curate.records import Request
from curate.teachers import elsewhere

OPENING_ELSEWHERE = 2.0
"""Seconds in which a server on another machine says that a key or a model is wrong: a few round trips, and its work."""


@dataclass
class Ask:
    """The asking of what no reply serves."""

    plan: Path
    teachers: tuple[PlannedTeacher, ...]
    ledger: Ledger
    progress: Progress
    notice: Notice
    account: Account = field(default_factory=Account)
    answered: int = 0
    """Requests that had a reply before they were asked."""

    def all(self, planned: Planned, start: int, max_cost: Decimal | None) -> TeacherError | None:
        """Ask what is open in the plan; returns the error that stopped it, because what came is still shown.

        Args:
            planned: What that comes to.
            start: The byte of the plan to begin at.
            max_cost: USD that may be spent in all; None for no limit.
        """
        most = None if max_cost is None else amount_of(max_cost)
        self.account.in_doubt = self.ledger.in_doubt()
        self.answered += planned.reused
        terms = Terms(
            answered=self.answered,
            budget=Budget(most, spent=self.ledger.tally().cost + self.account.in_doubt),
            is_cut=was_cut,
            account=self.account,
        )
        meter = Meter(self.progress, self.account, planned.to_send, self.notice)
        askings = [self._asking(place, start) for place in range(len(self.teachers))]
        meter.start("asking", planned.to_send, "replies")
        try:
            _finish(dispatch(askings, self.ledger, meter, terms))
        except TeacherError as error:
            return error
        finally:
            meter.finish()
        return None

    def _asking(self, place: int, start: int) -> Asking:
        teacher = self.teachers[place]
        return Asking(
            endpoints=teacher.endpoints,
            requests=self._pending(place, start),
            tariff=teacher.tariff,
            escalation=teacher.escalation,
            max_concurrency=teacher.shape.max_concurrency,
            requests_per_minute=teacher.shape.requests_per_minute,
            tokens_per_minute=teacher.shape.tokens_per_minute,
            opening=OPENING_ELSEWHERE if elsewhere(teacher.endpoints) else OPENING,
            total_timeout=teacher.shape.total_timeout,
        )

    def _pending(self, place: int, start: int) -> Iterator[Request]:
        """Yield what one teacher is to be sent; each reads the plan for itself, so that none waits for another."""
        for entry in read_plan(self.plan, start):
            if entry.teacher == place and entry.is_open:
                yield entry.to_send()


def _finish(work: Coroutine[None, None, Account]) -> None:
    """Run a coroutine to its end, in a thread of its own where the caller is inside an event loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(work)
    else:
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(asyncio.run, work).result()
