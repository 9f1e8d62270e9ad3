"""Precision and recall of the checks on labelled rows, with error bars; what `make quality` prints and writes.

python -m benchmarks.quality                  measure, print, write benchmarks/quality.json
python -m benchmarks.quality --wrong CHECK    print the rows that a check gets wrong, with its reasons
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from benchmarks.labels import DEFAULT_LIST, ENTRIES, Entry, has, labelled, sources
from benchmarks.planted import CAUGHT_BY, label, noisy_traces, unlabelled
from curate.checks import CHECKS, DEFAULT_CHECKS, RowCheck
from curate.escaping import one_line
from curate.figures import Figure
from curate.records import Finding, Trace

RESULTS = Path(__file__).parent / "quality.json"
NOISY = "builtin/noisy"
SHOWN = 80
"""Characters of either end of a wrong row that are printed."""
_PASS = Finding(outcome="pass")

Judged = tuple[Trace, bool, Finding]
"""A row, whether it has the fault, and what was said of it."""


def judge(check: str) -> Callable[[Trace], Finding]:
    """Return the function behind a check, or behind the default list."""
    names = DEFAULT_CHECKS if check == DEFAULT_LIST else (check,)
    functions = [one.judge for name in names if isinstance(one := CHECKS[name], RowCheck)]

    def first_failure(trace: Trace) -> Finding:
        findings = [function(trace) or _PASS for function in functions]
        return next((found for found in findings if found.outcome == "fail"), findings[-1])

    return first_failure


def judged(entry: Entry, source: str) -> Iterator[Judged]:
    """Yield every row of an entry with what its check says of it."""
    say = judge(entry.check)
    for trace, faulty in labelled(entry, source):
        yield trace, faulty, say(trace)


def judged_planted(check: str, traces: Iterable[Trace]) -> Iterator[Judged]:
    """Yield every planted row that a check is measured on, with what it says of it."""
    say = judge(check)
    for trace in traces:
        faulty = label(trace.origin.fault, check)
        if faulty is not None:
            yield trace, faulty, say(unlabelled(trace))


def figure(check: str, on: str, rows: str, source: str, verdicts: Iterable[Judged]) -> Figure:
    """Count what came of a check."""
    counts: Counter[tuple[bool, str]] = Counter()
    for _, faulty, finding in verdicts:
        counts[faulty, finding.outcome] += 1
    rows_of = Counter(faulty for faulty, _ in counts.elements())
    return Figure(
        check=check,
        on=on,
        rows=rows,
        source=source,
        faulty=rows_of[True],
        found=counts[True, "fail"],
        sound=rows_of[False],
        accused=counts[False, "fail"],
        undecided=counts[True, "undecided"] + counts[False, "undecided"],
    )


def measured(entry: Entry, source: str) -> Figure:
    """Return the figure of an entry on one source."""
    return figure(entry.check, entry.file, entry.rows, source, judged(entry, source))


def measured_planted(traces: list[Trace]) -> list[Figure]:
    """Return the figure of every check that a planted fault is for."""
    checks = sorted({check for caught in CAUGHT_BY.values() for check in caught})
    rows = "planted faults against all other rows"
    return [figure(check, NOISY, rows, "planted", judged_planted(check, traces)) for check in checks]


def measure() -> list[Figure]:
    """Return every figure, in the order of checks, files and sources."""
    found = [measured(entry, source) for source in sources() for entry in ENTRIES if has(entry, source)]
    return sorted(found + measured_planted(list(noisy_traces())))


def load() -> list[Figure]:
    """Return the figures as they were last written."""
    return msgspec.json.decode(RESULTS.read_bytes(), type=list[Figure])


def write(figures: list[Figure]) -> None:
    """Write figures; those of labelled files that are not here stay as they were."""
    kept = [] if "full" in sources() else [old for old in load() if old.source == "full"]
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(sorted(figures + kept)), indent=1) + b"\n")


def asked(new: Figure) -> str:
    """Say which bound of its entry a figure does not reach, or nothing."""
    entry = next((one for one in ENTRIES if (one.check, one.file, one.rows) == (new.check, new.on, new.rows)), None)
    if entry is None:
        return ""
    missed = [
        f"recall {entry.min_recall:.1%} asked" if new.recall.value < entry.min_recall else "",
        f"precision {entry.min_precision:.1%} asked" if new.precision.value < entry.min_precision else "",
        f"at most {entry.max_false_alarms:.1%} asked" if new.false_alarms.value > entry.max_false_alarms else "",
    ]
    return ", ".join(filter(None, missed))


def report(figures: list[Figure]) -> str:
    """Return figures as a table."""
    heads = " ".join(f"{head:<31}" for head in ("on", "recall", "precision", "false alarms"))
    lines = [f"{'check':<19} {heads} {'faulty':>7} {'sound':>6}"]
    for one in figures:
        shares = " ".join(f"{share!s:<31}" for share in (one.recall, one.precision, one.false_alarms))
        lines.append(f"{one.check:<19} {one.on:<31} {shares} {one.faulty:>7,} {one.sound:>6,}")
        note = f"; undecided: {one.undecided:,}" if one.undecided else ""
        lines.append(f"{'':<19}   {one.source}: {one.rows}{note}")
        if asked(one):
            lines.append(f"{'':<19}   NOT REACHED: {asked(one)}")
    return "\n".join(lines)


def wrong(check: str) -> Iterator[str]:
    """Yield a line for every row that a check gets wrong, from the fullest source there is."""
    source = sources()[-1]
    for entry in ENTRIES:
        if entry.check == check and has(entry, source):
            yield from _wrong_of(f"{entry.file} ({entry.rows})", judged(entry, source))
    if any(check in caught for caught in CAUGHT_BY.values()):
        yield from _wrong_of(NOISY, judged_planted(check, noisy_traces()))


def _wrong_of(where: str, verdicts: Iterable[Judged]) -> Iterator[str]:
    for trace, faulty, finding in verdicts:
        if faulty != (finding.outcome == "fail"):
            said = one_line(finding.reason) or finding.outcome
            text = one_line(trace.response or trace.reasoning)
            ends = text if len(text) <= 2 * SHOWN else f"{text[:SHOWN]} ... {text[-SHOWN:]}"
            yield f"{where} {'missed' if faulty else 'accused'} {trace.id}: {said}\n    {ends}"


def main(arguments: list[str]) -> None:
    """Print figures or wrong rows."""
    parser = argparse.ArgumentParser(description="Precision and recall of the checks on labelled rows.")
    known = [*CHECKS, DEFAULT_LIST]
    parser.add_argument("--wrong", metavar="CHECK", choices=known, help="print the rows that it gets wrong")
    wanted = parser.parse_args(arguments).wrong
    if wanted:
        sys.stdout.writelines(f"{line}\n" for line in wrong(wanted))
        return
    figures = measure()
    write(figures)
    sys.stdout.write(report(figures) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
