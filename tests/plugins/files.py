"""Plugins as a user would write them, and folders with a recipe, a plugin and rows."""

import json
from pathlib import Path
from typing import Any

SORRY = '''
import curate

Q = "How many eggs are 2 and 2?"


@curate.check(
    threshold="max_times",
    cases=[
        curate.Case("none", {"question": Q, "output": "2 + 2 = 4. The answer is 4."}, "pass"),
        curate.Case("one", {"question": Q, "output": "Sorry! 2 + 2 = 4. The answer is 4."}, "fail", "sorry 1 times"),
        curate.Case("one may be", {"question": Q, "output": "Sorry! 4."}, "pass", parameters={"max_times": 1}),
    ],
)
def apologies(trace: curate.Trace, *, max_times: int = 0) -> curate.Finding | None:
    """The text says sorry.

    Args:
        trace: The trace to judge.
        max_times: How often it may; the measure is how often it does.
    """
    times = trace.chain.lower().count("sorry")
    if times > max_times:
        return curate.Finding(outcome="fail", reason=f"says sorry {times} times", value=times)
    return curate.Finding(outcome="pass", value=times)
'''

ROWS = [
    {"question": f"What is {n} + 2?", "output": f"{word}Adding {n} and two gives {n + 2}. The answer is {n + 2}."}
    for n, word in enumerate(["", "Sorry! ", "Sorry, sorry! ", ""])
]


def judging(body: str, name: str = "odd", before: str = "") -> str:
    """Return a plugin with one check whose body is given."""
    return f'import curate\n{before}\n\n@curate.check\ndef {name}(trace):\n    """The row is odd."""\n    {body}\n'


def laid_out(folder: Path, plugin: str = SORRY, **recipe: Any) -> Path:  # noqa: ANN401 - any key of a recipe
    """Write rows, a plugin and a recipe that uses it into a folder; returns the recipe."""
    (folder / "my_checks.py").write_text(plugin, "utf-8")
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    whole = {"plugins": ["./my_checks.py"], "checks": ["truncated", "apologies"], **recipe}
    (folder / "recipe.yaml").write_text(json.dumps(whole), "utf-8")
    return folder / "recipe.yaml"
