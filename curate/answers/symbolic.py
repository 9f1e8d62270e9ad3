"""The symbolic comparison, in processes of its own, for formulas that no other rule decides.

Workers are spawned when the first such pair comes, kept warm, few, and each has one pair at a time under a limit of
processor and wall time that the kernel enforces, so that neither a hanging library nor the death of this process leaves
one behind. A worker that was killed is replaced. What takes too long is undecided.
"""

import atexit
import multiprocessing
import os
import re
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version

from curate.answers.expressions import is_prose
from curate.answers.symbolic_worker import WALL_SECONDS, work
from curate.answers.verdicts import Sameness, Verdict

LIBRARY = "math-verify"
MAX_CHARACTERS = 300
MAX_WORKERS = 4
START_SECONDS = 120
MAX_FAILED_STARTS = 3

_LATEX = {
    "≤": r"\leq ",
    "≥": r"\geq ",
    "≠": r"\neq ",
    "≈": r"\approx ",
    "±": r"\pm ",
    "∞": r"\infty ",
    "π": r"\pi ",
    "∪": r"\cup ",
    "∩": r"\cap ",
    "∈": r"\in ",
    "∅": r"\emptyset ",
    "\u211d": r"\mathbb{R}",
    "÷": r"\div ",
    "*": r"\cdot ",
    "°": r"^{\circ}",
}
_SPELLED = str.maketrans(_LATEX)
_COMMAND_NAMES = """
frac sqrt sum prod int iint lim infty pi to leq geq neq approx pm mp cup cap in emptyset cdot div circ mathbb sin
cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln exp min max gcd lcm det binom begin end left right
lfloor rfloor lceil rceil setminus subset alpha beta gamma delta epsilon varepsilon zeta eta theta
iota kappa lambda mu nu xi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi
Sigma Phi Psi Omega ell partial mod pmod bmod equiv
"""
_COMMANDS = frozenset(_COMMAND_NAMES.split())
_ALLOWED = re.compile(r"(?:\\(?:[A-Za-z]+|[{}|\\ ])|[A-Za-z0-9\s+\-*/^_=<>(){}\[\]|.!&])*")
"""Neither comma nor colon: the library reads `3,4` as a set, `(1,2)` as an interval and `12:30` as a fraction."""
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_WORD = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{4,}")
_TERM = re.compile(r"[0-9]|(?<![\\A-Za-z])[A-Za-z]")
_OPERATION = re.compile(r"[-+*/^=<>\\|!]|[0-9]\s*[A-Za-z(]")


def compare(verdict: Verdict) -> Verdict:
    """Return what the symbolic comparison makes of an open pair: another verdict, or the same where it has no say.

    Args:
        verdict: An undecided verdict with both texts, tidy.
    """
    pair = _formulas(verdict)
    if pair is None:
        return verdict
    sameness, rule = _judged(*pair)
    return Verdict(
        sameness=sameness,
        rule=rule,
        gold=verdict.gold,
        answer=verdict.answer,
        verifier=LIBRARY,
        version=_library_version(),
    )


def is_open(verdict: Verdict) -> bool:
    """Say whether the symbolic comparison would look at a pair."""
    return _formulas(verdict) is not None


def _formulas(verdict: Verdict) -> tuple[str, str] | None:
    """Return both texts as LaTeX, in an order of their own, or None where the library is not to be asked."""
    if verdict.rule != "no_rule":
        return None
    left, right = sorted(text.translate(_SPELLED) for text in (verdict.gold, verdict.answer))
    asks_something = _OPERATION.search(left) or _OPERATION.search(right)
    return (left, right) if asks_something and _is_mathematical(left) and _is_mathematical(right) else None


def compare_alone(gold: str, answer: str) -> Sameness | None:
    """Return what the symbolic comparison alone says of two tidy texts, or None where it is not to be asked.

    For holding the cheap rules against it; `compare` asks it only what they leave open.
    """
    left, right = sorted(text.translate(_SPELLED) for text in (gold, answer))
    return _judged(left, right)[0] if _is_mathematical(left) and _is_mathematical(right) else None


def _is_mathematical(text: str) -> bool:
    """Say whether a text is a formula in a closed list of words and signs; only such a text reaches the library."""
    return (
        len(text) <= MAX_CHARACTERS
        and _TERM.search(text) is not None
        and "__" not in text
        and _ALLOWED.fullmatch(text) is not None
        and _WORD.search(text) is None
        and not is_prose(text)
        and all(command in _COMMANDS for command in _COMMAND.findall(text))
    )


@lru_cache(maxsize=1)
def _library_version() -> str:
    return version(LIBRARY)


@lru_cache(maxsize=8192)
def _judged(left: str, right: str) -> tuple[Sameness, str]:
    """Return what a worker says of a pair; a pair is asked about once."""
    return _workers.judge(left, right)


class WorkerLostError(Exception):
    """A worker was killed by its limits, or ended."""


class _Worker:
    """A process that judges one pair at a time."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs,), name="curate-symbolic", daemon=True)
        try:
            with _without_main():
                self._process.start()
        finally:
            theirs.close()
        self._said_ready = False

    def judge(self, left: str, right: str) -> Sameness:
        """Return the verdict on a pair.

        Raises:
            WorkerLostError: The process is gone or was killed; it judges nothing more.
        """
        try:
            if not self._said_ready:
                self._heard(START_SECONDS)
                self._said_ready = True
            self._connection.send((left, right))
            sameness: Sameness = self._heard(WALL_SECONDS + 1)
        except (EOFError, OSError):
            self.kill()
            raise WorkerLostError from None
        return sameness

    @property
    def has_started(self) -> bool:
        """Whether it ever was ready."""
        return self._said_ready

    def _heard(self, seconds: float) -> Sameness:
        if not self._connection.poll(seconds):
            raise EOFError
        said: Sameness = self._connection.recv()
        return said

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self._connection.close()

    def forget(self) -> None:
        """Leave the process to the one that started it."""
        self._connection.close()


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the main module: a worker needs nothing of it, and a script without a guard would run a second time."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


class _Workers:
    """A few workers, started when they are needed, for any number of threads."""

    def __init__(self, most: int) -> None:
        self._places = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._failed_starts = 0

    def judge(self, left: str, right: str) -> tuple[Sameness, str]:
        """Return what a worker says of a pair, and by which rule."""
        with self._places:
            worker = self._taken()
            if worker is None:
                return "undecided", "no_worker"
            try:
                sameness = worker.judge(left, right)
            except WorkerLostError:
                self._failed_starts = 0 if worker.has_started else self._failed_starts + 1
                return "undecided", "limit" if worker.has_started else "no_worker"
            except BaseException:  # an interrupt while waiting: what comes back later would answer another pair
                worker.kill()
                raise
            self._failed_starts = 0
            with self._lock:
                self._idle.append(worker)
            return sameness, "symbolic"

    def _taken(self) -> _Worker | None:
        """Return an idle worker or a new one, or None where no process can be started."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._failed_starts >= MAX_FAILED_STARTS or multiprocessing.current_process().daemon:
                return None
            try:
                return _Worker()
            except OSError:
                self._failed_starts += 1
                return None

    def close(self) -> None:
        """End all workers."""
        with self._lock:
            while self._idle:
                self._idle.pop().kill()

    def forget(self) -> None:
        """Close our ends of what belongs to the process that we were forked from."""
        for worker in self._idle:
            worker.forget()


_workers = _Workers(min(MAX_WORKERS, os.cpu_count() or 1))


def close_workers() -> None:
    """End all workers; the next pair starts them anew."""
    _workers.close()


def _after_fork() -> None:
    global _workers  # noqa: PLW0603 - a forked process has workers of its own
    _workers.forget()
    _workers = _Workers(min(MAX_WORKERS, os.cpu_count() or 1))


atexit.register(close_workers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
