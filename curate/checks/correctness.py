"""Is the answer right?"""

from functools import lru_cache

from curate.answers import Verdict, compare
from curate.answers.scored import scored
from curate.records import Finding, Problem, Trace


def wrong_answer(trace: Trace) -> Finding | None:
    """The final answer differs from the problem's reference.

    Compared by what both can be (numbers, quantities, times, intervals, sets, formulas, choices, words ...); formulas
    that are still open by math-verify, in a process of its own with a limit. What none of these decides is undecided,
    and kept; the reason names verifier, version and rule. Without a reference, or without an answer, nothing is
    claimed. Where the answer is a Python function (`answer_type: python_function`) the reference is its tests, run in
    the sandbox in another process than the code, which sees the calls and never what is expected. Code that fails them,
    crashes, uses up its CPU time, or passes them only where it can reach them, is wrong; undecided is a run that takes
    too long otherwise, needs more than the standard library, or has no safe sandbox, and a pass that rests on what the
    code says of objects of its own. Problems of `from: gym` are judged by the scorer of their dataset, which takes many
    answers for right where there is more than one: 1.0 alone counts.

    Every reply is compared once, also one that was dropped before: `verdicts.parquet` has `pass_rate`, `samples` and
    `right` of its problem.
    """
    gold, answer = trace.problem.reference, trace.answer
    if gold is None:
        return Finding(outcome="undecided", reason="the problem has no reference")
    if answer is None:
        return Finding(outcome="undecided", reason="no final answer to compare")
    verdict = _compared(gold, answer, trace.problem)
    if verdict.sameness == "same":
        return None
    seen = verdict.why or f"{answer[:100]!r} instead of {gold[:100]!r}"
    return Finding(outcome="fail" if verdict.sameness == "different" else "undecided", reason=f"{seen} ({verdict.by})")


def is_right(trace: Trace) -> bool:
    """Say whether an answer is right by the reference, compared as `wrong_answer` does; what is undecided is not."""
    reference, answer = trace.problem.reference, trace.answer
    if reference is None or answer is None:
        return False
    return _compared(reference, answer, trace.problem).sameness == "same"


@lru_cache(maxsize=1)
def _compared(gold: str, answer: str, problem: Problem) -> Verdict:
    """Compare once what several checks ask of one row: each check of it comes before the next row."""
    own = scored(problem, answer)
    return compare(gold, answer, problem.answer_type, problem_text=problem.text) if own is None else own
