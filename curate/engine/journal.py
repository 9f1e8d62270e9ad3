"""Group commit: whoever records an attempt waits until the transaction that holds it is on disk.

While one transaction is being forced to disk (in a thread, so the loop goes on), further attempts gather for the next;
so the batches grow with the load, and an idle engine commits at once. The thread does nothing but wait for the disk: it
would have to win the interpreter's lock from a busy loop for every row.
"""

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from curate.attempts import Attempt
from curate.ledger import Ledger, Row

GATHER = 0.005
"""Seconds between two transactions, at least: a commit costs this machine more than the few replies in it."""

Waiting = tuple[Row | int, asyncio.Future[None]]
"""An attempt as it is stored, or an amount that is pledged, and who waits for it to be on disk."""


class Journal:
    """Writes attempts to a ledger in batches; use it as an async context manager.

    Leaving it writes what is still waiting, also when the run was interrupted: what came back has been paid for.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: list[Waiting] = []
        """Whatever is not known to be on disk, those of the transaction under way included."""
        self._commit: tuple[Future[None], list[Waiting]] = (Future(), [])
        """The last transaction and what it holds; one value, because a signal may come between any two."""
        self._more = asyncio.Event()
        self._closing = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")

    async def __aenter__(self) -> Self:
        self._writer = asyncio.create_task(self._write_on())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self._more.set()
        try:
            await asyncio.shield(self._writer)
        finally:
            self._thread.shutdown()
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
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((entry, written))
        self._more.set()
        return written

    async def _write_on(self) -> None:
        while not (self._closing and not self._waiting):
            await self._more.wait()
            self._more.clear()
            batch = list(self._waiting)
            if not batch:
                continue
            failure: Exception | None = None
            try:
                self._ledger.add(*_entries(batch))
                self._commit = (self._thread.submit(self._ledger.commit), batch)
                await asyncio.wrap_future(self._commit[0])
            except Exception as error:  # noqa: BLE001 - whatever it was, those who wait for this batch must hear of it
                failure = error
            self._waiting = self._waiting[len(batch) :]
            _tell(batch, failure)
            if self._closing:
                self._more.set()
            elif len(batch) > 1:
                await asyncio.sleep(GATHER)

    def _write_the_rest(self) -> None:
        """Write what the writer did not come to: a signal stops it too, and in the middle of its work."""
        self._writer.cancel()
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


def _tell(batch: list[Waiting], failure: Exception | None) -> None:
    for _, written in batch:
        if written.done():
            continue
        if failure is None:
            written.set_result(None)
        else:
            written.set_exception(failure)
