"""Rows that repeat one another. Corpus checks: a signature per row, then one judgement over all signatures."""

from typing import TYPE_CHECKING, Literal

from curate.checks.corpus import Corpus, Signature
from curate.digests import raw_digest
from curate.records import Trace
from curate.similarity.folding import folded

if TYPE_CHECKING:
    import polars as pl

Of = Literal["trace", "reasoning", "problem"]


def exact_duplicate_signature(trace: Trace, *, of: Of = "trace") -> Signature:
    """Return 16 bytes that two rows share when what is compared is equal once it is folded."""
    if of == "problem":
        return Signature(raw_digest(folded(trace.problem.text)))
    if of == "reasoning":
        return Signature(raw_digest(folded(trace.chain)))
    return Signature(raw_digest(*map(folded, (*asked(trace), trace.reasoning, trace.response))))


def asked(trace: Trace) -> tuple[str, ...]:
    """Return what the reply answers: the problem, and of an imported conversation the turns before it."""
    imported = trace.teacher.style is None
    return (trace.problem.text, *(turn.content for turn in trace.messages if imported))


def exact_duplicate(corpus: Corpus, *, of: Of = "trace") -> "pl.DataFrame":
    """The row repeats another one: the same text after Unicode normalisation (NFKC), case, spacing and LaTeX spacing.

    Of the rows that are equal the one with the lowest id is kept, and the reason names it. With `of: problem` all
    samples of a problem stay, and copies of its text under another id go.

    Args:
        corpus: The digests of every row that is still in.
        of: What is compared: the whole trace, its reasoning, or its problem.

    Returns:
        `row`, `reason`, `value` (null) and `like`, the id of the row that is kept, of the rows to drop.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and workers that only judge rows never need it

    from curate.similarity.shared import picked, shared_keys  # noqa: PLC0415 - likewise

    shared = shared_keys(lambda: corpus.keys(0), corpus.memory)
    rows = corpus.about(shared.rows).with_columns(
        first=pl.Series(shared.keys), second=pl.Series(picked(corpus.keys(1), shared.rows))
    )
    name = pl.col("problem_id" if of == "problem" else "id")
    failing = rows.with_columns(like=name.min().over("first", "second")).filter(name != pl.col("like"))
    reason = pl.format("the same {} as {}", pl.lit(of), "like")
    return failing.select("row", "like", reason=reason, value=pl.lit(None, pl.Float64))
