"""What came of formats that are made of all replies: pairs by strategy, and why replies stand in none."""

from collections.abc import Iterator, Mapping

from curate.manifests import FormatCounts

MOST_REASONS = 6
"""Reasons that are told, the commonest ones; the manifest has all."""


def over_all_lines(formats: Mapping[str, FormatCounts]) -> Iterator[str]:
    """Yield what is to be said of each of them below a funnel."""
    for name, counts in formats.items():
        said = list(made_of_all(counts))
        if said:
            yield f"  {name}: {sum(counts.rows.values()):,} rows"
            yield from (f"    {line}" for line in said)


def made_of_all(counts: FormatCounts) -> Iterator[str]:
    """Yield how many pairs there are by each strategy, and how many replies were left out why."""
    if counts.pairs:
        yield "pairs    " + ", ".join(f"{count:,} {rule}" for rule, count in counts.pairs.items())
    commonest = sorted(counts.left_out.items(), key=lambda item: -item[1])
    for reason, count in commonest[:MOST_REASONS]:
        yield f"left out {count:,}: {reason}"
    rest = sum(count for _, count in commonest[MOST_REASONS:])
    if rest:
        yield f"left out {rest:,} for other reasons, which the manifest has"
