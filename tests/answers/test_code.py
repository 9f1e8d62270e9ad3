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
def test_many_calls_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that use up the time by calls to another process do not show that the code is slow."""
    monkeypatch.setattr(code, "LIMITS", sandbox.Limits(cpu_seconds=1))
    tests = "for i in range(10 ** 6):\n    assert f(i) == i"
    assert compare(tests, "def f(x): return x", "python_function").sameness == "undecided"


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


@pytest.mark.usefixtures("_sandboxed")
def test_the_tests_cannot_be_traced() -> None:
    """The process of the code may neither attach to that of the tests nor read its memory."""
    attach = "import ctypes, os\ndef f(): return ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0)"
    assert compare("assert f() == -1", attach, "python_function").sameness == "same"


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


TWO = {
    "assert": "assert f(2) == 4",
    "is": "assert (f(2) == 4) is True",
    "truth": "assert f(2) - 4 == 0 and not f(2) == 5",
    "loop": "for x, y in [(1, 1), (2, 4), (3, 9)]:\n    assert f(x) == y, x",
    "helper": "cases = {2: 4}\nfor x in cases:\n    result = f(x)\n    wanted = cases[x]\n    assert result == wanted",
    "candidate": "def check(candidate):\n    assert candidate(2) == 4\ncheck(f)",
    "isclose": "import math\nassert math.isclose(f(2), 4.0, rel_tol=1e-9)",
    "difference": "assert abs(f(2) - 4) < 1e-6",
    "pytest": "def test_f():\n    assert f(2) == 4",
    "class": "class TestF:\n    def test_f(self):\n        assert f(2) == 4",
    "unittest": (
        "from unittest import TestCase\nclass F(TestCase):\n    def test_f(self):\n        self.assertEqual(f(2), 4)"
    ),
    "almost": (
        "import unittest\nclass F(unittest.TestCase):\n    def test_f(self):\n"
        "        self.assertAlmostEqual(f(2), 4.0)\nif __name__ == '__main__':\n    unittest.main()"
    ),
    "raises": "try:\n    assert f(2) == 4\nexcept ValueError:\n    raise SystemExit(1)",
    "member": "assert f(2) in (4, 16)",
    "all": "assert all(f(x) == x * x for x in range(5))",
    "list": "assert [f(x) for x in (1, 2)] == [1, 4]",
    "text": "assert str(f(2)) == '4' and isinstance(f(2), int)",
}
"""Ways to test one function."""
ATTACKED = ("loop", "isclose", "difference", "almost")
"""Those that code which shares their process could forge most easily."""
EVERYTHING = (
    "class Any(int):\n    def _yes(self, *_): return True\n    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = _yes\n"
    "    __contains__ = __bool__ = _yes\n    def __ne__(self, _): return False\n    def __hash__(self): return 4\n"
    "    def __sub__(self, _): return 0\n    __rsub__ = __abs__ = __round__ = __sub__\n"
)
FORGED = {
    "an object that equals all": f"{EVERYTHING}def f(x): return Any()",
    "a class that equals all": (
        "class Meta(type):\n    def __eq__(self, _): return True\n    __hash__ = None\n"
        "    def __sub__(self, _): return 0.0\nclass f(metaclass=Meta):\n    def __new__(self, x): return self"
    ),
    "an object that knows a stranger": (
        "class Sly:\n    def __eq__(self, other): return isinstance(other, (int, float, str))\n"
        "    def __sub__(self, _): return 0.0\n    def __float__(self): return 4.5\n"
        "    def __str__(self): return '5'\n    def __iter__(self): return iter('')\ndef f(x): return Sly()"
    ),
    "leaving early": "import os\ndef f(x): os._exit(0)",
    "leaving at once": "import os, sys\nsys.stdout.flush()\nos._exit(0)\ndef f(x): return 0",
    "leaving at exit": "import atexit, os\natexit.register(os._exit, 0)\ndef f(x): raise SystemExit(0)",
    "built-in names": (
        "import builtins\nbuiltins.abs = lambda x: 0\nbuiltins.all = builtins.isinstance = lambda *a: True\n"
        "abs = all = str = isinstance = lambda *a: True\ndef f(x): return 0"
    ),
    "patched modules": (
        "import math, sys, unittest\nmath.isclose = lambda *a, **k: True\nfor name in dir(unittest.TestCase):\n"
        "    if name.startswith('assert'): setattr(unittest.TestCase, name, lambda *a, **k: None)\n"
        "unittest.TestCase.debug = lambda self: None\ndef f(x): return 0"
    ),
    "no more assertions": (
        "import builtins, sys\nclass Quiet(BaseException): pass\nbuiltins.AssertionError = Quiet\n"
        "sys.excepthook = lambda *a: None\ndef f(x): return 0"
    ),
    "reading frames": (
        "import re, sys\ndef f(x):\n    frame = sys._getframe()\n    while frame:\n"
        "        said = str([*frame.f_globals.values(), *frame.f_locals.values()])[:100000]\n"
        "        if re.search(r'[=]= 4', said): return 4\n"
        "        if 4 in frame.f_code.co_consts and 'f' in frame.f_code.co_names: return 4\n"
        "        frame = frame.f_back\n    return 0"
    ),
    "reading every object": (
        "import gc\ndef f(x):\n    for one in gc.get_objects():\n"
        "        consts = getattr(getattr(one, '__code__', None), 'co_consts', ())\n"
        "        if getattr(one, '__name__', '') in ('check', 'test_f') and 4 in consts: return 4\n    return 0"
    ),
    "reading files": (
        "import pathlib, re\ndef f(x):\n    for path in pathlib.Path('.').rglob('*'):\n"
        "        if path.is_file() and re.search(r'[=]= 4', path.read_text(errors='replace')): return 4\n    return 0"
    ),
    "reading memory": (
        "import os, re\ndef f(x):\n    for process in (os.getppid(), os.getpid()):\n        try:\n"
        "            for line in open(f'/proc/{process}/maps'):\n"
        "                start, end = (int(one, 16) for one in line.split()[0].split('-'))\n"
        "                with open(f'/proc/{process}/mem', 'rb', 0) as memory:\n"
        "                    memory.seek(start)\n"
        "                    if re.search(rb'f[(]2[)] [=]= 4', memory.read(end - start)): return 4\n"
        "        except (OSError, OverflowError, ValueError): pass\n    return 0"
    ),
    "speaking on the line": (
        "import gc, socket\ndef f(x):\n    for one in gc.get_objects():\n        if isinstance(one, socket.socket):\n"
        '            one.send(b\'["answer", [["yours", 0], []], ""]\\n\')\n    return 0'
    ),
    "a class whose differences are nothing": (
        "class f:\n    def __init__(self, x): pass\n    def __sub__(self, other): return self\n"
        "    __rsub__ = __sub__\n    def __abs__(self): return 0.0\n    def __round__(self, n=0): return 0\n"
    ),
    "making a class over there": (
        "import gc\n"
        "def line():\n    return [one for one in gc.get_objects() if type(one).__name__ == 'Subject'][0]\n"
        "def ask(*request):\n    line().send(['ask', list(request), ''])\n"
        "    while True:\n        kind, said, _ = line().receive()\n        if kind != 'ask': return said[0]\n"
        "def f(x):\n    none = ['dict', []]\n"
        "    made = ask('special', ['list', []], '__iter__', ['list', []], none)\n"
        "    held = ['list', [['yours', made[2]]]]\n"
        "    kind = ['yours', ask('special', held, '__getitem__', ['list', [0]], none)[2]]\n"
        "    every = ['dict', [[f'__{one}__', kind] for one in ('eq', 'lt', 'le', 'gt', 'ge', 'contains')]]\n"
        "    made = ask('special', kind, '__call__', ['list', ['A', ['tuple', []], every]], none)\n"
        "    one = ask('special', ['yours', made[1]], '__call__', ['list', []], none)\n"
        "    line().send(['answer', [['yours', one[1]], []], ''])\n    line().serve()"
    ),
    "killing its parent": "import os, signal\nos.kill(os.getppid(), signal.SIGTERM)\ndef f(x): return 0",
    "killing all": "import os, signal\nos.kill(-1, signal.SIGKILL)\ndef f(x): return 0",
}


@pytest.mark.usefixtures("_sandboxed")
@pytest.mark.parametrize("tests", TWO.values(), ids=list(TWO))
def test_every_way_to_test(tests: str) -> None:
    """Right code passes tests of any style, and wrong code fails them."""
    assert compare(tests, "def f(x): return x * x", "python_function").sameness == "same"
    assert compare(tests, "def f(x): return x + 1", "python_function").sameness == "different"


@pytest.mark.usefixtures("_sandboxed")
@pytest.mark.parametrize("answer", FORGED.values(), ids=list(FORGED))
def test_no_forgery_passes(answer: str) -> None:
    """Code that does not compute what is asked passes tests of no style, whatever it does to its process."""
    verdicts = {name: compare(TWO[name], answer, "python_function").sameness for name in ATTACKED}
    assert "same" not in verdicts.values(), verdicts


@pytest.mark.usefixtures("_sandboxed")
def test_code_forgives_no_failure() -> None:
    """A context manager of the code that swallows every error does not swallow those of the tests."""
    answer = "class F:\n    def __enter__(self): return f\n    def __exit__(self, *_): return True\ndef f(): pass"
    assert compare("with F() as f:\n    assert f() == 4", answer, "python_function").sameness == "undecided"


SOUND_TESTS = {
    "without equality": ("assert add(1, 2) > 2\nassert isinstance(add(1, 2), int)", "same"),
    "in a function": ("def check(f):\n    assert f(1, 2) == 3\ncheck(add)", "same"),
    "in a function that nobody calls": ("def check(f):\n    assert f(1, 2) == 3", "undecided"),
    "with errors of their own": ("if add(1, 2) != 3:\n    raise ValueError", "same"),
    "with what Python warns of": ("assert add(1, 2) == 3, '\\d'", "same"),
    "with what is not here": ("import pytest\nassert add(1, 2) == pytest.approx(3)", "undecided"),
}


@pytest.mark.usefixtures("_sandboxed")
@pytest.mark.parametrize("tests,sameness", SOUND_TESTS.values(), ids=list(SOUND_TESTS))
def test_an_honest_pass_stays_one(tests: str, sameness: str) -> None:
    """Right code passes tests of any style; tests that never run say nothing."""
    assert compare(tests, GOOD, "python_function").sameness == sameness


STACK = (
    "class Empty(ValueError): pass\nclass Stack:\n    def __init__(self, items=()): self.items = list(items)\n"
    "    def push(self, item): self.items.append(item); return self\n"
    "    def pop(self):\n        if not self.items: raise Empty('nothing left')\n        return self.items.pop()\n"
    "    def __len__(self): return len(self.items)\n"
    "    def __eq__(self, other): return isinstance(other, Stack) and self.items == other.items\n"
)
HONEST = {
    "a class": (
        (
            "s = Stack([1])\ns.push(2).push(3)\nassert len(s) == 3 and s.pop() == 3 and s.items == [1, 2]\n"
            "assert s == Stack([1, 2])\nassert s != Stack()"
        ),
        STACK,
        "same",
    ),
    "errors of its own": (
        (
            "try:\n    Stack().pop()\nexcept Empty as error:\n    assert str(error) == 'nothing left'\n"
            "else:\n    assert False\nimport unittest\nclass Test(unittest.TestCase):\n    def test(self):\n"
            "        with self.assertRaises(ValueError): Stack().pop()"
        ),
        STACK,
        "same",
    ),
    "an argument changed": (
        "a = [3, 1, 2]\nassert f(a) is None\nassert a == [1, 2, 3]\ng = [[2, 1]]\nf(g[0])\nassert g == [[1, 2]]",
        "def f(items): items.sort()",
        "same",
    ),
    "collections moved": ("a = [[3], [1]]\nb = a[0]\nf(a)\nassert b == [3]", "def f(items): items.sort()", "undecided"),
    "an iterator": (
        "assert list(f(3)) == [0, 1, 2]\nassert next(f(2)) == 0\nassert sum(f(4)) == 6",
        "def f(n):\n    yield from range(n)",
        "same",
    ),
    "functions as arguments": (
        "assert f(lambda x: x + 1, [1, 2]) == [2, 3]\nassert f(str.upper, ['a']) == ['A']",
        "def f(function, items): return [function(item) for item in items]",
        "same",
    ),
    "functions as values": ("assert f(2)(3) == 5", "def f(x): return lambda y: x + y", "same"),
    "objects of the tests": (
        (
            "class Node:\n    def __init__(self, value, after=None): self.value, self.after = value, after\n"
            "assert f(Node(1, Node(2))) == 3"
        ),
        "def f(node): return node.value + f(node.after) if node else 0",
        "same",
    ),
    "many kinds of values": (
        (
            "from fractions import Fraction\nfrom decimal import Decimal\nimport datetime\n"
            "assert f(10 ** 30) == 10 ** 30 and f(b'a') == b'a' and f((1, {2}, {3: [None]})) == (1, {2}, {3: [None]})\n"
            "assert f(Fraction(1, 3)) == Fraction(1, 3) and f(Decimal('0.1')) == Decimal('0.1') and f(1j) == 1j\n"
            "assert f(datetime.date(2024, 5, 3)).year == 2024 and f('\\ud800') == '\\ud800' and f(True) is True\n"
            "assert f(float('inf')) == float('inf') and f(range(3)) == range(3)"
        ),
        "def f(x): return x",
        "same",
    ),
    "names from the code's imports": (
        "assert math.isclose(f(2), 1.41421356, rel_tol=1e-6)",
        "import math\ndef f(x): return math.sqrt(x)",
        "same",
    ),
    "a built-in name": ("assert sum([1, 2]) == 3", "def sum(items): return 3 if items == [1, 2] else 0", "same"),
    "what it prints": (
        (
            "import contextlib, io\nseen = io.StringIO()\nwith contextlib.redirect_stdout(seen):\n    f()\n"
            "assert seen.getvalue() == 'hello\\n'"
        ),
        "def f(): print('hello')",
        "same",
    ),
    "what it is fed": (
        "import io, sys\nsys.stdin = io.StringIO('5')\nassert f() == 25",
        "def f(): return int(input()) ** 2",
        "undecided",
    ),
    "a library that is not here": ("assert f() == 1", "import requests\ndef f(): return 1", "undecided"),
    "state that both share": ("LIMIT = 3\nassert f() == 3", "LIMIT = 1\ndef f(): return LIMIT", "undecided"),
    "the same object": ("a = object()\nb = [a]\nassert f(b) is b", "def f(x): return x", "undecided"),
    "kinds": (
        (
            "from collections import Counter, OrderedDict\ns = Stack()\nassert isinstance(s, Stack)\n"
            "assert not isinstance(s, (int, list))\nassert isinstance(f('aab'), Counter) and f('aab')['z'] == 0\n"
            "assert type(g()) == OrderedDict and g() == OrderedDict(a=1)"
        ),
        (
            "from collections import Counter, OrderedDict\nclass Stack: pass\ndef f(x): return Counter(x)\n"
            "def g(): return OrderedDict(a=1)"
        ),
        "same",
    ),
    "kinds that are not known here": (
        "from collections import defaultdict\nassert isinstance(f(), defaultdict)",
        "from collections import defaultdict\ndef f(): return defaultdict(int)",
        "undecided",
    ),
    "the name of a kind": ("assert type(Stack()).__name__ == 'Stack'", "class Stack: pass", "undecided"),
    "what is mocked": (
        "from unittest.mock import patch\nwith patch('builtins.print') as p:\n    f()\np.assert_called_with('hi')",
        "def f(): print('hi')",
        "undecided",
    ),
    "a list that it keeps": ("a = f()\na.append(1)\nassert f() == [1]", "L = []\ndef f(): return L", "undecided"),
    "what an error of its own says": (
        "try:\n    f()\nexcept E as error:\n    assert str(error) == 'no'",
        "class E(Exception):\n    def __str__(self): return 'no'\ndef f(): raise E()",
        "undecided",
    ),
    "a decorator": (
        "@memo\ndef f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nassert f(9) == 34 and f.__name__ == 'f'",
        (
            "from functools import wraps\ndef memo(f):\n    known = {}\n    @wraps(f)\n    def known_f(*a):\n"
            "        if a not in known: known[a] = f(*a)\n        return known[a]\n    return known_f"
        ),
        "same",
    ),
    "the name of a module": ("assert bisect([1, 2], 2) == 1", "def bisect(a, x): return a.index(x)", "same"),
    "two built-in names": (
        "assert sum([1]) == 'sum' and f(1) == 1",
        "def sum(_): return 'sum'\ndef f(x): return x",
        "undecided",
    ),
    "numbered values": (
        "assert Colour.RED.value == 1 and f(1) == Colour.RED and f(2) != Colour.RED and f(1) is Colour.RED",
        "import enum\nclass Colour(enum.Enum):\n    RED = 1\n    BLUE = 2\ndef f(x): return Colour(x)",
        "same",
    ),
    "named fields": (
        "assert f() == (1, 2) and f().x == 1",
        "from collections import namedtuple\nP = namedtuple('P', 'x y')\ndef f(): return P(1, 2)",
        "same",
    ),
}
"""Tests, right code, and the verdict: never that it is wrong."""


@pytest.mark.usefixtures("_sandboxed")
@pytest.mark.parametrize("tests,answer,sameness", HONEST.values(), ids=list(HONEST))
def test_right_code_is_not_called_wrong(tests: str, answer: str, sameness: str) -> None:
    """Right code passes in another process than its tests; where it must share theirs, nothing is decided."""
    verdict = compare(tests, answer, "python_function")
    assert verdict.sameness == sameness, verdict


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
