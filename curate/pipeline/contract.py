"""What every check promises: asked of ours by the tests, and of a user's own by `curate checks test FILE`.

A promise is a function from a check and its cases to the faults found, one sentence each.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from typing import Any

import msgspec

from curate.checks.guard import guarded
from curate.checks.registry import Case, RowCheck, faults_of_shape
from curate.errors import PluginError
from curate.pipeline.filtering.planned import PlannedCheck
from curate.records import Finding, Origin, Trace
from curate.schemas import Schema
from curate.traces.foreign import read_row

Promise = Callable[[RowCheck, Sequence[Case]], Iterator[str]]
PASSES = Finding(outcome="pass")


def faults_of_check(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:
    """Yield every promise that a check breaks, one sentence each."""
    for promise in PROMISES.values():
        try:
            yield from promise(check, cases)
        except PluginError as error:
            yield str(error)


def trace_of(case: Case) -> Trace:
    """Return the trace of a case.

    Raises:
        PluginError: The case is a row that is read as no single trace.
    """
    if isinstance(case.trace, Trace):
        return case.trace
    try:
        (trace,) = read_row(case.trace, {}).traces
    except ValueError as error:
        raise PluginError(f"case {case.name!r}: the row is no trace: {error}") from None
    return trace


def judged(check: RowCheck, case: Case) -> Finding:
    """Return what a check says of a case; a plain pass where it says nothing.

    Raises:
        PluginError: It raised, took too long, or said what is no finding.
    """
    return judge_with(check, case)(trace_of(case)) or PASSES


def judge_with(check: RowCheck, case: Case) -> Callable[[Trace], Finding | None]:
    """Return a check with the parameters of a case."""
    return guarded(check, partial(check.judge, **parameters_of(case)))


def parameters_of(case: Case) -> dict[str, Any]:
    """Return a case's parameters, its schema made one."""
    return {key: Schema(value) if key == "schema" else value for key, value in case.parameters.items()}


def says_what_its_cases_say(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:
    """Outcome and reason of each case are what its table says."""
    for case in cases:
        finding = judged(check, case)
        if finding.outcome != case.outcome:
            yield f"case {case.name!r}: {finding.outcome} instead of {case.outcome} {finding.reason!r}"
        elif case.reason not in finding.reason:
            yield f"case {case.name!r}: the reason is {finding.reason!r}, without {case.reason!r}"


def has_cases_on_both_sides(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:
    """There are cases that pass and cases that fail."""
    for outcome in ("pass", "fail"):
        if outcome not in {case.outcome for case in cases}:
            yield f"{check.name} has no case with the outcome {outcome}"


def explains_itself(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:  # noqa: ARG001 - a promise
    """The docstring begins with a sentence, and says of each parameter what it does."""
    if not check.summary.endswith("."):
        yield f"the docstring of {check.name} does not begin with a sentence that says what is wrong with the row"
    for name in check.parameters.model_fields:
        if f"{name}: " not in check.doc:
            yield f"the docstring of {check.name} does not explain {name} (`{name}: ...` below `Args:`)"


def names_thresholds_by_their_side(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:  # noqa: ARG001 - a promise
    """A numeric parameter says by its name which side of it is kept, and has a default."""
    yield from faults_of_shape(check)
    for name, field in check.parameters.model_fields.items():
        if field.annotation in {int, float} and not name.startswith(("min_", "max_")):
            yield f"{check.name}: the number {name} does not say which side is kept; call it min_{name} or max_{name}"


def fails_only_beyond_its_threshold(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:
    """Where a threshold is named, a measure comes with a pass as well, and a failing one lies beyond the threshold."""
    if check.threshold is None:
        return
    findings = [(case, judged(check, case)) for case in cases]
    if not any(finding.outcome == "pass" and finding.value is not None for _, finding in findings):
        yield f"{check.name} gives no case that passes its measure, so {check.threshold} cannot be tuned"
    for case, finding in findings:
        bound = case.parameters.get(check.threshold, check.parameters.model_fields[check.threshold].default)
        if finding.outcome == "fail" and finding.value is not None and not beyond(check, finding.value, bound):
            yield f"case {case.name!r} fails with {finding.value:g}, which {check.threshold} {bound:g} allows"


def beyond(check: RowCheck, value: float, bound: float) -> bool:
    """Say whether a measure lies on the failing side of the check's threshold."""
    return value < bound if str(check.threshold).startswith("min_") else value > bound


def looks_at_no_label(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:
    """A verdict does not depend on where a row comes from, on its label, or on columns that are nobody's."""
    for case in cases:
        label = {"label": check.name, "origin": case.outcome}
        labelled = msgspec.structs.replace(
            trace_of(case), origin=Origin(file="f", line=1, fault=check.name), extra=label
        )
        bare = msgspec.structs.replace(trace_of(case), origin=Origin(), extra={})
        judge = judge_with(check, case)
        if judge(labelled) != judge(bare):
            yield f"case {case.name!r}: the verdict changes with `origin` or `extra`, which no check may look at"


def says_the_same_again(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:
    """Asked twice, in another order, and in another process, it says the same."""
    first = [judged(check, case) for case in cases]
    again = [judged(check, case) for case in reversed(cases)][::-1]
    elsewhere = _judged_elsewhere(check, cases) if check.plugin else again
    for case, one, *others in zip(cases, first, again, elsewhere, strict=True):
        if [one, one] != others:
            yield f"case {case.name!r}: says one thing now and another later; a check depends on its row alone"


def _judged_elsewhere(check: RowCheck, cases: Sequence[Case]) -> list[Finding]:
    """Return the verdicts of a process of its own, in which sets are ordered otherwise."""
    planned = [PlannedCheck(name=check.name, parameters=case.parameters, plugin=check.plugin) for case in cases]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_judge, planned, map(trace_of, cases)))


def _judge(planned: PlannedCheck, trace: Trace) -> Finding:
    """Judge one trace, in a worker process."""
    return planned.bind(None)(trace) or PASSES


SHORT, LONG = 1 << 13, 1 << 16
"""Characters of the two texts whose times are compared."""
ENOUGH_SECONDS = 0.05
"""What is done within so little CPU time is quick enough, whatever it grows like."""
MAX_SECONDS = 5.0
MAX_GROWTH = 3.0
"""How many times longer than in proportion the longer text may take; quadratic time would be eight times."""
HOSTILE = (*'a ({[<*\n\\"', "1+", "a. ", "- 1\n", "$\\frac{", "<think>", "\u00e9 \u4e2d")


def takes_linear_time(check: RowCheck, cases: Sequence[Case]) -> Iterator[str]:
    """On texts eight times as long it takes about eight times as long, whatever they hold."""
    quick = replace(check, max_seconds=MAX_SECONDS)
    for piece in (*HOSTILE, *(f"{trace_of(case).chain} " for case in cases)):
        for field in ("response", "reasoning", "problem"):
            fault = next((_fault_of_time(quick, case, field, piece) for case in cases[:1]), None)
            if fault is not None:
                yield f"{fault} for {LONG:,} characters of {piece[:20]!r}"
                return


def _fault_of_time(check: RowCheck, case: Case, field: str, piece: str) -> str | None:
    """Return how a check takes too long on a piece of text that is repeated, or None."""
    judge = judge_with(check, case)
    short, long = (_repeated(trace_of(case), field, piece, length) for length in (SHORT, LONG))
    try:
        taken = _seconds(judge, long)
    except PluginError as error:
        return str(error)
    if taken <= ENOUGH_SECONDS or taken <= MAX_GROWTH * LONG / SHORT * _seconds(judge, short):
        return None
    return f"{check.name} does not take linear time: {taken:.1f} s"


def _repeated(trace: Trace, field: str, piece: str, length: int) -> Trace:
    text = (piece * (length // len(piece) + 1))[:length]
    if field == "problem":
        return msgspec.structs.replace(trace, problem=msgspec.structs.replace(trace.problem, text=text))
    return msgspec.structs.replace(trace, **{field: text})


def _seconds(judge: Callable[[Trace], object], trace: Trace) -> float:
    """Return the CPU seconds that a judgement takes, the better of two."""
    taken = []
    for _ in range(2):
        before = time.process_time()
        judge(trace)
        taken.append(time.process_time() - before)
    return min(taken)


PROMISES: dict[str, Promise] = {
    promise.__name__: promise
    for promise in (
        says_what_its_cases_say,
        has_cases_on_both_sides,
        explains_itself,
        names_thresholds_by_their_side,
        fails_only_beyond_its_threshold,
        looks_at_no_label,
        says_the_same_again,
        takes_linear_time,
    )
}
