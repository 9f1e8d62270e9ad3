"""Is the problem worth its place: does the teacher get it right now and then, and not always? Corpus checks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from curate.checks.corpus import judgements
from curate.checks.correctness import is_right
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


class _Group:
    """What the replies to one problem come to."""

    def __init__(self) -> None:
        self.stated: list[float] = []
        self.right: list[bool] = []

    def add(self, one: Try) -> None:
        """Count a reply."""
        if one.rate is not None:
            self.stated.append(one.rate)
        elif one.right is not None:
            self.right.append(one.right)

    def judged(self, min_samples: int, is_within: Callable[[float], bool]) -> Finding:
        """Return what its pass rate comes to: the greatest that rows state, else the share of them that are right."""
        if self.stated:
            rate = max(self.stated)
            seen = f"{rate:.0%} of the"
        elif not self.right:
            return Finding(outcome="undecided", reason="the pass rate of the problem is not known")
        elif len(self.right) < min_samples:
            counted = "1 reply" if len(self.right) == 1 else f"{len(self.right)} replies"
            return Finding(outcome="undecided", reason=f"{counted} to the problem, {min_samples} are needed")
        else:
            rate = sum(self.right) / len(self.right)
            seen = f"{sum(self.right)} of {len(self.right)}"
        if is_within(rate):
            return Finding(outcome="pass", value=rate)
        return Finding(outcome="fail", reason=f"{seen} replies to the problem are right", value=rate)


def _judged(rows: "pl.DataFrame", min_samples: int, is_within: Callable[[float], bool]) -> "pl.DataFrame":
    places, problems, signatures = (rows[name].to_list() for name in ("row", "problem_id", "signature"))
    groups: dict[str, _Group] = {}
    for problem, signature in zip(problems, signatures, strict=True):
        groups.setdefault(problem, _Group()).add(msgspec.msgpack.decode(signature, type=Try))
    said = {problem: group.judged(min_samples, is_within) for problem, group in groups.items()}
    found = [said[problem] for problem in problems]
    return judgements([(place, one.outcome, one.reason, one.value) for place, one in zip(places, found, strict=True)])
