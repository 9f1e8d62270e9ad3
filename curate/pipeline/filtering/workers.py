"""Units over processes: the same results in the same order on any number of workers."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from curate.errors import MachineError
from curate.pipeline.filtering.job import Bench, Job

T = TypeVar("T")
Work = Callable[..., T]
"""Takes a `Bench`, then the arguments of one task."""


LISTENING_SECONDS = 0.2
"""How often it is looked whether somebody interrupts: a signal that meets a thread of Polars wakes nobody who waits."""


class Workers:
    """Runs tasks in order of submission; with one worker in this process, else in processes of their own."""

    def __init__(self, job: Job, pool: ProcessPoolExecutor | None) -> None:
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
            for future in [self._pool.submit(_in_worker, work, task) for task in tasks]:
                while not future.done():
                    wait([future], timeout=LISTENING_SECONDS)
                yield future.result()
        except BrokenProcessPool:
            raise MachineError("a worker process died; too little memory, or somebody ended it") from None


@contextmanager
def workers_for(job: Job, count: int) -> Iterator[Workers]:
    """Provide `count` workers; when the work is left early, they are stopped at once."""
    if count <= 1:
        yield Workers(job, None)
        return
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_set_up, initargs=(job,))
    try:
        yield Workers(job, pool)
    except BaseException:  # an interrupt above all: workers must not go on; it is raised again
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def usual_count(units: int) -> int:
    """Return how many workers to use: one for each processor that we may run on, and no more than units."""
    return max(1, min(units, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))


_bench: Bench | None = None


def _set_up(job: Job) -> None:
    """Make a worker process ready; an interrupt is the coordinator's to handle."""
    global _bench  # noqa: PLW0603 - a worker process works on one job all its life
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_coordinator, daemon=True).start()
    _bench = Bench(job)


def _end_with_the_coordinator() -> None:
    """End when the coordinator is gone, so that nobody writes to a folder that the next command works in."""
    coordinator = multiprocessing.parent_process()
    assert coordinator is not None
    coordinator.join()
    os._exit(1)


def _in_worker(work: Work[T], task: tuple[Any, ...]) -> T:
    assert _bench is not None
    return work(_bench, *task)
