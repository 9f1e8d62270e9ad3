r"""Answers that are Python: find the code in a response, and run it with the problem's tests, in the sandbox.

A problem states them as `answer_type: python_function` and, as its `reference`, tests that call the function by name:

    {"text": "Write a function add(a, b) ...", "answer_type": "python_function",
     "reference": "assert add(1, 2) == 3\nassert add(-1, 1) == 0"}

Code and tests run in two processes of the sandbox: the code sees the calls that the tests make of it and nothing else,
so it can neither patch what reports a pass nor read what is expected. What passes like this has passed. What does not
is run once more with the tests in its own process, as its author would run it: what fails there is wrong, and what
passes only there has forged it, if what failed is an assertion about plain values. Undecided is whatever needs tests
and code in one process: state that they share, objects that say of themselves what they equal.
"""

import re
import sys
from functools import lru_cache

import msgspec

from curate.answers.code_tests import is_separable, runnable_tests
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

    Both run in the sandbox, never in this process. Without a safe sandbox nothing is run, and the verdict is undecided.
    """
    runnable = runnable_tests(tests)
    alone = _run(runnable, code, apart=True)
    if alone.apart and alone.result == "passed" and alone.apart.calls and not alone.apart.doubted:
        return _verdict("same", "tests_passed", "")
    if alone.result in ("timed_out", "refused"):
        return _ended(alone)
    together = _run(runnable, code, apart=False)
    return _ended(together) if together.result != "passed" else _unproven(alone, is_separable(tests, code))


def _ended(run: Run) -> Verdict:
    """Return what a run comes to that did not pass."""
    if (missing := _NO_MODULE.match(run.reason)) and missing[1] not in sys.stdlib_module_names:
        return _verdict("undecided", "tests_refused", f"the sandbox has only the standard library: {run.reason}")
    sameness = "different" if run.result == "timed_out" and run.used_up_cpu else SAMENESS[run.result]
    return _verdict(sameness, f"tests_{run.result}", run.reason)


def _unproven(alone: Run, is_separable: bool) -> Verdict:  # noqa: FBT001 - a fact
    """Return what it comes to that code passes tests only where it could reach them."""
    seen = alone.apart
    if seen and alone.result == "failed" and is_separable and (seen.is_claim or not seen.is_loaded):
        return _verdict("different", "tests_forged", f"with the tests out of its reach: {alone.reason}")
    if alone.result == "passed":
        why = "the tests call nothing of it" if seen and not seen.calls else "what it gives is no plain value"
        return _verdict("undecided", "tests_unproven", f"{why}, so nothing shows that it passes them")
    return _verdict("undecided", "tests_unproven", f"the tests cannot be kept out of its reach: {alone.reason}")


_NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '(\w+)")


def _verdict(sameness: Sameness, rule: str, why: str) -> Verdict:
    return Verdict(sameness=sameness, rule=rule, verifier=VERIFIER, why=why)


@lru_cache(maxsize=1024)
def _run(tests: str, code: str, *, apart: bool) -> Run:
    """Run code with its tests; pass rate, checks and the command line ask of the same pair one after the other."""
    if not apart:
        return run_python(f"{code}\n\n{tests}\n", LIMITS)
    processes = msgspec.structs.replace(LIMITS, processes=LIMITS.processes + 1)
    return run_python(code, processes, tests=tests)
