"""Units over processes: the same results in the same order on any number of workers."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

from curate.errors import MachineError
from curate.pipeline.filtering.job import Bench, Job

T = TypeVar("T")
Work = Callable[..., T]
"""Takes a `Bench`, then the arguments of one task."""


LISTENING_SECONDS = 0.2
"""How often it is looked whether somebody interrupts: a signal that meets a thread of Polars wakes nobody who waits."""


class Workers:
    """Runs the tasks of a job in order of submission: in a pool of processes, or without one in this process."""

    def __init__(self, job: Job, pool: ProcessPoolExecutor | None) -> None:
        self._job = job
        self._bench = Bench(job)
        self._pool = pool

    def each(self, work: Work[T], tasks: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        """Yield the result of `work(bench, *task)` for each task, in order.

        Raises:
            MachineError: A worker process died.
        """
        if self._pool is None:
            for task in tasks:
                yield work(self._bench, *task)
            return
        try:
            # Not `map`: when it is left early it cancels futures that the pool is about to mark as broken.
            for future in [self._pool.submit(_in_worker, self._job, work, task) for task in tasks]:
                while not future.done():
                    wait([future], timeout=LISTENING_SECONDS)
                yield future.result()
        except BrokenProcessPool:
            raise MachineError("a worker process died; too little memory, or somebody ended it") from None


@contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor | None]:
    """Start `count` processes, or none for one; when the work is left early, they are stopped at once.

    They load what they need while the caller goes on: the earlier they are started, the less anybody waits for them.
    """
    if count <= 1:
        yield None
        return
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_set_up)
    try:
        with _interrupts_blocked():
            for _ in range(count):  # a process is started for a task that finds none idle
                pool.submit(_load)
        yield pool
    except BaseException:  # an interrupt above all: workers must not go on; it is raised again
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Hold interrupts back here, and in processes that are started here until they ignore them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def usual_count(units: int) -> int:
    """Return how many workers to use: one for each processor that we may run on, and no more than units."""
    return max(1, min(units, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))


_bench: Bench | None = None


def _set_up() -> None:
    """Make a worker process ready; an interrupt is the coordinator's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_the_coordinator, daemon=True).start()


def _load() -> None:
    """Load what units are worked on with."""
    import_module("curate.pipeline.filtering.units")


def _end_with_the_coordinator() -> None:
    """End when the coordinator is gone, so that nobody writes to a folder that the next command works in."""
    coordinator = multiprocessing.parent_process()
    assert coordinator is not None
    coordinator.join()
    os._exit(1)


def _in_worker(job: Job, work: Work[T], task: tuple[Any, ...]) -> T:
    global _bench  # noqa: PLW0603 - a worker process works on one job all its life
    _bench = _bench or Bench(job)
    return work(_bench, *task)
