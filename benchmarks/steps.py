"""How well `wrong_step` finds untrue steps, and what it costs; part of `make quality`.

The labelled files are used where they are beside the repository; without them only the built-in families are measured.
The labels say which step is the first wrong one. Rows that are labelled sound although their answer differs from the
reference contradict themselves: precision is printed by the labels as they are, and with these rows counted as wrong.
Each accused row that is labelled sound is shown with what it says, and what Python makes of either side.
`python -m benchmarks.steps labelled` prints only what the labels say, `python -m benchmarks.steps cost` only what a row
costs; that takes some seconds.
"""

import ast
import operator
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction

import msgspec

from benchmarks.labels import rows_of
from benchmarks.planted import PROBLEMS_EACH, noisy_traces, solver_traces
from curate.assertions import first_mistake
from curate.checks.steps import wrong_step
from curate.families import FAMILIES
from curate.figures import Share
from curate.records import JSON, Problem, Trace
from curate.traces.steps import cut_steps

ROW_CHARACTERS = 4_500
SOLVED_EACH = 4_000


class Disputed(msgspec.Struct, frozen=True):
    """An accused row that is labelled sound."""

    row: str
    step: int
    """The step that is accused, from 1."""
    said: str
    """The equality that is called untrue."""
    answer: str
    """The answer that the row comes to."""
    gold: str
    """The right one."""

    def sides(self) -> list[Fraction]:
        """Return what Python's own grammar and arithmetic make of each side."""
        return [by_python(ast.parse(side.strip(), mode="eval").body) for side in self.said.split("=")]

    def __str__(self) -> str:
        values = " and ".join(map(str, self.sides()))
        return f"{self.row}, step {self.step}: {self.said}: {values}; answer {self.answer}, right is {self.gold}"


_OPERATIONS: dict[type[ast.AST], Callable[..., Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


def by_python(node: ast.expr) -> Fraction:
    """Return the value of a sum of plain numbers; none of the check's own reading is used."""
    match node:
        case ast.BinOp(left, operation, right):
            return _OPERATIONS[type(operation)](by_python(left), by_python(right))
        case ast.UnaryOp(operation, operand):
            return _OPERATIONS[type(operation)](by_python(operand))
        case ast.Constant(int() as value):
            return Fraction(value)
    raise TypeError(ast.unparse(node))


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
    disputed: list[Disputed] = []
    """The accused rows that are labelled sound."""

    def shares(self) -> dict[str, Share]:
        """Return what is asked for, by name."""
        return {
            "precision, labels as they are": Share(self.right, self.accused),
            "precision, contradicted labels corrected": Share(self.right + self.contradicted, self.accused),
            "recall": Share(self.right, self.mistaken),
            "step named is the labelled one": Share(self.named, self.right),
        }


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
            came.disputed.append(_disputed(row))
    return came


def _disputed(row: JSON) -> Disputed:
    found = first_mistake(row["question"], tuple(row["steps"]))
    assert found is not None
    return Disputed(row["id"], found[0] + 1, found[1].said, str(row["model_answer"]), str(row["gold"]))


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


class Cost(msgspec.Struct, frozen=True):
    """What one kind of row costs."""

    rows: int
    characters: float
    """In the steps of a row, on average."""
    microseconds: float
    """Of CPU time, a row."""


def timed() -> dict[str, list[Trace]]:
    """Return the rows to time, by what they are."""
    long = [row for row in rows_of("long_reasoning_gsm8k") if len(row["output"]) >= ROW_CHARACTERS]
    return {
        f"long reasoning, cut at {ROW_CHARACTERS:,}": [_read(row, row["output"][:ROW_CHARACTERS]) for row in long],
        "long reasoning, whole": [_read(row, row["output"]) for row in rows_of("long_reasoning_gsm8k")],
        "human solutions of gsm8k_sample": [_read(row, row["solution"]) for row in rows_of("gsm8k_sample")],
        "steps of BIG-Bench-Mistake": [
            trace_with(row["question"], tuple(row["steps"]), "") for row in rows_of("steps_labelled_bbm")
        ],
        "algebra of Llama 3B on AIME": [_read(row, row["output"]) for row in rows_of("truncated_llama3b_aime24")],
    }


def _read(row: JSON, chain: str) -> Trace:
    return trace_with(row["question"], cut_steps(chain), "")


def cost(traces: Sequence[Trace], passes: int = 5) -> Cost:
    """Return what these rows cost: the least of some passes."""
    times = []
    for _ in range(passes):
        start = time.process_time()
        for trace in traces:
            wrong_step(trace)
        times.append(time.process_time() - start)
    characters = sum(len(trace.reasoning) for trace in traces)
    return Cost(len(traces), characters / len(traces), min(times) / len(traces) * 1e6)


def _line(what: str, share: Share) -> str:
    return f"{what:<42} {share.count:>6,} of {share.of:>6,}  {share}\n"


def main() -> None:
    """Print the tables, or those that are named."""
    named = sys.argv[1:]
    labelled = measure_labelled() if named in ([], ["labelled"]) else Labelled()
    if labelled.mistaken:
        _show_labelled(labelled)
    if not named:
        _show_made()
    if named in ([], ["cost"]):
        _show_cost()


def _show_labelled(labelled: Labelled) -> None:
    write = sys.stdout.write
    write("\nwrong_step on multistep_arithmetic of BIG-Bench-Mistake\n")
    for name, share in labelled.shares().items():
        write(_line(name, share))
    write("accused although labelled sound, and what Python makes of the two sides:\n")
    write("".join(f"  {row}\n" for row in labelled.disputed))
    humans = accused_humans()
    write(f"human solutions of gsm8k_sample accused: {len(humans)}\n" + "".join(f"  {one}\n" for one in humans))


def _show_made() -> None:
    write = sys.stdout.write
    write("\nwrong steps of builtin/noisy found\n")
    for family, share in planted().items():
        write(_line(family, share))
    accused = sum(wrong_step(trace) is not None for trace in solver_traces(SOLVED_EACH, seed=11))
    write(_line("traces of builtin/solver accused", Share(accused, SOLVED_EACH * len(FAMILIES))))


def _show_cost() -> None:
    sys.stdout.write(
        f"\n{'CPU time of wrong_step':<34} {'rows':>5} {'characters':>11} {'us a row':>9} {'us of 4.5 KB':>13}\n"
    )
    for kind, traces in timed().items():
        if traces:
            one = cost(traces)
            share = ROW_CHARACTERS / one.characters * one.microseconds
            sys.stdout.write(
                f"{kind:<34} {one.rows:>5} {one.characters:>11,.0f} {one.microseconds:>9,.0f} {share:>13,.0f}\n"
            )


if __name__ == "__main__":
    main()
