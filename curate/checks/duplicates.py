"""Rows that repeat one another. Corpus checks: a signature per row, then one judgement over all signatures."""

from typing import TYPE_CHECKING, Literal

from curate.digests import raw_digest
from curate.records import Trace
from curate.similarity.folding import folded

if TYPE_CHECKING:
    import polars as pl

Of = Literal["trace", "reasoning", "problem"]


def exact_duplicate_signature(trace: Trace, *, of: Of = "trace") -> bytes:
    """Return 16 bytes that two rows share when what is compared is equal once it is folded."""
    if of == "problem":
        return raw_digest(folded(trace.problem.text))
    if of == "reasoning":
        return raw_digest(folded(trace.chain))
    return raw_digest(*map(folded, (*asked(trace), trace.reasoning, trace.response)))


def asked(trace: Trace) -> tuple[str, ...]:
    """Return what the reply answers: the problem, and of an imported conversation the turns before it."""
    imported = trace.teacher.style is None
    return (trace.problem.text, *(turn.content for turn in trace.messages if imported))


def exact_duplicate(rows: "pl.DataFrame", *, of: Of = "trace") -> "pl.DataFrame":
    """The row repeats another one: the same text after Unicode normalisation (NFKC), case, spacing and LaTeX spacing.

    Of the rows that are equal the one with the lowest id is kept, of identical ones the first; the reason
    names it. With `of: problem` all samples of a problem stay, and copies of its text under another id go.

    Args:
        rows: `row` (u32), `id`, `problem_id` (strings) and `signature` (binary) of every row that is still in.
        of: What is compared: the whole trace, its reasoning, or its problem.

    Returns:
        `row`, `reason` and `value` (null) of the rows to drop.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and workers that only judge rows never need it

    if of == "problem":
        kept = pl.col("problem_id").min().over("signature")
        failing = rows.with_columns(kept=kept).filter(pl.col("problem_id") != pl.col("kept"))
    else:
        ordered = rows.sort("id", "row")
        first = {"kept": pl.col("id").first().over("signature"), "kept_row": pl.col("row").first().over("signature")}
        failing = ordered.with_columns(**first).filter(pl.col("row") != pl.col("kept_row"))
    reason = pl.format("the same {} as {}", pl.lit(of), "kept")
    return failing.select("row", reason=reason, value=pl.lit(None, pl.Float64))
