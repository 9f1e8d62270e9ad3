"""The funnel: rows in, dropped by each check, kept."""

from curate.manifests import CuratedManifest, RunManifest

BAR = 30
LARGE_DROP_SHARE = 0.2


def funnel(manifest: CuratedManifest) -> str:
    """Return the funnel as a table for the terminal."""
    rows = manifest.rows
    width = max([len("unreadable"), *map(len, manifest.dropped_by)])
    lines = [_line("rows in", rows.in_, rows.in_, width)]
    left = rows.in_
    for check, count in manifest.dropped_by.items():
        lines.append(f"  {check:<{width}}  {-count:>9,}  {_share(count, left):>6}")
        left -= count
    lines.append(_line("kept", rows.kept, rows.in_, width))
    if rows.unreadable:
        lines.append(f"  {'unreadable':<{width}}  {rows.unreadable:>9,}  lines, in unreadable/")
    undecided = {check: counts["undecided"] for check, counts in manifest.outcomes.items() if counts.get("undecided")}
    lines += [f"  undecided, kept: {count:,} by {check}" for check, count in undecided.items()]
    return "\n".join(lines)


def _line(what: str, count: int, total: int, width: int) -> str:
    bar = "#" * round(BAR * count / total) if total else ""
    return f"  {what:<{width}}  {count:>9,}  {_share(count, total):>6}  {bar}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def warnings(manifest: CuratedManifest) -> list[str]:
    """Return what a user should look at: checks that drop more than a fifth of what they see, refused rows."""
    found = []
    left = manifest.rows.in_
    for check, count in manifest.dropped_by.items():
        if left and count / left > LARGE_DROP_SHARE:
            found.append(f"{check} dropped {_share(count, left)} of its rows; look at some with --dropped-by {check}")
        left -= count
    for name, format_ in manifest.formats.items():
        found += [f"{name} refused {count:,} rows: {reason}" for reason, count in format_.refused.items()]
    return found


def run_summary(manifest: RunManifest) -> str:
    """Return one line on a run."""
    samples, tokens = manifest.samples, manifest.tokens
    failed = f", {samples.failed:,} failed (see failed.jsonl)" if samples.failed else ""
    return (
        f"{manifest.problems:,} problems, {samples.traces:,} traces{failed}; "
        f"{tokens.prompt:,} prompt and {tokens.completion:,} completion tokens"
    )
