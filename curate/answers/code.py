r"""Answers that are Python: find the code in a response, and run it with the problem's tests, in the sandbox.

A problem states them as `answer_type: python_function` and, as its `reference`, tests that call the function by name:

    {"text": "Write a function add(a, b) ...", "answer_type": "python_function",
     "reference": "assert add(1, 2) == 3\nassert add(-1, 1) == 0"}

Code and tests share a process, in which code can forge a pass: patch what reports it, or return what equals everything.
So code that passes is run once more with tests that no answer can pass, and must fail them.
"""

import ast
import re
import warnings
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
    if run.result == "passed":
        return _judged_pass(tests, code)
    sameness = "different" if run.result == "timed_out" and run.used_up_cpu else SAMENESS[run.result]
    return _verdict(sameness, f"tests_{run.result}", run.reason)


def _judged_pass(tests: str, code: str) -> Verdict:
    """Return what a pass is worth: code that passes tests which cannot be passed has not passed the others."""
    harder, is_reached = impossible(tests)
    run = _run(harder, code)
    if run.result == "failed":
        return _verdict("same", "tests_passed", "")
    if run.result == "passed":
        sameness: Sameness = "different" if is_reached else "undecided"
        return _verdict(sameness, "tests_forged", "it also passes tests that nothing can pass")
    return _verdict("undecided", f"tests_{run.result}", run.reason)


def _verdict(sameness: Sameness, rule: str, why: str) -> Verdict:
    return Verdict(sameness=sameness, rule=rule, verifier=VERIFIER, why=why)


def impossible(tests: str) -> tuple[str, bool]:
    """Return tests that nothing can pass, and whether it is sure that they are reached, not only defined.

    What an assertion holds to be equal is compared with a new object; where none does, an assertion of what is false
    follows at the end. Neither uses a name, which code could take.
    """
    try:
        tree = _parsed(tests)
        changed = [node for node in ast.walk(tree) if _never_equal(node)]
        if changed:
            return ast.unparse(tree), any(node in tree.body for node in changed)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass  # what cannot be read is no reason not to run it
    return f"{tests}\nassert False", True


def _parsed(text: str) -> ast.Module:
    with warnings.catch_warnings(action="ignore"):  # what Python thinks of a stranger's text is no news of ours
        return ast.parse(text)


def _never_equal(node: ast.AST) -> bool:
    """Make an assertion of equality one that cannot hold; returns whether it was one."""
    test = node.test if isinstance(node, ast.Assert) else None
    if not isinstance(test, ast.Compare) or not any(isinstance(operation, ast.Eq) for operation in test.ops):
        return False
    test.ops, test.comparators = [ast.Eq()], [ast.parse("lambda: None", mode="eval").body]
    return True


@lru_cache(maxsize=1024)
def _run(tests: str, code: str) -> Run:
    """Run code with its tests; pass rate, checks and the command line ask of the same pair one after the other."""
    return run_python(f"{code}\n\n{tests}\n", LIMITS)
