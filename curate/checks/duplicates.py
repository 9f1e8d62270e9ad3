"""Rows that repeat one another. Corpus checks: a signature per row, then one judgement over all signatures."""

import unicodedata
from typing import TYPE_CHECKING, Literal

from curate.digests import raw_digest
from curate.records import Trace

if TYPE_CHECKING:
    import polars as pl

Of = Literal["trace", "reasoning", "problem"]


def exact_duplicate_signature(trace: Trace, *, of: Of = "trace") -> bytes:
    """Return 16 bytes that two rows share when what is compared is equal but for case and white space."""
    if of == "problem":
        return raw_digest(_folded(trace.problem.text))
    if of == "reasoning":
        return raw_digest(_folded(trace.chain))
    return raw_digest(_folded(trace.problem.text), _folded(trace.reasoning), _folded(trace.response))


def exact_duplicate(rows: "pl.DataFrame", *, of: Of = "trace") -> "pl.DataFrame":
    """The row repeats another one: the same text after Unicode normalisation (NFKC), case and white space.

    Of the rows that are equal the one with the lowest id is kept, whatever order the files came in; the reason names
    it. With `of: problem` all samples of a problem stay, and copies of its text under another id go.

    Args:
        rows: `row` (u32), `id`, `problem_id` (strings) and `signature` (binary) of every row that is still in.
        of: What is compared: the whole trace, its reasoning, or its problem.

    Returns:
        `row`, `reason` and `value` (null) of the rows to drop.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and workers that only judge rows never need it

    unit = "problem_id" if of == "problem" else "id"
    kept = pl.col(unit).min().over("signature")
    return (
        rows.with_columns(kept=kept)
        .filter(pl.col(unit) != pl.col("kept"))
        .select("row", reason=pl.format("the same {} as {}", pl.lit(of), "kept"), value=pl.lit(None, pl.Float64))
    )


def _folded(text: str) -> str:
    """Return what is compared: NFKC, case folded, white space as single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())
