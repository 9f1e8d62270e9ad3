"""Judge the rows of one line by the checks of a stretch. The hot path: nothing here is done twice for a row."""

from curate.errors import PluginError
from curate.pipeline.filtering.job import Bench, Call, Stretch
from curate.pipeline.filtering.recall import Said
from curate.pipeline.filtering.state import PASS, State
from curate.records import Trace


def judge(bench: Bench, stretch: Stretch, trace: Trace, state: State, row: int, known: Said | None = None) -> None:
    """Judge a row until a check drops it, and take its signature where a corpus check comes next.

    Args:
        bench: The job, made ready.
        stretch: The checks.
        trace: The row.
        state: Where what comes of it is written.
        row: Its position there.
        known: What is known of it without asking: from an earlier result, or an earlier movement.

    Raises:
        PluginError: A check of the user's own failed on it; says on which line.
    """
    try:
        _judge(bench, stretch, trace, state, row, known)
    except PluginError as error:
        raise PluginError(f"line {state.row_lines[row]}: {error}") from None


def _judge(bench: Bench, stretch: Stretch, trace: Trace, state: State, row: int, known: Said | None) -> None:
    codes, start = state.codes, row * state.width
    for position, call, is_for in stretch.calls:
        if is_for is None or is_for(trace):
            finding = None if known is None else known.finding(position)
            if finding is None:
                finding = call(trace)
            if finding is None:
                codes[start + position] = PASS
            elif state.enter(row, position, finding, bench.job.checks[position]):
                return
    if stretch.cut is not None:
        sign_row(stretch.cut, trace, state, row)


def sign_row(call: Call, trace: Trace, state: State, row: int) -> None:
    """Take the signature of a row for a corpus check, where it is for that row."""
    position, signature, is_for = call
    if is_for is None or is_for(trace):
        state.signatures.setdefault(position, {})[row] = signature(trace)
