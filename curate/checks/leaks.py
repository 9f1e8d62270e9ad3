"""Questions of benchmarks among the rows. A stored check: what a row shares with them, then which of it is evidence."""

from typing import TYPE_CHECKING, Literal

from curate.checks.corpus import Corpus, Signature
from curate.checks.parameters import Benchmarks, Given, Share, Size
from curate.records import Trace

if TYPE_CHECKING:
    import polars as pl

Of = Literal["problem", "trace"]


def benchmark_leak_signature(
    trace: Trace,
    *,
    index: Given,
    of: Of = "problem",
    against: str | list[str] = [],  # noqa: ARG001, B006 - the index is made of it; never changed
    ngram: int = 13,  # noqa: ARG001 - likewise
    min_overlap: float = 0.5,  # noqa: ARG001 - likewise
    changed_numbers: Literal["report", "drop"] = "report",  # noqa: ARG001 - likewise
) -> Signature:
    """Return a key of the problem, whether anything was found, and what."""
    from curate.checks import leakage  # noqa: PLC0415 - heavy, and workers without this check never need it

    parts = (trace.problem.text, *((trace.reasoning, trace.response) if of == "trace" else ()))
    return leakage.sign("\n".join(parts), trace.problem, index)


def benchmark_leak(
    corpus: Corpus,
    *,
    index: Given = None,
    of: Of = "problem",  # noqa: ARG001 - the signature has seen to it
    against: Benchmarks = [],  # noqa: ARG001, B006 - the index is made of it; never changed
    ngram: Size = 13,  # noqa: ARG001 - likewise
    min_overlap: Share = 0.5,
    changed_numbers: Literal["report", "drop"] = "report",
) -> "pl.DataFrame":
    """The row holds a question of a benchmark, or much of one.

    Texts are compared by runs of `ngram` words, numbers as they stand, whatever their case, line breaks, quotes and
    LaTeX spacing. The measure is the share of a question's runs that are found; the reason names the benchmark, the
    item and the longest stretch. A run found in more than 20 and more than 1% of the different problems is a template,
    and no evidence; but a question that is there as a whole always counts. A question of fewer words is looked for as a
    whole; one of fewer than 8 words and symbols, and without a number, counts only where the text is nothing else.

    A problem that is a question with other numbers is undecided: it is reported, and kept unless that is asked.

    Args:
        corpus: What was found in every row that is still in.
        index: The questions.
        of: Where questions are looked for: in the problem, or in the whole trace.
        against: Files of questions, relative to the recipe, or names from `curate benchmarks`; absent: all of those.
        ngram: Words in a run.
        min_overlap: The least share of a question's runs, above 0 and up to 1, at which the row goes.
        changed_numbers: Whether copies with other numbers are only reported, or dropped.

    Returns:
        `row`, `outcome`, `reason` and `value` of the rows in which something was found.
    """
    from curate.checks import leakage  # noqa: PLC0415 - as above

    return leakage.judge(corpus, index, min_overlap=min_overlap, drop_renumbered=changed_numbers == "drop")
