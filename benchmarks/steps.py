"""How well `wrong_step` finds untrue steps, and what it costs; part of `make quality`.

The labelled files are used where they are beside the repository; without them only the built-in families are measured.
The labels say which step is the first wrong one. Rows that are labelled sound although their answer differs from the
reference contradict themselves: precision is printed by the labels as they are, and with these rows counted as wrong.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.planted import PROBLEMS_EACH, noisy_traces
from curate import jsonlines
from curate.checks.steps import wrong_step
from curate.digests import digest
from curate.families import FAMILIES
from curate.problems import builtin_problems
from curate.prompts import STYLES
from curate.records import Problem, Request, Sampling, Trace
from curate.teachers.builtin import BuiltinTeacher
from curate.traces.build import trace_of
from curate.traces.steps import cut_steps

FULL = Path(__file__).parents[2] / "shared" / "data"
ROW_CHARACTERS = 4_500
SOLVER_TRACES = 20_000
Z = 1.96


class Share(msgspec.Struct, frozen=True):
    """A share and how sure it is."""

    hits: int
    of: int

    def __str__(self) -> str:
        """Return the share with its 95% Wilson interval."""
        low, high = self.interval()
        return f"{self.hits:>6,} of {self.of:>6,}  {self.hits / max(1, self.of):.4f}  ({low:.3f} to {high:.3f})"

    def interval(self) -> tuple[float, float]:
        """Return the 95% Wilson score interval."""
        n = max(1, self.of)
        share = self.hits / n
        middle, spread = share + Z * Z / (2 * n), Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        return (middle - spread) / (1 + Z * Z / n), (middle + spread) / (1 + Z * Z / n)


class Labelled(msgspec.Struct):
    """What came of the labelled steps."""

    accused: int = 0
    right: int = 0
    """Accused rows that are labelled as holding a mistake."""
    contradicted: int = 0
    """Accused rows that are labelled sound, but whose answer is not the reference."""
    mistaken: int = 0
    """Rows that are labelled as holding a mistake."""
    named: int = 0
    """Of the right ones, those whose step is the labelled one."""
    reasons: list[str] = []
    """What was said of accused rows that are labelled sound."""

    def shares(self) -> dict[str, Share]:
        """Return what is asked for, by name."""
        return {
            "precision, labels as they are": Share(self.right, self.accused),
            "precision, contradicted labels corrected": Share(self.right + self.contradicted, self.accused),
            "recall": Share(self.right, self.mistaken),
            "step named is the labelled one": Share(self.named, self.right),
        }


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a labelled file; none where it is not there."""
    path = FULL / f"{name}.jsonl"
    if path.exists():
        yield from map(jsonlines.decode, path.read_bytes().splitlines())


def trace_with(problem: str, steps: tuple[str, ...], answer: str | None) -> Trace:
    """Return a trace with these steps."""
    return Trace(id="x", problem=Problem(id="p", text=problem), steps=steps, reasoning="\n".join(steps), answer=answer)


def measure_labelled() -> Labelled:
    """Return what comes of the multi-step arithmetic of BIG-Bench-Mistake."""
    came = Labelled()
    for row in rows_of("steps_labelled_bbm"):
        if row["task"] != "multistep_arithmetic":
            continue
        label = row["first_mistake_step"]
        finding = wrong_step(trace_with(row["question"], tuple(row["steps"]), str(row["model_answer"])))
        came.mistaken += label is not None
        if finding is None:
            continue
        came.accused += 1
        came.right += label is not None
        came.named += label is not None and finding.value == label + 1
        if label is None:
            came.contradicted += str(row["model_answer"]) != str(row["gold"])
            came.reasons.append(finding.reason)
    return came


def accused_humans() -> list[str]:
    """Return what is said of human solutions."""
    traces = (
        trace_with(row["question"], cut_steps(row["solution"].split("\n####")[0]), row["final_answer"])
        for row in rows_of("gsm8k_sample")
    )
    return [finding.reason for finding in map(wrong_step, traces) if finding is not None]


def planted(problems_each: int = PROBLEMS_EACH) -> dict[str, Share]:
    """Return, by family, how many wrong steps of the noisy teacher are found."""
    found: dict[str, list[bool]] = {}
    for trace in noisy_traces(problems_each):
        if trace.origin.fault == "wrong_step":
            found.setdefault(trace.problem.family or "", []).append(wrong_step(trace) is not None)
    return {family: Share(sum(hits), len(hits)) for family, hits in found.items()}


def sound_traces(count: int) -> Iterator[Trace]:
    """Yield traces of the solver, over all families and difficulties."""
    teacher = BuiltinTeacher("solver", {})
    for family in FAMILIES:
        for problem in builtin_problems(family, 11, count // len(FAMILIES), (1, 2, 3, 4, 5)):
            request = Request(
                key=digest(problem.id),
                problem=problem,
                messages=STYLES["zero_shot_cot"](problem),
                sampling=Sampling(model="solver", provider="builtin", seed=11),
                sample=0,
            )
            yield trace_of(request, asyncio.run(teacher.reply(request)).reply, recipe="quality")


def cost() -> tuple[float, int]:
    """Return the CPU time, in microseconds, of a row of 4.5 KB of real long reasoning, and how many were timed."""
    traces = [
        trace_with(row["question"], cut_steps(row["output"][:ROW_CHARACTERS]), row["gold"])
        for row in rows_of("long_reasoning_gsm8k")
        if len(row["output"]) >= ROW_CHARACTERS
    ]
    times = []
    for _ in range(5 if traces else 0):
        start = time.process_time()
        for trace in traces:
            wrong_step(trace)
        times.append((time.process_time() - start) / len(traces) * 1e6)
    return min(times, default=0.0), len(traces)


def main() -> None:
    """Print the tables."""
    write = sys.stdout.write
    labelled = measure_labelled()
    if labelled.mistaken:
        write("\nwrong_step on multistep_arithmetic of BIG-Bench-Mistake\n")
        for name, share in labelled.shares().items():
            write(f"{name:<42} {share}\n")
        write("accused although labelled sound, each untrue as it stands:\n")
        write("".join(f"  {reason}\n" for reason in labelled.reasons))
        humans = accused_humans()
        write(f"human solutions of gsm8k_sample accused: {len(humans)}\n" + "".join(f"  {one}\n" for one in humans))
    write("\nwrong steps of builtin/noisy found\n")
    for family, share in planted().items():
        write(f"{family:<42} {share}\n")
    accused = sum(wrong_step(trace) is not None for trace in sound_traces(SOLVER_TRACES))
    write(f"{'traces of builtin/solver accused':<42} {Share(accused, SOLVER_TRACES)}\n")
    microseconds, rows = cost()
    if rows:
        write(f"a row of {ROW_CHARACTERS:,} characters of long reasoning: {microseconds:.0f} us of CPU ({rows} rows)\n")


if __name__ == "__main__":
    main()
