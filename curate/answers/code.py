r"""Answers that are Python: find the code in a response, and run it with the problem's tests, in the sandbox.

A problem states them as `answer_type: python_function` and, as its `reference`, tests that call the function by name:

    {"text": "Write a function add(a, b) ...", "answer_type": "python_function",
     "reference": "assert add(1, 2) == 3\nassert add(-1, 1) == 0"}
"""

import re
from functools import lru_cache

from curate.answers.extract import Found
from curate.answers.verdicts import Sameness, Verdict
from curate.sandbox import Limits, Result, Run, run_python

PYTHON_FUNCTION = "python_function"
VERIFIER = "curate sandbox"
LIMITS = Limits()
MAX_CODE_CHARACTERS = 200_000
MAX_BLOCKS = 50
"""How many fenced blocks are looked at, from the end backwards."""
_OPENING = re.compile(r"[ ]*(?:python3?|py)?[ ]*\r?\n", re.IGNORECASE)
_DEFINES = re.compile(r"^[ \t]*(?:async[ ]+)?(?:def|class)[ ]+\w|^\w+[ ]*=[ ]*lambda\b", re.MULTILINE)

SAMENESS: dict[Result, Sameness] = {
    "passed": "same",
    "failed": "different",
    "crashed": "different",
    "timed_out": "undecided",
    "refused": "undecided",
}
"""How a run ended, to what that says of the answer; one that used up its CPU time is different all the same."""


def find_code(response: str) -> Found | None:
    """Return the code of a response: its last fenced block that defines something, or all of it if it is code."""
    text = response[-MAX_CODE_CHARACTERS:]
    offset = len(response) - len(text)
    fences = [match.start() for match in re.finditer("```", text)][-2 * MAX_BLOCKS :]
    for start, end in zip(fences[-2::-2], fences[::-2], strict=False):
        opening = _OPENING.match(text, start + 3, end)
        if opening is not None and _DEFINES.search(text, opening.end(), end):
            return Found(text[opening.end() : end].rstrip(), "code", start + offset, end + 3 + offset)
    if not fences and _DEFINES.match(text.lstrip()):
        return Found(text.strip(), "code", offset, len(response))
    return None


def compare_code(tests: str, code: str) -> Verdict:
    """Return whether code passes tests: `same` when it does; the verdict says why it does not.

    The code and the tests run as one program in the sandbox, never in this process. Without a safe sandbox nothing is
    run, and the verdict is undecided.
    """
    run = _run(tests, code)
    sameness = "different" if run.result == "timed_out" and run.used_up_cpu else SAMENESS[run.result]
    return Verdict(sameness=sameness, rule=f"tests_{run.result}", verifier=VERIFIER, why=run.reason)


@lru_cache(maxsize=1024)
def _run(tests: str, code: str) -> Run:
    """Run code with its tests; pass rate, checks and the command line ask of the same pair one after the other."""
    return run_python(f"{code}\n\n{tests}\n", LIMITS)
