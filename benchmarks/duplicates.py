"""What finding duplicates and leaks costs, beside the least that it could; part of `make bench`.

Ratios measured in one run, of the CPU time of this process; what is compared takes turns, and the least of several
rounds counts.
"""

import json
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import rensa
import xxhash

from benchmarks.inputs import traces
from benchmarks.measuring import peer, python, run, say
from curate import jsonlines
from curate.checks.duplicates import asked, exact_duplicate, exact_duplicate_signature
from curate.checks.leaks import benchmark_leak_signature
from curate.checks.near_duplicates import near_duplicate, near_duplicate_signature
from curate.families import FAMILIES
from curate.problems import builtin_problems
from curate.records import Trace
from curate.similarity.folding import folded
from curate.similarity.leaks import LeakIndex, Question
from curate.testing.corpora import MemoryCorpus

ROWS = 2_000
EXACT_ROWS = 100_000
MILLION = 1_000_000
EACH = 4_000
"""Problems of each family, which the million is made of."""
COPIES = 50
"""One of so many is a copy."""
ROUNDS = 3
STRUNG = 3
"""Traces of which one row is made."""
NUM_PERM = 112
CHUNK = 8
"""Rows handed to rensa at a time."""


def main() -> None:
    """Print the measurements."""
    rows = list(_long_rows())
    size = sum(len("\n".join(texts(row))) for row in rows) / ROWS / 1000
    say(f"\nduplicates and leaks, {ROWS:,} traces, {size:.1f} KB of each are compared; CPU in microseconds a row")
    _exact(rows)
    _near(rows)
    _leaks(rows)
    _million()


def _long_rows() -> Iterator[Trace]:
    """Yield traces about as long as those of reasoning models: the reasoning of several, strung together."""
    found = traces(ROWS * STRUNG)
    for first, *others in zip(*[found] * STRUNG, strict=True):
        yield msgspec.structs.replace(first, reasoning="\n\n".join(one.reasoning for one in (first, *others)))


def texts(trace: Trace) -> tuple[str, ...]:
    """Return what is compared of a trace."""
    return (*asked(trace), trace.reasoning, trace.response)


def _least(*works: Callable[[], object]) -> list[float]:
    """Return the CPU time of each work in seconds, the least of several rounds in which they take turns."""
    times = [[_timed(work) for work in works] for _ in range(ROUNDS)]
    return [min(column) for column in zip(*times, strict=True)]


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _exact(rows: Sequence[Trace]) -> None:
    many = [row for _ in range(EXACT_ROWS // ROWS) for row in rows]
    ours, plain = _least(lambda: exact_duplicate(MemoryCorpus(many, exact_duplicate_signature)), lambda: _seen(many))
    say(f"  exact, a loop over xxh3-128 digests in a set     {plain / len(many) * 1e6:8.1f}")
    say(f"  exact_duplicate                                  {ours / len(many) * 1e6:8.1f}  {ours / plain:.2f} times")
    different = [Trace(id=str(number), problem=rows[0].problem, response=str(number)) for number in range(EXACT_ROWS)]
    corpus = MemoryCorpus(different, exact_duplicate_signature)
    tracemalloc.start()
    exact_duplicate(corpus)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    say(f"  memory while it judges                           {peak / EXACT_ROWS:8.1f}  bytes a row")


def _seen(rows: Iterable[Trace]) -> set[bytes]:
    """Return the digests of the rows: what a plain loop must hold to know a repeated one."""
    seen: set[bytes] = set()
    for row in rows:
        seen.add(xxhash.xxh3_128_digest("\0".join(map(folded, texts(row))).encode("utf-8", "surrogatepass")))
    return seen


def _near(rows: Sequence[Trace]) -> None:
    ours, rensas = _least(lambda: [near_duplicate_signature(row) for row in rows], lambda: _with_rensa(rows))
    say(f"  near, rensa with Python shingles                 {rensas / ROWS * 1e6:8.1f}")
    say(f"  near_duplicate, its signature                    {ours / ROWS * 1e6:8.1f}  {ours / rensas:.2f} times")
    _near_beside_datatrove(rows)


def _near_beside_datatrove(rows: Sequence[Trace]) -> None:
    """Print what datatrove's four stages take, and ours from signatures to judgement; both without starting up."""
    (ours,) = _least(lambda: near_duplicate(MemoryCorpus(rows, near_duplicate_signature)))
    with tempfile.TemporaryDirectory(prefix="curate-bench-") as folder:
        source = Path(folder, "in", "rows.jsonl")
        source.parent.mkdir()
        source.write_bytes(b"".join(jsonlines.encode({"text": "\n".join(texts(row))}) + b"\n" for row in rows))
        said = subprocess.run(peer("datatrove_minhash.py", source, folder), capture_output=True, check=True)  # noqa: S603 - our own
    theirs = json.loads(said.stdout)["cpu"]
    say(f"  near, datatrove's four stages                    {theirs / ROWS * 1e6:8.1f}")
    say(f"  near_duplicate, signatures and judgement         {ours / ROWS * 1e6:8.1f}  {theirs / ours:.0f} times less")


def _with_rensa(rows: Sequence[Trace]) -> None:
    for start in range(0, len(rows), CHUNK):
        sets = [_shingles("\n".join(texts(row))) for row in rows[start : start + CHUNK]]
        rensa.RMinHash.digest_matrix_from_token_sets(sets, NUM_PERM, 42).to_rows()


def _shingles(text: str) -> set[str]:
    words = text.lower().split()
    return {" ".join(words[place : place + 5]) for place in range(len(words) - 4)}


def _leaks(rows: Sequence[Trace]) -> None:
    for count in (5_000, 100_000):
        questions = _questions(count)
        began = time.process_time()
        index = LeakIndex(questions, 13)
        say(f"  benchmark_leak, index of {count:>7,} questions        {time.process_time() - began:8.1f}  seconds")
        (spent,) = _least(lambda: [benchmark_leak_signature(row, index=index, of="trace") for row in rows])  # noqa: B023 - it is called at once
        say(f"  benchmark_leak, its signature, whole traces      {spent / ROWS * 1e6:8.1f}")


def _questions(count: int) -> list[Question]:
    each = count // len(FAMILIES)
    problems = (problem for family in FAMILIES for problem in builtin_problems(family, 9, each, (2, 3, 4)))
    return [Question("bench", number, problem.text) for number, problem in enumerate(problems, 1)]


def _million() -> None:
    """Filter a million different problems, some of them nearly the same, by the command that a user would type."""
    with tempfile.TemporaryDirectory(prefix="curate-bench-") as folder:
        source, recipe, out = (Path(folder, name) for name in ("in.jsonl", "recipe.yaml", "out"))
        with source.open("wb") as file:
            file.writelines(_many_problems())
        recipe.write_text(json.dumps({"checks": [{"near_duplicate": {"of": "problem"}}], "output": []}))
        spent = run(python("-m", "curate", "filter", source, "-r", recipe, "-o", out, "--workers", "2"))
        dropped = json.loads((out / "manifest.json").read_text())["dropped_by"]["near_duplicate"]
    say(f"  {MILLION:,} problems filtered by near_duplicate, two workers: {spent.wall:.0f} s, CPU {spent.cpu:.0f} s,")
    planted = f"{dropped:,} dropped of {MILLION // COPIES:,} planted"
    say(f"    peak memory of all processes {spent.peak / 1e9:.2f} GB, {planted}")


def _many_problems() -> Iterator[bytes]:
    """Yield problems told apart by a number; one of so many is the one before it with a word more."""
    problems = [problem.text for family in FAMILIES for problem in builtin_problems(family, 7, EACH, (3, 4, 5))]
    text = ""
    for number in range(MILLION):
        is_copy = number % COPIES == COPIES - 1
        text = f"{text} Think." if is_copy else f"{problems[number % len(problems)]} This is number {number} of them."
        yield jsonlines.encode({"question": text, "output": "It is so."}) + b"\n"


if __name__ == "__main__":
    main()
