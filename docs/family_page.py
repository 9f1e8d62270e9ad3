"""The gallery of the built-in families, generated from the families: what each asks, with problems and solutions."""

from curate.families import FAMILIES
from curate.families.base import DIFFICULTIES
from curate.problems.examples import described, solved

SEED = 0

INTRODUCTION = """\
Problems that curate makes itself, each with a reference and with a solution step by step. `curate families show NAME`
prints more of one family and measures how fast it makes them; `--problems` prints them as JSONL. A recipe names them
under `problems` ([recipe.md](recipe.md)); a number of a seed is the same problem for good."""


def families_page() -> str:
    """Return the gallery."""
    return "\n\n".join(["# The built-in families", INTRODUCTION, *map(_family, FAMILIES)])


def _family(family: str) -> str:
    facts = "\n".join(f"- {label}: {text}" for label, text in described(family).items())
    shown = (
        f"Difficulty {problem.difficulty}:\n\n```text\n{problem.text}\n\n"
        + "\n".join(solution.steps)
        + f"\n\nanswer: {solution.answer}\n```"
        for problem, solution in list(solved(family, SEED, len(DIFFICULTIES)))[::2]
    )
    return "\n\n".join([f"## `{family}`", facts, *shown])
