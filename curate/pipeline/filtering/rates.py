"""Pass rates: the replies to each problem that are right, counted over all files, whatever was dropped.

Over how many replies a rate is that rows state is known only where it is just the rate of those that are here.
"""

from collections.abc import Sequence

import msgspec
import polars as pl

from curate.checks.pass_rates import pass_rates
from curate.pipeline.filtering.corpus import COPIES
from curate.pipeline.filtering.job import Job, shows_rates
from curate.pipeline.filtering.spill import Spill
from curate.pipeline.filtering.state import Piece, Rate, Tries, load_part, load_rates, rates_path, save


class _Counted(msgspec.Struct):
    """All that is read here of a state."""

    tries: dict[str, Tries]
    expanded: set[int]


def rate_problems(job: Job, pieces: Sequence[Piece], memory: int) -> list[Piece]:
    """Keep the pass rates of its problems beside each piece.

    Args:
        job: The job.
        pieces: All of them.
        memory: Bytes to stay within.

    Returns:
        The pieces of which rows are written with their pass rate: as traces, or in a format that shows it.
    """
    written: list[Piece] = []
    shown = shows_rates(job)
    tries = Spill(job.scratch / "tries", memory // COPIES)
    for index, piece in enumerate(pieces):
        rates_path(job, piece).unlink(missing_ok=True)
        counted = load_part(job, piece, _Counted)
        tries.add(_table(index, counted.tries))
        written += [piece] * bool(counted.tries and (shown or counted.expanded))
    shares = max(1, -(-COPIES * tries.bytes // memory))
    for number in range(shares):
        _keep(job, pieces, _rated(tries.share("problem_id", number, shares)))
    tries.clear()
    return written


def _table(index: int, tries: dict[str, Tries]) -> pl.DataFrame:
    counts = tries.values()
    return pl.DataFrame(
        {
            "piece": pl.Series([index] * len(tries), dtype=pl.UInt32),
            "problem_id": pl.Series(list(tries), dtype=pl.String),
            "samples": pl.Series([one.samples for one in counts], dtype=pl.UInt32),
            "right": pl.Series([one.right for one in counts], dtype=pl.UInt32),
            "stated": pl.Series([one.stated for one in counts], dtype=pl.Float64),
        }
    )


def _rated(tries: pl.DataFrame) -> pl.DataFrame:
    """Return `piece`, `problem_id`, `pass_rate`, `samples` and `right`, the last two null where they are not known."""
    is_counted = pl.col("pass_rate") == pl.col("right") / pl.col("samples")
    rates = pass_rates(tries).select(
        "problem_id",
        "pass_rate",
        samples=pl.when(is_counted).then("samples"),
        right=pl.when(is_counted).then("right"),
    )
    return tries.select("piece", "problem_id").join(rates, "problem_id")


def _keep(job: Job, pieces: Sequence[Piece], rated: pl.DataFrame) -> None:
    """Keep the rates of some problems beside the pieces that they are in."""
    for (index,), part in rated.partition_by("piece", as_dict=True).items():
        piece = pieces[index]
        own = {problem: Rate(*rate) for problem, *rate in part.drop("piece").iter_rows()}
        save(rates_path(job, piece), {**load_rates(job, piece), **own})
