"""Send requests, a bounded number at a time, and record each reply before its place is given to the next."""

import asyncio
import time
from collections.abc import Iterator

import msgspec

from curate.engine.journal import Journal
from curate.errors import TeacherError
from curate.ledger import Attempt, Ledger
from curate.protocols import Progress, RequestFailedError, Teacher
from curate.records import Reply, Request

CONCURRENCY = 16


class Counts(msgspec.Struct):
    """What a dispatch came to."""

    sent: int = 0
    """Requests sent."""
    replies: int = 0
    """Replies received and recorded."""
    failed: int = 0
    """Requests that got no reply; the ledger says why."""
    last_failure: str = ""
    """The reason of the last one that failed."""


async def dispatch(
    requests: Iterator[tuple[Request, Teacher]],
    ledger: Ledger,
    progress: Progress,
    *,
    concurrency: int = CONCURRENCY,
    answered: int = 0,
) -> Counts:
    """Send every request and record what comes back; returns when all of it is on disk.

    Args:
        requests: What to send, and to whom; drawn one at a time, as places become free.
        ledger: Where replies are recorded.
        progress: Told of every reply.
        concurrency: How many requests are under way at once, at most.
        answered: Requests of the same run that have a reply already: with some, a rest that fails is no teacher that
            cannot be used, and a run that goes on ends like one that was never stopped.

    Raises:
        TeacherError: No request can succeed, or not one did; replies that had come back are recorded first.
        LedgerError: A reply could not be recorded.
    """
    counts = Counts()
    async with Journal(ledger) as journal:
        try:
            async with asyncio.TaskGroup() as places:
                for _ in range(concurrency):
                    places.create_task(_send_on(requests, journal, counts, progress))
        except BaseExceptionGroup as group:
            raise _most_telling(group) from group
    if counts.failed and not counts.replies and not answered:
        raise TeacherError(f"not one of {counts.failed} requests got a reply: {counts.last_failure}")
    return counts


async def _send_on(
    requests: Iterator[tuple[Request, Teacher]], journal: Journal, counts: Counts, progress: Progress
) -> None:
    for request, teacher in requests:
        attempt = await _attempt(request, teacher)
        await journal.record(attempt)
        counts.sent += 1
        if attempt.error is None:
            counts.replies += 1
        else:
            counts.failed += 1
            counts.last_failure = attempt.error
        progress.advance()


async def _attempt(request: Request, teacher: Teacher) -> Attempt:
    started = time.time()
    clock = time.perf_counter()
    reply: Reply | None = None
    error: str | None = None
    try:
        reply = (await teacher.reply(request)).reply
    except RequestFailedError as failure:
        error = str(failure)
    return Attempt(
        key=request.key,
        max_tokens=request.sampling.max_tokens,
        started=started,
        seconds=time.perf_counter() - clock,
        reply=reply,
        error=error,
    )


def _most_telling(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the one error to report of several that came at once."""
    first = group.exceptions[0]
    return _most_telling(first) if isinstance(first, BaseExceptionGroup) else first
