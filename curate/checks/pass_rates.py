"""How often the replies to a problem are right: the rule, for the checks that go by it and for the verdicts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def pass_rates(tries: "pl.DataFrame") -> "pl.DataFrame":
    """Return the pass rate of each problem.

    A rate that rows state is that of a run, over replies that may not be here: the greatest one holds. Else it is the
    share of the replies that are right.

    Args:
        tries: `problem_id`, `samples` (replies that could be judged), `right` (so many of them) and `stated` (a rate
            that rows state, or null); any number of rows for each problem.

    Returns:
        `problem_id`, `pass_rate` (null where it is not known), `samples`, `right` and `stated`, a row for each problem.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and workers that only judge rows never need it

    summed = tries.group_by("problem_id").agg(pl.sum("samples", "right"), pl.max("stated"))
    counted = pl.when(pl.col("samples") > 0).then(pl.col("right") / pl.col("samples"))
    return summed.with_columns(pass_rate=pl.coalesce("stated", counted))
