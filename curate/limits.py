"""Limits on what others wrote and we call, such as a check or a template: a signal, and a ceiling on memory."""

import resource
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from curate.errors import UsageError

AGAIN_SECONDS = 1.0
"""Where the code went on in spite of the first signal, it gets another one this often."""
_PAGES = Path("/proc/self/statm")


class TooSlowError(BaseException):
    """Raised in the middle of code whose time is up; no `except Exception` of its own holds it up."""


@contextmanager
def within_seconds(seconds: float) -> Iterator[None]:
    """Raise TooSlowError in the body when its time is up, and once more after it if the body held that up.

    A limit round this one goes on afterwards with the time that it had left before.

    Args:
        seconds: The time. Signals measure it, so it holds in the main thread of a process alone.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    is_up = False

    def time_is_up(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_up
        is_up = True
        raise TooSlowError

    def say_of_others(lost: "sys.UnraisableHookArgs") -> None:
        # In a finalizer nothing can be raised; Python would print that, but the next signal is on its way.
        if lost.exc_type is not TooSlowError:
            said(lost)

    said, sys.unraisablehook = sys.unraisablehook, say_of_others
    before = signal.signal(signal.SIGALRM, time_is_up)
    outer = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.unraisablehook = said
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *outer)
    if is_up:
        raise TooSlowError


@contextmanager
def within_bytes(more: int) -> Iterator[None]:
    """Let the body take no more memory than there was and so many bytes; what it asks beyond raises MemoryError.

    Args:
        more: The bytes. The kernel counts them over the whole process, where it says how much that has (Linux).
    """
    if not _PAGES.exists():
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = int(_PAGES.read_text("ascii").split()[0]) * resource.getpagesize() + more
    ceiling = min((ceiling, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)))
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def bounded(what: str, *, seconds: float = 20.0, more: int = 2 << 30) -> Iterator[None]:
    """Stop what does not end or fills the memory.

    Args:
        what: What is called, for the error.
        seconds: The time that it may take.
        more: The bytes of memory that it may take beside what there is.

    Raises:
        UsageError: It takes more of either.
    """
    try:
        with within_bytes(more), within_seconds(seconds):
            yield
    except TooSlowError:
        raise UsageError(f"{what} takes more than {seconds:g} seconds for one row") from None
    except MemoryError:
        raise UsageError(f"{what} takes more than {more:,} bytes of memory for one row") from None
