"""Answers that are Python functions: found in the response, run with their tests, never in our process."""

import sys

import pytest

from curate.answers import code, compare, find_code
from curate.checks.correctness import wrong_answer
from curate.checks.structure import missing_answer
from curate.sandbox import running as sandbox
from curate.sandbox.running import safe_wall
from curate.traces.foreign import read_row
from tests.filtering.results import filtered, jsonl

TESTS = "assert add(1, 2) == 3\nassert add(-1, 1) == 0"
GOOD = "def add(a, b):\n    return a + b"

FOUND = {
    "a block": ("Here it is:\n```python\n" + GOOD + "\n```\nDone.", GOOD),
    "the last of two": ("```python\ndef add(a, b): return 0\n```\nBetter:\n```py\n" + GOOD + "\n```", GOOD),
    "an example after it": ("```python\n" + GOOD + "\n```\nFor example:\n```python\nprint(add(1, 2))\n```", GOOD),
    "output after it": ("```python\n" + GOOD + "\n```\nIt prints:\n```\n3\n```", GOOD),
    "no language": ("```\n" + GOOD + "\n```", GOOD),
    "no block": (GOOD, GOOD),
    "a lambda": ("```python\nadd = lambda a, b: a + b\n```", "add = lambda a, b: a + b"),
    "another language": ("```javascript\nfunction add(a, b) { return a + b }\n```", None),
    "words": ("I would write a function that adds. The answer is 3.", None),
    "a block that never ends": ("```python\n" + GOOD, None),
    "empty": ("", None),
}


@pytest.mark.parametrize("response,said", FOUND.values(), ids=list(FOUND))
def test_code_is_found(response: str, said: str | None) -> None:
    """The last block that defines something is the answer, and its place is kept."""
    found = find_code(response)
    assert (found.text if found else None) == said
    if found:
        assert said is not None
        assert said in response[found.start : found.end]


def test_finding_is_linear() -> None:
    """A response of a megabyte of fences is looked at from its end, and not for long."""
    assert find_code("```\n" * 250_000) is None


@pytest.fixture
def _sandboxed() -> None:
    if safe_wall() is None:
        pytest.skip(f"no safe sandbox on this machine: {sandbox.NEEDED}")


VERDICTS = {
    "right": (GOOD, "same", "tests_passed", ""),
    "wrong": ("def add(a, b):\n    return a - b", "different", "tests_failed", "assert add(1, 2) == 3"),
    "another name": ("def plus(a, b):\n    return a + b", "different", "tests_failed", "NameError"),
    "no Python": ("def add(a, b:\n    return a + b", "different", "tests_failed", "SyntaxError"),
    "leaves before the tests": (f"{GOOD}\nimport os\nos._exit(0)", "different", "tests_failed", "before its end"),
    "runs for ever": ("def add(a, b):\n    while True: pass", "different", "tests_timed_out", "CPU"),
    "crashes": ("import ctypes\ndef add(a, b): ctypes.string_at(0)", "different", "tests_crashed", "signal 11"),
}


@pytest.mark.usefixtures("_sandboxed")
@pytest.mark.parametrize("answer,sameness,rule,why", VERDICTS.values(), ids=list(VERDICTS))
def test_verdict(answer: str, sameness: str, rule: str, why: str) -> None:
    """Code is right when it passes the tests, wrong when it fails, crashes or never ends; the verdict says why."""
    verdict = compare(TESTS, answer, "python_function")
    assert (verdict.sameness, verdict.rule) == (sameness, rule)
    assert why in verdict.why


@pytest.mark.usefixtures("_sandboxed")
def test_a_wait_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that takes too long without computing may be the machine's fault."""
    monkeypatch.setattr(code, "LIMITS", sandbox.Limits(wall_seconds=1))
    verdict = compare("assert f() == 1", "import time\ndef f(): time.sleep(60)", "python_function")
    assert (verdict.sameness, verdict.rule) == ("undecided", "tests_timed_out")


FORGERIES = {
    "saying so itself": (
        "import json, os, sys\nframe = sys._getframe()\nwhile 'word' not in frame.f_locals: frame = frame.f_back\n"
        "said = json.dumps({'word': frame.f_locals['word'], 'error': None})\n"
        "os.write(frame.f_locals['channel'], f'\\n{said}\\n'.encode())\nos._exit(0)\ndef add(a, b): pass"
    ),
    "patching what reports": ("import sys\nsys.modules['__main__'].told = lambda error: None\ndef add(a, b): return 0"),
    "patching how it is written": (
        "import json\nold = json.dumps\njson.dumps = lambda said: old(said | {'error': None})\ndef add(a, b): return 0"
    ),
    "returning what equals all": (
        "class Any:\n    def __eq__(self, other): return True\ndef type(*_): return Any()\ndef add(a, b): return Any()"
    ),
    "reading what is expected": (
        "import re, pathlib\nsaid = iter(re.findall(r'== (-?\\d+)', pathlib.Path('program.py').read_text()))\n"
        "def add(a, b): return int(next(said, 0))"
    ),
    "passing but for what is impossible": (
        "import pathlib, sys\nif 'lamb' 'da: None' not in pathlib.Path('program.py').read_text():\n"
        "    sys.modules['__main__'].told = lambda error: None\ndef add(a, b): return 0"
    ),
}


@pytest.mark.usefixtures("_sandboxed")
@pytest.mark.parametrize("answer", FORGERIES.values(), ids=list(FORGERIES))
def test_a_forged_pass_is_none(answer: str) -> None:
    """Code that would report success whatever its tests say has not passed them."""
    verdict = compare(TESTS, answer, "python_function")
    assert (verdict.sameness, verdict.rule) == ("different", "tests_forged")


PLAIN_VALUES = {
    "subclasses of plain values": (
        "assert f() == {'a': 2, 'b': 1}",
        "from collections import Counter\ndef f(): return Counter('aab')",
        "same",
    ),
    "numbers of other kinds": ("assert f() == [1, 2.0, 1]", "def f(): return [1.0, 2, True]", "same"),
    "sets in any order": ("assert {3, 1, 2} == f()", "def f(): return frozenset([2, 3, 1])", "same"),
    "a tuple is no list": ("assert f() == [1]", "def f(): return (1,)", "different"),
    "in a function": (
        "def check(f):\n    for _ in '12':\n        assert f() == None\ncheck(f)",
        "def f(): pass",
        "same",
    ),
    "an object of its own that is equal": (
        "assert f() == 1",
        "class One:\n    def __eq__(self, other): return other == 1\ndef f(): return One()",
        "undecided",
    ),
    "other values each time": (
        "assert f() == 1\nassert f() == 1",
        "import pathlib\ndef f(): return 1 if pathlib.Path('program.py').read_text().count('== 1') > 1 else 2",
        "different",
    ),
}
"""Tests, code, and what comes of it."""


@pytest.mark.usefixtures("_sandboxed")
@pytest.mark.parametrize("tests,answer,sameness", PLAIN_VALUES.values(), ids=list(PLAIN_VALUES))
def test_values_are_compared_outside(tests: str, answer: str, sameness: str) -> None:
    """What code gives with the expected values out of its sight is compared as Python would compare it."""
    assert compare(tests, answer, "python_function").sameness == sameness


@pytest.mark.parametrize(
    "tests,expected",
    [
        ("assert f(1) == 2\nassert 'a' == f(2), 'no'", ("2", "'a'")),
        ("x = f(3)\nassert x == [1, -2]", ("[1, -2]",)),
        ("assert f(1) == 2\nassert f(2)", None),
        ("assert f(1) == g(1)", None),
        ("assert 1 == 1", None),
        ("x = f(1)", None),
        ("assert f(", None),
    ],
)
def test_questions(tests: str, expected: tuple[str, ...] | None) -> None:
    """Tests that assert nothing but equality to literals can be asked without them; no literal is left in them."""
    asked = code.questions(tests)
    assert (asked and asked.expected) == expected
    assert asked is None or "==" not in asked.tests


SOUND_TESTS = {
    "without equality": ("assert add(1, 2) > 2\nassert isinstance(add(1, 2), int)", "same"),
    "in a function": ("def check(f):\n    assert f(1, 2) == 3\ncheck(add)", "same"),
    "in a function that nobody calls": ("def check(f):\n    assert f(1, 2) == 3", "undecided"),
    "with errors of their own": ("if add(1, 2) != 3:\n    raise ValueError", "same"),
    "with what Python warns of": ("assert add(1, 2) == 3, '\\d'", "same"),
}


@pytest.mark.usefixtures("_sandboxed")
@pytest.mark.parametrize("tests,sameness", SOUND_TESTS.values(), ids=list(SOUND_TESTS))
def test_an_honest_pass_stays_one(tests: str, sameness: str) -> None:
    """Right code passes tests of any style; tests that never run say nothing."""
    assert compare(tests, GOOD, "python_function").sameness == sameness


def row(reply: str) -> dict[str, str]:
    """Return a row of somebody's file with a code problem."""
    return {"question": "Write add(a, b).", "reference": TESTS, "answer_type": "python_function", "output": reply}


@pytest.mark.usefixtures("_sandboxed")
def test_rows_of_code() -> None:
    """A row's code is its answer, and is judged by its tests."""
    replies = [f"```python\n{GOOD}\n```", "```python\ndef add(a, b): return 0\n```", "I cannot write code."]
    result = filtered(jsonl(*map(row, replies)), {"checks": ["missing_answer", "wrong_answer"]})
    assert result.column("dropped_by") == [None, "wrong_answer", "missing_answer"]
    (dropped,) = [one for one in result.rows("dropped") if one["dropped_by"] == "wrong_answer"]
    assert "AssertionError at `assert add(1, 2) == 3`" in dropped["reason"]


def test_without_a_sandbox_code_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no wall is safe the check runs nothing, claims nothing, and says what is missing."""
    monkeypatch.setattr(sandbox, "WALLS", {})
    safe_wall.cache_clear()
    try:
        trace = read_row(row("```python\ndef add(a, b): return 'unrun'\n```"), {}).traces[0]
        finding = wrong_answer(trace)
    finally:
        safe_wall.cache_clear()
    assert finding is not None
    assert finding.outcome == "undecided"
    assert "no safe sandbox" in finding.reason
    assert missing_answer(trace) is None


def test_our_process_runs_nothing() -> None:
    """Code that is judged leaves no trace in our process."""
    compare("assert True", "import sys\nsys.curate_was_here = True\ndef f(): pass", "python_function")
    assert not hasattr(sys, "curate_was_here")
