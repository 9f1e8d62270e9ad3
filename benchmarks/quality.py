"""Recall and precision of the checks against the faults that `builtin/noisy` plants; `make quality` prints them.

A check is judged by the rows that it is shown: those that no check before it had dropped.
"""

import asyncio
import sys
from collections.abc import Iterator

import msgspec

from curate.checks import CHECKS, RowCheck
from curate.digests import digest
from curate.families import FAMILIES
from curate.problems import builtin_problems
from curate.prompts import STYLES
from curate.records import Request, Sampling, Trace
from curate.teachers.builtin import BuiltinTeacher
from curate.traces.build import trace_of

PROBLEMS_EACH = 600
MAX_TOKENS = 2048
CAUGHT_BY = {
    "truncated": "truncated",
    "looping": "truncated",
    "final_answer_only": "final_answer_only",
    "wrong_answer": "wrong_answer",
    "wrong_step": "wrong_answer",
}
"""Fault to the check that should drop it. A loop runs into the token limit."""


class Score(msgspec.Struct, frozen=True):
    """How well a check finds the faults that are its own."""

    check: str
    planted: int
    """Rows shown to the check that carry a fault of its own."""
    found: int
    """Of these, rows that it dropped."""
    accused: int
    """Rows that it dropped, in all."""

    @property
    def precision(self) -> float:
        """Share of the dropped rows that carry a fault of the check's own."""
        return self.found / self.accused


def noisy_traces(problems_each: int = PROBLEMS_EACH, seed: int = 1) -> Iterator[Trace]:
    """Yield traces of the noisy teacher, over all families and difficulties."""
    teacher = BuiltinTeacher("noisy", {})
    for family in FAMILIES:
        for problem in builtin_problems(family, seed, problems_each, (1, 2, 3, 4, 5)):
            request = Request(
                key=digest(problem.id),
                problem=problem,
                messages=STYLES["zero_shot_cot"](problem),
                sampling=Sampling(model="noisy", provider="builtin", max_tokens=MAX_TOKENS, seed=seed),
                sample=0,
            )
            yield trace_of(request, asyncio.run(teacher.reply(request)).reply, recipe="quality")


def unlabelled(trace: Trace) -> Trace:
    """Return a trace as checks see it: without `origin`, where the fault is named."""
    return msgspec.structs.replace(trace, origin=type(trace.origin)())


def judged(trace: Trace) -> str | None:
    """Return the first check that drops a trace."""
    for check in CHECKS.values():
        if isinstance(check, RowCheck):
            finding = check.judge(unlabelled(trace))
            if finding is not None and finding.outcome == "fail":
                return check.name
    return None


def scores(rows: list[tuple[str | None, str | None]]) -> list[Score]:
    """Return the score of each check, and of each fault on its own.

    Args:
        rows: Fault planted (or None) and check that dropped the row (or None).
    """
    found = []
    for check in dict.fromkeys(CAUGHT_BY.values()):
        own = {fault for fault, by in CAUGHT_BY.items() if by == check}
        planted = [by for fault, by in rows if fault in own]
        accused = [fault for fault, by in rows if by == check]
        found.append(Score(check, len(planted), planted.count(check), len(accused)))
    return found


def by_fault(rows: list[tuple[str | None, str | None]]) -> dict[str, tuple[int, int]]:
    """Return fault to how often it was planted, and how often the check it belongs to dropped it."""
    faults = {fault: [by for found, by in rows if found == fault] for fault in CAUGHT_BY}
    return {fault: (len(drops), drops.count(CAUGHT_BY[fault])) for fault, drops in faults.items()}


def report(rows: list[tuple[str | None, str | None]]) -> str:
    """Return the scores as a table."""
    lines = [f"{'fault':<20} {'planted':>8} {'found':>8} {'recall':>8}   dropped by"]
    for fault, (planted, found) in by_fault(rows).items():
        lines.append(f"{fault:<20} {planted:>8,} {found:>8,} {found / planted:>8.4f}   {CAUGHT_BY[fault]}")
    lines += ["", f"{'check':<20} {'dropped':>8} {'right':>8} {'precision':>9}"]
    lines += [
        f"{score.check:<20} {score.accused:>8,} {score.found:>8,} {score.precision:>9.4f}" for score in scores(rows)
    ]
    sound = [by for fault, by in rows if fault is None]
    lines += ["", f"sound traces: {len(sound):,}, dropped: {sum(by is not None for by in sound):,}"]
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    sys.stdout.write(report([(trace.origin.fault, judged(trace)) for trace in noisy_traces()]) + "\n")


if __name__ == "__main__":
    main()
