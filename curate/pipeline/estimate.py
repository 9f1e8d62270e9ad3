"""What a yield says: how many problems more it takes until so many rows are accepted, and how many to ask next."""

import math

import msgspec

from curate.figures import wilson

FIRST_PROBLEMS = 100
"""Of the first stretch at most, unless a tenth of the least that is needed is more: enough for a first yield."""
BARREN_PROBLEMS = 200
"""The fewest problems without a row after which it is not taken for bad luck."""
LEAST_GROWTH = 0.02
"""Of a stretch, as a share of the problems before it: so a yield that falls cannot make stretches shrink to nothing."""


class Yield(msgspec.Struct, frozen=True):
    """Accepted rows of each problem, with an interval that should hold it 95 times of 100."""

    mean: float
    low: float
    high: float

    def problems_for(self, rows: int) -> tuple[float, float, float]:
        """Return how many problems so many rows take: about, at least, at most; infinity where there is no telling."""
        about, least, most = (rows / rate if rate else math.inf for rate in (self.mean, self.high, self.low))
        return about, least, most


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What was there after a stretch was asked and filtered, with all before it."""

    problems: int
    """Problems of the plan so far."""
    samples: int
    """Samples of them."""
    kept: int
    """Rows that pass every check."""


def yield_of(kept: int, problems: int, most: int) -> Yield:
    """Return the yield of some problems.

    The interval is that of Wilson for the share of possible rows that were accepted, with as many independent trials
    as there are problems: the samples of one problem fall together.

    Args:
        kept: Accepted rows.
        problems: Problems asked; 0 tells nothing.
        most: Rows that a problem can give at most.
    """
    share = min(1.0, max(0, kept) / (problems * most)) if problems else 0.0
    low, high = wilson(share, problems)
    return Yield(share * most, low * most, high * most)


def next_problems(wanted: int, most: int, rounds: list[Round]) -> int:
    """Return how many problems the plan is to have after the next stretch.

    Never so many that the rows wanted are likely to be exceeded by much: as many as are needed even if each gives all
    the rows it can, and beyond that what the high end of the yield calls for, of all problems or of the last stretch,
    whichever is lower; but no more than there are already, because those may be easier or harder than the next ones.

    Args:
        wanted: Rows to accept.
        most: Rows that a problem can give at most.
        rounds: What was there after each stretch; the last one has too few rows.
    """
    least = -(-wanted // most)
    if not rounds:
        return min(least, max(FIRST_PROBLEMS, least // 10))
    last = rounds[-1]
    before = rounds[-2] if len(rounds) > 1 else Round(problems=0, samples=0, kept=0)
    missing = wanted - last.kept
    overall = yield_of(last.kept, last.problems, most)
    lately = yield_of(last.kept - before.kept, last.problems - before.problems, most)
    likely = math.ceil(_cautious(missing) / min(overall.high, lately.high))
    step = max(-(-missing // most), min(likely, last.problems), math.ceil(last.problems * LEAST_GROWTH))
    return last.problems + step


def _cautious(rows: int) -> float:
    """Return how many rows to expect so that a stretch which is lucky by a standard error (Poisson) has just these."""
    return ((math.sqrt(1 + 4 * rows) - 1) / 2) ** 2


def is_barren(rounds: list[Round]) -> bool:
    """Say whether twice as many problems, and a fair number of them, gave not one row more."""
    last = rounds[-1]
    before = [earlier.problems for earlier in rounds[:-1] if earlier.kept >= last.kept]
    return any(last.problems - problems >= max(problems, BARREN_PROBLEMS) for problems in before)
