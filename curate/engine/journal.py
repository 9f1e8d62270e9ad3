"""Group commit: whoever records an attempt waits until the transaction that holds it is on disk.

While one transaction is being written (in a thread, so the loop goes on), further attempts gather for the next; so the
batches grow with the load, and an idle engine commits at once.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from curate.ledger import Attempt, Ledger


class Journal:
    """Writes attempts to a ledger in batches; use it as an async context manager.

    Leaving it writes what is still waiting, also when the run was interrupted: what came back has been paid for.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: list[tuple[Attempt, asyncio.Future[None]]] = []
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

    async def record(self, attempt: Attempt) -> None:
        """Record an attempt; returns when it is on disk.

        Raises:
            LedgerError: It could not be written.
        """
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((attempt, written))
        self._more.set()
        # A caller that is cancelled while it waits gives up its place, not the attempt.
        await asyncio.shield(written)

    async def _write_on(self) -> None:
        loop = asyncio.get_running_loop()
        while not (self._closing and not self._waiting):
            await self._more.wait()
            self._more.clear()
            batch, self._waiting = self._waiting, []
            if not batch:
                continue
            try:
                await loop.run_in_executor(self._thread, self._ledger.record, [attempt for attempt, _ in batch])
            except Exception as error:  # noqa: BLE001 - whatever it was, those who wait for this batch must hear of it
                for _, written in batch:
                    written.set_exception(error)
            else:
                for _, written in batch:
                    if not written.done():
                        written.set_result(None)
            if self._closing:
                self._more.set()
