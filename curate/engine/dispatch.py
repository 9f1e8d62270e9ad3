"""Send requests, as many at once as each endpoint takes, and record each reply before its place is given to the next.

A place is a task that sends one request after the other. Requests that failed wait in a heap until they are due again,
and hold no place meanwhile; so retries run beside first tries.
"""

import asyncio
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from curate.attempts import Attempt
from curate.engine.account import Account
from curate.engine.asking import Asking, Work
from curate.engine.clock import BEAT, Clock
from curate.engine.cost import Budget, cost_of, worst_case
from curate.engine.desk import Desk
from curate.engine.endpoint import Endpoint
from curate.engine.journal import Journal
from curate.engine.pledge import Pledge
from curate.engine.retry import may_try_again, wait_before
from curate.errors import TeacherError
from curate.ledger import Ledger
from curate.protocols import Answered, Progress, RequestFailedError
from curate.records import Reply
from curate.seeds import rng

STEP = 0.02
"""Seconds; the opening is waited for in small steps, so that a loop which is held up by starting does not count."""
AT_ONCE = 16
"""Places taken at an endpoint at once. Requests that are sent together are answered together, round after round: then
replies wait for one another here, and the endpoint for all of them."""
BREATH = 0.008
"""Seconds until as many more are taken."""
HOPELESS = 100
"""Samples that may fail for good before the first reply."""

IsCut = Callable[[Reply, int | None], bool]
"""Says whether a reply was cut off by the limit that it was sent with."""


def ended_at_the_cap(reply: Reply, max_tokens: int | None) -> bool:
    """Say whether a limit cut a reply off, by its finish reason or its number of tokens."""
    tokens = reply.usage.completion_tokens
    return reply.finish_reason == "length" or (tokens is not None and max_tokens is not None and tokens >= max_tokens)


@dataclass(kw_only=True)
class Terms:
    """What holds for a dispatch as a whole."""

    answered: int = 0
    """Requests of the same run that have a reply already: with some, a rest that fails is no teacher that cannot be
    used, and a run that goes on ends like one that was never stopped."""
    budget: Budget = field(default_factory=Budget)
    """What may be spent."""
    is_cut: IsCut = ended_at_the_cap
    """Says whether a reply was cut off."""
    clock: Clock = field(default_factory=Clock)
    """Notices that the machine slept."""
    account: Account = field(default_factory=Account)
    """Is kept while the dispatch goes on, for whoever watches it."""


class Tried(msgspec.Struct):
    """One try at some work, and what came of it."""

    work: Work
    sent: float
    """When, on the steady clock."""
    attempt: Attempt
    """What to record."""
    failure: RequestFailedError | None
    """What went wrong, or None."""
    counts: bool
    """Whether a failure is held against the work: not while the machine slept, or the endpoint was known to be down."""


async def dispatch(
    askings: Sequence[Asking], ledger: Ledger, progress: Progress, terms: Terms | None = None
) -> Account:
    """Send every request and record what comes back; returns when all of it is on disk.

    Args:
        askings: The teachers, and what each is asked.
        ledger: Where every try is recorded.
        progress: Told of every sample that is over.
        terms: What holds for all of it.

    Raises:
        TeacherError: No request can succeed, or not one did; replies that had come back are recorded first.
        LedgerError: A reply could not be recorded.
    """
    terms = terms or Terms()
    pledge = Pledge(ledger, terms.budget)
    with pledge.settled():
        async with Journal(ledger) as journal:
            dispatcher = _Dispatcher(askings, journal, pledge, progress, terms)
            try:
                async with asyncio.TaskGroup() as places:
                    await dispatcher.run(places)
            except BaseExceptionGroup as group:
                raise _most_telling(group) from group
            finally:
                await dispatcher.close()
    dispatcher.refuse_hopeless(at_least=1)
    return dispatcher.account


class _Dispatcher:
    """A dispatch while it goes on."""

    def __init__(
        self, askings: Sequence[Asking], journal: Journal, pledge: Pledge, progress: Progress, terms: Terms
    ) -> None:
        self.account = terms.account
        self._desks = [Desk(asking, terms.budget) for asking in askings]
        self._journal = journal
        self._pledge = pledge
        self._progress = progress
        self._terms = terms
        self._luck = rng(0, "back-off").random
        self._loop = asyncio.get_running_loop()
        self._now = self._loop.time
        self._places = 0
        self._is_open = False
        self._is_ending = False
        """Whether no place may be taken any more: a group of tasks that is ending takes none."""
        self._over = asyncio.Event()

    async def run(self, group: asyncio.TaskGroup) -> None:
        """Fill the places, and wait until all work is done."""
        self._group = group
        began = self._now()
        watches = [group.create_task(self._open_up()), group.create_task(self._watch_the_clock())]
        self._fill_all()
        try:
            await self._over.wait()
        finally:
            self._is_ending = True
        for watch in watches:
            watch.cancel()
        self.account.seconds += self._now() - began

    async def close(self) -> None:
        """Give back what endpoints hold, and forget what is planned for later."""
        for desk in self._desks:
            if desk.timer is not None:
                desk.timer.cancel()
            for endpoint in desk.endpoints:
                await endpoint.teacher.close()

    async def _open_up(self) -> None:
        for _ in range(round(max(desk.asking.opening for desk in self._desks) / STEP)):
            await asyncio.sleep(STEP)
        self._open()

    async def _watch_the_clock(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            self._terms.clock.look()

    def _open(self) -> None:
        if not self._is_open:
            self._is_open = True
            self._fill_all()

    def _fill_all(self) -> None:
        for desk in self._desks:
            self._fill(desk)

    def _fill(self, desk: Desk) -> None:
        """Take the free places for which there is work, some at a time, and come back when there will be more."""
        if self._is_ending:
            return
        now = self._now()
        taken = [self._take_places(desk, endpoint, now) for endpoint in desk.endpoints]
        self._come_back(desk, now, at=now + BREATH if AT_ONCE in taken else desk.opens(now))
        if not self._places and all(desk.queue.is_empty or desk.queue.is_held for desk in self._desks):
            self.account.stopped_by_budget = any(desk.queue.is_held for desk in self._desks)
            self._over.set()

    def _take_places(self, desk: Desk, endpoint: Endpoint, now: float) -> int:
        """Take free places at an endpoint, `AT_ONCE` at most; returns how many."""
        for taken in range(AT_ONCE):
            work = desk.work_for(endpoint, now, is_open=self._is_open)
            if work is None:
                return taken
            self._places += 1
            self._group.create_task(self._hold_place(desk, endpoint, work))
        return AT_ONCE

    def _come_back(self, desk: Desk, now: float, *, at: float) -> None:
        """Have places filled again at some time, where nothing brings us back by then."""
        if not now < at < math.inf or (desk.timer is not None and desk.timer.when() <= at):
            return
        if desk.timer is not None:
            desk.timer.cancel()
        desk.timer = self._loop.call_at(at, self._wake, desk)

    def _wake(self, desk: Desk) -> None:
        desk.timer = None
        self._fill(desk)

    async def _hold_place(self, desk: Desk, endpoint: Endpoint, first: Work) -> None:
        """Hold a place until there is nothing to send now; what ends it otherwise ends them all."""
        try:
            await self._send_on(desk, endpoint, first)
        except BaseException:  # an interrupt too; it is raised again
            self._is_ending = True
            raise

    async def _send_on(self, desk: Desk, endpoint: Endpoint, first: Work) -> None:
        """Send one request after the other, until there is none to send now."""
        work: Work | None = first
        while work is not None:
            await self._pledge.cover(self._journal)
            tried = await self._try(desk, endpoint, work)
            await self._record(tried)
            endpoint.places -= 1
            done = self._decide(desk, tried)
            self.account.outlay.add(tried.attempt.cost or 0, done=done)
            if done:
                self._progress.advance()
            now = self._now()
            work = desk.work_for(endpoint, now, is_open=self._is_open)
            if endpoint.wait(now) <= 0:  # its limit has risen
                self._fill(desk)
        self._places -= 1
        self._fill_all() if self._terms.budget.most is not None else self._fill(desk)

    async def _try(self, desk: Desk, endpoint: Endpoint, work: Work) -> Tried:
        """Send a request once."""
        started, sent = time.time(), self._now()
        if work.first_sent is None:
            work.first_sent = sent
        else:
            self.account.retried += 1
        try:
            answered = await self._ask(desk, endpoint, work)
        except RequestFailedError as failure:
            attempt = self._failed_attempt(desk, work, failure, started, self._now() - sent)
            counts = self._note_failure(endpoint, failure, sent)
            tried = Tried(work, sent, attempt, failure, counts)
        else:
            now = self._now()
            endpoint.replied(sent, now, answered.pace, desk.unused_tokens(work.request, answered.reply))
            tried = Tried(work, sent, self._attempt(desk, work, answered.reply, started, now - sent), None, counts=True)
        self.account.note(tried.attempt)
        return tried

    async def _record(self, tried: Tried) -> None:
        """Record a try; what was set aside for it is free when the ledger says what it cost."""
        written = self._journal.record(tried.attempt)
        try:
            await written
        except asyncio.CancelledError:  # the journal writes it all the same
            self._settle(tried)
            raise
        self._settle(tried)

    def _settle(self, tried: Tried) -> None:
        self._terms.budget.settle(tried.work.reserved, tried.attempt.cost or 0)

    @staticmethod
    async def _ask(desk: Desk, endpoint: Endpoint, work: Work) -> Answered:
        """Send a request; what the total time of its sample leaves is all the time that it has."""
        deadline = desk.deadline(work)
        if deadline == math.inf:
            return await endpoint.teacher.reply(work.request)
        try:
            async with asyncio.timeout_at(deadline):
                return await endpoint.teacher.reply(work.request)
        except TimeoutError:
            total = desk.asking.total_timeout
            raise RequestFailedError(f"no reply within {total:g} s in all", "timed_out", billed=None) from None

    def _attempt(self, desk: Desk, work: Work, reply: Reply, started: float, seconds: float) -> Attempt:
        limit = work.request.sampling.max_tokens
        return Attempt(
            key=work.request.key,
            max_tokens=limit,
            started=started,
            seconds=seconds,
            reply=reply,
            cut_off=self._terms.is_cut(reply, limit),
            billed=True,
            cost=cost_of(reply, work.request, desk.asking.tariff),
        )

    @staticmethod
    def _failed_attempt(desk: Desk, work: Work, failure: RequestFailedError, started: float, seconds: float) -> Attempt:
        """Return what to record of a failure; where nobody can know whether it was paid for, the worst is assumed."""
        tariff = desk.asking.tariff
        worst = 0 if tariff is None or failure.billed is False else worst_case(work.request, tariff)
        return Attempt(
            key=work.request.key,
            max_tokens=work.request.sampling.max_tokens,
            started=started,
            seconds=seconds,
            error=str(failure),
            kind=failure.kind,
            billed=failure.billed,
            cost=None if tariff is None else worst,
        )

    def _note_failure(self, endpoint: Endpoint, failure: RequestFailedError, sent: float) -> bool:
        """Tell an endpoint of a failure; returns whether it is held against the request, too."""
        if failure.kind in {"timed_out", "disconnected"} and self._terms.clock.slept_since(sent):
            endpoint.forgive()
            return False
        was_down = endpoint.times_aside > 0
        endpoint.failed(failure.kind, sent, self._now(), failure.pace)
        return not was_down or failure.kind == "refused"

    def _decide(self, desk: Desk, tried: Tried) -> bool:
        """Send a request again, with a higher limit where the reply was cut off, or say that its sample is done."""
        failure, attempt = tried.failure, tried.attempt
        if failure is None and attempt.is_partial:
            failure = RequestFailedError("the connection was cut in the middle of the reply", "disconnected")
        if failure is not None:
            return self._decide_on_failure(desk, tried, failure)
        self._open()
        escalation = desk.asking.escalation
        higher = escalation.after(attempt.max_tokens) if escalation is not None and attempt.is_cut else None
        if higher is None:
            return True
        tried.work.raise_limit(higher)
        desk.queue.put_back(tried.work, self._now())
        return False

    def _decide_on_failure(self, desk: Desk, tried: Tried, failure: RequestFailedError) -> bool:
        work, kind, now = tried.work, failure.kind, self._now()
        if desk.is_down(now):
            raise TeacherError(f"no endpoint of the teacher answers: {failure}")
        if tried.counts:
            work.failures[kind] = work.failures.get(kind, 0) + 1
        failures = work.failures.get(kind, 0)
        due = now + (wait_before(failures, failure.pace, self._luck()) if failures else 0.0)
        if may_try_again(kind, failures) and desk.is_in_time(work, due):
            desk.queue.put_back(work, due)
            return False
        if tried.attempt.reply is None:
            self.account.failed[kind] += 1
            self.account.last_failure = str(failure)
        self.refuse_hopeless(at_least=HOPELESS)
        return True

    def refuse_hopeless(self, *, at_least: int) -> None:
        """Check that there was a reply, once so many samples have failed.

        Raises:
            TeacherError: There was none.
        """
        failed = self.account.failed.total()
        if failed >= at_least and not self.account.replies and not self._terms.answered:
            raise TeacherError(f"not one of {failed:,} requests got a reply: {self.account.last_failure}")


def _most_telling(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the one error to report of several that came at once."""
    first = group.exceptions[0]
    return _most_telling(first) if isinstance(first, BaseExceptionGroup) else first
