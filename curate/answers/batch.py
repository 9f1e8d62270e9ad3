"""Many pairs, in order: cheap ones at once, symbolic ones side by side, so that a hard pair holds up no other."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec

from curate.answers import symbolic
from curate.answers.code import PYTHON_FUNCTION, compare_code
from curate.answers.compare import compare_cheaply
from curate.answers.verdicts import Verdict

WINDOW = 1_000
"""Verdicts that wait for the one before them, at most."""


class Pair(msgspec.Struct, frozen=True):
    """A reference, and an answer to compare with it."""

    gold: str
    answer: str
    answer_type: str | None = None
    problem_text: str | None = None


def compare_many(pairs: Iterable[Pair]) -> Iterator[Verdict]:
    """Yield the verdict on each pair, in order; memory stays the same for any number."""
    waiting: deque[Verdict | Future[Verdict]] = deque()
    with ThreadPoolExecutor(symbolic.MAX_WORKERS) as threads:
        for pair in pairs:
            waiting.append(_begun(pair, threads))
            while waiting and (len(waiting) > WINDOW or _is_done(waiting[0])):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _begun(pair: Pair, threads: ThreadPoolExecutor) -> Verdict | Future[Verdict]:
    if pair.answer_type == PYTHON_FUNCTION:
        return threads.submit(compare_code, pair.gold, pair.answer)
    verdict = compare_cheaply(pair.gold, pair.answer, pair.answer_type, problem_text=pair.problem_text)
    return threads.submit(symbolic.compare, verdict) if symbolic.is_open(verdict) else verdict


def _is_done(item: Verdict | Future[Verdict]) -> bool:
    return isinstance(item, Verdict) or item.done()


def _result(item: Verdict | Future[Verdict]) -> Verdict:
    return item if isinstance(item, Verdict) else item.result()
