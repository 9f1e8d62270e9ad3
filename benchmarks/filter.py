"""What filtering costs, beside the least that it could: ratios measured in one run; part of `make bench`.

The bound on CPU is 5 times a bare loop that reads, decodes and writes each line, with kept rows, dropped rows and
verdicts written; the aim is 3.5.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from benchmarks.inputs import traces, write_traces
from benchmarks.measuring import Spent, peer, python, run, say
from curate import jsonlines
from curate.checks import CHECKS
from curate.records import Trace

ROWS = 100_000
TIMES = 10
TIMED_ROWS = 2_000
REPETITION_SHARE = 20
"""Its filter of repetitions is given one of so many rows: it takes its time, and we print what a row costs."""
CHECKS_NAMED = (
    "invalid_structure",
    "truncated",
    "unclosed_thinking",
    "missing_answer",
    "final_answer_only",
    "looping",
    "mixed_language",
    "refusal",
    "special_tokens",
    "broken_text",
)


def main() -> None:
    """Print the measurements."""
    with tempfile.TemporaryDirectory(prefix="curate-bench-") as scratch:
        _measure(Path(scratch))


def _measure(scratch: Path) -> None:
    (scratch / "in").mkdir()
    source = scratch / "in" / "traces-0.jsonl"
    write_traces(source, ROWS)
    say(f"\n{ROWS:,} traces of {source.stat().st_size / ROWS / 1000:.1f} KB; CPU in microseconds a row")
    bare = run(python("-m", "benchmarks.bare_loop", source, scratch / "bare.jsonl"))
    one = _filter(scratch, [source])
    two = _filter(scratch, [source], workers=2)
    rendered = _filter(scratch, [source], formats=["messages"])
    _row("a bare loop: orjson, kept lines written", bare, bare)
    _row("curate filter, ten checks, one worker", one, bare)
    _row("curate filter, two workers", two, bare)
    _row("curate filter, messages rendered as well", rendered, bare)
    say(f"two workers are {one.wall / two.wall:.2f} times as fast as one")
    _each_check()
    _beside_datatrove(scratch, source)
    for number in range(1, TIMES):
        shutil.copyfile(source, scratch / "in" / f"traces-{number}.jsonl")
    tenfold = _filter(scratch, sorted((scratch / "in").iterdir()), workers=2)
    say(f"peak memory of all processes, two workers: {two.peak / 1e6:.0f} MB; of {TIMES} times the input: ", end="")
    say(f"{tenfold.peak / 1e6:.0f} MB ({tenfold.peak / two.peak:.2f} times), {tenfold.cpu / ROWS / TIMES * 1e6:.1f} us")


def _filter(
    scratch: Path,
    sources: Sequence[Path],
    *,
    checks: Sequence[str] = CHECKS_NAMED,
    formats: Sequence[str] = (),
    workers: int = 1,
) -> Spent:
    recipe = scratch / "recipe.yaml"
    recipe.write_text(json.dumps({"checks": checks, "output": [{"format": name} for name in formats]}))
    out = scratch / "out"
    try:
        return run(python("-m", "curate", "filter", *sources, "-r", recipe, "-o", out, "--workers", str(workers)))
    finally:
        shutil.rmtree(out, ignore_errors=True)


def _row(what: str, spent: Spent, bare: Spent) -> None:
    say(f"  {what:<44} {spent.cpu / ROWS * 1e6:>7.1f}  {spent.cpu / bare.cpu:>5.2f} times the loop")


def _beside_datatrove(scratch: Path, source: Path) -> None:
    """Print what two rules cost with datatrove, and with us on the very same rows, both with starting up."""
    few = scratch / "few" / source.name
    few.parent.mkdir()
    with source.open("rb") as lines, few.open("wb") as file:
        file.writelines(islice(lines, ROWS // REPETITION_SHARE))
    for rules, rows, path, checks in (
        ("trivial", ROWS, source, ("truncated", "special_tokens")),
        ("repetition", ROWS // REPETITION_SHARE, few, ("truncated", "looping")),
    ):
        ours = _filter(scratch, [path], checks=checks)
        theirs = run(peer("datatrove_filter.py", rules, path, scratch / f"datatrove-{rules}"))
        costs = f"datatrove ({rules}) {theirs.cpu / rows * 1e6:.0f}, ours {ours.cpu / rows * 1e6:.0f}"
        say(f"{' and '.join(checks)} on {rows:,} rows: {costs}; {theirs.cpu / ours.cpu:.1f} times less")


def _each_check() -> None:
    """Print what each check takes of a row, by itself, and what decoding takes."""
    rows = list(traces(TIMED_ROWS))
    lines = list(map(jsonlines.encode, rows))
    say(f"  {'decoding alone':<44} {_timed(lambda: [jsonlines.decode_as(line, Trace) for line in lines]):>7.1f}")
    for name in CHECKS_NAMED:
        judge = CHECKS[name].judge
        say(f"  {name:<44} {_timed(lambda judge=judge: [judge(row) for row in rows]):>7.1f}")


def _timed(work: object) -> float:
    """Return microseconds a row of the quickest of three goes."""
    assert callable(work)
    goes = []
    for _ in range(3):
        began = time.process_time()
        work()
        goes.append(time.process_time() - began)
    return min(goes) / TIMED_ROWS * 1e6


if __name__ == "__main__":
    main()
