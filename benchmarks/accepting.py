"""How many requests `--accept` sends beyond those that its rows take, by the yield; part of `make bench`.

The bound is a tenth more than needed. Needed are the samples of the fewest problems, from the first one on, that have
the rows wanted.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from benchmarks.measuring import say
from curate import jsonlines
from curate.layout import CURATED, KEPT, TRACES
from curate.pipeline.accepting import run_until
from curate.protocols import Silent
from curate.recipe import load_text
from curate.records import Trace
from curate.teachers.noise import FAULTS

YIELDS = (0.9, 0.5, 0.2)
WANTED = (100, 1_000)
SAMPLES = 2
PROBLEMS = 6_000


def main() -> None:
    """Print the table."""
    say(f"\n--accept against builtin/noisy with a known share of right replies, {SAMPLES} samples a problem")
    say(f"{'right':>8} {'rows wanted':>12} {'rows kept':>10} {'requests':>9} {'needed':>7} {'more':>7} {'rounds':>7}")
    for share in YIELDS:
        for wanted in WANTED:
            with tempfile.TemporaryDirectory(prefix="curate-bench-") as scratch:
                _measure(Path(scratch), share, wanted)


def _measure(scratch: Path, share: float, wanted: int) -> None:
    _, _, accepted = run_until(
        load_text(_recipe(share), name="recipe", base=scratch),
        scratch / "run",
        wanted,
        progress=Silent(),
        notice=lambda _: None,
    )
    requests, needed = accepted.rounds[-1].samples, SAMPLES * _needed(scratch / "run", wanted)
    say(
        f"{share:>8.0%} {wanted:>12,} {accepted.kept:>10,} {requests:>9,} {needed:>7,} {requests / needed - 1:>7.1%} "
        f"{len(accepted.rounds):>7}"
    )


def _recipe(share: float) -> str:
    """Return a recipe whose teacher is right in such a share of its replies, and whose check drops the others."""
    faults = dict.fromkeys(FAULTS, 0.0) | {"wrong_answer": 1 - share}
    teacher = {"model": "builtin/noisy", "samples": SAMPLES, "extra_body": {"faults": faults}}
    problems = {"from": "builtin", "families": {"arithmetic_chain": PROBLEMS}}
    return json.dumps({"name": "wanted", "problems": problems, "teacher": teacher, "checks": ["wrong_answer"]})


def _needed(run: Path, wanted: int) -> int:
    """Return the fewest problems of a run, in their order, that have so many of its kept rows."""
    kept = Counter(trace.problem.id for trace in _traces(run / CURATED / KEPT))
    problems = dict.fromkeys(trace.problem.id for trace in _traces(run / TRACES))
    return next(
        count for count, rows in enumerate(accumulate(kept[problem] for problem in problems), 1) if rows >= wanted
    )


def _traces(folder: Path) -> Iterator[Trace]:
    for shard in sorted(folder.iterdir()):
        yield from (jsonlines.decode_as(line, Trace) for line in shard.read_bytes().splitlines())


if __name__ == "__main__":
    main()
