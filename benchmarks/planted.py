"""Rows of the built-in teachers: sound ones, and those with planted faults; and which check each fault is for."""

from collections.abc import Iterator

import msgspec

from curate.digests import digest
from curate.families import FAMILIES
from curate.problems import builtin_problems
from curate.prompts import STYLES
from curate.records import JSON, Request, Sampling, Trace
from curate.teachers.builtin import BuiltinTeacher
from curate.teachers.noise import FAULTS
from curate.traces.build import trace_of

PROBLEMS_EACH = 240
MAX_TOKENS = 2048
SHARE_EACH = 0.05
"""Share of the rows with each fault; what is left of them is sound."""
CAUGHT_BY: dict[str, tuple[str, ...]] = {
    "truncated": ("truncated",),
    "looping": ("looping", "truncated"),
    "final_answer_only": ("final_answer_only", "too_few_steps"),
    "wrong_answer": ("wrong_answer",),
    "wrong_step": ("wrong_answer", "wrong_step"),
    "right_answer_after_wrong_step": ("wrong_step",),
    "missing_answer": ("missing_answer",),
    "unclosed_thinking": ("unclosed_thinking", "missing_answer"),
    "duplicate_thinking": ("duplicate_thinking",),
    "answer_mismatch": ("answer_mismatch", "wrong_answer"),
    "refusal": ("refusal",),
    "mixed_language": ("mixed_language",),
    "special_tokens": ("special_tokens",),
    "broken_text": ("broken_text",),
}
"""Fault to the checks that must find it."""
_CUT = ("empty_response", "missing_answer", "unclosed_thinking", "too_few_steps")
ALSO: dict[str, tuple[str, ...]] = {
    "truncated": (*_CUT, "looping", "duplicate_thinking"),
    "looping": _CUT,
    "final_answer_only": ("answer_mismatch",),
    "wrong_answer": ("answer_mismatch",),
    "unclosed_thinking": ("empty_response",),
    **dict.fromkeys(("wrong_step", "right_answer_after_wrong_step"), ("answer_mismatch",)),
    **dict.fromkeys(("mixed_language", "special_tokens", "broken_text"), ("wrong_step",)),
    "refusal": ("missing_answer", "wrong_answer", "final_answer_only", "too_few_steps"),
}
"""Fault to the checks that may as well fail the row: it is not counted for them, neither way."""


def noisy_traces(problems_each: int = PROBLEMS_EACH, seed: int = 1) -> Iterator[Trace]:
    """Yield traces of the noisy teacher, each fault as often as any other."""
    faults = dict.fromkeys(FAULTS, SHARE_EACH)
    return _traces("noisy", {"faults": faults}, problems_each, seed, max_tokens=MAX_TOKENS)


def solver_traces(problems_each: int, seed: int) -> Iterator[Trace]:
    """Yield traces of the solver, all of them sound."""
    return _traces("solver", {}, problems_each, seed)


def _traces(
    model: str, extra_body: JSON, problems_each: int, seed: int, max_tokens: int | None = None
) -> Iterator[Trace]:
    """Yield what a built-in teacher makes of problems of all families and difficulties."""
    teacher = BuiltinTeacher(model, extra_body)
    for family in FAMILIES:
        for problem in builtin_problems(family, seed, problems_each, (1, 2, 3, 4, 5)):
            request = Request(
                key=digest(problem.id),
                problem=problem,
                messages=STYLES["zero_shot_cot"](problem),
                sampling=Sampling(model=model, provider="builtin", max_tokens=max_tokens, seed=seed),
                sample=0,
            )
            yield trace_of(request, teacher.write(request), recipe="quality")


def unlabelled(trace: Trace) -> Trace:
    """Return a trace as checks see it: without `origin`, where the fault is named."""
    return msgspec.structs.replace(trace, origin=type(trace.origin)())


def label(fault: str | None, check: str) -> bool | None:
    """Say whether a row with a fault, or with none, is faulty in the eyes of a check; None where it is not judged."""
    if fault is None:
        return False
    if check in CAUGHT_BY[fault]:
        return True
    return None if check in ALSO.get(fault, ()) else False
