"""Rows that say nearly the same. A stored check: MinHash keys find the candidates, their real similarity decides."""

from typing import TYPE_CHECKING, Literal

from curate.checks.corpus import Corpus, Signature
from curate.checks.duplicates import asked
from curate.checks.parameters import Dataset, Share, Size
from curate.records import Trace

if TYPE_CHECKING:
    import polars as pl

Of = Literal["trace", "reasoning", "problem"]


def near_duplicate_signature(
    trace: Trace,
    *,
    of: Of = "trace",
    min_similarity: float = 0.8,
    num_perm: int = 112,
    ngram: int = 5,
    ignore_numbers: bool = False,
    against: str | None = None,  # noqa: ARG001 - likewise
) -> Signature:
    """Return the keys that similar rows share, and what tells whether they are; of a problem, a key of itself as well.

    Words without a single run share nothing.
    """
    from curate.checks import nearness  # noqa: PLC0415 - heavy, and workers without this check never need it

    sketch = nearness.Sketch(
        min_similarity=min_similarity, num_perm=num_perm, ngram=ngram, ignore_numbers=ignore_numbers
    )
    if of == "problem":
        return nearness.sign_problem(trace.problem, sketch)
    text = (trace.chain,) if of == "reasoning" else (*asked(trace), trace.reasoning, trace.response)
    return nearness.sign_text("\n".join(text), sketch)


def near_duplicate(
    corpus: Corpus,
    *,
    of: Of = "trace",
    min_similarity: Share = 0.8,
    num_perm: Size = 112,
    ngram: Size = 5,
    ignore_numbers: bool = False,
    against: Dataset | None = None,  # noqa: ARG001 - its rows come first in the corpus
) -> "pl.DataFrame":
    """The row says nearly the same as another one.

    Candidates are found by MinHash and LSH and then compared for real: their similarity is the share of runs of `ngram`
    words that both have (Jaccard), whatever their case, spacing, punctuation and LaTeX spacing. Rows are looked at in
    the order of their ids; one that is similar to a row kept before it goes, and the reason names that row and the
    similarity. So the lowest id stays, and a chain of small changes does not merge a corpus: what is not similar to a
    row that stays, stays itself. A row is compared with at most 64 kept ones, those with the most in common.

    With `of: problem` all samples of the problem that stays are kept. Two problems are the same only if they have the
    same numbers in the same order, and no references that differ; they are not where the words differ only in what is
    said of whom, or in words such as `more` and `less`.

    Args:
        corpus: The signatures of every row that is still in.
        of: What is compared: the whole trace, its reasoning, or its problem.
        min_similarity: The least similarity at which a row goes, above 0 and up to 1; the measure is the similarity.
        num_perm: Permutations of the signature; more of them find more of the pairs close to the threshold.
        ngram: Words in a run.
        ignore_numbers: Take all numbers for one and the same, to find copies of a template.
        against: An earlier dataset, relative to the recipe: rows that are like one of its rows go as well.

    Returns:
        `row`, `reason` and `value` (the similarity) of the rows to drop, and `like`, the id of the row that was kept.
    """
    from curate.checks import nearness  # noqa: PLC0415 - as above

    sketch = nearness.Sketch(
        min_similarity=min_similarity, num_perm=num_perm, ngram=ngram, ignore_numbers=ignore_numbers
    )
    return nearness.judge(corpus, sketch, by_problem=of == "problem")
