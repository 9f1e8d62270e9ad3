"""What runs in a worker of the symbolic comparison: parse both formulas, compare them in both directions.

The limits are timers of the kernel whose signals end the process, so they hold while one huge multiplication holds the
interpreter, and when nobody is left to wait for the result.
"""

import logging
import multiprocessing
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from curate.answers.verdicts import Sameness

CPU_SECONDS = 2.0
"""Processor time that one pair may take: the limit that bites, the same on a busy machine and an idle one."""
WALL_SECONDS = 20.0
"""Time on the clock that one pair may take."""
MEMORY_BYTES = 2 << 30

Judge = Callable[[str, str], Sameness]


def work(connection: Connection) -> None:
    """Judge pairs until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    parent = multiprocessing.parent_process()
    assert parent is not None
    judge = _load()
    try:
        connection.send("ready")
        while connection in wait([connection, parent.sentinel]):
            left, right = connection.recv()
            connection.send(_within_limits(judge, left, right))
    except (EOFError, OSError):
        return


def _within_limits(judge: Judge, left: str, right: str) -> Sameness:
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)
    try:
        return judge(left, right)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _load() -> Judge:
    """Return the comparison; loading the library takes a second, so only workers do."""
    from math_verify import (  # type: ignore[import-untyped]  # noqa: PLC0415 - see above
        LatexExtractionConfig,
        parse,
        verify,
    )

    config = (LatexExtractionConfig(),)

    def judge(left: str, right: str) -> Sameness:
        try:
            one, other = (
                parse(f"${text}$", config, fallback_mode="no_fallback", parsing_timeout=None) for text in (left, right)
            )
            if not one or not other:
                return "undecided"
            if _clearly_differ(one[0], other[0]):
                return "different"
            both_ways = ((one, other), (other, one))
            same = all(verify(*pair, float_rounding=10, timeout_seconds=None) for pair in both_ways)
        except Exception:  # noqa: BLE001 - whatever breaks inside the library, the pair is undecided
            return "undecided"
        return "same" if same else "undecided"

    return judge


def _clearly_differ(one: Any, other: Any) -> bool:  # noqa: ANN401 - objects of sympy
    """Say whether two expressions have different values at some point, so that they cannot be equal in disguise."""
    from sympy import Eq, Expr  # type: ignore[import-untyped]  # noqa: PLC0415 - only workers load it

    if isinstance(one, Eq) and isinstance(other, Eq) and one.lhs == other.lhs:
        one, other = one.rhs, other.rhs
    if not (isinstance(one, Expr) and isinstance(other, Expr)):
        return False
    symbols = sorted(one.free_symbols | other.free_symbols, key=str)
    point = dict(zip(symbols, range(7, 7 + 2 * len(symbols), 2), strict=True))  # whole, as bounds of sums must be
    values = [complex(value.subs(point).doit().evalf(20)) for value in (one, other)]
    return abs(values[0] - values[1]) > FAR_APART * max(map(abs, values))


FAR_APART = 1e-6
