"""Replies made to be slow cost no more than their length."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
import pytest

from curate.answers import find_answer
from curate.checks import CHECKS, Check, CorpusCheck, RowCheck
from curate.records import Trace
from curate.similarity.leaks import LeakIndex, Question
from tests.checks.cases import trace
from tests.checks.hostile import SHAPES

REPLY_CHARACTERS = 5_000_000
MAX_SECONDS = 2.0
NAMED = (
    "a regex bomb",
    "all braces",
    "all newlines",
    "all <think>",
    "all backticks",
    "one giant line",
    "one giant word",
    "all Han",
    "quotations that never close",
)
SHORT = 150_000
TIMES_LONGER = 4
MAX_RATIO = 2 * TIMES_LONGER
"""Of the time that four times the length takes; a check that is quadratic needs sixteen times as long."""
NEGLIGIBLE_SECONDS = 0.03
_QUESTION = "A robe takes 2 bolts of blue fiber and half that much white fiber. How many bolts does it take in all?"
GIVEN: dict[str, dict[str, Any]] = {
    "benchmark_leak": {"index": LeakIndex([Question("bench", 1, _QUESTION)], 13), "of": "trace"}
}
"""What the signature of a check needs besides its defaults."""


def judging(check: Check) -> Callable[[Trace], object]:
    """Return what a check does to each row."""
    return partial(check.signature, **GIVEN.get(check.name, {})) if isinstance(check, CorpusCheck) else check.judge


def hostile_traces(text: str) -> tuple[Trace, Trace, Trace]:
    """Return a trace that is all response, one whose thinking is the same text, and one whose problem is."""
    find_answer.cache_clear()
    found = find_answer(text)
    answer = found.text if found else None
    asked = trace().problem
    return (
        trace(reasoning="", response=text, answer=answer),
        trace(reasoning=text, response=text, answer=answer),
        trace(problem=msgspec.structs.replace(asked, text=text)),
    )


def seconds(check: Check, rows: tuple[Trace, ...]) -> float:
    """Return the processor time that a check needs for some rows."""
    judge = judging(check)
    start = time.process_time()
    for row in rows:
        judge(row)
    return time.process_time() - start


@pytest.mark.parametrize("shape", NAMED)
def test_five_megabytes_pass_through_all_checks(shape: str) -> None:
    """A reply of 5 MB takes less than two seconds through all row checks together."""
    row, *_ = hostile_traces(SHAPES[shape](REPLY_CHARACTERS))
    took = {check.name: seconds(check, (row,)) for check in CHECKS.values() if isinstance(check, RowCheck)}
    assert sum(took.values()) < MAX_SECONDS, took


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_length_alone(shape: str) -> None:
    """Four times the text takes each registered check about four times as long, whatever the text is."""
    short, long = (hostile_traces(SHAPES[shape](length)) for length in (SHORT, TIMES_LONGER * SHORT))
    for check in CHECKS.values():
        took = seconds(check, long)
        if took > NEGLIGIBLE_SECONDS:
            again = min(seconds(check, long) for _ in range(2))
            assert again < MAX_RATIO * max(seconds(check, short), NEGLIGIBLE_SECONDS / TIMES_LONGER), check.name
