"""Counts in words, for whoever reads them: `1 problem`, `2,000 problems`."""

from collections.abc import Mapping


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return how many there are of something.

    Args:
        count: How many.
        one: What one of them is called.
        many: What several are called; None for the same with an s.
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def counts_by_name(counts: Mapping[str, int]) -> str:
    """Return counts with the names of what they count: `3 needs_proof, 1 invalid_problem`."""
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
