"""Which replies to a problem are right, counted while every row is read, whatever is dropped. Runs in the workers."""

from curate.checks.correctness import wrong_answer
from curate.pipeline.filtering.job import Bench
from curate.pipeline.filtering.recall import Said
from curate.pipeline.filtering.state import State, Tries
from curate.records import Finding, Trace

RIGHT = Finding(outcome="pass")


def count_try(bench: Bench, trace: Trace, state: State, row: int, known: Said | None) -> None:
    """Count a row among the replies to its problem, where a check that is about right and wrong is for it.

    Called right after the row was judged: a comparison that `wrong_answer` has made is not made again, and where its
    turn comes in a later movement, what it will say is kept. So a row is compared once, also one that was dropped.
    """
    if not any(check.applies_to(trace) for check in bench.counted):
        return
    has_reference = trace.problem.reference is not None
    is_right = False
    if has_reference or bench.answers_late:
        finding = _answer(bench, trace, known)
        is_right = finding.outcome == "pass"
        if bench.answers_late and not is_right:
            state.answers[row] = finding
    if has_reference or trace.pass_rate is not None:
        tries = state.tries.setdefault(state.problem_ids[row], Tries())
        tries.samples += has_reference
        tries.right += is_right
        tries.stated = max((rate for rate in (tries.stated, trace.pass_rate) if rate is not None), default=None)


def _answer(bench: Bench, trace: Trace, known: Said | None) -> Finding:
    """Return what `wrong_answer` says of a row."""
    if known is not None:
        for position in bench.answers:
            if (finding := known.finding(position)) is not None:
                return finding
    return wrong_answer(trace) or RIGHT


class Recalled:
    """What is known of a row in the later movements: whether its answer is wrong, beside what an earlier result says.

    Args:
        bench: The job, made ready.
        state: The state of the row's piece.
        row: Its position there.
        known: What an earlier result says of it.
    """

    def __init__(self, bench: Bench, state: State, row: int, known: Said | None) -> None:
        self._bench = bench
        self._state = state
        self._row = row
        self._known = known

    def finding(self, position: int) -> Finding | None:
        """Return what the check at a position says, or None where it must be asked."""
        if position in self._bench.answers:
            return self._state.answers.get(self._row, RIGHT)
        return None if self._known is None else self._known.finding(position)
