"""Is the problem worth its place: does the teacher get it right now and then, and not always? Corpus checks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from curate.checks.corpus import judgements
from curate.checks.correctness import is_right
from curate.checks.pass_rates import pass_rates
from curate.records import Finding, Trace

if TYPE_CHECKING:
    import polars as pl


class Try(msgspec.Struct, frozen=True, array_like=True):
    """What a reply says of its problem's pass rate."""

    rate: float | None
    """The rate that its row states: that of a run, over all replies."""
    right: bool | None
    """Whether it is right by the reference; None where there is none, or the row states a rate."""


def too_easy_signature(trace: Trace, *, max_pass_rate: float = 0.9, min_samples: int = 2) -> bytes:  # noqa: ARG001 - a signature takes the parameters of its check
    """Return what the reply says of its problem's pass rate, in a few bytes."""
    return _try(trace)


def too_easy(rows: "pl.DataFrame", *, max_pass_rate: float = 0.9, min_samples: int = 2) -> "pl.DataFrame":
    """The teacher gets the problem right nearly every time, so that there is little to learn from it.

    The pass rate is the share of all replies to the problem that are right by its reference, those included that other
    checks drop. A row of a run states it; for other rows it is counted over the rows of the same problem, in whatever
    files they are, and over all `generations` of a row. A reply that states no answer (one that was cut off, mostly),
    or whose answer cannot be decided, is not right. Without a reference it is not known, and nothing is claimed. Open
    R1 keeps problems between 0.1 and 0.9; with few samples the bounds mean: not all of them right, not all wrong.

    Args:
        rows: `row` (u32), `problem_id` (string) and `signature` (binary) of every reply.
        max_pass_rate: The greatest pass rate; the measure is the problem's.
        min_samples: The fewest replies over which a pass rate is counted where the rows state none.

    Returns:
        `row`, `outcome`, `reason` and `value` of every row.
    """
    return _judged(rows, min_samples, lambda rate: rate <= max_pass_rate)


def too_hard_signature(trace: Trace, *, min_pass_rate: float = 0.1, min_samples: int = 2) -> bytes:  # noqa: ARG001 - a signature takes the parameters of its check
    """Return what the reply says of its problem's pass rate, in a few bytes."""
    return _try(trace)


def too_hard(rows: "pl.DataFrame", *, min_pass_rate: float = 0.1, min_samples: int = 2) -> "pl.DataFrame":
    """The teacher hardly ever gets the problem right, so that its reference or its right replies may be luck.

    See `too_easy` for the pass rate. A teacher's `resample_until` asks more samples of such problems first.

    Args:
        rows: `row` (u32), `problem_id` (string) and `signature` (binary) of every reply.
        min_pass_rate: The least pass rate; the measure is the problem's.
        min_samples: The fewest replies over which a pass rate is counted where the rows state none.

    Returns:
        `row`, `outcome`, `reason` and `value` of every row.
    """
    return _judged(rows, min_samples, lambda rate: rate >= min_pass_rate)


def _try(trace: Trace) -> bytes:
    rate = trace.pass_rate
    is_known = rate is None and trace.problem.reference is not None
    return msgspec.msgpack.encode(Try(rate, is_right(trace) if is_known else None))


class _Rate(NamedTuple):
    """The pass rate of a problem, as `pass_rates` has it."""

    value: float | None
    samples: int
    right: int
    stated: float | None


def _judged(rows: "pl.DataFrame", min_samples: int, is_within: Callable[[float], bool]) -> "pl.DataFrame":
    rates = pass_rates(_tries(rows)).select("problem_id", "pass_rate", "samples", "right", "stated")
    said = {problem: _finding(_Rate(*rate), min_samples, is_within) for problem, *rate in rates.iter_rows()}
    found = [said[problem] for problem in rows["problem_id"]]
    return judgements(
        [(place, one.outcome, one.reason, one.value) for place, one in zip(rows["row"], found, strict=True)]
    )


def _tries(rows: "pl.DataFrame") -> "pl.DataFrame":
    """Return what each reply says of its problem's pass rate, as `pass_rates` takes it."""
    import polars as pl  # noqa: PLC0415 - heavy, and workers that only judge rows never need it

    tries = [msgspec.msgpack.decode(signature, type=Try) for signature in rows["signature"]]
    return rows.select(
        "problem_id",
        samples=pl.Series([int(one.right is not None) for one in tries], dtype=pl.UInt32),
        right=pl.Series([int(one.right or False) for one in tries], dtype=pl.UInt32),
        stated=pl.Series([one.rate for one in tries], dtype=pl.Float64),
    )


def _finding(rate: _Rate, min_samples: int, is_within: Callable[[float], bool]) -> Finding:
    """Return what the pass rate of a problem comes to."""
    if rate.value is None:
        return Finding(outcome="undecided", reason="the pass rate of the problem is not known")
    if rate.stated is None and rate.samples < min_samples:
        counted = "1 reply" if rate.samples == 1 else f"{rate.samples} replies"
        return Finding(outcome="undecided", reason=f"{counted} to the problem, {min_samples} are needed")
    if is_within(rate.value):
        return Finding(outcome="pass", value=rate.value)
    seen = f"{rate.right} of {rate.samples}" if rate.stated is None else f"{rate.stated:.0%} of the"
    return Finding(outcome="fail", reason=f"{seen} replies to the problem are right", value=rate.value)
