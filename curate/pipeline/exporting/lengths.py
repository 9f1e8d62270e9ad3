"""How many tokens rows have: counted or estimated row by row, then percentiles and the rows over usual limits."""

from collections.abc import Mapping

from curate.manifests import Lengths

LIMITS = (512, 1024, 2048, 4096, 8192, 16_384, 32_768)
"""Where trainers cut or drop what is longer, unless they are told otherwise."""
SHARES = {"p50": 0.5, "p90": 0.9, "p99": 0.99}
ESTIMATE_MARGIN = 2
"""An estimate is taken for at most so many times too low: the limit that is written must not cut."""


def lengths_of(counts: Mapping[int, int], counted_by: str | None, limit: int | None) -> Lengths:
    """Return what is to be said of the lengths of rows.

    Args:
        counts: Tokens to rows that have so many.
        counted_by: The tokenizer file; None where they are estimated.
        limit: What was asked to be the most; None for the least of the usual limits that all rows keep.
    """
    longest = max(counts, default=0)
    percentiles = {name: _percentile(counts, share) for name, share in SHARES.items()}
    over = {str(bound): sum(rows for tokens, rows in counts.items() if tokens > bound) for bound in LIMITS}
    enough = longest if counted_by is not None else longest * ESTIMATE_MARGIN
    return Lengths(counted_by=counted_by, **percentiles, max=longest, over=over, limit=limit or usual_limit(enough))


def _percentile(counts: Mapping[int, int], share: float) -> int:
    """Return the least length that so great a share of the rows does not exceed."""
    wanted = share * sum(counts.values())
    seen = 0
    for tokens in sorted(counts):
        seen += counts[tokens]
        if seen >= wanted:
            return tokens
    return 0


def usual_limit(tokens: int) -> int:
    """Return the least of the usual limits that so many tokens keep; beyond them, the next power of two."""
    return next((limit for limit in LIMITS if tokens <= limit), 1 << max(0, tokens - 1).bit_length())


def in_words(lengths: Lengths) -> str:
    """Return how tokens were counted, for whoever reads a limit."""
    if lengths.counted_by is not None:
        return f"tokens counted with {lengths.counted_by}"
    return "tokens estimated at four bytes each, for want of a tokenizer"


def over_limit(max_tokens: int) -> str:
    """Return the reason for which a row that is too long is left out."""
    return f"more than {max_tokens:,} tokens"
