"""The funnel: rows in, dropped by each check, kept."""

from pathlib import Path

from curate.layout import DROPPED_PROBLEMS, UNREADABLE
from curate.manifests import CuratedManifest, RunManifest
from curate.report.causes import likely_cause
from curate.report.pairs import over_all_lines
from curate.wording import counted, counts_by_name

BAR = 30
LARGE_DROP_SHARE = 0.2


def funnel(manifest: CuratedManifest) -> str:
    """Return the funnel as a table for the terminal; a check's share is of the rows that it looked at."""
    rows = manifest.rows
    width = max([len("unreadable"), *map(len, manifest.dropped_by)])
    lines = [_line("rows in", rows.in_, rows.in_, width)]
    for check in manifest.dropped_by:
        count = _hits(manifest, check)
        shown = f"{count:>9,}" if manifest.marked else f"{-count:>9,}"
        lines.append(f"  {check:<{width}}  {shown}  {_share(count, _seen(manifest, check)):>6}")
    lines.append(_line("kept", rows.kept, rows.in_, width))
    if rows.unreadable:
        lines.append(f"  {'unreadable':<{width}}  {rows.unreadable:>9,}  lines, in unreadable/")
    undecided = {check: _undecided_kept(manifest, check) for check in manifest.dropped_by}
    lines += [f"  undecided, kept: {count:,} by {check}" for check, count in undecided.items() if count]
    lines += over_all_lines(manifest.formats)
    return "\n".join(lines)


def _hits(manifest: CuratedManifest, check: str) -> int:
    """Return how many rows a check dropped; where nothing was dropped, how many it fails."""
    return manifest.outcomes[check].get("fail", 0) if manifest.marked else manifest.dropped_by[check]


def _seen(manifest: CuratedManifest, check: str) -> int:
    return sum(manifest.outcomes[check].values())


def _undecided_kept(manifest: CuratedManifest, check: str) -> int:
    """Return the undecided rows of a check less those that it dropped for being so."""
    outcomes = manifest.outcomes[check]
    if manifest.marked:
        return 0
    return outcomes.get("undecided", 0) - (manifest.dropped_by[check] - outcomes.get("fail", 0))


def _line(what: str, count: int, total: int, width: int) -> str:
    bar = "#" * round(BAR * count / total) if total else ""
    return f"  {what:<{width}}  {count:>9,}  {_share(count, total):>6}  {bar}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def warnings(manifest: CuratedManifest, folder: Path) -> list[str]:
    """Return what a user should look at: a check that drops more than a fifth, or looks at nothing; refused rows."""
    found = []
    left = manifest.rows.in_
    for check, count in manifest.dropped_by.items():
        seen = _seen(manifest, check)
        if seen and _hits(manifest, check) / seen > LARGE_DROP_SHARE:
            found.append(_large_drop(manifest, check, folder))
        elif left and not seen:
            found.append(f"{check} looked at no row: none has what its `when` asks for")
        left -= count
    for name, format_ in manifest.formats.items():
        found += [f"{name} refused {counted(count, 'row')}: {reason}" for reason, count in format_.refused.items()]
    return found


def _large_drop(manifest: CuratedManifest, check: str, folder: Path) -> str:
    what = "would drop" if manifest.marked else "dropped"
    cause = likely_cause(check)
    look = "" if manifest.marked else f"; look: curate view {folder} --dropped-by {check}"
    share = _share(_hits(manifest, check), _seen(manifest, check))
    return f"{check} {what} {share} of its rows" + (f"; most likely {cause}" if cause else "") + look


def run_summary(manifest: RunManifest) -> str:
    """Return one line on a run."""
    samples, tokens = manifest.samples, manifest.tokens
    failed = f", {samples.failed:,} failed (see failed.jsonl)" if samples.failed else ""
    dropped = counts_by_name(manifest.dropped)
    not_asked = f" (not asked, see {DROPPED_PROBLEMS}/: {dropped})" if dropped else ""
    unreadable = f", {manifest.unreadable:,} unreadable (see {UNREADABLE}/)" if manifest.unreadable else ""
    return (
        f"{counted(manifest.problems, 'problem')}{not_asked}{unreadable}, {counted(samples.traces, 'trace')}{failed}; "
        f"{tokens.prompt:,} prompt and {tokens.completion:,} completion tokens"
    )
