"""Group commit: whoever records an attempt waits until the transaction that holds it is on disk.

While one transaction is being forced to disk (in a thread, so the loop goes on), further attempts gather for the next;
so the batches grow with the load, and an idle engine commits at once. The thread does nothing but wait for the disk: it
would have to win the interpreter's lock from a busy loop for every row. The loop is called back, not a task woken: in a
busy loop every turn between a reply and the request that takes its place costs as much as a transaction.
"""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import Self

from curate.attempts import Attempt
from curate.ledger import Ledger, Row

GATHER = 0.005
"""Seconds from one transaction's start to the next, at least: a commit costs more than the few replies in it."""

Waiting = tuple[Row | int, asyncio.Future[None]]
"""An attempt as it is stored, or an amount that is pledged, and who waits for it to be on disk."""


class Journal:
    """Writes attempts to a ledger in batches; use it as an async context manager.

    Leaving it writes what is still waiting, also when the run was interrupted: what came back has been paid for.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._loop = asyncio.get_running_loop()
        self._waiting: list[Waiting] = []
        """Whatever is not known to be on disk, those of the transaction under way included."""
        self._commit: tuple[Future[None], list[Waiting]] = (Future(), [])
        """The last transaction and what it holds; one value, because a signal may come between any two."""
        self._is_busy = False
        """Whether a transaction is under way, or about to be."""
        self._began = 0.0
        self._is_closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed = True
        try:
            self._thread.shutdown()
        finally:
            self._write_the_rest()

    def record(self, attempt: Attempt) -> asyncio.Future[None]:
        """Record an attempt; the future is done when it is on disk, or holds the `LedgerError` why it is not.

        A caller that is cancelled while it waits gives up its place, not the attempt.
        """
        return self._wait_for(self._ledger.row(attempt))

    def pledge(self, in_doubt: int) -> asyncio.Future[None]:
        """Write down what may be spent beyond what the attempts say; the highest amount of a transaction counts."""
        return self._wait_for(in_doubt)

    def _wait_for(self, entry: Row | int) -> asyncio.Future[None]:
        written: asyncio.Future[None] = self._loop.create_future()
        self._waiting.append((entry, written))
        if not self._is_busy:
            self._is_busy = True
            self._loop.call_soon(self._begin)
        return written

    def _begin(self) -> None:
        """Begin a transaction with whatever waits, and have it forced to disk."""
        if self._is_closed:
            return
        batch = list(self._waiting)
        self._began = self._loop.time()
        try:
            self._ledger.add(*_entries(batch))
        except Exception as error:  # noqa: BLE001 - whatever it was, those who wait for this batch must hear of it
            self._end(batch, error)
            return
        self._commit = (self._thread.submit(self._ledger.commit), batch)
        self._commit[0].add_done_callback(self._tell_loop)

    def _tell_loop(self, commit: Future[None]) -> None:
        """Come back to the loop from the thread; not to one that was closed meanwhile, where nobody waits."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._end, self._commit[1], commit.exception())

    def _end(self, batch: list[Waiting], failure: BaseException | None) -> None:
        """Tell those who waited for a transaction, and go on with those who came meanwhile."""
        if self._is_closed:
            return
        self._waiting = self._waiting[len(batch) :]
        self._is_busy = bool(self._waiting)
        _tell(batch, failure)
        if self._is_busy:
            self._loop.call_at(self._began + GATHER, self._begin)

    def _write_the_rest(self) -> None:
        """Write what no transaction came to: a signal may stop one, too, and in the middle of its work."""
        commit, batch = self._commit
        on_disk = commit.done() and not commit.cancelled() and commit.exception() is None
        done = {id(written) for _, written in batch} if on_disk else set()
        rest = [(entry, written) for entry, written in self._waiting if id(written) not in done]
        if rest:
            self._ledger.add(*_entries(rest))
            self._ledger.commit()


def _entries(batch: list[Waiting]) -> tuple[list[Row], int | None]:
    """Return the attempts of a batch, and the highest amount that is pledged in it."""
    rows = [entry for entry, _ in batch if not isinstance(entry, int)]
    return rows, max((entry for entry, _ in batch if isinstance(entry, int)), default=None)


def _tell(batch: list[Waiting], failure: BaseException | None) -> None:
    for _, written in batch:
        if written.done():
            continue
        if failure is None:
            written.set_result(None)
        else:
            written.set_exception(failure)
