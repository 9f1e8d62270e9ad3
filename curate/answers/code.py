r"""Answers that are Python: find the code in a response, and run it with the problem's tests, in the sandbox.

A problem states them as `answer_type: python_function` and, as its `reference`, tests that call the function by name:

    {"text": "Write a function add(a, b) ...", "answer_type": "python_function",
     "reference": "assert add(1, 2) == 3\nassert add(-1, 1) == 0"}

Code and tests share a process, in which code can forge a pass: patch what reports it, return what equals everything,
read what is expected. So code that passes is run once more, and only asked: where all that the tests assert is that
something equals a literal, what it equals is noted down and held against the literals out here, which the code never
sees. For other tests the second run is with ones that no answer can pass, and must fail.
"""

import ast
import re
import warnings
from functools import lru_cache
from typing import NamedTuple

from curate.answers.extract import Found
from curate.answers.verdicts import Sameness, Verdict
from curate.sandbox import Limits, Result, Run, run_python
from curate.sandbox.harness import NOTED, spelt

PYTHON_FUNCTION = "python_function"
VERIFIER = "curate sandbox"
LIMITS = Limits()
MAX_CODE_CHARACTERS = 200_000
SHOWN = 100
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
    """Return what a pass is worth."""
    asked = questions(tests)
    if asked is None:
        return _held_against_impossible(tests, code, proven="same")
    run = _run(asked.tests, code)
    if run.result in ("timed_out", "crashed", "refused"):
        return _verdict("undecided", f"tests_{run.result}", run.reason)
    if {place for place, text in run.values if text} != set(range(len(asked.expected))):
        return _held_against_impossible(tests, code, proven="undecided")
    for place, text in run.values:
        if text != asked.expected[place]:
            why = f"with the tests out of its sight it gives {text[:SHOWN]} instead of {asked.expected[place][:SHOWN]}"
            return _verdict("different", "tests_forged", why)
    return _verdict("same", "tests_passed", "")


def _held_against_impossible(tests: str, code: str, proven: Sameness) -> Verdict:
    """Return what a pass is worth of code whose values are not told: it must fail tests that cannot be passed."""
    harder, is_reached = impossible(tests)
    run = _run(harder, code)
    if run.result == "failed":
        why = "" if proven == "same" else "what it gives is no plain value that could be held against the tests"
        return _verdict(proven, "tests_passed" if proven == "same" else "tests_unproven", why)
    if run.result == "passed":
        sameness: Sameness = "different" if is_reached else "undecided"
        return _verdict(sameness, "tests_forged", "it also passes tests that nothing can pass")
    return _verdict("undecided", f"tests_{run.result}", run.reason)


def _verdict(sameness: Sameness, rule: str, why: str) -> Verdict:
    return Verdict(sameness=sameness, rule=rule, verifier=VERIFIER, why=why)


class Questions(NamedTuple):
    """Tests that only ask."""

    tests: str
    """The tests; instead of asserting that something equals a literal, they note down what it is."""
    expected: tuple[str, ...]
    """The literals, as `harness.spelt` spells them, in the order of the numbers that are noted with the values."""


def questions(tests: str) -> Questions | None:
    """Return tests that only ask, or None where they assert anything but that something equals a literal."""
    try:
        tree = _parsed(tests)
        asking = _Asking()
        asked = ast.unparse(ast.fix_missing_locations(asking.visit(tree)))
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    if not asking.expected or not all(asking.expected):
        return None
    return Questions(f"{NOTED} = []\n{asked}", tuple(asking.expected))


class _Asking(ast.NodeTransformer):
    """Turns `assert f(2) == 4` into a note of what `f(2)` is."""

    def __init__(self) -> None:
        self.expected: list[str] = []
        """What is expected of each note; "" for an assertion of another kind."""

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        """Replace an assertion."""
        sides = _sides(node.test)
        if sides is None:
            self.expected.append("")
            return node
        place = len(self.expected)
        self.expected.append(spelt(ast.literal_eval(sides[1])))
        note = ast.parse(f"{NOTED}.append(({place}, None))").body[0]
        assert isinstance(note, ast.Expr)
        assert isinstance(note.value, ast.Call)
        note.value.args = [ast.Tuple([ast.Constant(place), sides[0]], ast.Load())]
        return note


def _sides(test: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """Return what is held to equal a literal, and the literal."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.ops[0], ast.Eq):
        return None
    one, other = test.left, test.comparators[0]
    if _is_literal(one) == _is_literal(other):
        return None
    return (one, other) if _is_literal(other) else (other, one)


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return False
    return True


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
