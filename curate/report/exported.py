"""What an export came to, as a table: rows by split, what was refused and why, how long rows are."""

from collections.abc import Iterator

from curate.manifests import ExportManifest, FormatCounts
from curate.report.pairs import made_of_all


def exported_table(manifest: ExportManifest) -> str:
    """Return the table."""
    return "\n".join(line for name, counts in manifest.formats.items() for line in (f"{name}:", *_lines(counts)))


def _lines(counts: FormatCounts) -> Iterator[str]:
    splits = ", ".join(f"{rows:,} {split}" for split, rows in counts.rows.items())
    yield f"  rows     {splits or 'none'}"
    if counts.repeated:
        yield f"  repeated {counts.repeated:,}, further samples of a problem"
    for reason, rows in counts.refused.items():
        yield f"  refused  {rows:,}: {reason}"
    yield from (f"  {line}" for line in made_of_all(counts))
    lengths = counts.lengths
    if lengths is not None and counts.rows:
        how = f"counted with {lengths.counted_by}" if lengths.counted_by else "estimated; --tokenizer counts them"
        ranks = f"half {lengths.p50:,}, 90% {lengths.p90:,}, 99% {lengths.p99:,}, longest {lengths.max:,}"
        yield f"  tokens   {ranks} ({how})"
        over = ", ".join(f"{rows:,} over {int(limit):,}" for limit, rows in lengths.over.items() if rows)
        yield f"           {over or 'none over 512'}; the limit that configs say is {lengths.limit:,}"
